"""Elman's cell, told: its phases Add and Squash, and what its sums are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from rnn_tui.rounding import as_shown
from rnn_tui.story.cells.cell_story import CellStory, bias_too
from rnn_tui.story.moments import Moment
from rnn_tui.story.spans import Line, Span, line, result, signed, strong, word
from rnn_tui.text import unsigned

NEAR_THE_EDGE = 0.9
HARDLY_SQUASHED = 0.01
COUNTED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def add(moment: Moment) -> tuple[Line, ...]:
    """Tell what is remembered and what the word brings, put together."""
    title = strong("2 Add what it remembers.")
    if moment.starts:
        mixes = f"From the second {moment.kind} on, this step mixes what is new with what was before."
        return (line(title, *_first_sum(moment)), line(mixes))
    return (line(title, *_sum(moment)), _pull(moment))


def _first_sum(moment: Moment) -> Line:
    brings, total = moment.value("ih"), moment.value("pre_activation")
    if not as_shown(moment.bias()) and as_shown(total) == as_shown(brings):
        if moment.silent:
            return line(f" Nothing yet, so {moment.name} has just the bias, ", signed(brings), ".")
        return line(
            f" Nothing yet, so {moment.name} has just the ", signed(brings), " that ", moment.source, " brings."
        )
    return line(" Nothing yet; ", moment.source, moment.brings, signed(brings), *_together(moment))


def _sum(moment: Moment) -> Line:
    remembered, brings = signed(moment.memory()), (moment.source, moment.brings, signed(moment.value("ih")))
    if _copies(moment):
        return line(f" {moment.Name} had ", remembered, " from ", moment.before, "; ", *brings, *_together(moment))
    gives = (" The memory of ", moment.before, f" gives {moment.name} ", remembered)
    return line(*gives, "; ", *brings, *_together(moment))


def _together(moment: Moment) -> Line:
    """Tell the bias, where it isn't 0, and the sum."""
    memory, bias = (0.0 if moment.starts else as_shown(moment.memory())), as_shown(moment.bias())
    adds = (f"; {'another' if moment.silent else 'the'} bias adds ", signed(moment.bias())) if bias else ()
    total = result(moment.value("pre_activation"), moment.shown("ih") + memory + bias)
    return line(*adds, "; together ", total, ".")


def _copies(moment: Moment) -> bool:
    """Return True where weight_hh hands this unit its own memory and nothing else, so that it is what it had."""
    row = moment.model.cell.weight_hh[moment.unit]
    return bool(np.count_nonzero(row) == 1 and row[moment.unit] == 1)


def _pull(moment: Moment) -> Line:
    """Tell which way old and new pull."""
    brings, memory = moment.shown("ih"), as_shown(moment.memory())
    if not (math.isfinite(brings) and math.isfinite(memory)):
        return line("The numbers grew too large to be added up.")
    if not (brings and memory):
        return _one_alone(moment, brings, memory)
    if (brings > 0) == (memory > 0):
        return _same_way(moment, up=brings > 0)
    if abs(brings) == abs(memory):
        return line("Old and new pull against each other, one as strong as the other.")
    new = Span("the bias") if moment.silent else moment.source
    stronger = new if abs(brings) > abs(memory) else Span("the memory")
    return line("Old and new pull against each other, and ", stronger, " is stronger.")


def _one_alone(moment: Moment, brings: float, memory: float) -> Line:
    """Tell that the word, or the memory, or both bring nothing, as it is shown."""
    biased = bool(as_shown(moment.bias()))
    if not (brings or memory):
        outcome = "has its bias alone" if biased else "stays silent"
        return line(f"Nothing old and nothing new: {moment.name} {outcome}.")
    if not brings:
        lives = "its memory and its bias" if biased else "its memory alone"
        return line(moment.Source, f" brings {moment.name} nothing: it lives on {lives}.")
    if moment.silent:
        return line(f"The memory gives {moment.name} nothing: all of it comes from the bias{'es' if biased else ''}.")
    all_of_it = (moment.source, " and the bias" if biased else "")
    return line(f"The memory gives {moment.name} nothing: all of it comes from ", *all_of_it, ".")


def _same_way(moment: Moment, *, up: bool) -> Line:
    """Tell that old and new pull the same way; and that the unit goes further that way, where it does."""
    direction, outcome = ("up", "it is filling up") if up else ("down", "it sinks deeper")
    h, h_prev = moment.shown("h"), moment.shown("h_prev")
    further = (h > max(h_prev, 0)) if up else (h < min(h_prev, 0))
    ending = f": {outcome}." if further else "."
    times = moment.pushed()[0 if up else 1]
    if times < 2:
        return line(f"Old and new both pull {moment.name} {direction}{ending}")
    counted = f"{_counted(times)} of {_counted(moment.count).lower()} {moment.kind}s"
    return line(f"{counted} so far pushed {moment.name} {direction}{ending}")


def _counted(times: int) -> str:
    return COUNTED[times].capitalize() if times < len(COUNTED) else str(times)


