"""Heat cells: a value as the colour of a cell, its sign as a glyph, too."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.arrays import Array
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.text import NO_NUMBER

CHANGED = Style(underline=True, bold=True)
ZERO_BELOW = 0.02
"""Share of the scale below which a cell is drawn as nothing."""


def level(value: float, scale: float, steps: int) -> int:
    """The step of a ramp, 0 … steps − 1, that |value| falls into; `scale` is the |value| of the last step."""
    return min(steps - 1, int(min(1.0, abs(value) / scale) * steps))


def heat_style(value: float, scale: float, palette: Palette) -> Style:
    """The style of a heat cell."""
    if not (math.isfinite(value) and math.isfinite(scale)) or abs(value) < scale * ZERO_BELOW:
        return palette.faint
    ramp = palette.positive_ramp if value > 0 else palette.negative_ramp
    return ramp[level(value, scale, len(ramp))]


def sign_glyph(value: float, scale: float) -> str:
    """+, − or · : the sign of a cell for eyes and terminals without colour; ∞ whichever its sign, "?" for NaN."""
    if math.isnan(value):
        return NO_NUMBER
    if math.isinf(value):
        return "∞"
    if abs(value) < scale * ZERO_BELOW:
        return "·"
    return "+" if value > 0 else "−"


def heat_row(
    values: Sequence[float] | Array,
    scale: float,
    palette: Palette,
    cell: int = 1,
    *,
    gap: bool = False,
    before: Sequence[float] | Array | None = None,
) -> Row:
    """One heat cell of `cell` columns a value, the last of them empty if there is to be a `gap`.

    Where a value was another one `before` an edit, its cell is underlined.
    """
    row: Row = []
    for value, old in zip(map(float, values), values if before is None else before, strict=True):
        style = heat_style(value, scale, palette)
        row.append(
            Segment(sign_glyph(value, scale).center(cell - gap), style if value == float(old) else style + CHANGED)
        )
        if gap:
            row.append(Segment(" "))
    return row
