"""`rnn-tui export`: a scene as a file, of the kind that the file's suffix names."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from rnn_tui import shelf
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import open_scene
from rnn_tui.cli.outputs import check_output
from rnn_tui.cli.undisturbed import undisturbed
from rnn_tui.export import EXPORTS, export_to
from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_scene_arguments
from rnn_tui.options.sentences import SentenceFile
from rnn_tui.text import printable

DESCRIPTION = "Write a scene to a file; what is written follows from the suffix of the file's name."
EXAMPLES = """\
examples:
  rnn-tui export -s "The dog barked" -o barked.json
  rnn-tui export --edit forget -o forgetful.safetensors
"""
NOTE = "How a scene is shown changes nothing in a .json or a .safetensors file."


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui export`."""
    parser.listing = _listing
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the file to write")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
    add_scene_arguments(parser, NOTE)


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
    if path.suffix.lower() == shelf.SUFFIX:
        shelf.check_not_shipped(path)
    model = shelf.find(shelf.DEFAULT_MODEL if arguments.model is None else arguments.model)
    sentence = arguments.sentence
    check_output(path, (model, sentence.path if isinstance(sentence, SentenceFile) else None), force=arguments.force)
    scene, trace = open_scene(arguments)
    with undisturbed():
        export.load().write(scene, trace, path)
    say(printable(f"{path}: {export.title}"))
    return 0


COMMAND = Command("export", "a scene as a file", DESCRIPTION, EXAMPLES, add_arguments, run)
