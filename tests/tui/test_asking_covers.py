"""What an open question leaves to be seen: all that it isn't about, as it was."""

import re

import pytest

from tests.tui.screens import lines, panel, text


def figures(shown):
    """All figures of a panel but the scale of its bars."""
    return re.findall(r"(?<!±)[+−]?\b\d+(?:\.\d+|%)", re.sub(r"scale ±\S+", "", shown))


@pytest.mark.parametrize("size", [(120, 36), (160, 45)])
async def test_the_answer_of_a_word_already_read_stays_where_the_next_memory_is_asked_for(opened, size):
    async with opened("wired", size=size, at=(0, 4)) as pilot:
        check, strip = panel(pilot.app, "phase-check"), panel(pilot.app, "memory")
    async with opened("wired", size=size, at=(0, 4), keys="p") as pilot:
        assert pilot.app.first.state.asked.question == "direction h[1]"
        # the bars have the scale of what is to be seen, all else is as it was
        assert figures(panel(pilot.app, "phase-check")) == figures(check)
        assert "%" in check
        assert figures(panel(pilot.app, "memory")) == figures(strip)


async def test_nothing_of_it_is_left_where_the_answer_is_asked_for(opened):
    async with opened("wired", size=(120, 36), at=(2, 3), keys="p") as pilot:
        assert pilot.app.first.state.asked.question == "label"
        shown = text(pilot.app)
        assert "%" not in shown
        assert "guess first" in shown


async def test_the_header_says_that_it_is_asked_here(opened):
    for size in ((80, 24), (120, 36)):
        async with opened("wired", size=size, at=(0, 4), keys="p") as pilot:
            assert "asked at word 1 of 3 · 3 Check" in lines(pilot.app)[0]
            await pilot.press("enter")
            assert "asked at" not in lines(pilot.app)[0]
            assert "word 2 of 3 · Squash" in lines(pilot.app)[0]
