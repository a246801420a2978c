"""The walk of a worksheet: a table with a row for each unit at each word."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from rnn_tui.export.worksheet.blanks import COPY, DIRECTION, tolerances
from rnn_tui.export.worksheet.hand import Excerpt, Slot
from rnn_tui.export.worksheet.sheet import Blank, Cell, Head, Levels, Table, WrongAnswer
from rnn_tui.export.worksheet.slips import slips_of
from rnn_tui.text import LONGEST_WORD, clipped, number

SAME = 0.05
"""The change of a value below which it counts as the same."""
UP, DOWN, LEVEL = "↑", "↓", "="
OTHERS = "others"
"""The key of the column in which the units that are not shown have their part."""
LONGEST_TIMESTEP = 60
"""The most characters of a timestep of numbers, which are read one by one."""


def walk_table(excerpt: Excerpt, asked: Mapping[Slot, int], levels: Levels, first: int = 1) -> Table:
    """The walk of a lane with its blanks, which are numbered as they are read, from `first` on."""
    rows = _Rows(excerpt, asked, levels, first)
    token = excerpt.trace.model.tokenizer.unit
    groups = tuple(rows.word(t) for t in excerpt.words)
    lane = f"The walk in {excerpt.lane}" if excerpt.lane else "The walk"
    from_end = f", from the last {token} on" if excerpt.trace.model.floor.backward else ""
    return Table(f"{lane}, {token} by {token}{from_end}", rows.heads(), groups)


class _Rows:
    """The rows of the walk, which number their blanks as they are made."""

    def __init__(self, excerpt: Excerpt, asked: Mapping[Slot, int], levels: Levels, first: int) -> None:
        self.excerpt, self.asked, self.levels = excerpt, asked, levels
        self.tolerances = tolerances(excerpt, asked)
        self.count = first - 1

    def heads(self) -> tuple[Head, ...]:
        """The heads of the columns."""
        token = self.excerpt.trace.model.tokenizer.unit
        heads = [Head(f"{token}"), Head("unit")]
        for column in self.excerpt.columns:
            if has_others(self.excerpt, column.kind):
                heads.append(Head("from the other units"))
            heads.append(Head(column.words, column.symbol))
        return (*heads, *([Head("up, down or same?")] if DIRECTION in self.levels else []))

    def word(self, t: int) -> tuple[tuple[Cell, ...], ...]:
        """The rows of a word, a unit each, the word in front of the first."""
        first = self._token(t)
        rows = [tuple(self._row(t, unit)) for unit in self.excerpt.units]
        return ((first, *rows[0]), *rows[1:])

    def _token(self, t: int) -> Cell:
        token, span = self.excerpt.trace.tokens[t], len(self.excerpt.units)
        longest = LONGEST_TIMESTEP if token.values else LONGEST_WORD
        text = clipped(token.surface, longest)
        every = self.levels == (COPY,)
        asked = COPY in self.levels and t in self.excerpt.asked and (every or t % 2 == 1)
        if not asked:
            return Cell(f"{t + 1} {text}", heading=True, span=span)
        kind = self.excerpt.trace.model.tokenizer.unit
        read = clipped(token.text, longest)
        also = () if read == text else (read,)
        blank = Blank(self._next(), COPY, f"{kind} {t + 1}", f"the {kind}", text, also=also, path=f"steps[{t}].token")
        return Cell(f"{kind} {t + 1}", blank, heading=True, span=span)

    def _row(self, t: int, unit: int) -> Iterator[Cell]:
        yield Cell(clipped(self.excerpt.trace.model.unit_name(unit), LONGEST_WORD), heading=True)
        for column in self.excerpt.columns:
            if has_others(self.excerpt, column.kind):
                yield Cell(number(self.excerpt.rest(t, unit, column)))
            slot = (t, unit, column.key)
            true = self.excerpt.true(slot)
            yield Cell("", self._blank(slot, true)) if slot in self.asked else Cell(number(true))
        if DIRECTION in self.levels:
            yield self._direction(t, unit)

    def _blank(self, slot: Slot, true: float) -> Blank:
        t, unit, key = slot
        column, off = self.excerpt.column(key), self.tolerances[slot]
        return Blank(
            self._next(),
            self.asked[slot],
            self._where(t, unit),
            column.words,
            number(true),
            true,
            off,
            slips=slips_of(self.excerpt, slot, true, off, self.asked),
            path=column.path(self.excerpt.trace, t, unit),
        )

    def _direction(self, t: int, unit: int) -> Cell:
        change = float(self.excerpt.trace[t].h[unit]) - float(self.excerpt.trace.before(t)["h"][unit])
        answer = direction(change)
        if t not in self.excerpt.asked:
            return Cell(answer)
        off = max(self.tolerances.get((t, unit, key), 0.01) for key in ("h", "h_prev"))
        also = tuple({direction(change - off), direction(change + off)} - {answer})
        slips = _turned(answer, float(self.excerpt.trace[t].h[unit]) < 0)
        where = self._where(t, unit)
        return Cell("", Blank(self._next(), DIRECTION, where, "up, down or same", answer, also=also, slips=slips))

    def _where(self, t: int, unit: int) -> str:
        """A unit at a word, as the key names it."""
        model = self.excerpt.trace.model
        word = clipped(self.excerpt.trace.tokens[t].surface, LONGEST_WORD)
        lane = f", {self.excerpt.lane}" if self.excerpt.lane else ""
        return f"{model.tokenizer.unit} {t + 1} “{word}”, {clipped(model.unit_name(unit), LONGEST_WORD)}{lane}"

    def _next(self) -> int:
        self.count += 1
        return self.count


def _turned(answer: str, negative: bool) -> tuple[WrongAnswer, ...]:  # noqa: FBT001
    """The slip that makes the opposite of a direction."""
    if answer == LEVEL:
        return ()
    said = "compared the sizes without their signs" if negative else "compared the wrong way round"
    return (WrongAnswer("sign", math.nan, f"{DOWN if answer == UP else UP}: {said}"),)


def direction(change: float) -> str:
    """The sign of a change, as it is written on a sheet."""
    return LEVEL if abs(change) < SAME else UP if change > 0 else DOWN


def has_others(excerpt: Excerpt, kind: str) -> bool:
    """True where the units that are not shown have a column of their own before one of that kind."""
    return kind == "memory" and not excerpt.whole
