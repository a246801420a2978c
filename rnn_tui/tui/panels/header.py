"""The line at the top: the program, the network, and where one is."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.loading import module
from rnn_tui.network.model import Model
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.pieces import Piece, pick_in, row_of
from rnn_tui.pictures.pieces import width_of as pieces_width
from rnn_tui.pictures.rows import Row, over, sized, width_of
from rnn_tui.pictures.view import View
from rnn_tui.story.describe import answering
from rnn_tui.text import printable
from rnn_tui.tui.panels.panel import Panel


class Header(Panel[View]):
    """The program, the model and whether it is changed, and the position."""

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The position."""
        return (*view.still, view.scene.position)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        asked = "asked at " if view.scene.asking else ""  # the question may be about another word
        where = f" {asked}{view.model.tokenizer.unit} {view.t + 1} of {len(view.trace)} · "
        right = [Segment(where, palette.bar), Segment(view.phase.heading + " ", palette.accent)]
        room = max(0, width - width_of(right))
        left = row_of(_left(view, _room(view, width), palette))
        return [over([*sized(left, room), *right], palette.bar)]

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The floor there, where there are several."""
        view, palette = self.view, self.palette
        if view is None or palette is None or len(view.model.floors) == 1:
            return None
        return pick_in(_left(view, _room(view, self.size.width), palette), x)


def _room(view: View, width: int) -> int:
    """The cells for what stands at the left; of several floors the same at every step, so that nothing there moves."""
    asked, words, headings = "asked at " if view.scene.asking else "", view.t + 1, [view.phase.heading]
    if len(view.model.floors) > 1:
        words, headings = len(view.trace), [phase.heading for floor in view.model.floors for phase in floor.phases]
    longest = max(map(cell_len, headings))
    where = f" {asked}{view.model.tokenizer.unit} {words} of {len(view.trace)} · "
    return max(0, width - cell_len(where) - longest - 1)


def _left(view: View, width: int, palette: Palette) -> list[Piece]:
    """The program, the model and whether it is changed; then the network, or its floors with the one of now lit."""
    left = [Piece(" rnn-tui ", palette.badge), Piece(f" {printable(view.model.called)}", palette.strong)]
    if view.scene.edits:
        changes = len(view.scene.edits)
        left.append(Piece(f"  {changes} change{'s' if changes > 1 else ''}", palette.accent))
    room = width - pieces_width(left) - 1
    if len(view.model.floors) == 1:
        return [*left, Piece(_network(view.model, room), palette.muted)]
    floors: list[Piece] = []
    for kept in range(len(left), 0, -1):  # the name of a file may be long
        left = left[:kept]
        floors = _building().floor_pieces(view, width - pieces_width(left) - 1 - GAP, palette)
        if floors:
            break
    model = view.model.on(0)
    kinds = (f"   {' · '.join((model.architecture, *answering(model)))}", f"   {model.architecture}", "")
    used = GAP + pieces_width(floors) + pieces_width(left) + 1
    kind = next(kind for kind in kinds if not kind or len(kind) + used <= width)
    return [*left, Piece(kind, palette.muted), Piece(" " * GAP), *floors]


_building = module("rnn_tui.pictures.building")  # only networks of several floors have it
GAP = 3
"""The cells before the floors."""


def _network(model: Model, room: int) -> str:
    """The kind of network, as long as there is room for it."""
    cell = model.cell.title
    units = f"unit{'s' if model.hidden_size > 1 else ''}"
    parts = answering(model)
    kind = " · ".join((cell, *parts))
    said = (
        f"   {kind} · {model.hidden_size} hidden {units}",
        f"  {kind} · {model.hidden_size} {units}",
        f"  {kind}",
        *([f"  {' · '.join((model.cell.kind_title, *parts))}"] if parts else []),
        *([f"  {model.cell.kind_title} · {parts[0]}"] if len(parts) > 1 else []),
        f"  {cell}",
        "",
    )
    return next(text for text in said if len(text) <= max(0, room))
