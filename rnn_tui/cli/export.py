"""`rnn-tui export`: a scene as a file, of the kind that the file's suffix names."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rnn_tui import shelf
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import open_scene
from rnn_tui.cli.outputs import check_output
from rnn_tui.cli.progress import progress
from rnn_tui.cli.undisturbed import interruptible, undisturbed
from rnn_tui.export import EXPORTS, export_to
from rnn_tui.export.request import LIBRARIES, PACE, SIZE, Request
from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_scene_arguments
from rnn_tui.options.sentences import SentenceFile
from rnn_tui.options.types import not_negative
from rnn_tui.settings import read_settings
from rnn_tui.text import cited, printable

DESCRIPTION = "Write a scene to a file; what is written follows from the suffix of the file's name."
EXAMPLES = """\
examples:
  rnn-tui export -s "The dog barked" -o barked.json
  rnn-tui export -m sentiment -s "not good" --at 2:add --size 100x30 -o slide.svg
  rnn-tui export -m sentiment -s "not good" -o walk.cast --pace 1.5
  rnn-tui export --edit forget -o forgetful.safetensors
  rnn-tui export --lesson 4 -o check.html
"""
NOTE = "How a scene is shown is to be seen in a picture; a .json, .csv or .safetensors file is the same."
WIDTHS, HEIGHTS = (40, 400), (10, 200)  # of a picture
PAGE = ".html"
"""The files that can hold a lesson."""
SPELLED = {"size": "--size", "theme": "--theme", "pace": "--pace", "library": "--with"}
"""The options that some kinds of files take, by the fields of a request."""


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui export`."""
    parser.listing = _listing
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the file to write")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
    parser.add_argument(
        "--lesson", metavar="NAME", help=f"{PAGE}: a whole lesson, by its name, its number or its file, not one scene"
    )
    kinds = parser.add_argument_group("kinds of files", "each is for the kinds that it names")
    width, height = SIZE
    kinds.add_argument(
        "--size", type=_size, metavar="WxH", help=f"{_taking('size')}: columns and rows ({width}x{height})"
    )
    kinds.add_argument("--theme", metavar="NAME", help=f"{_taking('theme')}: the colours, such as textual-light")
    kinds.add_argument(
        "--pace", type=_pace, metavar="SECONDS", help=f"{_taking('pace')}: how long a step stays ({PACE:g})"
    )
    computes = f"{_taking('library')}: what it computes with ({LIBRARIES[0]})"
    kinds.add_argument("--with", dest="library", choices=LIBRARIES, help=computes)
    add_scene_arguments(parser, NOTE)


def _taking(option: str) -> str:
    """The suffixes of the files that take an option, for people."""
    return ", ".join(export.suffix for export in EXPORTS.values() if option in export.options) or "none yet"


def _size(text: str) -> tuple[int, int]:
    """A size such as 120x36; raises ArgumentTypeError where it is none, or one that the screen isn't drawn in."""
    found = re.fullmatch(r"([0-9]{1,4})[x×]([0-9]{1,4})", text)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(low <= given <= high for given, (low, high) in zip(size, (WIDTHS, HEIGHTS), strict=True)):
        raise ArgumentTypeError(
            f"{cited(text)} is no size from {WIDTHS[0]}x{HEIGHTS[0]} to {WIDTHS[1]}x{HEIGHTS[1]}, such as 120x36"
        )
    return size


def _pace(text: str) -> float:
    """Seconds, more than 0; raises ArgumentTypeError."""
    seconds = not_negative(text)
    if not 0.05 <= seconds <= 60:
        raise ArgumentTypeError(f"{cited(text)} is no number of seconds from 0.05 to 60")
    return seconds


def _listing() -> str:
    """The kinds of files, a line each."""
    width = max(map(len, EXPORTS))
    return "\n".join(["files:", *(f"  {suffix:{width}}  {export.title}" for suffix, export in EXPORTS.items())])


def run(arguments: Namespace) -> int:
    """Write the file; raises CallError for a suffix that is none, UserError where the file can't be written."""
    path = shelf.expanded(arguments.output)
    try:
        export = export_to(path)
    except UserError as error:
        raise CallError(f"-o {error}") from error
    if arguments.lesson is not None:
        return _write_lesson(arguments, path)
    options = {name: getattr(arguments, name) for name in SPELLED if getattr(arguments, name) is not None}
    for name in options:
        if name not in export.options:
            raise CallError(f"{SPELLED[name]} changes nothing in a {export.suffix} file; leave it out")
    writer = export.writer()
    if path.suffix.lower() == shelf.SUFFIX:
        shelf.check_not_shipped(path)
    model = shelf.find(shelf.DEFAULT_MODEL if arguments.model is None else arguments.model)
    sentence = arguments.sentence
    check_output(path, (model, sentence.path if isinstance(sentence, SentenceFile) else None), force=arguments.force)
    scene, trace = open_scene(arguments)
    if "theme" in export.options and arguments.notation is None:  # it is drawn as the program would show it
        scene = replace(scene, notation=read_settings().notation)
    with interruptible(), progress("writing") as told:
        writer.write(Request(scene, trace, path, **options, progress=told, writing=undisturbed))
    paced = f", a step every {options.get('pace', PACE):g} s" if "pace" in export.options else ""
    say(printable(f"{path}: {export.title}{paced}"))
    return 0


def _write_lesson(arguments: Namespace, path: Path) -> int:
    """Write a lesson as a page; raises CallError for what a lesson can't take, UserError where it has a fault."""
    if path.suffix.lower() != PAGE:
        raise CallError(f"--lesson makes a page: give a name that ends in {PAGE}, such as -o {path.stem}{PAGE}")
    for option in _scene_options(arguments):
        raise CallError(f"--lesson brings scenes of its own; leave {option} out")
    from rnn_tui.export.page.lesson import lesson_page
    from rnn_tui.export.request import MEND
    from rnn_tui.lessons.checking import load_checked
    from rnn_tui.network.storage import write_whole
    from rnn_tui.traces import Traces

    traces = Traces(allow_large=arguments.allow_large)
    lesson = load_checked(arguments.lesson, traces)
    check_output(path, (lesson.path,), force=arguments.force)
    with interruptible(), progress("writing"):
        page = lesson_page(lesson, traces, notation=bool(arguments.notation))
        with undisturbed():
            write_whole(path, page.encode("utf-8"), mend=MEND)
    say(printable(f"{path}: the lesson “{lesson.title}” as a page"))
    return 0


def _scene_options(arguments: Namespace) -> Iterator[str]:
    """The options that are given of a scene or of its picture, but for those that `rnn-tui lesson` takes, too."""
    scene = Parser("", "", "")
    add_scene_arguments(scene)
    unsaid = vars(scene.parse_args([])) | dict.fromkeys(SPELLED)
    for name in unsaid.keys() - {"notation", "allow_large"}:
        if getattr(arguments, name) != unsaid[name]:
            yield SPELLED.get(name, f"--{name.replace('_', '-')}")


COMMAND = Command("export", "a scene as a file", DESCRIPTION, EXAMPLES, add_arguments, run)
