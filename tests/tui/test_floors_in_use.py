"""A deep network in use: what-ifs on its floors, covering, undo, playing, and the walk in plain lines."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.export.walk_lines import facts, introduction
from rnn_tui.network.trace import run
from rnn_tui.scene import Position, Reading, Scene
from tests.deep import HIDDEN_LAYER, deep_model
from tests.tui.screens import text
from tests.tui.test_floors import TEXT, walking


async def test_a_silenced_unit_is_one_of_the_lane_that_is_shown(tmp_path):
    async with walking(tmp_path, position=Position(2, 4, 3)) as (pilot, screen):
        await pilot.press("x", "down", "o")
        assert screen.state.position == Position(2, 4, 3)
        unit = screen.state.unit_in(screen.computed.trace)
        layers, before = screen.computed.trace.layers, screen.computed.before.layers
        assert not layers[1].backward.values["h"][:, unit].any()
        assert np.array_equal(layers[1].forward.values["h"], before[1].forward.values["h"])
        await pilot.press("u")
        assert screen.computed.before is None
        assert screen.state.position.floor == 3


async def test_every_position_of_an_edited_network_is_drawn(tmp_path):
    async with walking(tmp_path, (80, 24), sentence="dog barked", head=HIDDEN_LAYER) as (pilot, screen):
        await pilot.press("x", "o", "x")
        order = screen.computed.order
        for index in range(len(order)):
            screen.show(screen.state.at(order.at(index)))
            await pilot.pause()
            assert "1 change" in text(pilot.app)


async def test_a_covered_answer_stays_covered_on_every_floor(tmp_path):
    async with walking(tmp_path, sentence="dog barked", head=HIDDEN_LAYER) as (pilot, screen):
        trace = screen.computed.trace
        label = trace.model.labels[trace.prediction()[0]]
        await pilot.press("p", "escape")
        screen.show(screen.state.__class__(screen.state.reading, hidden=True))
        order = screen.computed.order
        for index in range(len(order)):
            screen.show(screen.state.at(order.at(index)))
            await pilot.pause()
            assert f"The answer is {label}" not in text(pilot.app)
            assert f"{trace.prediction()[1]:.0%}" not in text(pilot.app) or "Gates" in text(pilot.app)
        await pilot.press("right")
        assert f"The answer is {label}" in text(pilot.app)


async def test_playing_goes_from_lane_to_lane(tmp_path):
    async with walking(tmp_path, position=Position(4, 4, 0)) as (_, screen):
        screen.play_on()
        assert screen.state.position == Position(4, 0, 1)


def lines_of(trace, index, *, heading=False):
    scene = Scene(Reading("deep", TEXT), position=trace.order.at(index))
    return list(facts(trace, scene, heading=heading))


@pytest.mark.parametrize("bidirectional", [False, True])
def test_the_walk_says_each_floor_that_it_comes_to(bidirectional):
    model = deep_model("gru", 2, bidirectional=bidirectional, head=HIDDEN_LAYER)
    trace = run(model, model.tokenize(TEXT))
    order, said, last = trace.order, 0, None
    for index in range(len(order)):
        position = order.at(index)
        announced = [line for line in lines_of(trace, index) if line.startswith("Now ")]
        assert bool(announced) == (position.floor != last), position
        said, last = said + bool(announced), position.floor
    assert said == (6 if bidirectional else 3 * len(trace))
    assert [line for line in lines_of(trace, 3, heading=True) if line.startswith("Now layer 1 of 2")]


def test_the_walk_of_one_layer_says_no_floor():
    model = deep_model("gru", 1)
    trace = run(model, model.tokenize(TEXT))
    assert not any(line.startswith("Now ") for index in range(len(trace.order)) for line in lines_of(trace, index))


def test_the_introduction_names_the_layers_and_the_hidden_layer():
    model = deep_model("lstm", 2, bidirectional=True, head=HIDDEN_LAYER)
    trace = run(model, model.tokenize(TEXT))
    first = next(introduction(Scene(Reading("deep", TEXT)), trace))
    assert "LSTM, 2 layers, both ways" in first
    assert "a hidden layer with relu before the outputs" in first
