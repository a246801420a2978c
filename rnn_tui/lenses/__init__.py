"""The lenses: pure functions of a trace to plain arrays with names, computed in float64.

A lens is one module with `compute` and `to_json`, and one record in `LENSES`, which imports nothing heavy. Its picture
is registered in `pictures.lenses`, its sentences in `story.lenses`, each under the lens's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_tui.lenses.needs import ATTENTION, TAGGED_WORDS
from rnn_tui.lenses.record import Lens
from rnn_tui.loading import module
from rnn_tui.network.errors import UserError
from rnn_tui.text import cited

if TYPE_CHECKING:
    from rnn_tui.network.model import Model

OFFER, MODELS = "O", "m"
"""The keys that open the same words in the model that `offered` names, and the list of models, as they are printed."""

LENSES: dict[str, Lens] = {
    lens.name: lens
    for lens in (
        Lens(
            "memory",
            title="Memory",
            asks="How long is each {unit} remembered?",
            shows="how far off the memory would be without it",
            summary="how long each word is remembered",
            load=module("rnn_tui.lenses.memory"),
            of_layer=True,
        ),
        Lens(
            "gradient",
            title="Gradient",
            asks="How far back does training hear?",
            shows="how much of a change is left at the end",
            summary="why early words fade: the way back through time",
            load=module("rnn_tui.lenses.gradient"),
            of_layer=True,
            of_direction=True,
            backward=True,
        ),
        Lens(
            "recency",
            title="Recency",
            asks="What does each {unit} count for?",
            shows="the answer without it, and with it elsewhere",
            summary="what each word counts for, and what its place does",
            load=module("rnn_tui.lenses.recency"),
            of_answer=True,
            each_word=True,
            slides=True,
        ),
        Lens(
            "units",
            title="Units",
            asks="What has this unit learned?",
            shows="what it goes with, and the answer without it",
            summary="what a hidden unit has learned",
            load=module("rnn_tui.lenses.units"),
            of_layer=True,
            of_direction=True,
            of_answer=True,
            of_unit=True,
            need=TAGGED_WORDS,
        ),
        Lens(
            "attention",
            title="Attention",
            asks="Where does the answer look back to?",
            shows="how it shares out its look",
            summary="where an attention readout looks back to",
            load=module("rnn_tui.lenses.attention"),
            each_word=True,
            need=ATTENTION,
        ),
        Lens(
            "path",
            title="Path",
            asks="How does the memory move?",
            shows="all its numbers as one point of a map",
            summary="the hidden state as a point that moves",
            load=module("rnn_tui.lenses.path"),
            of_layer=True,
            of_direction=True,
        ),
        Lens(
            "diagram",
            title="Diagram",
            asks="How is it all joined?",
            shows="the textbook's picture, with the numbers of now",
            summary="the textbook's picture, rolled and unrolled, with live numbers",
            load=module("rnn_tui.lenses.diagram"),
            each_phase=True,
        ),
    )
}
"""The lenses by name, in the order in which one goes through them."""


def lens(name: str) -> Lens:
    """The lens of that name; raises UserError where there is none."""
    try:
        return LENSES[name]
    except KeyError:
        raise UserError(f"no lens is called {cited(name)}; there are {', '.join(LENSES)}") from None


def has_slide(name: str | None) -> bool:
    """Tell whether a lens, by its name or None for none, can slide a word through its sentence."""
    return name in LENSES and LENSES[name].slides


def has_figures(name: str | None) -> bool:
    """Tell whether a lens, by its name or None for none, has a figure for each word, which stands under the ribbon."""
    return name in LENSES and LENSES[name].each_word


def follows_phases(name: str | None) -> bool:
    """Tell whether a lens, by its name or None for none, has a picture of every phase, so that one walks by phases."""
    return name in LENSES and LENSES[name].each_phase


def offered(name: str | None, model: Model) -> str | None:
    """The name of the shipped model in which a lens, by its name or None for none, has more to say of the same words.

    None where it has all to say in this model, or where a text of this model is none that the other one reads.
    """
    need = LENSES[name].need if name in LENSES else None
    return None if need is None else need.offered(model)


def other_kind(name: str | None, model: Model) -> tuple[str, str] | None:
    """The shipped model in which a lens has more to say, of other texts than those of this model, and what it reads.

    None where the lens has all to say in this model, or where the same text can be read by the other one.
    """
    need = LENSES[name].need if name in LENSES else None
    return None if need is None or not need.out_of_reach(model) else (need.instead, need.reads)
