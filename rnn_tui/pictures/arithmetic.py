"""The arithmetic of one unit in one phase: every product, the running sum, the bias and the total."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from rich.segment import Segment

from rnn_tui.network.arithmetic import Curve, Sum
from rnn_tui.network.arithmetic.figures import DIGITS, as_shown, operand, product_sign, sign_of, sum_sign, unsigned
from rnn_tui.network.arithmetic.parts import LogitOf, Terms
from rnn_tui.network.cells.phases import ScoreOf
from rnn_tui.pictures.bars import sum_bar
from rnn_tui.pictures.curves import curve
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import WeightPick
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.rows import Row, fit, over, width_of
from rnn_tui.pictures.view import View
from rnn_tui.rounding import ABOUT
from rnn_tui.story import Line, Span
from rnn_tui.story.arithmetic import Explained, Names, explained
from rnn_tui.text import IS_NO_NUMBER, number, printable

KEYS = ("↑↓ another unit · → ← another phase · esc back", "↑↓ unit · → ← phase · esc back", "esc back")
"""What is said of the keys at the foot: the first for which there is room."""
CURVE_HEIGHT = 19
NAME, FIGURE = 14, 8
TABLE = NAME + 4 * FIGURE + 10
"""The width of a table without its bars: name, weight × value = product │ sum so far."""
BY_UNIT = (LogitOf, ScoreOf)
"""The sums over what all units are, in which the picked one is marked."""
ROUNDED = "≈ but for rounding"
"""Said in the head: between which numbers a ≈ stands."""


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
    below = len(lines) - (height - 2) - first
    scroll = f"[ ] scroll, {below} lines below · " if len(lines) > height - 2 else ""
    foot = next((foot for keys in KEYS if len(foot := scroll + keys) <= width - 6), scroll.rstrip(" ·"))
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
    if _covered(view):
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
    rows = [] if _covered(view) else _short(view, width - 4, height - 2, palette)
    body: list[Row] = [[Segment(" "), *row] for row in rows]
    foot = "" if view.scene.asking else "enter: all of it"
    return framed(body, width, height, title, palette.frame, foot=foot, foot_style=palette.faint)


def _covered(view: View) -> bool:
    """True where the class is to guess, in the phases of the readout, which lead to the answer."""
    return view.covers(view.phase)


def _derivation(view: View) -> tuple[Explained, ...]:
    return explained(view.trace, view.t, view.phase, view.unit)


def _part(view: View, told: Explained, weights: int, width: int, height: int, palette: Palette) -> list[Drawing]:
    part = told.part
    if isinstance(part, Sum):
        return [*_drawn(_heading(view, told, width, palette)), *_sum(view, told, part, weights, width, palette)]
    rows = wrapped((Span(told.words, "strong"),), width, palette)
    numbers = _numbers(view, told)
    if not isinstance(part, Curve) or part.function != "identity":  # which has no equation: its number is in the curve
        rows += wrapped(_result(numbers), width, palette)
    if view.scene.notation:
        rows += wrapped((Span(part.notation, "muted"),), width, palette)
    if isinstance(part, Curve):
        tall = min(CURVE_HEIGHT, height - len(rows))
        rows += curve(part.function, part.x, part.y, min(width, 5 * tall), tall, palette)
    return _drawn(rows)


def _numbers(view: View, told: Explained) -> str:
    """A formula or a curve with its numbers."""
    return told.numbers if isinstance(told.part, Sum) or not view.scene.notation else told.part.numbers


def _names(view: View, told: Explained, part: Sum) -> Names:
    """The names of what stands in a sum, in notation where that is asked for."""
    return Names(part.weight_name, part.value_name, part.name) if view.scene.notation else told.names


def _drawn(rows: Sequence[Row]) -> list[Drawing]:
    return [Drawing(partial(list, row)) for row in rows]


def _heading(view: View, told: Explained, width: int, palette: Palette) -> list[Row]:
    """Draw a sum's words, its notation where that is asked for, and what one should know of it."""
    rows = wrapped((Span(told.words, "strong"),), width, palette)
    if view.scene.notation:
        rows += wrapped((Span(told.part.notation, "muted"),), width, palette)
    return rows + (wrapped((Span(told.note, "muted"),), width, palette) if told.note else [])


def _sum(view: View, told: Explained, part: Sum, weights: int, width: int, palette: Palette) -> list[Drawing]:
    """Head, one line a product, bias and total; where it is too narrow for a table, the equation."""
    names = _names(view, told, part)
    if width < TABLE:
        return _drawn(wrapped(_result(_equation(part, names.total)), width, palette))
    return _table(view, part, names, weights, width, palette)


def _table(view: View, part: Sum, names: Names, weights: int, width: int, palette: Palette) -> list[Drawing]:
    bar = max(0, min(41, width - TABLE - 1))
    running = float(np.abs(part.terms.running).max(initial=0.0))
    scale = max(running, abs(part.total), abs(part.bias or 0.0), 1e-12)
    picked = view.unit if isinstance(part.source, BY_UNIT) else None
    head = f"{fit(names.weight, NAME + FIGURE, 'right')} × {fit(names.value, FIGURE, 'right')} ="
    head += f"{fit('product', FIGURE + 1, 'right')} │{fit('sum so far', FIGURE + 2, 'right')}"
    said = fit(ROUNDED, bar, "center") if bar >= len(ROUNDED) else ""
    lines = [Drawing(lambda: [Segment(f"{head} {said}", palette.muted)])]
    chosen = None if view.scene.weight is None or not part.parameter else view.scene.weight - weights
    for k in range(len(part.terms)):
        draw = partial(_product, part.terms, k, picked, bar, scale, palette)
        lines.append(_choosable(draw, k, weights, chosen, palette) if part.parameter else Drawing(draw))
    ending = _drawn(_ending(part, names.total, bar, scale, palette))
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
    name, rest = Segment.divide(row, [NAME - 1, width_of(row)])
    _, after = Segment.divide(rest, [1, width_of(rest)])
    return over([*name, Segment("◆", palette.accent), *after], palette.picked)


