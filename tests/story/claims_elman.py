"""The claims about what Elman's cell does: add and squash."""

from __future__ import annotations

import math

import numpy as np

from tests.story.claims import (
    ABOUT,
    NAME,
    NEXT,
    NUMBER,
    UNIT,
    WORD,
    claim,
    holds,
    is_shown,
    read,
    shown,
)

COUNTED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# Add


@claim(r"2 Add what it remembers\.")
def _add(at):
    return at.phase == "add"


@claim(rf"Nothing yet, so {NAME} has just the {NUMBER} that {WORD} brings\.")
def _just_that(at, name, brings, quoted):
    assert at.is_called(name)
    assert at.is_read(quoted)
    assert at.memory() == 0
    assert not at.has_bias_alone
    return is_shown(brings, at.value("ih")) and is_shown(brings, at.value("pre_activation"))


@claim(rf"Nothing yet, so {NAME} has just the bias, {NUMBER}\.")
def _just_the_bias(at, name, brings):
    assert at.is_called(name)
    assert at.has_bias_alone
    assert at.memory() == 0
    return is_shown(brings, at.cell.bias_ih[at.unit]) and is_shown(brings, at.value("pre_activation"))


TOGETHER = (
    rf"{WORD} brings (nothing but a bias, )?{NUMBER}(?:; (?:the|(another)) bias adds {NUMBER})?; "
    rf"together {ABOUT}{NUMBER}\."
)


@claim(rf"Nothing yet; {TOGETHER}")
def _nothing_yet(at, *rest):
    assert at.memory() == 0
    assert at.first
    return _adds_up(at, 0.0, *rest)


@claim(rf"The memory of {WORD} gives {NAME} {NUMBER}; {TOGETHER}")
def _memory_gives(at, before, name, memory, *rest):
    assert at.was_read(before)
    assert at.is_called(name)
    assert is_shown(memory, at.memory())
    return _adds_up(at, read(memory), *rest)


@claim(rf"{NAME} had {NUMBER} from {WORD}; {TOGETHER}")
def _had(at, name, memory, before, *rest):
    assert at.was_read(before)
    assert at.is_called(name)
    assert is_shown(memory, float(at.trace.before(at.t)["h"][at.unit]))
    return _adds_up(at, read(memory), *rest)


def _adds_up(at, memory, quoted, alone, brings, another, bias, about, total):
    assert at.is_read(quoted)
    assert bool(alone) == at.has_bias_alone
    assert bias is None or bool(another) == at.has_bias_alone
    assert is_shown(brings, at.value("ih"))
    assert is_shown(bias or "0.00", at.bias())
    assert is_shown(total, at.value("pre_activation"))
    return holds(about, total, memory + read(brings) + read(bias or "0.00"))


@claim(rf"From the second {UNIT} on, this step mixes what is new with what was before\.")
def _from_the_second_on(at, unit):
    return at.first and unit == at.model.tokenizer.unit


def _parts(at):
    return shown(at.value("ih")), shown(at.memory()), shown(at.bias())


@claim(rf"Nothing old and nothing new: {NAME} (stays silent|has its bias alone)\.")
def _neither(at, name, then):
    brings, memory, bias = _parts(at)
    return at.is_called(name) and brings == memory == 0 and ("bias" in then) == (bias != 0)


@claim(rf"{WORD} brings {NAME} nothing: it lives on its memory (alone|and its bias)\.")
def _on_its_memory(at, quoted, name, then):
    brings, memory, bias = _parts(at)
    assert at.is_read(quoted)
    return at.is_called(name) and brings == 0 != memory and ("bias" in then) == (bias != 0)


@claim(rf"The memory gives {NAME} nothing: all of it comes from {WORD}( and the bias)?\.")
def _from_the_word(at, name, quoted, also):
    brings, memory, bias = _parts(at)
    assert at.is_read(quoted)
    assert not at.has_bias_alone
    return at.is_called(name) and memory == 0 != brings and bool(also) == (bias != 0)


@claim(rf"The memory gives {NAME} nothing: all of it comes from the bias(es)?\.")
def _from_the_bias(at, name, both):
    brings, memory, bias = _parts(at)
    assert at.has_bias_alone
    return at.is_called(name) and memory == 0 != brings and bool(both) == (bias != 0)


@claim(
    rf"Old and new pull against each other, "
    rf"(?:and (?:{WORD}|(the memory)|(the bias)) is stronger|one as strong as the other)\."
)
def _against(at, quoted, memory_is, bias_is):
    brings, memory, _ = _parts(at)
    assert brings * memory < 0
    assert not (quoted or bias_is) or bool(bias_is) == at.has_bias_alone
    if quoted is None and memory_is is None and bias_is is None:
        return abs(brings) == abs(memory)
    assert quoted is None or at.is_read(quoted)
    return abs(brings) > abs(memory) if quoted or bias_is else abs(memory) > abs(brings)


def _goes_further(at, up, then):
    """Tell whether the unit is said to go further up, or down, if and only if it does."""
    h, h_prev = shown(at.value("h")), shown(float(at.trace.before(at.t)["h"][at.unit]))
    assert then is None or ("filling" in then) == up
    return (then is not None) == (h > h_prev and h > 0 if up else h < h_prev and h < 0)


FURTHER = r"(: it is filling up|: it sinks deeper)?"


@claim(rf"Old and new both pull {NAME} (up|down){FURTHER}\.")
def _both_pull(at, name, way, then):
    brings, memory, _ = _parts(at)
    sign = 1 if way == "up" else -1
    return at.is_called(name) and brings * sign > 0 and memory * sign > 0 and _goes_further(at, way == "up", then)


