"""The arithmetic of one unit in one phase: every product, the running sum, the bias and the total."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rich.segment import Segment

from rnn_tui.network.arithmetic import Curve, Sum, Term
from rnn_tui.network.arithmetic.figures import DIGITS, operand
from rnn_tui.pictures.bars import sum_bar
from rnn_tui.pictures.curves import curve
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import WeightPick
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.rows import Row, fit, over, width_of
from rnn_tui.pictures.view import View
from rnn_tui.story import Line, Span
from rnn_tui.story.arithmetic import Explained, explained
from rnn_tui.text import number, printable

CURVE_HEIGHT = 19
COLUMN = 10


@dataclass(frozen=True)
class Drawing:
    """A line that is drawn when it is visible: a sum over 512 units has 512 of them.

    `weight` is the weight that stands in it, counted through all sums of the derivation.
    """

    draw: Callable[[], Row]
    weight: int | None = None


def arithmetic_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The whole derivation in a frame, from the line on to which it is scrolled."""
    name = printable(view.model.unit_name(view.unit))
    whose = "the arithmetic" if view.phase.name == "read" else f"the arithmetic of {name}"
    title: Row = [Segment(f"{view.phase.heading}: {whose}", palette.accent)]
    lines = arithmetic_lines(view, width - 4, height - 2, palette)
    first = _first(view.scene.scroll, lines, height)
    body: list[Row] = [[Segment(" "), *line.draw()] for line in lines[first : first + height - 2]]
    foot = "esc back" if width < 70 else "↑↓ another unit · → ← another phase · esc back"
    if len(lines) > height - 2:
        foot = f"[ ] scroll, {len(lines) - (height - 2) - first} lines below · {foot}"
    return framed(body, width, height, title, palette.frame_now, heavy=True, foot=foot, foot_style=palette.muted)


def pick_at(view: View, width: int, height: int, y: int) -> WeightPick | None:
    """The weight in line `y` of the panel that `arithmetic_panel` draws, if there is one."""
    lines = arithmetic_lines(view, width - 4, height - 2, Palette())
    index = _first(view.scene.scroll, lines, height) + y - 1
    weight = lines[index].weight if y >= 1 and index < len(lines) else None
    return None if weight is None else WeightPick(weight)


def scrolled(view: View, width: int, height: int) -> int:
    """The scene's `scroll`, no further than the panel of so many cells can be scrolled."""
    return _first(view.scene.scroll, arithmetic_lines(view, width - 4, height - 2, Palette()), height)


def scrolled_to_weight(view: View, width: int, height: int) -> int:
    """The first visible line nearest to the scene's `scroll` with which the picked weight is visible."""
    room = height - 2
    lines = arithmetic_lines(view, width - 4, room, Palette())
    at = next((index for index, line in enumerate(lines) if line.weight == view.scene.weight), 0)
    return max(0, min(max(view.scene.scroll, at - room + 2), at - 1))


def _first(scroll: int, lines: Sequence[Drawing], height: int) -> int:
    return max(0, min(scroll, len(lines) - (height - 2)))


def arithmetic_lines(view: View, width: int, height: int, palette: Palette) -> list[Drawing]:
    """Every line of the derivation; `height` is what a curve may take."""
    if view.scene.hidden and view.phase.name == "check":
        covered = "The answer is covered until you have guessed: press p to reveal it."
        return _drawn([[Segment(covered, palette.accent)]])
    lines: list[Drawing] = []
    weights = 0
    for told in _derivation(view):
        if lines:
            lines.append(Drawing(list))
        lines += _part(view, told, weights, width, height, palette)
        weights += len(told.part.settable()) if isinstance(told.part, Sum) else 0
    return lines


def weights_of(view: View) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The parameters in the arithmetic on the screen, in order: short names, and indices from 0."""
    parts = (told.part for told in _derivation(view))
    return tuple(weight for part in parts if isinstance(part, Sum) for weight in part.settable())


def picked_weight(view: View) -> tuple[str, tuple[int, ...]] | None:
    """The weight that is picked in the open arithmetic: its parameter's short name, and its indices from 0."""
    weights = weights_of(view) if view.scene.arithmetic and view.scene.weight is not None else ()
    return weights[view.scene.weight] if view.scene.weight is not None and view.scene.weight < len(weights) else None


