"""A long lesson leaves nothing behind: many keys, dialogs, and models opened one after another."""

import gc
from collections import Counter

import pytest
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.traces import MOST_MODELS, MOST_TRACES
from rnn_tui.tui import app
from tests.tui.models import MODELS

DIALOGS = ("question_mark", "e")
WHOLE = len(MODELS)
"""The switches of a round: as many as there are models, so that it ends with the model that it began with."""
A_FEW, TRIES = 10, 25
SHOWN_BESIDE = 12
"""Entries of the caches of what is found once a trace or model, of which each keeps a few."""


async def lesson(pilot, switches):
    """Open one model after another, read a little in each, look at a dialog, and read a text that was not read yet."""
    for number in switches:
        await pilot.press("m", "down", "enter", "right", "right", "question_mark", "escape")
        await pilot.press("e", "end", "space", str(number % 10), "enter", "right")
        await pilot.pause()


def living():
    """The number of things of each kind that are held, once all that is free has been let go."""
    gc.collect()
    kinds = (Model, Trace, Screen, Widget, Strip)
    return Counter(kind.__name__ for thing in gc.get_objects() for kind in kinds if isinstance(thing, kind))


async def test_after_rounds_of_models_no_more_is_held_than_before(opened):
    async with opened() as pilot:
        own = Counter(living())  # the tests' models are there already
        await lesson(pilot, range(WHOLE))
        await pilot.pause(1.5)  # until what was closed has gone
        before, objects = living(), len(gc.get_objects())
        await lesson(pilot, range(WHOLE, 3 * WHOLE))
        for _ in range(TRIES):  # what was closed last goes a moment later, on a busy machine a longer one
            after = living()
            if after["Widget"] <= before["Widget"] and after["Screen"] == own["Screen"]:
                break
            await pilot.pause(0.2)

        assert len(pilot.app.first.timeline.states) == 2 * 3 * WHOLE + 1
        assert pilot.app.first.state.model == "wired"
        assert after["Screen"] == before["Screen"] == own["Screen"]
        assert after["Widget"] <= before["Widget"]
        assert after["Strip"] <= 1.05 * before["Strip"]
        assert after["Model"] - own["Model"] <= MOST_MODELS + MOST_TRACES + SHOWN_BESIDE
        assert after["Trace"] - own["Trace"] <= MOST_TRACES + SHOWN_BESIDE
        assert len(gc.get_objects()) <= 1.05 * objects


async def test_closed_dialogs_keep_no_painted_lines(opened):
    async with opened() as pilot:
        await dialogs(pilot)
        before = living()["Strip"]
        await dialogs(pilot)

        assert living()["Strip"] <= before + A_FEW


async def test_what_textual_keeps_of_closed_dialogs_would_be_seen(opened, monkeypatch):
    monkeypatch.setattr(app, "forget_painted", lambda: None)
    async with opened() as pilot:
        await dialogs(pilot)
        before = living()["Strip"]
        await dialogs(pilot)
        if living()["Strip"] == before:
            pytest.skip("this Textual keeps nothing, and nothing needs to be forgotten")

        assert living()["Strip"] > before + 10 * A_FEW


async def dialogs(pilot):
    """Open each dialog, and close it."""
    for dialog in ("m", *DIALOGS):
        await pilot.press(dialog)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
