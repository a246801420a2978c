"""`rnn-tui generate`: let a next-token model write on."""

from __future__ import annotations

from argparse import Namespace

from rnn_tui.cli.arguments import not_negative, whole
from rnn_tui.cli.console import say
from rnn_tui.cli.opening import edited, open_model, parsed_edits
from rnn_tui.cli.parser import Parser, add_allow_large
from rnn_tui.cli.scenes import add_edit_argument
from rnn_tui.text import printable

EPILOG = """\
examples:
  rnn-tui generate -m names --count 10
  rnn-tui generate -m names -s Kat --temperature 0
  rnn-tui generate -m names -s Kat --count 5 --temperature 0.7 --seed 1
  rnn-tui generate -m names -s Kat --count 5 --edit forget
"""
LENGTH = {"characters": 80, "words": 40}


def parser() -> Parser:
    """The arguments of `rnn-tui generate`."""
    made = Parser("rnn-tui generate", "Let a model that knows what comes next write on.", EPILOG)
    made.add_argument("-m", "--model", metavar="MODEL", required=True, help="a next-token model: its name, or its path")
    made.add_argument("-s", "--sentence", metavar="START", default="", help="the beginning; none: from the start")
    add_edit_argument(made)
    made.add_argument("--length", metavar="N", type=whole(1), help="write at most N tokens (80 characters, 40 words)")
    made.add_argument(
        "--temperature",
        metavar="X",
        type=not_negative,
        default=1.0,
        help="0: always the most probable; 1: as it was learned (1); above: bolder",
    )
    made.add_argument("--seed", metavar="N", type=whole(0), help="the same seed writes the same text")
    made.add_argument("--count", metavar="N", type=whole(1), default=1, help="how many texts, a line each (1)")
    add_allow_large(made)
    return made


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
