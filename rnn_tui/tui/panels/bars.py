"""The one-line panels: the header and the footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.model import Model
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, blank, fit, over, sized, width_of
from rnn_tui.pictures.view import View
from rnn_tui.text import printable
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.plan import LEAST_HEIGHT, LEAST_WIDTH


class Header(Panel):
    """The program, the model and whether it is changed, and the position."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The position."""
        return (view.scene.position,)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        model = view.model
        place = f" {model.tokenizer.unit} {view.t + 1} of {len(view.trace)} · "
        right = [Segment(place, palette.bar), Segment(view.phase.heading + " ", palette.accent)]
        left = [Segment(" rnn-tui ", palette.badge), Segment(f" {printable(model.name)}", palette.strong)]
        if view.scene.edits:
            changes = len(view.scene.edits)
            left.append(Segment(f"  {changes} change{'s' if changes > 1 else ''}", palette.accent))
        room = width - width_of(right) - width_of(left) - 1
        left.append(Segment(_network(model, room), palette.muted))
        return [over([*sized(left, max(0, width - width_of(right))), *right], palette.bar)]


def _network(model: Model, room: int) -> str:
    """The kind of network, as long as there is room for it."""
    cell = {"elman": f"Elman {model.activation}", "gru": "GRU", "lstm": "LSTM"}[model.cell.kind]
    units = f"unit{'s' if model.hidden_size > 1 else ''}"
    said = (
        f"   {cell} · {model.hidden_size} hidden {units}",
        f"  {cell} · {model.hidden_size} {units}",
        f"  {cell}",
        "",
    )
    return next(text for text in said if len(text) <= max(0, room))


@dataclass(frozen=True)
class Hint:
    """One entry of the footer: the key, what it does, the action behind it, and whether it can be done now."""

    key: str
    does: str
    action: str
    able: bool
    weight: int = 0  # the higher, the sooner it is left out


class Footer(Panel):
    """The keys; those that can't do anything now are greyed, and every one can be clicked."""

    hints: Sequence[Hint] = ()

    def depends(self, view: View) -> tuple[object, ...]:
        """What can be done now."""
        return (*self.hints,)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """One row with as many hints as fit, the least important left out first."""
        kept = list(self.hints)
        while kept and sum(len(hint.key) + len(hint.does) + 3 for hint in kept) > width:
            kept.remove(max(reversed(kept), key=lambda hint: hint.weight))
        row: Row = []
        for hint in kept:
            link = Style(meta={"@click": f"screen.{hint.action}"}) if hint.able else Style()
            row.append(Segment(f" {hint.key}", (palette.accent if hint.able else palette.faint) + link))
            row.append(Segment(f" {hint.does} ", (palette.muted if hint.able else palette.faint) + link))
        return [over(sized(row, width), palette.bar)]


class Notice(Panel):
    """Shown where the terminal is too small."""

    def depends(self, view: View) -> tuple[object, ...]:
        """Nothing but its size."""
        return ()

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """How large it must be, and how large it is."""
        lines = ["rnn-tui needs more room", f"at least {LEAST_WIDTH} × {LEAST_HEIGHT}", f"now {width} × {height}"]
        rows: list[Row] = [blank(width) for _ in range(max(0, (height - len(lines)) // 2))]
        return rows + [[Segment(fit(line, width, "center"), palette.accent)] for line in lines]