def why_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The derivation in short, beside the memory strip."""
    name = printable(view.model.unit_name(view.unit))
    title: Row = [Segment("Arithmetic", palette.strong), Segment(f"  of {name}", palette.muted)]
    rows = [] if view.scene.hidden and view.phase.name == "check" else _short(view, width - 4, height - 2, palette)
    body: list[Row] = [[Segment(" "), *row] for row in rows]
    return framed(body, width, height, title, palette.frame, foot="enter: all of it", foot_style=palette.faint)


def _derivation(view: View) -> tuple[Explained, ...]:
    return explained(view.trace, view.t, view.phase, view.unit)


def _part(view: View, told: Explained, weights: int, width: int, height: int, palette: Palette) -> list[Drawing]:
    part = told.part
    if isinstance(part, Sum):
        return [*_drawn(_heading(view, told, width, palette)), *_sum(view, part, weights, width, palette)]
    rows = wrapped((Span(told.words, "strong"),), width, palette)
    if " = " in part.numbers:  # the identity has no equation: its number stands in the curve
        rows += wrapped(_result(part.numbers), width, palette)
    if view.scene.notation:
        rows += wrapped((Span(part.notation, "muted"),), width, palette)
    if isinstance(part, Curve):
        tall = min(CURVE_HEIGHT, height - len(rows))
        rows += curve(part.function, part.x, part.y, min(width, 5 * tall), tall, palette)
    return _drawn(rows)


def _drawn(rows: Sequence[Row]) -> list[Drawing]:
    return [Drawing(partial(list, row)) for row in rows]


def _heading(view: View, told: Explained, width: int, palette: Palette) -> list[Row]:
    """Draw a sum's words, its notation where that is asked for, and what one should know of it."""
    rows = wrapped((Span(told.words, "strong"),), width, palette)
    if view.scene.notation:
        rows += wrapped((Span(told.part.notation, "muted"),), width, palette)
    return rows + (wrapped((Span(told.note, "muted"),), width, palette) if told.note else [])


def _sum(view: View, part: Sum, weights: int, width: int, palette: Palette) -> list[Drawing]:
    """Head, one line a product, bias and total; where it is too narrow for a table, the equation."""
    if width < 50:
        return _drawn(wrapped(_result(_equation(part)), width, palette))
    return _table(view, part, weights, width, palette)


def _table(view: View, part: Sum, weights: int, width: int, palette: Palette) -> list[Drawing]:
    bar = max(0, min(41, width - 14 - 4 * COLUMN - 6))
    running = max((abs(term.running) for term in part.terms), default=0.0)
    scale = max(running, abs(part.total), abs(part.bias or 0.0), 1e-12)
    names = (part.weight_name, part.value_name, "product", "sum so far")
    head = " " * 14 + "".join(fit(name, COLUMN, "right") + " " for name in names)
    picked = view.model.unit_name(view.unit) if view.phase.name == "check" else None
    lines = [Drawing(lambda: [Segment(head, palette.muted)])]
    chosen = None if view.scene.weight is None or not part.parameter else view.scene.weight - weights
    for k, term in enumerate(part.terms):
        draw = partial(_product, term, bar, scale, palette, picked=term.name == picked)
        lines.append(_choosable(draw, k, weights, chosen, palette) if part.parameter else Drawing(draw))
    ending = _drawn(_ending(part, bar, scale, palette))
    if part.parameter and part.bias is not None:
        ending[0] = _choosable(ending[0].draw, len(part.terms), weights, chosen, palette)
    return [*lines, *ending]


def _choosable(draw: Callable[[], Row], k: int, weights: int, chosen: int | None, palette: Palette) -> Drawing:
    """A line whose weight can be picked to be changed; the picked one is marked."""
    if k != chosen:
        return Drawing(draw, weights + k)
    return Drawing(lambda: _marked(draw(), palette), weights + k)


def _marked(row: Row, palette: Palette) -> Row:
    """The row with a mark at the end of its name."""
    name, rest = Segment.divide(row, [13, width_of(row)])
    _, after = Segment.divide(rest, [1, width_of(rest)])
    return over([*name, Segment("◆", palette.accent), *after], palette.picked)


def _product(term: Term, bar: int, scale: float, palette: Palette, *, picked: bool) -> Row:
    """One product, and where it takes the sum."""
    name = fit(("▸" if picked else "") + printable(term.name), 14)
    row: Row = [Segment(name, palette.accent if picked else palette.text)]
    row += [_figure(value, palette) for value in (term.weight, term.value, term.product, term.running)]
    so_far = term.running - term.product
    return [*row, Segment(" "), *sum_bar(so_far, term.product, scale, bar, palette)]


def _ending(part: Sum, bar: int, scale: float, palette: Palette) -> list[Row]:
    """The bias and the total."""
    rows: list[Row] = []
    if part.bias is not None:
        so_far = part.terms[-1].running if part.terms else 0.0
        label: Row = [Segment(fit("+ bias", 14 + 2 * COLUMN + 2), palette.text)]
        bias = [_figure(part.bias, palette), _figure(so_far + part.bias, palette), Segment(" ")]
        rows.append([*label, *bias, *sum_bar(so_far, part.bias, scale, bar, palette)])
    total: Row = [Segment(fit(f"= {part.name}", 14 + 3 * COLUMN + 3), palette.strong), _figure(part.total, palette)]
    return [*rows, total]


def _figure(value: float, palette: Palette) -> Segment:
    return Segment(fit(number(value, DIGITS), COLUMN, "right") + " ", palette.signed(value))


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
    for told in _derivation(view):
        part = told.part
        rows += wrapped((Span(told.words, "muted"),), width, palette)
        equation = _result(_equation(part, 4)) if isinstance(part, Sum) else (Span(part.numbers, "word"),)
        rows += wrapped(equation, width, palette)
        if isinstance(part, Curve) and height - len(rows) >= 4:
            rows += curve(part.function, part.x, part.y, width, height - len(rows), palette)
        if len(rows) >= height:
            break
    return rows[:height]
