"""The models that the same weights may be: cells with one activation or another, readouts, and what comes before fc."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

import numpy as np

from rnn_tui.interop.answers import compared
from rnn_tui.interop.description import Options
from rnn_tui.interop.rounding import rounding_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.network.errors import UserError
from rnn_tui.network.heads import Entry
from rnn_tui.network.layers import LayerRecording
from rnn_tui.network.model import Model
from rnn_tui.network.precision import in_float64
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import met, run

TRIED_READOUTS = ("last", "last_step", "each", "mean", "max")
"""The readouts that read the same weights, the simplest first; where no layer reads both ways `last_step` is `last`."""
_FUNCTIONS = ("relu", "tanh", "sigmoid", "identity")
_ALL_ORDERS = 2
"""The number of linear layers before the last up to which every combination of functions is tried."""

READOUTS_IN_ORDER = (*TRIED_READOUTS, *(readout for readout in READOUTS if readout not in TRIED_READOUTS))
"""All readouts, the simplest first."""

OneWay = Callable[[Options], Model]
"""Makes the model with some of its options changed; raises UserError where the weights don't allow that."""
Build = OneWay | Sequence[OneWay]
"""The same; several, the likeliest first, where the weights don't tell how they are read."""


def tried_readouts(model: Model) -> tuple[str, ...]:
    """The readouts that may answer otherwise than another one."""
    return tuple(readout for readout in TRIED_READOUTS if model.two_way or readout != "last_step")


def tried_heads(model: Model) -> list[tuple[str, ...]]:
    """The heads that are tried where none is asked for, the simplest first: functions as in `Options`."""
    count = sum(entry.linear is not None for entry in model.head)
    if not count:
        return [(), *((function,) for function in _FUNCTIONS[:-1])]
    if count <= _ALL_ORDERS:
        behind = sorted(product(_FUNCTIONS, repeat=count), key=lambda functions: len(set(functions)))
    else:
        behind = [(function,) * count for function in _FUNCTIONS]
    return [(*before, *functions) for before in ((), *((one,) for one in _FUNCTIONS[:-1])) for functions in behind]


def read_as(model: Model, readout: str, head: Sequence[str]) -> Model:
    """The same weights with another readout, which has no parameters, and other functions in the head."""
    kept = readout == model.readout.kind
    linears = [entry.linear for entry in model.head if entry.linear is not None]
    head = tuple(head) or ("identity",) * len(linears)
    before = len(head) - len(linears)
    entries = [Entry(function) for function in head[:before]]
    entries += [Entry(function, linear) for function, linear in zip(head[before:], linears, strict=True)]
    return replace(model, readout=model.readout if kept else READOUTS[readout](), head=tuple(entries))


def head_of(model: Model) -> tuple[str, ...]:
    """The functions of a model's head."""
    return tuple(entry.activation for entry in model.head)


def head_in_words(head: Sequence[str]) -> str:
    """A head in words: "relu before the last layer"."""
    return f"{' and '.join(head) or 'nothing'} before the last layer"


def entries_in_words(model: Model) -> str:
    """The head of a model in words: "a linear layer of 4 with relu before the last layer"."""
    named = [
        entry.activation
        if entry.linear is None
        else f"a linear layer of {len(entry.linear.weight)}"
        + ("" if entry.activation == "identity" else f" with {entry.activation}")
        for entry in model.head
    ]
    return head_in_words(named)


def kind_in_words(model: Model) -> str:
    """The readout, the activation where a cell has one, and the head: "the readout mean with tanh"."""
    activation = activation_of(model)
    beside = f" with {activation}" if activation else ""
    before = f", {entries_in_words(model)}" if model.head else ""
    return f"the readout {model.readout.kind}{beside}{before}"


def has_activations(model: Model) -> bool:
    """True where it has a cell that can be given another activation."""
    return any(layer.forward.activation for layer in model.layers)


def activation_of(model: Model) -> str | None:
    """The activation of its Elman cells; None where it has none, or where they differ."""
    found = {layer.forward.activation for layer in model.layers} - {None}
    return found.pop() if len(found) == 1 else None


