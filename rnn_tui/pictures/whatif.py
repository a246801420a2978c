"""The what-if panel: the slider of the memory, the keys of the other edits, and the edits in force; all clickable."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.edits import Edit, Forget, Silence, memory_factor
from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.pictures.arithmetic import weights_of
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized, width_of
from rnn_tui.pictures.view import View
from rnn_tui.story.edits import called
from rnn_tui.text import printable, unsigned

NOTCHES = 20  # tenths, from 0 to 2
ROWS = 3
AIRY = 90
ROOMY = 74  # from here on the slider has a cell for every tenth


def whatif_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The panel in its frame, or without it where there is room for its three rows alone."""
    inner = width - 4
    rows = [_memory(view, inner, palette), _words(view, inner, palette), _in_force(view, inner, palette)]
    rows = [[Segment(" "), *row] for row in rows]
    if height < ROWS + 2:
        return [sized(row, width) for row in rows]
    title: Row = [Segment("What if", palette.accent), Segment("  nothing on disk is changed", palette.muted)]
    foot = "0 original · y save as a model · x closes"
    return framed(rows, width, height, title, palette.frame_now, foot=foot, foot_style=palette.muted)


def link(action: str) -> Style:
    """A style that makes its text do something when it is clicked."""
    return Style(meta={"@click": f"screen.{action}"})


def _key(key: str, does: str, action: str, palette: Palette, *, on: bool = False) -> Row:
    """A key and the name of its change."""
    style = palette.accent if on else palette.text
    return [Segment(f"{key} ", palette.accent + link(action)), Segment(does, style + link(action))]


def _spread(groups: list[Row], width: int) -> Row:
    """Groups of keys with as much space between them as there is, from three cells to one."""
    used = sum(width_of(group) for group in groups)
    gap = Segment(" " * max(1, min(3, (width - used) // max(1, len(groups) - 1))))
    return [segment for group in groups for segment in (*group, gap)][:-1]


def _memory(view: View, width: int, palette: Palette) -> Row:
    """The slider, and the changes of the network as a whole."""
    edits = view.scene.edits
    factor = 0.0 if Forget() in edits else memory_factor(edits)
    pad = " " if width >= AIRY else ""
    slider: Row = [Segment(f"memory ×{pad}", palette.text), Segment(fit(unsigned(factor), 5), palette.strong)]
    less, more = (max(0, min(round(factor * 10) + by, NOTCHES)) for by in (-1, 1))
    before, behind = (" ", " ") if _picked_weight(view) else (",", ".")  # the keys are the picked weight's then
    slider += [Segment(before + pad, palette.accent + link(f"edit('memory', {less})"))]
    slider += [*_slider(factor, 1 if width >= ROOMY else 2, palette)]
    slider += [Segment(pad + behind, palette.accent + link(f"edit('memory', {more})"))]
    groups = [slider, _key("f", "forget", "edit('forget')", palette, on=Forget() in edits)]
    if view.model.activation is not None:
        names = list(ACTIVATIONS)
        after = names[(names.index(view.model.activation) + 1) % len(names)]
        groups.append(_key("a", f"{view.model.activation}→{after}", "edit('activation')", palette))
    name = f"silence {printable(view.model.unit_name(view.scene.unit))}"
    room = width - sum(width_of(group) + 1 for group in groups) - 2
    does = name if cell_len(name) <= room else "silence"
    return _spread([*groups, _key("o", does, "edit('silence')", palette, on=Silence(view.scene.unit) in edits)], width)


def _slider(factor: float, step: int, palette: Palette) -> Row:
    """The slider from 0 to 2, a cell for every `step` tenths; a click sets the factor of its cell."""
    at = round(max(0.0, min(factor * 10, NOTCHES)) / step) * step
    row: Row = []
    for notch in range(0, NOTCHES + 1, step):
        glyph = "●" if notch == at else "┼" if notch == 10 else "├" if not notch else "┤" if notch == NOTCHES else "─"
        style = palette.accent if notch == at else palette.text if notch < at else palette.muted
        row.append(Segment(glyph, style + link(f"edit('memory', {notch})")))
    return row


def _words(view: View, width: int, palette: Palette) -> Row:
    """The keys that change the current word, and weights."""
    airy = width >= ROOMY and not view.scene.arithmetic
    word = fit(printable(view.trace.tokens[view.t].surface), 12 if airy else 8).rstrip()
    move = [Segment("{ ", palette.accent + link("edit('shift', -1)")), *_key("}", "move", "edit('shift', 1)", palette)]
    groups: list[Row] = [
        [Segment(f"“{word}”", palette.strong)],
        _key("r", "replace", "ask('replace')", palette),
        _key("i", "insert before" if airy else "insert", "ask('insert')", palette),
        _key("d", "drop", "edit('drop')", palette),
        move,
    ]
    if view.scene.arithmetic:
        groups.append(_weight(view, palette))
    return _spread([*groups, _key("n", "any edit" if airy else "type", "ask('any')", palette)], width)


def _picked_weight(view: View) -> str:
    """The weight that is picked in the arithmetic, as it is typed: "weight_hh[1,2]"; nothing where none is."""
    weights = weights_of(view) if view.scene.arithmetic and view.weight is not None else ()
    if view.weight is None or view.weight >= len(weights):
        return ""
    name, index = weights[view.weight]
    return f"{name}[{','.join(str(i + 1) for i in index)}]"


def _weight(view: View, palette: Palette) -> Row:
    """The keys that pick a weight, or change the picked one."""
    picked = _picked_weight(view)
    if not picked:
        return _key("j k", "a weight", "weight(1)", palette)
    row = _key("j k", "", "weight(1)", palette)
    row += [Segment(",", palette.accent + link("edit('nudge', -1)")), Segment(" ")]
    return row + _key(".", picked, "edit('nudge', 1)", palette, on=True)


def _in_force(view: View, width: int, palette: Palette) -> Row:
    """The edits, the chosen one marked; as many as fit, the chosen one among them."""
    edits = view.scene.edits
    if not edits:
        return [Segment("nothing is changed: this is the network as it is", palette.muted)]
    shown = [_edit(view, number, edit, palette) for number, edit in enumerate(edits)]
    keys = [*_key("del", "takes out", "edit('take_out', -1)", palette)]
    if len(edits) > 1:
        keys += [Segment("   "), *_key("tab", "next", "choose(1)", palette)]
    first = 0
    room = width - width_of(keys)
    while first < view.chosen and sum(width_of(row) for row in shown[first : view.chosen + 1]) > room:
        first += 1
    row: Row = []
    for drawn in shown[first:]:
        if row and width_of(row) + width_of(drawn) > room:
            row.append(Segment("… ", palette.muted))
            break
        row += drawn
    return row + keys


def _edit(view: View, number: int, edit: Edit, palette: Palette) -> Row:
    chosen = number == view.chosen
    text = printable(called(edit, view.model))
    mark = Segment("▸" if chosen else " ", palette.accent)
    return [
        mark,
        Segment(text, palette.strong if chosen else palette.text),
        Segment(" ✕  ", palette.negative + link(f"edit('take_out', {number})")),
    ]
