"""The usual things that a forward does and a model file can't say, told by their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from rnn_tui.interop.answers import Reading, difference
from rnn_tui.network.arrays import Array, sigmoid, softmax
from rnn_tui.network.model import Model
from rnn_tui.network.readouts import Attention
from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import run


def _so_far(states: Array) -> Array:
    return np.arange(1, len(states) + 1, dtype=states.dtype)[:, None]


def _dot(states: Array, scale: float = 1.0) -> Array:
    """The sum of the states so far, weighed by their product with the newest one."""
    return np.stack([softmax(states[: t + 1] @ h * scale) @ states[: t + 1] for t, h in enumerate(states)])


CAUSES: Mapping[str, Callable[[Array], Array]] = {
    "the mean of the hidden states (mean pooling)": lambda h: np.cumsum(h, 0) / _so_far(h),
    "the largest of the hidden states (max pooling)": lambda h: np.maximum.accumulate(h, 0),
    "the smallest of the hidden states (min pooling)": lambda h: np.minimum.accumulate(h, 0),
    "the sum of the hidden states": lambda h: np.cumsum(h, 0),
    "the first hidden state": lambda h: np.repeat(h[:1], len(h), 0),
    "relu of the hidden state (an activation before the last layer)": lambda h: np.maximum(h, 0),
    "tanh of the hidden state (an activation before the last layer)": np.tanh,
    "sigmoid of the hidden state (an activation before the last layer)": sigmoid,
    "leaky relu of the hidden state (an activation before the last layer)": lambda h: np.maximum(h, 0.01 * h),
    "a dot attention of the last hidden state over all": _dot,
    "a scaled dot attention of the last hidden state over all": lambda h: _dot(h, h.shape[1] ** -0.5),
}
"""The last layer's input, made of the hidden states (T, hidden_size): after every step."""

SQUASHED: Mapping[str, Callable[[Array], Array]] = {
    "the hidden state, and relu squashes its outputs": lambda logits: np.maximum(logits, 0),
    "the hidden state, and tanh squashes its outputs": np.tanh,
    "the hidden state, and sigmoid squashes each output by itself": sigmoid,
}


def cause_of(model: Model, drawn: Sequence[tuple[Token, ...]], reading: Reading, rounding: Sequence[float]) -> str:
    """The first cause whose answers are the forward's, in words; "" where none is."""
    if isinstance(model.readout, Attention):
        return ""
    return next((said for said, logits in _causes(model, drawn) if _same(reading, logits, rounding)), "")


def _causes(model: Model, drawn: Sequence[tuple[Token, ...]]) -> Iterator[tuple[str, Iterable[Array]]]:
    """Every cause, in words, and the logits of all sequences that it makes."""
    values = [run(model, tokens).values for tokens in drawn]

    def read(contexts: Iterable[Array]) -> Iterator[Array]:
        for context in contexts:
            yield context.astype(np.float64) @ model.readout.weight.T + model.readout.bias

    for said, context in CAUSES.items():
        yield said, read(context(each["h"].astype(np.float64)) for each in values)
    if "c" in values[0]:
        yield "the cell state c, not the hidden state", read(each["c"] for each in values)
    yield "the sequence from its end", read(run(model, tokens[::-1]).values["h"] for tokens in drawn)
    alone = (np.concatenate([run(model, [token]).values["h"] for token in tokens]) for tokens in drawn)
    yield "each word alone, without a memory (its recurrent layer may lack batch_first=True)", read(alone)
    for said, function in SQUASHED.items():
        yield said, (function(each["logits"].astype(np.float64)) for each in values)


def _same(reading: Reading, logits: Iterable[Array], rounding: Sequence[float]) -> bool:
    made = ({"logits": each, "probs": softmax(each)} for each in logits)
    return all(difference(answers, reading, index, rounding[index])[1] for index, answers in enumerate(made))
