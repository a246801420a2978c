"""`rnn-tui worksheet`: the walk of a sentence on paper, with blanks, and the answer key beside it."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import open_model, open_scene
from rnn_tui.cli.outputs import check_output
from rnn_tui.cli.undisturbed import undisturbed
from rnn_tui.export.worksheet import answers_beside, format_of
from rnn_tui.levels import EASIEST, HARDEST
from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_scene_arguments
from rnn_tui.options.sentences import SentenceFile
from rnn_tui.options.types import levels, whole
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.network.model import Model

DESCRIPTION = "Write a worksheet to print: the walk of a sentence with blanks, and the answer key in a file beside it."
EXAMPLES = """\
examples:
  rnn-tui worksheet -o sheet.html
  rnn-tui worksheet -s "Running in the rain" --level 4-5 -o rain.html
  rnn-tui worksheet --students 30 --seed 7 -o class.html

levels:
  1  copy what is read and remembered
  2  up, down or the same
  3  which answer
  4  one operation, its parts given
  5  a whole unit, from the words and the weights
"""
NOTE = (
    "Of these the model, the sentence and the edits make the sheet, and --layer and --direction name the only lane of "
    "it; how a scene is shown changes nothing."
)
MOST_STUDENTS = 300


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui worksheet`."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help="the file to write, .html or .md"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there already")
    students = f"a sheet for each of N students (1), at most {MOST_STUDENTS}"
    parser.add_argument("--students", type=_students, default=1, metavar="N", help=students)
    parser.add_argument(
        "--vary",
        choices=("sentences", "weights"),
        default="sentences",
        help="what differs from student to student (sentences); weights are drawn round, for a small model",
    )
    parser.add_argument(
        "--seed", type=whole(0), default=0, metavar="N", help="what sentences and blanks are drawn from (0)"
    )
    parser.add_argument(
        "--level",
        type=levels,
        default=(EASIEST, HARDEST),
        metavar="N|A-B",
        help="how hard the blanks are (1-5)",
    )
    add_scene_arguments(parser, NOTE)


def _students(text: str) -> int:
    count = whole(1)(text)
    if count > MOST_STUDENTS:
        raise ArgumentTypeError(f"{count} sheets at once are too many; at most {MOST_STUDENTS}")
    return count


def run(arguments: Namespace) -> int:
    """Write both files, or neither; raises CallError for a suffix that is none, UserError where it can't be done."""
    path = shelf.expanded(arguments.output)
    try:
        written = format_of(path)
    except UserError as error:
        raise CallError(f"-o {error}") from error
    files = (path, answers_beside(path))
    _check(files, arguments)
    scene, _ = open_scene(arguments)
    from rnn_tui.export.worksheet.making import sheets_of  # only where something is written: start-up time is a feature

    model = open_model(scene.model, arguments)
    first, last = arguments.level
    asked = tuple(range(first, last + 1))
    lane = _lane(arguments, model)
    pages = sheets_of(scene, model, asked, arguments.seed, arguments.students, vary=arguments.vary, lane=lane)
    with undisturbed():
        _write_both(files, (written.sheets(pages), written.answers(pages)))
    count = "a worksheet" if len(pages) == 1 else f"{len(pages)} worksheets"
    say(printable(f"{files[0]}: {count}"))
    say(printable(f"{files[1]}: the answer key"))
    return 0


def _lane(arguments: Namespace, model: Model) -> int | None:
    """The floor of the lane that is named, which `open_scene` has found; None where all lanes are walked."""
    if arguments.layer is None and arguments.direction is None:
        return None
    lane = ((arguments.layer or 1) - 1, arguments.direction == "backward")
    return next(floor.index for floor in model.floors if (floor.layer, floor.backward) == lane)


def _check(files: tuple[Path, Path], arguments: Namespace) -> None:
    """Raise UserError where one of the files can't be written, or is there already."""
    model = shelf.find(shelf.DEFAULT_MODEL if arguments.model is None else arguments.model)
    sentence = arguments.sentence
    inputs = (model, sentence.path if isinstance(sentence, SentenceFile) else None)
    for path in files:
        check_output(path, inputs, force=arguments.force)


def _write_both(files: tuple[Path, Path], texts: tuple[str, str]) -> None:
    """Write two files; where the second can't be written, the first is what it was before."""
    from rnn_tui.network.storage import write_whole  # only where something is written: start-up time is a feature

    before = files[0].read_bytes() if files[0].is_file() else None
    write_whole(files[0], texts[0].encode())
    try:
        write_whole(files[1], texts[1].encode())
    except UserError:
        with suppress(OSError, UserError):
            if before is None:
                files[0].unlink()
            else:
                write_whole(files[0], before)
        raise


COMMAND = Command("worksheet", "a worksheet to print, and its answer key", DESCRIPTION, EXAMPLES, add_arguments, run)
