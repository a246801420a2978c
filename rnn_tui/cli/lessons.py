"""`rnn-tui lessons`: list the lessons of the course."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.lessons.lesson import Lesson

DESCRIPTION = "List the lessons of the course: what each is about, and how long it takes."
EXAMPLES = """\
examples:
  rnn-tui lessons
  rnn-tui lessons --json
  rnn-tui lesson 1               runs the first of them
"""
FORMAT = 1


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui lessons`."""
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")


def run(arguments: Namespace) -> int:
    """List the lessons."""
    from rnn_tui.lessons.course import course

    lessons = course()
    if arguments.json:
        from rnn_tui.export import strict

        say(strict.dumps({"format": FORMAT, "lessons": [_fields(lesson) for lesson in lessons]}))
        return 0
    width = max(len(lesson.name) for lesson in lessons)
    for number, lesson in enumerate(lessons, start=1):
        say(f"{number:2}  {printable(lesson.name):{width}}  {lesson.minutes:3} min  {printable(lesson.title)}")
    say("", "`rnn-tui lesson 1` runs the first, by its number or its name.")
    return 0


def _fields(lesson: Lesson) -> dict[str, Any]:
    return {
        "name": lesson.name,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "stops": len(lesson.stops),
        "questions": lesson.questions,
        "path": str(lesson.path),
    }


COMMAND = Command("lessons", "the lessons of the course", DESCRIPTION, EXAMPLES, add_arguments, run)
