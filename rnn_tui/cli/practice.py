"""`rnn-tui practice`: questions about networks without end, each marked at once, with the arithmetic."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import can_draw, is_terminal, say, say_all, say_wrapped, typed_line
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.undisturbed import undisturbed
from rnn_tui.levels import EASIEST, HARDEST, LEVELS
from rnn_tui.network.errors import UserError
from rnn_tui.options.types import levels, whole

if TYPE_CHECKING:
    from rnn_tui.questions.practice import Practice
    from rnn_tui.questions.question import Question
    from rnn_tui.traces import Traces

DESCRIPTION = "Practise: questions about networks, from easy to hard, each marked at once with the arithmetic."
EXAMPLES = f"""\
examples:
  rnn-tui practice
  rnn-tui practice -m small-sums --level 4-5 --plain
  rnn-tui practice --count 10 -o result.txt
  rnn-tui practice --seed 7 --count 20 --json > questions.json

levels: {", ".join(f"{level} {asks}" for level, asks in LEVELS.items())}

In plain lines ? shows the answer, q or Ctrl-D ends with the score. In a pipe answers are read from
standard input, one a line. With --json the questions are printed with their answers, 10 unless --count says more.
"""
COUNT = 10
"""The number of questions in JSON, where none is said."""
SEEDS = 1_000_000
ENDS, SHOWS = ("q", "quit"), ("?",)
SEEN_LEVEL = 2
"""The level of the questions that are answered by looking."""


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui practice`."""
    parser.add_argument(
        "-m", "--model", metavar="MODEL", action="append", help="a model's name or path, repeatable (all shipped ones)"
    )
    parser.add_argument(
        "--level",
        type=levels,
        metavar="N|A-B",
        default=(EASIEST, HARDEST),
        help="1 (easy) to 5 (hard), or A to B",
    )
    parser.add_argument("--count", type=whole(1), metavar="N", help="so many questions (without end)")
    parser.add_argument("--seed", type=whole(0), metavar="N", help="draw the questions of this number again")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="save the result as .json or .txt at the end")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print the questions as JSON, and only JSON")
    how.add_argument("--plain", action="store_true", help="ask in plain lines, also at a terminal")


def run(arguments: Namespace) -> int:
    """Ask, or print the questions; raises UserError."""
    if arguments.json and arguments.output:
        raise CallError("--json prints questions, and -o saves what was answered; give one of them")
    path = _output(arguments)
    models = _models(arguments)
    from rnn_tui.questions.drawing import drawn
    from rnn_tui.traces import Traces

    seed = _any_seed() if arguments.seed is None else arguments.seed
    traces = Traces()
    questions = drawn(models, traces, arguments.level, seed, arguments.count)
    if arguments.json:
        from rnn_tui.export.practice import lines

        # Drawn before anything is printed: where none can be drawn, no half of an object is left.
        say_all(lines(seed, list(islice(questions, arguments.count or COUNT))))
        return 0
    if not arguments.plain and is_terminal() and can_draw():
        practice = _on_the_screen(models, arguments, seed)
        _say_score(practice)
        _save(practice, path)
        return 0
    _ask_all(questions, traces, seed, path)
    return 0


def _models(arguments: Namespace) -> list[str]:
    """The models that are asked about; raises UserError where one can't be had."""
    if arguments.model:
        for name in arguments.model:
            shelf.load(name)
        return list(arguments.model)
    return [name for name, path in shelf.in_order().items() if shelf.is_shipped(path)]


def _output(arguments: Namespace) -> Path | None:
    """The file of the result, checked before the first question; raises UserError where it can't be written."""
    if arguments.output is None:
        return None
    from rnn_tui.cli.outputs import check_output
    from rnn_tui.export.practice import check_suffix

    path = shelf.expanded(arguments.output)
    try:
        check_suffix(path)
    except UserError as error:
        raise CallError(f"-o {error}") from error
    check_output(path, [shelf.find(name) for name in arguments.model or ()], force=arguments.force)
    return path


