"""The recurrent layers one above the other: in which order they stand, and how two directions become one.

The numbers that each layer reads and hands on tell most of it; what they leave open has several arrangements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise, permutations, product

from rnn_tui.interop.layers import READINGS, Lanes, Layers
from rnn_tui.network.errors import UserError
from rnn_tui.text import joined

MOST_BLOCKS = 5
"""The number of blocks up to which every order is tried."""
MOST = 24
"""The number of arrangements that are tried at most."""
_SAID = {
    "backward-first": "the backward direction's states are taken first",
    "sum": "the states of both directions are added up",
    "forward": "of the top layer the forward direction alone is read",
    "backward": "of the top layer the backward direction alone is read",
}


def arranged(layers: Layers, merge: str | None = None) -> list[Layers]:
    """Every way in which the layers fit each other, the likeliest first; raises UserError where there is none.

    `merge` is how the directions of the top layer are read, one of `READINGS`, where that is said.
    """
    found = list(islice(_arrangements(layers, merge), MOST))
    if not found:
        raise UserError(f"{layers.source}: {_unfit(layers)}")
    return found


def _arrangements(layers: Layers, merge: str | None) -> Iterator[Layers]:
    blocks = layers.blocks
    for order in permutations(blocks) if len(blocks) <= MOST_BLOCKS else [blocks]:
        stack = tuple(lanes for block in order for lanes in block)
        for inner in product(*(_merges(lanes) for lanes in stack[:-1])):
            handed = [lanes.size(merge) for lanes, merge in zip(stack, inner, strict=False)]
            if handed == [lanes.input_size for lanes in stack[1:]]:
                for read in _readings(stack[-1], merge):
                    yield _arranged(layers, stack, (*inner, read), moved=order != blocks)


def _merges(lanes: Lanes) -> Sequence[str]:
    return ("concat",) if lanes.backward is None else lanes.merges


def _readings(lanes: Lanes, merge: str | None) -> Sequence[str]:
    """The ways to read the top layer."""
    if lanes.backward is None:
        return ("concat",)
    open_ones = READINGS if len(lanes.merges) > 1 else lanes.merges
    return open_ones if merge is None else [merge]


def _arranged(layers: Layers, stack: tuple[Lanes, ...], merges: tuple[str, ...], *, moved: bool) -> Layers:
    read = list(layers.read)
    if moved:
        read.append(f"the layers stand in the order {', '.join(lanes.name for lanes in stack)}")
    read += [
        f"{_SAID['sum']} after {lanes.name}"
        for lanes, merge in zip(stack[:-1], merges, strict=False)
        if merge == "sum" and len(lanes.merges) > 1
    ]
    if merges[-1] in _SAID and len(stack[-1].merges) > 1:
        read.append(_SAID[merges[-1]])
    return replace(layers, blocks=(stack,), merges=merges, read=tuple(read))


def _unfit(layers: Layers) -> str:
    """The reason why there is no arrangement."""
    for block in layers.blocks:
        for below, above in pairwise(block):
            sizes = [below.size(merge) for merge in _merges(below)]
            if above.input_size not in sizes:
                return (
                    f"{above.name} is of a layer of {above.input_size} inputs, but the layer below it hands on "
                    f"{joined([str(size) for size in dict.fromkeys(sizes)], 'or')}"
                )
    listed = ", ".join(
        f"{lanes.name} ({lanes.input_size} inputs, {lanes.forward.hidden_size} units"
        + (" in each direction)" if lanes.backward is not None else ")")
        for lanes in layers.stack
    )
    return (
        f"{len(layers.stack)} recurrent layers that don't read each other: {listed}; supported is a stack, each "
        "layer of which reads all that the one below hands on"
    )
