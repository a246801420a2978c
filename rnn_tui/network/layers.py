"""A layer of a network: a cell that reads forward and perhaps one that reads backward; and what it recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

import numpy as np

from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.cells import PARAMETERS, Cell, State
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


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of the stack: `forward` reads from the first word to the last, `backward` from the last to the first.

    `merge` says what the next layer reads where there are two.
    """

    forward: Cell
    backward: Cell | None = None
    merge: Merge = "concat"

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cell that reads forward, and the one that reads backward where there is one."""
        return (self.forward,) if self.backward is None else (self.forward, self.backward)

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

    def tensors(self, index: int) -> Iterator[tuple[str, Array]]:
        """Every parameter under its name in the plain PyTorch module; `index` is the layer's, from 0 at the bottom."""
        for cell, backward in zip(self.cells, (False, True), strict=False):
            for name in PARAMETERS:
                yield parameter_name(name, index, backward=backward), getattr(cell, name)


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
    `held` are the values that are held, by timestep (from 0); it is for a cell that reads forward.
    """
    start = cell.zero_state() if state is None else state
    values = unroll_held(cell, ih, start, held) if held else cell.unroll(ih[::-1] if backward else ih, start)
    if backward:
        values = {name: array[::-1] for name, array in values.items()}
    return Lane(cell, values, dict(zip(cell.state_names, start, strict=True)), backward)