@dataclass(eq=False)
class States:
    """The hidden states of one cell over the drawn sequences, computed once for all readouts and heads."""

    model: Model
    drawn: Sequence[tuple[Token, ...]]

    @cached_property
    def h(self) -> list[Array]:
        """The hidden states that the top layer hands on at each step, (T, size) for every sequence."""
        return [top.output for top in self.tops]

    @cached_property
    def tops(self) -> list[LayerRecording]:
        """All values of the top layer, for every sequence."""
        return [run(self.model, tokens).layers[-1] for tokens in self.drawn]

    @cached_property
    def exact(self) -> list[LayerRecording]:
        """The same in float64."""
        model = in_float64(self.model)
        return [run(model, tokens).layers[-1] for tokens in self.drawn]


@dataclass(eq=False)
class Candidate:
    """A model that the weights may be, with what it answers to the drawn sequences."""

    model: Model
    states: States
    _answers: dict[int, dict[str, Array]] = field(default_factory=dict, repr=False)

    @property
    def kind(self) -> tuple[str, str | None, tuple[str, ...]]:
        """The readout, the activation and the head."""
        return self.model.readout.kind, activation_of(self.model), head_of(self.model)

    def answer(self, index: int) -> dict[str, Array]:
        """The values of readout, head and fc for one sequence, among them `logits` and the answer, (T, …) each."""
        if index not in self._answers:
            handed = met(self.model.readout.kind, self.states.tops[index])
            self._answers[index] = _outputs(self.model, handed)
        return self._answers[index]

    @property
    def answers(self) -> list[dict[str, Array]]:
        """The same for every sequence."""
        return [self.answer(index) for index in range(len(self.states.drawn))]

    @cached_property
    def rounding(self) -> tuple[float, ...]:
        """The difference of two logarithms, or of two numbers, that float32 alone may make, for each sequence."""
        readout = self.model.readout.kind
        exact = read_as(in_float64(self.states.model), readout, head_of(self.model))
        lengths = [len(tokens) for tokens in self.states.drawn]
        wanted = [_outputs(exact, met(readout, top)) for top in self.states.exact]
        return rounding_of(lengths, *([compared(values) for values in both] for both in (self.answers, wanted)))


def _outputs(model: Model, handed: Array) -> dict[str, Array]:
    with np.errstate(over="ignore", invalid="ignore"):  # as in `run`: an unbounded activation may overflow
        return model.outputs_of(handed)


def models_of(build: Build, said: Options) -> tuple[list[Model], UserError | None]:
    """The model as it was asked for or assumed, then those with other activations, or with attention.

    Where the weights can be read in several ways, those of the first come first. The error is why the first model is
    not among them. Raises it where the weights allow none.
    """
    found, refusals = [], []
    for one_way in build if isinstance(build, Sequence) else (build,):
        try:
            found.append(_models(one_way, said))
        except UserError as error:
            refusals.append(error)
    if not found:
        raise refusals[0]
    first = _sizes(found[0][0][0])
    return [model for models, _ in found for model in models if _sizes(model) == first], found[0][1]


def _sizes(model: Model) -> tuple[object, ...]:
    """What a forward is called with."""
    sizes = [(layer.hidden_size, layer.bidirectional) for layer in model.layers]
    return len(model.vocabulary) or model.embedding.input_size, sizes


def _models(build: OneWay, said: Options) -> tuple[list[Model], UserError | None]:
    """The same for weights that are read in one way."""
    refusal: UserError | None = None
    made: dict[tuple[object, ...], Model] = {}
    head, asked = said.get("head", ()), said.get("nonlinearity")
    for readout in [said["readout"]] if "readout" in said else ("last", "attention"):
        for nonlinearity in (None, *ACTIVATIONS) if asked is None else (asked,):
            if nonlinearity is not None and asked is None and made and not has_activations(next(iter(made.values()))):
                break
            try:
                model = build({"readout": readout, "nonlinearity": nonlinearity, "head": head})
            except UserError as error:
                refusal = refusal or (error if not made else None)
                continue
            made.setdefault((model.readout.kind, *(layer.forward.activation for layer in model.layers)), model)
    if refusal is not None and not made:
        raise refusal
    return list(made.values()), refusal


def candidates_of(states: Sequence[States], said: Options) -> Iterator[Candidate]:
    """Every candidate that these cells allow beside what was asked for, the simplest first."""
    asked = said.get("head")
    for head in tried_heads(states[0].model) if asked is None else [tuple(asked)]:
        for readout in READOUTS_IN_ORDER:
            for one in states:
                own = one.model.readout.kind
                others = () if "readout" in said or own == "attention" else tried_readouts(one.model)
                if readout == own or readout in others:
                    yield Candidate(read_as(one.model, readout, head), one)
