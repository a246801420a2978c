"""Two deep networks compared: units floor by floor, where they part, and answers that come when all is read."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.comparison import Comparison
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.export import compare_json, compare_table
from rnn_tui.network.outputs import number_of
from rnn_tui.network.position import Position
from rnn_tui.network.trace import run
from rnn_tui.story import plain
from rnn_tui.story.comparing import compared as compared_in_words
from rnn_tui.story.comparing import parting, standing, tell_comparison
from rnn_tui.story.comparing_floors import level_name, waiting
from tests.builders import build, trace_of
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model

BOTH = deep_model(layers=2, bidirectional=True, head=HIDDEN_LAYER)
TWO = deep_model(layers=2)
TEXT = "the dog barked"


def edited(model, *edits, text=TEXT):
    """A network beside itself with edits."""
    changed = apply_edits(model, model.tokenize(text), [parse_edit(edit) for edit in edits])
    return Comparison(trace_of(model, text), run(*changed))


def lane(comparison, layer, backward=False):
    return next(seen for seen in comparison.every if seen.level.lane == (layer, backward))


def walk(comparison):
    return [comparison.order.at(index) for index in range(len(comparison.order))]


def test_units_are_subtracted_lane_by_lane_as_each_reads():
    # given “dog barked” beside “the dog barked”
    comparison = Comparison(trace_of(BOTH, "the dog barked"), trace_of(BOTH, "dog barked"))
    a, b = comparison.traces
    for layer in (0, 1):
        recorded = [trace.layers[layer] for trace in (a, b)]
        # then a lane that reads forward has read nothing of B in the first column
        forward = [one.forward.values["h"] for one in recorded]
        expected = [forward[0][0], forward[0][1] - forward[1][0], forward[0][2] - forward[1][1]]
        np.testing.assert_allclose(lane(comparison, layer).difference, expected, atol=1e-7)
        # and one that reads backward keeps what it has of B when it comes there
        back = [one.backward.values["h"] for one in recorded]
        expected = [back[0][0] - back[1][0], back[0][1] - back[1][0], back[0][2] - back[1][1]]
        np.testing.assert_allclose(lane(comparison, layer, True).difference, expected, atol=1e-7)


def test_units_are_the_same_floor_by_floor():
    # given a network beside one with a second layer of its own, and the same first layer
    one = replace(TWO, layers=TWO.layers[:1])
    comparison = Comparison(trace_of(one, TEXT), trace_of(TWO, TEXT))
    assert [(seen.level.floors, seen.same_units) for seen in comparison.every] == [
        ((0, 0), True),
        ((None, 1), False),
        ((0, 1), False),
    ]
    assert not comparison.related
    # then two that were drawn apart have none in common
    other = Comparison(trace_of(BOTH, TEXT), trace_of(deep_model(layers=2, bidirectional=True, seed=1), TEXT))
    assert not any(seen.same_units for seen in other.every)


@pytest.mark.parametrize("edit", ["silence 1 layer 2 backward", "scale-memory 0.5", "set weight_hh[1,1] 2 layer 2"])
def test_an_edited_copy_has_the_same_units_on_every_level_and_is_another_network(edit):
    comparison = edited(BOTH, edit)
    assert comparison.related
    assert not comparison.same_network
    assert compared_in_words(comparison) == "a network, and the same with a change"


def test_the_same_network_is_told_by_all_that_it_computes():
    again = deep_model(layers=2, bidirectional=True, head=HIDDEN_LAYER)
    assert Comparison(trace_of(BOTH, TEXT), trace_of(again, TEXT)).same_network
    tanh = replace(BOTH, head=tuple(replace(entry, activation="tanh") for entry in BOTH.head))
    assert not Comparison(trace_of(BOTH, TEXT), trace_of(tanh, TEXT)).same_network
    changed = replace(BOTH, head=tuple(replace(e, linear=replace(e.linear, bias=e.linear.bias + 1)) for e in BOTH.head))
    assert not Comparison(trace_of(BOTH, TEXT), trace_of(changed, TEXT)).same_network


def test_they_part_in_the_lane_in_which_they_first_differ_in_the_order_of_the_walk():
    # given an edit of the second layer's backward lane, which begins at the last word
    comparison = edited(BOTH, "silence 1 layer 2 backward")
    position, what = comparison.parted
    assert (position.t, what) == (2, "memory")
    assert comparison.order.levels[position.floor].lane == (1, True)
    told = plain(parting(comparison))
    assert (
        told == "They part at word 3, “barked”: there they begin to remember different things (layer 2, backward lane)."
    )
    # and nothing differs at any position before
    for at in walk(comparison)[: comparison.order.index(position)]:
        seen = comparison.on(at.floor)
        done = comparison.order.done(at)
        assert done is None or seen.difference is None or np.abs(seen.difference[done]).max() <= 1e-6


def test_a_change_of_the_output_nodes_parts_the_answers_and_nothing_before():
    comparison = edited(BOTH, "set fc.bias[1] 3")
    assert comparison.memories_parted is None
    assert comparison.parted == (comparison.order.last, "answers")
    assert comparison.partings == (comparison.order.last,)
    assert plain(parting(comparison)).endswith("they remember the same, and answer differently.")
    assert "Guess first" in plain(tell_comparison(comparison, comparison.order.last, hidden=True)[0])


def test_the_hidden_layer_of_a_head_is_no_memory():
    shifted = replace(BOTH, head=tuple(replace(e, linear=replace(e.linear, bias=e.linear.bias + 1)) for e in BOTH.head))
    comparison = Comparison(trace_of(BOTH, TEXT), trace_of(shifted, TEXT))
    assert comparison.parted.what == "answers"
    assert comparison.memories_parted is None


def test_an_answer_that_is_not_there_yet_is_none():
    # given a network that answers after every word beside one that answers in the end
    comparison = Comparison(trace_of(deep_model(layers=1), TEXT), trace_of(BOTH, TEXT))
    assert np.isnan(comparison.answers_difference[:2]).all()
    expected = comparison.a.values["probs"][2] - comparison.b.values["probs"][2]
    np.testing.assert_allclose(comparison.answers_difference[2], expected)
    assert [comparison.agree(column) is None for column in range(3)] == [True, True, False]
    assert comparison.both_answer_from == 2
    # then A answers at its Check, where B has not answered, and both in the end
    check = comparison.column_of(0, Position(0, len(comparison.a.model.phases) - 1, 0))
    assert comparison.order.checked(check)
    assert comparison.answered(0, check) == 0
    assert comparison.answered(1, check) is None
    assert plain(standing(comparison, check)).endswith(", B has no answer yet.")
    assert [comparison.answered(side, comparison.order.last) for side in (0, 1)] == [2, 2]
    assert plain(standing(comparison, comparison.order.last)).startswith("In the end, ")


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(
    ("a", "b"),
    [
        (deep_model("elman", 1), BOTH),
        (BOTH, TWO),
        (TWO, deep_model("gru", 1, head=HIDDEN_LAYER)),
        (BOTH, deep_model(layers=1, bidirectional=True, readout="each")),
        (BOTH, deep_model(layers=2, bidirectional=True, head=HIDDEN_LAYER, seed=4)),
    ],
)
def test_the_story_tells_what_is_known_alone(a, b, hidden):
    for comparison in (
        Comparison(trace_of(a, TEXT), trace_of(b, "dog barked")),
        Comparison(trace_of(b, TEXT), trace_of(a, TEXT)),
    ):
        for at in walk(comparison):
            lines = [plain(told) for told in tell_comparison(comparison, at, hidden=hidden)]
            assert lines
            assert "nan" not in " ".join(lines)
            # then an answer is told of a side that has one, and of no other
            said = lines[0].partition(" A says")[2] or lines[0].partition("A is undecided")[2]
            assert not (said and comparison.answered(0, at) is None)
            assert not ("B says" in lines[0] and comparison.answered(1, at) is None)
            assert "has no answer." not in lines[0]
            if hidden:
                assert "%" not in " ".join(lines)
            for side in (0, 1):
                if comparison.order.waits(side, at):
                    assert "waits" in plain(waiting(comparison.on(at.floor), side, at))


@pytest.mark.parametrize(
    ("a", "b", "names"),
    [
        (build(), build(), [""]),
        (TWO, TWO, ["layer 1", "layer 2"]),
        (
            deep_model(layers=1, bidirectional=True),
            build(),
            ["forward lane", "the answer", "backward lane", "both lanes"],
        ),
        (deep_model(layers=1, head=HIDDEN_LAYER), build(), ["memory", "hidden layer"]),
    ],
)
def test_a_level_is_called_by_its_lanes(a, b, names):
    comparison = Comparison(trace_of(a, TEXT), trace_of(b, TEXT))
    found = [level_name(seen) for seen in comparison.every]
    assert [name.partition(" | ")[0] for name in found] == names


def test_a_side_says_what_it_lacks():
    comparison = Comparison(trace_of(deep_model(layers=1), TEXT), trace_of(BOTH, TEXT))
    said = {}
    for at in walk(comparison):
        for side in (0, 1):
            if comparison.order.waits(side, at):
                said.setdefault(plain(waiting(comparison.on(at.floor), side, at)))
    assert list(said) == [
        "Only A answers here. B waits: it answers when all words are read, from both ends.",
        "Only B has a backward lane in layer 1. A waits, and keeps what it remembers.",
        "Only B has a layer 2. A waits, and keeps what it remembers.",
        "Only B has a backward lane in layer 2. A waits, and keeps what it remembers.",
    ]


def test_two_numbers_are_told_with_how_much_more_one_is():
    models = [deep_model("gru", 2, output="number", inputs="vectors", seed=seed) for seed in (0, 3)]
    for model in models:
        assert model.output == number_of(20.0, 5.0, 1)
    comparison = Comparison(*(trace_of(model, VECTORS) for model in models))
    a, b = (float(f"{trace.values['outputs'][-1, 0]:.4g}") for trace in comparison.traces)
    told = plain(standing(comparison, comparison.order.last))
    assert told == f"In the end, A says next: {a:.4g}, B says next: {b:.4g}, {b - a:.4g} more."
    told = plain(standing(comparison.swapped, comparison.order.last))
    assert told.endswith(f", {b - a:.4g} less.")


class TestJson:
    def found(self, comparison):
        return json.loads("".join(compare_json.lines(comparison)))

    def test_of_one_lane_is_format_1(self):
        found = self.found(Comparison(trace_of(build(), TEXT), trace_of(build(), "dog")))
        assert list(found) == ["format", "a", "b", "columns", "difference", "parts_at"]
        assert (found["format"], list(found["difference"])) == (1, ["h", "probs"])

    def test_of_a_stack_has_the_differences_of_every_lane(self):
        comparison = edited(BOTH, "silence 1 layer 2 backward")
        found = self.found(comparison)
        assert list(found) == ["format", "a", "b", "columns", "difference", "parts_at", "parts_in"]
        assert (found["format"], found["parts_at"], found["parts_in"]) == (2, 2, "memory")
        for layer, lanes in enumerate(found["difference"]["layers"]):
            for name, backward in (("forward", False), ("backward", True)):
                np.testing.assert_allclose(lanes[name], lane(comparison, layer, backward).difference, atol=1e-7)
        assert found["difference"]["probs"][:2] == [None, None]
        assert len(found["difference"]["probs"][2]) == 2

    def test_a_lane_that_a_side_lacks_has_none(self):
        one = replace(TWO, layers=TWO.layers[:1])
        found = self.found(Comparison(trace_of(one, TEXT), trace_of(TWO, TEXT)))
        forward, above = found["difference"]["layers"]
        np.testing.assert_array_equal(forward["forward"], np.zeros((3, 3)))
        assert (forward["backward"], above) == (None, {"forward": None, "backward": None})

    def test_of_numbers_has_outputs(self):
        models = [deep_model("gru", 2, output="number", inputs="vectors", seed=seed) for seed in (0, 3)]
        comparison = Comparison(*(trace_of(model, VECTORS) for model in models))
        rows = self.found(comparison)["difference"]["outputs"]
        a, b = (trace.values["outputs"] for trace in comparison.traces)
        np.testing.assert_allclose(rows, a - b, rtol=1e-6)


def test_the_table_has_no_answer_before_there_is_one():
    comparison = Comparison(trace_of(BOTH, TEXT), trace_of(deep_model(layers=1), TEXT))
    rows = [line.split() for line in compare_table.lines(comparison, ("a", "b"))][4:7]
    assert [row[1] for row in rows] == TEXT.split()
    assert [sum("%" in cell for cell in row) for row in rows] == [1, 1, 2]
