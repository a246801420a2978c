"""Every kind of sentence that the lens recency tells, and what must be true where it is told."""

from __future__ import annotations

import numpy as np

from tests.story.lenses.reading import LABEL, SEEN, SHARE, SIDE, UNIT, WORD, Claim, labels, read, share, side


def _closes(told, k):
    """Whether the shown answer, less the points that the picture shows of a word, is the shown answer without it."""
    lost = told.measured.leave_one_out[k]
    points = read(f"{100 * lost:.0f}" if abs(lost) >= 0.0995 else f"{100 * lost:.1f}")
    by_hand = round(told.measured.probability, 2) - points / 100
    without = told.measured.probability - lost
    return share(by_hand) == share(without) or abs(by_hand - round(without, 2)) <= 0.005 + 1e-8


def _without(groups, told):
    word, label, about, p, before, turns = groups
    measured = told.measured
    most = int(np.argmax(np.abs(measured.leave_one_out)))
    left = measured.probability - measured.leave_one_out[most]
    expected = (told.words[most], told.label(measured.label), side(left, labels(told)))
    return (
        (word, label, p) == expected
        and bool(about) != _closes(told, most)
        and before == side(measured.probability, labels(told))
        and bool(turns) == (labels(told) == 2 and left < 0.5)
        and abs(measured.leave_one_out[most]) >= SEEN
    )


def _nothing_counts(groups, told):
    measured = told.measured
    return groups == (told.label(measured.label), share(measured.probability)) and (
        np.abs(measured.leave_one_out).max() < SEEN
    )


def _ends_hold(measured, few):
    counts = np.abs(measured.leave_one_out[: measured.t + 1])
    return counts[:few].sum() / counts.sum(), counts[-few:].sum() / counts.sum()