def squash(moment: Moment) -> tuple[Line, ...]:
    """The sum, taken back into the range of the hidden state."""
    return _SQUASHES[moment.cell.activation or "tanh"](moment)


def _tanh(moment: Moment) -> tuple[Line, ...]:
    total, h = moment.shown("pre_activation"), moment.shown("h")
    title = strong("Squash into −1 … 1.")
    if not total:
        zero = ": zero stays zero." if not h else "."
        return (line(title, f" {moment.Name} stays at ", signed(moment.value("h")), zero), _becomes(moment))
    becomes = (signed(moment.value("pre_activation")), " becomes ", result(moment.value("h"), math.tanh(total)))
    first = line(title, " ", *becomes, f", which is what {moment.name} now remembers.")
    return (first, line(*_squashed(moment, total, h)))


def _squashed(moment: Moment, total: float, h: float) -> Line:
    """Tell what the squash did: held the unit below 1, left it nearly as it was, or took something away."""
    if abs(h) > NEAR_THE_EDGE:
        left = 1 - abs(h)
        at = f"Only {unsigned(left)} is left to the edge" if as_shown(left) else "It is at the edge"
        return line(f"{at}: another push {'up' if h > 0 else 'down'} would hardly move {moment.name}.")
    taken = abs(total) - abs(h)
    if as_shown(taken) <= HARDLY_SQUASHED:
        return line("So small a number passes almost unchanged.", *_went(moment, h))
    return line(f"The squashing took {unsigned(taken)} away.", *_went(moment, h))


def _went(moment: Moment, h: float) -> Line:
    """Tell where the unit was before; nothing at the first word, when it was nowhere."""
    if moment.starts:
        return ()
    before = moment.shown("h_prev")
    if before == h:
        return line(f" {moment.Name} is where it was.")
    fades = before * h >= 0 and abs(h) < abs(before)
    verb = "fades" if fades else "goes"
    return line(f" {moment.Name} {verb} from ", signed(moment.value("h_prev")), " to ", signed(moment.value("h")), ".")


def _relu(moment: Moment) -> tuple[Line, ...]:
    total, h = moment.value("pre_activation"), moment.value("h")
    title = strong("Cut off below 0.")
    if as_shown(total) < 0:
        first = line(title, " ", signed(total), f" is below 0, so {moment.name} becomes ", signed(h), ".")
        return (first, line("A unit that is cut off says nothing, and remembers nothing."))
    return (line(title, f" {moment.Name} is not below 0, so it stays ", signed(h), "."), _becomes(moment))


def _identity(moment: Moment) -> tuple[Line, ...]:
    title = strong("Leave it as it is.")
    first = line(title, " The sum ", signed(moment.value("pre_activation")), f" is what {moment.name} now remembers.")
    if not math.isfinite(moment.value("h")):
        return (first, line("Without squashing, nothing holds the numbers back: it has grown beyond all bounds."))
    return (first, line("Without squashing, nothing holds the numbers back: they can grow and grow."))


def _becomes(moment: Moment) -> Line:
    if moment.hands_up:
        return _handed(moment)
    if not moment.last:
        return line(f"This is the memory that the next {moment.kind} will find.")
    readout = moment.model.readout.kind
    if moment.looks_back and not (readout == "max" and moment.t == 0):  # of one memory there is nothing to compare
        return line(f"This is the memory that {_GOES.get(readout, 'the answer will find')}.")
    if moment.model.head:
        return line(f"This is the memory that goes on to {moment.head_called}.")
    return line("This is the memory that the output nodes read.")


def _handed(moment: Moment) -> Line:
    """Tell who finds the memory of a lane, and which floor takes it."""
    layer, layers = moment.model.floor.layer or 0, len(moment.model.layers)
    taker = f"layer {layer + 2} takes it up" if layer + 1 < layers else "both lanes meet"
    if layer + 1 == layers and not moment.in_two_lanes:
        taker = f"it goes on to {moment.head_called}"
    if moment.last:
        return line(f"This lane has read every {moment.kind}: ", taker, ".")
    after = moment.trace.tokens[moment.t - 1 if moment.backward else moment.t + 1]
    finds = word(after.surface) if moment.backward else f"the next {moment.kind}"
    return line("This is the memory that ", finds, f" will find{'' if layer + 1 == layers else f'; {taker}, too'}.")


_SQUASHES: Mapping[str, Callable[[Moment], tuple[Line, ...]]] = {"tanh": _tanh, "relu": _relu, "identity": _identity}
_GOES = {
    "attention": "the look back will find",
    "mean": "goes into the average",
    "max": "is compared with those before",
}
_SQUASHED = {
    "tanh": "squash the sum into −1 … 1",
    "relu": "cut the sum off below 0",
    "identity": "leave the sum as it is",
}
STORY = CellStory(
    name="An RNN",
    second="add what it remembers",
    phases={"add": add, "squash": squash},
    sums={
        "pre_activation": lambda moment: f"input plus memory{bias_too(moment)} is the sum",
        "h": lambda moment: _SQUASHED[moment.cell.activation or "tanh"],
    },
)
