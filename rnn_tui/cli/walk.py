"""`rnn-tui walk`: the walk through a sentence in plain lines, for screen readers and pipes."""

from __future__ import annotations

import sys
from argparse import Namespace

from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import is_terminal, say_wrapped
from rnn_tui.cli.opening import open_scene
from rnn_tui.cli.scenes import add_scene_arguments

DESCRIPTION = "Walk through a sentence in plain lines, one fact a line."
EXAMPLES = """\
examples:
  rnn-tui walk
  rnn-tui walk -s "The dog barked" --at 2:add --unit 2
  rnn-tui walk -s "Kicking and screaming" | less

At a terminal, Enter takes the next step and Ctrl-D ends the walk; in a pipe it goes straight through.
"""
NOTE = (
    "Of these --lens, --full, --what-if, --scroll, --weight, --chosen and --temperature are for the screen, and change "
    "nothing here."
)


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui walk`."""
    add_scene_arguments(parser, NOTE)


def run(arguments: Namespace) -> int:
    """Walk from the scene's position to the end."""
    scene, trace = open_scene(arguments)
    from rnn_tui.export.walk_lines import facts, opening
    from rnn_tui.scene import Position, moved
    from rnn_tui.story import answer, plain

    step_by_step = is_terminal()
    say_wrapped(*opening(scene, trace))
    if step_by_step:
        say_wrapped("Enter takes the next step, Ctrl-D ends the walk.")
    phases = len(trace.model.phases)
    first = scene.position.t * phases + scene.position.phase
    for step in range(first, len(trace) * phases):
        if step > first and step_by_step and not _enter():
            return 0
        here = scene.at(moved(Position(), step, phases, len(trace)))
        say_wrapped(*facts(trace, here, heading=step == first))
    if scene.hidden and step_by_step:
        say_wrapped("Enter uncovers the answer.")
        if _enter():
            say_wrapped(f"The answer is {plain(answer(trace, len(trace) - 1))}.")
    return 0


def _enter() -> bool:
    """Wait for Enter; False where the input has ended."""
    sys.stdout.flush()
    return bool(sys.stdin.readline())


COMMAND = Command("walk", "the same walk in plain lines", DESCRIPTION, EXAMPLES, add_arguments, run)
