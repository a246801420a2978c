"""The course of a training above the walk: the loss and the figure that it is judged by, and one text's answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.network.runs import Told
from rnn_tui.pictures.lenses.canvas import ACROSS, DOWN, Canvas, Trail
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized, stacked, width_of
from rnn_tui.pictures.series import BLOCKS
from rnn_tui.replay import Replay
from rnn_tui.text import number, printable, unsigned

POINT = "●"
GAP = 2
"""The cells between two curves."""
MOST_POINTS = 300
"""The most epochs that a curve goes through: more lie in the same dots, and would take long to draw."""
PLOTS = 4
"""From so many rows on there are curves, and not one line of blocks."""
Curve = tuple[Sequence[int], Sequence[float], Style]
"""Epochs, the value at each (NaN where there is none), and the colour."""


@dataclass(frozen=True, eq=False)
class CourseView:
    """A training on one text, the epoch that is shown, and the word after which the answer is meant (−1: the last)."""

    replay: Replay
    epoch: int
    t: int
    hidden: bool = False
    reach: int | None = None  # the last epoch that there is room for, where more are to come
    now: float | None = None  # the answer after a batch since the epoch, where one was taken alone

    @property
    def told(self) -> Told:
        """The line of the history about the epoch."""
        return self.replay.run.told(self.epoch) or Told(self.epoch)


def course(view: CourseView, width: int, height: int, palette: Palette) -> list[Row]:
    """One row that says where the training is, and below it the curves, side by side."""
    rows = [sized(_where(view, width, palette), width)]
    if height < PLOTS:
        return [*rows, *([_line(view, width, palette)] if height > 1 else [])]
    left = (width - GAP) // 2 if not view.hidden else width
    drawn = _judged(view, left, height - 1, palette)
    if view.hidden:  # the answer is covered, so its curve is, too
        return [*rows, *drawn]
    beside = _answer(view, width - GAP - left, height - 1, palette)
    return [*rows, *([*a, Segment(" " * GAP), *b] for a, b in zip(drawn, beside, strict=True))]


def _where(view: CourseView, width: int, palette: Palette) -> Row:
    """The epoch, and its figures as many as there is room for."""
    told, last = view.told, view.replay.run.epochs[-1]
    begins = " before training" if view.epoch == 0 else f" of {last}" if view.reach is None else f" of {last} so far"
    row: Row = [Segment(f" epoch {view.epoch}", palette.accent + Style(bold=True)), Segment(begins, palette.text)]
    parts = []
    if told.training_loss is not None:
        parts.append(f"loss {unsigned(told.training_loss, 2)}")
    if told.validation_loss is not None:
        parts.append(f"held out {unsigned(told.validation_loss, 2)}")
    if told.validation_accuracy is not None:
        parts.append(f"right {told.validation_accuracy:.0%}")
    if told.best:
        ended = view.reach is None and told.epoch == view.replay.run.best
        kept = "the best" if view.replay.run.other else "the best: the model file"
        parts.append(kept if ended else "the best so far")
    if told.moved:
        name, share = max(told.moved.items(), key=lambda item: item[1])
        parts.append(f"moved most: {printable(name.rpartition('.')[2])} by {share:.0%}")
    for part in parts:
        if width_of(row) + cell_len(part) + 3 <= width:
            row += [Segment("  ·  " if width >= 100 else " · ", palette.muted), Segment(part, palette.text)]
    return row


def _line(view: CourseView, width: int, palette: Palette) -> Row:
    """The curves in one row of blocks each."""
    title, epochs, values = _figure(view)
    parts = [(title, epochs, values)]
    if not view.hidden:
        parts.append((_answer_now(view), view.replay.epochs, view.replay.answers[:, view.t].tolist()))
    row: Row = []
    for text, xs, ys in parts:
        room = max(4, width // len(parts) - cell_len(text) - 3)
        row += [Segment(f" {text} ", palette.muted), *_blocks(xs, ys, view.epoch, room, palette), Segment(" ")]
    return sized(row, width)


def _blocks(xs: Sequence[int], ys: Sequence[float], epoch: int, room: int, palette: Palette) -> Row:
    """At most `room` blocks, evenly from the first epoch to the last, the one of now lit."""
    count = min(room, len(xs))
    at = [round(k * (len(xs) - 1) / max(1, count - 1)) for k in range(count)]
    here = min(range(count), key=lambda k: abs(xs[at[k]] - epoch)) if count else -1
    known = [value for value in ys if np.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    row: Row = []
    for k, index in enumerate(at):
        value = ys[index]
        share = (value - low) / (high - low) if high > low else 0.5
        glyph = BLOCKS[min(len(BLOCKS) - 1, int(share * len(BLOCKS)))] if np.isfinite(value) else "·"
        style = palette.accent + Style(bold=True) if k == here else palette.text if k < here else palette.faint
        row.append(Segment(glyph, style))
    return row


def _drawn(view: CourseView) -> list[Told]:
    """At most `MOST_POINTS` epochs of the history and one, evenly from the first to the last, with the one of now."""
    history = view.replay.run.history
    if len(history) <= MOST_POINTS:
        return list(history)
    even = {round(k * (len(history) - 1) / (MOST_POINTS - 1)) for k in range(MOST_POINTS)}
    return [told for index, told in enumerate(history) if index in even or told.epoch == view.epoch]


def _shares(view: CourseView, history: Sequence[Told]) -> list[tuple[int, float]]:
    """The share of right answers at each epoch; none where it isn't what the training is judged by."""
    if view.replay.run.training.get("judge") == "bits":
        return []
    return [(line.epoch, line.validation_accuracy) for line in history if line.validation_accuracy is not None]


