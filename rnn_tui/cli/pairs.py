"""The options that name a pair of scenes on a command line, and the pair that they name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnn_tui.network.errors import UserError
from rnn_tui.options.scenes import add_lane_arguments, add_lens_argument, add_notation_argument
from rnn_tui.options.types import integer, not_negative, whole
from rnn_tui.pair import SIDES, Pair, parse_column
from rnn_tui.scene import Reading

if TYPE_CHECKING:
    from rnn_tui.comparison import Comparison


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options that name a pair, but for its models, sentences and edits."""
    parser.add_argument("--at", metavar="WORD:PHASE", help="where to start, such as 3:add (columns count from 1)")
    add_lane_arguments(parser)
    unit = "the hidden unit to pick, from 1; twice for another one in B"
    parser.add_argument("--unit", type=integer, action="append", metavar="N", help=unit)
    parser.add_argument("--side", choices=SIDES, default=SIDES[0], help="the side in focus")
    add_lens_argument(parser)
    add_notation_argument(parser)
    parser.add_argument("--hide", action="store_true", help="cover the answers until the class has guessed")
    unseen = "of a scene; a comparison doesn't show it"
    for option in ("--full", "--arithmetic", "--what-if", "--present", "--over-epochs"):
        parser.add_argument(option, action="store_true", help=unseen)
    for option in ("--scroll", "--weight", "--chosen"):
        parser.add_argument(option, type=whole(1), metavar="N", help=unseen)
    parser.add_argument("--temperature", type=not_negative, metavar="X", help=unseen)


def from_arguments(arguments: Namespace, a: Reading, b: Reading, comparison: Comparison) -> Pair:
    """The pair that a command line asks for; raises UserError where it lies outside the words or the networks."""
    position = parse_column(arguments.at, comparison, arguments.layer, arguments.direction)
    return Pair(
        a,
        b,
        units=_units(arguments.unit, comparison.on(position.floor)) if arguments.unit else (None, None),
        focus=SIDES.index(arguments.side),
        position=position,
        lens=arguments.lens,
        notation=bool(arguments.notation),
        hidden=arguments.hide,
    )


def _units(given: Sequence[int], comparison: Comparison) -> tuple[int, int]:
    """The picked units, from 0."""
    if len(given) > len(SIDES):
        raise UserError(f"--unit was given {len(given)} times; there are two sides, so once or twice")
    for trace, letter, unit in zip(comparison.traces, SIDES, (given[0], given[-1]), strict=True):
        size = trace.model.hidden_size
        if not 1 <= unit <= size:
            raise UserError(f"--unit {unit}: {letter} has {size} hidden units, so 1 to {size}; twice for A and for B")
    return given[0] - 1, given[-1] - 1
