"""The claims about Look back: the weights and what comes of them, computed anew from the hidden states."""

from __future__ import annotations

import numpy as np

from tests.story.claims import (
    GOES_ON,
    NAME,
    NOT_NOW,
    NUMBER,
    SHARE,
    UNIT,
    WORD,
    claim,
    clip,
    is_share,
    is_shown,
    percent,
)


@claim(r"Look back\.")
def _look_back(at):
    return at.attends and at.phase == "attend"


def _attention(at):
    """Compute the weights anew: the scores of all hidden states so far, softmaxed."""
    readout, h = at.model.readout, at.trace.values["h"][: at.t + 1].astype(float)
    scores = h @ readout.weight[0].astype(float) + float(readout.bias[0])
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def _even(weights):
    """Tell whether no share is further than a fifth from an equal part."""
    return bool((np.abs(weights * len(weights) - 1) <= 0.2).all())


@claim(rf"There is only {WORD} to look at yet: it gets all of the weight\.")
def _only_one(at, quoted):
    return at.t == 0 and at.is_read(quoted) and _attention(at) == [1]


@claim(rf"So the outputs read {NAME} as it is now: {NUMBER}\.")
def _as_it_is(at, name, number):
    assert at.is_called(name)
    assert not at.model.head
    return at.t == 0 and is_shown(number, at.value("h")) and is_shown(number, float(at.reads[at.unit]))


def _context(at):
    """Compute anew what the unit counts as: what it was at each word, by the weights."""
    return float(_attention(at) @ at.trace.values["h"][: at.t + 1, at.unit])


def _places(at, quoted, itself):
    """Give the timesteps at which a told word can stand: it is the one read now where it is told as itself."""
    found = [t for t in range(at.t + 1) if clip(at.trace.tokens[t].surface) == quoted]
    return [t for t in found if (t == at.t) == (itself is not None)]


@claim(rf"After {WORD} it looks most at {WORD}( itself)? \({SHARE}\), then at {WORD}( itself)? \({SHARE}\)\.")
def _looks_most(at, after, first, first_itself, most, second, second_itself, less):
    weights = _attention(at)
    largest, next_one = sorted(weights, reverse=True)[:2]
    assert at.is_read(after)
    assert not _even(weights)
    assert percent(largest) != percent(next_one)
    assert is_share(most, largest)
    assert is_share(less, next_one)
    places = _places(at, first, first_itself), _places(at, second, second_itself)
    return all(
        any(np.isclose(weights[t], p) for t in found) for found, p in zip(places, (largest, next_one), strict=True)
    )


@claim(rf"After {WORD} it looks most at {WORD}( itself)? and {WORD}( itself)? \({SHARE} each\)\.")
def _looks_at_two(at, after, first, first_itself, second, second_itself, each):
    weights = _attention(at)
    assert at.is_read(after)
    assert not _even(weights)
    places = _places(at, first, first_itself), _places(at, second, second_itself)
    assert all(is_share(each, p) for p in sorted(weights, reverse=True)[:2])
    return all(any(is_share(each, weights[t]) for t in found) for found in places)


@claim(rf"After {WORD} it looks at (both|all (\d+)) {UNIT}s nearly alike: {SHARE}(?: to {SHARE})? each\.")
def _looks_alike(at, after, how_many, count, unit, low, high):
    weights = _attention(at)
    assert at.is_read(after)
    assert unit == at.model.tokenizer.unit
    assert len(weights) == (2 if how_many == "both" else int(count))
    assert is_share(low, weights.min())
    return _even(weights) and is_share(high or low, weights.max()) and low != high


@claim(rf"Mixed in these parts, {NAME} is {NUMBER}: {GOES_ON}{NOT_NOW}\.")
def _counts_as(at, name, counted, goes_on, now):
    assert goes_on == at.next_title
    assert at.t > 0
    assert at.is_called(name)
    assert is_shown(counted, _context(at))
    return is_shown(now or counted, at.value("h")) and now != counted


@claim(rf"Which {UNIT}s does it look at most\?")
def _which(at, unit):
    return at.hidden and at.attends and unit == at.model.tokenizer.unit


@claim(rf"What the units were at each {UNIT} is weighed, and {GOES_ON}\.")
def _is_weighed(at, unit, goes_on):
    assert at.hidden
    context = _attention(at) @ at.trace.values["h"][: at.t + 1]
    assert goes_on == at.next_title
    bounded = np.isfinite(context)
    return np.allclose(at.step["context"][bounded], context[bounded], atol=1e-4) and unit == at.model.tokenizer.unit


@claim(r"The numbers grew beyond all bounds: there are no weights to look back with\.")
def _no_weights(at):
    with np.errstate(over="ignore", invalid="ignore"):
        return at.attends and not np.isfinite(_attention(at)).all()
