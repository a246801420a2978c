"""Drawings of a training that goes on, compared with the accepted ones: after a change of looks look at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from rnn_tui.learning.watching.messages import Failed
from rnn_tui.scene import Reading
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.watching.looking import REST
from rnn_tui.tui.watching.screen import WatchScreen
from rnn_tui.tui.watching.state import WatchScene
from tests.builders import build
from tests.tui.conftest import Clock
from tests.tui.replaying.conftest import TEXT, recorded
from tests.tui.watching.conftest import PLANNED, Fake, look


@pytest.fixture
def named(tmp_path, monkeypatch):
    """A run that is called the same wherever the test runs."""
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.chdir(tmp_path)
    recorded(tmp_path / "small.run", build("gru", None, inputs="embedding", hidden=8, seed=3), judge="accuracy")
    return "small.run"


SIZES = [(80, 24), (100, 30), (120, 36)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("at", ["epoch", "batch"])
def test_a_training_that_goes_on(snap_compare, named, size, at):
    assert shown(snap_compare, named, size, at)


def test_one_that_has_diverged(snap_compare, named):
    assert shown(snap_compare, named, SIZES[0], "failed")


def shown(snap_compare, named, size, at):
    """Whether the screen looks as it did."""
    app, run_before = drawn(named, at)
    return snap_compare(app, terminal_size=size, run_before=run_before)


def drawn(named, at):
    """The program on a training, and what happens to it before the picture is taken."""
    fake, clock, traces = Fake(Path(named)), Clock(), Traces()
    fake.clock = clock
    traces.keep_run(named, fake.begun)
    scene = WatchScene(Reading(named, TEXT, (), 0))
    app = RnnApp(WatchScreen(scene, traces, fake, PLANNED, clock, output="small.safetensors"))
    app.animation_level = "none"
    last = {
        "epoch": [],
        "batch": [fake.stepped(5, 2)],
        "failed": [Failed("the loss is nan in epoch 5; a smaller learning rate mends it", 1)],
    }[at]

    async def run_before(pilot):
        await pilot.pause()
        fake.waiting += [*(fake.ended(epoch) for epoch in range(1, 5)), *last]
        if at == "batch":
            await pilot.press("B")
        await look(pilot, fake, REST + 1)

    return app, run_before
