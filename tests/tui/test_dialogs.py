"""What holds for every dialog: it closes once, and can be moved through in a window of any size."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input, OptionList

from rnn_tui.tui.dialogs.models import ModelsScreen
from rnn_tui.tui.dialogs.palette import Palette
from rnn_tui.tui.dialogs.sentence import MOST_PASTED
from rnn_tui.tui.walking.screen import WalkScreen
from tests.tui.models import MODELS
from tests.tui.screens import text


async def sent(pilot, *keys):
    """Press keys that arrive in one read: the program looks at the second before it has done the first."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause()
    await pilot.pause(0.05)


@pytest.mark.parametrize("opens", ["m", "c"])
async def test_whys_of_sentences_which_tell_the_answer_wait_for_the_guess(opened, opens):
    whys = [example.why for example in MODELS["wired"].examples]
    texts = [example.text for example in MODELS["wired"].examples]
    for hidden in (False, True):
        async with opened("wired", hidden=hidden, size=(120, 50)) as pilot:
            await pilot.press(opens)
            await pilot.pause()
            shown = text(pilot.app)
            assert texts[1] in shown
            assert (whys[1] in shown) is not hidden


@pytest.mark.parametrize("opens", [["m"], ["c"], ["m", "tab"], ["?"], ["x", "n"], ["e"]], ids=" ".join)
@pytest.mark.parametrize("closes", ["enter", "escape"])
async def test_two_keys_at_once_close_a_dialog_once(opened, opens, closes):
    # given a dialog
    async with opened("wired") as pilot:
        await pilot.press(*opens)
        assert not isinstance(pilot.app.screen, WalkScreen)
        if opens == ["x", "n"]:
            pilot.app.screen.query_one(Input).value = "scale-memory 0.5"
        # when two keys that close it come together, then it is closed, and what is below it is not
        await sent(pilot, closes, closes, closes)
        assert pilot.app.is_running
        assert pilot.app.first in pilot.app.screen_stack
        assert pilot.app.fault is None


async def test_the_first_answer_counts(opened):
    async with opened("wired") as pilot:
        await pilot.press("e")
        pilot.app.screen.query_one(Input).value = "the cat"
        await sent(pilot, "enter", "enter")
        assert pilot.app.screen is pilot.app.first
        assert pilot.app.first.state.text == "the cat"
        await pilot.press("u")
        assert not pilot.app.first.timeline.can_undo


async def test_closing_a_comparison_twice_leaves_the_first_screen(opened):
    async with opened("wired") as pilot:
        await pilot.press("c")
        await pilot.press("enter")
        await pilot.pause()
        await sent(pilot, "escape", "escape", "escape")
        assert pilot.app.first in pilot.app.screen_stack
        assert pilot.app.is_running


async def test_the_palette_runs_a_command_once(opened):
    async with opened("wired") as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(pilot.app.screen, Palette)
        pilot.app.screen.query_one(Input).value = "Next phase"
        await pilot.pause(0.5)
        before = pilot.app.first.state.position
        await sent(pilot, "enter", "enter", "enter")
        await pilot.pause(0.2)
        assert pilot.app.screen is pilot.app.first
        assert pilot.app.first.state.position.phase == before.phase + 1


@pytest.mark.parametrize("opens", [["m"], ["c"], ["?"], ["e"], ["ctrl+p"]], ids=" ".join)
async def test_every_key_in_a_window_of_any_size(opened, opens):
    async with opened("wired") as pilot:
        await pilot.press(*opens)
        for size in [(80, 8), (80, 1), (6, 24), (1, 1), (4, 30)]:
            await pilot.resize_terminal(*size)
            keys = ("pageup", "pagedown", "home", "end", "up", "down", "tab", "pageup", "pagedown", "a", "left")
            await sent(pilot, *keys)
            assert pilot.app.fault is None
        assert pilot.app.is_running


async def test_a_list_that_has_no_line_goes_one_on(opened):
    async with opened("wired") as pilot:
        await pilot.press("m")
        models = pilot.app.screen.query_one("#models", OptionList)
        await pilot.press("home")
        await pilot.resize_terminal(80, 8)
        await pilot.press("pagedown")
        assert models.highlighted > 0
        await pilot.press("pageup")
        assert models.highlighted == 0


# Pastes


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("two\nlines", "two lines"),
        ("two\r\n\r\n  lines\t\n", "two lines"),
        ("old\rline ends\r", "old line ends"),
        (" one  line ", " one  line "),
        ("\n", ""),
        ("", ""),
    ],
)
async def test_a_paste_has_all_lines_with_a_space_between(opened, pasted, read):
    async with opened("wired") as pilot:
        await pilot.press("e")
        field = pilot.app.screen.query_one(Input)
        field.value = ""
        pilot.app.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.value == read


