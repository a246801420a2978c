"""The line at the top: the program, the network, and where one is."""

from __future__ import annotations

from rich.segment import Segment

from rnn_tui.network.model import Model
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, over, sized, width_of
from rnn_tui.pictures.view import View
from rnn_tui.text import printable
from rnn_tui.tui.panels.panel import Panel


class Header(Panel[View]):
    """The program, the model and whether it is changed, and the position."""

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The position."""
        return (*view.still, view.scene.position)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        model = view.model
        where = f" {model.tokenizer.unit} {view.t + 1} of {len(view.trace)} · "
        right = [Segment(where, palette.bar), Segment(view.phase.heading + " ", palette.accent)]
        left = [Segment(" rnn-tui ", palette.badge), Segment(f" {printable(model.name)}", palette.strong)]
        if view.scene.edits:
            changes = len(view.scene.edits)
            left.append(Segment(f"  {changes} change{'s' if changes > 1 else ''}", palette.accent))
        room = width - width_of(right) - width_of(left) - 1
        left.append(Segment(_network(model, room), palette.muted))
        return [over([*sized(left, max(0, width - width_of(right))), *right], palette.bar)]


def _network(model: Model, room: int) -> str:
    """The kind of network, as long as there is room for it."""
    cell = model.cell.title
    units = f"unit{'s' if model.hidden_size > 1 else ''}"
    readout = model.readout.title.format(model.tokenizer.unit)
    kind = f"{cell} · {readout}" if readout else cell
    said = (
        f"   {kind} · {model.hidden_size} hidden {units}",
        f"  {kind} · {model.hidden_size} {units}",
        f"  {kind}",
        *([f"  {model.cell.kind_title} · {readout}"] if readout else []),
        f"  {cell}",
        "",
    )
    return next(text for text in said if len(text) <= max(0, room))
