"""`rnn-tui compare`: two networks, two sentences, or one with and without edits, in lockstep."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnn_tui.cli import pairs
from rnn_tui.cli.app import add_screen_arguments, with_settings
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import can_draw, complain, is_terminal, say, say_all
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import open_trace, parsed_edits
from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_allow_large, add_edit_argument, add_epoch_argument, add_sentence_file
from rnn_tui.options.sentences import STDIN, Sentence, SentenceFile
from rnn_tui.pair import SIDES
from rnn_tui.scene import Reading, Scene

if TYPE_CHECKING:
    from rnn_tui.comparison import Comparison
    from rnn_tui.network.trace import Trace
    from rnn_tui.pair import Pair

DESCRIPTION = """\
Put two networks, two sentences, or one with and without edits side by side.

The first -m and the first -s are A, the second ones B; one -m or one -s serves both. Every --edit is B's, every
--edit-a A's.
"""
EXAMPLES = """\
examples:
  rnn-tui compare -m sentiment -s "not good" -s "good"
  rnn-tui compare -m recall-elman -m recall-lstm -s obcdfghjklmnpq
  rnn-tui compare -s "Kicking and screaming" --edit "scale-memory 0.5"
  rnn-tui compare -m sentiment -s "not good" -s "good not" --json
  rnn-tui compare -m small.safetensors --epoch 0 --epoch 12 -s "not good"

At a terminal it opens the program; in a pipe it prints the comparison in plain lines.
"""


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui compare`."""
    model, sentence = "a model's name or the path of a model file, once or twice", "what it reads, once or twice"
    parser.add_argument("-m", "--model", metavar="MODEL", action="append", help=model)
    parser.add_argument("-s", "--sentence", metavar="TEXT", action="append", help=sentence)
    add_epoch_argument(parser, "append")
    add_sentence_file(parser, "append")
    add_edit_argument(parser)
    parser.add_argument("--edit-a", metavar="EDIT", action="append", help="the same for A")
    pairs.add_arguments(parser)
    add_allow_large(parser)
    add_screen_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print both traces and their differences as JSON")


def run(arguments: Namespace) -> int:
    """Print the comparison, or open it; raises CallError where there are not two sides."""
    from rnn_tui.comparison import Comparison

    (a, trace_a), (b, trace_b) = sides(arguments)
    comparison = Comparison(trace_a, trace_b)
    try:
        asked = pairs.from_arguments(arguments, a, b, comparison)
    except UserError as error:
        raise CallError(str(error)) from error
    if arguments.json:
        from rnn_tui.export import compare_json

        say_all(compare_json.lines(comparison))
    elif not (is_terminal() and can_draw()):
        if asked.lens is not None:
            complain(f"--lens draws on a terminal; here `rnn-tui lens {asked.lens}` prints that of one side")
        from rnn_tui.export import compare_table
        from rnn_tui.story.comparing import named

        names = (named(trace_a.model, a.edits)[0], named(trace_b.model, b.edits)[0])
        say_all(compare_table.lines(comparison, names))
    else:
        _open(asked, comparison, arguments)
    return 0


def _open(asked: Pair, comparison: Comparison, arguments: Namespace) -> None:
    """Open the program on a pair, and print on quit how to open what was there, if that is asked for."""
    from rnn_tui.traces import Traces
    from rnn_tui.tui import app
    from rnn_tui.tui.comparing.screen import CompareScreen
    from rnn_tui.tui.walking.screen import WalkScreen

    asked, settings = with_settings(asked, arguments)
    traces = Traces()
    for reading, trace in zip(asked.readings, comparison.traces, strict=True):
        traces.keep(reading, trace)
    below = WalkScreen(
        Scene(asked.a, unit=asked.units[0], notation=asked.notation, hidden=asked.hidden),
        traces,
    )
    left = app.run(below, CompareScreen(asked, traces), settings=settings)
    if arguments.print_scene:
        from rnn_tui.cli.reopening import command

        say(command(left.reopening(), arguments))


def sides(arguments: Namespace) -> tuple[tuple[Reading, Trace], tuple[Reading, Trace]]:
    """The readings of both sides, and their traces; raises CallError where there are not two."""
    models, texts = arguments.model or [None], arguments.sentence or [None]
    epochs = arguments.epoch or [None]
    for option, given in (("-m", models), ("-s", texts), ("--epoch", epochs)):
        if len(given) > len(SIDES):
            raise CallError(f"{option} was given {len(given)} times; there are two sides, so once or twice")
    _check_read_once(texts)
    edited = arguments.edit or arguments.edit_a
    if len(models) == len(texts) == len(epochs) == 1 and not edited:
        raise CallError(
            "both sides are the same; give -m, -s or --epoch twice, or --edit; `rnn-tui compare --help` says how"
        )
    a = _side(arguments, models[0], texts[0], arguments.edit_a, epochs[0])
    return a, _side(arguments, models[-1], a[0].text if len(texts) == 1 else texts[1], arguments.edit, epochs[-1])


def _side(
    arguments: Namespace,
    model: str | None,
    sentence: Sentence | None,
    edits: Sequence[str] | None,
    epoch: int | None,
) -> tuple[Reading, Trace]:
    """The reading of one side, and its trace."""
    asked = Namespace(model=model, sentence=sentence, edit=edits, epoch=epoch, allow_large=arguments.allow_large)
    name, read, trace = open_trace(asked)
    return Reading(name, read, parsed_edits(asked), asked.epoch), trace


def _check_read_once(sentences: Sequence[Sentence | None]) -> None:
    """Raise CallError where standard input would have to be read twice."""
    if sentences.count(SentenceFile(STDIN)) > 1:
        raise CallError("--sentence-file -: standard input can be read once; give a file for the other sentence")


COMMAND = Command("compare", "two networks or two sentences in lockstep", DESCRIPTION, EXAMPLES, add_arguments, run)
