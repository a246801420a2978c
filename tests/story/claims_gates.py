"""The claims about what cells with gates do: gates, candidate and blend; gates, write and expose."""

from __future__ import annotations

import math

import numpy as np

from tests.story.claims import (
    ABOUT,
    NAME,
    NUMBER,
    SHARE,
    WORD,
    claim,
    holds,
    is_share,
    is_shown,
    read,
    share,
    shown,
)

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
    return at.first and is_share_of(taken, 1 - at.value("z"))


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


LETS = rf"reset lets in {SHARE} of"
MAKES = rf"{ABOUT}{NUMBER}; together {ABOUT}{NUMBER}, squashed {ABOUT}{NUMBER}\."


@claim(
    rf"{WORD} brings (nothing but a bias, )?{NUMBER}; {LETS} the memory {NUMBER}(?: and the bias {NUMBER})?, "
    rf"which is {MAKES}"
)
def _candidate(at, quoted, alone, brings, reset, memory, bias, *let):
    assert is_shown(memory, at.memory("n"))
    return _proposed(at, quoted, alone, brings, read(memory), bias, reset, *let)


@claim(
    rf"{WORD} brings (nothing but a bias, )?{NUMBER}; nothing is remembered; {LETS} the bias {NUMBER}, which is {MAKES}"
)
def _first_candidate(at, quoted, alone, brings, reset, bias, *let):
    assert at.memory("n") == 0
    return _proposed(at, quoted, alone, brings, 0.0, bias, reset, *let)


@claim(rf"{WORD} brings (nothing but a bias, )?{NUMBER}; nothing is remembered, which adds {MAKES}")
def _candidate_of_nothing(at, quoted, alone, brings, *let):
    assert at.memory("n") == 0
    return _proposed(at, quoted, alone, brings, 0.0, None, "0%", *let)


def _proposed(at, quoted, alone, brings, memory, bias, reset, *results):
    about_in, let, about_total, total, about_n, n = results
    r, ih = at.value("r"), at.value("ih", "n")
    assert at.is_read(quoted)
    assert bool(alone) == at.has_bias_alone
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


@claim(r"The old was 0\.00, so the keep gate has nothing to hold\.")
def _nothing_to_hold(at):
    return at.cell.kind == "gru" and not at.first and shown(float(at.trace.before(at.t)["h"][at.unit])) == 0


@claim(r"The old cell was 0\.00, so there was nothing in it to keep or to lose\.")
def _nothing_to_lose(at):
    return at.cell.kind == "lstm" and not at.first and shown(float(at.trace.before(at.t)["c"][at.unit])) == 0


def _held_something(at):
    """Tell whether there was an old value that could stay or go."""
    return shown(float(at.trace.before(at.t)["c" if at.cell.kind == "lstm" else "h"][at.unit])) != 0


@claim(r"The old (cell )?is still 0\.00, for there was nothing before\.")
def _old_is_zero(at, cell):
    return at.first and not at.trace.before(at.t)["c" if cell else "h"].any()


@claim(r"(Mostly old: a keep gate that stays open is how a GRU remembers for long|Old and new count about the same)\.")
def _mostly_old(at, said):
    z = at.value("z")
    assert _held_something(at)
    return z > 0.6 if "Mostly" in said else 0.39 < z < 0.61


@claim(rf"Mostly new: {NAME} lets go of most of what it was\.")
def _mostly_new(at, name):
    return at.is_called(name) and at.value("z") < 0.4 and _held_something(at)


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
    r"|(Most of the old goes(, to make room for the new)?)|About half of the old stays)\."
)
def _how_much_stays(at, stays, goes, for_the_new):
    f = at.value("f")
    assert _held_something(at)
    assert not for_the_new or at.value("i") > 0.59
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


@claim(r"Only what is let out can be read; the cell itself stays inside\.")
def _let_out(at):
    if not at.floor.answers:  # then another floor reads it
        return at.cell.kind == "lstm" and np.allclose(at.step.h, at.step["o"] * np.tanh(at.step["c"]), atol=1e-5)
    logits = at.model.fc.weight @ at.reads + at.model.fc.bias
    return at.cell.kind == "lstm" and np.allclose(at.step.logits, logits, atol=1e-4)
