"""The claims about floors: what is handed up, the lane that reads back, where lanes meet, a hidden layer."""

from __future__ import annotations

import re

import numpy as np

from tests.story.claims import ABOUT, NAME, NEXT, NUMBER, UNIT, WORD, claim, clip, holds, is_shown, read

WAITS = "(; the answer waits until both have read)?"
LANES = r"→ reads from the first (\w+) to the last, ← from the last to the first"


def normal(sentence, at):
    """A sentence of an upper floor as it is said of words: what is handed up is checked, and its word put in."""
    found = re.search(r"([Ww])hat layer (\d+) hands up", sentence)
    assert (found is None) or (at.floor.layer == int(found[2]) and int(found[2]) > 0)
    word = f"“{clip(at.token.surface)}”"
    sentence = re.sub(r"[Ww]hat layer (\d+) hands up", lambda _: word, sentence)
    assert ("that is left here of" in sentence) <= (len(at.model.floors) > 1)
    return sentence.replace("that is left here of", "that is left of")


def waits(at, said):
    """Tell whether it is said that the answer waits, exactly where it does."""
    return (said is not None) == (at.model.two_way and at.model.readout.kind != "each")


def both(at):
    """Whether every layer reads both ways."""
    return all(layer.backward is not None for layer in at.model.layers)


@claim(rf"It has (\d+) layers, each with two lanes: {LANES}{WAITS}\.")
def _lanes(at, layers, unit, said):
    assert unit == at.model.tokenizer.unit
    return both(at) and int(layers) == len(at.model.layers) > 1 and waits(at, said)


@claim(rf"It has two lanes: {LANES}{WAITS}\.")
def _two_lanes(at, unit, said):
    return both(at) and len(at.model.layers) == 1 and unit == at.model.tokenizer.unit and waits(at, said)


@claim(rf"It has (\d+) layers, some with two lanes: {LANES}{WAITS}\.")
def _some_lanes(at, layers, unit, said):
    return not both(at) and at.model.two_way and int(layers) == len(at.model.layers) and waits(at, said)


@claim(rf"It has (\d+) layers: each takes what the one below hands up, at every {UNIT}\.")
def _layers(at, layers, unit):
    assert unit == at.model.tokenizer.unit
    return int(layers) == len(at.model.layers) > 1 and not at.model.two_way


@claim(r"Before the outputs comes a hidden layer, which reads the memory\.")
def _hidden_layer_comes(at):
    return at.model.head[0].linear is not None and len(at.model.layers) == 1 and not at.model.two_way


@claim(rf"The second lane reads from the last {UNIT} to the first, with weights of its own{WAITS}\.")
def _second(at, unit, said):
    assert at.floor.backward
    assert at.floor.layer == 0
    return at.t == len(at.trace) - 1 and unit == at.model.tokenizer.unit and waits(at, said)


@claim(rf"The same steps and the same weights as for {WORD}\.")
def _same_as_for(at, quoted):
    return at.floor.backward and len(at.so_far) == 2 and quoted == clip(at.trace.tokens[at.t + 1].surface)


@claim(r"Take up\.")
def _take_up(at):
    return at.phase == "read" and at.floor.layer > 0


@claim(
    rf"What layer (\d+) handed up at {WORD}: (\d+ numbers|one number)"
    r"(?:, (\d+) of each lane|(, both lanes added up))?\."
)
def _handed_up(at, layer, quoted, count, each, added):
    below = at.model.layers[at.floor.layer - 1]
    lanes = [lane.values["h"][at.t] for lane in lanes_of(at, at.floor.layer - 1)]
    x = sum(lanes) if below.merge == "sum" else np.concatenate(lanes)
    assert np.allclose(at.step.x, x)
    assert int(layer) == at.floor.layer
    assert count == ("one number" if x.size == 1 else f"{x.size} numbers")
    assert (each is not None) == (len(lanes) > 1 and below.merge == "concat")
    assert (added is not None) == (len(lanes) > 1 and below.merge == "sum")
    return at.is_read(quoted) and (each is None or int(each) == lanes[0].size)


def lanes_of(at, layer):
    """The recordings of a layer's lanes."""
    recording = at.trace.layers[layer]
    return [lane for lane in (recording.forward, recording.backward) if lane is not None]


@claim(
    r"Layer (\d+) does the same with weights of its own"
    rf"(?:; (it remembers nothing yet)|: this lane reads from the (first|last) {UNIT} to the (first|last))\."
)
def _does_the_same(at, layer, nothing, begins, unit, ends):
    assert int(layer) == at.floor.layer + 1
    assert at.first
    if nothing:
        return at.model.layers[at.floor.layer].backward is None and not at.step.h_prev.any()
    assert unit == at.model.tokenizer.unit
    return (begins, ends) == (("last", "first") if at.floor.backward else ("first", "last"))


