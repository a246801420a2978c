"""The command palette, whatever is typed or pasted into it, and however soon it is closed."""

from __future__ import annotations

import time

import pytest
from textual import events
from textual.command import CommandList
from textual.widgets import Input

from rnn_tui.tui.dialogs.palette import MOST_SOUGHT, Palette
from tests.tui.screens import text

OBEYED = "\x1b\x00\x9b\u200f\u202e\x7f"


async def pasted(pilot, sent):
    """Paste into what has the focus; gives the input."""
    pilot.app.post_message(events.Paste(sent))
    await pilot.pause()
    await pilot.pause(0.05)
    return pilot.app.screen.query_one(Input)


@pytest.mark.parametrize("key", ["ctrl+p", "e"])
async def test_nothing_that_is_pasted_is_obeyed(opened, key):
    async with opened("wired", keys=key) as pilot:
        field = await pasted(pilot, f"a{OBEYED}b")
        assert "a␛␀�␡b" in field.value
        assert not set(OBEYED) & set(field.value)
        assert not set(OBEYED) & set(text(pilot.app))


async def test_nothing_that_is_typed_into_the_palette_is_obeyed(opened):
    async with opened("wired", keys="ctrl+p") as pilot:
        for character in OBEYED:
            pilot.app.post_message(events.Key("unknown", character))
        await pilot.pause(0.05)
        assert not set(OBEYED) & set(text(pilot.app))


@pytest.mark.parametrize("letter", ["e", "猫", "\x1b", "\u202e", "e\n"])
async def test_a_long_paste_is_cut_and_holds_nothing_up(opened, letter):
    async with opened("wired", keys="ctrl+p") as pilot:
        began = time.perf_counter()
        field = await pasted(pilot, letter * 200_000)
        await pasted(pilot, "more")
        assert len(field.value) <= MOST_SOUGHT
        assert time.perf_counter() - began < 5
        await pilot.press("ctrl+u", *"final answer")
        assert field.value == "final answer"


@pytest.mark.parametrize("wait", [None, 0, 0.01, 0.1, 0.3])
async def test_the_palette_closes_in_the_midst_of_a_search(opened, wait):
    async with opened("wired") as pilot:
        for _ in range(3):
            for key in ("ctrl+p", *"wor", "escape"):
                if key == "escape" and wait is not None:
                    await pilot.pause(wait)
                pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await pilot.pause()
            await pilot.pause(0.1)
            assert pilot.app.fault is None
            if isinstance(pilot.app.screen, Palette):  # the keys were before it
                await pilot.press("escape")
            assert pilot.app.screen is pilot.app.first


async def test_a_search_that_outlives_its_palette_ends_nothing(opened):
    # given a palette whose list is gone, as it is while it closes, when a search begins
    async with opened("wired", keys="ctrl+p") as pilot:
        palette = pilot.app.screen
        await palette.query_one(CommandList).remove()
        palette.answered = True
        palette.search("word")
        await pilot.pause(0.3)
        # then nothing comes of it
        assert pilot.app.fault is None
        assert pilot.app.is_running
