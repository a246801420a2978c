"""The values on the screen that can be held at another number: which they are, and as what they are shown."""

from __future__ import annotations

from rnn_tui.network.holding import holdable
from rnn_tui.pictures.view import View
from rnn_tui.text import percent, unsigned


def names_to_hold(view: View) -> tuple[str, ...]:
    """The values that can be held here, in the order in which they are computed: all that this word has so far.

    Before there is any, it is the hidden state that will come of the word.
    """
    names = holdable(view.model.cell)
    return tuple(name for name in names if view.knows(name, view.t)) or ("h",)


def name_at_work(view: View) -> str:
    """The value that stands for the phase at work: the last that it computes, or else that there is.

    One that is held goes before the others, so that it can be let go.
    """
    names = names_to_hold(view)
    own = [name for name in names if name in {getattr(part, "name", "") for part in view.phase.parts}] or names
    held = [name for name in own if view.holds(name, view.unit)]
    return (held or own)[-1]


def is_share(view: View, name: str) -> bool:
    """Tell whether a value is a gate's that goes from 0 to 1."""
    return any(gate.letter == name and not gate.signed for gate in view.model.cell.gates)


def figure(view: View, name: str) -> str:
    """The picked unit's value as it is shown: "−0.86", of a gate "24%"; nothing where it isn't computed yet."""
    if not view.knows(name, view.t):
        return ""
    value = float(view.step[name][view.unit])
    return percent(value) if is_share(view, name) and not view.scene.notation else unsigned(value)
