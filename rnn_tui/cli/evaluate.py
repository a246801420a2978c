"""`rnn-tui evaluate`: how well a model does on a file, and what it gets wrong."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rnn_tui import shelf
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say_all
from rnn_tui.cli.data import add_data_arguments, asked_of, check_options, check_task
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import edited, open_model, parsed_edits
from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_allow_large, add_edit_argument, add_epoch_argument
from rnn_tui.options.types import whole
from rnn_tui.text import clipped, joined

if TYPE_CHECKING:
    from rnn_tui.edits import Edit
    from rnn_tui.export.evaluation import Report
    from rnn_tui.export.evaluation_numbers import NumberReport
    from rnn_tui.learning.encoding import Encoding
    from rnn_tui.learning.samples import Samples
    from rnn_tui.network.model import Model

DESCRIPTION = "Say how well a model does on a file, and what it gets wrong."
EXAMPLES = """\
examples:
  rnn-tui evaluate -m sentiment reviews.csv
  rnn-tui evaluate -m tagger.safetensors sentences.tsv --mistakes 20
  rnn-tui evaluate -m names.safetensors other-names.txt --json
  rnn-tui evaluate -m sentiment reviews.csv --edit "scale-memory 0.5"

DATA is of the kind that the model was trained on; `rnn-tui train --help` lists them.
"""


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui evaluate`."""
    parser.add_argument("data", metavar="DATA", type=Path, help="the file with the right answers")
    parser.add_argument(
        "-m", "--model", metavar="MODEL", required=True, help="a model's name, or the path of a model file"
    )
    add_epoch_argument(parser)
    add_edit_argument(parser)
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")
    parser.add_argument("--mistakes", metavar="N", type=whole(0), default=10, help="show the N worst mistakes (10)")
    add_data_arguments(parser, window="how many numbers of a series it reads")
    add_allow_large(parser)


def run(arguments: Namespace) -> int:
    """Print the figures; raises UserError for a file that can't be used, or a label that the model doesn't know."""
    from rnn_tui.learning.encoding import Encoding
    from rnn_tui.learning.reading import read_for, tasks_of

    check_options(arguments)
    asked, edits = asked_of(arguments), _edits(arguments)
    model, _ = edited(open_model(arguments.model, arguments), (), edits)
    if model.output.is_number and len(model.labels) > 1:
        several = f"the model answers with {len(model.labels)} numbers at once ({clipped(', '.join(model.labels), 60)})"
        raise UserError(f"{several}, and evaluate reads files with one right answer a text; `rnn-tui trace` shows them")
    tasks = tasks_of(model) if arguments.task is None else (arguments.task,)
    check_task(arguments, tasks, f"and the model is for --task {joined(tasks, 'or')}")
    samples = read_for(model, shelf.data_file(arguments.data), arguments.task, asked=asked)
    report = _report(model, Encoding.of_model(model, samples.task), samples, edits, arguments)
    say_all(report.json_lines() if arguments.json else report.lines(arguments.mistakes))
    return 0


def _report(
    model: Model, encoding: Encoding, samples: Samples, edits: tuple[Edit, ...], arguments: Namespace
) -> Report | NumberReport:
    from rnn_tui.export.evaluation import Report
    from rnn_tui.export.evaluation_numbers import NumberReport
    from rnn_tui.network.training.evaluation import evaluate, evaluate_numbers

    corpus = encoding.corpus(samples.path, samples.samples)
    known: dict[str, Any] = {"name": arguments.model, "model": model, "samples": samples, "encoding": encoding}
    known |= {"edits": edits, "allow_large": arguments.allow_large}
    if model.output.is_number:
        return NumberReport(**known, found=evaluate_numbers(model, corpus))
    return Report(**known, found=evaluate(model, corpus))


def _edits(arguments: Namespace) -> tuple[Edit, ...]:
    """The edits of the network; raises CallError for one of words, which are not the same in every sentence."""
    edits = parsed_edits(arguments)
    if not edits:
        return ()
    from rnn_tui.edits import names_of_network_edits, of_words

    for edit in filter(of_words, edits):
        *others, last = names_of_network_edits()
        raise CallError(
            f"--edit “{edit.to_text()}” changes one sentence, and evaluate reads many; "
            f"{', '.join(others)} and {last} work here"
        )
    return edits


COMMAND = Command("evaluate", "how good a model is", DESCRIPTION, EXAMPLES, add_arguments, run)
