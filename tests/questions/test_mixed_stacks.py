"""A slip is the number of another lane only where that lane has it: a stack may have layers of different cells."""

from __future__ import annotations

import pytest

from rnn_tui.network.layers import LayerKind
from rnn_tui.questions.asking import question_at
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import trace_of
from tests.deep import deep_model
from tests.questions.asking import everything

KINDS = (LayerKind("lstm", None, bidirectional=True), LayerKind("elman", "relu"), LayerKind("gru", None))
SENTENCE = "good not bad"


@pytest.fixture(scope="module")
def trace():
    return trace_of(deep_model(kinds=KINDS, hidden=2), SENTENCE)


def scene(trace, position):
    return Scene(Reading(trace.model.name, SENTENCE), position=position)


def test_each_number_of_a_mixed_stack_can_be_asked_for(trace):
    asked = set()
    for index in range(len(trace.order)):
        here = scene(trace, trace.order.at(index))
        for question in everything(here, trace, draws=3, seed=index):
            asked.add(question.kind)
            assert all(slip.said for slip in question.slips)
    assert "value" in asked


def test_a_gate_of_one_layer_is_not_looked_for_in_a_layer_without_it(trace):
    question = question_at("value hh_i[1]", scene(trace, Position(1, 1, 0)), trace)
    numbers = {slip.name for slip in question.slips if slip.said.startswith("That is the number of")}
    assert numbers == {"direction"}
