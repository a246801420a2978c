"""The weights of a network while it learns: a block as heat cells, its movement, and a single step on one weight."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.learning.watching.messages import AFTER, BEFORE, GRADIENT, MEAN, ROOT, Stepped
from rnn_tui.network.arrays import Array
from rnn_tui.pictures.bars import EIGHTHS
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.heat import heat_row
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit, sized, width_of
from rnn_tui.text import MINUS, printable, quantity

GAP = 2
WIDEST_LABEL = 10
EMBEDDING = "embedding.weight"
MOST_BLOCKS = 9
LEAST_HEAT = 3
"""The rows of heat cells that stay where the blocks are listed below them."""


@dataclass(frozen=True, eq=False)
class WeightsView:
    """The weights of now, by PyTorch's names, and those of before the epoch or the step, None where there are none.

    `block` is the index of the one that is shown, `unit` the hidden unit that is looked at, `picked` the number of the
    picked weight among the unit's, None for the one that has moved most. `words` are the rows of an embedding that the
    text reads, and their words, of which the one of index `word` is read now. `moved` says how far each block has come
    in the epoch, as a share of its own norm. `step` is the one that has just been taken alone, and `scale` the largest
    |weight| of the block so far. `gates` are the letters of the gates whose rows stand in the block one behind another.
    """

    now: Mapping[str, Array]
    before: Mapping[str, Array] | None
    block: int
    unit: int
    picked: int | None = None
    words: tuple[tuple[int, str], ...] = ()
    word: int = 0
    moved: Mapping[str, float] | None = None
    step: Stepped | None = None
    scale: float | None = None
    gates: str = ""

    @property
    def names(self) -> list[str]:
        """The blocks, as they are listed."""
        return list(self.now)

    @property
    def name(self) -> str:
        """The block that is shown."""
        return self.names[self.block % len(self.now)]

    @cached_property
    def matrix(self) -> Array:
        """The block, a row for each number of a bias."""
        return rows_of(self.now[self.name])

    @cached_property
    def change(self) -> Array | None:
        """The way that each weight has come; None where it isn't known."""
        if self.before is None or self.name not in self.before:
            return None
        return self.matrix - rows_of(self.before[self.name])

    @cached_property
    def candidates(self) -> list[tuple[int, int]]:
        """The row and the column of each weight that can be picked."""
        return unit_weights(self.name, self.now, self.unit, self.words[self.word][0] if self.words else 0)

    @cached_property
    def marked(self) -> list[int]:
        """The rows that are the unit's, one a gate, or the row that is read; where rows are others', the picked one."""
        whole = self.name == EMBEDDING or self.name.startswith("rnn.")
        return sorted({row for row, _ in self.candidates}) if whole else [self.weight[0]]

    @cached_property
    def labels(self) -> list[tuple[int, str]]:
        """The rows that there are to be seen, each with what is written in front of it."""
        if self.words:
            return list(dict(self.words).items())
        return [(row, self._label(row)) for row in range(len(self.matrix))]

    def _label(self, row: int) -> str:
        """The number of the row's unit, behind the letter of its gate."""
        if not self.gates:
            return str(row + 1)
        units = len(self.matrix) // len(self.gates)
        return f"{self.gates[row // units]}{row % units + 1}"

    @cached_property
    def weight(self) -> tuple[int, int]:
        """The row and the column of the picked weight."""
        if self.picked is not None:
            return self.candidates[self.picked % len(self.candidates)]
        looked = self.matrix if self.change is None else self.change
        rows, columns = zip(*self.candidates, strict=True)
        return self.candidates[int(np.argmax(np.abs(np.nan_to_num(looked[list(rows), list(columns)]))))]


def rows_of(array: Array) -> Array:
    """A parameter as a matrix, a row for each number of a bias."""
    return array if array.ndim == 2 else array.reshape(-1, 1)


def unit_weights(name: str, tensors: Mapping[str, Array], unit: int, row: int) -> list[tuple[int, int]]:
    """The row and the column of each weight of a block that belongs to a unit: those that lead to it, or away from it.

    In a lane they are its rows, one a gate; in what reads the units, such as fc.weight, its column. Of an embedding
    they are those of the row that is read, and of any other bias all.
    """
    rows, columns = rows_of(tensors[name]).shape
    if name.startswith("rnn."):
        hidden_size = tensors[f"rnn.weight_hh_l{name.rpartition('_l')[2]}"].shape[1]
        own: Sequence[int] = range(min(unit, hidden_size - 1), rows, hidden_size)
    elif name == EMBEDDING:
        own = [min(row, rows - 1)]
    else:
        return [(label, min(unit, columns - 1)) for label in range(rows)]
    return [(one, column) for one in own for column in range(columns)]


