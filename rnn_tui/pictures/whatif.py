"""The what-if panel: the slider of the memory, the keys of the other edits, and the edits in force; all clickable."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.edits import Edit, Forget, Lane, Silence, lane_of, memory_factor
from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.network.naming import parameter_in_words
from rnn_tui.pictures.arithmetic import picked_weight
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.holding import figure, name_at_work
from rnn_tui.pictures.naming import value_head
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import EditPick, KeyPick, MemoryPick, Pick
from rnn_tui.pictures.pieces import Piece, pick_in, row_of, width_of
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.text import printable, unsigned

Pieces = list[Piece]
NOTCHES = 20  # tenths, from 0 to 2
ROWS = 3
AIRY = 90
ROOMY = 74  # from here on the slider has a cell for every tenth


def whatif_panel(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """The panel in its frame, or without it where there is room for its three rows alone."""
    rows: list[Row] = [[Segment(" "), *row_of(pieces)] for pieces in _lines(view, width - 4, palette)]
    if height < ROWS + 2:
        return [sized(row, width) for row in rows]
    title: Row = [Segment("What if", palette.accent), Segment("  nothing on disk is changed", palette.muted)]
    foot = "0 original · y save as a model · x closes"
    return framed(rows, width, height, title, palette.frame_now, foot=foot, foot_style=palette.muted)


def pick_at(view: View, width: int, height: int, x: int, y: int) -> Pick | None:
    """The pick at a cell of the panel that `whatif_panel` draws."""
    border = 0 if height < ROWS + 2 else 1
    lines = _lines(view, width - 4, Palette())
    return pick_in(lines[y - border], x - border - 1) if 0 <= y - border < len(lines) else None


def _lines(view: View, width: int, palette: Palette) -> list[Pieces]:
    return [_memory(view, width, palette), _words(view, width, palette), _in_force(view, width, palette)]


def _key(key: str, does: str, pick: Pick, palette: Palette, *, on: bool = False) -> Pieces:
    """A key and what it does."""
    style = palette.accent if on else palette.text
    return [Piece(f"{key} ", palette.accent, pick), Piece(does, style, pick)]


def _spread(groups: list[Pieces], width: int) -> Pieces:
    """Groups of keys with as much space between them as there is, from three cells to one."""
    used = sum(width_of(group) for group in groups)
    gap = Piece(" " * max(1, min(3, (width - used) // max(1, len(groups) - 1))))
    return [piece for group in groups for piece in (*group, gap)][:-1]


def _memory(view: View, width: int, palette: Palette) -> Pieces:
    """The slider, and the changes of the network as a whole."""
    edits = view.scene.edits
    factor = 0.0 if Forget() in edits else memory_factor(edits)
    pad = " " if width >= AIRY else ""
    slider = [Piece(f"memory ×{pad}", palette.text), Piece(fit(unsigned(factor), 5), palette.strong)]
    less, more = (MemoryPick(max(0, min(round(factor * 10) + by, NOTCHES))) for by in (-1, 1))
    before, behind = (" ", " ") if picked_weight(view) else (",", ".")  # the keys are the picked weight's then
    slider.append(Piece(before + pad, palette.accent, less))
    slider += _slider(factor, 1 if width >= ROOMY else 2, palette)
    slider.append(Piece(pad + behind, palette.accent, more))
    groups = [slider, _key("f", "forget", KeyPick("forget"), palette, on=Forget() in edits)]
    if view.model.activation is not None:
        names = list(ACTIVATIONS)
        after = names[(names.index(view.model.activation) + 1) % len(names)]
        groups.append(_key("a", f"{view.model.activation}→{after}", KeyPick("activation"), palette))
    name = f"silence {printable(view.model.unit_name(view.unit))}"
    room = width - sum(width_of(group) + 1 for group in groups) - 2
    does = name if cell_len(name) <= room else "silence"
    silence = _key(
        "o", does, KeyPick("silence"), palette, on=Silence(view.unit, lane_of(view.model.floor) or Lane()) in edits
    )
    return _spread([*groups, silence], width)


def _slider(factor: float, step: int, palette: Palette) -> Pieces:
    """From 0 to 2, a cell for every `step` tenths; a click goes to the notch."""
    at = round(max(0.0, min(factor * 10, NOTCHES)) / step) * step
    pieces = []
    for notch in range(0, NOTCHES + 1, step):
        glyph = "●" if notch == at else "┼" if notch == 10 else "├" if not notch else "┤" if notch == NOTCHES else "─"
        style = palette.accent if notch == at else palette.text if notch < at else palette.muted
        pieces.append(Piece(glyph, style, MemoryPick(notch)))
    return pieces


def _words(view: View, width: int, palette: Palette) -> Pieces:
    """The keys that change the current word, and weights."""
    weights = view.scene.arithmetic
    airy = width >= AIRY and not weights
    longest = 12 if airy else 8 if width >= ROOMY else 5
    word = fit(printable(view.trace.tokens[view.t].surface), longest).rstrip()
    move = [Piece("{ ", palette.accent, KeyPick("shift-back")), *_key("}", "move", KeyPick("shift-on"), palette)]
    groups = [
        [Piece(f"“{word}”", palette.strong)],
        _key("r", "replace", KeyPick("replace"), palette),
        _key("i", "insert before" if airy else "insert", KeyPick("insert"), palette),
        _key("d", "drop", KeyPick("drop"), palette),
        move,
    ]
    last = _key("n", "any edit" if airy else "type", KeyPick("any-edit"), palette)
    used = sum(width_of(group) + 1 for group in (*groups, last))
    if weights:  # for whose entry there must be room
        used += len("j k , . the weight ") if picked_weight(view) else len("j k a weight ")
    groups.append(_hold(view, width - used, palette))
    if weights:
        room = width - sum(width_of(group) + 1 for group in (*groups, last))
        groups.append(_weight(view, room, palette))
    return _spread([*groups, last], width)


def _hold(view: View, room: int, palette: Palette) -> Pieces:
    """The key that types over the number at work, and that number, as far as there is room."""
    name = name_at_work(view)
    said = f"{value_head(view, name)} {figure(view, name)}".rstrip()
    words = (f"hold {said}", f"hold {figure(view, name)}".rstrip(), "hold")
    does = next((text for text in words if len("h ") + cell_len(text) <= room), words[-1])
    return _key("h", does, KeyPick("hold"), palette, on=view.holds(name, view.unit))


def _weight(view: View, room: int, palette: Palette) -> Pieces:
    """The keys that pick a weight, or that change the picked one, which is marked in the arithmetic anyway."""
    picked = picked_weight(view)
    if picked is None:
        return _key("j k", "a weight", KeyPick("next-weight"), palette)
    if view.scene.notation:
        name = f"{picked[0]}[{','.join(str(index + 1) for index in picked[1])}]"
    else:
        name = parameter_in_words(view.model, *picked)
        name = (
            name if len("j k , . ") + cell_len(name) <= room else f"the {'bias' if 'bias' in picked[0] else 'weight'}"
        )
    pieces = _key("j k", "", KeyPick("next-weight"), palette)
    pieces += [Piece(",", palette.accent, KeyPick("less")), Piece(" ")]
    return pieces + _key(".", name, KeyPick("more"), palette, on=True)


def _in_force(view: View, width: int, palette: Palette) -> Pieces:
    """The edits, the chosen one marked; as many as fit, the chosen one among them."""
    edits, chosen = view.scene.edits, view.scene.chosen
    if not edits:
        return [Piece("nothing is changed: this is the network as it is", palette.muted)]
    keys = _key("del", "takes out", KeyPick("take-out"), palette)
    if len(edits) > 1:
        keys += [Piece("   "), *_key("tab", "next", KeyPick("choose"), palette)]
    first = 0
    room = width - width_of(keys)
    shown = [_edit(view, index, edit, room, palette) for index, edit in enumerate(edits)]
    while first < chosen and sum(width_of(pieces) for pieces in shown[first : chosen + 1]) > room:
        first += 1
    row: Pieces = []
    for drawn in shown[first:]:
        if row and width_of(row) + width_of(drawn) > room:
            row.append(Piece("… ", palette.muted))
            break
        row += drawn
    return row + keys


def _edit(view: View, index: int, edit: Edit, room: int, palette: Palette) -> Pieces:
    chosen = index == view.scene.chosen
    mark, taken_out = Piece("▸" if chosen else " ", palette.accent), Piece(" ✕  ", palette.negative, EditPick(index))
    text = _end_of(printable(edit.told(view.model)), room - width_of([mark, taken_out]))
    return [mark, Piece(text, palette.strong if chosen else palette.text), taken_out]


def _end_of(text: str, room: int) -> str:
    """The text, its first words left out where it doesn't fit: what comes last is what it was changed to."""
    words = text.split(" ")
    ends = (text, *(f"…{' '.join(words[first:])}" for first in range(1, len(words))))
    return next((end for end in ends if cell_len(end) <= room), ends[-1])
