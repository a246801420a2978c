"""Numbers as answers: each on its scale in its own unit, beside the true one where that is known."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.expected import reach, true_next, unit_of
from rnn_tui.network.model import Model
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import MINUS, printable, quantity

ANSWER, TRUE, BOTH, BEFORE = "●", "○", "◉", "╎"
LINE, LEFT, RIGHT = "─", "├", "┤"
ROWS = 4
"""The rows in which one number stands with all that is known of it: itself, its scale, the ends of that, the truth."""
LEAST_BAR = 5
"""The cells that a scale has at least; where there are fewer, there is none."""


def rows_of(model: Model) -> int:
    """The rows that the answer of a network fills where there is room: one a label, and more of one number."""
    return ROWS if model.output.is_number and model.output_size == 1 else model.output_size


def amounts(view: View, answered: int, width: int, height: int, palette: Palette) -> list[Row]:
    """The numbers that are the answer after the timestep `answered`, in at most `height` rows; more are counted."""
    count = view.model.output_size
    if count == 1 and height > 1:
        return _alone(view, answered, width, height, palette)
    shown = count if count <= height else max(1, height - 1)
    rows = [_in_line(view, answered, label, width, palette) for label in range(shown)]
    if shown < count and len(rows) < height:
        rows.append([Segment(fit(f"and {count - shown} more", width), palette.muted)])
    return [sized(row, width) for row in rows]


def amounts_in_short(values: list[float], width: int) -> str:
    """The numbers of an answer without their labels, as many as fit into so many cells: "432.1", "3.1/4.2".

    One alone has fewer digits where it doesn't fit; "" where it doesn't even then.
    """
    texts = [quantity(value) for value in values]
    for count in range(len(texts), 0, -1):
        text = "/".join(texts[:count]) + ("/…" if count < len(texts) else "")
        if len(text) <= width:
            return text
    return next((text for text in _rounded(values[0]) if len(text) <= width), "")


def _rounded(value: float) -> Iterator[str]:
    """A number with fewer and fewer digits: "−123456", "−1.2e5", "−1e5"."""
    yield quantity(value)
    if math.isfinite(value):
        whole = f"{value:.0f}"
        yield from ([whole.replace("-", MINUS)] if abs(value) >= 0.5 else [])
        for digits in (1, 0):
            mantissa, exponent = f"{value:.{digits}e}".split("e")
            yield f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def reach_of(view: View, label: int = 0) -> tuple[float, float]:
    """The ends of the scale of a number, one for all traces that are shown on one scale."""
    traces = [trace for trace in view.scaled_with if trace.model.output.is_number]
    ends = [reach(trace, label) for trace in traces if label < trace.model.output_size]
    return min(low for low, _ in ends), max(high for _, high in ends)


def _alone(view: View, answered: int, width: int, height: int, palette: Palette) -> list[Row]:
    """One number in at most four rows: label and number, the scale, its ends, and the true one."""
    value, (low, high) = _value(view, answered, 0), reach_of(view)
    true = true_next(view.trace, answered)
    strong = (palette.strong + Style(bold=True)) if answered == view.t else palette.muted
    rows = [_named(view, 0, value, width, strong)]
    ends = _ends(low, high, width, palette)
    told = [] if true is None else _told(view, true, width, palette)
    if height >= 3 or not told:
        rows.append(_scale(view, answered, 0, width, palette))
    room = height - len(rows)
    rows += [*([ends] if room > len(told) else []), *told]
    return [sized(row, width) for row in rows[:height]]


def _named(view: View, label: int, value: float, width: int, style: Style) -> Row:
    """The label, the number and its unit, as much of the label as there is room for."""
    unit = printable(unit_of(view.model))
    figure = quantity(value) + (f" {unit}" if unit and cell_len(unit) + 14 <= width else "")
    name, room = printable(view.model.labels[label]), width - cell_len(figure) - 2
    return [Segment(f"{fit(name, min(cell_len(name), room))}: {figure}" if room >= 3 else figure, style)]


def _ends(low: float, high: float, width: int, palette: Palette) -> Row:
    """The numbers at the ends of the scale."""
    left, right = quantity(low), quantity(high)
    return [Segment(left + fit(right, max(0, width - len(left)), "right"), palette.muted)]


def _told(view: View, true: float, width: int, palette: Palette) -> list[Row]:
    """The true number, with the mark that it has on the scale."""
    said = next((text for text in ("what comes next", "comes next", "next") if len(text) + 12 <= width), "")
    return [[Segment(f"{TRUE} ", palette.accent), Segment(f"{quantity(true)} {said}", palette.text)]]


def _in_line(view: View, answered: int, label: int, width: int, palette: Palette) -> Row:
    """One number in a row: its label, its scale, and the number."""
    value = _value(view, answered, label)
    now = answered == view.t
    figure = quantity(value)
    names = max(cell_len(printable(name)) for name in view.model.labels)
    name_width = max(3, min(names, 12, width - len(figure) - 2))
    style = palette.strong if now else palette.muted
    name = Segment(fit(printable(view.model.labels[label]), name_width) + " ", style)
    figure_width = max(8, len(figure) + 1)
    bar = width - name_width - 1 - figure_width
    if bar < LEAST_BAR:
        return [name, Segment(fit(figure, max(0, width - name_width - 1), "right"), style)]
    return [
        name,
        *_scale(view, answered, label, bar, palette),
        Segment(fit(figure, figure_width, "right"), style),
    ]


def _value(view: View, answered: int, label: int) -> float:
    return float(view.trace.values[view.model.output.answer][answered, label])


def _scale(view: View, answered: int, label: int, width: int, palette: Palette) -> Row:
    """The scale with a mark where the answer lies; where they are known, what is true, and what it was before edits."""
    value, (low, high) = _value(view, answered, label), reach_of(view, label)
    now, drawn = answered == view.t, value
    if now and view.motion < 1 and view.t > 0:
        before = _value(view, view.t - 1, label)
        drawn = before + (value - before) * view.motion if math.isfinite(before) else value
    line = [LEFT, *(LINE * (width - 2)), RIGHT][:width]
    styles = [palette.faint] * width
    marks: list[tuple[float | None, str, Style]] = []
    old = view.ghost(view.model.output.answer, answered)
    marks.append((None if old is None else float(old[label]), BEFORE, palette.text))
    marks.append((true_next(view.trace, answered) if label == 0 else None, TRUE, palette.accent))
    marks.append((drawn, ANSWER, (palette.answer + Style(bold=True)) if now else palette.muted))
    for at, sign, style in marks:
        if at is None or not math.isfinite(at):
            continue
        cell = min(width - 1, max(0, round((at - low) / (high - low) * (width - 1)))) if high > low else width // 2
        line[cell] = BOTH if sign == ANSWER and line[cell] == TRUE else sign
        styles[cell] = style
    return [Segment(text, style) for text, style in zip(line, styles, strict=True)]