def _figure(view: CourseView) -> tuple[str, Sequence[int], Sequence[float]]:
    """The figure that the training is judged by: the share of right answers, else the loss on what was held out."""
    history = _drawn(view)
    if shares := _shares(view, history):
        name, level = _rule(view)
        beside = "" if level is None else f" ({printable(str(name))} {level:.0%})"
        return f"right{beside}", [epoch for epoch, _ in shares], [value for _, value in shares]
    losses = [(line.epoch, line.validation_loss) for line in history if line.validation_loss is not None]
    return "loss", [epoch for epoch, _ in losses], [value for _, value in losses]


def _judged(view: CourseView, width: int, height: int, palette: Palette) -> list[Row]:
    """The loss in training and on what was held out, and the share of right answers with what a simple rule reaches.

    Where the answers are no right or wrong ones, the losses have all the room.
    """
    history = _drawn(view)
    shares = _shares(view, history)
    right = (width - GAP) // 2 if shares else 0
    losses = _losses(view, history, width - GAP - right if shares else width, height, palette)
    if not shares:
        return losses
    name, level = _rule(view)
    called = () if level is None else (f" {printable(str(name))} {level:.0%}", f" a rule {level:.0%}")
    rule = next((rule for rule in called if cell_len(f"right{rule}") <= right), "")  # half a name says nothing
    answers = "right answers" if cell_len(f"right answers{rule}") <= right else "right"
    title: Row = [Segment(answers, palette.positive), Segment(rule, palette.muted)]
    beside = _plot(title, [_curve(shares, palette.positive)], view, right, height, palette, level=level, share=True)
    return [[*a, Segment(" " * GAP), *b] for a, b in zip(losses, beside, strict=True)]


def _losses(view: CourseView, history: Sequence[Told], width: int, height: int, palette: Palette) -> list[Row]:
    """The loss in training and on what was held out, with what a simple rule reaches where that is a loss."""
    training = [(line.epoch, line.training_loss) for line in history if line.training_loss is not None]
    held_out = [(line.epoch, line.validation_loss) for line in history if line.validation_loss is not None]
    rule, level = _loss_rule(view)
    title: Row = [Segment("loss ", palette.text), Segment("held out", palette.positive)]
    tails = [f" {said}{rule}" for said in ("in training", "training")] if training else [rule]
    tails += [" in training", " training"] if training else []
    room = width - width_of(title)
    title.append(Segment(next((tail for tail in tails if cell_len(tail) <= room), ""), palette.muted))
    curves = [_curve(held_out, palette.positive), _curve(training, palette.muted)]
    return _plot(title, curves, view, width, height, palette, level=level)


def _loss_rule(view: CourseView) -> tuple[str, float | None]:
    """The loss of the best simple rule, where it is one that tells so many bits, and what it is called."""
    training = view.replay.run.training
    baselines = training.get("baselines")
    if training.get("judge") != "bits" or not isinstance(baselines, dict):
        return "", None
    rules = {str(name): value for name, value in baselines.items() if _is_size(value)}
    if not rules:
        return "", None
    name, bits = min(rules.items(), key=lambda rule: rule[1])
    return f" · {printable(name)} {bits * math.log(2):.2f}", bits * math.log(2)


