"""Drawings of a training, compared with the accepted ones: after a change of looks, --snapshot-update, and look."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.replaying.screen import LearnScreen
from tests.builders import build
from tests.tui.replaying.conftest import TEXT, recorded


@pytest.fixture
def named(tmp_path, monkeypatch):
    """A run that is called the same wherever the test runs."""
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.chdir(tmp_path)
    recorded(tmp_path / "small.run", build(seed=3))
    return "small.run"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36)])
@pytest.mark.parametrize("epoch", [0, 3])
def test_a_training(snap_compare, named, size, epoch):
    app = RnnApp(LearnScreen(Scene(Reading(named, TEXT, (), epoch), position=Position(2, 4)), Traces()))
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size)
