"""Going from floor to floor, and to a word that a floor has not."""

from __future__ import annotations

import pytest

from rnn_tui.network.order import Order
from rnn_tui.network.position import Position
from tests.deep import HIDDEN_LAYER, deep_model

LENGTH = 5


def order_of(*args, **fields):
    model = deep_model(*args, **fields)
    return Order(model.floors, LENGTH, each=model.answers_each)


def test_the_same_phase_by_its_name_on_another_floor():
    order = order_of("gru", 2, bidirectional=True)
    for floor in range(4):
        assert order.on_floor(floor, Position(2, 3, 1)) == Position(2, 3, floor)  # candidate
    assert order.on_floor(4, Position(2, 0, 3)) == Position(4, 0, 4)  # it is walked through at the last word alone
    assert order.on_floor(4, Position(2, 4, 3)) == Position(4, 1, 4)  # the last phase for the last
    assert order.on_floor(0, Position(4, 1, 4)) == Position(4, 4, 0)


def test_a_phase_is_found_wherever_it_stands():
    order = order_of("elman", 2)
    assert order.on_floor(0, Position(3, 4, 1)) == Position(3, 3, 0)  # Check is the top layer's alone
    assert order.on_floor(1, Position(3, 3, 0)) == Position(3, 3, 1)


def test_a_word_that_a_floor_has_not_is_looked_for_below():
    order = order_of("lstm", 2, bidirectional=True, head=HIDDEN_LAYER)
    assert order.at_word(1, Position(4, 1, 5)) == Position(1, 4, 3)
    assert order.at_word(4, Position(4, 1, 5)) == Position(4, 1, 5)
    assert order.at_word(1, Position(3, 2, 1)) == Position(1, 2, 1)


@pytest.mark.parametrize("fields", [{}, {"bidirectional": True}, {"bidirectional": True, "readout": "each"}])
def test_every_floor_leads_to_a_position_of_the_walk(fields):
    order = order_of("lstm", 2, **fields)
    walked = {order.at(index) for index in range(len(order))}
    for position in walked:
        assert {order.on_floor(floor.index, position) for floor in order.floors} <= walked
        assert {order.at_word(t, position) for t in range(LENGTH)} <= walked
