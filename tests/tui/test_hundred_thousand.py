"""A text of 100,000 steps: it opens, is walked at both ends, and shows numbers, or words where there is none."""

import numpy as np
import pytest

from rnn_tui.edits import parse_edit
from rnn_tui.network.trace import run
from tests.edge import FORBIDDEN
from tests.tui.models import MODELS
from tests.tui.screens import text
from tests.tui.test_bounds import shown

STEPS = 100_000
KEYS = ("", "right", "enter", "escape", "end", "left", "pageup", "w", "b", "enter", "escape", "right", "home", "b")
PATTERNS = {"wired": "kicking and the dog ", "lstm": "the cat barked not ", "series": "0.5 -1.25 3 2 "}
GROWS = ("activation relu", "set weight_hh[2,2] 3", "set weight_hh[1,1] 3")
"""What makes the memory of the wired network three times as large at every step, without bound."""


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", PATTERNS)
async def test_a_hundred_thousand_steps_are_walked(opened, name):
    read = PATTERNS[name] * (STEPS // 4)
    async with opened(name, read) as pilot:
        for key in KEYS:
            await walked(pilot, key)
            if key == "end":
                assert "of 100000" in text(pilot.app)
                assert pilot.app.first.state.position.t == STEPS - 1
        trace = pilot.app.first.computed.trace

    assert len(trace) == STEPS
    model = MODELS[name]
    tokens = model.tokenize(read)
    again = run(model, tokens[-1000:])  # of so short a memory, what was before no longer counts
    assert all(np.isfinite(values).all() for values in trace.values.values())
    assert np.allclose(trace[STEPS - 1].probs, again[len(again) - 1].probs, atol=1e-6)


@pytest.mark.filterwarnings("error")
async def test_what_grows_for_a_hundred_thousand_steps_is_told_in_words(opened):
    edits = tuple(parse_edit(each) for each in GROWS)
    async with opened("wired", PATTERNS["wired"] * (STEPS // 4), edits=edits) as pilot:
        for key in KEYS:
            await walked(pilot, key)
            if key == "end":
                assert "?" in text(pilot.app) or "∞" in text(pilot.app)
                assert "beyond all bounds" in shown(pilot.app)


async def walked(pilot, key):
    """Press a key, and look for what no screen shows."""
    if key:
        await pilot.press(key)
    await pilot.pause()
    screen = shown(pilot.app)
    assert not FORBIDDEN.search(screen), (key, FORBIDDEN.search(screen))