@claim(rf"This is the memory that (?:the next {UNIT}|{WORD}) will find(; layer (\d+) takes it up, too)?\.")
def _finds(at, unit, quoted, taken, layer):
    assert not at.last
    following = at.trace.tokens[at.so_far[-1] + (-1 if at.floor.backward else 1)]
    assert (quoted is not None) == at.floor.backward
    assert quoted == clip(following.surface) if quoted else unit == at.model.tokenizer.unit
    is_top = at.floor.layer == len(at.model.layers) - 1
    return (taken is None) == is_top and (taken is None or int(layer) == at.floor.layer + 2)


@claim(rf"This lane has read every {UNIT}: (?:layer (\d+) takes it up|(both lanes meet)|it goes on to ({NEXT}))\.")
def _has_read_every(at, unit, layer, meet, title):
    assert at.last
    assert unit == at.model.tokenizer.unit
    is_top = at.floor.layer == len(at.model.layers) - 1
    if layer:
        return not is_top and int(layer) == at.floor.layer + 2
    return is_top and (bool(meet) == (len(lanes_of(at, -1)) == 2)) and (meet is not None or title == at.next_title)


# Where lanes meet


@claim(r"Meet\.")
def _meet(at):
    return at.phase == "meet" and len(lanes_of(at, -1)) == 2


@claim(rf"→ has read up to {WORD}, ← back to {WORD}\.")
def _ends(at, last, first):
    words = [clip(token.surface) for token in at.trace.tokens]
    return at.model.readout.kind == "last" and (last, first) == (words[-1], words[0])


@claim(rf"At {WORD} → has read up to it, ← from the end back to it\.")
def _at(at, quoted):
    return at.model.readout.kind != "last" and at.is_read(quoted)


def ends(at):
    """The hidden states of both lanes that meet, by the definition of the readout."""
    forward, backward = (lane.values["h"] for lane in lanes_of(at, -1))
    return (forward[-1], backward[0]) if at.model.readout.kind == "last" else (forward[at.t], backward[at.t])


@claim(rf"Side by side they are (\d+) numbers; {NAME} is {NUMBER}\.")
def _side_by_side(at, count, name, value):
    together = np.concatenate(ends(at))
    return int(count) == together.size and at.is_called(name) and is_shown(value, together[at.unit])


@claim(rf"Added up, {NAME} is {NUMBER} of → and {NUMBER} of ←: {ABOUT}{NUMBER}\.")
def _added(at, name, ahead, back, about, total):
    forward, backward = (float(lane[at.unit]) for lane in ends(at))
    assert is_shown(ahead, forward)
    assert is_shown(back, backward)
    assert is_shown(total, forward + backward)
    return at.is_called(name) and holds(about, total, read(ahead) + read(back))


@claim(rf"So it is at every {UNIT}, and all of it is (averaged|compared|looked back at) next\.")
def _all_of_it(at, unit, what):
    pooled = {"mean": "averaged", "max": "compared", "attention": "looked back at"}
    return unit == at.model.tokenizer.unit and pooled.get(at.model.readout.kind) == what


@claim(rf"That goes on to ({NEXT})\.")
def _that_goes_on(at, title):
    return at.next_title == title


@claim(r"That is what the output nodes read: what lies before, and what comes after\.")
def _that_is_read(at):
    return np.allclose(at.step.logits, at.model.fc(np.concatenate(ends(at)) if at.model.layers[-1].merge == "concat"
                                                   else sum(ends(at))), atol=1e-4)  # fmt: skip


@claim(r"Both lanes have read\.")
def _both_have_read(at):
    return at.phase == "check" and at.model.two_way and at.t == len(at.trace) - 1


# A hidden layer


@claim(r"Hidden layer\.")
def _hidden_layer(at):
    return at.phase == "head" and at.entries[0].linear is not None


@claim(
    r"(?:Each of its (\d+) units|(Its one unit)) adds up "
    r"(?:(\d+) numbers, each times a weight of its own|(one number) times its weight), and a bias\."
)
def _adds_up(at, units, one, count, single):
    own, below = at.entries[0].linear.weight.shape
    assert (own == 1) == (one is not None)
    assert (below == 1) == (single is not None)
    return own == int(units or 1) and below == int(count or 1) == len(at.step.x)


@claim(r"(The outputs read|The next hidden layer reads) these sums\.")
def _these_sums(at, _):
    return [entry.activation for entry in at.entries] == ["identity"]
