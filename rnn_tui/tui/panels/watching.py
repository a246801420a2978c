"""The panels of a training that goes on: how far it is, its weights, and what it has just learned."""

from __future__ import annotations

from rnn_tui.pictures.moving import WeightsView, weights
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row
from rnn_tui.pictures.watching import ChangedView, Progress, changed_answers, progress
from rnn_tui.tui.panels.panel import Panel


class Status(Panel[Progress]):
    """The line that says how far the training is."""

    def picture(self, view: Progress, palette: Palette, width: int, height: int) -> list[Row]:
        """One row."""
        return [progress(view, width, palette)]


class Weights(Panel[WeightsView]):
    """A block of the weights of now, how it has moved, and how fast all of them do."""

    def drawn_from(self, view: WeightsView) -> tuple[object, ...]:
        """The weights themselves, and what of them is looked at."""
        arrays = (view.now, view.before or {})
        seen = tuple(id(array) for tensors in arrays for array in [*tensors.values()][:1])  # which the last view holds
        return (seen, view.block, view.unit, view.picked, view.words, view.word, id(view.step), view.moved)

    def picture(self, view: WeightsView, palette: Palette, width: int, height: int) -> list[Row]:
        """The block in its frame."""
        return weights(view, width, height, palette)


class Changed(Panel[ChangedView]):
    """The answers that an epoch has made right, or wrong."""

    def drawn_from(self, view: ChangedView) -> tuple[object, ...]:
        """The epoch."""
        return (view.epoch, id(view.ended))

    def picture(self, view: ChangedView, palette: Palette, width: int, height: int) -> list[Row]:
        """The answers in their frame."""
        return changed_answers(view, width, height, palette)
