"""The arithmetic of one unit in one phase: every product, the running sum, the bias and the total."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from rnn_tui.network.arithmetic import Curve, Formula, Part, Sum, Term, derivation
from rnn_tui.network.arithmetic.figures import DIGITS, operand
from rnn_tui.pictures.bars import sum_bar
from rnn_tui.pictures.curves import curve
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.rows import Row, fit
from rnn_tui.pictures.view import View
from rnn_tui.story import Line, Span
from rnn_tui.text import number, printable

CURVE_HEIGHT = 19
COLUMN = 10


def arithmetic_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The whole derivation in a frame."""
    name = printable(view.model.unit_name(view.scene.unit))
    title: Row = [Segment(f"{view.phase.heading}: the arithmetic of {name}", palette.accent)]
    rows = _parts(view, width - 4, height - 2, palette)
    body: list[Row] = [[Segment(" "), *row] for row in rows]
    foot = "[ ] scroll · ↑↓ another unit · → ← another phase · esc back"
    return framed(body, width, height, title, palette.frame_now, heavy=True, foot=foot, foot_style=palette.muted)


def why_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The derivation in short, beside the memory strip."""
    name = printable(view.model.unit_name(view.scene.unit))
    title: Row = [Segment("Arithmetic", palette.strong), Segment(f"  of {name}", palette.muted)]
    rows = [] if view.scene.hidden and view.phase.name == "check" else _short(view, width - 4, height - 2, palette)
    body: list[Row] = [[Segment(" "), *row] for row in rows]
    return framed(body, width, height, title, palette.frame, foot="enter: all of it", foot_style=palette.faint)


def _derivation(view: View) -> tuple[Part, ...]:
    return derivation(view.model, view.trace, view.t, view.phase, view.scene.unit)


def _parts(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    if view.scene.hidden and view.phase.name == "check":
        return [[Segment("The answer is covered until you have guessed: press p to reveal it.", palette.accent)]]
    parts = _derivation(view)
    rows: list[Row] = []
    for place, part in enumerate(parts):
        later = sum(_least(other, width) for other in parts[place + 1 :])
        room = height - len(rows) - later
        if rows and room > 2:
            rows.append([])
            room -= 1
        rows += _part(view, part, width, max(room, _least(part, width)), palette)
    return rows[:height]


def _least(part: Part, width: int) -> int:
    """The lines that a part needs when it is drawn as short as it can be."""
    if isinstance(part, Sum):
        return 1 + max(1, -(-len(_equation(part)) // max(1, width)))
    return 6 if isinstance(part, Curve) else 2


def _part(view: View, part: Part, width: int, room: int, palette: Palette) -> list[Row]:
    if isinstance(part, Sum):
        return _sum(view, part, width, room, palette)
    rows = _lines(view, part, width, palette)
    if isinstance(part, Curve):
        height = min(CURVE_HEIGHT, room - len(rows))
        if height >= 4:
            rows += curve(part.function, part.x, part.y, min(width, 5 * height), height, palette)
    return rows


def _lines(view: View, part: Formula | Curve, width: int, palette: Palette) -> list[Row]:
    """What a formula does in words, then with its numbers, and its notation where that is asked for."""
    spans = [(Span(part.words, "strong"),), _result(part.numbers)]
    if view.scene.notation:
        spans.append((Span(part.notation, "muted"),))
    return [row for line in spans if line[0].text for row in wrapped(line, width, palette)]


def _sum(view: View, part: Sum, width: int, room: int, palette: Palette) -> list[Row]:
    """The table of products where there is room for it, else the equation in one line."""
    rows = wrapped((Span(part.words, "strong"),), width, palette)
    if view.scene.notation:
        rows += wrapped((Span(part.notation, "muted"),), width, palette)
    if part.note:
        rows += wrapped((Span(part.note, "muted"),), width, palette)
    lines = room - len(rows) - 3
    if lines < min(3, len(part.terms)) or width < 50:
        return rows + wrapped(_result(_equation(part)), width, palette)
    return rows + _table(part, width, lines, palette, view.terms_from)


def _table(part: Sum, width: int, lines: int, palette: Palette, start: int) -> list[Row]:
    """Head, one line a product, bias and total; products that don't fit are summed up in one line."""
    bar = max(0, min(41, width - 14 - 4 * COLUMN - 6))
    scale = max([abs(term.running) for term in part.terms] + [abs(part.total), abs(part.bias or 0.0), 1e-12])
    names = ("", part.weight_name, part.value_name, "product", "sum so far")
    head = fit(names[0], 14) + "".join(fit(name, COLUMN, "right") + " " for name in names[1:])
    rows: list[Row] = [[Segment(head, palette.muted)]]
    shown, before, after = _window(part.terms, lines, start)
    if before:
        rows.append([Segment(f"↑ {before} more products, summed in the column on the right", palette.muted)])
    for term in shown:
        so_far = term.running - term.product
        figures = (term.weight, term.value, term.product, term.running)
        row: Row = [Segment(fit(printable(term.name), 14), palette.text)]
        row += [_figure(value, palette) for value in figures]
        rows.append([*row, Segment(" "), *sum_bar(so_far, term.product, scale, bar, palette)])
    if after:
        rows.append([Segment(f"↓ {after} more products, summed in the column on the right", palette.muted)])
    if part.bias is not None:
        so_far = part.terms[-1].running if part.terms else 0.0
        label: Row = [Segment(fit("+ bias", 14 + 2 * COLUMN + 2), palette.text)]
        bias = [_figure(part.bias, palette), _figure(so_far + part.bias, palette), Segment(" ")]
        rows.append([*label, *bias, *sum_bar(so_far, part.bias, scale, bar, palette)])
    total: Row = [Segment(fit(f"= {part.name}", 14 + 3 * COLUMN + 3), palette.strong), _figure(part.total, palette)]
    return [*rows, total]


