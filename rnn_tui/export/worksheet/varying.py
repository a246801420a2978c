"""Another network for every student: round weights drawn from a seed, where a model has few enough of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from rnn_tui.edits.lane import Lane
from rnn_tui.edits.set_parameter import SetParameter
from rnn_tui.network.changes import lanes
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Token

if TYPE_CHECKING:
    from rnn_tui.edits import Edit

MOST_WEIGHTS = 60
"""The most numbers that are drawn for a sheet: they all stand on it, and in the command that opens it."""


def drawn_weights(model: Model, tokens: Sequence[Token], seed: int, number: int) -> tuple[Edit, ...]:
    """Edits that set every weight of the cell that plays a part, and is not 0, to a round number of the same sign.

    Raises UserError where these are too many.
    """
    random = Random(f"{seed} {number} weights")  # noqa: S311 — weights that can be drawn again
    places = list(_places(model, tokens))
    if not can_draw_weights(model, tokens):
        raise UserError(
            f"the model “{model.name}” has {len(places)} weights for this sentence, and a sheet has room for "
            f"{MOST_WEIGHTS} drawn ones; leave --vary weights out, or take a smaller model with -m"
        )
    return tuple(
        SetParameter(name, index, random.randint(1, 9) / 10 * sign, lane) for name, index, sign, lane in places
    )


def can_draw_weights(model: Model, tokens: Sequence[Token]) -> bool:
    """True where the weights that a sentence meets are few enough to be drawn."""
    return 0 < sum(1 for _ in _places(model, tokens)) <= MOST_WEIGHTS


def _places(model: Model, tokens: Sequence[Token]) -> Iterator[tuple[str, tuple[int, ...], int, Lane]]:
    """The parameters of the cells that the sentence meets, each with its sign and its lane."""
    one_hot = model.embedding.kind == "one-hot"
    met = sorted({token.index for token in tokens if token.index is not None}) if one_hot else None
    for layer, backward, cell in lanes(model):
        columns = None if layer else met
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
            array = getattr(cell, name)
            for place in np.argwhere(array != 0).tolist():
                if name != "weight_ih" or columns is None or place[1] in columns:
                    yield name, tuple(place), 1 if array[tuple(place)] > 0 else -1, Lane(layer, backward)
