"""All that a network computes for one sentence, recorded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rnn_tui.loading import module
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.cells import State
from rnn_tui.network.describing import (
    Prediction,
    prediction_of,
    prediction_of_numbers,
    step_in_lines,
    step_in_short,
    trace_in_short,
)
from rnn_tui.network.heads import value_name
from rnn_tui.network.held import Held
from rnn_tui.network.layers import Lane, LayerRecording, record
from rnn_tui.network.model import Model
from rnn_tui.network.order import Order
from rnn_tui.network.readouts import Attention
from rnn_tui.network.tokens import Token, join

_FORMS = module("rnn_tui.export.forms")  # what leaves the program knows this room; so it is named, and not imported


@dataclass(frozen=True, eq=False)
class Step:
    """Everything one timestep computed, in the order in which it was computed.

    A panel draws a step from this object alone.
    """

    t: int
    token: str
    x: Array  # (input_size,)
    h_prev: Array  # (hidden_size,)
    values: Mapping[str, Array]  # the cell's intermediates, keyed by the names in its phases, and what is handed on
    h: Array  # (hidden_size,)
    answers: Mapping[str, Array]  # logits (output nodes,), and probs or outputs (output_size,)

    def __getitem__(self, name: str) -> Array:
        """A value by the name that phases use: x, h_prev, one of `values`, h, logits, probs or outputs."""
        if name in self.values:
            return self.values[name]
        value: Array = self.answers[name] if name in self.answers else getattr(self, name)
        return value

    @property
    def logits(self) -> Array:
        """The sums of the output nodes, (output nodes,)."""
        return self.answers["logits"]

    @property
    def probs(self) -> Array:
        """The probability of each label, (output_size,); raises KeyError where the answer is numbers."""
        return self.answers["probs"]

    @property
    def answer(self) -> Array:
        """The answer, whatever it is: a probability or a number for each label, (output_size,)."""
        _, answer = self.answers.values()
        return answer

    def __repr__(self) -> str:
        _, (name, answer) = self.answers.items()
        return step_in_short(self.t, self.token, self.h, name, answer)

    def __str__(self) -> str:
        names = ("x", "h_prev", *self.values, "h", *self.answers)
        return step_in_lines(self.t, self.token, {name: self[name] for name in names})


@dataclass(frozen=True, eq=False)
class Trace(Sequence[Step]):
    """The recording of one (model, tokens): the values of every timestep, (T, n) each, read-only.

    `layers` are those of the model's layers, the bottom one first, `outputs` those of the readout, the head and fc.
    `trace[t]` is a Step. Nothing here is computed again when one moves through it.
    """

    model: Model
    tokens: tuple[Token, ...]
    layers: tuple[LayerRecording, ...]
    outputs: Mapping[str, Array]
    _scales: dict[tuple[str, ...], float] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        arrays = {name: frozen(array) for name, array in self.outputs.items()}
        object.__setattr__(self, "outputs", MappingProxyType(arrays))

    # Floors

    def on(self, floor: int) -> Trace:
        """The same recording as it is seen on another floor of the network (from 0)."""
        if floor == self.model.at_floor:
            return self
        if floor not in self._seen:
            seen = Trace(self.model.on(floor), self.tokens, self.layers, self.outputs)
            seen.__dict__.update(_seen=self._seen, order=self.order)
            self._seen[floor] = seen
        return self._seen[floor]

    @cached_property
    def _seen(self) -> dict[int, Trace]:
        """The recording on each floor on which it was seen."""
        return {self.model.at_floor: self}

    @cached_property
    def order(self) -> Order:
        """The order in which all of it is walked through."""
        return Order(self.model.floors, len(self), each=self.model.answers_each)

    @property
    def lane(self) -> Lane | None:
        """The recording of the floor's lane; None on a floor above all layers."""
        floor = self.model.floor
        if floor.layer is None:
            return None
        layer = self.layers[floor.layer]
        return layer.backward if floor.backward else layer.forward

    @property
    def answered_from(self) -> int:
        """The first timestep after which there is an answer: the first, or with a backward lane perhaps the last."""
        return 0 if self.model.answers_each else len(self) - 1

    def __repr__(self) -> str:
        model, unknown = self.model, [token.surface for token in self.tokens if token.unknown]
        each = model.readout.kind == "each"
        return trace_in_short(model.name, self.text, model.tokenizer.unit, self.answers, unknown, each=each)

    def _repr_html_(self) -> str:
        """The tables that a notebook shows."""
        form: str = _FORMS().trace_form(self)
        return form

    @property
    def text(self) -> str:
        """The text that was read, as it was typed."""
        return join([token.surface for token in self.tokens], self.model.tokenizer)

    @property
    def answers(self) -> tuple[Prediction, ...]:
        """The answer after each word, as if the sentence ended there."""
        return tuple(map(self._answered, range(len(self))))

    @property
    def answer(self) -> Prediction:
        """The answer after the last word."""
        return self._answered(-1)

    def _answered(self, t: int) -> Prediction:
        word, output = self.tokens[t].surface, self.model.output
        making = prediction_of_numbers if output.is_number else prediction_of
        return making(word, self.model.labels, self.values[output.answer][t])

    @cached_property
    def values(self) -> Mapping[str, Array]:
        """The values of this floor and all that the answer is made of, by name, (T, n) each."""
        lane = self.lane
        if lane is not None:
            return MappingProxyType({**lane.values, **self.outputs})
        entries = self.model.floor.entries
        hidden = bool(entries) and self.model.head[entries.start].linear is not None
        h = self.outputs[value_name(entries[-1])] if hidden else self.met
        return MappingProxyType({"h": h, **self.outputs})

    @cached_property
    def met(self) -> Array:
        """The states that the top layer hands on to the readout at each timestep, (T, n).

        The readout `last` of a layer that reads both ways takes the last state of each of its lanes: that of the
        backward one is at the first word.
        """
        return met(self.model.readout.kind, self.layers[-1])

    @cached_property
    def beyond(self) -> tuple[int, int] | None:
        """The timestep and the phase (both from 0) in which the numbers first grow beyond all bounds, or None.

        There the first of them is infinite, or none at all (NaN).
        """
        found, backward = [], self.model.floor.backward
        for phase, shows in enumerate(phase.shows for phase in self.model.phases):
            for name in shows:
                lost = np.flatnonzero(~self._finite(name))
                if len(lost):
                    found.append((int(lost[-1 if backward else 0]), phase))
        return (max if backward else min)(found, default=None, key=lambda at: (at[0], -at[1] if backward else at[1]))

    def _finite(self, name: str) -> NDArray[np.bool_]:
        """True for each timestep (T,) at which all of a value's numbers are finite, or at which there are none."""
        if name == "x" and self.tokens[0].value is not None and not self.model.floor.layer:
            return np.array([np.isfinite(self.model.embedding.x(token)).all() for token in self.tokens])
        values = self.values.get(name)  # neither rows of an embedding nor shares of attention are more than finite
        if values is None:
            return np.ones(len(self), np.bool_)
        finite = np.asarray(np.isfinite(values).all(axis=1))
        if name in self.outputs and name != "scores":
            finite[: self.answered_from] = True
        return finite

    @property
    def initial(self) -> Mapping[str, Array]:
        """The state that the floor's lane carries into the first word that it reads, (hidden_size,) each."""
        lane = self.lane
        return {"h": self.model.cell.zero_state()[0]} if lane is None else lane.initial

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Step]:
        return (self._step(t) for t in range(len(self)))

    def __getitem__(self, t: int) -> Step:  # type: ignore[override]  # a slice of a recording is no recording
        """The step at timestep t, from 0; −1 is the last."""
        return self._step(range(len(self))[t])

    def _step(self, t: int) -> Step:
        token, answers = self.tokens[t], ("logits", self.model.output.answer)
        apart = {"h", *answers, "scores"}
        own = {key: array[t] for key, array in self.values.items() if key not in apart}
        if isinstance(self.model.readout, Attention):
            own["attention"] = frozen(self._shares(t))
        return Step(
            t=t,
            token=token.text,
            x=self.x(t),
            h_prev=self.before(t)["h"],
            values=MappingProxyType(own),
            h=self.values["h"][t],
            answers=MappingProxyType({name: self.values[name][t] for name in answers}),
        )

    def _shares(self, t: int) -> Array:
        """The attention to each word up to timestep t, (t + 1,)."""
        return self.model.readout.shares({**self.outputs, "h": self.met}, t)

    def x(self, t: int) -> Array:
        """The input of this floor at timestep t, (input_size,): a token's vector, or what the floor below hands up."""
        floor = self.model.floor
        if floor.layer == 0:
            return frozen(self.model.embedding.x(self.tokens[t]))
        if floor.layer is not None:
            read = self.layers[floor.layer - 1].output
        else:
            read = self.outputs.get(self.model.floors[floor.index - 1].reads, self.met)
        x: Array = read[t]
        return x

    def before(self, t: int) -> Mapping[str, Array]:
        """Return what the floor's lane carried into timestep t: h and, for LSTM, c; each (hidden_size,)."""
        lane = self.lane
        return self.initial if lane is None else lane.before(t)

    def held(self, t: int) -> tuple[Held, ...]:
        """The values of this floor's lane that are held at timestep t."""
        floor = self.model.floor
        return tuple(one for one in self.tokens[t].held if (one.layer, one.backward) == (floor.layer, floor.backward))

    def scale(self, *names: str) -> float:
        """The largest finite |value| of the named values over all timesteps, for one scale; 1 where all are 0."""
        if names not in self._scales:
            sizes = (np.abs(self.values[name]) for name in names)
            largest = max(float(size.max(initial=0, where=np.isfinite(size))) for size in sizes)
            self._scales[names] = largest or 1.0
        return self._scales[names]

    def prediction(self, t: int = -1) -> tuple[int, float]:
        """The label (its index) that is most probable after timestep t, and its probability.

        Where the answer is numbers it is the first of them.
        """
        answer = self.values[self.model.output.answer][t]
        label = self.model.output.leader(answer)
        return label, float(answer[label])

    def probability(self, label: int) -> float:
        """The probability of a label (its index) after the last word, or its number."""
        return float(self.values[self.model.output.answer][-1][label])


