"""The question how much a number of the trace is, computed by hand from those that it comes from."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.questions.amounts import scaling_of, tolerance_in_unit
from rnn_tui.questions.lanes import words_of
from rnn_tui.questions.marking import within
from rnn_tui.questions.numbers import Span, telling, tolerance_of
from rnn_tui.questions.place import CannotAskError, Kind, Place, capitalised, check_finite
from rnn_tui.questions.quantity import OF_LABELS, OF_OTHERS, Quantity, coming, names_of, quantity_of
from rnn_tui.questions.question import Question
from rnn_tui.questions.whole import whole_working_of
from rnn_tui.questions.wording import is_share
from rnn_tui.questions.workings import working_of
from rnn_tui.text import percent

WHOLE = "whole"


def make(place: Place) -> Question:
    """Ask for a number, with the numbers given that it is computed from."""
    whole = place.arguments[1:] == (WHOLE,)
    if not place.arguments or (len(place.arguments) > 1 and not whole):
        raise CannotAskError("“value” takes the name of a number and its unit, such as h[1], and perhaps “whole”")
    asked = quantity_of(place.arguments[0], place)
    place = place.on(asked.at.floor)
    answer = asked.in_trace(place.trace)
    check_finite(answer)
    working = whole_working_of(place, asked) if whole else working_of(place, asked)
    share, amount = is_share(place.model, asked.name), asked.name == "outputs"
    tolerance = _tolerance(place, asked, answer, working.span)
    notation = f" In notation: {working.notation}." if place.scene.notation else ""
    return place.question(
        "value",
        working.level,
        f"value {asked.text}{f' {WHOLE}' if whole else ''}",
        ask=f"{_subject(place, asked)} at {place.word(asked.at.t)}: {working.given}. How much is {working.todo}? (to "
        f"within {within(tolerance, share=share, amount=amount)}){notation}",
        answer=answer,
        tolerance=tolerance,
        slips=telling(working.slips, answer, tolerance),
        share=share,
        amount=amount,
        why=f"{working.why}{f', which is {percent(answer)}' if share else ''}.",
        reveals=asked.at,
        target=asked.target(place.model),
        unit=asked.unit,
    )


def _tolerance(place: Place, asked: Quantity, answer: float, span: Span) -> float:
    """The tolerance of an answer; of a number in a unit of its own in that unit."""
    if asked.name == "outputs":
        return tolerance_in_unit(answer, span, abs(scaling_of(place, asked.index)[1]))
    return tolerance_of(answer, span)


def _subject(place: Place, asked: Quantity) -> str:
    if asked.unit is not None:
        return capitalised(place.unit_in_lane(asked.index))
    return {"x": "The input", "attention": "The attention"}.get(asked.name, "The output nodes")


def draw(place: Place, source: random.Random) -> str | None:
    """Any number of any unit; those that can't be computed by hand are refused when they are made."""
    name = source.choice(names_of(place.model))
    if name in OF_LABELS:
        size = place.model.output_size if name != "logits" else place.model.output.nodes(place.model.output_size)
    elif name == "attention":
        size = place.position.t + 1
    else:
        size = place.model.input_size if name == "x" else place.model.hidden_size
    whole = f" {WHOLE}" if source.random() < 0.5 else ""
    text = f"{name}[{source.randrange(size) + 1}]"
    if name.startswith("hh") and quantity_of(text, place).at.t == words_of(place.trace.order, place.model.at_floor)[0]:
        return None  # nothing is remembered yet, so nothing is multiplied
    return f"value {text}{whole}"


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The numbers of the phase that comes next, of the unit that is shown."""
    for name in coming(place):
        yield 2, f"value {name}[{1 if name in (*OF_LABELS, *OF_OTHERS) else place.unit + 1}]"


KIND = Kind(
    "value",
    (4, 5),
    "value h[3]",
    "how much is a number, computed by hand: h, pre_activation, ih, hh, a gate, logits, context and more; with “whole” "
    "behind it from the weights",
    make,
    draw,
    suggest,
    numbers=True,
)
