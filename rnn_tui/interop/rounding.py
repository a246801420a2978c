"""The difference that float32 alone makes between two computations of one network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rnn_tui.interop.answers import log_softmax
from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model
from rnn_tui.network.precision import in_float64
from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import run

SAFETY = 10
"""Two computations in float32 may be so many times further apart than one of them and that in float64 happens to be."""
LARGEST = 1e-2
"""More is never put down to rounding: sequences so long tell nothing."""


def rounding_of(
    model: Model, drawn: Sequence[tuple[Token, ...]], values: Sequence[Mapping[str, Array]]
) -> tuple[float, ...]:
    """For each sequence the difference of two logarithms that may be float32's; `values` are those of the model.

    Where a network amplifies the smallest change from step to step, as one with large weights does, that is much for
    a long sequence and still next to nothing for a short one.
    """
    exact = in_float64(model)
    state = tuple(np.zeros(model.hidden_size) for _ in model.cell.state_names)
    seen: dict[int, float] = {}
    for tokens, found in zip(drawn, values, strict=True):
        with np.errstate(invalid="ignore"):
            apart = np.abs(log_softmax(run(exact, tokens, state).values["logits"]) - log_softmax(found["logits"]))
        largest = float(apart.max())
        seen[len(tokens)] = max(seen.get(len(tokens), 0.0), largest if np.isfinite(largest) else 0.0)
    upto = {length: max(apart for other, apart in seen.items() if other <= length) for length in seen}
    return tuple(min(LARGEST, SAFETY * upto[len(tokens)]) for tokens in drawn)


def steady(model: Model, drawn: Sequence[tuple[Token, ...]]) -> tuple[int, ...]:
    """The lengths of those sequences of which float32 still tells something; all of them where it tells of none."""
    values = [run(model, tokens).values for tokens in drawn]
    told = [
        len(tokens)
        for tokens, rounding in zip(drawn, rounding_of(model, drawn, values), strict=True)
        if rounding < LARGEST
    ]
    return tuple(dict.fromkeys(told)) or tuple(dict.fromkeys(len(tokens) for tokens in drawn))
