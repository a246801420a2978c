"""Every kind of sentence that the lens memory tells, and what must be true where it is told."""

from __future__ import annotations

import numpy as np

from tests.story.lenses.reading import NUMBER, SEEN, SHARE, UNIT, WORD, Claim, reached, read, share, two


def _fading(groups, told, k, t):
    word, off, later, left, about, part = groups
    influence = told.measured.influence
    p = influence[k, t] / influence[k, k]
    by_hand = read(left) / read(off)
    return (
        (word, off, later, left) == (told.words[k], two(influence[k, k]), told.words[t], two(influence[k, t]))
        and 0 < p <= 1
        and _is_share(about, part, p, by_hand)
    )


def _grown(groups, told, k, t):
    influence = told.measured.influence
    shown = (told.words[k], two(influence[k, k]), told.words[t], two(influence[k, t]))
    return groups == shown and influence[k, t] > influence[k, k]


def _best_left(groups, told):
    when, word, where, left = groups
    now = told.measured.influence[: told.t + 1, told.t]
    best = int(np.argmax(now))
    place = {told.t: ", the last one", 0: ", the first one"}.get(best)
    expected = (_when(told), told.words[best], place, two(now[best]))
    return (when, word, where, left) == expected and now[best] >= SEEN


def _when(told):
    return "At the end" if told.t == told.last else "By now"


def _gone(groups, told):
    influence = told.measured.influence
    shown = (told.words[0], two(influence[0, 0]), told.words[told.t])
    return groups == shown and influence[0, told.t] == 0


def _early(told):
    """The words of the first half of what has been read, with how far each was off at first and now, if it was."""
    influence, t = told.measured.influence, told.t
    return {k: (influence[k, k], influence[k, t]) for k in range((t + 1) // 2) if influence[k, k] >= SEEN}


def _most_kept(told):
    """The early word of which most is left by now: the word, its share, and the share as the shown figures have it."""
    early = _early(told)
    most = max(early, key=lambda k: early[k][1] / early[k][0])
    off, left = early[most]
    return most, left / off, read(two(left)) / read(two(off))


def _is_share(about, part, p, by_hand):
    closes = share(by_hand) == share(p) or abs(round(p, 2) - by_hand) <= 0.005 + 1e-8
    return part == share(p) and bool(about) != closes


def _cut_off(told):
    """Whether nothing is handed on from word to word."""
    return not told.gated and not told.trace.model.cell.weight_hh.any()


def _early_at_most(low, high, *, gated):
    def holds(groups, told):
        _, most, by_hand = _most_kept(told)
        return _is_share(*groups, most, by_hand) and low <= most < high and told.gated == gated and not _cut_off(told)

    return holds


def _early_kept(groups, told, *, gated):
    *said, word = groups
    most, p, by_hand = _most_kept(told)
    return _is_share(*said, p, by_hand) and word == told.words[most] and 0.5 <= p <= 1 and told.gated == gated


def _early_grown(groups, told):
    most, p, _ = _most_kept(told)
    return groups == (told.words[most],) and p > 1


def _read_otherwise(kind):
    """What is said of this readout alone: an earlier state reaches the answer directly (of attention, if barely)."""

    def holds(groups, told):
        return (
            told.trace.model.readout.kind == kind
            and told.t > 0
            and (kind == "attention" or reached(told.trace, told.t)[:-1].any())
        )

    return holds


OFF = rf"{NUMBER} off"
STILL = rf"; after {WORD} still {NUMBER}: (≈ )?{SHARE}\."
MEMORY = (
    Claim.of(rf"Without {WORD} the memory would be {OFF}{STILL}", lambda g, o: _fading(g, o, 0, o.t)),
    Claim.of(rf"Without {WORD} the memory would be {OFF}; after {WORD} nothing of it is left\.", _gone),
    Claim.of(
        rf"Without {WORD} the memory would be {OFF}\.",
        lambda g, o: g == (o.words[0], two(o.measured.influence[0, 0])) and o.t == 0 < o.last,
    ),
    Claim.of(
        rf"So what\? No {UNIT} has come after it yet: step on, and see what is left of it\.",
        lambda g, o: o.t == 0 < o.last,
    ),
    Claim.of(
        rf"Without {WORD} the memory would be {OFF}; after {WORD} it has grown to {NUMBER}\.",
        lambda g, o: _grown(g, o, 0, o.t),
    ),
    Claim.of(
        rf"Without {WORD} the memory would be {OFF}: there is nothing to fade\.",
        lambda g, o: g == (o.words[0], two(o.measured.influence[0, 0])) and o.measured.influence[0, 0] < SEEN,
    ),
    Claim.of(
        rf"Without {WORD} the memory would be {OFF}; nothing came after it\.",
        lambda g, o: g == (o.words[0], two(o.measured.influence[0, 0])) and o.last == 0,
    ),
    Claim.of(
        rf"So what\? A memory begins to fade with the second {UNIT}; type a longer sentence\.", lambda g, o: o.last == 0
    ),
    Claim.of(
        rf"So what\? (At the end|By now) most is left of {WORD}(, the last one|, the first one)? \({NUMBER}\)\.",
        _best_left,
    ),
    Claim.of(
        rf"So what\? (At the end|By now) nothing of any {UNIT} is left\.",
        lambda g, o: g == (_when(o),) and o.measured.influence[:, o.t].max() < SEEN,
    ),
    Claim.of(r"The answer reads the average of all memories\.", _read_otherwise("mean")),
    Claim.of(r"The answer reads each unit's largest value\.", _read_otherwise("max")),
    Claim.of(r"The answer looks back at all memories\.", _read_otherwise("attention")),
    Claim.of(rf"The early {UNIT}s change nothing, so there is nothing to keep\.", lambda g, o: not _early(o)),
    Claim.of(
        rf"The memory is cut off: nothing is passed on from one {UNIT} to the next\.",
        lambda g, o: _cut_off(o) and not np.triu(o.measured.influence, 1).any(),
    ),
    Claim.of(rf"What {WORD} left has grown on the way: not every early {UNIT} fades\.", _early_grown),
    Claim.of(rf"The gates kept (≈ )?{SHARE} of {WORD}\.", lambda g, o: _early_kept(g, o, gated=True)),
    Claim.of(
        rf"Not every early {UNIT} fades: still there is (≈ )?{SHARE} of {WORD}\.",
        lambda g, o: _early_kept(g, o, gated=False),
    ),
    Claim.of(
        rf"Early {UNIT}s fade, to (≈ )?{SHARE} at most: the gates let them go\.", _early_at_most(0.1, 0.5, gated=True)
    ),
    Claim.of(
        rf"Early {UNIT}s fade, to (≈ )?{SHARE} at most: each step squashes, and mixes in a {UNIT}\.",
        _early_at_most(0.1, 0.5, gated=False),
    ),
    Claim.of(
        rf"Early {UNIT}s vanish, to (≈ )?{SHARE} at most: even the gates let them go\.",
        _early_at_most(0, 0.1, gated=True),
    ),
    Claim.of(
        rf"Early {UNIT}s vanish, to (≈ )?{SHARE} at most: each step writes over them\.",
        _early_at_most(0, 0.1, gated=False),
    ),
)
