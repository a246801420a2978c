"""The lines that both formats of a worksheet and of its answer key share."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rnn_tui.export.worksheet.sheet import Blank, Sheet
from rnn_tui.text import number, quantity, unsigned

LEVELS = {
    1: "copying",
    2: "up, down or same",
    3: "the answer",
    4: "one operation",
    5: "a whole unit",
}
"""The levels by number, each in words."""


def heading(sheet: Sheet) -> str:
    """The name of a sheet: "Sheet 3 of 30, seed 0"."""
    count = f"Sheet {sheet.number} of {sheet.of}" if sheet.of > 1 else "Worksheet"
    return f"{count}, seed {sheet.seed}"


def levels_said(sheet: Sheet) -> str:
    """The levels of the blanks in words."""
    listed = ", ".join(f"{level} {LEVELS[level]}" for level in sheet.levels)
    return f"Level{'s' if len(sheet.levels) > 1 else ''}: {listed}. {sheet.varied}".rstrip()


def accepted(blank: Blank) -> str:
    """The answer, and what else is right: "+0.61 ± 0.02", "= or ↓"."""
    if blank.tolerance is not None and blank.amount:
        return f"{blank.answer} ± {quantity(blank.tolerance)}"
    if blank.tolerance is not None:
        return f"{blank.answer} ± {unsigned(blank.tolerance)}"
    return " or ".join((blank.answer, *blank.also))


def slips_said(blank: Blank) -> tuple[str, ...]:
    """The usual slips: "+0.85: the squash is missing"."""
    write = quantity if blank.amount else number
    return tuple(slip.said if math.isnan(slip.value) else f"{write(slip.value)}: {slip.said}" for slip in blank.slips)


def key_lines(sheet: Sheet) -> Iterator[tuple[Blank, ...]]:
    """The blanks of each line of the key: words and signs that are asked and answered alike share one."""
    lines: dict[tuple[object, ...], list[Blank]] = {}
    asked = (blank for table in (*sheet.walks, sheet.check) for blank in table.blanks())
    for blank in asked:
        own = blank.number if blank.value is not None else 0
        lines.setdefault((own, blank.asks, accepted(blank), slips_said(blank)), []).append(blank)
    return map(tuple, lines.values())


def numbers_of(blanks: tuple[Blank, ...]) -> str:
    """The numbers of some blanks: "3, 5, 12"."""
    return ", ".join(str(blank.number) for blank in blanks)
