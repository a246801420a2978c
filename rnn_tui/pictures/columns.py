"""The columns of a table in which a row is a hidden unit."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

from rnn_tui import text
from rnn_tui.network.arrays import Array
from rnn_tui.pictures.bars import BRIGHT
from rnn_tui.pictures.view import View
from rnn_tui.rounding import as_shown, sign_of

Kind = Literal["name", "heat", "bar", "gate", "number", "share", "glyph"]

Part = tuple[Array, str]
"""A part of a sum, (hidden_size,), and its shade."""


@dataclass(frozen=True)
class Column:
    """One column of a phase's table.

    `values` are (hidden_size,), or (hidden_size, n) for heat cells, whose `vector` (n,) or `words` stand above them,
    with a mark at the word `marked`. A bar shows its `parts`, and grows from `start`, or from the first of them, when
    it appears. `scale` reaches the edge. `ghost` is what the values were before an edit, in the same shape. A glyph may
    be another one for each unit: `sign`.

    `least` to `most` cells wide. Where there is no room, the columns with the highest `spare` go first, all together;
    one that stands `instead` of some that may go is drawn where they have gone. Those that stand elsewhere, too, go as
    well where another column has not as many cells as are `wished`.
    """

    kind: Kind
    head: str = ""
    values: Array | None = None
    parts: Sequence[Part] = ()
    start: Array | None = None
    ghost: Array | None = None
    vector: Array | None = None
    vector_scale: float = 1.0
    words: Sequence[str] = ()
    marked: int | None = None
    sign: Callable[[int], str] | None = None
    scale: float = 1.0
    least: int = 0
    wished: int = 0
    most: int = 0
    spare: int = 0
    instead: int = 0
    of: int = 0  # how many heat cells the whole row has
    value: str = ""  # the name of the value in figures, where it can be held
    timeless: bool = False  # drawn before the phase has been reached: weights are always there

    @property
    def pace(self) -> int:
        """Return how fast it grows: bars, and words, are what is seen from the back of the room."""
        return 3 if self.kind in ("bar", "gate") or self.words else 1


SHARE_WIDTH = 4
LEAST_BAR, LEAST_GATE = 5, 4
LONG_BAR, LONGEST_BAR = 41, 141
"""The most cells of a bar, and of one that stands alone in its panel: odd numbers, for the line in the middle."""


def name_column(view: View, spare: int = 0) -> Column:
    """The unit's name with the mark of the picked one in front."""
    wide = view.label_width + 1
    head = "" if view.model.unit_names else " #"
    return Column("name", head, least=min(wide, 8), most=wide, spare=spare, timeless=True)


def number(values: Array, head: str, largest: float, spare: int = 0, value: str = "") -> Column:
    """A value in figures, with room for the largest of the sentence; `value` is its name, where it can be held."""
    width = max(len(text.number(-largest)), len(text.number(-1)), cell_len(head))
    return Column("number", head, values, least=width, most=width, spare=spare, value=value)


def share(values: Array, head: str = "", spare: int = 0, value: str = "") -> Column:
    """A share in per cent; `value` is its name, where it can be held."""
    width = max(SHARE_WIDTH, cell_len(head))
    return Column("share", head, values, least=width, most=width, spare=spare, value=value)


def bar(
    values: Array,
    scale: float,
    head: str = "",
    *,
    parts: Sequence[Part] = (),
    start: Array | None = None,
    ghost: Array | None = None,
    spare: int = 0,
    wished: int = 0,
    most: int = LONG_BAR,
) -> Column:
    """A signed bar, in one piece or in its parts."""
    shown = tuple(parts) or ((values, BRIGHT),)
    least = max(LEAST_BAR, cell_len(head))
    return Column(
        "bar", head, values, shown, start, ghost, scale=scale, least=least, wished=wished, most=most, spare=spare
    )


def gate(values: Array, head: str, ghost: Array | None, least: int = 0) -> Column:
    """A bar from 0 (closed) to 1 (open)."""
    return Column("gate", head, values, ghost=ghost, least=max(LEAST_GATE, cell_len(head), least), most=16)


def glyph(shown: str, spare: int = 0, instead: int = 0) -> Column:
    """A sign between two columns."""
    return Column("glyph", shown, least=len(shown), most=len(shown), spare=spare, instead=instead)


def equals(sign: Callable[[int], str], spare: int = 0) -> Column:
    """The sign before the result of an equation, = or ≈, for each unit its own."""
    return Column("glyph", sign=sign, least=1, most=1, spare=spare)


def sum_sign(parts: Sequence[Array], total: Array) -> Callable[[int], str]:
    """Tell of a unit whether the parts of a sum, as they are shown, give the total as it is shown."""

    def sign(unit: int) -> str:
        return _sign(float(total[unit]), sum(as_shown(float(part[unit])) for part in parts))

    return sign


def product_sign(first: Array, second: Array, product: Array) -> Callable[[int], str]:
    """Tell of a unit whether two factors, as they are shown, give the product as it is shown."""

    def sign(unit: int) -> str:
        return _sign(float(product[unit]), as_shown(float(first[unit])) * as_shown(float(second[unit])))

    return sign


def _sign(result: float, from_shown: float) -> str:
    """The sign before a result; none before what is no number, which nothing equals."""
    return " " if math.isnan(result) else sign_of(result, from_shown)
