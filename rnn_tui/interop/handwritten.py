"""Networks written by hand: i2h, h2h, h2o; one linear layer over [x, h]; Wxh, Whh, Why, bh, by; U, W, V, b, c.

    h = tanh(W_xh·x + W_hh·h_prev + b_h),  logits = W_hy·h + b_y

Weights don't tell everything: a linear layer over [x, h] doesn't say which half is x, a square matrix not whether it
stands to the left or to the right of what it multiplies. There is a reading for every possibility. Where there is a
forward, it tells which one is right; of weights alone their names must tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product

import numpy as np

from rnn_tui.interop.handwritten_faults import why_none
from rnn_tui.interop.handwritten_names import likely_role_of
from rnn_tui.interop.handwritten_parts import Bias, Matrix, Parts, parts_of
from rnn_tui.interop.layers import Lanes, Layers, Plain, Recurrent, Tensors, plain, shape_of
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.cells import PARAMETERS
from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import Layer
from rnn_tui.network.model import Model

_ROLES = (("input", "hidden", "output"), ("input", "hidden"), ("combined", "output"), ("combined",))
_SHARED_ROLES = (("shared", "output", "embedding"), ("shared", "embedding"))
_SAID_OF = {"combined": ("input", "hidden"), "output": ("combined output",), "shared": ("hidden",)}
"""What may be a layer over [x, h] (i2h, hidden), what one on x + h, and what one on h alone: an i2o with as many inputs
as h has units."""

_ELSE = {"x first": " (where h is first, swap its columns)"}
"""The mend, where what is taken for granted of weights alone is wrong."""

_X_FIRST = re.compile(r"(\S+) reads \[x, h\], x first")

Assignment = Mapping[str, Matrix]
"""The matrix of each role."""


@dataclass(frozen=True, eq=False)
class _Standing:
    """The matrices as this program has them, and what had to be taken for granted to read them so."""

    weight_ih: Array  # (hidden_size, input_size)
    weight_hh: Array  # (hidden_size, hidden_size)
    output: Array | None  # (output_size, hidden_size); None where the hidden state is the answer
    turned: bool
    usual: bool = True  # what is assumed where weights alone leave it open
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class _Biases:
    """The biases of the hidden state and of the output, and what had to be taken for granted."""

    bias_ih: Array  # (hidden_size,)
    bias_hh: Array  # (hidden_size,)
    output: Array | None  # (output_size,)
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Reading:
    """One way to read the weights."""

    standing: _Standing
    layers: Layers


def recognises(names: Iterable[str]) -> bool:
    """True where the names say of an input's matrix, and of one from or to the hidden state."""
    layers = [name.removesuffix(".weight") for name in names]
    roles = {role for name in layers if (role := likely_role_of(name))}
    return bool(roles & {"input", "combined"}) and bool(roles & {"hidden", "output", "combined output"})


def layers_of(tensors: Tensors, source: str) -> Layers:
    """The layers, as their names tell; raises UserError where shapes don't fit, or don't tell which way they stand."""
    parts = parts_of(tensors, source)
    readings = [reading for reading in _readings(parts, source, named=True) if reading.standing.usual]
    if len({reading.standing.turned for reading in readings}) > 1:
        rows = _rows(parts.biases)
        if rows is None:
            size = len(readings[0].standing.weight_hh)
            raise UserError(
                f"{source}: all matrices are square, so that it can't be told whether h is W·x or x·W; save the "
                f"biases as columns ({size}, 1) for W·x, as rows (1, {size}) for x·W"
            )
        readings = [reading for reading in readings if reading.standing.turned == rows]
    if len(readings) > 1:
        either = next(bias for bias in parts.biases if len(bias.roles) > 1)
        raise UserError(
            f"{source}: {either.name} {shape_of(either.array)} may be the bias of the hidden state or of the output; "
            "call it b_h or b_y"
        )
    layers = readings[0].layers
    return replace(layers, read=tuple(note + _ELSE.get(note.rpartition(", ")[2], "") for note in layers.read))


def with_h_first(model: Model) -> tuple[str, Model] | None:
    """The name of the layer that was assumed to read [x, h], and the same network with h first; None without one."""
    found = _X_FIRST.search(model.provenance.get("read", ""))
    if found is None:
        return None
    cell, size = model.cell, model.hidden_size
    combined = np.concatenate([cell.weight_ih, cell.weight_hh], axis=1)
    parameters = {name: getattr(cell, name) for name in PARAMETERS}
    parameters |= {"weight_ih": frozen(combined[:, size:]), "weight_hh": frozen(combined[:, :size])}
    return found[1], replace(model, layers=(Layer(type(cell).made(parameters, model.activation)),))


