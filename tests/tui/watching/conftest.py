"""The program open on a training that tells what the test lets it tell."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.learning.watching.messages import (
    AFTER,
    BEFORE,
    GRADIENT,
    MEAN,
    ROOT,
    Answered,
    EpochEnded,
    Stepped,
)
from rnn_tui.network.runs import open_run
from rnn_tui.scene import Reading
from rnn_tui.traces import Traces
from rnn_tui.tui.watching.looking import REST
from rnn_tui.tui.watching.screen import WatchScreen
from rnn_tui.tui.watching.state import WatchScene
from tests.builders import build
from tests.tui.conftest import Clock, Recorded
from tests.tui.replaying.conftest import EPOCHS, TEXT, recorded

PLANNED = 8
RATE = 0.05


class Fake:
    """A training that has told what lies in `waiting`, and was asked what is in `asked`."""

    def __init__(self, folder):
        self.folder, self.whole = folder, open_run(folder)
        self.waiting, self.asked = [], []

    def news(self):
        news, self.waiting = self.waiting, []
        return news

    def ask(self, words):
        self.asked.append(words)

    @property
    def begun(self):
        """The run with the network before training, and nothing more."""
        return replace(self.whole, history=self.whole.history[:1], epochs=(0,))

    def ended(self, epoch, kept=None):
        """The message that an epoch has ended."""
        gained = Answered("the dog barks", "", "Positive", "Positive")
        lost = Answered("and screaming", "", "Negative", "Positive")
        told = replace(self.whole.told(epoch), seconds=0.5 * epoch)
        return EpochEnded(told, tuple(range(epoch + 1)) if kept is None else kept, (gained,), (lost,), 3, 1)

    def stepped(self, epoch, number, seed=0):
        """The message that a batch of the next epoch was taken alone."""
        rng = np.random.default_rng(seed + number)
        before = self.whole.model(epoch - 1).tensors()
        mean, gradient = ({name: draw(rng, array) for name, array in before.items()} for _ in range(2))
        root = {name: abs(draw(rng, array)) for name, array in before.items()}
        after = {
            name: before[name] - np.float32(RATE) * mean[name] / (root[name] + np.float32(1e-8)) for name in before
        }
        tensors = {BEFORE: before, AFTER: after, GRADIENT: gradient, MEAN: mean, ROOT: root}
        return Stepped(epoch, number, 100 * epoch + number, 4, 0.6931, 2.5, 1.0, RATE, tensors)


def draw(rng, array):
    return (0.1 + rng.normal(size=array.shape) ** 2).astype(np.float32)


@pytest.fixture(scope="session")
def watched_folder(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("watched") / "small.run", build(seed=3), judge="accuracy", epochs=EPOCHS)


@pytest.fixture
def watching(watched_folder):
    """Open the program on the training: `async with watching() as (pilot, fake)`."""

    @asynccontextmanager
    async def running(folder=watched_folder, *, size=(120, 36), keys="", text=TEXT, **settings):
        fake, clock, traces = Fake(folder), Clock(), Traces()
        traces.keep_run(str(folder), fake.begun)
        scene = WatchScene(Reading(str(folder), text, (), 0))
        settings = {"output": "out.safetensors", **settings}
        app = Recorded(WatchScreen(scene, traces, fake, PLANNED, clock, **settings))
        app.animation_level = "none"
        fake.clock = clock
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            if keys:
                await pilot.press(*keys.split())
                await pilot.pause()
            yield pilot, fake

    return running


async def tell(pilot, fake, *messages):
    """Let the training tell, and the screen look until it has shown it."""
    fake.waiting += messages
    await look(pilot, fake)


async def look(pilot, fake, times=REST + 1):
    for _ in range(times):
        fake.clock.tick()
    await pilot.pause()
