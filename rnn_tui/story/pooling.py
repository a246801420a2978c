"""The phases that pool, told: the average of a unit over the words, or its largest value, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnn_tui.network.readouts import Max
from rnn_tui.network.readouts.pooling import first_largest
from rnn_tui.rounding import ABOUT, share_as_shown
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, capital, line, signed, strong, word
from rnn_tui.text import percent

FRACTIONS: Mapping[int, str] = {2: "half", 3: "a third", 4: "a quarter"}
"""The equal parts that have a plain name, by how many they are."""


def pool(moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
    """Tell what becomes of the picked unit over all words so far; ask for it while the answer is hidden."""
    largest = isinstance(moment.model.readout, Max)
    title = strong("Largest." if largest else "Average.")
    if hidden:
        return _asked(moment, largest=largest)
    if not np.isfinite(moment.step["context"]).all():
        return (line(title, " The numbers grew beyond all bounds: nothing can be read of them."),)
    if moment.t == 0:
        only = "so that is the largest" if largest else "so that is the average"
        first = line(title, " There is only the memory after ", moment.word, f" yet, {only}.")
        return (first, moment.handed_as_it_is())
    return _largest(moment) if largest else _average(moment)


def _asked(moment: Moment, *, largest: bool) -> tuple[Line, ...]:
    title, which = ("Largest.", "largest") if largest else ("Average.", "average")
    asked = line(strong(title), f" What is {moment.name}'s {which} over the {moment.kind}s so far? Choose first.")
    done = f"Of what each unit was at each {moment.kind} the {which} is taken, and {moment.goes_on}."
    return (asked, line(done))


def _average(moment: Moment) -> tuple[Line, ...]:
    count = moment.t + 1
    every = "Both" if count == 2 else f"All {count}"
    counted, now = signed(moment.value("context")), signed(moment.value("h"))
    each = f" {every} {moment.kind}s count alike, {_equal_part(count)} each."
    read = (f"On average {moment.name} was ", counted, ": ", moment.goes_on)
    second = line(*read, ".") if counted == now else line(*read, ", not the ", now, " that it is now.")
    return (line(strong("Average."), each), second)


def _equal_part(count: int) -> str:
    """Return one of `count` equal parts: "a third", "20%"; ≈ stands where so many of what is shown aren't all."""
    shown = percent(1 / count)
    exact = shown.startswith("<") or round(100 * share_as_shown(1 / count)) * count == 100
    return FRACTIONS.get(count, shown if exact else f"{ABOUT} {shown}")


def _largest(moment: Moment) -> tuple[Line, ...]:
    count, found = moment.t + 1, first_largest(moment.trace.values["h"][: moment.t + 1])[-1]
    origin, units = int(found[moment.unit]), moment.model.hidden_size
    value, now = signed(moment.value("context")), signed(moment.value("h"))
    of = f" Of its {count} values so far {moment.name} keeps the largest: "
    where = (" itself",) if origin == moment.t else ()
    first = line(strong("Largest."), of, value, ", from ", word(moment.trace.tokens[origin].surface), *where, ".")
    here = int((found == moment.t).sum())
    rest = (".",) if value == now else (", not the ", now, " that it is now.")
    reads = (capital(moment.goes_on), *rest)
    if units == 1:
        return (first, line(*reads))
    said = f" {here if here else 'None'} of the {units} units {'has its' if here <= 1 else 'have their'} largest here."
    return (first, line(*reads, said))
