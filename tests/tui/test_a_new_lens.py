"""A lens that the package doesn't have is on the screens as soon as it is registered."""

from __future__ import annotations

from rnn_tui.lenses import LENSES
from tests.lenses.test_a_new_lens import registered  # noqa: F401  # the fixture that registers it
from tests.tui.screens import text


async def test_it_comes_after_the_last_one_on_both_screens(opened):
    async with opened("wired", keys="v " * len(LENSES)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert pilot.app.first.state.lens == "letters"
        assert "how long each word is" in text(pilot.app)
        await pilot.press("v", "c", "down", "enter", *"dog", "enter", *["v"] * len(LENSES))
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert pilot.app.screen.state.lens == "letters"
        assert text(pilot.app).count("Letters") == 2


async def test_it_slides_the_word_because_it_says_that_it_can(opened, clock):
    async with opened("wired", at=(1, 4), lens="letters", clock=clock) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "l slide" in text(pilot.app)
        await pilot.press("l")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert pilot.app.first.slider.at == 0
        assert pilot.app.first.measuring.now[0].swept[1].tolist() == [1.0] * 3