def met(readout: str, top: LayerRecording) -> Array:
    """The states that the top layer hands on to a readout, by its kind, at each timestep, (T, n); see `Trace.met`."""
    if top.backward is None or readout != "last":
        return top.output
    ends = (top.forward.values["h"][-1], top.backward.values["h"][0])
    h = top.output.copy()
    h[-1] = ends[0] + ends[1] if top.layer.merge == "sum" else np.concatenate(ends)
    return frozen(h)


def run(model: Model, tokens: Sequence[Token], state: State | None = None) -> Trace:
    """Run the network over the tokens, layer by layer.

    `state` is what the first layer's forward cell remembers before the first of them: (h,) or (h, c), each
    (hidden_size,); zeros unless given. What a token holds is held in the lane that it names.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow; the screen says so
        multiplied, held = partial(model.embedding.multiply, tokens), partial(_held_in, tokens)
        recordings = record(model.layers, multiplied, state=state, held=held if any(t.held for t in tokens) else None)
        outputs = model.outputs_of(met(model.readout.kind, recordings[-1]))
    if not model.answers_each:
        for name, array in tuple(outputs.items()):
            if name != "scores":
                none = np.full_like(array[:-1], np.nan)  # before the last word there is no answer
                outputs[name] = np.concatenate((none, array[-1:]))
    return Trace(model.on(0), tuple(tokens), tuple(recordings), outputs)


def _held_in(tokens: Sequence[Token], layer: int, *, backward: bool) -> dict[int, list[Held]]:
    """What is held in a lane, by timestep."""
    found = {
        t: [one for one in token.held if (one.layer, one.backward) == (layer, backward)]
        for t, token in enumerate(tokens)
        if token.held
    }
    return {t: held for t, held in found.items() if held}