def _hold(groups, told):
    few, length, late, few_again, early = groups
    few = int(few or 1)
    first, last = _ends_hold(told.measured, few)
    expected = (told.measured.t + 1, share(last), share(first))
    moved = told.measured.position_sweep is not None
    return (
        not moved and (int(length), late, early) == expected and few == int(few_again or 1) == max(1, int(length) // 3)
    )


def _row(told):
    """The shares of the current word's sweep, and the one without it, as they are shown."""
    measured = told.measured
    row = measured.position_sweep[told.t, : measured.t + 1]
    return [share(p) for p in row], share(measured.probability - measured.leave_one_out[told.t])


def _told_without(about, without, turns, told):
    """Whether the answer without the current word is told as it is."""
    left = told.measured.probability - told.measured.leave_one_out[told.t]
    return (
        without == side(left, labels(told))
        and bool(about) != _closes(told, told.t)
        and bool(turns) == (labels(told) == 2 and left < 0.5)
    )


def _anywhere(groups, told):
    word, label, p, *without = groups
    row, _ = _row(told)
    return (word, label, {p}) == (told.words[told.t], told.label(told.measured.label), set(row)) and _told_without(
        *without, told
    )


def _both_ends(groups, told):
    word, label, first, before, last, *without = groups
    row, _ = _row(told)
    expected = (told.words[told.t], told.label(told.measured.label), row[0], row[-1])
    return (
        (word, label, first, last) == expected
        and before == (" before the answer" if told.measured.t < told.last else None)
        and _told_without(*without, told)
    )


def _shown(text):
    """The whole per cent that are read off a share."""
    return {"<1%": 0, ">99%": 100}.get(text) if text[0] in "<>" else int(text[:-1])


def _moves(told):
    """The points by which the current word moves the answer at each place, from the shown shares alone."""
    row, without = _row(told)
    return [abs(_shown(p) - _shown(without)) for p in row]


def _spread(told):
    shown = [_shown(p) for p in _row(told)[0]]
    return max(shown) - min(shown)


def _hardly(groups, told):
    word, low, high = groups
    measured = told.measured
    row = measured.position_sweep[told.t, : measured.t + 1]
    ends = (share(row.min()), share(row.max()))
    return word == told.words[told.t] and (low, high or low) == ends and _spread(told) <= 5


def _further(groups, told):
    word, *where = groups
    moves = _moves(told)
    louder, other = {"first": (0, -1), "last": (-1, 0)}[where[0]]
    return (
        word == told.words[told.t]
        and where[0] != where[1]
        and moves[louder] - moves[other] >= 2
        and max(moves) - moves[louder] < 2
        and _spread(told) > 5
    )


def _as_far(groups, told):
    moves = _moves(told)
    ends = abs(moves[0] - moves[-1]) < 2 and max(moves) - max(moves[0], moves[-1]) < 2
    return groups == (told.words[told.t],) and ends and _spread(told) > 5


def _furthest_at(groups, told):
    word, place, p = groups
    moves = _moves(told)
    at = moves.index(max(moves))
    expected = (told.words[told.t], str(at + 1) if moves.count(max(moves)) == 1 else None, _row(told)[0][at])
    return (word, place, p) == expected and moves[at] - max(moves[0], moves[-1]) >= 2


WITHOUT = rf"; without it: (≈ )?{SIDE}(; the answer turns)?"
RECENCY = (
    Claim.of(rf"Without {WORD}: {LABEL} (≈ )?{SIDE} instead of {SIDE}(; the answer turns)?\.", _without),
    Claim.of(rf"No {UNIT} counts alone: without any one {UNIT} it is still {LABEL} {SHARE}\.", _nothing_counts),
    Claim.of(rf"It counts for nothing: without it it is still {LABEL} {SHARE}\.", _nothing_counts),
    Claim.of(
        rf"Of all points, up or down, the last(?: ([0-9]+))? of ([0-9]+) {UNIT}s ha(?:s|ve) {SHARE}, "
        rf"the first(?: ([0-9]+) have)? {SHARE}\.",
        _hold,
    ),
    Claim.of(rf"{WORD} anywhere: {LABEL} {SHARE}{WITHOUT}\.", _anywhere),
    Claim.of(
        rf"{WORD} first: {LABEL} {SHARE}; last( before the answer)?: {SHARE}{WITHOUT}\.",
        _both_ends,
    ),
    Claim.of(
        rf"Points show one {UNIT} left out, shares divide the score among all {UNIT}s: so they differ\.",
        lambda g, o: not o.notation and o.measured.t > 0,
    ),
    Claim.of(rf"So what\? The place of {WORD} hardly matters: {SHARE}(?: to {SHARE})? wherever it stands\.", _hardly),
    Claim.of(rf"So what\? Places matter: {WORD} moves the answer further (first|last) than (first|last)\.", _further),
    Claim.of(rf"So what\? Places matter, but {WORD} moves the answer as far first as last\.", _as_far),
    Claim.of(
        rf"So what\? Places matter: {WORD} moves the answer furthest (?:at place ([0-9]+)|in the middle), "
        rf"to {SHARE}\.",
        _furthest_at,
    ),
    Claim.of(
        rf"So what\? With one {UNIT} no place is louder; type a longer sentence\.", lambda g, o: o.measured.t == 0
    ),
    Claim.of(
        rf"So what\? What one {UNIT} brings, others may bring as well\.",
        lambda g, o: o.measured.position_sweep is None and np.abs(o.measured.leave_one_out).max() < SEEN,
    ),
    Claim.of(
        rf"So what\? Here the late {UNIT}s count for more\. Do they because they are late\? Slide one\.",
        lambda g, o: o.measured.position_sweep is None and _late_more(o) > 1.25,
    ),
    Claim.of(
        rf"So what\? Here the early {UNIT}s count for more\. Would they at the end, too\? Slide one\.",
        lambda g, o: o.measured.position_sweep is None and 1 / _late_more(o) > 1.25,
    ),
    Claim.of(
        rf"So what\? Here early and late {UNIT}s count alike\. Does the place matter\? Slide one\.",
        lambda g, o: o.measured.position_sweep is None and 0.8 <= _late_more(o) <= 1.25,
    ),
)


def _late_more(told):
    first, last = _ends_hold(told.measured, max(1, (told.measured.t + 1) // 3))
    return last / first
