"""The Textual application: themes, keymap, and the screens that it is opened with. It knows none of them by name."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from rnn_tui.settings import Settings
from rnn_tui.tui import theme
from rnn_tui.tui.keymap import keymap_of
from rnn_tui.tui.screen.playing import speed_of
from rnn_tui.tui.screen.screen import StateScreen

if TYPE_CHECKING:
    from rich.console import RenderableType

AnyScreen = StateScreen[Any, Any]
DEFAULTS = Settings()


class RnnApp(App[AnyScreen]):
    """Opens a screen, and perhaps another one over it."""

    CSS_PATH = Path(__file__).with_name("rnn_tui.tcss")
    TITLE = "rnn-tui"

    def __init__(self, first: AnyScreen, over: AnyScreen | None = None, settings: Settings = DEFAULTS) -> None:
        """Raises UserError where the settings name a theme, a pace or a key that there is not."""
        super().__init__()
        self.first = first
        self.over = over
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
        super().exit(self.topmost if result is None else result, return_code, message)

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


def run(first: AnyScreen, over: AnyScreen | None = None, settings: Settings = DEFAULTS) -> AnyScreen:
    """Open the program on a screen, and perhaps another one over it; returns the screen that was left.

    Raises UserError where the settings name a theme, a pace or a key that there is not.
    """
    return RnnApp(first, over, settings).run() or first
