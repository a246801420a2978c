"""Every kind of sentence that the lens path tells, and what must be true where it is told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from tests.story.lenses.reading import LABEL, NUMBER, SHARE, UNIT, WORD, Claim, labels, share, two


def _moves(told):
    return np.hypot(*np.diff(told.measured.points, axis=0).T)


def _marks(told):
    """The words read so far that have a side, with its mark: ● where the second label leads; the start has neither."""
    margins = told.measured.boundary.margin[1 : told.t + 2]
    return [(k, "●" if margin > 0 else "○") for k, margin in enumerate(margins) if margin]


def _turns_seen(told):
    """The words whose mark is another than that of the word before."""
    return [k for (_, before), (k, after) in pairwise(_marks(told)) if before != after]


def _leads(told):
    return told.label(int(told.measured.boundary.margin[told.t + 1] > 0))


def _begins(said, told):
    return said == ("The answer" if told.t == told.last else "So far the answer")


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
    begins, times, word, at, label = groups
    seen = _turns_seen(told)
    count = {"once, at": 1, "twice, last at": 2}.get(times) or int(times.split()[0])
    expected = (len(seen), told.words[seen[-1]], seen[-1] + 1, _leads(told))
    return (count, word, int(at), label) == expected and _begins(begins, told)


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
        rf"(The answer|So far the answer) turns (once, at|twice, last at|[0-9]+ times, last at) {WORD} "
        rf"\({UNIT} ([0-9]+)\), to {LABEL}\.",
        _turns,
    ),
    Claim.of(
        rf"(The answer|So far the answer) never turns: {LABEL} from the first {UNIT} on\.",
        lambda g, o: not _turns_seen(o) and g[1] == _leads(o) and o.t > 0 and _begins(g[0], o),
    ),
    Claim.of(rf"After the first {UNIT} the answer is {LABEL}\.", lambda g, o: o.t == 0 and g == (_leads(o),)),
    Claim.of(
        r"It (stands|ends) on the line where the answer turns: undecided\.",
        lambda g, o: o.measured.boundary.margin[o.t + 1] == 0 and (g[0] == "ends") == (o.t == o.last),
    ),
    Claim.of(r"No line parts the answers here: there are ([0-9]+) of them\.", lambda g, o: int(g[0]) == labels(o) > 2),
    Claim.of(
        r"No line parts the answers here: they don't depend on the last state alone\.",
        lambda g, o: o.trace.model.readout.kind in ("mean", "max", "attention"),
    ),
    Claim.of(
        r"No line parts the answers here: they depend on what is made of the state\.",
        lambda g, o: o.trace.model.readout.kind in ("last", "each") and bool(o.trace.model.head),
    ),
    Claim.of(
        r"So what\? The answer reads the average of all points, not where the last one is\.",
        lambda g, o: o.trace.model.readout.kind == "mean",
    ),
    Claim.of(
        r"So what\? The answer reads the largest value that each unit had on the way\.",
        lambda g, o: o.trace.model.readout.kind == "max",
    ),
    Claim.of(
        rf"The map shows {SHARE} of the movement\.", lambda g, o: g[0] == _shown(o) and o.measured.boundary is None
    ),
    Claim.of(
        rf"The map shows {SHARE} of the movement, and its line is exact\.",
        lambda g, o: g[0] == _shown(o) and o.measured.boundary.exact,
    ),
    Claim.of(
        rf"The map shows {SHARE} of the movement; its line is rough, the marks ○ ● exact\.",
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
