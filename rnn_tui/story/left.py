"""The words that a network has read before, told: what it still has of them."""

from __future__ import annotations

from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, line

BACK = {"attention": "to look back at", "mean": "for the average", "max": "of which each unit keeps its largest"}
COUNTED = ("no", "one", "two", "three", "four")


def left_of(moment: Moment) -> Line:
    """Tell what the network still has of the words before."""
    size, states = moment.model.hidden_size, len(moment.cell.state_names)
    here = "here " if len(moment.model.floors) > 1 else ""  # other floors have memories of their own
    left, units = (
        (f"All that is left {here}of ", moment.before),
        "each hidden unit" if size > 1 else "its one hidden unit",
    )
    others = [_state_title(moment, name) for name in moment.cell.state_names[1:]]
    if moment.pools_here:
        numbers = f"{size} numbers" if size > 1 else "one number"
        also = "".join(f", and the {title} ({size})" for title in others)
        kept = BACK.get(moment.model.readout.kind, "for the answer")
        return line(*left, f" is the memory after each {moment.kind}, {kept}: {numbers} each{also}.")
    if not others:
        holds = f"{size} numbers, one for {units}" if size > 1 else f"the number of {units}"
        return line(*left, f" is the memory: {holds}.")
    also = "".join(f" and the {title} ({size})" for title in others)
    first = f"{size} number{'s' if size > 1 else ''}"
    counted = COUNTED[states] if states < len(COUNTED) else str(states)
    return line(*left, f" is the memory ({first}){also}: {counted} numbers for {units}.")


def _state_title(moment: Moment, name: str) -> str:
    """Name a state beside the memory in one word, as the panels do: "cell"."""
    return moment.cell.state_title(name)[0].removesuffix(" state").lower()