def candidates(tensors: Tensors, source: str) -> list[Layers]:
    """Every way to read the weights, the likeliest first: their names are believed, and what they don't say is open."""
    parts = parts_of(tensors, source)
    rows = _rows(parts.biases)
    readings = list(_readings(parts, source, named=False))
    if rows is not None:
        readings.sort(key=lambda reading: reading.standing.turned != rows)
    return [reading.layers for reading in readings]


def _readings(parts: Parts, source: str, *, named: bool) -> Iterator[_Reading]:
    """Every reading whose shapes fit; raises UserError where there is none. `named`: every matrix is told by name."""
    framework = "PyTorch" if any(matrix.layer for matrix in parts.matrices) else "NumPy"
    count, fault = 0, None
    for assignment in _assignments(parts.matrices, named=named):
        for standing in _standings(assignment):
            if named and _reads_either(assignment, standing):
                continue
            placed = list(_placed(standing, assignment, parts.biases))
            fault = fault or (None if placed else _misplaced(source, standing, parts.biases))
            for biases in placed:
                count += 1
                yield _Reading(standing, _layers(source, framework, assignment, standing, biases))
    if not count:
        raise fault or UserError(f"{source}: {why_none(parts)}")


def _reads_either(assignment: Assignment, standing: _Standing) -> bool:
    """True for an i2o that may read x as well as h, since both have one size."""
    said = assignment["output"].role if "output" in assignment else None
    return said == "combined output" and standing.weight_ih.shape[1] == len(standing.weight_hh)


def _layers(source: str, framework: str, assignment: Assignment, standing: _Standing, biases: _Biases) -> Layers:
    name = next(assignment[role].name for role in ("hidden", "combined", "shared") if role in assignment)
    recurrent = Recurrent(name, "elman", standing.weight_ih, standing.weight_hh, biases.bias_ih, biases.bias_hh)
    others = []
    if standing.output is not None:
        others.append(plain(source, Plain(assignment["output"].name, None, standing.output, biases.output)))
    if "embedding" in assignment:
        others.append(Plain(assignment["embedding"].name, assignment["embedding"].array, None, None))
    return Layers(source, framework, ((Lanes(recurrent),),), tuple(others), (*standing.notes, *biases.notes))


def _assignments(matrices: tuple[Matrix, ...], *, named: bool) -> Iterator[Assignment]:
    """Every way to give each matrix a role that its name allows, first those that most names speak for."""
    found = [
        dict(zip(roles, chosen, strict=True))
        for roles in (*(both for own in _ROLES for both in (own, (*own, "embedding"))), *_SHARED_ROLES)
        if len(roles) == len(matrices)
        for chosen in permutations(matrices)
        if all(_may_be(matrix, role, roles, named=named) for role, matrix in zip(roles, chosen, strict=True))
    ]
    yield from sorted(found, key=lambda one: -sum(_means(matrix.likely, role) for role, matrix in one.items()))


def _may_be(matrix: Matrix, role: str, roles: Sequence[str], *, named: bool) -> bool:
    if role == "embedding" and matrix.bias is not None:
        return False
    if "shared" in roles:  # no name tells it
        return not named and (role == "embedding" or matrix.role is None or _means(matrix.role, role))
    said = matrix.likely if named else matrix.role
    return not named if said is None else _means(said, role)


def _means(said: str | None, role: str) -> bool:
    return said == role or said in _SAID_OF.get(role, ())


def _standings(assignment: Assignment) -> Iterator[_Standing]:
    """The matrices of an assignment, every way round that fits them to each other."""
    own = [matrix for role, matrix in assignment.items() if role != "embedding"]
    found = []
    for turned in (False, True) if not all(matrix.layer for matrix in own) else (False,):
        arrays = {
            role: matrix.array.T.copy() if turned and not matrix.layer else matrix.array
            for role, matrix in assignment.items()
        }
        found += list(_split(assignment, arrays, turned=turned))
    both = len({standing.turned for standing in found}) > 1
    for standing in found:
        way = "right (x·W)" if standing.turned else "left (W·x)"
        notes = (f"matrices stand to the {way}",) if both else ()
        yield replace(standing, notes=(*standing.notes, *notes))


