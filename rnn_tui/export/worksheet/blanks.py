"""The numbers of a walk that a student fills in, by level, so that none of them can be read off elsewhere.

1 copies, 2 and 3 are no numbers (directions and answers), 4 is one operation whose parts are given, 5 a whole unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from random import Random

from rnn_tui.export.worksheet.columns import CARRIED, INPUT, MADE, MEMORY, Column
from rnn_tui.export.worksheet.hand import Excerpt, Slot, tolerance_at, worked
from rnn_tui.export.worksheet.sheet import Levels

COPY, DIRECTION, ANSWER, OPERATION, WHOLE = LEVELS = (1, 2, 3, 4, 5)
MOST_SUMS = 2
"""The most units of a word whose sums of several products are asked."""


def words_to_ask(length: int) -> Iterator[tuple[int, ...]]:
    """The timesteps at which something may be asked: all but the first, which shows how it is done; then ever fewer.

    They lie evenly over the sentence, and the last is always one of them.
    """
    if length == 1:
        yield (0,)
    for count in range(length - 1, 0, -1):
        yield tuple(length - 1 - nth * (length - 1) // count for nth in reversed(range(count)))


def chosen(excerpt: Excerpt, levels: Levels, random: Random) -> dict[Slot, int]:
    """The slots of the blanks, each with its level."""
    wanted = dict(_wanted(excerpt, levels, random))
    refused = {slot for slot in excerpt.numbers if excerpt.is_held(slot)}
    keys = [column.key for column in excerpt.columns]
    while True:
        blanks = _linked(excerpt, {slot: level for slot, level in wanted.items() if slot not in refused}, refused)
        worse = [slot for slot, off in tolerances(excerpt, blanks).items() if math.isinf(off)]
        if not worse:
            return blanks
        # Those that come first: what is computed from them may be asked when they are given.
        first = min(worse, key=lambda slot: (excerpt.words.index(slot[0]), keys.index(slot[2])))
        refused |= {slot for slot in worse if (slot[0], slot[2]) == (first[0], first[2])}


def tolerances(excerpt: Excerpt, blanks: Mapping[Slot, int]) -> dict[Slot, float]:
    """The tolerance of the answer in each blank; ∞ where it can't be asked."""
    have = worked(excerpt, blanks)
    return {slot: tolerance_at(excerpt.true(slot), have[slot]) for slot in blanks}


def _wanted(excerpt: Excerpt, levels: Levels, random: Random) -> Iterator[tuple[Slot, int]]:
    """The slots that the levels ask for."""
    words = excerpt.asked
    numbers = [level for level in (OPERATION, WHOLE) if level in levels]
    for count, t in enumerate(words):
        hard = numbers[min(count * len(numbers) // len(words), len(numbers) - 1)] if numbers else 0
        sums = set(random.sample(excerpt.units, min(MOST_SUMS, len(excerpt.units))))
        for unit in excerpt.units:
            easy = OPERATION if OPERATION in levels else 0
            level = easy if hard == WHOLE and _heavy(excerpt, t, unit) and unit not in sums else hard
            yield from _row(excerpt, t, unit, level, levels, random)


def _row(excerpt: Excerpt, t: int, unit: int, level: int, levels: Levels, random: Random) -> Iterator[tuple[Slot, int]]:
    """The blanks of a unit at a word."""
    single = [column for column in excerpt.columns if _is_one_operation(excerpt, t, unit, column)]
    picked = random.choice(single) if single else None
    carried = excerpt.carries and (random.random() < 0.5 or levels == (COPY,))
    if level == WHOLE:
        for column in excerpt.columns:
            if column.kind in (MEMORY, MADE) or (column.kind == INPUT and excerpt.reads_few):
                yield (t, unit, column.key), WHOLE
    elif level == OPERATION and picked is not None:
        yield (t, unit, picked.key), OPERATION
    if COPY not in levels:
        return
    for column in excerpt.columns:
        if column.kind == CARRIED and excerpt.before(t) is not None and carried:
            yield (t, unit, column.key), COPY
        if (
            column.kind == INPUT
            and level != WHOLE
            and (picked is None or not level)
            and _is_copy(excerpt, unit, column)
        ):
            yield (t, unit, column.key), COPY


def _is_one_operation(excerpt: Excerpt, t: int, unit: int, column: Column) -> bool:
    """True where a column takes one operation on numbers that are printed."""
    if column.kind == MADE:
        return column.operations == 1
    if column.kind == MEMORY:
        return (
            excerpt.whole
            and excerpt.before(t) is not None
            and _products(excerpt, t, unit, column) + (excerpt.bias(unit, column) != 0) == 1
        )
    if column.kind != INPUT or not excerpt.reads_few:
        return False
    if excerpt.one_hot:
        return excerpt.bias(unit, column) != 0
    products = sum(weight * x != 0 for weight, x in excerpt.input_terms(t, unit, column))
    return products + (excerpt.bias(unit, column) != 0) == 1


def _is_copy(excerpt: Excerpt, unit: int, column: Column) -> bool:
    """True where the products of the input are one number of a printed table."""
    return excerpt.one_hot and excerpt.bias(unit, column) == 0


def _heavy(excerpt: Excerpt, t: int, unit: int) -> bool:
    """True where a unit's memory takes more than one product."""
    return any(column.kind == MEMORY and _products(excerpt, t, unit, column) > 1 for column in excerpt.columns)


def _products(excerpt: Excerpt, t: int, unit: int, column: Column) -> int:
    return sum(weight != 0 for weight, _ in excerpt.memory_terms(t, unit, column))


def _linked(excerpt: Excerpt, blanks: dict[Slot, int], refused: set[Slot]) -> dict[Slot, int]:
    """The blanks, and those slots where the answer in one of them would stand a second time.

    What a word leaves behind is what the next one begins with; and where the memory gives it on unchanged, that too.
    """
    linked = dict(blanks)
    for t in excerpt.words[1:]:
        for column in excerpt.columns:
            for unit in excerpt.units:
                slot = (t, unit, column.key)
                if slot not in linked and slot not in refused and _repeats(excerpt, slot, linked):
                    linked[slot] = COPY
    words = excerpt.words
    return dict(sorted(linked.items(), key=lambda item: (words.index(item[0][0]), excerpt.units.index(item[0][1]))))


def _repeats(excerpt: Excerpt, slot: Slot, blanks: Mapping[Slot, int]) -> bool:
    """True where the number in a slot is that of a blank of the word before."""
    t, unit, key = slot
    column, before = excerpt.column(key), excerpt.before(t)
    assert before is not None
    if column.kind == CARRIED:
        return (before, unit, column.name) in blanks
    if column.kind != MEMORY or not excerpt.whole or excerpt.bias(unit, column) != 0:
        return False
    terms = [(weight, j) for weight, j in excerpt.memory_terms(t, unit, column) if weight]
    return len(terms) == 1 and abs(terms[0][0]) == 1 and (before, terms[0][1], "h") in blanks
