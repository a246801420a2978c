"""The question whether a number will be positive, negative or about zero."""

from __future__ import annotations

import random
from collections.abc import Iterable

from rnn_tui.questions.place import CannotAskError, Kind, Place, capitalised, check_finite
from rnn_tui.questions.quantity import OF_LABELS, Quantity, coming, names_of, quantity_of
from rnn_tui.questions.question import Question
from rnn_tui.questions.wording import is_share, result_in_words
from rnn_tui.questions.workings import equation_of
from rnn_tui.rounding import as_shown
from rnn_tui.text import number

ZERO = 0.05
CHOICES = ("positive", "negative", "about zero")


def make(place: Place) -> Question:
    """Ask for the sign of a number."""
    place.no_more("sign", 1)
    asked = quantity_of(place.arguments[0] if place.arguments else f"h[{place.unit + 1}]", place)
    place = place.on(asked.at.floor)
    if asked.name == "outputs":
        raise CannotAskError(f"{asked.text} is a number in a unit of its own; ask for “higher” or “number”")
    if is_share(place.model, asked.name):
        raise CannotAskError(f"{asked.text} runs from 0 to 1 and is never negative; ask for another number")
    value = asked.in_trace(place.trace)
    check_finite(value)
    answer = _sign(value)
    if answer != _sign(as_shown(value)):
        raise CannotAskError(f"{asked.text} is almost exactly {ZERO} from 0, too close to call; ask for another unit")
    return place.question(
        "sign",
        2,
        f"sign {asked.text}",
        ask=f"{_subject(place, asked)} at {place.word(asked.at.t)}: will {_called(place, asked)} be positive, negative "
        f"or about zero? What is less than {ZERO} from 0 is “about zero”.",
        answer=answer,
        choices=CHOICES,
        why=f"{equation_of(place, asked)} It is {number(value)}, so {answer}.".strip(),
        reveals=asked.at,
        target=asked.target(place.model),
        unit=asked.unit,
    )


def _subject(place: Place, asked: Quantity) -> str:
    if asked.unit is None:
        return "The output nodes" if asked.name in OF_LABELS else "The input"
    return capitalised(place.unit_in_lane(asked.index))


def _called(place: Place, asked: Quantity) -> str:
    if asked.name == "logits":
        return f"the score of {asked.label(place.model)}"
    if asked.name == "x":
        return f"number {asked.index + 1} of the input"
    gate = next((f" for {gate.called}" for gate in place.model.cell.gates if gate.letter == asked.gate), "")
    biased = " with its bias" if place.model.cell.bias_hh.any() else ""
    brought = "and its bias bring" if place.model.cell.bias_ih.any() else "brings"
    below = place.model.floor.layer
    sums = {
        "ih": f"what {f'layer {below}' if below else f'the {place.counted}'} {brought}{gate}",
        "hh": f"what the memory{biased} brings{gate}",
    }
    return sums.get(asked.name) or result_in_words(place, asked)


def _sign(value: float) -> str:
    return CHOICES[2] if abs(value) < ZERO else CHOICES[0] if value > 0 else CHOICES[1]


def draw(place: Place, source: random.Random) -> str | None:
    """Any number of a unit that can be negative, or of a label."""
    names = [name for name in names_of(place.model) if name != "x" and not is_share(place.model, name)]
    name = source.choice(names)
    size = place.model.output.nodes(place.model.output_size) if name in OF_LABELS else place.model.hidden_size
    return f"sign {name}[{source.randrange(size) + 1}]"


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """The sign of what the word brings, first of all where that comes next, and of the memory."""
    if "ih" in coming(place):
        yield 0, f"sign ih[{place.unit + 1}]"
    yield 3, f"sign h[{place.unit + 1}]"


KIND = Kind("sign", (2,), "sign ih[3]", "will a number be positive, negative or about zero?", make, draw, suggest)