def short(name: str) -> str:
    """A block's name as it stands on the screen: weight_hh_l0, fc.weight."""
    return printable(name.removeprefix("rnn."))


def weights(view: WeightsView, width: int, height: int, palette: Palette) -> list[Row]:
    """The block in a frame: its weights as heat cells, how they have moved, and below all blocks, or the step."""
    inner, lines = width - 4, height - 2
    below = _step(view, inner, palette) if view.step is not None else _blocks(view, inner, lines, palette)
    below = below[: max(0, lines - LEAST_HEAT)]
    rows = _heat(view, inner, lines - len(below), palette)
    rows += [blank(inner) for _ in range(lines - len(below) - len(rows))] + below
    shape = " × ".join(map(str, view.now[view.name].shape))
    title = [Segment("Weights", palette.strong), Segment(f"  {short(view.name)}, {shape}", palette.muted)]
    return framed([[Segment(" "), *sized(row, inner)] for row in rows], width, height, title, palette.frame)


def _heat(view: WeightsView, width: int, height: int, palette: Palette) -> list[Row]:
    """A caption, and the rows around the unit's: the weights, and beside them how each has moved."""
    if height < 2:
        return []
    matrix, change = view.matrix, view.change
    row, column = view.weight
    labels = view.labels
    front = min(WIDEST_LABEL, max(cell_len(printable(label)) for _, label in labels)) + 2
    room = (width - front - GAP) // 2  # with or without a change, so that nothing jumps
    cell = max(1, min(4, room // matrix.shape[1]))
    columns = _around(column, matrix.shape[1], room // cell)
    at = next((index for index, (one, _) in enumerate(labels) if one == row), 0)
    shown = [labels[index] for index in _around(at, len(labels), height - 1)]
    used = len(columns) * cell
    now: tuple[str, ...] = ("now",)
    if len(columns) < matrix.shape[1]:
        some = f"{columns[0] + 1}–{columns[-1] + 1}"
        now = (f"now, columns {some} of {matrix.shape[1]}", f"now, columns {some}", f"now, {some}", some)
    head: Row = [Segment(" " * front), Segment(fit(_fitting(now, used), used), palette.muted)]
    if change is not None:
        moved = ("moved in this step", "in this step") if view.step is not None else ("moved in this epoch", "moved")
        head += [Segment(" " * GAP), Segment(fit(_fitting(moved, room), room), palette.muted)]
    rows = [head]
    scale = view.scale or _scale(matrix)
    for index, label in shown:
        style = palette.accent if index in view.marked else palette.muted
        mark = "▸" if index in view.marked else " "
        line: Row = [Segment(fit(f"{mark}{printable(label)}", front - 1) + " ", style)]
        line += _cells(matrix[index, columns.start : columns.stop], scale, palette, cell)
        if change is not None:
            line += [Segment(" " * GAP)]
            line += _cells(change[index, columns.start : columns.stop], _scale(change), palette, cell)
        rows.append(line)
    return rows


def _cells(values: Array, scale: float, palette: Palette, cell: int) -> Row:
    return heat_row(values, scale, palette, cell)


def _scale(matrix: Array) -> float:
    known = np.abs(matrix[np.isfinite(matrix)])
    return float(known.max()) or 1.0 if known.size else 1.0


def _blocks(view: WeightsView, width: int, lines: int, palette: Palette) -> list[Row]:
    """How far each block has moved, the one that is shown marked; as many as there is room for."""
    moved = view.moved or {}
    names = view.names
    count = min(len(names), MOST_BLOCKS, max(1, lines // 2))
    widest = max((cell_len(short(name)) for name in names), default=0) + 2
    largest = max(moved.values(), default=0.0)
    rows: list[Row] = []
    for index in _around(view.block % len(names), len(names), count):
        name = names[index]
        now = name == view.name
        share = moved.get(name)
        row: Row = [
            Segment(fit(f"{'▸' if now else ' '}{short(name)}", widest), palette.accent if now else palette.text)
        ]
        if share is not None:
            said = f" {share:.1%}" if share < 10 else f" {share:.0f} ×"
            room = max(0, width - widest - 8)
            row += [
                Segment(fit(said, 8, "right"), palette.text),
                Segment(" "),
                *_bar(share, largest, room - 1, palette),
            ]
        rows.append(row)
    return rows


def _bar(share: float, largest: float, room: int, palette: Palette) -> Row:
    eighths = round(share / largest * room * 8) if largest > 0 and room > 0 else 0
    whole, part = divmod(eighths, 8)
    return [Segment("█" * whole + (EIGHTHS[part] if part else ""), palette.answer)]


def _step(view: WeightsView, width: int, palette: Palette) -> list[Row]:
    """What one batch has made of the picked weight: its gradient, and the step that Adam makes of it."""
    step = view.step
    assert step is not None, "it is drawn where there is one"
    row, column = view.weight
    where = f"[{row + 1}]" if view.now[view.name].ndim == 1 else f"[{row + 1},{column + 1}]"
    texts = f"{step.texts} text{'s' if step.texts > 1 else ''}, loss {quantity(step.loss)}"
    rows = _flowed(
        [Segment(f"batch {step.number} of epoch {step.epoch}:", palette.accent), Segment(texts, palette.text)], width
    )
    if view.name not in step.tensors.get(BEFORE, {}):
        return [*rows, [Segment("a block with so many numbers is not told of one by one", palette.muted)]]
    gradient, mean, root, before, after = (
        float(rows_of(step.tensors[of][view.name])[row, column]) for of in (GRADIENT, MEAN, ROOT, BEFORE, AFTER)
    )
    change = after - before
    parts: list[Segment] = [Segment(f"{short(view.name)}{where}", palette.strong)]
    if step.norm > step.clip_norm:
        uncut = gradient * (step.norm / step.clip_norm)
        parts.append(Segment(f"gradient {signed(uncut)},", palette.text))
        parts.append(Segment(f"cut to {signed(gradient)}", palette.text))
        parts.append(Segment(f"(norm {quantity(step.norm)} to {quantity(step.clip_norm)})", palette.muted))
    else:
        parts.append(Segment(f"gradient {signed(gradient)}", palette.text))
    rows += _flowed(parts, width)
    parts = [Segment(f"Adam: {MINUS}{quantity(step.learning_rate)} × mean {signed(mean)}", palette.text)]
    parts.append(Segment(f"/ root {quantity(root)}", palette.text))
    parts.append(Segment(f"≈ {signed(change)}", palette.signed(change)))
    rows += _flowed(parts, width)
    return [*rows, [Segment(summed(before, change, after), palette.strong)]]


def summed(before: float, change: float, after: float) -> str:
    """A weight, its change and the weight after it, with the digits that show it: "0.1885 + 0.0015 = 0.1900"."""
    if not np.isfinite([before, change, after]).all():
        return f"{quantity(before)} → {quantity(after)}"
    digits = 2 if not change else max(2, min(9, 2 - math.floor(math.log10(abs(change)))))
    shown = [round(value, digits) for value in (before, change, after)]
    equal = "=" if round(shown[0] + shown[1] - shown[2], digits) == 0 else "≈"
    left, moved, right = (f"{abs(value):.{digits}f}" for value in shown)
    signs = [MINUS if value < 0 else "" for value in shown]
    return f"{signs[0]}{left} {MINUS if shown[1] < 0 else '+'} {moved} {equal} {signs[2]}{right}"


def _flowed(parts: Sequence[Segment], width: int) -> list[Row]:
    """Parts behind one another, each whole, in as many rows as they need."""
    rows: list[Row] = [[]]
    for part in parts:
        if rows[-1] and width_of(rows[-1]) + 1 + part.cell_length > width:
            rows.append([])
        rows[-1] += [*([Segment(" ")] if rows[-1] else []), part]
    return rows


def _fitting(texts: Sequence[str], width: int) -> str:
    """The first of some texts that fits, or the last."""
    return next((text for text in texts if cell_len(text) <= width), texts[-1])


def signed(value: float) -> str:
    """A small number with its sign and three digits: "+0.0213", "−1.2e−5"."""
    if not np.isfinite(value) or value == 0:
        return quantity(value)
    mantissa, power, exponent = f"{value:+.3g}".partition("e")
    return (f"{mantissa}e{int(exponent)}" if power else mantissa).replace("-", MINUS)


def _around(now: int, length: int, room: int) -> range:
    """The indices that there is room for, the one of now among them."""
    room = max(1, room)
    first = max(0, min(now - room // 2, length - room))
    return range(first, min(length, first + room))
