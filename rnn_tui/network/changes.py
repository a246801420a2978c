"""A network with one thing changed: pure functions from model to model, which share every array that stays.

A changed model never writes into the arrays of the one that it was made from.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnn_tui.network import heads
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.cells import CELLS, PARAMETERS, Cell
from rnn_tui.network.errors import InputError
from rnn_tui.network.model import Model

OUTPUT_PARAMETERS = {"fc.weight": "weight", "fc.bias": "bias"}
SETTABLE = (*PARAMETERS, *OUTPUT_PARAMETERS)
"""The parameters that can be set one by one in every network, by their short names."""


def scaled_memory(model: Model, factor: float) -> Model:
    """weight_hh of every lane times `factor`, which is 0 or above.

    Raises InputError for another factor, and where a weight would be larger than its type holds.
    """
    if not (math.isfinite(factor) and factor >= 0):
        raise InputError(f"the memory can't be scaled by {factor:g}; a factor is 0 or above")
    for layer, backward, cell in lanes(model):
        with np.errstate(over="ignore", invalid="ignore"):
            scaled = cell.weight_hh * cell.weight_hh.dtype.type(factor)
        if not np.isfinite(scaled).all():
            raise InputError(f"the memory can't be scaled by {factor:g}; its weights would be larger than numbers go")
        model = model.with_cell(changed(cell, weight_hh=scaled), layer, backward=backward)
    return model


def without_memory(model: Model) -> Model:
    """weight_hh and bias_hh of every lane are 0."""
    for layer, backward, cell in lanes(model):
        zeros = {"weight_hh": np.zeros_like(cell.weight_hh), "bias_hh": np.zeros_like(cell.bias_hh)}
        model = model.with_cell(changed(cell, **zeros), layer, backward=backward)
    return model


def with_activation(model: Model, activation: str) -> Model:
    """Another squashing function in every lane that can have one.

    Raises InputError where the functions of all are fixed, or there is no such function.
    """
    able = [lane for lane in lanes(model) if lane[2].activations]
    if not able:
        named = " and ".join(f"{known.kind_title}'s" for known in CELLS.values() if known.activations)
        title = model.layers[0].forward.title
        raise InputError(f"“{model.name}” is {title}, whose functions are fixed; only {named} can be changed")
    for layer, backward, cell in able:
        model = model.with_cell(cell.with_activation(activation), layer, backward=backward)
    return model


def silenced(model: Model, units: Sequence[int], layer: int = 0, *, backward: bool = False) -> Model:
    """Hidden units (from 0) of a lane are held at 0 at every step: what feeds them, row by row in every gate, is 0.

    With all of its rows 0, a unit that starts at 0 stays there: tanh, relu and identity of 0 are 0; a GRU's n is then
    tanh(0) = 0, so h = z·0; an LSTM's g is 0, so c = f·0 and h = o·tanh(0). (Only where another unit has grown to
    infinity, which relu and identity can, is 0·∞ no number.) Raises InputError for a unit there isn't.
    """
    cell = model.layers[layer].cells[backward]
    for unit in units:
        if not 0 <= unit < cell.hidden_size:
            size = cell.hidden_size
            raise InputError(f"there is no unit {unit + 1}; the model has {size} hidden units, so 1 to {size}")
    rows = [row for unit in units for row in cell.rows_of(unit)]
    zeroed = {}
    for name in PARAMETERS:
        zeroed[name] = getattr(cell, name).copy()
        zeroed[name][rows] = 0
    return model.with_cell(changed(cell, **zeroed), layer, backward=backward)


def settable(model: Model) -> tuple[str, ...]:
    """The parameters of a model that can be set one by one, by their short names: those of a lane, of head and fc."""
    return (*PARAMETERS, *heads.tensors(model.head), *OUTPUT_PARAMETERS)


def parameter(model: Model, name: str, layer: int = 0, *, backward: bool = False) -> Array:
    """A parameter by its short name, and of a cell that of a lane; raises InputError where there is none."""
    if name in PARAMETERS:
        found: Array = getattr(model.layers[layer].cells[backward], name)
    elif name in OUTPUT_PARAMETERS:
        found = getattr(model.fc, OUTPUT_PARAMETERS[name])
    elif name in (of_head := heads.tensors(model.head)):
        found = of_head[name]
    else:
        raise InputError(f"no parameter is called “{name}”; there are {', '.join(settable(model))}")
    return found


def with_parameter(
    model: Model, name: str, index: tuple[int, ...], value: float, layer: int = 0, *, backward: bool = False
) -> Model:
    """One number of a parameter is `value`; `index` counts from 0. Raises InputError where there is no such number."""
    new = parameter(model, name, layer, backward=backward).copy()
    shape = new.shape
    if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        where = ",".join(str(i + 1) for i in index)
        raise InputError(f"there is no {name}[{where}]; {name} is {' × '.join(map(str, shape))}, counted from 1")
    with np.errstate(over="ignore"):
        new[index] = value
    if not np.isfinite(new[index]):
        raise InputError(f"{value:g} is no number that a weight can have; the largest is {np.finfo(new.dtype).max:.1e}")
    if name in PARAMETERS:
        cell = model.layers[layer].cells[backward]
        return model.with_cell(changed(cell, **{name: new}), layer, backward=backward)
    if name in OUTPUT_PARAMETERS:
        return replace(model, fc=replace(model.fc, **{OUTPUT_PARAMETERS[name]: frozen(new)}))
    kinds = [entry.kind for entry in model.head]
    return replace(model, head=heads.made(kinds, heads.tensors(model.head) | {name: frozen(new)}))


def lanes(model: Model) -> list[tuple[int, bool, Cell]]:
    """Every lane of a model: the index of its layer, whether it reads backward, and its cell."""
    return [
        (index, backward, cell)
        for index, layer in enumerate(model.layers)
        for cell, backward in zip(layer.cells, (False, True), strict=False)
    ]


def changed(cell: Cell, **arrays: Array) -> Cell:
    """The cell with other parameters, which can't be written to."""
    return replace(cell, **{name: frozen(array) for name, array in arrays.items()})
