"""The output nodes: one bar a label, with its share in per cent."""

from __future__ import annotations

import math
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.amounts import amounts, amounts_in_short
from rnn_tui.pictures.bars import share_bar, with_ghost
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.pictures.view import View
from rnn_tui.story.answers import UNDECIDED, leaders
from rnn_tui.text import percent, printable

LABEL_WIDTH = 12
TIE = "tie"


def outputs(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    """At most `height` labels: in their own order where all fit, else the most probable ones."""
    if view.scene.covered:
        return _covered(view, width, height, palette)
    answered = view.answered
    if answered is None:
        return [sized([Segment(fit(printable(label), width), palette.faint)], width) for label in view.model.labels][
            :height
        ]
    if view.model.output.is_number:
        return amounts(view, answered, width, height, palette)
    tied = leaders(view.trace.values["probs"][answered])
    if height < len(tied):  # to show but some of those that share the first rank would be to choose
        return [_undecided(view, answered, tied[0], width, palette)][:height]
    shown = shown_labels(view, height)
    now = answered == view.t
    before = view.trace.values["probs"][view.t - 1] if view.t > view.trace.answered_from and now else None
    rows: list[Row] = []
    for label in shown:
        probability = float(view.trace.values["probs"][answered][label])
        start = 0.0 if before is None else float(before[label])
        drawn = start + (probability - start) * view.motion if now else probability
        rows.append(_bar(view, answered, label, drawn, width, palette))
    return rows


def shown_labels(view: View, height: int) -> list[int]:
    """The labels that fit into `height` lines: all in their order, or the most probable first."""
    count = len(view.model.labels)
    if count <= height or view.model.output.is_number:
        return list(range(min(count, height)))
    probs = view.trace.values["probs"][view.answered or 0]
    return [int(label) for label in (-probs).argsort(kind="stable")[:height]]


def caption(view: View, width: int | None = None) -> str:
    """Say which word the answer is after, and whether it is the last one; in `width` cells as much as fits of it."""
    if view.answered is None:
        return "no answer yet"
    if view.final:
        last = f"the last {view.model.tokenizer.unit}"
        return "FINAL answer" if view.model.readout.kind != "each" else _fitting(width, f"answer for {last}", last)
    word = printable(view.trace.tokens[view.answered].surface)
    said = f"after “{word}”"
    return _fitting(width, f"so far, {said}", said, f"“{word}”") if view.answered == view.t else said


def _fitting(width: int | None, *texts: str) -> str:
    """The first of some texts that fits, or the last."""
    return next((text for text in texts if width is None or cell_len(text) <= width), texts[-1])


def answer_in(view: View, t: int, width: int) -> str:
    """The label that leads after timestep t, in short where there is little room, and its share: "Neg 81%"."""
    return "?" if view.scene.covered else " ".join(filter(None, label_and_share(view.trace, t, width)))


def label_and_share(trace: Trace, t: int, width: int) -> tuple[str, str]:
    """The label that leads after timestep t and its share, with a space between them in at most `width` cells.

    Of numbers there is no label, and as many of them as there is room for.

    Where labels share the first rank, none is named: of two it is ("", "50:50"), of more ("tie", "9%"). Where there is
    no room for a name that no other label could have, or no probability, the share is alone.
    """
    label, probability = trace.prediction(t)
    if trace.model.output.is_number:
        return "", amounts_in_short(trace.values[trace.model.output.answer][t].tolist(), width)
    share, room = percent(probability), width - len(percent(probability)) - 1
    if math.isnan(probability):
        return "", share
    if len(leaders(trace.values["probs"][t])) > 1:
        two = f"{share.removesuffix('%')}:{share.removesuffix('%')}"
        if trace.model.output_size == 2 and len(two) <= width:
            return "", two
        return (TIE if len(TIE) <= room else ""), share
    return short_label(trace.model, label, room), share


def short_label(model: Model, label: int, room: int) -> str:
    """A label in at most `room` cells, short but not to be taken for another one; "" where there is no such name."""
    name, short = printable(model.labels[label]), short_labels(model, max(0, room))[label]
    return name if cell_len(name) <= room else short if cell_len(short) <= room else ""


def short_labels(model: Model, most: int) -> list[str]:
    """The labels, all cut to as many letters: three, or as many more as tell them apart; "" where `most` are too few.

    Where there is room for fewer than three, two or one do if they tell the labels apart.
    """
    return _short_labels(model.labels, most)


@lru_cache(maxsize=32)
def _short_labels(labels: tuple[str, ...], most: int) -> list[str]:  # of a model's labels: a model itself would be kept
    names = [printable(label) for label in labels]
    sizes = (*range(3, max(map(len, names)) + 1), 2, 1)
    apart = (n for n in sizes if n <= most and len({name[:n] for name in names}) == len(set(names)))
    size = next(apart, 0)
    return [name[:size] for name in names]


def _bar(view: View, answered: int, label: int, drawn: float, width: int, palette: Palette) -> Row:
    """One label after the timestep `answered`, its bar as long as `drawn`."""
    probs, now = view.trace.values["probs"][answered], answered == view.t
    probability, best = float(probs[label]), leaders(probs) == [label]
    longest = max(len(printable(name)) for name in view.model.labels)
    name_width = min(longest, LABEL_WIDTH, max(3, width - 8))
    style = (palette.answer if best else palette.bar) if now else palette.muted
    text = (palette.strong if best else palette.text) if now else palette.muted
    name = Segment(fit(printable(view.model.labels[label]), name_width) + " ", text)
    figure = Segment(fit(percent(probability), 5, "right"), text)
    bar = share_bar(drawn, max(0, width - name_width - 6), style, palette.faint)
    old = view.ghost("probs", answered)
    if old is not None:
        bar = with_ghost(bar, float(old[label]), probability, 1.0, palette, signed=False)
    return sized([name, *bar, figure], width)


def _undecided(view: View, answered: int, label: int, width: int, palette: Palette) -> Row:
    """The share that several labels have, where there is no row for each of them."""
    probability, now = float(view.trace.values["probs"][answered][label]), answered == view.t
    said = UNDECIDED if width >= len(UNDECIDED) + 8 else TIE
    text = palette.text if now else palette.muted
    bar = share_bar(probability, max(0, width - len(said) - 6), palette.bar if now else palette.muted, palette.faint)
    return sized([Segment(f"{said} ", text), *bar, Segment(fit(percent(probability), 5, "right"), text)], width)


def _covered(view: View, width: int, height: int, palette: Palette) -> list[Row]:
    rows: list[Row] = [[Segment(fit(printable(label), width - 2) + "?", palette.muted)] for label in view.model.labels]
    return [sized(row, width) for row in rows[:height]]
