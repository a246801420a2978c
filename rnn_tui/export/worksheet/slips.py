"""The usual slips: what somebody gets who makes one of them, so that a wrong answer says what went wrong.

Those with a sum or an equation are practice's own (`questions.sum_slips`, `questions.expression_slips`); here are those
that only paper has: with what is copied, with a bias that is carried on, and with a sum of which a part is printed.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping

from rnn_tui.export.worksheet.columns import CARRIED, INPUT, MEMORY, Column
from rnn_tui.export.worksheet.hand import Excerpt, Slot, in_row
from rnn_tui.export.worksheet.sheet import WrongAnswer
from rnn_tui.network.cells.expressions import Value
from rnn_tui.questions.expression_slips import changes, slips_of_expression
from rnn_tui.questions.numbers import SIGN
from rnn_tui.questions.place import Place
from rnn_tui.questions.quantity import Quantity
from rnn_tui.questions.sum_slips import slips_of_sum
from rnn_tui.questions.sums import products_of
from rnn_tui.questions.workings import sum_of
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.text import LONGEST_WORD, clipped

OR = ", or "
"""Between two slips that make the same number; more than two are not told."""
LIKELY = (
    "bias",
    "squash",
    "time",
    "direction",
    "layer",
    "rest",
    "part",
    "gate",
    "elementwise",
    "column",
    "sign",
    "row",
)
"""The names of the slips, the likeliest first."""
MOST_SLIPS = 3
"""The most slips that are listed of one answer."""


def slips_of(
    excerpt: Excerpt, slot: Slot, answer: float, tolerance: float, blanks: Container[Slot]
) -> tuple[WrongAnswer, ...]:
    """The wrong answers that the usual slips make in a slot, the likeliest first.

    Nobody forgets the bias of a sum that is no blank, but given.
    """
    return kept(_slips(excerpt, slot, excerpt.given, blanks), answer, tolerance)


def kept(slips: Iterable[WrongAnswer], answer: float, tolerance: float) -> tuple[WrongAnswer, ...]:
    """The likeliest few slips that make another number than the answer, rounded: one of each name.

    Where two of different names make the same number, both are told of it.
    """
    found: dict[float, WrongAnswer] = {}
    names = set()
    for slip in sorted(slips, key=lambda one: LIKELY.index(one.name) if one.name in LIKELY else len(LIKELY)):
        value = round(slip.value, 2) + 0.0 if math.isfinite(slip.value) else slip.value
        if not math.isfinite(value) or abs(value - answer) <= tolerance + 1e-9 or slip.name in names:
            continue
        known = found.get(value)
        if known is None:
            found[value] = WrongAnswer(slip.name, value, slip.said)
        elif OR not in known.said and slip.said != known.said:
            found[value] = WrongAnswer(known.name, value, f"{known.said}{OR}{slip.said}")
        names.add(slip.name)
    return tuple(found.values())[:MOST_SLIPS]


def _slips(excerpt: Excerpt, slot: Slot, have: Mapping[Slot, float], blanks: Container[Slot]) -> Iterator[WrongAnswer]:
    column = excerpt.column(slot[2])
    if column.kind == CARRIED:
        yield from _of_carried(excerpt, slot, have)
    elif column.kind == MEMORY and not excerpt.whole:
        yield from _of_part(excerpt, slot, have)
    elif column.kind in (INPUT, MEMORY):
        for slip in of_sum(excerpt, _quantity(excerpt, column, slot)):
            if slip.name != "product" or not excerpt.one_hot or column.kind != INPUT:
                yield slip  # what a word brings is looked up on paper, so nobody adds in place of multiplying
    else:
        yield from _without_bias(excerpt, slot, in_row(excerpt, slot, have), blanks)
        yield from _of_made(excerpt, slot, in_row(excerpt, slot, have))


def of_sum(excerpt: Excerpt, asked: Quantity) -> Iterator[WrongAnswer]:
    """The slips with a sum of products, as in practice."""
    place = _place(excerpt)
    place = place.on(asked.at.floor)
    found = sum_of(place, asked)
    if found is not None:
        for slip in slips_of_sum(place, asked, products_of(place, asked, found)):
            yield wrong(slip.name, slip.value, slip.said)


def wrong(name: str, value: float, said: str) -> WrongAnswer:
    """The wrong answer of a slip, said as it stands behind a number in the key: up to the colon, in small letters."""
    return WrongAnswer(name, value, f"{said[:1].lower()}{said[1:]}".partition(":")[0].rstrip("."))


def _place(excerpt: Excerpt) -> Place:
    return Place(Scene(Reading(excerpt.trace.model.name, "")), excerpt.trace, floor=excerpt.trace.model.at_floor)


def _quantity(excerpt: Excerpt, column: Column, slot: Slot) -> Quantity:
    """The number of a slot as it is asked for in practice; only its timestep counts of its position."""
    letter = column.gate.letter if column.gate and column.kind in (INPUT, MEMORY) else ""
    return Quantity(column.name, letter, slot[1], Position(slot[0], 0, excerpt.trace.model.at_floor))


def _of_carried(excerpt: Excerpt, slot: Slot, have: Mapping[Slot, float]) -> Iterator[WrongAnswer]:
    t, unit, key = slot
    column = excerpt.column(key)
    called, before = column.words.removesuffix(" before"), excerpt.before(t)
    assert before is not None
    yield WrongAnswer("time", have[t, unit, column.name], f"that is the {called} after")
    for other in excerpt.units:
        if other != unit:
            yield WrongAnswer("row", have[before, other, column.name], f"that is the row of {_name(excerpt, other)}")


def _of_part(excerpt: Excerpt, slot: Slot, have: Mapping[Slot, float]) -> Iterator[WrongAnswer]:
    """The slips with the products of the units that are shown, where what the others give is printed."""
    t, unit, key = slot
    column, at = excerpt.column(key), excerpt.trace[t]
    bias, rest = excerpt.bias(unit, column), excerpt.rest(t, unit, column)

    def total(row: int, name: str) -> float:
        return sum(weight * float(at[name][j]) for weight, j in excerpt.memory_terms(t, row, column))

    yield WrongAnswer("rest", total(unit, "h_prev") + bias, "the other units are missing")
    if bias:
        yield WrongAnswer("bias", total(unit, "h_prev") + rest, "the bias is missing")
    said = f"that takes the memory after this {excerpt.trace.model.tokenizer.unit}, not before it"
    yield WrongAnswer("time", total(unit, "h") + bias + rest, said)
    for other in excerpt.units:
        if other != unit:
            yield WrongAnswer(
                "row", total(other, "h_prev") + bias + rest, f"that is the row of {_name(excerpt, other)}"
            )


def _of_made(excerpt: Excerpt, slot: Slot, row: Mapping[str, float]) -> Iterator[WrongAnswer]:
    column, model = excerpt.column(slot[2]), excerpt.trace.model
    assert column.expression is not None

    def look(value: Value) -> float:
        return row[value.symbol]

    if column.name:
        slips = slips_of_expression(_place(excerpt), _quantity(excerpt, column, slot), column.expression)
        yield from (wrong(slip.name, slip.value, slip.said) for slip in slips)
        return
    for changed in changes(model, column.expression):
        yield wrong(changed.name, float(changed.expression.evaluate(look)), changed.said)
    yield wrong("sign", -float(column.expression.evaluate(look)), SIGN)


def _without_bias(
    excerpt: Excerpt, slot: Slot, row: Mapping[str, float], blanks: Container[Slot]
) -> Iterator[WrongAnswer]:
    """The number that comes out where the sums before that are blanks lack their biases."""
    t, unit, key = slot
    lacking = dict(row)
    for column in excerpt.columns:
        if column.key == key:
            assert column.expression is not None
            if lacking != row:
                value = column.expression.evaluate(lambda value: lacking[value.symbol])
                yield WrongAnswer("bias", float(value), "the bias is missing")
            return
        if (t, unit, column.key) not in blanks:
            continue
        if column.kind == MEMORY or (column.kind == INPUT and excerpt.reads_few):
            lacking[column.key] -= excerpt.bias(unit, column)
        elif column.expression is not None:
            lacking[column.key] = float(column.expression.evaluate(lambda value: lacking[value.symbol]))


def _name(excerpt: Excerpt, unit: int) -> str:
    return clipped(excerpt.trace.model.unit_name(unit), LONGEST_WORD)
