"""A training that was recorded, and the program open on it."""

from __future__ import annotations

from contextlib import asynccontextmanager

import numpy as np
import pytest

from rnn_tui.network.runs import Recorder, Told
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.replaying.screen import LearnScreen
from tests.builders import build
from tests.tui.conftest import Recorded

EPOCHS = 6
TEXT = "kicking and screaming"


def recorded(folder, model, epochs=EPOCHS, best=4, **described):
    """A run whose weights grow from nothing to those of the model, and a little beyond."""
    recorder = Recorder(folder, model, {"baselines": {"majority": 0.5}, **described})
    for epoch in range(epochs + 1):
        share = np.float32((epoch + 0.2) / (best + 0.2))
        parameters = {name: array * share for name, array in model.tensors().items()}
        told = Told(
            epoch,
            training_loss=None if not epoch else 1 / epoch,
            validation_loss=1.2 / (epoch + 1),
            validation_accuracy=0.5 + 0.1 * min(epoch, best),
            best=0 < epoch <= best,
            moved=recorder.moved(parameters),
        )
        recorder.add(told, parameters)
    return folder


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("runs") / "small.run", build(seed=3))


@pytest.fixture
def learning(run_folder):
    """Open the program on the run: `async with learning(epoch=3) as pilot`."""

    @asynccontextmanager
    async def running(
        folder=run_folder, *, epoch=0, text=TEXT, size=(120, 36), keys="", clock=None, at=(0, 0), edits=(), **fields
    ):
        scene = Scene(Reading(str(folder), text, edits, epoch), position=Position(*at), **fields)
        app = Recorded(LearnScreen(scene, Traces(), clock))
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            if keys:
                await pilot.press(*keys.split())
                await pilot.pause()
            yield pilot

    return running
