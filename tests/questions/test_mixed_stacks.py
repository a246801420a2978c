"""A slip is the number of another lane only where that lane has it: a stack may have layers of different cells."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.questions.asking import question_at
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import trace_of
from tests.deep import deep_model
from tests.questions.asking import everything

KINDS = (LayerKind("lstm", None, bidirectional=True), LayerKind("elman", "relu"), LayerKind("gru", None))
SENTENCE = "good not bad"
TANH = (EntryKind(True, "tanh"),)


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


@pytest.mark.parametrize("head_size", [2, 4])  # as many units as the layer below has, and more
def test_another_word_s_memory_below_a_hidden_layer_is_not_that_of_the_layer_itself(head_size):
    model = deep_model(kinds=(LayerKind("elman", "tanh"),), hidden=2, head=TANH, head_size=head_size, readout="each")
    trace = trace_of(model, SENTENCE)
    question = question_at("value head.0[1] whole", scene(trace, Position(1, 0, 0)), trace)
    linear = model.head[0].linear
    assert question.target == "steps[1].head[0][0]"
    numbers = [slip.value for slip in question.slips if slip.name == "time"]
    memories = trace.layers[0].forward.values["h"][[0, 2]]
    expected = np.tanh(memories @ linear.weight[0] + linear.bias[0])
    assert numbers == pytest.approx(list(expected), abs=0.02)
