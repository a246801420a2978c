"""Drawings of networks with several floors, compared with the accepted ones in __snapshots__; see test_snapshots."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from textual.widgets import Input

from rnn_tui.network.trace import run
from rnn_tui.pair import Pair
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.comparing.screen import CompareScreen
from rnn_tui.tui.walking.screen import WalkScreen
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model

SIZES = [(80, 24), (100, 30), (120, 36)]
TEXT = "kicking and screaming"
MODELS = {
    "deep": deep_model("gru", 2, bidirectional=True, hidden=4, head=HIDDEN_LAYER, name="deep"),
    "series": deep_model("lstm", 2, output="number", inputs="vectors", labels=("rain tomorrow",), name="series"),
    "plain": deep_model("gru", 1, hidden=4, name="plain"),
}


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """Nothing on the screen moves by itself."""
    monkeypatch.setattr(Input, "cursor_blink", False)


def shown(name, at, **fields):
    """The app where a phase of a floor is at work."""
    model = MODELS[name]
    text = VECTORS if name == "series" else TEXT
    reading, traces = Reading(name, text), Traces()
    trace = run(model, model.tokenize(text))
    traces.keep(reading, trace)
    floor, phase, t = at
    position = Position(t, model.floors[floor].names.index(phase), floor)
    app = RnnApp(WalkScreen(Scene(reading, position=position, **fields), traces))
    app.animation_level = "none"
    return app


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "at", [(0, "gates", 1), (3, "multiply", 1), (4, "meet", 2), (5, "check", 2)], ids=lambda at: at[1]
)
def test_a_stack_that_reads_both_ways(snap_compare, at, size):
    assert snap_compare(shown("deep", at), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("at", [(0, "read", 1), (1, "check", 3)], ids=lambda at: at[1])
def test_numbers_in_and_a_number_out(snap_compare, at, size):
    assert snap_compare(shown("series", at), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_a_comparison_of_one_lane_with_four(snap_compare, size):
    pair = Pair(Reading("plain", TEXT), Reading("deep", TEXT), position=Position(1, 1, 1))
    traces = Traces()
    with patch("rnn_tui.shelf.load", lambda name, **_: MODELS[name]):
        app = RnnApp(WalkScreen(Scene(pair.a), traces), CompareScreen(pair, traces))
        app.animation_level = "none"
        assert snap_compare(app, terminal_size=size)
