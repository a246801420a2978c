"""The app on a shelf of its own, run by Textual's pilot."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from rnn_tui import shelf
from rnn_tui.network.storage import save
from rnn_tui.network.trace import run
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.walking.screen import WalkScreen
from tests.tui.models import MODELS


@pytest.fixture
def shelf_of(tmp_path, monkeypatch):
    """Put models on a shelf of their own, and nothing else: shelf_of(name=model, …) gives the folder."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setattr(shelf, "folders", lambda: [folder])

    def put(**models):
        for name, model in models.items():
            save(model, folder / f"{name.replace('_', '-')}.safetensors")
        return folder

    return put


@pytest.fixture
def models(shelf_of):
    """The shelf with the models of these tests."""
    return shelf_of(**MODELS)


class Recorded(RnnApp):
    """The app, with a list of the lines that it has said and not taken back."""

    def __init__(self, *screens):
        super().__init__(*screens)
        self.said = []

    def notify(self, message, **options):
        self.said.append(message)
        super().notify(message, **options)

    def clear_notifications(self):
        self.said.clear()
        super().clear_notifications()


def app_of(
    name="wired", text=None, *, model=None, clock=None, at=(0, 0), animations="none", scene=None, edits=(), **fields
):
    """The app on a scene, or on one with these fields; `at` is the position, as (timestep, phase)."""
    model = MODELS[name] if model is None else model
    text = model.examples[0].text if text is None else text
    reading = Reading(name, text)
    traces = Traces()
    traces.keep(reading, run(model, model.tokenize(text)))
    scene = scene or Scene(replace(reading, edits=edits), position=Position(*at), **fields)
    app = Recorded(WalkScreen(scene, traces, clock))
    app.animation_level = animations
    return app


@pytest.fixture
def opened(models):
    """Open the app: `async with opened("wired", keys="right right") as pilot`; see `app_of`."""

    @asynccontextmanager
    async def running(*arguments, size=(120, 36), keys="", notifications=False, **scene):
        app = app_of(*arguments, **scene)
        async with app.run_test(size=size, notifications=notifications) as pilot:
            await pilot.pause()
            if keys:
                await pilot.press(*keys.split())
                await pilot.pause()
            yield pilot

    return running


class Clock:
    """A clock that rings when the test says so."""

    def __init__(self):
        self.alarms = []

    def __call__(self, seconds, ring):
        alarm = Alarm(seconds, ring)
        self.alarms.append(alarm)
        return alarm

    @property
    def running(self):
        return [alarm for alarm in self.alarms if not alarm.stopped]

    def tick(self):
        """Let the running alarms ring once."""
        for alarm in self.running:
            alarm.ring()


class Alarm:
    def __init__(self, seconds, ring):
        self.seconds = seconds
        self.ring = ring
        self.stopped = False

    def stop(self):
        self.stopped = True


@pytest.fixture
def clock():
    return Clock()
