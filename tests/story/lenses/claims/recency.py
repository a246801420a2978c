"""Every kind of sentence that the lens recency tells, and what must be true where it is told."""

from __future__ import annotations

import numpy as np

from tests.story.lenses.reading import LABEL, SEEN, SHARE, SIDE, UNIT, WORD, Claim, labels, share, side


def _without(groups, told):
    word, label, p, before, turns = groups
    measured = told.measured
    most = int(np.argmax(np.abs(measured.leave_one_out)))
    left = measured.probability - measured.leave_one_out[most]
    expected = (told.words[most], told.label(measured.label), side(left, labels(told)))
    return (
        (word, label, p) == expected
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
    return (int(length), late, early) == expected and few == int(few_again or 1) == max(1, int(length) // 3)


def _anywhere(groups, told):
    word, label, p = groups
    row = told.measured.position_sweep[told.t, : told.measured.t + 1]
    return (word, label, p) == (told.words[told.t], told.label(told.measured.label), share(row[-1])) and (
        np.ptp(row) < SEEN
    )


def _both_ends(groups, told):
    measured = told.measured
    row = measured.position_sweep[told.t]
    before_answer = " before the answer" if measured.t < told.last else None
    return groups == (
        told.words[told.t],
        told.label(measured.label),
        share(row[0]),
        before_answer,
        share(row[measured.t]),
    )


def _louder(told):
    """How many words change p more at the end than at the beginning, and how many less."""
    measured, until = told.measured, told.measured.t + 1
    without = measured.probability - measured.leave_one_out[:until]
    effect = np.abs(measured.position_sweep[:until] - without[:, None])
    gain = effect[:, measured.t] - effect[:, 0]
    return int((gain >= SEEN).sum()), int((gain <= -SEEN).sum())


def _verdict(groups, told):
    more, length, less, verdict, but = groups
    counted = _louder(told)
    few = max(1, (told.measured.t + 1) // 3)
    first, last = _ends_hold(told.measured, few)
    if np.abs(told.measured.leave_one_out).max() < SEEN:
        first = last = 0.0
    wins = "the end wins" if counted[0] > 2 * counted[1] else "the start wins" if counted[1] > 2 * counted[0] else None
    against = {
        "the end wins": ("early", first > 1.25 * last),
        "the start wins": ("late", last > 1.25 * first),
    }.get(verdict)
    return (
        (int(more), int(less)) == counted
        and int(length) == told.measured.t + 1
        and verdict == (wins or "neither end wins")
        and but == (against[0] if against and against[1] else None)
    )


RECENCY = (
    Claim.of(rf"Without {WORD}: {LABEL} {SIDE} in place of {SIDE}(; the answer turns)?\.", _without),
    Claim.of(rf"No {UNIT} counts alone: without any one {UNIT} it is still {LABEL} {SHARE}\.", _nothing_counts),
    Claim.of(rf"It counts for nothing: without it it is still {LABEL} {SHARE}\.", _nothing_counts),
    Claim.of(
        rf"The last(?: ([0-9]+))? of ([0-9]+) {UNIT}s holds? {SHARE} of what counts, the first(?: ([0-9]+))? {SHARE}\.",
        _hold,
    ),
    Claim.of(rf"{WORD} anywhere: {LABEL} {SHARE}\.", _anywhere),
    Claim.of(rf"{WORD} first: {LABEL} {SHARE}; last( before the answer)?: {SHARE}\.", _both_ends),
    Claim.of(
        rf"So what\? ([0-9]+) of ([0-9]+) {UNIT}s counts? more last than first, ([0-9]+) less: "
        rf"(the end wins|the start wins|neither end wins)(?:; here the (early|late) {UNIT}s say more all the same)?\.",
        _verdict,
    ),
    Claim.of(
        rf"So what\? No {UNIT} counts more last than first, or less: their places hardly matter\.",
        lambda g, o: _louder(o) == (0, 0),
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
