"""The Textual application: themes, keymap, and the screens that it is opened with. It knows none of them by name."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Iterable
from contextlib import suppress
from contextvars import Context
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import constants
from textual.app import App, SuspendNotSupported, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen

from rnn_tui.network.errors import ProgramError
from rnn_tui.settings import Settings
from rnn_tui.tui import theme
from rnn_tui.tui.keymap import keymap_of
from rnn_tui.tui.screen.playing import speed_of
from rnn_tui.tui.screen.screen import StateScreen
from rnn_tui.tui.terminal.ending import SIGNALED, Ending

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.await_complete import AwaitComplete

AnyScreen = StateScreen[Any, Any]
DEFAULTS = Settings()
GONE_SECONDS = 1.0
"""Within this time Textual has taken down a screen that was closed."""


class RnnApp(App[AnyScreen]):
    """Opens a screen, and perhaps another one over it."""

    CSS_PATH = Path(__file__).with_name("rnn_tui.tcss")
    TITLE = "rnn-tui"
    ALLOW_SELECT = False  # what begins on a widget that is just going ends the program; a terminal selects with shift
    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, so that they are the same in a dialog; the terminal sends no signals while we read its keys.
        Binding("ctrl+c", "interrupt", "End at once", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Back to the shell", show=False, priority=True),
    ]

    def __init__(self, first: AnyScreen, over: AnyScreen | None = None, settings: Settings = DEFAULTS) -> None:
        """Raises UserError where the settings name a theme, a pace or a key that there is not."""
        super().__init__()
        self.first = first
        self.over = over
        self.fault: BaseException | None = None
        self.closing = False
        self.ending = Ending(self.end_by)
        for own in theme.OWN_THEMES:
            self.register_theme(own)
        self.theme = self._theme_in(settings)
        keymap = keymap_of(settings)
        self.set_keymap(keymap)
        first.set_up(replace(settings, keys=keymap), speed_of(settings))

    def _theme_in(self, settings: Settings) -> str:
        """The theme that is set, or our own; raises UserError where there is no such theme."""
        if settings.theme is None:
            return theme.DARK.name
        if settings.theme not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            raise settings.refusal("theme", f"no theme is called “{settings.theme}”; there are {known}")
        return settings.theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours of the two signs, for a dark or a light theme."""
        return theme.sign_variables(dark=self.current_theme.dark)

    def get_driver_class(self) -> type[Driver]:
        """Give our own driver, where the terminal is one of POSIX and nobody asks for another driver."""
        if sys.platform != "win32" and constants.DRIVER is None:
            from rnn_tui.tui.terminal.driver import TerminalDriver

            return TerminalDriver
        return super().get_driver_class()

    def on_load(self) -> None:
        """Let signals reach the event loop that now runs."""
        self.ending.loop = asyncio.get_running_loop()

    def on_mount(self) -> None:
        """Open what stands over the first screen."""
        if self.over is not None:
            self.first.open_over(self.over)

    @property
    def topmost(self) -> AnyScreen:
        """The screen whose state is to be seen, under any dialog."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, StateScreen)), self.first)

    def exit(
        self, result: AnyScreen | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Close the program; its result is the screen that was to be seen."""
        self.closing = True
        super().exit(self.topmost if result is None else result, return_code, message)

    def end_by(self, signal_number: int) -> None:
        """Close the program as a signal asks for, with the exit code that a shell gives for it."""
        self.exit(return_code=SIGNALED + signal_number)

    def action_command_palette(self) -> None:
        """Show the command palette."""
        from rnn_tui.tui.dialogs.palette import Palette  # only where somebody asks: start-up time is a feature

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Show a palette of the themes."""
        from textual.theme import ThemeProvider

        from rnn_tui.tui.dialogs.palette import Palette

        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def action_interrupt(self) -> None:
        """Close the program as SIGINT does."""
        import signal

        self.end_by(signal.SIGINT)

    def action_suspend_process(self) -> None:
        """Stop, and go on where it was when the shell says so."""
        if sys.platform != "win32":
            from rnn_tui.tui.terminal.stopping import stop_job

            try:
                with self.suspend():
                    stop_job(sys.__stdin__.fileno() if sys.__stdin__ else -1)
            except SuspendNotSupported:  # it is not on a terminal
                self.bell()

    # Textual would print what has gone wrong with the values of all variables, which is hundreds of kilobytes.

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first thing that has gone wrong, and close; what is just being closed may miss parts of itself."""
        if self.closing:
            return
        if self.fault is None:
            self.fault = getattr(error, "error", None) or error  # of a worker, what has gone wrong in it
        super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Close, as Textual asks for with what it would print."""
        if self.fault is None:
            self.fault = RuntimeError("Textual has closed the program")
        super().panic(*renderables)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def pop_screen(self) -> AwaitComplete:
        """Close the topmost screen, and let go of all that Textual has painted of it."""
        popped = super().pop_screen()
        forget_painted()
        # Its widgets hold each other, for which Python seldom looks by itself. It takes a few milliseconds, since what
        # was loaded at the start is frozen; in a context of its own the call doesn't hold the screen until then.
        asyncio.get_running_loop().call_later(GONE_SECONDS, gc.collect, context=Context())
        return popped

    def on_ready(self) -> None:
        """Freeze what has been loaded by now: the garbage collector need not look at it at every key."""
        gc.collect()
        gc.freeze()
        gc.enable()  # which the command line turns off while the program starts

    def get_default_screen(self) -> Screen[Any]:
        """Give the first screen."""
        return self.first

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Textual's own commands, and one for every key of the screen that can be used."""
        ours = {"Quit", "Keys"}  # of these there is one of our own
        yield from (command for command in super().get_system_commands(screen) if command.title not in ours)
        if isinstance(screen, StateScreen):
            yield from screen.commands()


def forget_painted() -> None:
    """Empty a cache of Textual's that keeps widgets' painted lines when they are gone: half a megabyte a dialog.

    `StylesCache.get_inner_outer` is a method with an lru_cache of 1024 entries, so the lines are held by its keys. What
    it answers is made anew in no time. A Textual without it needs none of this.
    """
    with suppress(ImportError, AttributeError):
        from textual._styles_cache import StylesCache

        StylesCache.get_inner_outer.cache_clear()


def run(first: AnyScreen, over: AnyScreen | None = None, settings: Settings = DEFAULTS) -> AnyScreen:
    """Open the program on a screen, and perhaps another one over it; returns the screen that was left.

    Raises UserError where the settings name a theme, a pace or a key that there is not; ProgramError where the program
    has gone wrong; SystemExit with 128 and the number of the signal that has ended it.
    """
    app = RnnApp(first, over, settings)
    with app.ending:
        left = app.run()
    if app.fault is not None:
        raise ProgramError from app.fault
    if app.return_code:
        raise SystemExit(app.return_code)
    return left or first
