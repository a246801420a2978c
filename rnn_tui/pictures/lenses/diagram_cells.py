"""The inside of a cell at the current word, with the picked unit's numbers: one drawing a kind of cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rich.cells import cell_len

from rnn_tui.pictures.lenses.diagram_chain import AHEAD, CUT
from rnn_tui.pictures.lenses.diagram_inside import UNKNOWN, Inside
from rnn_tui.pictures.lenses.diagram_parts import cut_off
from rnn_tui.rounding import ABOUT, as_shown, sign_of
from rnn_tui.text import number

PLUS, TIMES = "+", "×"
THROUGH = 22
"""The cells of an arrow through the weights, with their names in it."""


def _elman(inside: Inside) -> None:
    """Memory and word, each through its weights, and the bias: added, then squashed."""
    live, t = inside.live, inside.t
    begin, through = inside.margin, inside.margin + THROUGH
    plus = through + 12
    _through_weights(inside, 0, "hh", "weight_hh" if live.notation else "weights", live.remembered(t))
    inside.recalled(0)
    if cut_off(live.model):
        inside.put(begin, 0, CUT, "hh", live.palette.strong)
    inside.board.put(inside.x, inside.y + 2, inside.word, live.palette.strong)
    called = ("weight_ih", "weight_ih, bias_ih") if live.notation else ("weights", "weights and bias")
    _through_weights(inside, 2, "ih", called[bool(live.model.cell.bias_ih.any())], live.value("ih", t))
    total, squash = (
        inside.pen("pre_activation"),
        live.model.cell.activation or "activation" if live.notation else "squash",
    )
    name = "pre_activation"
    for y, corner in enumerate("╮│╯"):
        inside.put(plus, y, corner, name)
    bias = live.model.cell.bias_hh
    if bias.any():
        value, known = float(bias[live.view.unit]), live.view.knows("hh", t)
        figure = number(value) if known else UNKNOWN
        inside.put(begin + 2, 1, "bias_hh" if live.notation else "bias", name, live.palette.muted)
        inside.put(through + 2, 1, figure, name, live.palette.signed(value) if known else live.palette.faint)
        inside.across(through + 3 + len(figure), plus, 1, name)
    inside.put(plus, 1, PLUS, name, total.style)
    inside.across(plus + 2, plus + 5, 1, name, head=True)
    text, style = inside.value(name)
    if text != UNKNOWN:
        shown = sum(map(as_shown, (live.remembered(t), float(bias[live.view.unit]), live.value("ih", t))))
        text = ABOUT * (sign_of(live.value(name, t), shown) == ABOUT) + text
    inside.put(plus + 6, 1, text, name, style)
    out = plus + 7 + max(5, cell_len(text))
    inside.across(out, out + 3, 1, "h", head=True)
    inside.put(out + 4, 1, squash, "h", live.palette.text if live.view.knows("h", t) else live.palette.faint)
    inside.across(out + 5 + len(squash), out + 8 + len(squash), 1, "h", head=True)
    inside.figure(out + 9 + len(squash), 1, "h")


def _through_weights(inside: Inside, y: int, name: str, text: str, value: float) -> None:
    """The arrow through the weights, to what it brings the unit."""
    live, begin, through = inside.live, inside.margin, inside.margin + THROUGH
    inside.across(begin, through, y, name, head=True)
    known = live.view.knows(name, inside.t)
    style = live.palette.muted if known else live.palette.faint
    inside.put(begin + 1, y, f" {text} ", name, style)
    figure = number(value) if known else UNKNOWN
    inside.put(through + 2, y, figure, name, live.signed(value, inside.t) if known else live.palette.faint)
    inside.across(through + 3 + len(figure), through + 12, y, name)


def _lstm(inside: Inside) -> None:
    """The lane of the cell above, the gates below it, and the part that is shown."""
    begin = inside.margin
    step = max(10, min(14, (inside.width - 2 * begin - 6) // 4))
    keep = begin + 4
    write, new, show = keep + step, keep + 2 * step, keep + 3 * step
    plus, out = (write + new) // 2, show + step // 2 + 2
    start = inside.before(0, "c")
    inside.across(start, out + 5, 0, "c")
    inside.put(keep, 0, TIMES, "c")
    inside.put(plus, 0, PLUS, "c")
    inside.put(out, 0, "┬", "h")
    inside.across(out + 1, out + 5, 0, "c", head=True)
    inside.figure(out + 6, 0, "c")
    inside.up(keep, 1, 4, "c")
    inside.up(plus, 1, 1, "c")
    inside.across(write, new, 2, "c")
    for x, corner in ((write, "╭"), (plus, TIMES), (new, "╮")):
        inside.put(x, 2, corner, "c")
    inside.up(write, 3, 4, "c", head=False)
    inside.up(new, 3, 4, "c", head=False)
    squash = "tanh" if inside.live.notation else "squash"
    inside.put(out, 1, inside.pen("h").up, "h")
    inside.put(out - len(squash) // 2, 2, squash, "h")
    inside.put(out, 3, inside.pen("h").up, "h")
    inside.across(show, out, 4, "h")
    inside.put(show, 4, "╭", "h")
    inside.put(out, 4, TIMES, "h")
    inside.across(out + 1, out + 5, 4, "h", head=True)
    inside.figure(out + 6, 4, "h")
    _gates(inside, (("f", keep), ("i", write), ("g", new), ("o", show)), 5)


def _gates(inside: Inside, gates: tuple[tuple[str, int], ...], y: int) -> None:
    """The gates side by side, and the line from the memory and the word that reaches all of them."""
    board, live = inside.board, inside.live
    for letter, x in gates:
        inside.figure(x, y, letter, middle=True)
    start, first = inside.recalled(y + 1), gates[0][0]
    last = gates[-1][1]
    inside.across(start, last, y + 1, first)
    if cut_off(live.model):
        inside.put(start + 1, y + 1, CUT, first, live.palette.strong)
    for _, x in gates[:-1]:
        inside.put(x, y + 1, "┴", first)
    inside.put(last, y + 1, "╯", first)
    joined = inside.margin
    inside.put(joined, y + 1, "┬", first)
    board.put(inside.x, inside.y + y + 2, inside.word, live.palette.strong)
    inside.across(cell_len(inside.word) + 1, joined, y + 2, first)
    inside.put(joined, y + 2, "╯", first)


def _gru(inside: Inside) -> None:
    """The old memory above, the new value below, and the gate that blends them."""
    live = inside.live
    begin = inside.margin
    step = max(12, min(18, (inside.width - 2 * begin - 8) // 3))
    reset, keep = begin + 7, begin + 7 + step
    plus = keep + 2 * step - 4
    start = inside.before(0, "h")
    inside.across(start, plus + 4, 0, "h")
    inside.put(keep, 0, TIMES, "h")
    inside.put(plus, 0, PLUS, "h")
    inside.across(plus + 1, plus + 4, 0, "h", head=True)
    inside.figure(plus + 5, 0, "h")
    inside.up(keep, 1, 1, "h")
    inside.up(plus, 1, 1, "h")
    end = inside.figure(keep, 2, "z", middle=True)
    rest = f"1 − {inside.names('z')}"
    inside.across(end + 1, plus, 2, "h", head=True)
    inside.put((end + plus - len(rest)) // 2, 2, f" {rest} ", "h")
    inside.put(plus, 2, TIMES, "h")
    inside.up(plus, 3, 3, "h")
    inside.across(inside.recalled(4), plus, 4, "n")
    called = " weight_hh " if live.notation else " weights "
    inside.put(begin - 4, 4, called, "n", live.palette.muted if live.view.knows("n", inside.t) else live.palette.faint)
    if cut_off(live.model) or not live.model.cell.weight_hh.any():
        inside.put(begin - 5, 4, CUT, "n", live.palette.strong)
    inside.put(plus, 4, "╯", "h")
    inside.put(reset, 4, TIMES, "n")
    text, _ = inside.value("n")
    size = cell_len(inside.names("n")) + 1 + cell_len(text)
    inside.put(keep - size // 2 - 2, 4, f"{AHEAD}{' ' * (size + 2)}", "n")
    inside.figure(keep - size // 2, 4, "n")
    inside.up(reset, 5, 5, "n")
    inside.up(keep, 5, 5, "n")
    inside.figure(reset, 6, "r", middle=True)
    inside.board.centred(inside.x + keep, inside.y + 6, inside.word, live.palette.strong)


def _lstm_in_short(inside: Inside) -> None:
    """The same in two rows: the lane of the cell, and the gates under the places where they act on it."""
    start = inside.before(0, "c")
    keep = start + 3
    inside.across(start, keep, 0, "c")
    inside.put(keep, 0, TIMES, "c")
    left = inside.figure(keep, 1, "f", middle=True) + 2
    times = inside.figure(left, 1, "i")
    inside.put(times, 1, f" {TIMES} ", "c")
    right = inside.figure(times + 3, 1, "g")
    plus = (left + right) // 2
    inside.across(keep + 1, plus, 0, "c")
    inside.put(plus, 0, PLUS, "c")
    inside.across(plus + 1, plus + 3, 0, "c", head=True)
    end = inside.figure(plus + 4, 0, "c")
    squash = " tanh " if inside.live.notation else " squash "
    show = max(end + 4 + len(squash), right + 7)
    inside.across(end + 1, show, 0, "h")
    inside.put(end + 2, 0, squash, "h")
    inside.put(show, 0, TIMES, "h")
    inside.across(show + 1, show + 3, 0, "h", head=True)
    inside.figure(show + 4, 0, "h")
    inside.figure(show, 1, "o", middle=True)


def _gru_in_short(inside: Inside) -> None:
    """The same in two rows: the old memory, and below it the gate and the new value that change it."""
    start = inside.before(0, "h")
    keep = start + 4
    inside.put(keep, 0, TIMES, "h")
    inside.across(start, keep, 0, "h")
    left = inside.figure(keep, 1, "z", middle=True) + 3
    rest = f"(1 − {inside.names('z')}) {TIMES} "
    inside.put(left, 1, rest, "h")
    right = inside.figure(left + len(rest), 1, "n")
    inside.put(right, 1, f" ◂{inside.pen('n').across} ", "n")
    inside.figure(right + 4, 1, "r")
    plus = (left + right) // 2
    inside.across(keep + 1, plus, 0, "h")
    inside.put(plus, 0, PLUS, "h")
    inside.across(plus + 1, plus + 4, 0, "h", head=True)
    inside.figure(plus + 5, 0, "h")


class Drawing(NamedTuple):
    """A drawing of a cell's inside: its rows, the least cells that it takes, and what draws it."""

    rows: int
    width: int
    draw: Callable[[Inside], None]


CELLS: Mapping[str, tuple[Drawing, ...]] = {
    "elman": (Drawing(3, 92, _elman),),
    "lstm": (Drawing(8, 76, _lstm), Drawing(2, 74, _lstm_in_short)),
    "gru": (Drawing(7, 76, _gru), Drawing(2, 74, _gru_in_short)),
}
"""The drawings of each cell's inside by its kind, the largest first; one that isn't here has none."""
