"""The Textual application: themes, keymap and the first screen."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from textual.app import App, SystemCommand
from textual.screen import Screen

from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.tui import theme
from rnn_tui.tui.keymap import read_keymap
from rnn_tui.tui.keys import KEYS, Key
from rnn_tui.tui.play import Clock
from rnn_tui.tui.screens.main import MainScreen


class RnnApp(App[Scene]):
    """Opens a scene."""

    CSS_PATH = "rnn_tui.tcss"
    TITLE = "rnn-tui"

    def __init__(
        self,
        scene: Scene,
        trace: Trace,
        clock: Clock | None = None,
        beside: tuple[Scene, Trace] | None = None,
    ) -> None:
        super().__init__()
        self.main = MainScreen(scene, trace, clock)
        self.clock = clock
        self.beside = beside
        for own in theme.OWN_THEMES:
            self.register_theme(own)
        self.theme = theme.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of the two signs, for a dark or a light theme."""
        return theme.sign_variables(dark=self.current_theme.dark)

    def on_mount(self) -> None:
        """Put beside the scene what it is to be compared with."""
        if self.beside is not None:
            from rnn_tui.tui.comparing import show_beside

            show_beside(self.main, *self.beside)

    def on_ready(self) -> None:
        """What has been loaded by now stays: the garbage collector need not look at it at every key."""
        gc.collect()
        gc.freeze()

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        return self.main

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Textual's own commands, and one for every key of the main screen or of a comparison."""
        ours = {"Quit", "Keys"}  # of these there is one of our own
        yield from (command for command in super().get_system_commands(screen) if command.title not in ours)
        keys: Iterable[Key] = KEYS if screen is self.main else getattr(screen, "keys", ())
        for key in keys:
            if screen.able(key.action):  # type: ignore[attr-defined]  # what has keys knows which of them can be used
                yield SystemCommand(key.help, f"key {key.shown}", partial(screen.run_action, key.action))


def run(
    scene: Scene,
    trace: Trace,
    theme_name: str | None = None,
    keys: Path | None = None,
    beside: tuple[Scene, Trace] | None = None,
) -> Scene:
    """Open the program on a scene; returns the scene that was on the screen when it was closed.

    `beside` is another scene with its trace: then it opens with both side by side.

    Raises UserError where there is no such theme, or where the file of keys is wrong.
    """
    app = RnnApp(scene, trace, beside=beside)
    if theme_name is not None:
        if theme_name not in app.available_themes:
            raise UserError(f"no theme is called “{theme_name}”; there are {', '.join(sorted(app.available_themes))}")
        app.theme = theme_name
    app.set_keymap(read_keymap(keys) if keys else {})
    app.run()
    return app.main.scene
