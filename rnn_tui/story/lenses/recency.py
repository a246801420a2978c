"""The sentences of the lens recency: which word counts most, what the ends hold, and what a move does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_tui.lenses.recency import Recency
from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Trace
from rnn_tui.rounding import ABOUT, share_as_shown, share_closes
from rnn_tui.scene import Scene
from rnn_tui.story.answers import label
from rnn_tui.story.lenses import recency_numbers
from rnn_tui.story.lenses.both import beside_half
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import percent

COUNTS = 0.005
"""The least change of p that is told as one."""

LOUDER = 1.25
"""The ratio of what both ends hold from which on one is told as louder."""

WHOLE_POINTS = 0.0995
"""From this difference on the points of the picture have no digit after the point."""

HARDLY = 5
"""The points between the largest and the smallest share of a sweep up to which the place is told as of no matter."""

APART = 2
"""The points by which one place must move the answer further than another to be told as louder: both are rounded."""

COLUMNS = "Points show one {unit} left out, shares divide the score among all {unit}s: so they differ."
"""The reason why the two columns of the picture differ."""

NO_SHARES = "The slopes on the way to these {unit}s grow beyond all bounds, so no {unit} has a share."
"""The words for shares that can't be measured."""

HELD = "Points leave out a {unit} with what is held at it; shares keep it held: so they differ."
"""The same where a value is held at a word."""

NOTATION = "points: p(x) − p(x without x_k); share: x_k·∫ ∂logit(a·x)/∂x_k da, a = 0…1"


