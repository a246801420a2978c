"""The phases of a network: those of its cell, with Read before them and Check after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnn_tui.network.cells.phases import MULTIPLY, Phase, VotesTable

__all__ = ["CHECK", "MULTIPLY", "READ", "Phase", "phases_around"]

READ = Phase("read", "Read", "read the word", "x", ("x",), width=14)
CHECK = Phase(
    "check",
    "Check",
    "check the output nodes",
    "probs = softmax(fc.weight·h + fc.bias)",
    ("logits", "probs"),
    operation=3,
    table=VotesTable(),
    width=24,
)
MANY = 3
"""The most phases of a cell beside which Read and Check have their own widths."""


def phases_around(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """Return the phases of one timestep, in order, from those of the cell."""
    if len(phases) > MANY:  # of a wider whole the same share is more cells: Read needs as many, Check can give one
        return (replace(READ, width=15), *phases, replace(CHECK, width=23))
    return (READ, *phases, CHECK)
