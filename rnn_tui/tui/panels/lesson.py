"""The panels that a lesson adds to the walk: its prose, one row that reminds of it, and its header."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment

from rnn_tui.pictures.lesson import CardView, card, heading, pick_at, pick_in_reminder, reminder
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import Pick
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.view import View
from rnn_tui.tui.panels.panel import Panel


@dataclass(frozen=True)
class LessonView:
    """A card of a lesson, and the moment of the walk beside it."""

    card: CardView
    walk: View


class Prose(Panel[LessonView]):
    """The prose of the card."""

    def drawn_from(self, view: LessonView) -> tuple[object, ...]:
        """The card alone."""
        return (view.card,)

    def picture(self, view: LessonView, palette: Palette, width: int, height: int) -> list[Row]:
        """The prose, how far the lesson is, and the keys."""
        return card(view.card, width, height, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The key there."""
        return None if self.view is None else pick_at(self.view.card, *self.size, x, y)


class Reminder(Panel[LessonView]):
    """One row in place of the prose."""

    def drawn_from(self, view: LessonView) -> tuple[object, ...]:
        """The card alone."""
        return (view.card,)

    def picture(self, view: LessonView, palette: Palette, width: int, height: int) -> list[Row]:
        """The first words of the prose, and the keys."""
        return reminder(view.card, width, palette)

    def pick_at(self, x: int, y: int) -> Pick | None:
        """The key there."""
        return None if self.view is None else pick_in_reminder(self.view.card, self.size.width, x)


class LessonHeader(Panel[LessonView]):
    """The lesson, its stop, the model, and the position."""

    def drawn_from(self, view: LessonView) -> tuple[object, ...]:
        """The card, the model and the position."""
        return (view.card, view.walk.model, view.walk.scene.position, view.walk.scene.edits)

    def picture(self, view: LessonView, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        walk = view.walk
        word = f" {walk.model.tokenizer.unit} {walk.t + 1} of {len(walk.trace)} · "
        where = [Segment(word, palette.bar), Segment(f"{walk.phase.heading} ", palette.accent)]
        return [heading(view.card, walk.model.name, where, width, palette)]
