"""Every sentence told on every floor of deep and two-way networks is borne out by its trace."""

from __future__ import annotations

import pytest

from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from rnn_tui.story import plain, tell
from rnn_tui.story.arithmetic import explained
from rnn_tui.story.floors import arriving, floor_name, floor_symbol, lane_end
from tests.deep import HIDDEN_LAYER, deep_model
from tests.story import (  # noqa: F401  # they register claims
    claims_attending,
    claims_bounds,
    claims_elman,
    claims_floors,
    claims_gates,
    claims_pooling,
    claims_shared,
)
from tests.story.claims import CLAIMS, At, equations_hold, sentences, verify
from tests.story.claims_floors import normal

TWO_LINEAR = (EntryKind(True, "tanh"), EntryKind(True, "identity"))
MIXED = (LayerKind("gru", None, bidirectional=True), LayerKind("elman", "tanh"), LayerKind("lstm", None))
NETWORKS = {
    "two layers": {"cell": "lstm"},
    "four layers": {"cell": "elman", "layers": 4},
    "both ways": {"cell": "gru", "bidirectional": True},
    "one layer both ways": {"cell": "lstm", "layers": 1, "bidirectional": True},
    "added up": {"cell": "elman", "bidirectional": True, "merge": "sum"},
    "averaged": {"cell": "elman", "bidirectional": True, "readout": "mean"},
    "largest, added up": {"cell": "gru", "layers": 1, "bidirectional": True, "merge": "sum", "readout": "max"},
    "looked back at": {"cell": "lstm", "bidirectional": True, "readout": "attention", "head": TWO_LINEAR},
    "each": {"cell": "elman", "layers": 1, "bidirectional": True, "readout": "each"},
    "last step": {"cell": "gru", "layers": 1, "bidirectional": True, "readout": "last_step"},
    "a hidden layer": {"cell": "elman", "layers": 1, "head": HIDDEN_LAYER},
    "a hidden layer of an average": {"cell": "gru", "layers": 2, "readout": "mean", "head": HIDDEN_LAYER},
    "hidden layers": {
        "cell": "elman", "bidirectional": True, "merge": "sum",
        "head": (EntryKind(True, "relu"), EntryKind(False, "tanh"), EntryKind(True, "sigmoid")),
    },
    "one unit": {"cell": "elman", "bidirectional": True, "hidden": 1, "head": HIDDEN_LAYER, "head_size": 1},
    "cut off": {"kinds": (LayerKind("elman", "relu", bidirectional=True),) * 2},
    "cut off, a hidden layer": {"kinds": (LayerKind("elman", "relu"),) * 2, "head": HIDDEN_LAYER},
    "mixed": {"kinds": MIXED, "hidden": 3},
}  # fmt: skip
TEXT = "the dog barked and slept"


def made(name):
    model = deep_model(**NETWORKS[name])
    return run(model, model.tokenize(TEXT))


def moments(trace, **fields):
    """Every position of the walk, and a unit or two of its floor: the trace as it is seen there, and the scene."""
    order = trace.order
    for index in range(len(order)):
        position = order.at(index)
        seen = trace.on(position.floor)
        for unit in sorted({0, seen.model.hidden_size - 1}):
            yield seen, Scene(Reading("deep", TEXT), position=position, unit=unit, **fields)


def told_and_checked(name):
    """Tell every moment of a network and check every sentence; count them."""
    number = 0
    for seen, scene in moments(made(name)):
        phase = seen.model.phases[scene.position.phase]
        at = At(seen, scene.position.t, phase.name, scene.unit)
        for told in tell(seen.on(0), scene):
            for sentence in sentences(plain(told)):
                verify(normal(sentence, at), at)
                number += 1
    return number


@pytest.mark.parametrize("name", NETWORKS)
def test_every_sentence_is_borne_out(name):
    assert told_and_checked(name) > 60


def test_every_claim_of_a_floor_is_made_by_some_sentence():
    own = [one for one in CLAIMS if one.check.__module__ == claims_floors.__name__]
    for one in own:
        one.seen = 0
    for name in NETWORKS:
        told_and_checked(name)
    assert len(own) > 20
    assert not [one.pattern.pattern for one in own if not one.seen]


@pytest.mark.parametrize("name", ["looked back at", "a hidden layer", "hidden layers", "each"])
def test_what_is_covered_is_borne_out(name):
    covered = 0
    for seen, scene in moments(made(name), hidden=True):
        phase = seen.model.phases[scene.position.phase]
        if phase in seen.model.answering:
            at = At(seen, scene.position.t, phase.name, scene.unit, hidden=True)
            for told in tell(seen.on(0), scene):
                for sentence in sentences(plain(told)):
                    verify(normal(sentence, at), at)
                    covered += 1
    assert covered > 2


@pytest.mark.parametrize("name", NETWORKS)
def test_every_equation_holds_as_it_is_shown(name):
    found = 0
    for seen, scene in moments(made(name), notation=True):
        equation = plain(tell(seen, scene)[-1])
        if seen.model.phases[scene.position.phase].name not in ("read", "meet"):
            found += equations_hold(equation)
    assert found > 5


@pytest.mark.parametrize("name", NETWORKS)
def test_every_part_of_the_arithmetic_is_explained(name):
    for seen, scene in moments(made(name)):
        phase = seen.model.phases[scene.position.phase]
        for one in explained(seen, scene.position.t, phase, scene.unit):
            assert one.words
            assert all(one.names) or not hasattr(one.part, "terms")


def test_floors_have_names_in_words_and_in_notation():
    model = deep_model("gru", 2, bidirectional=True, head=TWO_LINEAR)
    names = [floor_name(model, floor) for floor in model.floors]
    lanes = [f"layer {layer} of 2, {way} lane" for layer in (1, 2) for way in ("forward", "backward")]
    assert names == [*lanes, "both lanes", "hidden layer 1 of 2", "hidden layer 2 of 2"]
    assert [floor_symbol(model, floor) for floor in model.floors] == ["→h⁽¹⁾", "←h⁽¹⁾", "→h⁽²⁾", "←h⁽²⁾", "h", "h", "h"]
    ends = [lane_end(model, floor) for floor in model.floors]
    assert ends == ["from the first word", "from the last word"] * 2 + [""] * 3


def test_arrivals_are_sentences():
    model = deep_model("gru", 2, bidirectional=True, head=HIDDEN_LAYER)
    assert [arriving(model, floor) for floor in model.floors] == [
        "Now layer 1 of 2, forward lane: it reads from the first word to the last.",
        "Now layer 1 of 2, backward lane: it reads from the last word to the first.",
        "Now layer 2 of 2, forward lane: it reads from the first word to the last and takes what layer 1 hands up.",
        "Now layer 2 of 2, backward lane: it reads from the last word to the first and takes what layer 1 hands up.",
        "Now both lanes meet.",
        "Now the hidden layer: it reads the units below.",
    ]
    deep = deep_model("elman", 2)
    assert [arriving(deep, floor) for floor in deep.floors] == [
        "Now layer 1 of 2: it reads the word.",
        "Now layer 2 of 2: it takes what layer 1 hands up.",
    ]
