"""What the tests of the what-if mode share: keys that are waited for, and what is on the screen."""

import numpy as np

from rnn_tui import shelf
from rnn_tui.edits import (
    apply_edits,
)
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from rnn_tui.pictures.arithmetic import picked_weight
from rnn_tui.tui.walking.whatif import view_of
from tests.tui.screens import panel

LAST = (2, 4)
ON = {"what_if": True}


async def pressed(pilot, *keys):
    for key in keys:
        await pilot.press(key)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def edits(pilot):
    return pilot.app.first.state.edits


def from_scratch(scene):
    """What a scene computes, on a model that nobody has had in hand."""
    own = load(shelf.paths()[scene.model])
    return run(*apply_edits(own, own.tokenize(scene.text), scene.edits))


def assert_shown_is_true(pilot):
    """The trace on the screen is the one that the scene makes of a model just loaded."""
    trace, expected = pilot.app.first.computed.trace, from_scratch(pilot.app.first.state)
    assert trace.tokens == expected.tokens
    for name, values in expected.values.items():
        assert np.array_equal(trace.values[name], values, equal_nan=True), name


def picked(pilot):
    """The weight that is picked in the arithmetic: its parameter, and its indices from 0."""
    return picked_weight(view_of(pilot.app.first.shown))


def story(pilot):
    """The explaining sentences, without their line breaks."""
    return " ".join(panel(pilot.app, "story").split())
