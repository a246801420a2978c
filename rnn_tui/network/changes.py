"""A network with one thing changed: pure functions from model to model, which share every array that stays.

A changed model never writes into the arrays of the one that it was made from.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.cells import CELLS, PARAMETERS
from rnn_tui.network.errors import InputError
from rnn_tui.network.model import Model

READOUT_PARAMETERS = {"fc.weight": "weight", "fc.bias": "bias"}
SETTABLE = (*PARAMETERS, *READOUT_PARAMETERS)
"""The parameters that can be set one by one, by their short names."""


def scaled_memory(model: Model, factor: float) -> Model:
    """weight_hh times `factor`, which is 0 or above.

    Raises InputError for another factor, and where a weight would be larger than its type holds.
    """
    if not (math.isfinite(factor) and factor >= 0):
        raise InputError(f"the memory can't be scaled by {factor:g}; a factor is 0 or above")
    weight_hh = model.cell.weight_hh
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = weight_hh * weight_hh.dtype.type(factor)
    if not np.isfinite(scaled).all():
        raise InputError(f"the memory can't be scaled by {factor:g}; its weights would be larger than numbers go")
    return _with_cell(model, weight_hh=scaled)


def without_memory(model: Model) -> Model:
    """weight_hh and bias_hh are 0."""
    return _with_cell(model, weight_hh=np.zeros_like(model.cell.weight_hh), bias_hh=np.zeros_like(model.cell.bias_hh))


def with_activation(model: Model, activation: str) -> Model:
    """Another squashing function; raises InputError where the cell's are fixed or there is no such function."""
    cell = model.cell
    if not cell.activations:
        able = " and ".join(f"{known.kind_title}'s" for known in CELLS.values() if known.activations)
        raise InputError(f"“{model.name}” is {cell.title}, whose functions are fixed; only {able} can be changed")
    return model.with_cell(cell.with_activation(activation))


def silenced(model: Model, units: Sequence[int]) -> Model:
    """Hidden units (from 0) are held at 0 at every step: what feeds them, row by row in every gate, is 0.

    With all of its rows 0, a unit that starts at 0 stays there: tanh, relu and identity of 0 are 0; a GRU's n is then
    tanh(0) = 0, so h = z·0; an LSTM's g is 0, so c = f·0 and h = o·tanh(0). (Only where another unit has grown to
    infinity, which relu and identity can, is 0·∞ no number.) Raises InputError for a unit there isn't.
    """
    size = model.hidden_size
    for unit in units:
        if not 0 <= unit < size:
            raise InputError(f"there is no unit {unit + 1}; the model has {size} hidden units, so 1 to {size}")
    rows = [row for unit in units for row in model.cell.rows_of(unit)]
    changed = {}
    for name in PARAMETERS:
        changed[name] = getattr(model.cell, name).copy()
        changed[name][rows] = 0
    return _with_cell(model, **changed)


def parameter(model: Model, name: str) -> Array:
    """A parameter by its short name; raises InputError where there is none."""
    if name in PARAMETERS:
        found: Array = getattr(model.cell, name)
    elif name in READOUT_PARAMETERS:
        found = getattr(model.readout, READOUT_PARAMETERS[name])
    else:
        raise InputError(f"no parameter is called “{name}”; there are {', '.join(SETTABLE)}")
    return found


def with_parameter(model: Model, name: str, index: tuple[int, ...], value: float) -> Model:
    """One number of a parameter is `value`; `index` counts from 0. Raises InputError where there is no such number."""
    changed = parameter(model, name).copy()
    shape = changed.shape
    if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        where = ",".join(str(i + 1) for i in index)
        raise InputError(f"there is no {name}[{where}]; {name} is {' × '.join(map(str, shape))}, counted from 1")
    with np.errstate(over="ignore"):
        changed[index] = value
    if not np.isfinite(changed[index]):
        raise InputError(
            f"{value:g} is no number that a weight can have; the largest is {np.finfo(changed.dtype).max:.1e}"
        )
    if name in PARAMETERS:
        return _with_cell(model, **{name: changed})
    readout: Any = model.readout
    return replace(model, readout=replace(readout, **{READOUT_PARAMETERS[name]: frozen(changed)}))


def _with_cell(model: Model, **arrays: Array) -> Model:
    return model.with_cell(replace(model.cell, **{name: frozen(array) for name, array in arrays.items()}))
