"""Two networks of any floors in lockstep, against the walk of each by itself."""

from __future__ import annotations

from itertools import product

import pytest

from rnn_tui.comparison import Comparison
from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.position import Position
from rnn_tui.pair import parse_column, position_arguments
from tests.builders import trace_of
from tests.deep import HIDDEN_LAYER, deep_model

MODELS = {
    "one": deep_model(layers=1),
    "attention": deep_model("elman", 1, readout="attention"),
    "head": deep_model("gru", 1, head=HIDDEN_LAYER * 2),
    "two": deep_model(layers=2),
    "both ways": deep_model(layers=1, bidirectional=True),
    "two both ways": deep_model(layers=2, bidirectional=True),
    "tags": deep_model(layers=2, bidirectional=True, readout="each"),
    "mean and head": deep_model(layers=2, bidirectional=True, readout="mean", head=HIDDEN_LAYER),
    "forward above both": deep_model(
        kinds=(LayerKind("lstm", None, bidirectional=True), LayerKind("elman", "tanh")), readout="each"
    ),
    "both above forward": deep_model(
        kinds=(LayerKind("gru", None), LayerKind("elman", "tanh", bidirectional=True, merge="sum")), readout="mean"
    ),
}
TEXTS = (("the dog barked", "the dog barked"), ("not dog", "dog not"), ("dog", "the cat not"))
PAIRS = [*product(MODELS, repeat=2)]


def compared(a, b, texts=TEXTS[0]):
    return Comparison(*(trace_of(MODELS[name], text) for name, text in zip((a, b), texts, strict=True)))


def walk(comparison):
    return [comparison.order.at(index) for index in range(len(comparison.order))]


def spots(trace):
    return [(floor.index, phase) for floor in trace.model.floors for phase in range(len(floor.phases))]


@pytest.mark.parametrize(("a", "b", "texts"), [(*pair, TEXTS[n % 3]) for n, pair in enumerate(PAIRS)])
def test_each_side_comes_to_every_position_of_its_own_walk(a, b, texts):
    comparison = compared(a, b, texts)
    positions = walk(comparison)
    assert len(set(positions)) == len(positions)
    for side, trace in enumerate(comparison.traces):
        own = {trace.order.at(index) for index in range(len(trace.order))}
        walked = [comparison.positions(position)[side] for position in positions]
        assert set(filter(None, walked)) == own
        assert walked[-1] == trace.order.last  # the answers stand together in the end
        begun = [position is not None for position in walked]
        assert begun == sorted(begun)  # None stands before the first word alone
        for position in own:
            assert comparison.positions(comparison.column_of(side, position))[side] == position


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_what_has_been_computed_is_where_a_side_has_stood(a, b):
    comparison = compared(a, b, TEXTS[2])
    for side, trace in enumerate(comparison.traces):
        stood = set()
        for at in walk(comparison):
            stood.add(comparison.positions(at)[side])
            for floor, phase in spots(trace):
                expected = {one.t for one in stood if one and (one.floor, one.phase) == (floor, phase)}
                found = comparison.order.computed(side, at, floor, phase)
                assert set(found) == expected
                assert len(found) == len(expected)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_no_value_is_computed_before_those_that_it_is_made_of(a, b):
    # given the walk of both, when a side comes to a floor of a layer
    comparison = compared(a, b)
    for side, trace in enumerate(comparison.traces):
        for at in walk(comparison):
            for floor in trace.model.floors:
                for t in comparison.order.computed(side, at, floor.index, 0):
                    # then all lanes below have read that word
                    for below in trace.model.floors[: floor.index]:
                        if below.layer is not None and (floor.layer is None or below.layer < floor.layer):
                            last = len(below.cell.phases)
                            assert t in comparison.order.computed(side, at, below.index, last)
                    # and a lane has read the words before it in its own direction
                    if floor.layer is not None:
                        before = range(t + 1, len(trace)) if floor.backward else range(t)
                        done = comparison.order.computed(side, at, floor.index, len(floor.cell.phases))
                        assert set(before) <= set(done)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_lanes_of_the_same_layer_and_direction_are_walked_together(a, b):
    comparison = compared(a, b)
    for level in comparison.order.levels:
        if level.lane is None:
            continue
        for trace, floor in zip(comparison.traces, level.floors, strict=True):
            lanes = {(one.layer, one.backward): one.index for one in trace.model.floors if one.layer is not None}
            assert lanes.get(level.lane) == floor


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_position_is_found_by_its_text(a, b):
    comparison = compared(a, b, TEXTS[1])
    for position in walk(comparison):
        options = position_arguments(position, comparison)
        given = dict(zip(options[::2], options[1::2], strict=True))
        layer = int(given["--layer"]) if "--layer" in given else None
        assert parse_column(given["--at"], comparison, layer, given.get("--direction")) == position


def test_a_side_without_a_floor_waits_and_says_what_it_lacks():
    comparison = compared("one", "two both ways")
    lacks = {}
    for at in walk(comparison):
        lacks.setdefault(comparison.order.levels[at.floor].lane, set()).add(
            tuple(comparison.order.waits(side, at) for side in (0, 1))
        )
    assert lacks == {
        (0, False): {(None, None)},
        None: {(None, "answer"), (None, None)},
        (0, True): {("lane", None)},
        (1, False): {("lane", None)},
        (1, True): {("lane", None)},
    }


@pytest.mark.parametrize(
    ("at", "layer", "direction", "said"),
    [
        ("1:add", 3, None, "--layer 3: there is no such layer; the networks have 1 to 2"),
        ("1:read", 1, "backward", "--direction backward: layer 1 reads forward alone in both networks"),
        ("1:blend", None, None, "no phase is called “blend”"),
        ("4:read", None, None, "the comparison has 3 columns, so 1 to 3"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(at, layer, direction, said):
    with pytest.raises(UserError) as caught:
        parse_column(at, compared("one", "two"), layer, direction)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_layer_has_no_other_layer():
    with pytest.raises(UserError, match="--layer 2: there is no such layer; the networks have only 1"):
        parse_column(None, compared("one", "attention"), 2)


def test_an_answer_made_once_is_found_at_the_last_column_alone():
    comparison = compared("both ways", "mean and head")
    with pytest.raises(UserError, match="after the last column alone, when all is read; give 3:meet"):
        parse_column("1:meet", comparison)
    assert parse_column("2", comparison, 2, "backward") == Position(1, 0, 3)
    assert parse_column(None, comparison, 2, "backward") == Position(2, 0, 3)
