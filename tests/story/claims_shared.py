"""The claims about what every network does: read, multiply, check."""

from __future__ import annotations

import re

import numpy as np

from tests.story.claims import (
    ABOUT,
    GATES,
    NAME,
    NUMBER,
    SHARE,
    UNIT,
    WORD,
    claim,
    clip,
    holds,
    is_share,
    is_shown,
    percent,
    read,
    shown,
    tied,
)

WHOLES = {"word": "sentence", "character": "text", "number": "series", "timestep": "series"}

# Read


@claim(
    rf"(A|An) (\w+) reads one {UNIT} at a time and does three things: 1 multiply it by weights, 2 (.*), 3 check .*\."
)
def _outline(at, _, kind, unit, second):
    assert kind == {"elman": "RNN", "gru": "GRU", "lstm": "LSTM"}[at.cell.kind]
    assert ("gates" in second) == bool(at.cell.gates)
    return unit == at.model.tokenizer.unit and at.first and at.floor.index == 0


@claim(r"Press → to multiply\.")
def _next(at):
    return at.phase == "read" and at.model.phases[1].name == "multiply"


@claim(rf"Read {WORD}\.")
def _read(at, quoted):
    return at.is_read(quoted)


def _is_it(at, it):
    """Tell whether what is quoted is what is read."""
    return it.strip("“”") == (clip(at.row) if at.token.unknown else clip(at.token.surface))


@claim(rf"(“.*”) is at place (\d+) of the (\d+) in the network's list of {UNIT}s: a 1 there, a 0 everywhere else\.")
def _one_hot(at, it, place, count, unit):
    x = at.step.x
    assert _is_it(at, it)
    assert unit == at.model.tokenizer.unit
    assert at.model.vocabulary.words[int(place) - 1] == (at.row if at.token.unknown else at.token.text)
    return len(x) == int(count) and x[int(place) - 1] == 1 and np.count_nonzero(x) == 1


@claim(r"(“.*”) has (\d+) numbers of its own, the same wherever it stands\.")
def _embedded(at, it, count):
    vectors = {token.index: at.model.embedding.x(token) for token in at.trace.tokens if token.index is not None}
    same = [index for index, x in vectors.items() if np.array_equal(x, at.step.x)]
    assert same == [at.token.index]  # its own: no other word has them
    for t, token in enumerate(at.trace.tokens):
        assert token.index != at.token.index or np.array_equal(at.trace[t].x, at.step.x)
    return _is_it(at, it) and len(at.step.x) == int(count)


@claim(r"Its input is all zeros\.")
def _zeros(at):
    return not at.step.x.any()


LEARNED = r"the mean of the numbers it learned from( is below 0)?"


@claim(
    rf"The network reads {NUMBER} (less|plus) {NUMBER} \({LEARNED}\), divided by {NUMBER} \(their spread\): "
    rf"{ABOUT}{NUMBER}\."
)
def _number(at, value, less, mean, below, scale, about, x):
    tokenizer = at.model.tokenizer
    assert (less == "plus") == bool(below) == (tokenizer.mean < 0)
    assert is_shown(mean, abs(tokenizer.mean))
    assert is_shown(scale, tokenizer.scale)
    assert is_shown(value, float(at.token.surface.replace("−", "-")))
    assert is_shown(x, at.step.x[0])
    return holds(about, x, (read(value) + (-1 if less == "less" else 1) * read(mean)) / read(scale))


@claim(rf"{WORD} is unknown to this model, it reads (nothing \(zeros\)|\S+?)(; nearest: .*)?\.")
def _unknown(at, quoted, reads, nearest):
    words = at.model.vocabulary.words
    assert at.is_read(quoted)
    assert at.token.text not in words
    assert all(any(clip(word) == near for word in words) for near in re.findall(WORD, nearest or ""))
    return not at.step.x.any() if reads.startswith("nothing") else reads == at.row


@claim(rf"The same steps and the same weights as for the {UNIT} before\.")
def _same_steps(at, unit):
    return not at.first and not at.floor.backward and unit == at.model.tokenizer.unit


@claim(rf"All that is left of {WORD} is the memory: (\d+) numbers, one for each hidden unit\.")
def _left(at, quoted, count):
    state = at.trace.before(at.t)
    assert not at.pools_here
    return at.was_read(quoted) and list(state) == ["h"] and np.size(state["h"]) == int(count)


@claim(
    rf"All that is left of {WORD} is the memory \((\d+) numbers?\) and the cell \((\d+)\): "
    r"two numbers for (?:each hidden unit|(its one hidden unit))\."
)
def _left_in_memory_and_cell(at, quoted, memory, cell, only):
    state = at.trace.before(at.t)
    assert not at.pools_here
    assert list(state) == ["h", "c"]
    assert bool(only) == (at.cell.hidden_size == 1)
    return at.was_read(quoted) and (np.size(state["h"]), np.size(state["c"])) == (int(memory), int(cell))


