"""A forward that isn't ours: the ways to call it, and the sequences that it is called with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Token

SEQUENCES = 36
LENGTHS = (3, 6, 1, 9, 4, 13, 2, 7, 20, 5, 11, 8)
SEED = 12
_PADDING = re.compile(r"\W*pad(ding)?\W*|", re.IGNORECASE)

Input = NDArray[Any]
"""A sequence as a network reads it: rows of the vocabulary (T,), integers, or numbers (T,), float32."""


@dataclass(frozen=True)
class Way:
    """One way to call a forward, in words, and the arrays that it answers with; `call` may raise anything.

    `mixes` says of such a way, that answers at every step, that it takes sequences of a batch for steps.
    """

    said: str
    call: Callable[[Input], Sequence[NDArray[Any]]]
    stepwise: bool = False
    mixes: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Forward:
    """All the ways to call one forward, the likeliest first; `lengths` where it reads no others."""

    ways: Callable[[Model], Iterable[Way]]
    lengths: tuple[int, ...] = LENGTHS
    skipped: frozenset[int] = frozenset()
    """Rows that are never drawn: those of padding."""


def called_so(call: Callable[[Input], Sequence[NDArray[Any]]]) -> Forward:
    """The one way to call a forward that was asked for."""
    return Forward(lambda _: [Way("forward=…", call)])


def draw(model: Model, forward: Forward) -> list[tuple[Token, ...]]:
    """Sequences of the vocabulary's words without padding, or of numbers; always the same ones."""
    rng = np.random.default_rng(SEED)
    n = outputs_of(model)
    # As many steps as outputs would leave open which axis of an answer is which.
    lengths = [length for length in forward.lengths if length != n or length == 1] or list(forward.lengths)
    words = model.vocabulary.words
    rows = [row for row, word in enumerate(words) if row not in forward.skipped and not _PADDING.fullmatch(word)]
    rows = rows or list(range(len(words)))
    drawn: list[tuple[Token, ...]] = []
    for index in range(SEQUENCES):
        length = lengths[index % len(lengths)]
        if words:
            picked = [rows[at] for at in rng.integers(len(rows), size=length)]
            drawn.append(tuple(Token(words[row], words[row], row) for row in picked))
        else:
            numbers = [round(float(number), 3) for number in rng.normal(size=length)]
            drawn.append(tuple(Token(str(number), str(number), value=number) for number in numbers))
    return drawn


def input_of(tokens: Sequence[Token]) -> Input:
    """The rows of the tokens, or their numbers."""
    if tokens[0].index is None:
        return np.array([token.value for token in tokens], np.float32)
    return np.array([token.index for token in tokens], np.int64)


def outputs_of(model: Model) -> int:
    """The number of outputs that the foreign network had: one, where our two are made of it."""
    return 1 if "outputs" in model.provenance else model.output_size


def batch_of(rows: Input) -> Input:
    """A batch of one sequence: rows (1, T), or numbers (1, T, 1)."""
    return rows[None, :, None] if rows.dtype.kind == "f" else rows[None]
