"""Help and the command palette: every key in its group, under the sign that it has."""

import pytest

from rnn_tui.scene import Position
from rnn_tui.settings import Settings
from rnn_tui.shelf import load
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.dialogs.help import HelpScreen
from rnn_tui.tui.walking.keys import KEYS
from tests.tui.conftest import app_of
from tests.tui.screens import lines, text


async def test_help_has_every_key(opened):
    async with opened(size=(120, 90), keys="question_mark") as pilot:
        shown = text(pilot.app)

        assert isinstance(pilot.app.screen, HelpScreen)
        for key in KEYS:
            assert (key.help in shown) == bool(key.listed and key.keys and not key.mode)
        assert "1 … 9" in shown
        assert "one word at a time" in shown


@pytest.mark.parametrize(
    ("model", "sentence", "whole", "unit"),
    [("names", "anna", "text", "character"), ("sunspots", "1 2", "series", "number")],
)
async def test_help_calls_what_is_read_what_it_is(model, sentence, whole, unit):
    app = app_of(model, sentence, model=load(model))
    async with app.run_test(size=(120, 90)) as pilot:
        await pilot.press("question_mark")
        shown = text(app)
        assert f"An RNN reads a {whole} one {unit} at a time." in shown
        assert f"the last {unit}" in " ".join(line.strip("┃│ ") for line in shown.splitlines())
        assert "one word at a time" not in shown


@pytest.mark.parametrize("key", ["escape", "question_mark", "q", "enter"])
async def test_help_is_closed_by_the_usual_keys(opened, key):
    async with opened(keys=f"question_mark {key}") as pilot:
        assert pilot.app.screen is pilot.app.first
        assert pilot.app.return_value is None


async def test_help_has_the_keys_of_a_mode_in_that_mode_alone(opened):
    async with opened(size=(120, 90), keys="x question_mark") as pilot:
        shown = text(pilot.app)

        for key in KEYS:
            assert (key.help in shown) == bool(key.listed and key.keys and key.mode in ("", "what-if")), key.id


async def test_help_prints_the_signs_of_keys_and_no_names(opened):
    async with opened(size=(120, 90), keys="x question_mark") as pilot:
        shown = [line.rsplit("┃", 2)[1].split("  ")[1] for line in lines(pilot.app) if line.count("┃") >= 2]
        printed = [sign for sign in shown if sign]

        assert {"→ PageDown", "?", "{", "}", ",", ".", "[", "↑", "esc", "del"} <= set(printed)
        assert not [sign for sign in printed if "_" in sign or sign in ("comma", "right", "escape")]


async def test_where_help_does_not_fit_one_group_is_open_and_the_next_is_one_key_away(opened):
    async with opened(size=(80, 24), keys="question_mark") as pilot:
        heads = "Walk    Look    Change    Compare    Teach    More"
        assert heads in text(pilot.app)
        assert "Next word, same phase" in text(pilot.app)
        assert "Where every number comes from" not in text(pilot.app)

        await pilot.press("right")
        await pilot.pause()
        assert heads in text(pilot.app)
        assert "Where every number comes from" in text(pilot.app)
        assert "Next word, same phase" not in text(pilot.app)

        await pilot.press("left", "left")
        await pilot.pause()
        assert "Click a word" in text(pilot.app)


async def test_help_can_be_scrolled_where_it_is_small(opened):
    async with opened(size=(60, 18), keys="question_mark shift+tab end") as pilot:
        assert "Click a word" in text(pilot.app)


async def test_keys_of_ones_own_are_printed_in_help_footer_and_palette(models):
    app = app_of("wired")
    app = RnnApp(app.first, settings=Settings(keys={"next": ".", "more": "f2", "back-word": "N", "help": "H"}))
    async with app.run_test(size=(160, 90)) as pilot:
        assert "w N word" in text(app)
        assert ". ← step" in text(app)
        assert "H help" in text(app)
        entries = {command.title: command for command in app.get_system_commands(app.screen)}
        assert entries["Walk: Next phase (a clicker's PageDown, too)"].help == "key ."
        await pilot.press("full_stop")
        assert app.first.state.position == Position(0, 1)
        await pilot.press("H")
        assert [line for line in lines(app) if "  .  " in line and "Next phase" in line]


async def test_the_command_palette_has_an_entry_for_each_key_that_can_be_used(opened):
    async with opened(at=(1, 1)) as pilot:
        entries = {command.title: command for command in pilot.app.get_system_commands(pilot.app.screen)}

        for key in KEYS:
            named = f"{key.group}: {key.help}"
            assert (named in entries) == (key.listed and pilot.app.first.able(key.id)), key.id
        assert "Theme" in entries

        await entries["Walk: To the final answer"].callback()
        assert pilot.app.first.state.position == Position(2, 4)


async def test_a_command_is_found_by_typing(opened):
    async with opened(keys="ctrl+p") as pilot:
        await pilot.press(*"final answer")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.1)

        assert pilot.app.first.state.position == Position(2, 4)


async def test_over_another_screen_the_palette_has_only_textuals_own(opened):
    async with opened(keys="question_mark") as pilot:
        titles = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}

        assert not titles & {f"{key.group}: {key.help}" for key in KEYS}
