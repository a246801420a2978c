"""`rnn-tui evaluate`: how well a model does on a file, and what it gets wrong."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.cli.arguments import whole
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say_all
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import edited, open_model, parsed_edits
from rnn_tui.cli.scenes import add_allow_large, add_edit_argument

if TYPE_CHECKING:
    from rnn_tui.edits import Edit

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
    parser.add_argument("data", metavar="DATA", type=Path, help="the file with the right answers, in UTF-8")
    parser.add_argument(
        "-m", "--model", metavar="MODEL", required=True, help="a model's name, or the path of a model file"
    )
    add_edit_argument(parser)
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")
    parser.add_argument("--mistakes", metavar="N", type=whole(0), default=10, help="show the N worst mistakes (10)")
    parser.add_argument("--window", metavar="N", type=whole(1), help="how many numbers of a series it reads")
    parser.add_argument("--column", metavar="NAME", help="the column that holds the series")
    add_allow_large(parser)


def run(arguments: Namespace) -> int:
    """Print the figures; raises UserError for a file that can't be used, or a label that the model doesn't know."""
    from rnn_tui.export import evaluation
    from rnn_tui.learning.encoding import Encoding
    from rnn_tui.learning.reading import read_for
    from rnn_tui.network.training.evaluation import evaluate

    edits = _edits(arguments)
    model, _ = edited(open_model(arguments.model, arguments), (), edits)
    samples = read_for(model, arguments.data, window=arguments.window, column=arguments.column)
    encoding = Encoding.of_model(model, samples.task)
    found = evaluate(model, encoding.corpus(samples.path, samples.samples))
    report = evaluation.Report(arguments.model, model, samples, encoding, found, edits, arguments.allow_large)
    say_all(report.json_lines() if arguments.json else report.lines(arguments.mistakes))
    return 0


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
