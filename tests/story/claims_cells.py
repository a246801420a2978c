"""The claims about what each cell does: add and squash; gates, candidate and blend; gates, write and expose."""

from __future__ import annotations

import math

import numpy as np

from tests.story.claims import (
    ABOUT,
    NAME,
    NUMBER,
    SHARE,
    UNIT,
    WORD,
    claim,
    holds,
    is_share,
    is_shown,
    read,
    share,
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
    return is_shown(brings, at.value("ih")) and is_shown(brings, at.value("pre_activation"))


TOGETHER = rf"{WORD} brings {NUMBER}(?:; the bias adds {NUMBER})?; together {ABOUT}{NUMBER}\."


@claim(rf"Nothing yet; {TOGETHER}")
def _nothing_yet(at, quoted, brings, bias, about, total):
    assert at.memory() == 0
    assert at.t == 0
    return _adds_up(at, 0.0, quoted, brings, bias, about, total)


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


def _adds_up(at, memory, quoted, brings, bias, about, total):
    assert at.is_read(quoted)
    assert is_shown(brings, at.value("ih"))
    assert is_shown(bias or "0.00", at.bias())
    assert is_shown(total, at.value("pre_activation"))
    return holds(about, total, memory + read(brings) + read(bias or "0.00"))


@claim(rf"From the second {UNIT} on, this step mixes what is new with what was before\.")
def _from_the_second_on(at, unit):
    return at.t == 0 and unit == at.model.tokenizer.unit


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
    return at.is_called(name) and memory == 0 != brings and bool(also) == (bias != 0)


@claim(
    rf"Old and new pull against each other, (?:and (?:{WORD}|(the memory)) is stronger|one as strong as the other)\."
)
def _against(at, quoted, memory_is):
    brings, memory, _ = _parts(at)
    assert brings * memory < 0
    if quoted is None and memory_is is None:
        return abs(brings) == abs(memory)
    assert quoted is None or at.is_read(quoted)
    return abs(brings) > abs(memory) if quoted else abs(memory) > abs(brings)


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
    ih = at.trace.values["ih"][: at.t + 1, at.unit]
    count = sum(shown(float(push)) * (1 if way == "up" else -1) > 0 for push in ih)
    called = [COUNTED[n] if n < len(COUNTED) else str(n) for n in (count, at.t + 1)]
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
    assert at.t > 0
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


@claim(rf"This is the memory that (?:the next {UNIT} will find|(the output nodes) read|(the look back) will find)\.")
def _who_reads(at, unit, outputs, back):
    assert at.last == (unit is None)
    return unit == at.model.tokenizer.unit if unit else bool(back) == at.attends


# GRU


@claim(r"2 Open or close the gates\.")
def _open(at):
    return at.phase == "gates"


@claim(rf"{NAME}: reset gate {SHARE} open, keep gate {SHARE} open\.")
def _gru_gates(at, name, reset, keep):
    return at.is_called(name) and is_share(reset, at.value("r")) and is_share(keep, at.value("z"))


@claim(rf"There is nothing to keep yet; {SHARE} of the new value will be taken\.")
def _nothing_to_keep(at, taken):
    assert np.allclose(at.step.h, (1 - at.step["z"]) * at.step["n"], atol=1e-5)
    return at.t == 0 and is_share_of(taken, 1 - at.value("z"))


def is_share_of(text, p):
    """Tell whether a text shows what is left of a shown share: half a per cent may be rounded either way."""
    return is_share(text, p) or abs(share(text) - p) <= 0.0051


@claim(
    rf"Reset lets {SHARE} of the memory into the new value; keep holds {SHARE} of the old value, "
    rf"so {SHARE} will be new\."
)
def _gru_keeps(at, reset, keep, new):
    z = at.value("z")
    assert is_share(reset, at.value("r"))
    assert is_share(keep, z)
    assert share(keep) + share(new) == 1
    return is_share_of(new, 1 - z)


@claim(r"Propose a new value\.|Blend old and new\.|Keep and write\.|Show a part of it\.")
def _title(at):
    return at.phase in ("candidate", "blend", "write", "expose")


LET = rf"reset lets {SHARE} in: {ABOUT}{NUMBER}; together {ABOUT}{NUMBER}, squashed {ABOUT}{NUMBER}\."


@claim(rf"{WORD} brings {NUMBER}; of the memory {NUMBER}(?: and bias {NUMBER})? {LET}")
def _candidate(at, quoted, brings, memory, bias, *let):
    assert is_shown(memory, at.memory("n"))
    return _proposed(at, quoted, brings, read(memory), bias, *let)


@claim(rf"{WORD} brings {NUMBER}; nothing is remembered, of the bias {NUMBER} {LET}")
def _first_candidate(at, quoted, brings, bias, *let):
    assert at.memory("n") == 0
    return _proposed(at, quoted, brings, 0.0, bias, *let)


@claim(
    rf"{WORD} brings {NUMBER}; nothing is remembered: {ABOUT}{NUMBER}; together {ABOUT}{NUMBER}, "
    rf"squashed {ABOUT}{NUMBER}\."
)
def _candidate_of_nothing(at, quoted, brings, *let):
    assert at.memory("n") == 0
    return _proposed(at, quoted, brings, 0.0, None, "0%", *let)


def _proposed(at, quoted, brings, memory, bias, reset, *results):
    about_in, let, about_total, total, about_n, n = results
    r, ih = at.value("r"), at.value("ih", "n")
    assert at.is_read(quoted)
    assert is_shown(brings, ih)
    assert is_shown(bias or "0.00", at.bias("n"))
    assert reset == "0%" or is_share(reset, r)
    assert is_shown(let, r * (at.memory("n") + at.bias("n")))
    assert is_shown(total, ih + r * (at.memory("n") + at.bias("n")))
    assert is_shown(n, at.value("n"))
    assert holds(about_in, let, share(reset) * (memory + read(bias or "0.00")))
    return holds(about_total, total, read(brings) + read(let)) and holds(about_n, n, math.tanh(read(total)))


@claim(rf"It is only a proposal: the keep gate decides how much of it {NAME} takes\.")
def _only_a_proposal(at, name):
    return at.is_called(name) and at.phase == "candidate"


@claim(rf"{SHARE} of the new {NUMBER} and {SHARE} of the old {NUMBER} make {NAME} {ABOUT}{NUMBER}\.")
def _blend(at, new_share, n, old_share, old, name, about, h):
    z = at.value("z")
    assert at.is_called(name)
    assert is_share_of(new_share, 1 - z)
    assert is_share(old_share, z)
    assert is_shown(n, at.value("n"))
    assert is_shown(old, float(at.trace.before(at.t)["h"][at.unit]))
    assert is_shown(h, at.value("h"))
    return holds(about, h, share(new_share) * read(n) + share(old_share) * read(old))


@claim(r"The old (cell )?is still 0\.00, for there was nothing before\.")
def _old_is_zero(at, cell):
    return at.t == 0 and not at.trace.before(0)["c" if cell else "h"].any()


@claim(r"(Mostly old: a keep gate that stays open is how a GRU remembers for long|Old and new count about the same)\.")
def _mostly_old(at, said):
    z = at.value("z")
    return z > 0.6 if "Mostly" in said else 0.39 < z < 0.61


@claim(rf"Mostly new: {NAME} lets go of most of what it was\.")
def _mostly_new(at, name):
    return at.is_called(name) and at.value("z") < 0.4


# LSTM


@claim(rf"{NAME}: keep gate {SHARE} open, write gate {SHARE}, show gate {SHARE}; the new value is {NUMBER}\.")
def _lstm_gates(at, name, keep, write, show, new):
    shares = ((keep, "f"), (write, "i"), (show, "o"))
    assert all(is_share(text, at.value(letter)) for text, letter in shares)
    return at.is_called(name) and is_shown(new, at.value("g"))


@claim(r"Keep holds the old, write lets in the new, and show lets out the result\.")
def _lstm_in_words(at):
    step = at.step
    cell = step["f"] * at.trace.before(at.t)["c"] + step["i"] * step["g"]
    return np.allclose(step["c"], cell, atol=1e-5) and np.allclose(step.h, step["o"] * np.tanh(cell), atol=1e-5)


@claim(
    rf"It keeps {SHARE} of the old cell {NUMBER} and writes {SHARE} of the new {NUMBER}: "
    rf"the cell is now {ABOUT}{NUMBER}\."
)
def _write(at, keep, old, write, new, about, cell):
    assert is_share(keep, at.value("f"))
    assert is_share(write, at.value("i"))
    assert is_shown(old, float(at.trace.before(at.t)["c"][at.unit]))
    assert is_shown(new, at.value("g"))
    assert is_shown(cell, at.value("c"))
    return holds(about, cell, share(keep) * read(old) + share(write) * read(new))


@claim(
    r"(?:(Most of the old stays: the cell is where an LSTM remembers for long)"
    r"|(Most of the old goes, to make room for the new)|About half of the old stays)\."
)
def _how_much_stays(at, stays, goes):
    f = at.value("f")
    return f > 0.6 if stays else f < 0.4 if goes else 0.39 < f < 0.61


@claim(
    rf"Squashed, the cell {NUMBER} becomes {ABOUT}{NUMBER}; the show gate lets out {SHARE}: {NAME} is {ABOUT}{NUMBER}\."
)
def _expose(at, cell, about_squashed, squashed, show, name, about, h):
    assert at.is_called(name)
    assert is_shown(cell, at.value("c"))
    assert is_shown(squashed, math.tanh(at.value("c")))
    assert is_share(show, at.value("o"))
    assert is_shown(h, at.value("h"))
    return holds(about_squashed, squashed, math.tanh(read(cell))) and holds(about, h, share(show) * read(squashed))


@claim(r"Most of it stays inside: it can remember without saying so yet\.")
def _stays_inside(at):
    return at.value("o") < 0.4 and abs(at.value("h")) < 0.5 * abs(math.tanh(at.value("c"))) > 0


@claim(rf"What is let out is what the output nodes and the next {UNIT} can read; the cell itself stays inside\.")
def _let_out(at, unit):
    assert unit == at.model.tokenizer.unit
    return at.cell.kind == "lstm" and at.phase == "expose"
