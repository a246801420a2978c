"""The phases of a network: those of its cell, with Read before them and those of its readout after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnn_tui.network.cells.phases import (
    MULTIPLY,
    AttentionShare,
    AttentionTable,
    ContextOf,
    Phase,
    ScoreOf,
    VotesTable,
)

__all__ = ["ATTEND", "CHECK", "CHECK_CONTEXT", "MULTIPLY", "READ", "Phase", "phases_around"]

READ = Phase("read", "Read", "read the {}", "x", ("x",), width=14)
ATTEND = Phase(
    "attend",
    "Look back",
    "weigh every memory so far",
    "context = Σ attention[k]·h_k",
    ("attention", "context"),
    parts=(ScoreOf(), AttentionShare(), ContextOf()),
    table=AttentionTable(),
    width=26,
)
"""The phase between the cell's and Check in a network with the attention readout."""
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
CHECK_CONTEXT = replace(CHECK, notation="probs = softmax(fc.weight·context + fc.bias)")
"""Check where the output nodes read what attention looked back at."""
MANY = 3
"""The most phases between Read and Check beside which these have their own widths."""


def phases_around(cell: Sequence[Phase], readout: Sequence[Phase]) -> tuple[Phase, ...]:
    """Return the phases of one timestep, in order, from those of the cell and those of the readout, Check the last."""
    *before, check = readout
    if len(cell) + len(before) > MANY:
        # Of a wider whole the same share is more cells: Read needs as many, Check can give one.
        return (replace(READ, width=15), *cell, *before, replace(check, width=23))
    return (READ, *cell, *before, check)