def _any_seed() -> int:
    """A seed that nobody chose; it is printed, so that the questions can be had again."""
    import random

    return random.SystemRandom().randrange(SEEDS)


def _ask_all(questions: Iterator[Question], traces: Traces, seed: int, path: Path | None) -> None:
    """Ask one question after the other; the result is saved however it ends."""
    from rnn_tui.questions.practice import Practice

    practice, begun = Practice(seed), False
    say_wrapped(f"Practice, seed {seed}. ? shows the answer, q or Ctrl-D ends.")
    try:
        for question in questions:
            begun = True
            after = _ask(question, practice, traces)
            if after is None:
                break
            practice = after
    finally:
        _say_score(practice)
        if begun:  # where nothing can be asked there is no result
            _save(practice, path)


def _ask(question: Question, practice: Practice, traces: Traces) -> Practice | None:
    """Ask a question until it is answered or its answer is shown; None where the practice ends."""
    from rnn_tui.questions.marking import answer_in_words, mark
    from rnn_tui.questions.practice import choices_in_words, standing
    from rnn_tui.text import printable

    number = len(practice.attempts) + 1
    say_wrapped("", f"{number}. Level {question.level}. {standing(question)}", *_seen(question, traces))
    say_wrapped(printable(question.ask))
    if question.choices:
        say_wrapped(choices_in_words(question))
    while True:
        given = _line()
        if given is None or (given.lower() in ENDS and given not in question.choices):
            return None
        if not given:
            say_wrapped("No answer yet: ? shows it.")
            continue
        if given in SHOWS and given not in question.choices:
            say_wrapped(f"It is {answer_in_words(question)}. {printable(question.why)}")
            return practice.shown(question)
        marked = mark(question, given)
        if not marked.read:
            say_wrapped(f"{marked.said}.")
            continue
        practice = practice.answered(question, given, marked)
        say_wrapped(f"{marked.said} {printable(question.why)}", f"{practice.score.capitalize()}.")
        return practice


def _seen(question: Question, traces: Traces) -> list[str]:
    """The lines of the walk where a question is asked that is answered by looking; none for other questions.

    A number by hand brings its numbers along, and what is asked of the whole sentence needs no more than that.
    """
    if question.level != SEEN_LEVEL:
        return []
    from rnn_tui.export.walk_lines import facts

    trace = traces.trace(question.scene.reading).on(question.scene.position.floor)
    if question.scene.position.phase > trace.model.state_phase:
        return []
    return [line for line in facts(trace, question.scene, heading=False) if line]


def _on_the_screen(models: list[str], arguments: Namespace, seed: int) -> Practice:
    """Open the practice screen; what was answered there."""
    from rnn_tui.settings import read_settings
    from rnn_tui.tui import app
    from rnn_tui.tui.practising.opening import screen_of

    settings = read_settings(None)
    screen = screen_of(models, arguments.level, seed, arguments.count, notation=bool(settings.notation))
    app.run(screen, settings=settings)
    return screen.practising.practice


def _say_score(practice: Practice) -> None:
    """Say the score, where anything was answered."""
    if practice.attempts:
        say_wrapped("", f"The score: {practice.score}.")


def _line() -> str | None:
    """The next line that is typed, without blanks around it; None where the input has ended."""
    if sys.stdin is not None and is_terminal():
        sys.stdout.write("> ")
    line = typed_line()
    return None if line is None else line.strip()


def _save(practice: Practice, path: Path | None) -> None:
    """Write the result, where a file is asked for and there is one."""
    if path is None:
        return
    from rnn_tui.export.practice import write
    from rnn_tui.text import printable

    with undisturbed():
        write(practice, path)
    say(printable(f"{path}: the result"))


COMMAND = Command("practice", "questions without end, marked at once", DESCRIPTION, EXAMPLES, add_arguments, run)
