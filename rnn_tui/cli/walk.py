"""`rnn-tui walk`: the walk through a sentence in plain lines, for screen readers and pipes."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import is_terminal, say_wrapped
from rnn_tui.cli.opening import open_scene
from rnn_tui.options.scenes import add_scene_arguments
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace
    from rnn_tui.scene import Scene

DESCRIPTION = "Walk through a sentence in plain lines, one fact a line."
EXAMPLES = """\
examples:
  rnn-tui walk
  rnn-tui walk -s "The dog barked" --at 2:add --unit 2
  rnn-tui walk -s "Kicking and screaming" | less
  rnn-tui walk --at 2:multiply --ask "direction h[1]"

At a terminal, Enter takes the next step and Ctrl-D ends the walk; in a pipe it goes straight through.
--ask asks before it shows, and reads an answer from standard input; an empty line shows it.
"""
NOTE = (
    "Of these --lens, --full, --what-if, --present, --scroll, --weight, --chosen and --temperature are for the screen, "
    "and change nothing here."
)


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui walk`."""
    add_scene_arguments(parser, NOTE)


def run(arguments: Namespace) -> int:
    """Walk from the scene's position to the end."""
    scene, trace = open_scene(arguments)
    from rnn_tui.export.walk_lines import facts, opening, picked_unit
    from rnn_tui.story import answer, plain

    step_by_step = is_terminal()
    say_wrapped(*opening(scene, trace))
    if scene.asked is not None:
        scene = _answered(scene, trace)
        say_wrapped("", *picked_unit(scene, trace))
    if step_by_step:
        say_wrapped("Enter takes the next step, Ctrl-D ends the walk.")
    first = trace.order.index(scene.position)
    for step in range(first, len(trace.order)):
        if step > first and step_by_step and not _enter():
            return 0
        here = scene.at(trace.order.at(step))
        say_wrapped(*facts(trace, here, heading=step == first))
    if scene.hidden and step_by_step:
        say_wrapped("Enter uncovers the answer.")
        if _enter():
            say_wrapped(f"The answer is {plain(answer(trace, len(trace) - 1))}.")
    return 0


def _answered(scene: Scene, trace: Trace) -> Scene:
    """Ask the question that is open, read an answer, mark it and say why; the scene with which the walk goes on.

    What was covered stays so, unless its answer has just been told.
    """
    from rnn_tui.questions.marking import answer_in_words, mark
    from rnn_tui.questions.opening import closed, question_of, revealed

    question = question_of(scene, trace)
    say_wrapped("", printable(question.ask))
    say_wrapped(*(f"{number}: {printable(choice)}" for number, choice in enumerate(question.choices, 1)))
    say_wrapped("Type the answer, or its number." if question.choices else "Type the number.")
    said = f"The answer is {answer_in_words(question)}."
    while given := _line():
        marked = mark(question, given)
        if marked.read:
            said = marked.said
            break
        say_wrapped(marked.said)
    say_wrapped(said, printable(question.why))
    return replace(closed(scene), hidden=revealed(scene, trace).hidden)


def _line() -> str:
    """Wait for a line; nothing where it is empty, or the input has ended."""
    sys.stdout.flush()
    return sys.stdin.readline().strip()


def _enter() -> bool:
    """Wait for Enter; False where the input has ended."""
    sys.stdout.flush()
    return bool(sys.stdin.readline())


COMMAND = Command("walk", "the same walk in plain lines", DESCRIPTION, EXAMPLES, add_arguments, run)
