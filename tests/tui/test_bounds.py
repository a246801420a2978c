"""Numbers that grow beyond all bounds, on the screen: wherever ∞ or ? is shown, words say what it is."""

from __future__ import annotations

import re

import pytest

from rnn_tui.network.model import Example
from tests.builders import TEXTS, build, wired
from tests.edge import FORBIDDEN, edge_models
from tests.tui.screens import text

WORDS = ("the", "dog", "barked")
HUGE = wired(
    [[1e30, -1e30, 1e30], [-1e30, 1e30, 1e30]], weight_hh=[[1e30, 0], [0, 1e30]], activation="identity", words=WORDS,
    examples=(Example("the dog barked", ""),),
)  # fmt: skip
GRU = build("gru", None, "attention", inputs="number", scale=1e38, seed=2)
WALK = ["", "right", "right", "right", "w", "t", "enter", "end", "escape", "v", "v", "v", "v", "V", "v", "v", "escape"]
WHAT_IF = ["escape", "x", "o", "escape", "c", "escape", "end", "p", "left"]


def shown(app):
    """The screen in one line, without its frames."""
    return re.sub(r"[\s│─╭╮╰╯┃━┏┓┗┛]+", " ", text(app))


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (160, 48)])
@pytest.mark.parametrize("model", [HUGE, GRU], ids=["elman", "gru"])
async def test_what_is_no_number_is_told_in_words(opened, shelf_of, model, size):
    shelf_of(huge=model)
    signs = 0
    async with opened("huge", model=model, size=size) as pilot:
        for key in [*WALK, *WHAT_IF]:
            if key:
                await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            screen = shown(pilot.app)
            assert not FORBIDDEN.search(screen), (key, FORBIDDEN.search(screen))
            if "∞" in screen and "What do you think" not in screen:  # a question stands where the words would
                signs += 1
                assert "beyond all bounds" in screen, key
    assert signs > 5


KEYS = [
    "right",
    "right",
    "right",
    "enter",
    "w",
    "t",
    "escape",
    "end",
    "left",
    "enter",
    "]",
    "escape",
    *"vv",
    "V",
    *"vvv",
]
COMPARED = ["escape", "x", "o", "escape", "c", "right", "end", "left"]
DRAWN = [pytest.param(model, kind[3], id="-".join(map(str, kind))) for kind, model in edge_models(5, seed=11)]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (160, 48)])
@pytest.mark.parametrize(("model", "inputs"), DRAWN)
async def test_no_screen_shows_nan(opened, shelf_of, recwarn, model, inputs, size):
    shelf_of(edge=model)
    async with opened("edge", TEXTS[inputs], model=model, size=size) as pilot:
        for key in [*KEYS, *COMPARED]:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            screen = shown(pilot.app)
            assert not FORBIDDEN.search(screen), (key, FORBIDDEN.search(screen))
            assert "∞" not in screen or "beyond all bounds" in screen, key
    assert not [warning for warning in recwarn if issubclass(warning.category, RuntimeWarning)]