@claim(rf"(\w+) of (\w+) {UNIT}s so far pushed {NAME} (up|down){FURTHER}\.")
def _so_many_pushed(at, times, of, unit, name, way, then):
    inputs = np.array([at.trace[t].x for t in at.so_far])
    ih = at.trace.values["ih"][at.so_far, at.unit]
    ih = ih[inputs @ at.cell.weight_ih[at.unit] != 0]  # else it is the bias, and no word, that pushes
    count = sum(shown(float(push)) * (1 if way == "up" else -1) > 0 for push in ih)
    called = [COUNTED[n] if n < len(COUNTED) else str(n) for n in (count, len(at.so_far))]
    assert [times.lower(), of] == called
    assert unit == at.model.tokenizer.unit
    return at.is_called(name) and _goes_further(at, way == "up", then)


@claim(r"The numbers grew too large to be added up\.")
def _too_large(at):
    return not (math.isfinite(at.value("ih")) and math.isfinite(at.value("hh")))


# Squash


@claim(r"Squash into −1 … 1\.")
def _squash(at):
    return at.cell.activation == "tanh" and abs(at.value("h")) <= 1


@claim(rf"{NUMBER} becomes {ABOUT}{NUMBER}, which is what {NAME} now remembers\.")
def _becomes(at, total, about, h, name):
    assert is_shown(total, at.value("pre_activation"))
    assert is_shown(h, at.value("h"))
    return at.is_called(name) and holds(about, h, math.tanh(read(total)))


@claim(rf"{NAME} stays at {NUMBER}: zero stays zero\.")
def _stays_zero(at, name, h):
    return at.is_called(name) and read(h) == 0 == shown(at.value("pre_activation")) and is_shown(h, at.value("h"))


@claim(rf"(?:Only {NUMBER} is left to the edge|It is at the edge): another push (up|down) would hardly move {NAME}\.")
def _near_the_edge(at, left, way, name):
    h = at.value("h")
    sign = 1 if way == "up" else -1
    assert at.is_called(name)
    assert read(left or "0.00") == shown(1 - abs(shown(h)))
    # hardly: whatever the next push, the unit can't move by a tenth
    return h * sign > 0 and abs(sign - h) < 0.1


@claim(r"So small a number passes almost unchanged\.")
def _almost_unchanged(at):
    total, h = shown(at.value("pre_activation")), shown(at.value("h"))
    return abs(total) < 0.5 and abs(total - h) < 0.015


@claim(rf"The squashing took {NUMBER} away\.")
def _took(at, taken):
    total, h = shown(at.value("pre_activation")), shown(at.value("h"))
    return read(taken) == shown(abs(total) - abs(h)) > 0


@claim(rf"{NAME} (fades|goes) from {NUMBER} to {NUMBER}\.")
def _goes_from_to(at, name, verb, before, now):
    assert at.is_called(name)
    assert not at.first
    assert is_shown(before, float(at.trace.before(at.t)["h"][at.unit]))
    assert is_shown(now, at.value("h"))
    fades = read(before) * read(now) >= 0 and abs(read(now)) < abs(read(before))
    return before != now and (verb == "fades") == fades


@claim(rf"{NAME} is where it was\.")
def _is_where_it_was(at, name):
    return at.is_called(name) and shown(at.value("h")) == shown(float(at.trace.before(at.t)["h"][at.unit]))


@claim(r"Cut off below 0\.")
def _cut_off(at):
    return at.cell.activation == "relu"


@claim(rf"{NUMBER} is below 0, so {NAME} becomes {NUMBER}\.")
def _is_below(at, total, name, h):
    return (
        at.is_called(name)
        and read(total) < 0 == read(h) == at.value("h")
        and is_shown(total, at.value("pre_activation"))
    )


@claim(r"A unit that is cut off says nothing, and remembers nothing\.")
def _says_nothing(at):
    return at.value("h") == 0


@claim(rf"{NAME} is not below 0, so it stays {NUMBER}\.")
def _not_below(at, name, h):
    return (
        at.is_called(name) and read(h) >= 0 and is_shown(h, at.value("h")) and is_shown(h, at.value("pre_activation"))
    )


@claim(r"Leave it as it is\.|Without squashing, nothing holds the numbers back: they can grow and grow\.")
def _identity(at):
    same = np.array_equal(at.step.h, at.step["pre_activation"], equal_nan=True)
    return at.cell.activation == "identity" and same


@claim(rf"The sum {NUMBER} is what {NAME} now remembers\.")
def _the_sum(at, total, name):
    return at.is_called(name) and is_shown(total, at.value("h"))


@claim(r"Without squashing, nothing holds the numbers back: it has grown beyond all bounds\.")
def _beyond_bounds(at):
    return not math.isfinite(at.value("h"))


BACK = "the look back will find|goes into the average|is compared with those before"


@claim(
    rf"This is the memory that (?:the next {UNIT} will find|goes on to ({NEXT})|(the output nodes) read"
    rf"|({BACK}))\."
)
def _who_reads(at, unit, goes_on, outputs, back):
    assert at.last == (unit is None)
    backs = dict(zip(("attention", "mean", "max"), BACK.split("|"), strict=True))
    if unit is not None:
        return unit == at.model.tokenizer.unit
    alone = at.model.readout.kind == "max" and at.t == 0  # there are none before
    assert back == (None if alone else backs.get(at.model.readout.kind))
    return back is not None or (goes_on == at.next_title and bool(outputs) == (not at.model.head))
