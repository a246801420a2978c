"""Plain `rnn-tui`: open the program in the terminal."""

from __future__ import annotations

import shlex
from argparse import Namespace
from typing import TYPE_CHECKING

from rnn_tui.cli.console import is_terminal, say
from rnn_tui.cli.opening import open_scene
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_tui.network.phases import Phase
    from rnn_tui.scene import Scene


def run(arguments: Namespace) -> int:
    """Open the scene; raises UserError where there is no terminal to draw on."""
    scene, trace = open_scene(arguments)
    if not is_terminal():
        raise UserError(
            "no terminal to draw on; `rnn-tui walk` goes the same way in plain lines, `rnn-tui trace` prints all of it"
        )
    from rnn_tui.tui import app

    left = app.run(scene, trace, arguments.theme, arguments.keys)
    if arguments.print_scene:
        say(_command(left, trace.model.phases if left.model == scene.model else _phases(left.model), arguments))
    return 0


def _phases(name: str) -> Sequence[Phase]:
    """The phases of a model that was opened in the program."""
    from rnn_tui.tui.opening import model_of

    return model_of(name).phases


def _command(scene: Scene, phases: Sequence[Phase], arguments: Namespace) -> str:
    """The command that opens a scene again."""
    from rnn_tui.cli.quoting import command_line

    large = ["--allow-large"] if arguments.allow_large else []
    return command_line(["rnn-tui", *shlex.split(scene.to_text(phases)), *large])
