"""A layer of a network: a cell that reads forward and perhaps one that reads backward; and what it recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

import numpy as np

from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.cells import PARAMETERS, Cell, State, cell_class
from rnn_tui.network.cells.abreast import Abreast
from rnn_tui.network.held import Held
from rnn_tui.network.holding import unroll_held

Merge = Literal["concat", "sum"]
"""The way in which the states of two directions become what the next layer reads: side by side, or added up."""


def parameter_name(name: str, layer: int = 0, *, backward: bool = False) -> str:
    """The name of a cell's parameter in the plain PyTorch module: "rnn.weight_ih_l0", "rnn.bias_hh_l1_reverse"."""
    return f"rnn.{name}_l{layer}{'_reverse' if backward else ''}"


def cell_parameters(parameters: Mapping[str, Array], layer: int = 0, *, backward: bool = False) -> dict[str, Array]:
    """A cell's parameters by their short names, from all of a network by their names in the PyTorch module."""
    return {name: parameters[parameter_name(name, layer, backward=backward)] for name in PARAMETERS}


@dataclass(frozen=True)
class LayerKind:
    """A layer in the words of the model file: its cell and its activation, its directions and how they are merged."""

    cell: str = "elman"
    activation: str | None = "tanh"
    bidirectional: bool = False
    merge: Merge = "concat"


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of the stack: `forward` reads from the first word to the last, `backward` from the last to the first.

    `merge` says what the next layer reads where there are two.
    """

    forward: Cell
    backward: Cell | None = None
    merge: Merge = "concat"

    @property
    def kind(self) -> LayerKind:
        """The layer without its parameters."""
        return LayerKind(self.forward.kind, self.forward.activation, self.bidirectional, self.merge)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cell that reads forward, and the one that reads backward where there is one."""
        return (self.forward,) if self.backward is None else (self.forward, self.backward)

    @cached_property
    def together(self) -> Abreast | None:
        """Both of its cells, as they take their steps together; None where there is one, or they don't."""
        return None if self.backward is None else self.forward.beside(self.backward)

    @property
    def bidirectional(self) -> bool:
        """True where it reads in both directions."""
        return self.backward is not None

    @property
    def input_size(self) -> int:
        """The length of what it reads at a timestep."""
        return self.forward.input_size

    @property
    def hidden_size(self) -> int:
        """The number of hidden units of each direction."""
        return self.forward.hidden_size

    @property
    def output_size(self) -> int:
        """The length of what it hands on at a timestep."""
        return self.hidden_size * (2 if self.bidirectional and self.merge == "concat" else 1)

    def lane_of(self, index: int) -> tuple[str, int]:
        """The lane that number `index` (from 0) of what it hands on is a unit of, as an arrow, and that unit (from 0).

        There is no arrow, "", where there is one lane, or where each number is of both.
        """
        if self.bidirectional and self.merge == "concat":
            return "→←"[index // self.hidden_size], index % self.hidden_size
        return "", index

    def tensors(self, index: int) -> Iterator[tuple[str, Array]]:
        """Every parameter under its name in the plain PyTorch module; `index` is the layer's, from 0 at the bottom."""
        for cell, backward in zip(self.cells, (False, True), strict=False):
            for name in PARAMETERS:
                yield parameter_name(name, index, backward=backward), getattr(cell, name)


def layer_of(kind: LayerKind, parameters: Mapping[str, Array], index: int = 0) -> Layer:
    """A layer of its kind, the parameters of a network by their names in the PyTorch module, and its index from 0."""
    directions = (False, True)[: 1 + kind.bidirectional]
    found = (cell_parameters(parameters, index, backward=backward) for backward in directions)
    cells = [cell_class(kind.cell).made(own, kind.activation) for own in found]
    return Layer(cells[0], cells[1] if kind.bidirectional else None, kind.merge)


@dataclass(frozen=True, eq=False)
class Lane:
    """The recording of one cell over a sentence: `values` (T, n) each, by name, [t] that at word t; all read-only.

    `initial` is what it carried into the first word that it read: with `backward` that is the sentence's last.
    """

    cell: Cell
    values: Mapping[str, Array]
    initial: Mapping[str, Array]
    backward: bool = False

    def __post_init__(self) -> None:
        for name in ("values", "initial"):
            arrays = {key: frozen(array) for key, array in getattr(self, name).items()}
            object.__setattr__(self, name, MappingProxyType(arrays))

    def at(self, t: int) -> dict[str, Array]:
        """Every value at word t, (n,) each."""
        return {name: array[t] for name, array in self.values.items()}

    def before(self, t: int) -> Mapping[str, Array]:
        """Return what the cell carried into word t, by its name: h and, for LSTM, c; each (hidden_size,)."""
        earlier = t + 1 if self.backward else t - 1
        if not 0 <= earlier < len(self.values["h"]):
            return self.initial
        return {name: self.values[name][earlier] for name in self.initial}

    def all_before(self) -> State:
        """Return what the cell carried into every word, (T, hidden_size) each."""
        if self.backward:
            return tuple(np.concatenate([self.values[name][1:], first[None]]) for name, first in self.initial.items())
        return tuple(np.concatenate([first[None], self.values[name][:-1]]) for name, first in self.initial.items())


@dataclass(frozen=True, eq=False)
class LayerRecording:
    """The recording of a layer over a sentence: a lane for each of its directions."""

    layer: Layer
    forward: Lane
    backward: Lane | None = None

    @cached_property
    def output(self) -> Array:
        """The hidden states that it hands on, one a timestep, (T, output_size)."""
        if self.backward is None:
            return self.forward.values["h"]
        both = (self.forward.values["h"], self.backward.values["h"])
        return frozen(both[0] + both[1] if self.layer.merge == "sum" else np.concatenate(both, axis=1))


def record(
    layers: Sequence[Layer],
    multiplied: Callable[[Array, Array], Array],
    *,
    state: State | None = None,
    held: Callable[..., Mapping[int, Sequence[Held]]] | None = None,
) -> list[LayerRecording]:
    """Run a stack of layers over a sentence, the bottom one first.

    `multiplied` gives weight_ih·x + bias_ih of every word, (T, rows), from both; `held` what is held in a lane, by
    timestep, from its layer and `backward`. `state` is what the bottom layer's forward cell remembers
    before the first word; zeros unless given.
    """
    recordings: list[LayerRecording] = []
    for index, layer in enumerate(layers):
        if recordings:
            below = recordings[-1].output
            ih: list[Array] = [below @ cell.weight_ih.T + cell.bias_ih for cell in layer.cells]
        else:
            ih = [multiplied(cell.weight_ih, cell.bias_ih) for cell in layer.cells]
        begins = None if recordings else state
        holds = [held(index, backward=backward) for backward in (False, True)] if held else [{}, {}]
        lanes = None if any(holds) else _together(layer, ih, begins)
        if lanes is None:
            lanes = tuple(
                unrolled(cell, own, None if backward else begins, backward=backward, held=holds[backward])
                for cell, own, backward in zip(layer.cells, ih, (False, True), strict=False)
            )
        recordings.append(LayerRecording(layer, *lanes))
    return recordings


def _together(layer: Layer, ih: Sequence[Array], state: State | None) -> tuple[Lane, ...] | None:
    """The lanes of a layer whose cells take their steps together, from the input of each, (T, rows); else None."""
    if layer.together is None:
        return None
    starts = [layer.forward.zero_state() if state is None else state, layer.cells[1].zero_state()]
    both = layer.together.unroll((ih[0], ih[1][::-1]), starts)
    if both is None:
        return None
    forward, backward = both
    return (
        _lane(layer.forward, forward, starts[0], backward=False),
        _lane(layer.cells[1], {name: array[::-1] for name, array in backward.items()}, starts[1], backward=True),
    )


def _lane(cell: Cell, values: Mapping[str, Array], start: State, *, backward: bool) -> Lane:
    return Lane(cell, values, dict(zip(cell.state_names, start, strict=True)), backward)


def unrolled(
    cell: Cell,
    ih: Array,
    state: State | None = None,
    *,
    backward: bool = False,
    held: Mapping[int, Sequence[Held]] | None = None,
) -> Lane:
    """Run a cell over a sentence; `ih` is (T, rows), weight_ih·x + bias_ih of every word.

    `state` is what it remembers before the first word that it reads, (hidden_size,) each; zeros unless given.
    `held` are the values that are held, by timestep (from 0).
    """
    start = cell.zero_state() if state is None else state
    if backward:
        ih, held = ih[::-1], {len(ih) - 1 - t: values for t, values in (held or {}).items()}
    values = unroll_held(cell, ih, start, held) if held else cell.unroll(ih, start)
    if backward:
        values = {name: array[::-1] for name, array in values.items()}
    return _lane(cell, values, start, backward=backward)
