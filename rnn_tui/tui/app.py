"""The Textual application: themes, keymap and the first screen."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.screen import Screen

from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.tui import opening, theme
from rnn_tui.tui.keymap import read_keymap
from rnn_tui.tui.keys import KEYS, Key
from rnn_tui.tui.play import Clock
from rnn_tui.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rnn_tui.comparison import Comparison
    from rnn_tui.pair import Pair


class RnnApp(App["Scene | tuple[Pair, Comparison]"]):
    """Opens a scene."""

    CSS_PATH = "rnn_tui.tcss"
    TITLE = "rnn-tui"

    def __init__(
        self,
        scene: Scene,
        trace: Trace,
        clock: Clock | None = None,
        beside: tuple[Pair, Comparison] | None = None,
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
        """Open what the scene is to be compared with."""
        if self.beside is not None:
            from rnn_tui.tui.comparing import open_pair

            open_pair(self.main, *self.beside)

    @property
    def shown(self) -> Scene | tuple[Pair, Comparison]:
        """What is on the screen: a scene, or two in lockstep."""
        compared = (getattr(screen, "compared", None) for screen in reversed(self.screen_stack))
        return next((pair for pair in compared if pair is not None), self.main.scene)

    def exit(
        self,
        result: Scene | tuple[Pair, Comparison] | None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Close the program; its result is what was on the screen."""
        super().exit(self.shown if result is None else result, return_code, message)

    def on_ready(self) -> None:
        """What has been loaded by now stays: the garbage collector need not look at it at every key."""
        gc.collect()
        gc.freeze()

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        return self.main

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Textual's own commands, one for every key of the main screen or of a comparison, and some without a key."""
        ours = {"Quit", "Keys"}  # of these there is one of our own
        yield from (command for command in super().get_system_commands(screen) if command.title not in ours)
        keys: Iterable[Key] = KEYS if screen is self.main else getattr(screen, "keys", ())
        for key in keys:
            if screen.able(key.action):  # type: ignore[attr-defined]  # what has keys knows which of them can be used
                yield SystemCommand(key.help, f"key {key.shown}", partial(screen.run_action, key.action))
        copy = (
            partial(opening.copy_command, self.main) if screen is self.main else getattr(screen, "copy_command", None)
        )
        if copy is not None:
            opens = "What opens the model, the sentence, the edits and the place that are on the screen"
            yield SystemCommand("Copy the command for this view", opens, copy)


def run(
    scene: Scene,
    trace: Trace,
    theme_name: str | None = None,
    keys: Path | None = None,
    beside: tuple[Pair, Comparison] | None = None,
) -> Scene | tuple[Pair, Comparison]:
    """Open the program on a scene; returns what was on the screen when it was closed, a scene or two in lockstep.

    `beside` is a pair of which the scene is A: then it opens with both side by side.

    Raises UserError where there is no such theme, or where the file of keys is wrong.
    """
    app = RnnApp(scene, trace, beside=beside)
    if theme_name is not None:
        if theme_name not in app.available_themes:
            raise UserError(f"no theme is called “{theme_name}”; there are {', '.join(sorted(app.available_themes))}")
        app.theme = theme_name
    app.set_keymap(read_keymap(keys) if keys else {})
    return app.run() or app.main.scene