@claim(rf"All that is left of {WORD} is the memory: the number of its one hidden unit\.")
def _left_of_one(at, quoted):
    return at.was_read(quoted) and sum(map(np.size, at.trace.before(at.t).values())) == 1


# Multiply


@claim(rf"1 Multiply the {UNIT} by the weights\.")
def _multiply(at, unit):
    return unit == at.model.tokenizer.unit and not at.cell.gates


@claim(r"1 Multiply by the weights\.")
def _multiply_gates(at):
    return bool(at.cell.gates)


@claim(rf"{WORD} brings {NAME}( nothing but a bias,)? {NUMBER}\.")
def _brings(at, quoted, name, alone, number):
    assert bool(alone) == at.has_bias_alone
    return at.is_read(quoted) and at.is_called(name) and is_shown(number, at.value("ih"))


@claim(rf"{WORD} brings {NAME}( nothing but biases)?: ((?:\w+ {NUMBER}(?:, )?)+)\.")
def _brings_gates(at, quoted, name, alone, listed, _):
    assert bool(alone) == at.has_bias_alone
    found = re.findall(rf"(\w+) {NUMBER}", listed)
    letters = GATES[at.cell.kind]
    assert {gate for gate, _ in found} == letters.keys()
    assert all(is_shown(number, at.value("ih", letters[gate])) for gate, number in found)
    return at.is_read(quoted) and at.is_called(name)


def _ih_is(at, computed):
    """Tell whether the whole of ih is what is said to make it."""
    return np.allclose(at.step["ih"], computed, atol=1e-4)


@claim(r"The one number is multiplied by one weight(, and a bias is added)?\.")
def _one_number(at, bias):
    cell = at.cell
    assert bool(bias) == bool(cell.bias_ih.any())
    return cell.input_size == 1 and _ih_is(at, cell.weight_ih[:, 0] * at.step.x[0] + cell.bias_ih)


@claim(r"Its input is all zeros, so (only the bias is left|nothing comes of it)\.")
def _only_the_bias(at, left):
    return not at.step.x.any() and ("bias" in left) == bool(at.cell.bias_ih.any()) and _ih_is(at, at.cell.bias_ih)


@claim(rf"Its 1 picks the weight of {WORD} and no other(; a bias is added)?\.")
def _picks(at, quoted, bias):
    column = at.cell.weight_ih[:, at.token.index]
    assert quoted == clip(at.row)
    return _ih_is(at, column + at.cell.bias_ih) and bool(bias) == bool(at.cell.bias_ih.any())


@claim(r"Its (\d+) numbers, each times its own weight, are added up( with a bias)?\.")
def _each(at, count, bias):
    assert bool(bias) == bool(at.cell.bias_ih.any())
    return len(at.step.x) == int(count) and _ih_is(at, at.cell.weight_ih @ at.step.x + at.cell.bias_ih)


@claim(rf"(Its|The) strongest push(?: of the bias)? (?:up is {NUMBER} \((.+?)\))?(?:, down {NUMBER} \((.+)\))?\.")
def _strongest(at, whose, *pushes):
    return _pushes(at, *pushes) and (whose == "The") == at.has_bias_alone


@claim(rf"(Its|The) strongest push(?: of the bias)? down is {NUMBER} \((.+)\)\.")
def _strongest_down(at, whose, *down):
    return _pushes(at, None, None, *down) and (whose == "The") == at.has_bias_alone


@claim(r"It moves no unit at all\.")
def _moves_none(at):
    return _pushes(at, None, None, None, None)


def _pushes(at, up, up_name, down, down_name):
    ih = at.step["ih"]
    names = at.model.unit_names or [f"unit {k + 1}" for k in range(len(ih))]
    for number, name, most, way in ((up, up_name, ih.max(), 1), (down, down_name, ih.min(), -1)):
        if number is None:
            assert shown(float(most)) * way <= 0
        else:
            assert is_shown(number, float(most))
            assert ih[[clip(known) for known in names].index(name)] == most
    return True


# Check


def _ranks(at, listed):
    """Tell whether a list of labels and shares is that of the most probable ones."""
    probs = at.step.probs
    listed, _, others = listed.partition(" and ")
    found = [one.rpartition(" ") for one in listed.split(", ")]
    order = sorted(map(float, probs), reverse=True)[: len(found)]
    for (name, _, figure), p in zip(found, order, strict=True):
        index = [clip(label) for label in at.model.labels].index(name)
        assert is_share(figure, p)
        assert float(probs[index]) == p
    left = len(probs) - len(found)
    return others == ("" if not left else "1 other" if left == 1 else f"{left} others")


def _undecided(at, said):
    return bool(said) == tied(at.step.probs)


@claim(r"3 Check the outputs\.")
def _check(at):
    return at.phase == "check"


