"""What the arithmetic says in words of each of its parts, and what one should know of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from rnn_tui.story.arithmetic import explained
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired


def explained_at(trace, t, phase, unit=0):
    found = next(known for known in trace.model.phases if known.name == phase)
    return explained(trace, t, found, unit)


def words_of(trace, t, phase, unit=0):
    return [told.words for told in explained_at(trace, t, phase, unit)]


def test_a_one_hot_word_picks_one_column_and_the_note_says_so():
    # given a model whose words are one-hot
    trace = trace_of(wired([[0.9, 0.1, 0.5]], bias_ih=[0.25], words=("kicking", "dog", "and")), "dog")
    # when Multiply is explained
    (told,) = explained_at(trace, 0, "multiply")
    # then
    assert told.note == "“dog” is at place 2 of 3: the 1 there picks column 2, all other products are 0"


def test_an_unknown_word_without_a_row_leaves_only_the_bias():
    # given a model that has no word for unknown ones
    trace = trace_of(build(inputs="embedding", unknown=None), "meh")
    # when its reading and its product are explained
    (read,) = explained_at(trace, 0, "read")
    (multiply,) = explained_at(trace, 0, "multiply")
    # then
    assert read.words == "“meh” is unknown to this model, it reads nothing: its input is all zeros"
    assert multiply.note.endswith("so only the bias is left")


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ("one-hot", "“dog” is at place 3 of 8: its input is 8 numbers, a 1 at that place and a 0 everywhere else"),
        ("embedding", "“dog” is at place 3 of 8: the 5 numbers that the network has learned for it are its input"),
        ("number", "the number, less the mean of those it learned from, divided by their spread, is the input"),
    ],
)
def test_read_says_how_x_came_about(inputs, words):
    assert words_of(trace_of(build(inputs=inputs)), 1, "read") == [words]


def test_an_unknown_word_is_read_as_the_word_for_unknown_ones():
    (words,) = words_of(trace_of(build(), "meh"), 0, "read")

    assert words.startswith("“meh” is unknown to this model, it reads <unk>; “<unk>” is at place 1 of 8")


def test_at_the_first_word_there_is_nothing_to_remember():
    trace = trace_of(wired([[0.9], [-0.4]], words=("dog",)), "dog dog")
    first, memory = (explained_at(trace, t, "add")[0] for t in (0, 1))

    assert first.note == "there is nothing to remember yet: every value is 0"
    assert memory.note is None


def test_an_output_node_is_counted():
    # given logits of +0.5, +1.5 and −1.0
    model = wired([[0]], words=("dog",), fc=[[0]] * 3, fc_bias=[0.5, 1.5, -1], labels=("a", "b", "c"))
    # when Check is explained, then the most probable comes first
    told = explained_at(trace_of(model, "dog"), 0, "check")
    assert [one.note for one in told[:2]] == ["b is number 2 of 3 output nodes", "a is number 1 of 3 output nodes"]
    assert told[0].words == "multiply what it remembers by the weights of the output node b"
    assert told[3].words == "softmax: e to the power of the score of b, as a share of those of all output nodes"


def test_attention_is_explained():
    trace = trace_of(build(readout="attention", inputs="embedding"))

    score, share, context = words_of(trace, 2, "attend", 1)
    logit, *_ = words_of(trace, 2, "check", 1)

    assert score == "how much attention “barked” asks for: multiply what is remembered after it by weights"
    assert share == "softmax: e to the power of the score of “barked”, as a share of those of all words so far"
    assert logit.startswith("multiply what looking back gave by the weights of the output node ")
    assert context == "look back over every word so far, at what unit 2 was then"


@pytest.mark.parametrize(
    ("kind", "phase", "words"),
    [
        (("elman", "tanh"), "multiply", ["multiply the word by the weights of unit 3"]),
        (
            ("elman", "tanh"),
            "add",
            ["multiply what it remembers by the weights of unit 3", "input plus memory with its bias is the sum"],
        ),
        (("elman", "tanh"), "squash", ["squash the sum into −1 … 1"]),
        (("elman", "relu"), "squash", ["cut the sum off below 0"]),
        (("elman", "identity"), "squash", ["leave the sum as it is"]),
        (
            ("gru", None),
            "candidate",
            [
                "multiply what it remembers by the weights of the new value of unit 3",
                "input plus memory with its bias, of which the reset gate lets a part through",
                "squash the sum into −1 … 1: the new value that is proposed for unit 3",
            ],
        ),
        (
            ("gru", None),
            "blend",
            ["blend the new value and the old memory of unit 3; the keep gate says how much stays old"],
        ),
        (("lstm", None), "write", ["keep a part of the old cell of unit 3, and write a part of the new value"]),
        (
            ("lstm", None),
            "expose",
            [
                "squash the cell into −1 … 1",
                "show a part of the cell: the show gate says how much of it becomes unit 3",
            ],
        ),
    ],
)
def test_each_cell_explains_its_own_sums(kind, phase, words):
    assert words_of(trace_of(build(*kind)), 1, phase, 2) == words


@pytest.mark.parametrize(
    ("kind", "phase", "at", "words"),
    [
        (("elman", "tanh"), "add", 1, "input plus memory is the sum"),
        (("gru", None), "candidate", 1, "input plus memory, of which the reset gate lets a part through"),
        (("lstm", None), "gates", 1, "input plus memory is the sum for the write gate of unit 1"),
    ],
)
def test_a_bias_is_spoken_of_only_where_there_is_one(kind, phase, at, words):
    # given a network whose memory has no bias
    model = build(*kind)
    model = model.with_cell(replace(model.cell, bias_hh=np.zeros_like(model.cell.bias_hh)))
    # then
    assert words_of(trace_of(model), 1, phase)[at] == words


def test_gates_are_explained_one_after_the_other():
    words = words_of(trace_of(build("lstm", None)), 1, "gates")

    assert words[:3] == [
        "multiply what it remembers by the weights of the write gate of unit 1",
        "input plus memory with its bias is the sum for the write gate of unit 1",
        "squash the sum for the write gate of unit 1 into 0 … 1: 0 is shut, 1 is open",
    ]
    assert words[8] == "squash the sum for the new value of unit 1 into −1 … 1"


@pytest.mark.parametrize(("cell", "readout", "inputs"), product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS))
def test_every_part_of_every_phase_has_words(cell, readout, inputs):
    trace = trace_of(build(*cell, readout, inputs))
    for t, phase in product(range(len(trace)), trace.model.phases):
        assert all(told.words for told in explained(trace, t, phase, 1))
