"""The usual things that a forward does and a model file can't say, told by their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from rnn_tui.interop.answers import Reading, difference
from rnn_tui.interop.candidates import States
from rnn_tui.network.arrays import Array, sigmoid, softmax
from rnn_tui.network.readouts import Attention
from rnn_tui.network.trace import run

Function = Callable[[Array], Array]
Source = Callable[[int], Array]
"""Makes an array of the sequence with this index."""
Cause = tuple[str, Source]
"""A cause in words, and the logits that it makes, (T, output_size)."""


def _mean(states: Array) -> Array:
    return np.cumsum(states, 0) / np.arange(1, len(states) + 1, dtype=states.dtype)[:, None]


def _largest(states: Array) -> Array:
    result: Array = np.maximum.accumulate(states, 0)
    return result


def _dot(states: Array, scale: float = 1.0) -> Array:
    """The sum of the states so far, weighed by their product with the newest one."""
    return np.stack([softmax(states[: t + 1] @ h * scale) @ states[: t + 1] for t, h in enumerate(states)])


def _leaky(slope: float) -> Function:
    return lambda h: np.maximum(h, slope * h)


def _relu(h: Array) -> Array:
    result: Array = np.maximum(h, 0)
    return result


def _as_it_is(h: Array) -> Array:
    return h


def _mean_of(function: Function) -> Function:
    return lambda h: _mean(function(h))


KNOWN_FUNCTIONS: Mapping[str, Function] = {"relu": _relu, "tanh": np.tanh, "sigmoid": sigmoid}
"""The functions before the last layer that this program has, which may come together with what it hasn't."""

HANDED: Mapping[str, Function] = {
    "the hidden state": _as_it_is,
    "the mean of the hidden states": _mean,
    "the largest of the hidden states": _largest,
}
"""What this program's readouts hand on, made of the hidden states (T, hidden_size): after every step."""

CONTEXTS: Mapping[str, Function] = {
    "the smallest of the hidden states (min pooling)": lambda h: np.minimum.accumulate(h, 0),
    "the sum of the hidden states": lambda h: np.cumsum(h, 0),
    "the hidden state before the newest word": lambda h: np.concatenate([np.zeros_like(h[:1]), h[:-1]]),
    "the first hidden state": lambda h: np.repeat(h[:1], len(h), 0),
    "a dot attention of the last hidden state over all": _dot,
    "a scaled dot attention of the last hidden state over all": lambda h: _dot(h, h.shape[1] ** -0.5),
    **{
        f"the mean of {name} of the hidden states (an activation before pooling)": _mean_of(function)
        for name, function in KNOWN_FUNCTIONS.items()
    },
}
"""What the last layer may read that no readout hands on."""

BOTH: Mapping[str, Callable[[Array, Array], Array]] = {
    "the average of both directions (merge ave)": lambda one, other: (one + other) / 2,
    "the product of both directions (merge mul)": lambda one, other: one * other,
}
"""What may be made of the two directions of the top layer, that no merge is."""

BEFORE: Mapping[str, Sequence[Function]] = {
    "leaky relu": tuple(map(_leaky, (0.01, 0.1, 0.2, 0.3))),
    "elu": (lambda h: np.where(h > 0, h, np.expm1(np.minimum(h, 0))),),
    "silu": (lambda h: h * sigmoid(h),),
}
"""Activations before the last layer that no head has."""

SQUASHED: Mapping[str, Function] = {
    "relu squashes its outputs": _relu,
    "tanh squashes its outputs": np.tanh,
    "sigmoid squashes each output by itself": sigmoid,
}