@claim(r"If the (sentence|text|series|picture) ended here: (.*?)(; undecided)?\.")
def _if_it_ended(at, whole, listed, undecided):
    assert not at.last
    drawn = "picture" if at.model.provenance.get("rows") else WHOLES[at.model.tokenizer.unit]
    return whole == drawn and _ranks(at, listed) and _undecided(at, undecided)


@claim(rf"After {WORD} it says: (.*?)(; undecided)?\.")
def _after_each(at, quoted, listed, undecided):
    assert at.model.readout.kind == "each"
    return at.is_read(quoted) and _ranks(at, listed) and _undecided(at, undecided)


@claim(rf"That was the last {UNIT}\.")
def _that_was_the_last(at, unit):
    return at.last and unit == at.model.tokenizer.unit


@claim(rf"The answer is (.+), {SHARE}\.")
def _the_answer(at, name, figure):
    probs = at.step.probs
    assert at.last
    assert not tied(probs)
    assert not at.hidden
    return name == at.model.labels[int(probs.argmax())] and is_share(figure, float(probs.max()))


@claim(r"It is undecided: (.*)\.")
def _it_is_undecided(at, listed):
    return at.last and tied(at.step.probs) and _ranks(at, listed)


@claim(
    rf"(?:{NAME}'s (?:(mixed|average|largest) )?{NUMBER}|What is (left|handed on) of {NAME}, {NUMBER},) "
    rf"times its weight {NUMBER} "
    rf"(?:(adds|takes) {ABOUT}{NUMBER} (to|from)|adds (next to )?nothing to) the score of ([^;]+?)"
    rf"(?:; {WORD} (?:moved its share from {SHARE} to {SHARE}|leaves its share at {SHARE}))?\."
)
def _vote(at, name, called, held, what, left, held_left, weight, does, about, size, way, nearly, label, *moved):
    labels, numbers = at.model.labels, at.model.output.is_number
    index = 0 if numbers else 1 if len(labels) == 2 else int(at.step.probs.argmax())
    value = float(at.reads[at.unit])
    held = held or held_left
    assert at.is_called(name or left)
    pooled = {"attention": "mixed", "mean": "average", "max": "largest"}.get(at.model.readout.kind)
    heads = {"relu": "left", "tanh": "handed on", "sigmoid": "handed on"}
    acts = [entry.activation for entry in at.entries if entry.activation != "identity"]
    hidden = any(entry.linear is not None for entry in at.entries)  # a hidden layer has units of its own
    assert (what, called) == (heads[acts[-1]] if acts else None, None if acts or hidden else pooled)
    assert label == labels[index]
    assert is_shown(held, value)
    row = index if len(at.model.fc.weight) > 1 else 0  # of one logit the node speaks for yes
    assert is_shown(weight, float(at.model.fc.weight[row, at.unit]))
    product = value * float(at.model.fc.weight[row, at.unit])
    from_shown = abs(read(held) * read(weight))
    if does is None:
        assert shown(product) == 0
        return (nearly is not None) == (from_shown > 0.005 * (1 + 1e-6)) and _moved(at, label, *moved)
    assert shown(product) != 0
    assert (does, way) == (("takes", "from") if product < 0 else ("adds", "to"))
    return is_shown(size, abs(product)) and holds(about, size, from_shown) and _moved(at, label, *moved)


def _moved(at, label, quoted, before, after, stays):
    """Tell whether a word moved the share of the label from one figure to another, or left it where it was."""
    if quoted is None:
        return at.t == at.trace.answered_from or at.model.readout.kind == "each" or at.model.output.is_number
    index = at.model.labels.index(label)
    was, now = (percent(float(at.trace.values["probs"][t][index])) for t in (at.t - 1, at.t))
    assert at.is_read(quoted)
    return (was, now) == (before, after) and was != now if before else was == now == stays


@claim(r"What do you think(?:: (.*)| it answers)\?")
def _what_do_you_think(at, choices):
    assert at.hidden
    return choices is None or re.split(", | or ", choices) == list(at.model.labels)


@claim(r"Choose before you look\.")
def _choose(at):
    return at.hidden


@claim(r"What (?:is in it (now)|was in it( on average)?|was each unit's (largest))\?")
def _what_is_in_it(at, now, average, largest):
    kind = {" on average": "mean", "largest": "max"}.get(average or largest, "last" if now else "attention")
    return at.hidden and kind == at.model.readout.kind.replace("each", "last")


@claim(
    rf"The output nodes (read nothing but|know nothing but what comes of) the memory(, as it was after each {UNIT})?\."
)
def _outputs_read(at, knows, back, unit):
    assert at.pools == bool(back)
    assert knows.startswith("know") == bool(at.model.head)
    with np.errstate(invalid="ignore"):  # an unbounded activation may overflow
        logits = at.model.fc.weight @ at.reads + at.model.fc.bias
    return np.allclose(at.step.logits, logits, atol=1e-4, equal_nan=True) and unit in (None, at.model.tokenizer.unit)
