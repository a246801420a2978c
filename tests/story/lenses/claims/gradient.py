"""Every kind of sentence that the lens gradient tells, and what must be true where it is told."""

from __future__ import annotations

import math

import numpy as np

from tests.story.lenses.reading import NUMBER, SHARE, UNIT, WORD, Claim, least_step, reached, read, share, size, two


def _size(factor):
    return size(math.log10(factor) if factor > 0 else -math.inf)


def _one_step(groups, told):
    there, here, factor, ends = groups
    expected = (told.words[told.t + 1], told.words[told.t], _size(told.measured.factor[told.t]))
    return (there, here, factor) == expected and told.t == told.last - 1 and _ends(ends, told)


def _steps(groups, told):
    there, here, factor, steps, product, less, ends = groups
    log10 = told.measured.log10_norm[told.t]
    expected = (told.words[told.t + 1], told.words[told.t], _size(told.measured.factor[told.t]))
    multiplied = math.prod(read(_size(factor)) for factor in told.measured.factor[told.t :])
    closes = abs(multiplied - read(product)) <= least_step(product) / 2 * (1 + 1e-6)
    return (
        (there, here, factor, steps, product) == (*expected, str(told.last - told.t), size(log10))
        and bool(less) == (not closes and not told.notation)
        and _ends(ends, told)
    )


def _ends(said, told):
    log10 = told.measured.log10_norm[told.t]
    return said == (": it has vanished" if log10 < -3 else ": it explodes" if log10 > 3 else None)


def _step(told):
    """The most that this step multiplies a change by, as it is shown beside the verdict."""
    return read(_size(told.measured.factor[told.t]))


def _cut_off(told):
    """Whether nothing is handed on from step to step."""
    return not told.gated and not told.trace.model.cell.weight_hh.any()


def _radius(said, told):
    crowded = min(map(len, told.words[told.t : told.t + 2])) >= 15  # no room for it beside two such words
    return said == (
        f" (spectral radius {two(told.measured.spectral_radius)})" if told.notation and not crowded else None
    )


def _squash(groups, told):
    word, squash, kept, verdict, radius = groups
    activation = told.trace.model.activation
    return (
        (word, kept) == (told.words[told.t + 1], share(told.measured.kept[told.t + 1]))
        and squash == {"tanh": "squash", "relu": "cut at 0"}[activation]
        and (verdict == "can't make up for it") == (_step(told) < 1)
        and _radius(radius, told)
    )


def _gate(groups, told):
    word, gate, kept, road = groups
    cell = told.trace.model.cell.kind
    names = {"gru": ("keep gate", "keep gate z"), "lstm": ("keep gate", "keep gate f")}[cell]
    share_kept = told.measured.kept[told.t + 1]
    wide = road == "that is the road back"
    return (word, gate, kept) == (told.words[told.t + 1], names[told.notation], share(share_kept)) and wide == (
        share_kept >= 0.5
    )


def _only_weights(groups, told):
    *word, way, radius = groups
    kept = told.measured.kept[told.t + 1]
    return (
        word in ([], [told.words[told.t + 1], "squash"], [told.words[told.t + 1], "cut at 0"])
        and (told.trace.model.activation == "identity" if not word else kept >= 0.995)
        and way == ("can let it grow" if _step(told) > 1 else "can hold it" if _step(told) == 1 else "let it fade")
        and _radius(radius, told)
    )


def _heard(low, high, *, gated):
    def holds(groups, told):
        first = told.measured.norm[0]
        return low <= first < high and told.gated == gated and _alone(told) and told.last > 0 and not _cut_off(told)

    return holds


def _alone(told):
    """Whether the answer reads one state alone, so that all of the past comes to it through the memory."""
    return told.trace.model.readout.reads == "h"


def _through(verdict, told):
    """Whether what is said of the way through the memory follows from what is left of the first word."""
    first = told.measured.norm[0]
    if _cut_off(told):
        return verdict == "nothing is passed on"
    low, high = {
        "it explodes: clip it in training": (1e3, math.inf),
        f"training hardly hears the first {told.name}": (0, 1e-3),
        f"training hears less of the first {told.name}": (1e-3, 0.5),
        f"training still hears the first {told.name}": (0.5, 1e3),
    }[verdict]
    return low <= first < high or first == high == math.inf


def _short_way(kind, holds):
    """What is said where the answer reads every state, in one of the readouts: `holds` is of what reaches it."""

    def both(groups, told):
        verdict, joins, *named = groups
        assert joins == ("And" if "still hears" in verdict else "But")
        right = told.trace.model.readout.kind == kind and told.last > 0 and _through(verdict, told)
        return right and holds(reached(told.trace, told.last), told, *named)

    return both


def _a_share_of_each(directly, told, count):
    return int(count) == len(directly) and np.allclose(directly, 1 / len(directly), rtol=1e-4)