def _is_size(value: object) -> bool:
    """True for a finite number of 0 or more."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _rule(view: CourseView) -> tuple[str, float | None]:
    """The simple rule that is right most often, and its share of right answers; "" and None where none is known."""
    baselines = view.replay.run.training.get("baselines")
    rules = (
        {name: value for name, value in baselines.items() if _is_share(value)} if isinstance(baselines, dict) else {}
    )
    return max(rules.items(), key=lambda rule: rule[1]) if rules else ("", None)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _answer(view: CourseView, width: int, height: int, palette: Palette) -> list[Row]:
    """The answer to the text after the word of now, at each epoch."""
    replay = view.replay
    curve: Curve = (replay.epochs, replay.answers[:, view.t].tolist(), palette.answer)
    title: Row = [
        Segment("answer: " if view.t < 0 else "answer here: ", palette.text),
        Segment(_answer_now(view), palette.answer),
    ]
    share = not replay.is_number
    return _plot(title, [curve], view, width, height, palette, level=0.5 if share else None, share=share)


def _answer_now(view: CourseView) -> str:
    """The answer after the word of now at the epoch of now."""
    replay = view.replay
    index = min(range(len(replay.epochs)), key=lambda k: abs(replay.epochs[k] - view.epoch))
    said = printable(replay.said(view.t, float(replay.answers[index, view.t]))) or "not yet"
    if view.now is None:
        return said
    return f"{said}, now {number(view.now) if replay.is_number else f'{view.now:.0%}'}"


def _curve(points: Sequence[tuple[int, float | None]], style: Style) -> Curve:
    return [epoch for epoch, _ in points], [float("nan") if value is None else value for _, value in points], style


def _plot(
    title: Row,
    curves: Sequence[Curve],
    view: CourseView,
    width: int,
    height: int,
    palette: Palette,
    *,
    level: float | None = None,
    share: bool = False,
) -> list[Row]:
    """A title, and curves below it on one scale, with a line at a level and a point on each at the epoch of now.

    The largest and the smallest value stand at the left; shares are drawn from 0 to 1.
    """
    known = [value for _, values, _ in curves for value in values if np.isfinite(value)]
    epochs = [x for xs, _, _ in curves for x in xs]
    lines = height - 1
    if not known or width < 8 or lines < 1:
        return stacked([sized(title, width)], width, height)
    known += [level] if level is not None else []
    low, high = (0.0, 1.0) if share else (min(known), max(known))
    high = high if high > low else low + 1
    ends = [f"{end:.0%}" if share else unsigned(end, 2) for end in (high, low)]
    margin = max(map(cell_len, ends)) + 1
    canvas = Canvas(width - margin, lines)
    right, bottom = canvas.width * ACROSS - 1, lines * DOWN - 1
    first, last = min(epochs), max(*epochs, view.reach or 0)

    def across(x: float) -> float:
        return right * (x - first) / max(1, last - first)

    def down(y: float) -> float:
        return bottom * (1 - (y - low) / (high - low))

    if level is not None:
        dots = np.arange(0, right + 1, 3)
        canvas.dots(dots, np.full(len(dots), round(down(level))), palette.faint)
    for xs, ys, style in reversed(curves):
        points = [(across(x), down(y)) for x, y in zip(xs, ys, strict=True) if np.isfinite(y)]
        if not points:
            continue
        trail = Trail.through(*(np.array(axis) for axis in zip(*points, strict=True)))
        if len(points) > 1:
            trail.draw(canvas, 0, len(points) - 1, style)
        x, y = min(points, key=lambda point: abs(point[0] - across(view.epoch)))
        canvas.text(round(x) // ACROSS, round(y) // DOWN, POINT, style + Style(bold=True))
    drawn = canvas.rows()
    labels = [ends[0], *[""] * (lines - 2), ends[1]] if lines > 1 else [ends[0]]
    body = [[Segment(fit(text, margin), palette.muted), *row] for text, row in zip(labels, drawn, strict=True)]
    return [sized(title, width), *(sized(row, width) for row in body)]
