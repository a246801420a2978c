"""While the class is to guess, nothing of the answer is anywhere on the screen."""

import re

import pytest

from tests.tui.models import MODELS
from tests.tui.screens import act, panel, text


@pytest.mark.parametrize(
    ("name", "size"), [("wired", (80, 24)), ("wired", (120, 36)), ("attentive", (160, 48)), ("sixteen", (80, 24))]
)
async def test_no_share_of_a_label_is_on_the_screen(opened, name, size):
    async with opened(name, size=size, hidden=True) as pilot:
        phases = len(MODELS[name].phases)
        act(pilot.app.first, "go_to", len(pilot.app.first.computed.trace) - 1)
        for place in range(2 * phases):
            for action in ("arithmetic", "overview", "step"):
                shown = text(pilot.app)
                assert not re.search(r"\d%", shown), (place, shown)
                act(pilot.app.first, action, 1)
                await pilot.pause()


async def test_in_check_the_votes_and_the_arithmetic_are_covered_too(opened):
    async with opened(at=(2, 4), hidden=True, notation=True) as pilot:
        assert "guess first" in panel(pilot.app, "phase-check")
        assert "press p" in panel(pilot.app, "phase-check")
        assert "█" not in panel(pilot.app, "phase-check")
        assert not re.search(r"\d", panel(pilot.app, "why").replace("enter: all of it", ""))
        assert "answer is" not in panel(pilot.app, "story")


async def test_p_reveals_it(opened):
    async with opened(at=(2, 4), hidden=True, keys="p") as pilot:
        assert re.search(r"Negative.*\d%", panel(pilot.app, "phase-check"))
        assert "The answer is Negative" in panel(pilot.app, "story")


async def test_it_stays_covered_in_the_next_sentence(opened):
    async with opened(hidden=True, keys="e") as pilot:
        await pilot.press(*"dog", "enter", "end")

        assert pilot.app.first.state.hidden
        assert "%" not in text(pilot.app)
