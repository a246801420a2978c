"""Every kind of sentence that the lens memory tells, and what must be true where it is told."""

from __future__ import annotations

import numpy as np

from tests.story.lenses.reading import NUMBER, SEEN, SHARE, UNIT, WORD, Claim, read, share, two


def _fading(groups, told, k, t):
    word, off, later, left, about, part = groups
    influence = told.measured.influence
    p = influence[k, t] / influence[k, k]
    by_hand = read(left) / read(off)
    closes = share(by_hand) == share(p) or abs(round(p, 2) - by_hand) <= 0.005 + 1e-8
    return (
        (word, off, later, left, part)
        == (told.words[k], two(influence[k, k]), told.words[t], two(influence[k, t]), share(p))
        and p <= 1
        and bool(about) != closes
    )


def _grown(groups, told, k, t):
    influence = told.measured.influence
    shown = (told.words[k], two(influence[k, k]), told.words[t], two(influence[k, t]))
    return groups == shown and influence[k, t] > influence[k, k]


def _best_left(groups, told):
    word, where, left = groups
    at_end = told.measured.influence[:, -1]
    best = int(np.argmax(at_end))
    place = {told.last: ", the last one", 0: ", the first one"}.get(best)
    return (word, where, left) == (told.words[best], place, two(at_end[best])) and at_end[best] >= SEEN


def _early(told):
    """The shares that are left of the words of the first half, by word; of those that moved anything."""
    influence = told.measured.influence
    return {k: influence[k, -1] / influence[k, k] for k in range(len(influence) // 2) if influence[k, k] >= SEEN}


def _early_at_most(low, high, *, gated):
    def holds(groups, told):
        most = max(_early(told).values())
        return groups[0] == share(most) and low <= most < high and told.gated == gated

    return holds


def _early_kept(groups, told, *, gated):
    early = _early(told)
    most = max(early, key=early.get)
    return groups == (share(early[most]), told.words[most]) and 0.5 <= early[most] <= 1 and told.gated == gated


def _early_grown(groups, told):
    early = _early(told)
    most = max(early, key=early.get)
    return groups == (told.words[most],) and early[most] > 1


OFF = rf"{NUMBER} off"
STILL = rf"; after {WORD} still {NUMBER}: (≈ )?{SHARE}\."
MEMORY = (
    Claim.of(rf"Without {WORD} the memory would be {OFF}{STILL}", lambda g, o: _fading(g, o, 0, o.t or o.last)),
    Claim.of(rf"Without {WORD} {OFF}{STILL}", lambda g, o: _fading(g, o, o.t, o.last)),
    Claim.of(
        rf"Without {WORD} the memory would be {OFF}; after {WORD} it has grown to {NUMBER}\.",
        lambda g, o: _grown(g, o, 0, o.t or o.last),
    ),
    Claim.of(rf"Without {WORD} {OFF}; after {WORD} it has grown to {NUMBER}\.", lambda g, o: _grown(g, o, o.t, o.last)),
    Claim.of(
        rf"Without {WORD}(?: the memory would be)? {OFF}: there is nothing to fade\.",
        lambda g, o: any(
            g == (o.words[k], two(o.measured.influence[k, k])) and o.measured.influence[k, k] < SEEN for k in (0, o.t)
        ),
    ),
    Claim.of(
        rf"Without {WORD} the memory would be {OFF}; nothing came after it\.",
        lambda g, o: g == (o.words[0], two(o.measured.influence[0, 0])) and o.last == 0,
    ),
    Claim.of(
        rf"So what\? A memory begins to fade with the second {UNIT}; type a longer sentence\.", lambda g, o: o.last == 0
    ),
    Claim.of(
        rf"So what\? At the end most is left of {WORD}(, the last one|, the first one)? \({NUMBER}\)\.", _best_left
    ),
    Claim.of(
        rf"So what\? At the end nothing of any {UNIT} is left\.", lambda g, o: o.measured.influence[:, -1].max() < SEEN
    ),
    Claim.of(rf"The early {UNIT}s change nothing, so there is nothing to keep\.", lambda g, o: not _early(o)),
    Claim.of(rf"What {WORD} left has grown on the way: not every early {UNIT} fades\.", _early_grown),
    Claim.of(rf"The gates kept {SHARE} of {WORD}\.", lambda g, o: _early_kept(g, o, gated=True)),
    Claim.of(
        rf"Not every early {UNIT} fades: still there is {SHARE} of {WORD}\.",
        lambda g, o: _early_kept(g, o, gated=False),
    ),
    Claim.of(rf"Early {UNIT}s fade, to {SHARE} at most: the gates let them go\.", _early_at_most(0.1, 0.5, gated=True)),
    Claim.of(
        rf"Early {UNIT}s fade, to {SHARE} at most: each step squashes, and mixes in a {UNIT}\.",
        _early_at_most(0.1, 0.5, gated=False),
    ),
    Claim.of(
        rf"Early {UNIT}s vanish, to {SHARE} at most: even the gates let them go\.", _early_at_most(0, 0.1, gated=True)
    ),
    Claim.of(
        rf"Early {UNIT}s vanish, to {SHARE} at most: each step writes over them\.", _early_at_most(0, 0.1, gated=False)
    ),
)
