"""The claims about pooling and about a head: the average, the largest, and what a function makes of them."""

from __future__ import annotations

import math
import re

import numpy as np

from tests.story.claims import (
    ABOUT,
    GOES_ON,
    NAME,
    NEXT,
    NOT_NOW,
    NUMBER,
    SHARE,
    UNIT,
    WORD,
    claim,
    clip,
    holds,
    is_share,
    is_shown,
    read,
)

SLOPES = {
    "relu": lambda z: max(0.0, z),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "identity": lambda z: z,
}
SAID = {
    "cut off below 0": "relu",
    "limited to −1 … 1": "tanh",
    "limited to 0 … 1": "sigmoid",
    "passed on as it is": "identity",
}
NO_SAY = " and (?:has|have) no say in the answer"
ZERO_STAYS = ("relu", "tanh", "identity")
DOES = "|".join(SAID)


def so_far(at):
    """The hidden state after every word so far, (t + 1, hidden_size)."""
    return at.trace.values["h"][: at.t + 1].astype(float)


def pooled(at):
    """What the readout hands on, (hidden_size,), by its definition."""
    states = so_far(at)
    return {"mean": states.mean(0), "max": states.max(0)}.get(at.model.readout.kind, states[-1])


def functions(at):
    return [entry.activation for entry in at.entries]


def through_head(at, value):
    for name in functions(at):
        value = SLOPES[name](value)
    return value


@claim(r"(Average|Largest)\.")
def _title(at, title):
    return {"Average": "mean", "Largest": "max"}[title] == at.model.readout.kind and at.phase == "pool"


@claim(rf"There is only the memory after {WORD} yet, so that is the (largest|average)\.")
def _only_one(at, quoted, which):
    assert {"average": "mean", "largest": "max"}[which] == at.model.readout.kind
    return at.t == 0 and at.is_read(quoted)


@claim(rf"So {NAME} goes on to ({NEXT}) as it is now: {NUMBER}\.")
def _goes_on(at, name, title, number):
    assert title == at.next_title
    return at.t == 0 and at.is_called(name) and is_shown(number, at.value("h"))


@claim(rf"(Both|All (\d+)) {UNIT}s count alike, (?:(half|a third|a quarter)|{ABOUT}{SHARE}) each\.")
def _alike(at, how_many, count, unit, fraction, about, share):
    words = at.t + 1
    assert unit == at.model.tokenizer.unit
    assert at.model.readout.kind == "mean"
    assert words == (2 if count is None else int(count))
    if fraction:
        return {"half": 2, "a third": 3, "a quarter": 4}[fraction] == words
    exact = share.startswith("<") or words * int(share[:-1]) == 100
    return words > 4 and is_share(share, 1 / words) and (about is None) == exact


@claim(rf"On average {NAME} was {NUMBER}: {GOES_ON}{NOT_NOW}\.")
def _on_average(at, name, average, goes_on, now):
    assert goes_on == at.next_title
    assert at.is_called(name)
    assert is_shown(average, pooled(at)[at.unit])
    return now != average and is_shown(now or average, at.value("h"))


@claim(rf"Of its (\d+) values so far {NAME} keeps the largest: {NUMBER}, from {WORD}( itself)?\.")
def _keeps(at, count, name, largest, quoted, itself):
    values = so_far(at)[:, at.unit]
    origin = int(values.argmax())
    assert at.model.readout.kind == "max"
    assert at.is_called(name)
    assert (int(count), bool(itself)) == (at.t + 1, origin == at.t)
    return is_shown(largest, values.max()) and clip(at.trace.tokens[origin].surface) == quoted


@claim(rf"(?:The outputs read that|That goes on to ({NEXT}))(?:, not the {NUMBER} that it is now)?\.")
def _read(at, goes_on, now):
    assert goes_on == at.next_title
    assert is_shown(now, at.value("h")) if now else True
    return (now is None) == is_shown(_shown(at.value("h")), pooled(at)[at.unit])