def _split(assignment: Assignment, arrays: Mapping[str, Array], *, turned: bool) -> Iterator[_Standing]:
    """The same with a layer over [x, h] split into its halves; nothing where the shapes don't fit."""
    output = arrays.get("output")

    def fits(weight_ih: Array, weight_hh: Array) -> bool:
        size = len(weight_hh)
        reads = output is None or output.shape[1] == size
        embedded = "embedding" not in arrays or arrays["embedding"].shape[1] == weight_ih.shape[1]
        return weight_hh.shape == (size, size) and len(weight_ih) == size > 0 and reads and embedded

    if "combined" in arrays:
        combined, name = arrays["combined"], assignment["combined"].name
        size, inputs = len(combined), combined.shape[1] - len(combined)
        halves = (combined[:, :inputs], combined[:, inputs:]), (combined[:, size:], combined[:, :size])
        for (weight_ih, weight_hh), x_first in zip(halves, (True, False), strict=True):
            if inputs > 0 and fits(weight_ih, weight_hh):
                note = f"{name} reads [x, h], x first" if x_first else f"{name} reads [h, x], h first"
                yield _Standing(weight_ih.copy(), weight_hh.copy(), output, turned, x_first, (note,))
        return
    if "shared" in arrays:
        if fits(arrays["shared"], arrays["shared"]):
            note = f"{assignment['shared'].name} reads x + h"
            yield _Standing(arrays["shared"], arrays["shared"], output, turned, notes=(note,))
        return
    matrix, weight_ih = assignment["input"], arrays["input"]
    linear = fits(weight_ih, arrays["hidden"])
    table = matrix.layer and matrix.bias is None and fits(weight_ih.T, arrays["hidden"])
    if linear:
        notes = (f"{matrix.name} is a linear layer",) if table else ()
        yield _Standing(weight_ih, arrays["hidden"], output, turned, notes=notes)
    if table:
        notes = (f"{matrix.name} is an embedding, a row of it for each input",)
        yield _Standing(weight_ih.T.copy(), arrays["hidden"], output, turned, not linear, notes)


def _placed(standing: _Standing, assignment: Assignment, biases: tuple[Bias, ...]) -> Iterator[_Biases]:
    """Every way to give the biases their layers; nothing where they don't fit them."""
    size = len(standing.weight_hh)
    own = [assignment[role].bias for role in ("input", "hidden", "combined", "shared") if role in assignment]
    hidden = [bias for bias in own if bias is not None]
    own_output = assignment["output"].bias if standing.output is not None else None
    for roles in product(*(bias.roles for bias in biases)):
        given = list(zip(roles, biases, strict=True))
        recurrent = hidden + [bias.array.ravel() for role, bias in given if role != "output bias"]
        outputs = [bias.array.ravel() for role, bias in given if role == "output bias"]
        open_ones = [role for role, bias in given if len(bias.roles) > 1]
        if len(recurrent) > (1 if "hidden bias" in open_ones else 2) or len(set(roles)) < len(roles):
            continue
        if any(bias.shape != (size,) for bias in recurrent) or len(outputs) > (own_output is None):
            continue
        if outputs and (standing.output is None or outputs[0].shape != standing.output.shape[:1]):
            continue
        bias_ih, bias_hh = [*recurrent, *[np.zeros(size, np.float32)] * 2][:2]
        notes = tuple(
            f"{bias.name} is the bias of the {'output' if role == 'output bias' else 'hidden state'}"
            for role, bias in given
            if len(bias.roles) > 1
        )
        yield _Biases(bias_ih, bias_hh, outputs[0] if outputs else own_output, notes)


def _misplaced(source: str, standing: _Standing, biases: tuple[Bias, ...]) -> UserError:
    """The error for biases that have not the size of their layer, or no layer."""
    hidden, outputs = len(standing.weight_hh), 0 if standing.output is None else len(standing.output)
    for bias in biases:
        sizes = [outputs if role == "output bias" else hidden for role in bias.roles]
        if bias.array.size not in sizes or bias.array.size == 0:
            expected = " or ".join(f"({size},)" for size in dict.fromkeys(sizes) if size)
            return UserError(
                f"{source}: {bias.name} has shape {shape_of(bias.array)}, "
                + (f"expected {expected}" if expected else "but there is no last layer that it could be the bias of")
            )
    names = ", ".join(bias.name for bias in biases)
    return UserError(f"{source}: no layer is left for every bias ({names}); leave out what is not used")


def _rows(biases: tuple[Bias, ...]) -> bool | None:
    """True where the biases are rows, as of x·W, False where they are columns, None where they don't tell."""
    shapes = [bias.array.shape for bias in biases if bias.array.ndim == 2 and bias.array.size > 1]
    return shapes[0][0] == 1 if shapes else None
