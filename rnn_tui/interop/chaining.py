"""The linear layers after the readout, one after the other: those of the head, and the output nodes at its end."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations

import numpy as np

from rnn_tui.interop.layers import Layers, Plain
from rnn_tui.interop.sorting import names_of
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.errors import UserError
from rnn_tui.network.heads import Entry, Head, Linear

MOST_LINEARS = 5
"""The number of linear layers up to which every order is tried."""


@dataclass(frozen=True, eq=False)
class Chain:
    """Linear layers in the order in which they compute, and the other orders that fit as well."""

    linears: tuple[Plain, ...]
    others: int = 0


def chained(linears: Sequence[Plain], size: int, outputs: Collection[int]) -> Chain | None:
    """The layers in the order in which each reads what the one before gives, the first `size` numbers.

    The last has one of the numbers of `outputs`, if any can. Of several orders it is that in which they are given.
    None where there is no order.
    """
    found = list(_orders(linears, size))
    answering = [order for order in found if len(_matrix(order[-1])) in outputs]
    chosen = answering or found
    return Chain(chosen[0], len(chosen) - 1) if chosen else None


def _orders(linears: Sequence[Plain], size: int) -> Iterator[tuple[Plain, ...]]:
    for order in permutations(linears) if len(linears) <= MOST_LINEARS else [tuple(linears)]:
        fits = all(_matrix(after).shape[1] == len(_matrix(before)) for before, after in pairwise(order))
        if fits and _matrix(order[0]).shape[1] == size:
            yield order


def _matrix(layer: Plain) -> Array:
    assert layer.linear is not None
    return layer.linear


def attention_first(linears: Sequence[Plain], size: int) -> tuple[Plain, list[Plain]]:
    """Attention's linear layer, which has one row, and the others; raises UserError where it can't be told."""
    single = [layer for layer in linears if _matrix(layer).shape == (1, size)]
    if len(single) > 1:
        single = [layer for layer in single if "att" in layer.name.lower()]
    if len(single) != 1:
        raise UserError(
            f"which of {names_of(linears)} is attention's can't be told; it has one row, and where both have, "
            "“attention” in its name"
        )
    return single[0], [layer for layer in linears if layer is not single[0]]


def head_of(linears: Sequence[Plain], functions: Sequence[str]) -> Head:
    """The head of the linear layers before the output nodes, with its functions.

    The last functions are those of the linear layers, one each; what is left comes before the first of them. With no
    functions at all nothing squashes. Raises UserError for fewer.
    """
    if not functions:
        functions = ("identity",) * len(linears)
    before = len(functions) - len(linears)
    if before < 0:
        raise UserError(
            f"the head has {len(linears)} linear layers before the last, {names_of(linears)}, and {len(functions)} "
            f"function{'s' * (len(functions) > 1)}; give one after each, identity for none"
        )
    entries = [Entry(function) for function in functions[:before]]
    return (
        *entries,
        *(
            Entry(function, Linear(*parameters(layer)))
            for function, layer in zip(functions[before:], linears, strict=True)
        ),
    )


def parameters(layer: Plain) -> tuple[Array, Array]:
    """Weight and bias of a linear layer; a bias that is not there is zeros."""
    weight = _matrix(layer)
    bias = np.zeros(len(weight), np.float32) if layer.bias is None else layer.bias
    return frozen(weight), frozen(bias)


def read_side_by_side(layer: Plain, layers: Layers) -> Plain:
    """A layer that reads both directions in any way, as one that reads them side by side, the forward one first.

    That of a direction that isn't read has weights of 0. One that reads their sum stays as it is.
    """
    merge, size = layers.merges[-1], layers.stack[-1].forward.hidden_size
    weight = _matrix(layer)
    if merge == "backward-first":
        weight = np.concatenate([weight[:, size:], weight[:, :size]], axis=1)
    elif merge == "forward":
        weight = np.concatenate([weight, np.zeros_like(weight)], axis=1)
    elif merge == "backward":
        weight = np.concatenate([np.zeros_like(weight), weight], axis=1)
    return replace(layer, embedding=None, linear=weight)
