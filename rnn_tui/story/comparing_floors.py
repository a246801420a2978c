"""The floors of two networks in lockstep, in words: where both are, and why one of them waits."""

from __future__ import annotations

from rnn_tui.comparison import Comparison
from rnn_tui.network.floors import Floor
from rnn_tui.pair import SIDES
from rnn_tui.scene import Position
from rnn_tui.story.spans import Line, line, strong, word


def level_name(comparison: Comparison) -> str:
    """The floors of a level in few words: "layer 2, backward lane", "both lanes"; "" where there is but one lane."""
    models = [trace.model for trace in comparison.traces]
    if all(len(model.floors) == 1 for model in models):
        return ""
    if comparison.level.lane is not None:
        layer, backward = comparison.level.lane
        several = any(len(model.layers) > 1 for model in models)
        two_way = any(layer < len(model.layers) and model.layers[layer].bidirectional for model in models)
        named = (
            f"layer {layer + 1}" if several else "",
            f"{'backward' if backward else 'forward'} lane" if two_way else "",
        )
        return ", ".join(filter(None, named)) or "memory"
    floors = zip(models, comparison.level.floors, strict=True)
    return " | ".join(dict.fromkeys(_above(model.floors[floor]) for model, floor in floors if floor is not None))


def _above(floor: Floor) -> str:
    """A floor on which an answer is made."""
    return {"meet": "both lanes", "head": "hidden layer"}.get(floor.names[0], "the answer")


def waiting(comparison: Comparison, side: int, at: Position) -> Line:
    """Tell why a side does nothing at a position."""
    lacks, name, other = comparison.order.waits(side, at), SIDES[side], strong(SIDES[1 - side])
    model, unit = comparison.traces[side].model, comparison.traces[side].model.tokenizer.unit
    if lacks == "answer":
        return line(
            "Only ", other, f" answers here. {name} waits: it answers when all {unit}s are read, from both ends."
        )
    if lacks == "lane":
        layer, backward = comparison.on(at.floor).level.lane or (0, False)
        several = f" in layer {layer + 1}" if len(comparison.traces[1 - side].model.layers) > 1 else ""
        has = f"a layer {layer + 1}" if layer >= len(model.layers) and not backward else f"a backward lane{several}"
        return line("Only ", other, f" has {has}. {name} waits, and keeps what it remembers.")
    t = comparison.columns[at.t][1 - side] or 0
    read = word(comparison.traces[1 - side].tokens[t].surface)
    return line("Only ", other, " has ", read, f". {name} waits, and keeps what it remembers.")
