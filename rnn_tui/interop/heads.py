"""The last layer of a PyTorch network where it is written by hand: a matrix, or a bias, that is a parameter of its own.

Y = h @ self.W_hy + self.b_y        or        y = self.fc(h) + self.bias
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rnn_tui.interop.handwritten_parts import Bias, Matrix, parts_of
from rnn_tui.interop.layers import Plain, Tensors, unexpected
from rnn_tui.network.errors import UserError

Heads = tuple[tuple[Plain, ...], tuple[str, ...]]
"""The plain layers, and in words how weights were read that don't tell by themselves."""


def with_own_heads(found: Sequence[Plain], rest: Tensors, sizes: Collection[int], source: str) -> list[Heads]:
    """Every way to read the rest of the tensors as the last layer, or as its bias; raises UserError where none is."""
    parts = parts_of(rest, source)
    matrices = [matrix for matrix in parts.matrices if matrix.role == "output" and not matrix.layer]
    biases = [bias for bias in parts.biases if "output bias" in bias.roles]
    names = [matrix.name for matrix in matrices[:1]] + [bias.name for bias in biases[:1]]
    strange = [
        name for name in (*(m.name for m in parts.matrices), *(b.name for b in parts.biases)) if name not in names
    ]
    ways: list[tuple[Sequence[Plain], tuple[str, ...]]] = [] if strange else [(found, ())]
    for matrix in matrices[:1] if not strange else ():
        ways = [([*found, layer], notes) for layer, notes in _standing(matrix, sizes)]
    for bias in biases[:1]:
        ways = [(changed, (*notes, note)) for layers, notes in ways for changed, note in _with_bias(layers, bias)]
    if not ways:
        name = [*strange, *names][0]
        raise unexpected(source, name, rest[name])
    return [(tuple(layers), notes) for layers, notes in ways]


def told(ways: Sequence[Heads], source: str) -> Heads:
    """The one way that weights alone allow; raises UserError where there are more."""
    if len(ways) > 1:
        either = " or ".join(", ".join(notes) for _, notes in ways)
        raise UserError(
            f"{source}: it can't be told whether {either}; give the module itself, which is run and compared"
        )
    return ways[0]


def _standing(matrix: Matrix, sizes: Collection[int]) -> Iterator[tuple[Plain, tuple[str, ...]]]:
    """The matrix as a linear layer, each way round that reads the hidden state."""
    both = set(matrix.array.shape) <= set(sizes)
    for turned in (False, True):
        array = matrix.array.T.copy() if turned else matrix.array
        if array.shape[1] in sizes:
            way = f"{matrix.name} stands to the {'right (h·W)' if turned else 'left (W·h)'}"
            yield Plain(matrix.name, None, array, None), (way,) if both else ()


def _with_bias(layers: Sequence[Plain], bias: Bias) -> Iterator[tuple[list[Plain], str]]:
    """The layers with the bias given to one that has none and as many outputs."""
    for index, layer in enumerate(layers):
        if layer.bias is None and layer.linear is not None and len(layer.linear) == bias.array.size:
            full = replace(layer, embedding=None, bias=bias.array.ravel())
            yield [*layers[:index], full, *layers[index + 1 :]], f"{bias.name} is the bias of {layer.name}"
