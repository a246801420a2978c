"""Every kind of sentence that the lens attention tells, and what must be true where it is told."""

from __future__ import annotations

import numpy as np

from tests.story.lenses.reading import LABEL, SHARE, SIDE, UNIT, WORD, Claim, labels, share, side


def _weights(told):
    scores = told.measured.scores[: told.t + 1]
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


def _looks(groups, told):
    after, most, p, second, q = groups
    weights = _weights(told)
    order = np.argsort(-weights, kind="stable")
    expected = [(told.words[k], share(weights[k])) for k in order[:2]]
    even = weights.max() < 1.2 / len(weights) and weights.min() > 1 / len(weights) / 1.2
    return [(most, p), (second, q)] == expected and after == told.words[told.t] and not even


def _looks_alike(groups, told):
    after, count, p = groups
    weights = _weights(told)
    equal = 1 / len(weights)
    return (after, int(count), p) == (told.words[told.t], len(weights), share(equal)) and (
        weights.max() < 1.2 * equal and weights.min() > equal / 1.2
    )


def _two_answers(groups, told):
    label, p, other, q, turns = groups
    looking, alone = told.measured.with_attention[told.t], told.measured.last_alone[told.t]
    count = labels(told)
    expected = [(told.label(int(probs.argmax())), side(probs.max(), count)) for probs in (looking, alone)]
    return [(label, p), (other, q)] == expected and bool(turns) == (looking.argmax() != alone.argmax())


ATTENTION = (
    Claim.of(rf"There is only {WORD} to look at yet: it gets all of the weight\.", lambda g, o: o.t == 0),
    Claim.of(rf"After {WORD} the answer looks back most at {WORD} \({SHARE}\), then at {WORD} \({SHARE}\)\.", _looks),
    Claim.of(
        rf"After {WORD} the answer looks at all ([0-9]+) {UNIT}s nearly alike, about {SHARE} each\.", _looks_alike
    ),
    Claim.of(
        rf"So it says {LABEL} {SIDE}; the last state alone would say {LABEL} {SIDE}"
        r"(: looking back turns the answer)?\.",
        _two_answers,
    ),
    Claim.of(r"So what\? What it looks back at is read fresh; it need not last to the end\.", lambda g, o: True),
)
