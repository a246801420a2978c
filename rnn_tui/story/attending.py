"""The phase Look back, told: the words that attention looks at most, and what comes of it for the picked unit."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, line, signed, strong, word
from rnn_tui.text import percent

EVEN = 0.2
"""Up to this share off an equal part for each, the weights are told as nearly alike."""


def attend(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell where it looks back to, and what the picked unit comes to by it; ask for it while the answer is hidden."""
    weights, title = moment.step["attention"], strong("Look back.")
    if hidden:
        asked = line(title, f" Which {moment.kind}s does it look at most? Choose before you look.")
        return (
            asked,
            line(f"What the units were at each {moment.kind} is weighed, and {moment.goes_on}."),
        )
    if not np.isfinite(weights).all():
        return (line(title, " The numbers grew beyond all bounds: there are no weights to look back with."),)
    if moment.t == 0:
        only = line(title, " There is only ", moment.word, " to look at yet: it gets all of the weight.")
        return (only, moment.handed_as_it_is())
    return (line(title, *_looks(moment, weights)), _counts(moment))


def _looks(moment: Moment, weights: Array) -> Line:
    """The words that it looks at most: " After “all” it looks most at “not” (39%), then at “awful” (23%)."."""
    count, after = len(weights), (" After ", moment.word, " it looks ")
    if (np.abs(weights * count - 1) <= EVEN).all():
        low, high = percent(float(weights.min())), percent(float(weights.max()))
        every = "both" if count == 2 else f"all {count}"
        each = f"{low} each" if low == high else f"{low} to {high} each"
        return line(*after, f"at {every} {moment.kind}s nearly alike: {each}.")
    first, second = (int(t) for t in np.argsort(-weights, kind="stable")[:2])
    shares = [percent(float(weights[t])) for t in (first, second)]
    most = (*after, "most at ", *_at(moment, first))
    if shares[0] == shares[1]:
        return line(*most, " and ", *_at(moment, second), f" ({shares[0]} each).")
    return line(*most, f" ({shares[0]}), then at ", *_at(moment, second), f" ({shares[1]}).")


def _at(moment: Moment, t: int) -> tuple[Span | str, ...]:
    """A word; the one that is read now is told as itself."""
    surface = word(moment.trace.tokens[t].surface)
    return (surface, " itself") if t == moment.t else (surface,)


def _counts(moment: Moment) -> Line:
    """Tell what the unit comes to, and who reads that."""
    counted, now = signed(moment.value("context")), signed(moment.value("h"))
    read = (f"Mixed in these parts, {moment.name} is ", counted, ": ", moment.goes_on)
    return line(*read, ".") if counted == now else line(*read, ", not the ", now, " that it is now.")