def _figure(value: float, palette: Palette) -> Segment:
    return Segment(fit(number(value, DIGITS), COLUMN, "right") + " ", palette.signed(value))


def _window(terms: Sequence[Term], lines: int, start: int) -> tuple[Sequence[Term], int, int]:
    """The terms that fit into `lines` from `start` on, and how many are left out before and after them."""
    if len(terms) <= lines:
        return terms, 0, 0
    room = max(1, lines - 2)
    first = max(0, min(start, len(terms) - room))
    return terms[first : first + room], first, len(terms) - first - room


def _equation(part: Sum, most: int = 6) -> str:
    """0.90×1.00 + (−0.20)×0.00 + … + 0.01 = +0.91."""
    terms = part.terms if len(part.terms) <= most else (*part.terms[: most - 1], None, part.terms[-1])
    products = [f"{operand(term.weight)}×{operand(term.value)}" if term else "…" for term in terms]
    if part.bias is not None:
        products.append(operand(part.bias))
    return f"{part.name} = {' + '.join(products)} = {number(part.total, DIGITS)}"


def _result(equation: str) -> Line:
    """An equation with what comes out of it standing out."""
    left, equals, right = equation.rpartition(" = ")
    return (Span(left + equals), Span(right, "word"))


def _short(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    rows: list[Row] = []
    for part in _derivation(view):
        if isinstance(part, Sum):
            rows += wrapped((Span(part.words, "muted"),), width, palette)
            rows += wrapped(_result(_equation(part, 4)), width, palette)
        else:
            rows += [
                row
                for line in (Span(part.words, "muted"), Span(part.numbers, "word"))
                for row in wrapped((line,), width, palette)
            ]
        if isinstance(part, Curve) and height - len(rows) >= 4:
            rows += curve(part.function, part.x, part.y, width, height - len(rows), palette)
        if len(rows) >= height:
            break
    return rows[:height]
