"""`rnn-tui lesson`: run a lesson on the screen or in plain lines, check one, or begin to write one."""

from __future__ import annotations

import gc
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.cli.app import add_screen_arguments
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import can_draw, is_terminal, no_drawing, say
from rnn_tui.cli.errors import CallError
from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_allow_large, add_notation_argument
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.lessons.lesson import Lesson
    from rnn_tui.traces import Traces

DESCRIPTION = "Run a lesson: prose beside the live screen, with questions before the answers."
EXAMPLES = """\
examples:
  rnn-tui lesson                        the first lesson of the course
  rnn-tui lesson 3                      the third; its name does, too (`rnn-tui lessons` lists them)
  rnn-tui lesson my-lesson.md           a lesson of your own
  rnn-tui lesson 1 --plain              in plain lines, for screen readers
  rnn-tui lesson --new my-lesson.md     begins one: a file that shows everything a lesson can hold
  rnn-tui lesson --check my-lesson.md   finds every fault, each with its line

PageDown goes on and PageUp back, so a clicker is enough; every other key works as in the walk. In plain lines Enter
goes on, and an answer is typed: a choice, its number, or a number. docs/lessons.md says how a lesson is written.
"""
FIRST = "1"
MOST_FAULTS = 200


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui lesson`."""
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help="a lesson's name or number, or a Markdown file")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--plain", action="store_true", help="tell it in plain lines, and ask on standard input")
    does.add_argument("--check", action="store_true", help="print every fault as FILE:LINE: what is wrong")
    does.add_argument("--new", action="store_true", help="write a file to begin a lesson with")
    parser.add_argument("--force", action="store_true", help="with --new, replace a file that is there")
    add_allow_large(parser)
    add_notation_argument(parser)
    add_screen_arguments(parser)


def run(arguments: Namespace) -> int:
    """Do what is asked with the lesson."""
    if arguments.new:
        return _new(arguments)
    if arguments.force:
        raise CallError("--force goes with --new")
    if arguments.check:
        return _check(arguments)
    from rnn_tui.lessons.checking import load_checked
    from rnn_tui.traces import Traces

    traces = Traces(allow_large=arguments.allow_large)
    lesson = load_checked(arguments.lesson or FIRST, traces)
    if arguments.plain or not is_terminal():
        from rnn_tui.cli.lesson_plain import tell

        return tell(lesson, traces, notation=bool(arguments.notation))
    if not can_draw():
        raise UserError(f"{no_drawing()}; --plain tells the lesson in plain lines")
    return _open(lesson, traces, arguments)


def _open(lesson: Lesson, traces: Traces, arguments: Namespace) -> int:
    """Open the lesson's screen."""
    gc.disable()  # until the first frame is there, as for the walk
    from rnn_tui.remembered import LESSONS_OFFERED, first_time
    from rnn_tui.settings import read_settings
    from rnn_tui.tui import app
    from rnn_tui.tui.lesson.opening import screens

    settings = read_settings(arguments.settings).with_options(theme=arguments.theme, keys=arguments.keys)
    first_time(LESSONS_OFFERED)  # who opens a lesson needs no offer of one
    asked = settings.notation if arguments.notation is None else arguments.notation
    left = app.run(*screens(lesson, traces=traces), settings=replace(settings, notation=asked))
    if arguments.print_scene:
        from rnn_tui.quoting import command_line

        say(command_line(["rnn-tui", *left.reopening()]))
    return 0


def _check(arguments: Namespace) -> int:
    """Print every fault of a lesson's file on stderr, or one line where there is none."""
    import sys

    from rnn_tui.export.lesson_lines import counted
    from rnn_tui.lessons import course
    from rnn_tui.lessons.checking import faults_of
    from rnn_tui.lessons.faults import LessonError
    from rnn_tui.lessons.reading import read_text
    from rnn_tui.traces import Traces

    if arguments.lesson is None:
        raise CallError("--check FILE: say which file")
    path = course.find(arguments.lesson)
    try:
        lesson, faults = faults_of(read_text(path), path, Traces(allow_large=arguments.allow_large))
    except LessonError as error:  # it is no text, so that nothing more can be found
        lesson, faults = None, list(error.faults)
    for fault in faults[:MOST_FAULTS]:
        sys.stderr.write(f"{printable(fault.told(path))}\n")
    if len(faults) > MOST_FAULTS:
        sys.stderr.write(f"{printable(str(path))}: {counted(len(faults) - MOST_FAULTS, 'fault')} more\n")
    if faults or lesson is None:
        return 1
    asks = counted(lesson.questions, "question")
    say(printable(f"{path}: no faults; {counted(len(lesson.stops), 'stop')}, {asks}, {lesson.minutes} min"))
    return 0


def _new(arguments: Namespace) -> int:
    """Write the file to begin a lesson with."""
    from rnn_tui.cli.outputs import check_output
    from rnn_tui.cli.undisturbed import undisturbed
    from rnn_tui.lessons.template import template
    from rnn_tui.lessons.writing import fit_file
    from rnn_tui.network.storage import write_whole

    if arguments.lesson is None:
        raise CallError("--new FILE: say which file, such as my-lesson.md")
    try:
        path = fit_file(Path(arguments.lesson))
    except UserError as error:
        raise CallError(f"--new {error}") from error
    check_output(path, force=arguments.force)
    with undisturbed():
        write_whole(path, template(str(path)).encode("utf-8"), mend="give another folder")
    say(printable(f"{path}: a lesson to begin with; `rnn-tui lesson {path}` runs it"))
    return 0


COMMAND = Command("lesson", "a lesson: prose, scenes and questions", DESCRIPTION, EXAMPLES, add_arguments, run)
