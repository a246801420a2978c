"""The lenses: pure functions of a trace to plain arrays with names, computed in float64.

A lens is one module with `compute` and `to_json`, and one record in `LENSES`, which imports nothing heavy. Its picture
is registered in `pictures.lenses`, its sentences in `story.lenses`, each under the lens's name.
"""

from __future__ import annotations

from rnn_tui.lenses.needs import ATTENTION
from rnn_tui.lenses.record import Lens
from rnn_tui.loading import module
from rnn_tui.network.errors import UserError

LENSES: dict[str, Lens] = {
    lens.name: lens
    for lens in (
        Lens(
            "memory",
            title="Memory",
            shows="what is left of each word, after each word",
            summary="how long each word is remembered",
            load=module("rnn_tui.lenses.memory"),
        ),
        Lens(
            "gradient",
            title="Gradient",
            shows="what a change after each word still changes at the end",
            summary="why early words fade: the way back through time",
            load=module("rnn_tui.lenses.gradient"),
            backward=True,
        ),
        Lens(
            "recency",
            title="Recency",
            shows="what each word counts for",
            summary="what each word counts for, and how the last one shouts",
            load=module("rnn_tui.lenses.recency"),
            of_answer=True,
            each_word=True,
            slides=True,
        ),
        Lens(
            "units",
            title="Units",
            shows="what a unit has learned",
            summary="what a hidden unit has learned",
            load=module("rnn_tui.lenses.units"),
            of_answer=True,
            of_unit=True,
        ),
        Lens(
            "attention",
            title="Attention",
            shows="where the answer looks back to",
            summary="where an attention readout looks back to",
            load=module("rnn_tui.lenses.attention"),
            each_word=True,
            need=ATTENTION,
        ),
        Lens(
            "path",
            title="Path",
            shows="the hidden state as a point that moves",
            summary="the hidden state as a point that moves",
            load=module("rnn_tui.lenses.path"),
        ),
    )
}
"""The lenses by name, in the order in which one goes through them."""


def lens(name: str) -> Lens:
    """The lens of that name; raises UserError where there is none."""
    try:
        return LENSES[name]
    except KeyError:
        raise UserError(f"no lens is called “{name}”; there are {', '.join(LENSES)}") from None


def has_slide(name: str | None) -> bool:
    """Tell whether a lens, by its name or None for none, can slide a word through its sentence."""
    return name in LENSES and LENSES[name].slides


def has_figures(name: str | None) -> bool:
    """Tell whether a lens, by its name or None for none, has a figure for each word, which stands under the ribbon."""
    return name in LENSES and LENSES[name].each_word
