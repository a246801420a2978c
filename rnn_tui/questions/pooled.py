"""The mean or the largest of a unit's memories so far, by hand."""

from __future__ import annotations

from collections.abc import Iterator

from rnn_tui.questions.numbers import SIGN, Span, as_given, exactly
from rnn_tui.questions.place import CannotAskError, Place
from rnn_tui.questions.quantity import Quantity, beside
from rnn_tui.questions.question import Slip
from rnn_tui.questions.sums import MOST_TERMS
from rnn_tui.questions.working import Working
from rnn_tui.rounding import as_shown, sign_of
from rnn_tui.text import equated, operand, unsigned


def pooled(place: Place, asked: Quantity) -> Working:
    """The way to a number that a readout takes of all memories so far."""
    h, count = place.trace.met[: asked.at.t + 1], asked.at.t + 1
    if count > MOST_TERMS:
        raise CannotAskError(f"it is made of {count} memories, more than the {MOST_TERMS} that are asked for by hand")
    values = [as_shown(float(value)) for value in h[:, asked.index]]
    total = asked.in_trace(place.trace)
    as_given(*values, total)
    mean = place.model.readout.kind == "mean"
    numbers = f"({', '.join(map(unsigned, values))})"
    if mean:
        computed, left = sum(values) / count, f"({' + '.join(map(operand, values))}) / {count}"
    else:
        computed, left = max(values), f"The largest of {numbers}"
    return Working(
        given=f"its memory after each {place.counted} so far is {numbers}",
        todo="the average of them" if mean else "the largest of them",
        notation="context = (h_1 + … + h_t) / t" if mean else "context = max(h_1, …, h_t)",
        span=Span(*exactly(computed)).rounded() if mean and count > 1 else exactly(computed),
        why=equated(left, sign_of(total, computed), total) if mean else f"{left} is {unsigned(total)}",
        slips=tuple(_slips(place, asked, values, computed, mean=mean)),
        level=4,
    )


def _slips(place: Place, asked: Quantity, values: list[float], computed: float, *, mean: bool) -> Iterator[Slip]:
    unit = place.counted
    yield Slip("time", values[-1], f"That is the memory after the last {unit} alone.")
    if mean:
        yield Slip("share", sum(values), f"That is the sum: it has still to be divided by {len(values)}.")
        yield Slip("part", sum(values[:-1]) / len(values), f"The memory after the last {unit} is missing.")
    else:
        furthest = max(values, key=abs)
        yield Slip("sign", furthest, "That is the furthest from 0: a negative number is less than any positive one.")
        yield Slip("share", sum(values) / len(values), "That is the average, not the largest.")
        yield Slip("sign", min(values), "That is the smallest of them, not the largest.")
    yield Slip("sign", -computed, SIGN)
    context = place.trace[asked.at.t]["context"]
    for other in beside(asked.index, place.model.hidden_size):
        said = f"That is the number of {place.unit_name(other)}, which stands in another row."
        yield Slip("row", as_shown(float(context[other])), said)
