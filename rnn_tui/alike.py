"""The words and the hidden units that two sentences and two networks have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rnn_tui.lockstep import Column
from rnn_tui.network.arrays import Array
from rnn_tui.network.model import Model

RELATED = 0.1
"""From this share of its weights on, a network is an edited copy of another."""


def align(a: Sequence[str], b: Sequence[str]) -> Iterator[Column]:
    """The columns of two sentences: the same words in the same column, as difflib finds them, and all in order.

    Where some words stand instead of others, the first of them share a column, too.
    """
    first = 0  # what begins alike needs no search, which for long sentences is slow
    while first < min(len(a), len(b)) and a[first] == b[first]:
        yield first, first
        first += 1
    rest_a, rest_b = a[first:], b[first:]
    long = len(rest_a) * len(rest_b) > 1_000_000
    for _, a_from, a_to, b_from, b_to in SequenceMatcher(None, rest_a, rest_b, autojunk=long).get_opcodes():
        size_a, size_b = a_to - a_from, b_to - b_from
        for k in range(max(size_a, size_b)):
            yield (first + a_from + k if k < size_a else None), (first + b_from + k if k < size_b else None)


def same_units(a: Model, b: Model) -> bool:
    """Tell whether unit k of one network is unit k of the other: the same model, or an edited copy of it.

    That is asked of the floors on which both are seen. So: the same floor, the same kind of cell, as many hidden
    units, with the same names, and the parameters of the same sizes; and of the weights other than 0 in weight_ih,
    weight_hh or fc.weight (in the one in which they have most in common) at least RELATED are the same number. An edit
    leaves most weights as they are, while two networks that were trained apart have none in common: that both have 16
    units makes no unit of one a unit of the other. Above all layers it is asked of the lanes that meet there, or of
    the weights of the hidden layer.
    """
    if a is b:
        return True
    kinds = [(model.cell.kind, model.unit_names, *_floor_of(model)) for model in (a, b)]
    if kinds[0] != kinds[1]:
        return False
    pairs = [*zip(_weights(a), _weights(b), strict=True), (a.fc.weight, b.fc.weight)]
    if any(one.shape != other.shape for one, other in pairs):
        return False
    return max(_in_common(one, other) for one, other in pairs) >= RELATED


def _floor_of(model: Model) -> tuple[object, ...]:
    """The floor on which a model is seen, but for its weights and their sizes."""
    floor, top = model.floor, model.layers[-1]
    above = floor.entries, top.merge, [cell.kind for cell in top.cells]
    return floor.layer, floor.backward, *(above if floor.layer is None else ())


def _weights(model: Model) -> list[Array]:
    """The weights that make the units of the floor on which a model is seen."""
    floor = model.floor
    if floor.layer is not None:
        return [model.cell.weight_ih, model.cell.weight_hh]
    linear = [entry.linear.weight for entry in map(model.head.__getitem__, floor.entries) if entry.linear is not None]
    return linear or [weight for cell in model.layers[-1].cells for weight in (cell.weight_ih, cell.weight_hh)]


def functions(model: Model) -> tuple[object, ...]:
    """All that a network computes but for its parameters."""
    layers = [
        (layer.forward.kind, layer.forward.activation, layer.bidirectional, layer.merge) for layer in model.layers
    ]
    return layers, model.readout.kind, [(entry.activation, entry.linear is None) for entry in model.head], model.output


def _in_common(one: Array, other: Array) -> float:
    """The share of the numbers other than 0 that are the same."""
    some = (one != 0) | (other != 0)
    return float((one == other)[some].mean()) if some.any() else 0.0