async def test_a_paste_stands_where_the_cursor_was_and_replaces_what_was_chosen(opened):
    async with opened("wired") as pilot:
        await pilot.press("e")
        field = pilot.app.screen.query_one(Input)
        field.value = "the end"
        field.cursor_position = 4
        pilot.app.post_message(events.Paste("good\nold "))
        await pilot.pause()
        assert field.value == "the good oldend"
        field.select_all()
        pilot.app.post_message(events.Paste("dog"))
        await pilot.pause()
        assert field.value == "dog"


async def test_of_a_paste_that_is_too_long_the_beginning_is_taken(opened):
    async with opened("wired") as pilot:
        await pilot.press("e")
        field = pilot.app.screen.query_one(Input)
        pilot.app.post_message(events.Paste("dog " * 50_000))
        await pilot.pause()
        assert field.value == "dog " * (MOST_PASTED // 4)


# What is opened over a dialog before it closes


async def test_a_dialog_that_closes_closes_itself_and_what_is_over_it(opened):
    # given a dialog, and a palette that was opened over it before the dialog looked at its own key
    async with opened("wired") as pilot:
        await pilot.press("e")
        pilot.app.screen.query_one(Input).value = "the cat"
        dialog = pilot.app.screen
        await pilot.press("ctrl+p")
        assert isinstance(pilot.app.screen, Palette)
        # when the dialog gives its answer
        dialog.dismiss("the cat")
        await pilot.pause(0.1)
        # then it is the dialog's, and both are gone
        assert pilot.app.screen is pilot.app.first
        assert pilot.app.first.state.text == "the cat"


@pytest.mark.parametrize("opens", [["m"], ["c"], ["e"], ["S"], ["x", "n"], ["x", "enter"]], ids=" ".join)
@pytest.mark.parametrize("together", [["enter", "ctrl+p"], ["ctrl+p", "enter"], ["escape", "ctrl+p", "enter"]])
async def test_a_key_that_closes_and_the_palette_at_once_leave_nothing_open_for_ever(opened, opens, together):
    async with opened("wired") as pilot:
        await pilot.press(*opens)
        await sent(pilot, *together, "ctrl+p", *together)
        await pilot.pause(0.1)
        for _ in range(3):
            if len(pilot.app.screen_stack) > 1:
                await pilot.press("escape")
                await pilot.pause(0.05)
        assert pilot.app.screen_stack == [pilot.app.first]
        assert pilot.app.fault is None


async def test_a_dialog_that_is_closed_before_it_is_there_closes_then(opened):
    async with opened("wired") as pilot:
        dialog = ModelsScreen("wired")
        pilot.app.push_screen(dialog)
        dialog.dismiss()
        assert not dialog.answered
        await pilot.pause(0.2)
        assert pilot.app.screen is pilot.app.first
        dialog.dismiss()
        assert pilot.app.screen is pilot.app.first


async def test_there_is_one_palette(opened):
    async with opened("wired") as pilot:
        await sent(pilot, "ctrl+p", "ctrl+p", "ctrl+p")
        assert len(pilot.app.screen_stack) == 2
        await pilot.press("escape")
        await sent(pilot, "ctrl+p", "escape", "ctrl+p", "escape")
        await pilot.pause(0.1)
        assert pilot.app.fault is None


async def test_a_sentence_is_read_in_the_model_that_it_was_listed_for(opened):
    # given the list of one model's sentences, when another model comes under the cursor before the choice is looked at
    async with opened("wired") as pilot:
        await pilot.press("m")
        models = pilot.app.screen.query_one("#models", OptionList)
        sentences = pilot.app.screen.query_one("#sentences", OptionList)
        listed = models.get_option_at_index(models.highlighted)
        first = sentences.get_option_at_index(0)
        sentences.post_message(OptionList.OptionSelected(sentences, first, 0))
        models.highlighted = (models.highlighted + 1) % models.option_count
        await pilot.pause(0.1)
        # then it is that model's all the same
        assert pilot.app.screen is pilot.app.first
        assert pilot.app.first.state.model == "wired"
        assert "wired" in str(listed.prompt)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("left left 9", "912"),
        ("backspace 3", "13"),
        ("home 0 end 5", "0125"),
        ("ctrl+u 7", "7"),
        ("left delete 8", "18"),
    ],
)
async def test_keys_that_come_together_are_obeyed_in_their_order(opened, typed, value):
    # given a field, when keys that move in it and keys that write arrive at once
    async with opened("wired", keys="e") as pilot:
        field = pilot.app.screen.query_one(Input)
        field.value, field.cursor_position = "12", 2
        for key in typed.split():
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        # then each finds what the one before it has left
        assert field.value == value
