"""Elman's cell, told: its phases Add and Squash, and what its sums are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from rnn_tui.story.cells.cell_story import CellStory
from rnn_tui.story.moments import SILENT, Moment
from rnn_tui.story.spans import Line, Span, line, signed, strong
from rnn_tui.text import number

NEAR_THE_EDGE = 0.9
HARDLY_SQUASHED = 0.02
COUNTED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def add(moment: Moment) -> tuple[Line, ...]:
    """Tell what is remembered and what the word brings, put together."""
    if moment.starts:
        mixes = f"From the second {moment.kind} on, this step mixes what is new with what was before."
        return (_first_sum(moment), line(mixes))
    return (_sum(moment), _pull(moment))


def _first_sum(moment: Moment) -> Line:
    title, from_word, remembered = strong("2 Add what it remembers."), moment.value("ih"), moment.value("hh")
    if _silent(remembered):
        has = f" Nothing yet, so {moment.name} has just the "
        return line(title, has, signed(from_word), " that ", moment.word, " brings.")
    bias = (" Nothing yet but the bias ", signed(remembered), "; ", moment.word, " brings ", signed(from_word))
    return line(title, *bias, "; together ", signed(moment.value("pre_activation")), ".")


def _sum(moment: Moment) -> Line:
    from_word, remembered, total = (signed(moment.value(name)) for name in ("ih", "hh", "pre_activation"))
    title = strong("2 Add what it remembers.")
    brings = (moment.word, " brings ", from_word, "; together ", total, ".")
    if _copies(moment):
        return line(title, f" {moment.Name} had ", remembered, " from ", moment.before, "; ", *brings)
    return line(title, " The memory of ", moment.before, f" gives {moment.name} ", remembered, "; ", *brings)


def _copies(moment: Moment) -> bool:
    """Return True where weight_hh and bias_hh hand this unit its own memory and nothing else, so that hh is it."""
    row = moment.model.cell.weight_hh[moment.unit]
    alone = np.count_nonzero(row) == 1 and row[moment.unit] == 1
    return bool(alone and moment.model.cell.bias_hh[moment.unit] == 0)


def _pull(moment: Moment) -> Line:
    """Tell which way old and new pull."""
    from_word, remembered = moment.value("ih"), moment.value("hh")
    if not (math.isfinite(from_word) and math.isfinite(remembered)):
        return line("The numbers grew too large to be added up.")
    if _silent(from_word) and _silent(remembered):
        return line(f"Nothing old and nothing new: {moment.name} stays silent.")
    if _silent(from_word):
        return line(moment.word, f" brings {moment.name} nothing: it lives on its memory alone.")
    if _silent(remembered):
        return line("Nothing was left from before: all of it comes from ", moment.word, ".")
    if (from_word > 0) == (remembered > 0):
        return _together(moment, up=from_word > 0)
    stronger = moment.word if abs(from_word) > abs(remembered) else Span("the memory")
    return line("Old and new pull against each other, and ", stronger, " is stronger.")


def _together(moment: Moment, *, up: bool) -> Line:
    direction, outcome = ("up", "is filling up") if up else ("down", "sinks deeper")
    times = moment.pushed()[0 if up else 1]
    if times < 2:
        return line(f"Old and new pull the same way: {moment.name} {outcome}.")
    counted = f"{_counted(times)} of {_counted(moment.t + 1).lower()} {moment.kind}s"
    return line(f"{counted} so far pushed {moment.name} {direction}: it {outcome}.")


def _counted(times: int) -> str:
    return COUNTED[times].capitalize() if times < len(COUNTED) else str(times)


def squash(moment: Moment) -> tuple[Line, ...]:
    """The sum, taken back into the range of the hidden state."""
    return _SQUASHES[moment.cell.activation or "tanh"](moment)


def _tanh(moment: Moment) -> tuple[Line, ...]:
    total, h = moment.value("pre_activation"), moment.value("h")
    title = strong("Squash into −1 … 1.")
    if _silent(total):
        return (line(title, f" {moment.Name} stays at ", signed(h), ": zero stays zero."), _becomes(moment))
    first = line(title, " tanh of ", signed(total), " is ", signed(h), f", which is what {moment.name} now remembers.")
    if abs(h) > NEAR_THE_EDGE:
        return (first, line(f"Near the edge: one more push the same way would hardly change {moment.name}."))
    lost = abs(total) - abs(h)
    if lost < HARDLY_SQUASHED:
        return (first, line("Small numbers pass almost unchanged; large ones are held below 1."))
    taken = number(lost).lstrip("+")
    return (first, line(f"The squashing took {taken} away. At every {moment.kind} some is lost: what is old fades."))


def _relu(moment: Moment) -> tuple[Line, ...]:
    total, h = moment.value("pre_activation"), moment.value("h")
    title = strong("Cut off below 0.")
    if total < 0:
        first = line(title, " ", signed(total), " is below 0, so ", f"{moment.name} becomes ", signed(h), ".")
        return (first, line("A unit that is cut off says nothing, and remembers nothing."))
    return (line(title, f" {moment.Name} is not below 0, so it stays ", signed(h), "."), _becomes(moment))


def _identity(moment: Moment) -> tuple[Line, ...]:
    title = strong("Leave it as it is.")
    first = line(title, " The sum ", signed(moment.value("pre_activation")), f" is what {moment.name} now remembers.")
    if not math.isfinite(moment.value("h")):
        return (first, line("Without squashing, nothing holds the numbers back: it has grown beyond all bounds."))
    return (first, line("Without squashing, nothing holds the numbers back: they can grow and grow."))


def _becomes(moment: Moment) -> Line:
    if moment.last:
        return line("This is the memory that the output nodes read.")
    return line(f"This is the memory that the next {moment.kind} will find.")


def _silent(value: float) -> bool:
    return abs(value) < SILENT


_SQUASHES: Mapping[str, Callable[[Moment], tuple[Line, ...]]] = {"tanh": _tanh, "relu": _relu, "identity": _identity}
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
        "pre_activation": lambda moment: "input plus memory is sum",
        "h": lambda moment: _SQUASHED[moment.cell.activation or "tanh"],
    },
)
