"""The reasons why matrices are not those of one network written by hand that this program has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rnn_tui.interop.handwritten_parts import Matrix, Parts, listed
from rnn_tui.interop.layers import SUPPORTED, shape_of

_OUTPUT = "supported is an output that reads the new hidden state alone: train it with output = h2o(hidden)"
EXPECTED = "Wxh, Whh, Why, bh, by, or i2h, h2h, h2o, or one layer over [x, h] and one on h"


def why_none(parts: Parts) -> str:
    """The reason in words."""
    matrices = parts.matrices
    roles = {matrix: matrix.likely for matrix in matrices}
    for first, output in _same_inputs(matrices):
        if any(matrix.array.shape == (len(first.array), len(first.array)) for matrix in matrices):
            return f"{output} leads from the input straight to the output; {_OUTPUT}"
        if first.array.shape[1] > len(first.array):
            return (
                f"{output} reads what {first} reads, the input and the hidden state before it, and not the new hidden "
                f"state; {_OUTPUT}"
            )
    twice = [role for role, count in Counter(role for role in roles.values() if role).items() if count > 1]
    if twice:
        same = listed(matrix for matrix in matrices if roles[matrix] == twice[0])
        return f"{same}, two of a kind, are of two layers; {SUPPORTED}"
    unknown = [matrix for matrix in matrices if roles[matrix] is None]
    if unknown:
        return f"tensor {unknown[0].name} belongs to no network of one layer; expected {EXPECTED}"
    return _misfit({str(role): matrix for matrix, role in roles.items()})


def _misfit(found: dict[str, Matrix]) -> str:
    """The matrix whose shape doesn't fit the others."""
    hidden, others = found.get("hidden"), [found[role] for role in ("input", "output") if role in found]
    if hidden is not None and len(set(hidden.array.shape)) > 1 and "input" in found:
        return f"{hidden.name} has shape {shape_of(hidden.array)}, expected a square matrix"
    if hidden is not None:
        return f"{listed(others)} don't fit the {len(hidden.array)} hidden units of {hidden.name}"
    return f"{listed(found.values())} don't fit one another; expected {EXPECTED}"


def _same_inputs(matrices: tuple[Matrix, ...]) -> Iterator[tuple[Matrix, Matrix]]:
    """The layers of the hidden state and of the output, where both read the same."""
    outputs = [matrix for matrix in matrices if matrix.role == "combined output"]
    if not outputs and len(matrices) == 2 and all(matrix.layer for matrix in matrices):
        outputs = [matrix for matrix in matrices if matrix.likely in ("output", None)]
    for output in outputs:
        for first in matrices:
            same = first is not output and first.array.shape[1] == output.array.shape[1]
            if same and first.likely in ("input", "hidden", None):
                yield first, output