def _product(terms: Terms, k: int, marked: int | None, bar: int, scale: float, palette: Palette) -> Row:
    """One product, and where it takes the sum; that of the unit that is picked is `marked`."""
    term, before, picked = terms[k], float(terms.running[k - 1]) if k else 0.0, k == marked
    name = fit(("▸" if picked else "") + printable(term.name), NAME)
    weight, value, product = (_figure(number, palette) for number in (term.weight, term.value, term.product))
    row: Row = [Segment(name, palette.accent if picked else palette.text), weight, Segment(" × ", palette.faint), value]
    if math.isnan(term.product):
        row.append(Segment(fit("no number", 3 + FIGURE, "right"), palette.muted))
    else:
        row += [_sign(product_sign(term.product, term.weight, term.value), palette), product]
    return [*row, *_so_far(before, term.product, term.running, bar, scale, palette)]


def _so_far(before: float, added: float, total: float, bar: int, scale: float, palette: Palette) -> Row:
    """The sum so far behind what was added to it; a ≈ stands before it where it isn't the sum of what is shown."""
    about = sum_sign(total, before, added) == ABOUT
    row: Row = [Segment(" │", palette.faint), Segment("≈" if about else " ", palette.accent), _figure(total, palette)]
    return [*row, Segment(" "), *sum_bar(before, added, scale, bar, palette)]


def _sign(sign: str, palette: Palette) -> Segment:
    return Segment(f" {sign} ", palette.accent if sign == ABOUT else palette.faint)


def _ending(part: Sum, name: str, bar: int, scale: float, palette: Palette) -> list[Row]:
    """The bias and the total."""
    rows: list[Row] = []
    so_far = part.terms[-1].running if part.terms else 0.0
    if part.bias is not None:
        label = Segment(fit("+ bias", NAME + 2 * FIGURE + 6), palette.text)
        with_bias = so_far + part.bias
        rows.append([label, _figure(part.bias, palette), *_so_far(so_far, part.bias, with_bias, bar, scale, palette)])
        so_far = with_bias
    if math.isnan(part.total):
        return [*rows, [Segment(fit(f"  {printable(name)} {IS_NO_NUMBER}", TABLE), palette.strong)]]
    total = fit(f"{sum_sign(part.total, so_far)} {printable(name)}", TABLE - FIGURE)
    return [*rows, [Segment(total, palette.strong), _figure(part.total, palette)]]


def _figure(value: float, palette: Palette) -> Segment:
    return Segment(fit(number(value, DIGITS), FIGURE, "right"), palette.signed(value))


def _equation(part: Sum, name: str, most: int = 6) -> str:
    """The sum in one line: "0.900×1.000 + (−0.200)×0.500 + (3 more: 0.125) + 0.010 = +0.935".

    The products that are left out stand in it as one number, so that it can be added up.
    """
    terms = part.terms[:] if len(part.terms) <= most else (*part.terms[: most - 1], part.terms[-1])
    added = [f"{operand(term.weight)}×{operand(term.value)}" for term in terms]
    total = sum(as_shown(term.weight) * as_shown(term.value) for term in terms)
    if left_out := len(part.terms) - len(terms):
        rest = part.terms[-2].running - part.terms[most - 2].running
        added.insert(most - 1, f"({left_out} more: {unsigned(rest)})")
        total += as_shown(rest)
    if part.bias is not None:
        added.append(operand(part.bias))
        total += as_shown(part.bias)
    sign = sign_of(part.total, total)
    left = f"{name}: {' + '.join(added) or unsigned(0)}"
    return f"{left} {IS_NO_NUMBER}" if math.isnan(part.total) else f"{left} {sign} {number(part.total, DIGITS)}"


def _result(equation: str) -> Line:
    """An equation with what comes out of it standing out."""
    if equation.endswith(IS_NO_NUMBER):
        at = len(equation) - len(IS_NO_NUMBER)
    elif signs := [at for sign in (" = ", " ≈ ") if (at := equation.rfind(sign)) >= 0]:
        at = max(signs) + 3
    else:  # a list of numbers with its name in front
        at = equation.find(": ") + 2 if ": " in equation else 0
    return (Span(equation[:at]), Span(equation[at:], "word"))


def _short(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    rows: list[Row] = []
    for told in _derivation(view):
        part = told.part
        if isinstance(part, Sum):
            equation = _result(_equation(part, _names(view, told, part).total, 4))
        else:
            equation = (Span(_numbers(view, told), "word"),)
        added = [*wrapped((Span(told.words, "muted"),), width, palette), *wrapped(equation, width, palette)]
        if rows and len(rows) + len(added) > height:
            break  # a part stands whole, or not at all
        rows += added
        if isinstance(part, Curve) and height - len(rows) >= 4:
            rows += curve(part.function, part.x, part.y, width, height - len(rows), palette)
    return rows[:height]
