"""Names for the arrays of model.get_weights(), which come in the order of the layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.layers import Tensors, shape_of
from rnn_tui.network.errors import UserError

_MOST = 100
"""The number of ways to name arrays that are looked at."""
Shapes = Sequence[tuple[int, ...]]


def from_order(weights: Sequence[NDArray[Any]], source: str, heads: int) -> Tensors:
    """Names for arrays that come in the order of model.get_weights(); raises UserError where there are none.

    The shapes tell nearly everything: whether there is an embedding, which layers have a bias, which read both ways.
    `heads` is the least number of Dense layers.
    """
    arrays = [np.asarray(array) for array in weights]
    found = list(islice(_networks([array.shape for array in arrays], heads), _MOST))
    names = min(found, key=_matrices_of_dense, default=None)  # the simplest
    if names is None:
        shapes = " ".join(shape_of(array) for array in arrays)
        raise UserError(
            f"{source}: {len(arrays)} arrays without names, {shapes or 'none'}, are not those of an Embedding (or "
            f"none), then SimpleRNN, GRU or LSTM, and {heads} Dense or more, in this order; give them their names: "
            "np.savez(FILE, **{w.path: w.numpy() for w in model.weights})"
        )
    return dict(zip(names, arrays, strict=True))


def _matrices_of_dense(names: Sequence[str]) -> int:
    return sum(name.startswith("dense") and name.endswith("kernel") for name in names)


def _networks(shapes: Shapes, heads: int) -> Iterator[list[str]]:
    """Every way to name the arrays."""
    for embedding in (False, True):
        if embedding and not (shapes and len(shapes[0]) == 2):
            continue
        names = ["embedding/embeddings"] if embedding else []
        width = shapes[0][1] if embedding else None
        for named, size, at in _stacks(shapes, int(embedding), width, 0):
            for rest in _dense(shapes, at, size, heads):
                yield names + named + rest


def _stacks(shapes: Shapes, at: int, width: int | None, number: int) -> Iterator[tuple[list[str], set[int], int]]:
    """Recurrent layers from `at` on that read so many numbers: names, what they may hand on, and where they end."""
    for ways in (("",), ("forward_", "backward_")):
        names: list[str] = []
        end, first, units = at, None, 0
        for way in ways:
            found = _layer(shapes, end, width)
            if found is None or (first is not None and shapes[end : end + found[0]] != first):
                break
            size, units = found
            names += [
                f"layer_{number}/{way}rnn/{parameter}" for parameter in ("kernel", "recurrent_kernel", "bias")[:size]
            ]
            first, end = shapes[end : end + size], end + size
        else:
            sizes = {units} if len(ways) == 1 else {units, 2 * units}
            for size in sorted(sizes, reverse=True):
                for more, top, last in _stacks(shapes, end, size, number + 1):
                    yield names + more, top, last
            yield names, sizes, end


def _layer(shapes: Shapes, at: int, width: int | None) -> tuple[int, int] | None:
    """The number of arrays of one direction of a recurrent layer, and of its units; None where there is none."""
    kernel, recurrent, bias = [*shapes[at : at + 3], (), (), ()][:3]
    if len(kernel) != 2 or len(recurrent) != 2 or kernel[1] != recurrent[1] or width not in (None, kernel[0]):
        return None
    units, columns = recurrent
    if columns not in (units, 3 * units, 4 * units):
        return None
    return 3 if bias in ((columns,), (2, columns), (2 * columns,)) else 2, units


def _dense(shapes: Shapes, at: int, sizes: set[int], heads: int) -> Iterator[list[str]]:
    """Dense layers from `at` to the end: each reads what the one before gives; with two heads one may be attention's.

    Attention's reads the states, as the first does, and has one output.
    """
    names: list[str] = []
    reads, number, most = set(sizes), 0, heads - 1
    while at < len(shapes):
        kernel = shapes[at]
        attends = most > 0 and len(kernel) == 2 and kernel[1] == 1 and kernel[0] in sizes
        if len(kernel) != 2 or (kernel[0] not in reads and not attends):
            return
        biased = at + 1 < len(shapes) and shapes[at + 1] == kernel[1:]
        names += [f"dense_{number}/kernel", *([f"dense_{number}/bias"] if biased else [])]
        if attends:
            most -= 1
        else:
            reads = {kernel[1]}
        at, number = at + 1 + biased, number + 1
    if number >= heads and most == 0:
        yield names
