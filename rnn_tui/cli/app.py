"""Plain `rnn-tui`: open the program in the terminal."""

from __future__ import annotations

from argparse import Namespace

from rnn_tui.cli.console import is_terminal, say
from rnn_tui.cli.opening import open_scene
from rnn_tui.network.errors import UserError


def run(arguments: Namespace) -> int:
    """Open the scene; raises UserError where there is no terminal to draw on."""
    scene, trace = open_scene(arguments)
    if not is_terminal():
        raise UserError(
            "no terminal to draw on; `rnn-tui walk` goes the same way in plain lines, `rnn-tui trace` prints all of it"
        )
    from rnn_tui.traces import Traces
    from rnn_tui.tui import app
    from rnn_tui.tui.walking.screen import WalkScreen

    traces = Traces()
    traces.keep(scene.reading, trace)
    left = app.run(WalkScreen(scene, traces), theme_name=arguments.theme, keys=arguments.keys)
    if arguments.print_scene:
        from rnn_tui.cli.reopening import command

        say(command(left.command(), arguments))
    return 0
