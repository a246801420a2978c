"""Networks of every shape, drawn from a seed, and their logits worked out one word of one sequence at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rnn_tui.network.backprop import Architecture, Batch
from rnn_tui.network.cells import PARAMETERS, cell_class
from rnn_tui.network.embedding import Learned, OneHot, Vector
from rnn_tui.network.heads import EntryKind, linear_of, made
from rnn_tui.network.layers import LayerKind, layer_of
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import OUTPUTS
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.shapes import parameter_shapes
from rnn_tui.network.tokens import NumberTokenizer, Vocabulary, WordTokenizer

VOCAB_SIZE, INPUT_SIZE = 6, 3
FUNCTIONS = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "identity": lambda z: z,
}


@dataclass(frozen=True)
class Case:
    """A network and its sizes: `hidden` one a layer, `head_sizes` one a linear layer of the head."""

    architecture: Architecture
    hidden: tuple[int, ...]
    inputs: str = "embedding"
    head_sizes: tuple[int, ...] = ()
    labels: int = 2
    lengths: tuple[int, ...] = field(default=(4, 1, 3), compare=False)

    @property
    def short(self):
        """The layers, the readout and the output in a word each."""
        cells = "-".join(layer.cell + "2" * layer.bidirectional for layer in self.architecture.layers)
        return f"{cells} {self.architecture.readout} {self.architecture.output}"

    @property
    def everywhere(self):
        """Whether there is an answer at every word."""
        return self.architecture.readout == "each"

    def parameters(self, rng, dtype=np.float64, scale=0.6):
        """Parameters large enough that every squashing function bends."""
        embeds = self.inputs == "embedding"
        shapes = parameter_shapes(
            self.architecture.layers,
            self.architecture.readout,
            input_size=VOCAB_SIZE if self.inputs == "one-hot" else INPUT_SIZE,
            hidden_size=self.hidden,
            output_size=self.architecture.nodes(self.labels),
            vocab_size=VOCAB_SIZE if embeds else None,
            head=self.architecture.head,
            head_sizes=self.head_sizes,
        )
        return {name: rng.normal(0, scale, shape).astype(dtype) for name, shape in shapes.items()}

    def batch(self, rng, *, everywhere=None, dtype=np.float64):
        """Padded sequences with a loss at the last word of each, or at every word."""
        lengths = np.array(self.lengths)
        shape = (lengths.max(), len(lengths))
        everywhere = self.everywhere if everywhere is None else everywhere
        t = np.arange(shape[0])[:, None]
        weights = np.where((t < lengths) if everywhere else (t == lengths - 1), rng.uniform(0.2, 1, len(lengths)), 0)
        numbers = self.inputs == "numbers"
        inputs = rng.normal(size=(*shape, INPUT_SIZE)).astype(dtype) if numbers else rng.integers(0, VOCAB_SIZE, shape)
        if self.architecture.output == "number":
            targets = rng.normal(size=(*shape, self.labels)).astype(dtype)
        else:
            targets = rng.integers(0, self.labels, shape)
        return Batch(inputs, targets, (weights / weights.sum()).astype(dtype), lengths)


def case_of(cells, ways, readout, *, head=(), output="classes", hidden=None, **fields):
    """A case in short: a cell for each layer ("elman-relu", "gru"), and for each "→", "⇄" (concat) or "⇄+" (sum).

    `head` has numbers, which are sizes of linear layers, and functions: (4, "relu", "tanh").
    """
    layers = []
    for cell, way in zip(cells, ways, strict=True):
        kind, _, activation = cell.partition("-")
        usual = "tanh" if kind == "elman" else None
        layers.append(LayerKind(kind, activation or usual, way != "→", "sum" if way == "⇄+" else "concat"))
    entries, linear = [], False
    for entry in head:
        if isinstance(entry, str):
            entries.append(EntryKind(linear, entry))
        linear = not isinstance(entry, str)
    architecture = Architecture(tuple(layers), readout, tuple(entries), output)
    sizes = tuple(entry for entry in head if not isinstance(entry, str))
    return Case(architecture, hidden or (2,) * len(layers), head_sizes=sizes, **fields)


def slow_logits(architecture, parameters, inputs):
    """The logits after each word of one sequence, (T, nodes), by each cell's `step`, from (T,) rows or (T, n) numbers.

    Where there is a lane that reads backward they are only right after the last word, or with `each`.
    """
    rows = _input_rows(parameters, inputs)
    for index, layer in enumerate(architecture.layers):
        lanes = [_lane(layer, parameters, index, rows, backward=False)]
        if layer.bidirectional:
            lanes.append(_lane(layer, parameters, index, rows[::-1], backward=True))
        final = [lane[-1] for lane in lanes]
        lanes[1:] = [lane[::-1] for lane in lanes[1:]]
        merge = sum if layer.merge == "sum" else lambda both: np.concatenate(both, axis=-1)
        rows, final = merge(lanes), merge(final)
    read = np.stack([_read(architecture.readout, parameters, rows[: t + 1]) for t in range(len(rows))])
    if architecture.readout == "last" and architecture.two_way:
        read[-1] = final
    for index, entry in enumerate(architecture.head):
        if entry.linear:
            read = read @ parameters[f"head.{index}.weight"].T + parameters[f"head.{index}.bias"]
        read = FUNCTIONS[entry.activation](read)
    return read @ parameters["fc.weight"].T + parameters["fc.bias"]


def _input_rows(parameters, inputs):
    if inputs.ndim == 2:
        return inputs
    size = parameters["rnn.weight_ih_l0"].shape[1]
    return parameters.get("embedding.weight", np.eye(size))[inputs]


def _lane(layer, parameters, index, rows, *, backward):
    suffix = f"_l{index}{'_reverse' if backward else ''}"
    own = {name: parameters[f"rnn.{name}{suffix}"] for name in PARAMETERS}
    cell = cell_class(layer.cell).made(own, layer.activation)
    state, found = cell.zero_state(), []
    for x in rows:
        values = cell.step(cell.weight_ih @ x + cell.bias_ih, state)
        state = tuple(values[name] for name in cell.state_names)
        found.append(values["h"])
    return np.stack(found)


def _read(readout, parameters, rows):
    """The value that is handed on after the last of the rows, (n,)."""
    if readout == "mean":
        return rows.mean(axis=0)
    if readout == "max":
        return rows.max(axis=0)
    if readout == "attention":
        scores = np.exp(rows @ parameters["attention.weight"][0] + parameters["attention.bias"])
        return (scores / scores.sum()) @ rows
    return rows[-1]


def model_of(case, parameters, output=None):
    """The model of a case; `output` where that isn't the usual one of its kind."""
    architecture = case.architecture
    numbers, words = case.inputs == "numbers", tuple("abcdefgh"[:VOCAB_SIZE])
    embedding = {
        "numbers": lambda: Vector(INPUT_SIZE),
        "one-hot": lambda: OneHot(VOCAB_SIZE),
        "embedding": lambda: Learned(parameters["embedding.weight"]),
    }[case.inputs]()
    scales = {"mean": (0.0,) * INPUT_SIZE, "scale": (1.0,) * INPUT_SIZE}
    return Model(
        name="deep",
        tokenizer=NumberTokenizer(**scales, features=INPUT_SIZE) if numbers else WordTokenizer(),
        vocabulary=Vocabulary(() if numbers else words),
        embedding=embedding,
        layers=tuple(layer_of(kind, parameters, index) for index, kind in enumerate(architecture.layers)),
        readout=READOUTS[architecture.readout].made(parameters),
        fc=linear_of(parameters, "fc"),
        head=made(architecture.head, parameters),
        output=output or OUTPUTS[architecture.output](),
        labels=tuple("ABC"[: case.labels]),
    )
