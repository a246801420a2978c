"""Every kind of sentence that the lens path tells, and what must be true where it is told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from tests.story.lenses.reading import LABEL, NUMBER, SHARE, UNIT, WORD, Claim, labels, share, two


def _moves(told):
    return np.hypot(*np.diff(told.measured.points, axis=0).T)


def _crossings(told):
    """The words at which the answer turns to the other label."""
    signs = [(k - 1, np.sign(margin)) for k, margin in enumerate(told.measured.boundary.margin) if margin]
    return [k for (_, before), (k, after) in pairwise(signs) if before != after]


def _furthest_other(groups, told):
    word, by, other, at, most = groups
    moves = _moves(told)
    far = int(moves.argmax())
    expected = (told.words[told.t], two(moves[told.t]), told.words[far], far + 1, two(moves[far]))
    return (word, by, other, int(at), most) == expected and far != told.t


def _furthest(groups, told):
    moves = _moves(told)
    others = two(np.delete(moves, told.t).mean())
    return groups == (told.words[told.t], two(moves[told.t]), others) and moves.argmax() == told.t


def _turns(groups, told):
    times, word, at, label = groups
    crossed = _crossings(told)
    count = {"once, at": 1, "twice, last at": 2}.get(times) or int(times.split()[0])
    ends = told.label(int(told.measured.boundary.margin[-1] > 0))
    return (count, word, int(at), label) == (len(crossed), told.words[crossed[-1]], crossed[-1] + 1, ends)


def _shown(told):
    return share(min(1.0, round(float(told.measured.explained.sum()), 6)))


PATH = (
    Claim.of(
        rf"{WORD} moves the point {NUMBER} on the map, {WORD} \({UNIT} ([0-9]+)\) furthest: {NUMBER}\.",
        _furthest_other,
    ),
    Claim.of(rf"{WORD} moves the point {NUMBER} on the map, furthest \(others {NUMBER} on average\)\.", _furthest),
    Claim.of(
        rf"{WORD} moves the point {NUMBER} on the map, from the start to where it ends\.",
        lambda g, o: g == (o.words[0], two(_moves(o)[0])) and o.last == 0,
    ),
    Claim.of(
        rf"The answer turns (once, at|twice, last at|[0-9]+ times, last at) {WORD} \({UNIT} ([0-9]+)\), "
        rf"and ends with {LABEL}\.",
        _turns,
    ),
    Claim.of(
        rf"The answer never turns: {LABEL} from beginning to end\.",
        lambda g, o: not _crossings(o) and g == (o.label(int(o.measured.boundary.margin[-1] > 0)),),
    ),
    Claim.of(r"No line parts the answers here: there are ([0-9]+) of them\.", lambda g, o: int(g[0]) == labels(o) > 2),
    Claim.of(
        r"No line parts the answers here: they don't hang on the last state alone\.",
        lambda g, o: o.trace.model.readout.kind == "attention",
    ),
    Claim.of(
        rf"The map shows {SHARE} of the movement\.", lambda g, o: g[0] == _shown(o) and o.measured.boundary is None
    ),
    Claim.of(
        rf"The map shows {SHARE} of the movement, and its line is exact\.",
        lambda g, o: g[0] == _shown(o) and o.measured.boundary.exact,
    ),
    Claim.of(
        rf"The map shows {SHARE} of the movement; its line is rough, ○ ● exact\.",
        lambda g, o: g[0] == _shown(o) and not o.measured.boundary.exact,
    ),
    Claim.of(
        r"So what\? The answer reads only where the point ends; the way is gone\.",
        lambda g, o: o.trace.model.readout.kind == "last",
    ),
    Claim.of(
        r"So what\? Each answer reads only where the point stands; the way is gone\.",
        lambda g, o: o.trace.model.readout.kind == "each",
    ),
    Claim.of(
        r"So what\? Without looking back it would read only where the point ends\.",
        lambda g, o: o.trace.model.readout.kind == "attention",
    ),
)