def _shown(value):
    return f"{value:+.2f}".replace("-", "−").replace("−0.00", "0.00").replace("+0.00", "0.00")


@claim(r"(\d+|None) of the (\d+) units (?:has its|have their) largest here\.")
def _here(at, count, units):
    newest = (so_far(at).argmax(0) == at.t).sum()
    return int(units) == at.cell.hidden_size and newest == (0 if count == "None" else int(count))


@claim(r"The numbers grew beyond all bounds: nothing can be (?:read|made) of them\.")
def _beyond(at):
    return not np.isfinite(pooled(at)).all()


@claim(rf"What is {NAME}'s (largest|average) over the {UNIT}s so far\?|Choose first\.")
def _asked(at, name, which, unit):
    assert at.hidden
    kinds = {"average": "mean", "largest": "max", None: at.model.readout.kind}
    assert name is None or (at.is_called(name) and unit == at.model.tokenizer.unit)
    return kinds[which] == at.model.readout.kind and at.phase == "pool"


@claim(rf"Of what each unit was at each {UNIT} the (largest|average) is taken, and {GOES_ON}\.")
def _is_taken(at, unit, which, goes_on):
    handed = at.step["context"]
    bounded = np.isfinite(handed)  # a sum of float32 overflows sooner
    assert np.allclose(handed[bounded], pooled(at)[bounded], atol=1e-5)
    assert {"average": "mean", "largest": "max"}[which] == at.model.readout.kind
    return at.hidden and goes_on == at.next_title and unit == at.model.tokenizer.unit


WHY_LEFT = "to look back at|for the average|of which each unit keeps its largest"


@claim(
    rf"All that is left of {WORD} is the memory after each {UNIT}, ({WHY_LEFT}): (\d+ numbers|one number) each"
    r"(?:, and the cell \((\d+)\))?\."
)
def _left_to_look_back(at, quoted, unit, why, count, cell):
    assert {"attention": "to look back at", "mean": "for the average", "max": "of which each unit keeps its largest"}[
        at.model.readout.kind
    ] == why
    state = at.trace.before(at.t)
    assert (cell is not None) == ("c" in state)
    assert cell is None or np.size(state["c"]) == int(cell)
    return at.was_read(quoted) and count == (
        "one number" if at.cell.hidden_size == 1 else f"{at.cell.hidden_size} numbers"
    )


# A head


@claim(r"(Cut|Limit|Pass on)\.")
def _head(at, title):
    return at.phase == "head" and at.next_title == title


def handed(at):
    """What the readout hands on of the unit, whatever the readout; in a hidden layer the unit's sum."""
    linear = at.entries[0].linear
    if linear is not None:
        return float(linear.weight[at.unit] @ at.step.x + linear.bias[at.unit])
    name = {"mean": "context", "max": "context", "attention": "context"}.get(at.model.readout.kind, "h")
    return float(at.step[name][at.unit])


def is_whose(at, name, which):
    called = {"mean": "average", "max": "largest", "attention": "mixed"}.get(at.model.readout.kind)
    called = "sum" if at.entries[0].linear is not None else called
    return at.is_called(name) and which == called


@claim(rf"{NAME}'s (?:(average|largest|mixed|sum) )?{NUMBER} is above 0 and goes on as it is\.")
def _above(at, name, which, number):
    assert functions(at) == ["relu"]
    return is_whose(at, name, which) and is_shown(number, handed(at)) and handed(at) > 0


@claim(rf"{NAME}'s (?:(average|largest|mixed|sum) )?{NUMBER} is(n't above| below) 0, so what goes on is 0\.")
def _below(at, name, which, number, _):
    assert functions(at) == ["relu"]
    return is_whose(at, name, which) and is_shown(number, handed(at)) and handed(at) <= 0


STEP = rf"(?:{DOES}): (?:≈ )?[+−]?[^ ,]+"


