"""`rnn-tui generate`: let a next-token model write on."""

from __future__ import annotations

from argparse import Namespace

from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say
from rnn_tui.cli.opening import edited, open_model, parsed_edits
from rnn_tui.options.scenes import add_allow_large, add_edit_argument, add_epoch_argument
from rnn_tui.options.types import not_negative, whole
from rnn_tui.text import printable

DESCRIPTION = "Let a model that knows what comes next write on."
EXAMPLES = """\
examples:
  rnn-tui generate -m names --count 10
  rnn-tui generate -m names -s Kat --temperature 0
  rnn-tui generate -m names -s Kat --count 5 --temperature 0.7 --seed 1
  rnn-tui generate -m names -s Kat --count 5 --edit forget
"""
LENGTH = {"characters": 80, "words": 40}


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui generate`."""
    parser.add_argument(
        "-m", "--model", metavar="MODEL", required=True, help="a next-token model: its name, or its path"
    )
    parser.add_argument("-s", "--sentence", metavar="START", default="", help="the beginning; none: from the start")
    add_epoch_argument(parser)
    add_edit_argument(parser)
    parser.add_argument("--length", metavar="N", type=whole(1), help="write at most N tokens (80 characters, 40 words)")
    parser.add_argument(
        "--temperature",
        metavar="X",
        type=not_negative,
        default=1.0,
        help="0: always the most probable; 1: as it was learned (1); above: bolder",
    )
    parser.add_argument("--seed", metavar="N", type=whole(0), help="the same seed writes the same text")
    parser.add_argument("--count", metavar="N", type=whole(1), default=1, help="how many texts, a line each (1)")
    add_allow_large(parser)


def run(arguments: Namespace) -> int:
    """Print the texts; raises UserError for a model that doesn't write on."""
    import numpy as np

    from rnn_tui.network.generation import generate, writing_of
    from rnn_tui.network.tokens import join

    edits = parsed_edits(arguments)
    model = open_model(arguments.model, arguments)
    pieces = model.tokenizer.split(arguments.sentence)
    model, typed = edited(model, [model.tokenizer.token(piece, model.vocabulary) for piece in pieces], edits)
    writing = writing_of(model)
    if typed and writing is not None and typed[0].text == writing.start:
        typed = typed[1:]  # the start token is read anyway, and is no part of the text
    length = arguments.length or LENGTH.get(model.tokenizer.kind, LENGTH["words"])
    rng = np.random.default_rng(arguments.seed)
    for _ in range(arguments.count):
        written = generate(model, typed, length, arguments.temperature, rng)
        say(printable(join([token.surface for token in [*typed, *written]], model.tokenizer)))
    return 0


COMMAND = Command("generate", "let a model write on", DESCRIPTION, EXAMPLES, add_arguments, run)
