"""A forward that isn't ours: the ways to call it, and the sequences that it is called with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.answers import Reading, readings
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Token

SEQUENCES = 36
LENGTHS = (3, 6, 1, 9, 4, 13, 2, 7, 20, 5, 11, 8)
LONGEST = 64
"""The longest that is tried of a forward that reads none of these lengths but others."""
SEED = 12
_PADDING = re.compile(r"\W*pad(ding)?\W*|", re.IGNORECASE)

Input = NDArray[Any]
"""A sequence as a network reads it: rows of the vocabulary (T,), integers; or numbers (T,), (T, features), float32."""


@dataclass(frozen=True)
class Again:
    """A forward that is asked twice: both answers, and in words what is the cause and the mend where they differ.

    `random`: so that no network answers as it does; else it keeps something, and may be called otherwise. `pair` may
    raise anything.
    """

    cause: str
    mend: str
    pair: Callable[[Input], tuple[Sequence[NDArray[Any]], Sequence[NDArray[Any]]]]
    random: bool = True


@dataclass(frozen=True)
class Way:
    """One way to call a forward, in words, and the arrays that it answers with; `call` may raise anything.

    `mixes` says of such a way, that answers at every step, that it takes sequences of a batch for steps, where those
    have so many. `stepwise`: the forward is handed one step after the other; `as_batch`: a whole sequence, where one of
    one step takes a batch. `again`: what asking twice tells, the surest first.
    """

    said: str
    call: Callable[[Input], Sequence[NDArray[Any]]]
    stepwise: bool = False
    mixes: Callable[[int], bool] | None = None
    as_batch: bool = False
    again: tuple[Again, ...] = ()


@dataclass(frozen=True)
class Forward:
    """All the ways to call one forward, the likeliest first; `lengths` where it reads no others."""

    ways: Callable[[Model], Iterable[Way]]
    lengths: tuple[int, ...] = LENGTHS
    skipped: frozenset[int] = frozenset()
    """Rows that are never drawn: those of padding."""


def called_so(call: Callable[[Input], Sequence[NDArray[Any]]], again: tuple[Again, ...] = ()) -> Forward:
    """The one way to call a forward that was asked for."""
    return Forward(lambda _: [Way("forward=…", call, again=again)])


def lengths_read(model: Model, forward: Forward) -> tuple[int, ...]:
    """The lengths from 2 on that the likeliest way to call a forward answers, where there is such a way; else none.

    One step is no such length, since all readouts are the same after it. Of one length and its multiples alone it is
    the one: a forward that reads so many steps takes a longer sequence for several.
    """
    sequences = [draw(model, replace(forward, lengths=(length,)))[0] for length in range(2, LONGEST + 1)]
    for way in forward.ways(model):
        found = tuple(len(tokens) for tokens in sequences if _answers(way, tokens, model))
        if found:
            return found[:1] if all(length % found[0] == 0 for length in found) else found
    return ()


def _answers(way: Way, tokens: Sequence[Token], model: Model) -> bool:
    try:
        answer = way.call(input_of(tokens))
    except Exception:  # noqa: BLE001  # of the module that was handed in: anything
        return False
    return any(True for _ in read_answers(way.said, [answer], [len(tokens)], model))


def read_answers(
    way: str, answers: Sequence[Sequence[NDArray[Any]]], lengths: Sequence[int], model: Model
) -> Iterator[Reading]:
    """Every way in which the answers are those of a network with the outputs of this one."""
    return readings(way, answers, lengths, outputs_of(model), numbers=model.output.is_number)


def lengths_in_words(lengths: Sequence[int]) -> str:
    """The only lengths that a forward reads, in words: "of 6 steps alone"."""
    shortest, longest = min(lengths), max(lengths)
    return f"of {shortest} steps alone" if shortest == longest else f"of {shortest} to {longest} steps alone"


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
            shape = (length, model.embedding.input_size)
            numbers = [tuple(round(float(number), 3) for number in step) for step in rng.normal(size=shape)]
            texts = [",".join(map(str, step)) for step in numbers]
            drawn.append(tuple(Token(text, text, values=step) for text, step in zip(texts, numbers, strict=True)))
    return drawn


def input_of(tokens: Sequence[Token]) -> Input:
    """The rows of the tokens, or their numbers: (T,), or (T, features) where there are several."""
    if tokens[0].index is None:
        return np.array([token.values[0] if token.value is not None else token.values for token in tokens], np.float32)
    return np.array([token.index for token in tokens], np.int64)


def outputs_of(model: Model) -> int:
    """The number of outputs that the foreign network has."""
    return model.output.nodes(model.output_size)


def batch_of(rows: Input) -> Input:
    """A batch of one sequence: rows (1, T), or numbers (1, T, features)."""
    return rows.reshape(1, len(rows), -1) if rows.dtype.kind == "f" else rows[None]
