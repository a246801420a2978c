"""Two traces in lockstep: columns, positions, what is the same, and where they part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.comparison import Comparison, align, same_units
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.trace import run
from rnn_tui.scene import Position
from tests.builders import build, trace_of, wired

WORDS = st.lists(st.sampled_from(["not", "good", "bad", "and", "the"]), min_size=1, max_size=9)


def columns(a, b):
    return list(align(a.split(), b.split()))


def compared(model_a, text_a, model_b=None, text_b=None, edits=()):
    """A comparison of two models (the same one) and texts (the same one), B with edits."""
    model_b = model_a if model_b is None else model_b
    tokens = model_b.tokenize(text_a if text_b is None else text_b)
    edited = apply_edits(model_b, tokens, [parse_edit(edit) for edit in edits])
    return Comparison(trace_of(model_a, text_a), run(*edited))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("not good", "good", [(0, None), (1, 0)]),
        ("good not", "not good", [(None, 0), (0, 1), (1, None)]),
        ("the dog", "the dog", [(0, 0), (1, 1)]),
        ("the good dog", "the bad dog", [(0, 0), (1, 1), (2, 2)]),
        ("good", "bad dog", [(0, 0), (None, 1)]),
        ("the dog slept", "the dog", [(0, 0), (1, 1), (2, None)]),
    ],
)
def test_the_same_words_stand_in_the_same_column(a, b, expected):
    assert columns(a, b) == expected


@given(WORDS, WORDS)
def test_every_word_of_both_sides_stands_in_one_column_and_in_order(a, b):
    pairs = list(align(a, b))
    assert [t for t, _ in pairs if t is not None] == list(range(len(a)))
    assert [t for _, t in pairs if t is not None] == list(range(len(b)))
    assert (None, None) not in pairs


@given(WORDS)
def test_a_sentence_beside_itself_has_no_gap(words):
    assert list(align(words, words)) == [(t, t) for t in range(len(words))]


def test_long_sentences_are_aligned_in_no_time():
    a, b = ["kicking", "and"] * 5000, ["and", "kicking"] * 5000
    pairs = list(align(a, b))
    assert [t for t, _ in pairs if t is not None] == list(range(10_000))
    assert [t for _, t in pairs if t is not None] == list(range(10_000))


def stages_of(*sides):
    """The names of the phases of both sides (cell and readout each), stage by stage."""
    models = [build(cell, "tanh" if cell == "elman" else None, readout) for cell, readout in sides]
    comparison = Comparison(*(trace_of(model, "the dog") for model in models))
    return comparison, [
        [model.phases[stage.spots[side].phase].name for stage in comparison.level.phases]
        for side, model in enumerate(models)
    ]


SIDES = [(cell, readout) for cell in ("elman", "gru", "lstm") for readout in ("last", "each", "attention")]


@pytest.mark.parametrize("a", SIDES)
@pytest.mark.parametrize("b", SIDES)
def test_both_networks_walk_from_read_to_check_together(a, b):
    # given two networks, when they go through the stages
    comparison, walks = stages_of(a, b)
    # then each goes through all of its phases, and they read, multiply and check at the same time
    for walk, trace in zip(walks, comparison.traces, strict=True):
        assert list(dict.fromkeys(walk)) == [phase.name for phase in trace.model.phases]
    for stage in (0, 1, comparison.stages - 1):
        assert walks[0][stage] == walks[1][stage]
    # and they look back together where both do
    if a[1] == b[1] == "attention":
        assert walks[0].index("attend") == walks[1].index("attend") == comparison.stages - 2
    # and every stage has a name by which it is found again
    found = comparison.order.stages_by_name(0)
    assert [found[name] for name in comparison.level.names] == [(stage, 0) for stage in range(comparison.stages)]


def test_an_elman_cell_beside_gates_adds_while_they_open_and_waits_at_its_squash():
    _, (walk, _) = stages_of(("elman", "last"), ("gru", "last"))
    assert walk == ["read", "multiply", "add", "squash", "squash", "check"]


def test_a_network_without_attention_waits_at_its_state_while_the_other_looks_back():
    _, (plain, looking) = stages_of(("gru", "last"), ("elman", "attention"))
    assert plain == ["read", "multiply", "gates", "candidate", "blend", "blend", "check"]
    assert looking == ["read", "multiply", "add", "squash", "squash", "attend", "check"]


LOCKSTEP = (
    (("elman", "last"), ("lstm", "last")),
    (("elman", "last"), ("elman", "last")),
    (("gru", "last"), ("elman", "attention")),
)


@given(WORDS, WORDS, st.sampled_from(LOCKSTEP))
def test_lockstep_begins_at_both_first_words_and_ends_at_both_last(a, b, cells):
    words = ("not", "good", "bad", "and", "the")
    made = [
        build(cell, "tanh" if cell == "elman" else None, readout, words=words, unknown=None) for cell, readout in cells
    ]
    comparison = compared(made[0], " ".join(a), made[1], " ".join(b))
    walk = [comparison.order.moved(Position(), step) for step in range(len(comparison) * comparison.stages)]
    for side, trace in enumerate(comparison.traces):
        walked = [comparison.positions(place)[side] for place in walk]
        last = Position(len(trace) - 1, len(trace.model.phases) - 1)
        # every position is reached, in order, and nothing lies behind the last
        everywhere = [Position(t, p) for t in range(len(trace)) for p in range(len(trace.model.phases))]
        assert [place for place in dict.fromkeys(walked) if place is not None] == everywhere
        begun = [position for position in walked if position is not None]
        assert begun == sorted(begun)
        assert walked[len(walked) - len(begun) :] == begun  # None stands before the first word alone
        assert walked[-1] == last
        assert all(
            comparison.positions(comparison.column_of(side, position))[side] == position for position in everywhere
        )


def test_a_side_without_a_word_waits_where_it_was():
    comparison = compared(build(), "not dog", text_b="dog")
    assert comparison.positions(Position(0, 2)) == (Position(0, 2), None)
    comparison = compared(build(), "the dog", text_b="the not dog")
    assert comparison.positions(Position(1, 2)) == (Position(0, 4), Position(1, 2))


def test_units_are_subtracted_column_by_column():
    # given “the dog” beside “dog”
    comparison = compared(build(), "the dog", text_b="dog")
    a, b = comparison.traces
    # then B's state before its first word is the initial one, zeros
    assert np.array_equal(comparison.difference[0], a.values["h"][0])
    assert np.allclose(comparison.difference[1], a.values["h"][1] - b.values["h"][0])
    # and it has no answer there
    assert np.isnan(comparison.answers_difference[0]).all()
    assert np.allclose(comparison.answers_difference[1], a.values["probs"][1] - b.values["probs"][0])


@pytest.mark.parametrize(
    "edits",
    [
        ["scale-memory 0.5"],
        ["forget"],
        ["activation relu"],
        ["silence 1", "silence 2"],
        ["silence 1", "set fc.weight[1,1] 3", "forget"],
        ["set weight_ih[1,2] 9", "drop 1"],
    ],
)
def test_an_edited_copy_has_the_same_units(edits):
    model = build(hidden=3)
    comparison = compared(model, "the dog", edits=edits)
    assert comparison.same_units
    assert comparison.difference is not None


def test_a_copy_that_was_read_from_a_file_has_the_same_units():
    assert same_units(build(seed=1), build(seed=1))


@pytest.mark.parametrize(
    "other",
    [
        build(seed=1),  # trained apart: as large, but nothing in common
        build(hidden=4),
        build("gru", None),
        build(unit_names=("verb", "noun", "mood")),
        build(labels=("a", "b", "c")),
    ],
)
def test_another_network_has_other_units(other):
    comparison = compared(build(), "the dog", other)
    assert not comparison.same_units
    assert comparison.difference is None


def test_probabilities_are_subtracted_where_the_labels_are_the_same():
    assert compared(build(), "dog", build(seed=1)).answers_difference is not None
    assert compared(build(), "dog", build(labels=("Positive", "Negative"))).answers_difference is None


class TestWhereTheyPart:
    def test_nowhere_where_nothing_differs(self):
        comparison = compared(build(), "the dog")
        assert comparison.parts_at is None
        assert comparison.partings == ()

    def test_at_the_first_word_that_is_not_the_same(self):
        assert compared(build(), "the dog barked", text_b="the cat barked").parts_at == 1
        assert compared(build(), "the dog", text_b="the dog and").parts_at == 2

    def test_at_the_first_hidden_state_that_is_not_the_same(self):
        # given a network that differs in its memory, which the first word, after zeros, does not use
        model = build()
        model = model.with_cell(replace(model.cell, bias_hh=np.zeros_like(model.cell.bias_hh)))
        assert compared(model, "the dog barked", edits=["scale-memory 0.5"]).parts_at == 1

    def test_at_the_first_answer_that_is_not_the_same(self):
        # given a change of the outputs alone, for a unit that “and” (column 3) fills first
        model = wired([[1, 0, 0], [0, 0, 1]], words=("dog", "the", "and"))
        comparison = compared(model, "dog the and", edits=["set fc.weight[1,2] 3"])
        assert not comparison.difference.any()
        assert comparison.parts_at == 2

    def test_two_networks_part_where_their_answers_do_and_again_where_they_come_to_differ_again(self):
        # given networks with opposite votes for the second word, and the same for the others
        each = {"weight_hh": np.zeros((2, 2)), "words": ("dog", "the", "and")}
        a = wired([[1, -3, 6], [0, 0, 0]], **each)
        b = wired([[1.5, 2, 7], [0.5, 0.2, 0.1]], fc=[[2, 3], [-2, -3]], **each)
        comparison = compared(a, "dog the and the dog", b)
        assert not comparison.same_units
        assert [comparison.agree(column) for column in range(5)] == [True, False, True, False, True]
        assert comparison.parts_at == 1
        assert [position.t for position in comparison.partings] == [1, 3]


def test_the_same_network_is_told_from_an_edited_one():
    assert compared(build(), "dog").same_network
    assert Comparison(trace_of(build(), "dog"), trace_of(build(), "the dog")).same_network
    assert not compared(build(), "dog", edits=["activation relu"]).same_network
    assert not compared(build(), "dog", edits=["set fc.bias[1] 0.5"]).same_network


def test_numbers_that_overflow_are_compared_all_the_same():
    model = build(activation="identity", scale=4.0, hidden=3)
    comparison = compared(model, "dog " * 300, edits=["scale-memory 0.5"])
    assert comparison.parts_at == 1