@claim(rf"{NAME}'s (?:(average|largest|mixed|sum) )?{NUMBER} is ({STEP}(?:, then {STEP})*)\.")
def _becomes(at, name, which, number, told):
    assert is_whose(at, name, which)
    assert is_shown(number, handed(at))
    value, before = handed(at), read(number)
    steps = [re.fullmatch(rf"({DOES}): {ABOUT}{NUMBER}", step) for step in told.split(", then ")]
    assert [SAID[step[1]] for step in steps] == functions(at)
    for step in steps:
        slope, value = SLOPES[SAID[step[1]]], SLOPES[SAID[step[1]]](value)
        assert is_shown(step[3], value)
        assert holds(step[2], step[3], slope(before))
        before = read(step[3])
    return functions(at) != ["relu"] and set(functions(at)) != {"identity"}


@claim(rf"{NAME}'s (?:(average|largest|mixed|sum) )?{NUMBER} is passed on as it is\.")
def _is_passed_on(at, name, which, number):
    return (
        is_whose(at, name, which)
        and set(functions(at)) == {"identity"}
        and is_shown(number, handed(at))
        and is_shown(number, float(at.reads[at.unit]))
    )


@claim(r"Nothing changes here: the outputs read the same numbers\.")
def _nothing_changes(at):
    return np.array_equal(at.reads, [handed(replace_unit(at, unit)) for unit in range(at.cell.hidden_size)])


@claim(
    r"(?:(\d+|None) of the|(All)) (\d+) units (is|are) cut(?: to 0)? here"
    rf"(: (?:the outputs read|the next hidden layer reads) them all|({NO_SAY})|)\."
)
def _cut(at, count, every, size, verb, rest, no_say):
    first = functions(at).index("relu")
    cut = []
    for unit in range(at.cell.hidden_size):
        value = handed(replace_unit(at, unit))
        for name in functions(at)[:first]:
            value = SLOPES[name](value)
        if value < 0:
            cut.append(unit)
    assert int(size) == at.cell.hidden_size
    assert len(cut) == (at.cell.hidden_size if every else 0 if count == "None" else int(count))
    if count == "None":
        return verb == "is" and rest == f": {reader(at)} them all"
    silent = all(name in ZERO_STAYS for name in functions(at)[first + 1 :])
    assert bool(no_say) == silent == (not at.reads[cut].any())
    one = len(cut) == 1
    assert verb == ("is" if one else "are")
    return no_say is None or (" has " if one else " have ") in no_say


def reader(at):
    """Who reads what the floor hands on, as a sentence goes on with it."""
    return "the outputs read" if at.floor.index == len(at.model.floors) - 1 else "the next hidden layer reads"


def replace_unit(at, unit):
    return type(at)(at.trace, at.t, at.phase, unit, at.hidden)


@claim(r"(The outputs read|The next hidden layer reads) what comes of it(, not the memory itself)?\.")
def _outputs_read(at, who, not_itself):
    assert who.lower() == reader(at)
    given = np.array([through_head(at, handed(replace_unit(at, unit))) for unit in range(at.cell.hidden_size)])
    assert bool(not_itself) == (_shown(float(at.reads[at.unit])) != _shown(at.value("h")))
    if not at.floor.answers:
        index = at.floor.entries[-1] + 1
        above, name = at.model.head[index].linear, f"head_sum.{index}"
        first = at.trace.outputs.get(name, at.trace.outputs[f"head.{index}"])
        return np.allclose(above.weight @ given + above.bias, first[at.t], atol=1e-4)
    return np.allclose(at.model.fc.weight @ given + at.model.fc.bias, at.step.logits, atol=1e-4)


@claim(rf"What comes of {NAME} before the outputs read it\?")
def _what_comes(at, name):
    return at.hidden and at.phase == "head" and at.is_called(name)


@claim(rf"What each unit (hands on|adds up) is ((?:{DOES})(?:, then (?:{DOES}))*)\.")
def _each_unit(at, what, does):
    assert (what == "adds up") == (at.entries[0].linear is not None)
    return at.hidden and [SAID[one] for one in does.split(", then ")] == functions(at)
