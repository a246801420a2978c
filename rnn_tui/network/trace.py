"""All that a network computes for one sentence, recorded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np

from rnn_tui.network.arrays import Array, frozen, softmax
from rnn_tui.network.cells import State
from rnn_tui.network.describing import (
    Prediction,
    prediction_of,
    step_in_lines,
    step_in_short,
    trace_in_short,
)
from rnn_tui.network.layers import LayerRecording, unrolled
from rnn_tui.network.model import Model
from rnn_tui.network.readouts import Attention
from rnn_tui.network.tokens import Token, join


@dataclass(frozen=True, eq=False)
class Step:
    """Everything one timestep computed, in the order in which it was computed.

    A panel draws a step from this object alone.
    """

    t: int
    token: str
    x: Array  # (input_size,)
    h_prev: Array  # (hidden_size,)
    values: Mapping[str, Array]  # the cell's intermediates, keyed by the names in its phases
    h: Array  # (hidden_size,)
    logits: Array  # (output_size,)
    probs: Array  # (output_size,)

    def __getitem__(self, name: str) -> Array:
        """A value by the name that phases use: x, h_prev, one of `values`, h, logits, probs."""
        value: Array = self.values[name] if name in self.values else getattr(self, name)
        return value

    def __repr__(self) -> str:
        return step_in_short(self.t, self.token, self.h, self.probs)

    def __str__(self) -> str:
        names = ("x", "h_prev", *self.values, "h", "logits", "probs")
        return step_in_lines(self.t, self.token, {name: self[name] for name in names})


@dataclass(frozen=True, eq=False)
class Trace(Sequence[Step]):
    """The recording of one (model, tokens): the values of every timestep, (T, n) each, read-only.

    `layers` are those of the model's layers, the bottom one first, `outputs` those of the readout. `trace[t]` is a
    Step. Nothing here is computed again when one moves through it.
    """

    model: Model
    tokens: tuple[Token, ...]
    layers: tuple[LayerRecording, ...]
    outputs: Mapping[str, Array]
    _scales: dict[tuple[str, ...], float] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        arrays = {name: frozen(array) for name, array in self.outputs.items()}
        object.__setattr__(self, "outputs", MappingProxyType(arrays))

    def __repr__(self) -> str:
        model, unknown = self.model, [token.surface for token in self.tokens if token.unknown]
        each = model.readout.kind == "each"
        return trace_in_short(model.name, self.text, model.tokenizer.unit, self.answers, unknown, each=each)

    @property
    def text(self) -> str:
        """The text that was read, as it was typed."""
        return join([token.surface for token in self.tokens], self.model.tokenizer)

    @property
    def answers(self) -> tuple[Prediction, ...]:
        """The answer after each word, as if the sentence ended there."""
        words = (token.surface for token in self.tokens)
        labels, probs = self.model.labels, self.values["probs"]
        return tuple(prediction_of(word, labels, row) for word, row in zip(words, probs, strict=True))

    @property
    def answer(self) -> Prediction:
        """The answer after the last word."""
        return prediction_of(self.tokens[-1].surface, self.model.labels, self.values["probs"][-1])

    @cached_property
    def values(self) -> Mapping[str, Array]:
        """The values of a network with one forward layer, and of its readout, by name."""
        return MappingProxyType({**self.layers[0].forward.values, **self.outputs})

    @property
    def initial(self) -> Mapping[str, Array]:
        """The state carried into the first word, in a network with one forward layer, (hidden_size,) each."""
        return self.layers[0].forward.initial

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Step]:
        return (self._step(t) for t in range(len(self)))

    def __getitem__(self, t: int) -> Step:  # type: ignore[override]  # a slice of a recording is no recording
        """The step at timestep t, from 0; −1 is the last."""
        return self._step(range(len(self))[t])

    def _step(self, t: int) -> Step:
        token = self.tokens[t]
        own = {key: array[t] for key, array in self.values.items() if key not in ("h", "logits", "probs", "scores")}
        if isinstance(self.model.readout, Attention):
            own["attention"] = frozen(softmax(self.values["scores"][: t + 1, 0]))
        return Step(
            t=t,
            token=token.text,
            x=frozen(self.model.embedding.x(token)),
            h_prev=self.before(t)["h"],
            values=MappingProxyType(own),
            h=self.values["h"][t],
            logits=self.values["logits"][t],
            probs=self.values["probs"][t],
        )

    def before(self, t: int) -> Mapping[str, Array]:
        """Return what the cell carried into timestep t: h and, for LSTM, c; each (hidden_size,)."""
        return self.layers[0].forward.before(t)

    def scale(self, *names: str) -> float:
        """The largest finite |value| of the named values over all timesteps, for one scale; 1 where all are 0."""
        if names not in self._scales:
            sizes = (np.abs(self.values[name]) for name in names)
            largest = max(float(size.max(initial=0, where=np.isfinite(size))) for size in sizes)
            self._scales[names] = largest or 1.0
        return self._scales[names]

    def prediction(self, t: int = -1) -> tuple[int, float]:
        """The label (its index) that is most probable after timestep t, and its probability."""
        probs = self.values["probs"][t]
        label = int(probs.argmax())
        return label, float(probs[label])

    def probability(self, label: int) -> float:
        """The probability of a label (its index) after the last word."""
        return float(self.values["probs"][-1][label])


def run(model: Model, tokens: Sequence[Token], state: State | None = None) -> Trace:
    """Run the network over the tokens, layer by layer.

    `state` is what the first layer's forward cell remembers before the first of them: (h,) or (h, c), each
    (hidden_size,); zeros unless given. What a token holds is held in that same cell.
    """
    held = {t: token.held for t, token in enumerate(tokens) if token.held}
    recordings: list[LayerRecording] = []
    with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow; the screen says so
        for layer in model.layers:
            below = recordings[-1].output if recordings else None
            lanes = []
            for cell, backward in zip(layer.cells, (False, True), strict=False):
                if below is None:
                    ih = model.embedding.multiply(tokens, cell.weight_ih, cell.bias_ih)
                else:
                    ih = below @ cell.weight_ih.T + cell.bias_ih
                if recordings or backward:
                    lanes.append(unrolled(cell, ih, backward=backward))
                else:
                    lanes.append(unrolled(cell, ih, state, held=held))
            recordings.append(LayerRecording(layer, *lanes))
        outputs = model.readout.read(recordings[-1].output)
    return Trace(model, tuple(tokens), tuple(recordings), outputs)