def _where_it_is_largest(directly, told):
    h = told.trace.values["h"]
    largest = h == h.max(axis=0)
    alone = set(h.argmax(axis=0)[largest.sum(axis=0) == 1].tolist())  # of equal values differences tell half
    known = set(np.flatnonzero(directly > 0.9).tolist())
    return alone <= known and set(np.flatnonzero(directly).tolist()) <= set(
        np.flatnonzero(largest.any(axis=1)).tolist()
    )


def _by_its_weight(directly, told):
    return bool((directly >= told.trace[told.last]["attention"] * (1 - 1e-3) - 1e-6).all())


def _past_the_memory(groups, told):
    """Whether some earlier word reaches the answer though its way through the memory is left out."""
    return not _alone(told) and told.notation and bool((reached(told.trace, told.last) > 0).any())


RADIUS = rf"( \(spectral radius {NUMBER}\))?".replace(NUMBER, NUMBER.replace("(", "(?:", 1))
CHANGE = "(can let it grow|can hold it|let it fade)"
THROUGH = r"So what\? Through the memory ([^.]+)\."
ENDS = r"(: it has vanished|: it explodes)?"
GRADIENT = (
    Claim.of(
        rf"The way back starts after {WORD}: a change there changes the end by as much, 1\.00\.",
        lambda g, o: g == (o.words[-1],) and o.t == o.last and o.measured.norm[-1] == 1,
    ),
    Claim.of(rf"The key b goes one {UNIT} back along it, the key w one on\.", lambda g, o: o.last > 0),
    Claim.of(rf"Back from {WORD} to {WORD} a change counts at most {NUMBER} times{ENDS}\.", _one_step),
    Claim.of(
        rf"Back from {WORD} to {WORD} a change counts at most {NUMBER} times; "
        rf"over ([0-9]+) steps at most {NUMBER} times( \(no one change gets the most of every step\))?{ENDS}\.",
        _steps,
    ),
    Claim.of(
        rf"At {WORD} the (squash|cut at 0) lets {SHARE} through on average; "
        rf"the weights (can make up for it|can't make up for it){RADIUS}\.",
        _squash,
    ),
    Claim.of(
        rf"At {WORD} the (\w+ gate(?: [a-z])?) lets {SHARE} stay on average: "
        r"(that is the road back|the road back is narrow)\.",
        _gate,
    ),
    Claim.of(
        rf"At {WORD} the (squash|cut at 0) takes next to nothing away; the weights {CHANGE}{RADIUS}\.",
        _only_weights,
    ),
    Claim.of(rf"Nothing is squashed here: the weights {CHANGE}{RADIUS}\.", _only_weights),
    Claim.of(rf"The memory is cut off: no change gets through{RADIUS}\.", lambda g, o: _cut_off(o) and _step(o) == 0),
    Claim.of(
        rf"So what\? Nothing is passed on: training hears the last {UNIT} alone\.",
        lambda g, o: _cut_off(o) and not o.measured.norm[:-1].any() and _alone(o),
    ),
    Claim.of(rf"So what\? With one {UNIT} there is no way back; type a longer sentence\.", lambda g, o: o.last == 0),
    Claim.of(
        r"So what\? It explodes: one step of training could wreck the weights\. Clip it\.",
        lambda g, o: o.measured.log10_norm[0] > 3 and _alone(o),
    ),
    Claim.of(
        rf"{THROUGH} (But|And) a short way leads to each {UNIT}: the answer reads 1/([0-9]+) of its state\.",
        _short_way("mean", _a_share_of_each),
    ),
    Claim.of(
        rf"{THROUGH} (But|And) a short way leads to each {UNIT} that has a unit's largest value\.",
        _short_way("max", _where_it_is_largest),
    ),
    Claim.of(
        rf"{THROUGH} (But|And) a short way leads to each {UNIT}, by its attention weight\.",
        _short_way("attention", _by_its_weight),
    ),
    Claim.of(r"So what\? This is the way through the memory; there are short ways past it\.", _past_the_memory),
    Claim.of(
        rf"So what\? Even the gates let the first {UNIT} go: training hardly hears it\.", _heard(0, 1e-3, gated=True)
    ),
    Claim.of(
        rf"So what\? A narrow road is open: training hears little of the first {UNIT}\.", _heard(1e-3, 0.1, gated=True)
    ),
    Claim.of(
        rf"So what\? The gates keep a road open: training still hears the first {UNIT}\.", _heard(0.1, 1e3, gated=True)
    ),
    Claim.of(
        rf"So what\? Training hardly hears the first {UNIT}; gates are made for this\.", _heard(0, 1e-3, gated=False)
    ),
    Claim.of(rf"So what\? Training hears the first {UNIT} less than the last\.", _heard(1e-3, 0.5, gated=False)),
    Claim.of(rf"So what\? Training still hears the first {UNIT}\.", _heard(0.5, 1e3, gated=False)),
)