def tell(measured: Recency, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines on this sentence, and what it means; nothing of the answer while it is covered."""
    unit = trace.model.tokenizer.unit
    if not math.isfinite(measured.probability):
        told = [line(f"The numbers grew beyond all bounds: there is no answer that a {unit} could count for.")]
        told.append(line(strong("So what?"), " Without squashing, nothing keeps a network's memory within bounds."))
    elif trace.model.output.is_number and not scene.covered:
        told = list(recency_numbers.tell(measured, trace, scene.position.t))
    elif scene.covered:
        told = [line(f"Some {unit}s count for much, some for next to nothing. Which one counts most, do you think?")]
        told.append(line("And would it count for more if it stood first, or if it stood last? Choose before you look."))
        told.append(line(strong("So what?"), f" If an RNN heard all {unit}s alike, their places would not matter."))
    else:
        t = scene.position.t
        moved = _moved(measured, trace, t)
        told = [] if np.isfinite(measured.integrated_gradients).all() else [line(NO_SHARES.format(unit=unit))]
        told.append(moved or _ends(measured, trace))
        told += [] if moved and t == most_alone(measured) and _counts(measured) else [_most(measured, trace)]
        if any(token.held for token in trace.tokens):
            told.append(line(HELD.format(unit=unit)))
        elif not scene.notation and measured.t:
            told.append(line(COLUMNS.format(unit=unit)))
        told.append(line(strong("So what?"), *_so_what(measured, trace, t)))
    if scene.notation:
        told.append(line(Span(NOTATION, "muted")))
    return tuple(said for said in told if said)


def most_alone(measured: Recency) -> int:
    """The word (from 0) without which the answer changes most."""
    return int(np.abs(measured.leave_one_out).argmax())


def _most(measured: Recency, trace: Trace) -> Line:
    """The word whose loss moves the answer most: "Without “not”: Negative 23% instead of 77%; the answer turns."."""
    most = most_alone(measured)
    lost = float(measured.leave_one_out[most])
    name, p = label(trace, measured.label), measured.probability
    unit = trace.model.tokenizer.unit
    if not _counts(measured):
        alone = f"No {unit} counts alone: " if measured.t else "It counts for nothing: "
        which = f"any one {unit}" if measured.t else "it"
        return line(f"{alone}without {which} it is still ", strong(name), f" {percent(p)}.")
    about = _about(measured, most)
    without = (
        strong(name),
        f" {about}{beside_half(trace, p - lost)} instead of {beside_half(trace, p)}{_turns(trace, p - lost)}.",
    )
    return line("Without ", word(trace.tokens[most].surface), ": ", *without)


def _about(measured: Recency, k: int) -> str:
    """The sign before the answer without word k where the shown answer, less the points that are shown, is another."""
    lost = float(measured.leave_one_out[k])
    points = round(100 * lost, 0 if abs(lost) >= WHOLE_POINTS else 1)
    shown = share_as_shown(measured.probability) - points / 100
    return "" if share_closes(measured.probability - lost, shown) else f"{ABOUT} "


def _turns(trace: Trace, p: float) -> str:
    """Words that say that another label then leads; with more than two that isn't known from p alone."""
    return "; the answer turns" if len(trace.model.labels) == 2 and p < 0.5 else ""


def thirds(measured: Recency) -> tuple[int, float, float]:
    """The number of words in a third, and the shares of all that counts that the first and the last third hold."""
    counts = np.abs(measured.leave_one_out[: measured.t + 1])
    few, total = max(1, len(counts) // 3), float(counts.sum())
    if len(counts) < 2 or counts.max() < COUNTS:
        return few, 0.0, 0.0
    return few, float(counts[:few].sum() / total), float(counts[-few:].sum() / total)


def _ends(measured: Recency, trace: Trace) -> Line:
    """The shares of the two ends: "Of all points, up or down, the last 2 of 6 words have 61%, the first 2 have 9%."."""
    few, first, last = thirds(measured)
    if not first + last:
        return ()
    unit, length = trace.model.tokenizer.unit, measured.t + 1
    if few == 1:
        at_end, at_start = f"the last of {length} {unit}s has", "the first"
    else:
        at_end, at_start = f"the last {few} of {length} {unit}s have", f"the first {few} have"
    return line(f"Of all points, up or down, {at_end} {percent(last)}, {at_start} {percent(first)}.")


@dataclass(frozen=True)
class Sweep:
    """The answer in whole per cent, as it is drawn: with the current word at each place up to the answer, without it.

    A word at a place moves the answer by as many points as there are between the two.
    """

    at: tuple[int, ...]
    without: int

    @property
    def moves(self) -> tuple[int, ...]:
        """The points by which the word moves the answer at each place."""
        return tuple(abs(at - self.without) for at in self.at)

    @property
    def level(self) -> bool:
        """True where the answer is nearly the same wherever the word stands."""
        return max(self.at) - min(self.at) <= HARDLY


def sweep_of(measured: Recency, t: int) -> Sweep | None:
    """The current word's sweep as it is drawn; None where it has not been moved, or has no other place."""
    if measured.position_sweep is None or measured.t == 0 or t > measured.t:
        return None
    row = measured.position_sweep[t, : measured.t + 1]
    without = measured.probability - float(measured.leave_one_out[t])
    if not (np.isfinite(row).all() and math.isfinite(without)):
        return None
    return Sweep(tuple(round(100 * float(p)) for p in row), round(100 * without))


def _counts(measured: Recency) -> bool:
    """True where a word changes the answer by being left out alone."""
    return abs(float(measured.leave_one_out[most_alone(measured)])) >= COUNTS


def _moved(measured: Recency, trace: Trace, t: int) -> Line:
    """The answer with the current word first, last, and without it: what its so-what is about."""
    if sweep_of(measured, t) is None:
        return ()
    moved, name = word(trace.tokens[t].surface), label(trace, measured.label)
    left = measured.probability - float(measured.leave_one_out[t])
    without = f"; without it: {_about(measured, t)}{beside_half(trace, left)}{_turns(trace, left)}."
    shares = [percent(float(p)) for p in _row(measured, t)]
    if len(set(shares)) == 1:
        return line(moved, f" anywhere: {name} ", strong(shares[0]), without)
    where = "last" if measured.t == len(trace) - 1 else "last before the answer"
    return line(moved, f" first: {name} ", strong(shares[0]), f"; {where}: ", strong(shares[-1]), without)


def _so_what(measured: Recency, trace: Trace, t: int) -> Line:
    """The verdict on the places: from the current word's sweep or, where it has none, from what the ends hold."""
    unit = trace.model.tokenizer.unit
    if measured.t == 0:
        return line(f" With one {unit} no place is louder; type a longer sentence.")
    sweep, here = sweep_of(measured, t), word(trace.tokens[t].surface)
    if sweep is None:
        _, first, last = thirds(measured)
        return line(_so_as_it_stands(first, last, unit))
    if sweep.level:
        return line(" The place of ", here, f" hardly matters: {_reach(measured, t)} wherever it stands.")
    return line(*_louder(sweep, here, [percent(float(p)) for p in _row(measured, t)]))


def _louder(sweep: Sweep, here: Span, shares: Sequence[str]) -> Line:
    """The place at which the current word moves the answer furthest."""
    moves = sweep.moves
    first, last, most = moves[0], moves[-1], max(moves)
    if most - max(first, last) >= APART:
        loudest = moves.index(most)
        where = f"at place {loudest + 1}" if moves.count(most) == 1 else "in the middle"
        return line(" Places matter: ", here, f" moves the answer furthest {where}, to {shares[loudest]}.")
    if abs(first - last) < APART:
        return line(" Places matter, but ", here, " moves the answer as far first as last.")
    where, other = ("first", "last") if first > last else ("last", "first")
    return line(" Places matter: ", here, f" moves the answer further {where} than {other}.")


def _row(measured: Recency, t: int) -> Array:
    """The answer with the current word at each place up to the answer."""
    assert measured.position_sweep is not None
    row: Array = measured.position_sweep[t, : measured.t + 1]
    return row


def _reach(measured: Recency, t: int) -> str:
    """The smallest and the largest share of the current word's sweep."""
    row = _row(measured, t)
    low, high = percent(float(row.min())), percent(float(row.max()))
    return low if low == high else f"{low} to {high}"


def _so_as_it_stands(first: float, last: float, unit: str) -> str:
    """The verdict where the words have not been moved."""
    if not first + last:
        return f" What one {unit} brings, others may bring as well."
    if last > LOUDER * first:
        return f" Here the late {unit}s count for more. Do they because they are late? Slide one."
    if first > LOUDER * last:
        return f" Here the early {unit}s count for more. Would they at the end, too? Slide one."
    return f" Here early and late {unit}s count alike. Does the place matter? Slide one."
