"""Every kind of sentence that the lens diagram tells, and what must be true where it is told."""

from __future__ import annotations

from tests.story.lenses.reading import LABEL, NUMBER, SHARE, UNIT, WORD, Claim, share, signed

NAME = r"((?:[→←] )?unit [0-9]+|[a-z]+)"


def _values(told, name):
    return told.trace.values[name]


def _named(told, name):
    """Whether a name is the picked unit's."""
    return name == told.trace.model.unit_name(told.unit)


def _now(told, name):
    """The picked unit's number in a value of the word, as it is shown."""
    return signed(float(_values(told, name)[told.t][told.unit]))


def _in_phase(told, *names):
    return told.phase.name in names


def _is_read(groups, told):
    kind, word = groups
    return _in_phase(told, "read") and (kind, word) == (told.name, told.words[told.t])


def _brings(groups, told):
    word, name, value = groups
    shown = (word, value) == (told.words[told.t], _now(told, "ih"))
    return _in_phase(told, "multiply") and not told.gated and _named(told, name) and shown


def _bias_alone(groups, told):
    name, value = groups
    alone = not told.trace[told.t].x.any() and told.trace.model.cell.bias_ih.any()
    return _in_phase(told, "multiply") and alone and _named(told, name) and value == _now(told, "ih")


def _to_gates(groups, told):
    word, name = groups
    return _in_phase(told, "multiply") and told.gated and _named(told, name) and word == told.words[told.t]


def _nothing_yet(groups, told):
    return _in_phase(told, "add") and told.t == 0 and not told.trace.initial["h"].any() and groups[0] == told.name


def _remembers(groups, told):
    name, value = groups
    cell = told.trace.model.cell
    h_prev = told.trace.before(told.t)["h"]
    brought = float((h_prev @ cell.weight_hh.T)[told.unit])
    close = abs(float(value.replace("−", "-")) - brought) <= 0.0051
    return _in_phase(told, "add") and told.t > 0 and cell.weight_hh.any() and _named(told, name) and close


def _cut(groups, told):
    return _in_phase(told, "add") and not told.trace.model.cell.weight_hh.any()


def _memory_to_gates(groups, told):
    return _in_phase(told, "gates") and told.trace.model.cell.weight_hh.any()


def _gates_get_nothing(groups, told):
    return _in_phase(told, "gates") and not told.trace.model.cell.weight_hh.any()


def _keep_stands(groups, told):
    name, p = groups
    letter = {"gru": "z", "lstm": "f"}[told.trace.model.cell.kind]
    return (
        _in_phase(told, "gates") and _named(told, name) and p == share(float(_values(told, letter)[told.t][told.unit]))
    )


def _carries_on(groups, told):
    name, before, word, after = groups
    c = float(told.trace.before(told.t)["c"][told.unit])
    shown = (before, word, after) == (signed(c), told.words[told.t], _now(told, "c"))
    return _in_phase(told, "write") and _named(told, name) and shown


def _becomes(groups, told):
    name, value = groups
    return _in_phase(told, "squash", "blend", "expose") and _named(told, name) and value == _now(told, "h")


def _new_value(groups, told):
    name, value = groups
    return _in_phase(told, "candidate") and _named(told, name) and value == _now(told, "n")


def _gathers(groups, told):
    kind, name, value = groups
    shown = _named(told, name) and value == _now(told, "context")
    return _in_phase(told, "attend", "pool") and kind == told.name and shown


def _head_makes(groups, told):
    title, value, name = groups
    shown = _named(told, name) and value == _now(told, told.trace.model.reads)
    return _in_phase(told, "head") and title == told.phase.title and shown


def _answer(groups, told):
    word, label, p = groups
    probs = _values(told, "probs")[told.t]
    best = int(probs.argmax())
    ties = sum(share(float(q)) == share(float(probs[best])) for q in probs) > 1
    named = label == ("undecided" if ties else told.label(best))
    return _in_phase(told, "check") and word == told.words[told.t] and named and p == share(float(probs[best]))


def _all_boxes(groups, told):
    return int(groups[0]) == len(told.trace) > 1


def _one_box(groups, told):
    return groups[0] == told.name and len(told.trace) == 1


DIAGRAM = (
    Claim.of(rf"The lit ({UNIT}) is {WORD}, which is read now\.", _is_read),
    Claim.of(rf"The lit arrow carries what {WORD} brings {NAME}: {NUMBER}\.", _brings),
    Claim.of(rf"The lit arrow carries nothing but a bias to {NAME}: {NUMBER}\.", _bias_alone),
    Claim.of(rf"The lit arrow carries {WORD} to the gates of {NAME}\.", _to_gates),
    Claim.of(rf"The lit arrow carries nothing yet: there is no memory before the first ({UNIT})\.", _nothing_yet),
    Claim.of(rf"The lit arrow carries what the memory brings {NAME}: {NUMBER}\.", _remembers),
    Claim.of(r"The lit arrow is cut: its weights are all 0, so nothing is remembered\.", _cut),
    Claim.of(r"The lit arrow carries the memory to the gates\.", _memory_to_gates),
    Claim.of(r"The gates get nothing from the memory: its weights are all 0\.", _gates_get_nothing),
    Claim.of(rf"The keep gate of {NAME} stands at {SHARE}\.", _keep_stands),
    Claim.of(rf"The lit arrow carries the cell of {NAME} on: {NUMBER} before {WORD}, {NUMBER} after it\.", _carries_on),
    Claim.of(rf"In the lit box the memory of {NAME} becomes {NUMBER}\.", _becomes),
    Claim.of(rf"In the lit box {NAME} gets its new value: {NUMBER}\.", _new_value),
    Claim.of(rf"The lit arrows gather the memories of all ({UNIT})s so far; of {NAME} comes {NUMBER}\.", _gathers),
    Claim.of(rf"In the lit box (Cut|Limit) makes {NUMBER} of {NAME}\.", _head_makes),
    Claim.of(rf"The lit arrow leads to the answer after {WORD}: {LABEL} {SHARE}\.", _answer),
    Claim.of(r"All ([0-9]+) boxes are one cell, with the same weights W at every step\.", _all_boxes),
    Claim.of(rf"There is one box, for one ({UNIT}): the next one would meet the same weights W\.", _one_box),
    Claim.of(
        rf"So what\? Rolled and unrolled are one network: ({UNIT}) and memory change, the weights don't\.",
        lambda g, o: g[0] == o.name,
    ),
)
