"""The phases of a network: those of its cell, with Read before them, and after them those that make the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rnn_tui.network.cells.phases import (
    MULTIPLY,
    AttentionShare,
    ContextOf,
    LargestOf,
    MeanOf,
    Met,
    Phase,
    PoolTable,
    ResultTable,
    ScoreOf,
    VotesTable,
)
from rnn_tui.network.outputs import Output

__all__ = [
    "ATTEND",
    "CHECK",
    "HEADS",
    "MULTIPLY",
    "POOL_MAX",
    "POOL_MEAN",
    "READ",
    "READ_BELOW",
    "Phase",
    "check_of",
    "meeting",
    "phases_around",
]

READ = Phase("read", "Read", "read the {}", "x", ("x",), width=14)
READ_BELOW = Phase(
    "read", "Take up", "take what the floor below hands up", "x = h of the layer below", ("x",), width=20
)
"""The phase Read of a lane above the lowest layer."""
ATTEND = Phase(
    "attend",
    "Look back",
    "weigh every memory so far",
    "context = Σ attention[k]·h_k",
    ("attention", "context"),
    parts=(ScoreOf(), AttentionShare(), ContextOf()),
    table=PoolTable(),
    width=26,
)
"""The phase between the cell's and Check in a network with the attention readout."""
POOL_MEAN = Phase(
    "pool",
    "Average",
    "average every memory so far",
    "context = (h_1 + … + h_t) / t",
    ("context",),
    parts=(MeanOf(),),
    table=PoolTable(),
    width=26,
)
"""The phase between the cell's and Check in a network with the readout mean."""
POOL_MAX = Phase(
    "pool",
    "Largest",
    "each unit keeps its largest so far",
    "context = max(h_1, …, h_t)",
    ("context",),
    parts=(LargestOf(),),
    table=PoolTable(
        (
            "share of the units that have their largest there",
            "share of units with their largest there",
            "units with their largest there",
            "units' largest there",
            "units there",
        )
    ),
    width=26,
)
"""The phase between the cell's and Check in a network with the readout max."""
HEADS: Mapping[str, Phase] = {
    name: Phase("head", title, words, "", (), width=22)
    for name, title, words in (
        ("relu", "Cut", "cut off below 0"),
        ("tanh", "Limit", "limit to −1 … 1"),
        ("sigmoid", "Limit", "limit to 0 … 1"),
        ("identity", "Pass on", "pass on as it is"),
    )
}
"""The phase before Check in a network with a head, by its last function; `heads.phase_of` fills in the rest."""
HIDDEN_LAYER = Phase("head", "Hidden layer", "a hidden layer: multiply and add up", "", (), width=26)
"""The phase of a linear layer of the head; `heads.phase_of` fills in the rest."""
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
"""The most phases between Read and Check beside which these have their own widths."""


def meeting(merge: str) -> Phase:
    """The phase in which the two lanes of the top layer meet; `merge` says how: "concat" or "sum"."""
    joined = merge == "concat"
    return Phase(
        "meet",
        "Meet",
        "both lanes meet: side by side" if joined else "both lanes meet: added up",
        "h = [→h; ←h]" if joined else "h = →h + ←h",
        ("h",),
        parts=(Met(),),
        table=ResultTable("h", False),
        width=26,
    )


def check_of(reads: str, output: Output) -> Phase:
    """The phase Check where the output nodes read the value of that name, and make that kind of output of it."""
    if reads == "h" and output.kind == "classes":
        return CHECK
    notation = output.notation.format(f"fc.weight·{reads} + fc.bias")
    return replace(CHECK, notation=notation, shows=("logits", output.answer))


def phases_around(lane: Sequence[Phase], answering: Sequence[Phase]) -> tuple[Phase, ...]:
    """Return the phases of one timestep, in order, from those of the lane and those that make the answer of it.

    The lane's first is Read, and Check is the last of the others.
    """
    read, *cell = lane
    *before, check = answering
    if len(cell) + len(before) > MANY:
        # Of a wider whole the same share is more cells: Read needs as many, Check can give one.
        return (replace(read, width=read.width + 1), *cell, *before, replace(check, width=23))
    return (*lane, *answering)
