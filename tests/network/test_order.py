"""The order of the walk: through the words and, in a deep network, through its floors, and what is known on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.network.layers import LayerKind
from rnn_tui.network.position import Position
from tests.builders import build, trace_of
from tests.deep import HIDDEN_LAYER, deep_model

WORDS = 4
TEXT = "the dog barked and"
PLAIN = trace_of(build(), TEXT).order  # five phases
NETWORKS = {
    "plain": {"layers": 1},
    "stack": {"layers": 3},
    "head": {"layers": 2, "head": HIDDEN_LAYER},
    "both ways": {"layers": 1, "bidirectional": True},
    "both ways, two layers": {"layers": 2, "bidirectional": True, "readout": "mean", "head": HIDDEN_LAYER},
    "both ways, each": {"layers": 2, "bidirectional": True, "readout": "each"},
    "forward over both ways": {"kinds": (LayerKind("lstm", None, True), LayerKind("gru", None)), "readout": "last"},
    "both ways over forward": {"kinds": (LayerKind("lstm", None), LayerKind("gru", None, True)), "readout": "each"},
}
TRACES = {name: trace_of(deep_model(**fields), TEXT) for name, fields in NETWORKS.items()}
named = pytest.mark.parametrize("trace", TRACES.values(), ids=TRACES)


def lanes_of(trace):
    return [(floor.layer, floor.backward) for floor in trace.model.floors]


def ways(trace):
    return [([floor.index for floor in way.floors], list(way.words)) for way in trace.order.passings]


def test_phases_follow_each_other_through_the_words():
    assert PLAIN.moved(Position(0, 4), 1) == Position(1, 0)
    assert PLAIN.moved(Position(1, 0), -1) == Position(0, 4)
    assert PLAIN.moved(Position(3, 4), 1) == Position(3, 4) == PLAIN.last
    assert PLAIN.moved(Position(0, 0), -1) == Position(0, 0)


def test_words_follow_each_other_in_the_same_phase():
    assert PLAIN.word_moved(Position(0, 2), 1) == Position(1, 2)
    assert PLAIN.word_moved(Position(1, 2), -1) == Position(0, 2)
    assert PLAIN.word_moved(Position(3, 2), 1) == Position(3, 4)
    assert PLAIN.word_moved(Position(0, 2), -1) == Position(0, 0)


@named
@given(start=st.integers(0, 400), by=st.integers(-30, 30))
def test_a_move_stays_inside_and_can_be_taken_back(trace, start, by):
    order = trace.order
    position = order.at(start % len(order))

    there = order.moved(position, by)

    assert order.index(there) == max(0, min(start % len(order) + by, len(order) - 1))
    if 0 <= start % len(order) + by < len(order):
        assert order.moved(there, -by) == position


def test_layers_that_read_forward_are_walked_together_word_by_word():
    assert lanes_of(TRACES["stack"]) == [(0, False), (1, False), (2, False)]
    assert ways(TRACES["stack"]) == [([0, 1, 2], [0, 1, 2, 3])]
    assert ways(TRACES["head"]) == [([0, 1, 2], [0, 1, 2, 3])]


def test_a_backward_lane_is_walked_by_itself_from_the_last_word():
    assert ways(TRACES["both ways"]) == [([0], [0, 1, 2, 3]), ([1], [3, 2, 1, 0]), ([2], [3])]
    assert ways(TRACES["both ways, each"])[-1] == ([4], [0, 1, 2, 3])
    assert ways(TRACES["both ways, two layers"])[-1] == ([4, 5], [3])


def test_a_forward_layer_over_two_lanes_is_walked_after_both():
    assert ways(TRACES["forward over both ways"]) == [
        ([0], [0, 1, 2, 3]),
        ([1], [3, 2, 1, 0]),
        ([2], [0, 1, 2, 3]),
        ([3], [3]),
    ]
    assert ways(TRACES["both ways over forward"]) == [
        ([0, 1], [0, 1, 2, 3]),
        ([2], [3, 2, 1, 0]),
        ([3], [0, 1, 2, 3]),
    ]


@named
def test_what_a_phase_needs_was_computed_before_it(trace):
    # given every position, in the order of the walk
    order, floors = trace.order, trace.model.floors
    places = {order.at(index): index for index in range(len(order))}
    assert len(places) == len(order)
    for at, index in places.items():
        floor, last = floors[at.floor], len(floors[at.floor].phases) - 1
        state = trace.model.on(at.floor).state_phase
        needs = [Position(at.t, at.phase - 1, at.floor)] if at.phase else []
        if floor.layer is not None:
            # then the memory of the word that its lane read before is there, and all lanes of the layer below at this
            earlier = at.t + 1 if floor.backward else at.t - 1
            needs += [Position(earlier, state, at.floor)] if 0 <= earlier < WORDS else []
            below = [one for one in floors if one.layer is not None and one.layer == floor.layer - 1]
            needs += [Position(at.t, trace.model.on(one.index).state_phase, one.index) for one in below]
        else:
            # and above them all lanes of the top layer have read all words, or what is below on the way to the answer
            ways_of = [one for one in floors if one.layer == len(trace.model.layers) - 1]
            if trace.model.two_way:
                needs += [
                    Position(t, trace.model.on(one.index).state_phase, one.index)
                    for one in ways_of
                    for t in range(WORDS)
                ]
            if floors[at.floor - 1].layer is None:
                needs.append(Position(at.t, len(floors[at.floor - 1].phases) - 1, at.floor - 1))
        assert last >= at.phase
        assert all(places[need] < index for need in needs)


@named
def test_what_is_known_is_what_was_walked_through(trace):
    order, floors = trace.order, trace.model.floors
    for index in range(len(order)):
        walked = {order.at(earlier) for earlier in range(index + 1)}
        for floor in floors:
            for phase in range(len(floor.phases)):
                known = order.known(order.at(index), phase, floor.index)
                assert set(known) == {at.t for at in walked if (at.phase, at.floor) == (phase, floor.index)}


@named
def test_words_on_and_back_lead_through_all_of_it(trace):
    order = trace.order
    seen, at = [Position()], Position()
    while (following := order.word_moved(at, 1)) != at:
        assert order.index(following) > order.index(at)
        seen.append(at := following)
    assert at == order.last
    while (before := order.word_moved(at, -1)) != at:
        assert order.index(before) < order.index(at)
        at = before
    assert at == Position()
    assert {place.floor for place in seen} == {way.floors[end].index for way in order.passings for end in (0, -1)}


@named
def test_a_position_outside_is_brought_inside(trace):
    order = trace.order
    for at in (Position(99, 99, 99), Position(-1, -1, -1), Position(0, 99, len(trace.model.floors) - 1)):
        fitted = order.fitted(at)
        assert order.at(order.index(fitted)) == fitted
        assert order.fitted(fitted) == fitted


@named
def test_every_floor_begins_somewhere(trace):
    for floor in trace.model.floors:
        first = trace.order.first(floor.index)
        assert (first.phase, first.floor) == (0, floor.index)
        assert trace.order.has(first.t, floor.index)