class Causes:
    """Everything that could be the cause, of one cell: each in words, and the logits that it makes."""

    def __init__(self, states: States) -> None:
        self._states = states
        self._model = states.model
        self._kept: dict[tuple[int, bool], Array] = {}

    def of(self, reading: Reading, rounding: Sequence[float]) -> str:
        """The first cause whose answers are the forward's, in words; "" where none is.

        Known are those of a last layer that reads the states itself.
        """
        if isinstance(self._model.readout, Attention) or any(entry.linear for entry in self._model.head):
            return ""
        return next((said for said, logits in self._all if self._same(reading, logits, rounding)), "")

    def _same(self, reading: Reading, logits: Source, rounding: Sequence[float]) -> bool:
        for index, allowed in enumerate(rounding):
            made, output = logits(index), self._model.output
            if not difference({"logits": made, output.answer: output.answers(made)}, reading, index, allowed)[1]:
                return False
        return True

    @cached_property
    def _all(self) -> list[Cause]:
        return [*self._reads(), *self._squashed()]

    def _reads(self) -> Iterator[Cause]:
        """Everything that the last layer may read."""
        for said, context in CONTEXTS.items():
            yield from self._with_heads(said, self._forwards, context)
        for before, functions in BEFORE.items():
            for handed, context in HANDED.items():
                for function in functions:
                    said = f"{before} of {handed} (an activation before the last layer)"
                    yield said, _then(self._forwards, context, function, self._fc)
        if self._model.two_way:
            for said, product in BOTH.items():
                yield from self._with_heads(said, self._both(product), _as_it_is)
        elif "c" in self._states.tops[0].forward.values:
            yield from self._with_heads("the cell state c, not the hidden state", self._cell_state, _as_it_is)
        alone = "each word alone, without a memory (its recurrent layer may lack batch_first=True)"
        for said, source in (("the sequence from its end", self._backwards), (alone, self._alone)):
            for handed, context in HANDED.items():
                more = "" if context is _as_it_is else f", {handed}"
                yield from self._with_heads(said + more, source, context)

    def _squashed(self) -> Iterator[Cause]:
        """What may be made of the logits."""
        for handed, context in HANDED.items():
            for head, before in {"": _as_it_is, **KNOWN_FUNCTIONS}.items():
                said = f"{head} of {handed}" if head else handed
                for does, function in SQUASHED.items():
                    yield f"{said}, and {does}", _then(self._forwards, context, before, self._fc, function)

    def _with_heads(self, said: str, source: Source, context: Function) -> Iterator[Cause]:
        """What is made of the states, as it is and after each head."""
        yield said, _then(source, context, self._fc)
        for head, function in KNOWN_FUNCTIONS.items():
            yield f"{said}, after {head}", _then(source, context, function, self._fc)

    def _fc(self, handed: Array) -> Array:
        result: Array = handed @ self._model.fc.weight.T + self._model.fc.bias
        return result

    def _forwards(self, index: int) -> Array:
        return self._states.h[index].astype(np.float64)

    def _cell_state(self, index: int) -> Array:
        return self._states.tops[index].forward.values["c"].astype(np.float64)

    def _both(self, function: Callable[[Array, Array], Array]) -> Source:
        """What is made of the states of both directions of the top layer, where its weights have room for one."""

        def made(index: int) -> Array:
            top = self._states.tops[index]
            lanes = [lane.values["h"].astype(np.float64) for lane in (top.forward, top.backward) if lane is not None]
            both = function(*lanes)
            return both if top.layer.merge == "sum" else np.concatenate([both, both], axis=1)

        return made

    def _backwards(self, index: int) -> Array:
        return self._run(index, backwards=True)

    def _alone(self, index: int) -> Array:
        return self._run(index, backwards=False)

    def _run(self, index: int, *, backwards: bool) -> Array:
        """The states of a sequence that is read from its end, or word by word; computed once."""
        if (index, backwards) not in self._kept:
            tokens = self._states.drawn[index]
            parts = [tokens[::-1]] if backwards else [(token,) for token in tokens]
            states = [run(self._model, part).layers[-1].output for part in parts]
            self._kept[index, backwards] = np.concatenate(states).astype(np.float64)
        return self._kept[index, backwards]


def _then(source: Source, *functions: Function) -> Source:
    """What the functions make, one after the other, of the states of a sequence."""

    def made(index: int) -> Array:
        array = source(index)
        for function in functions:
            array = function(array)
        return array

    return made
