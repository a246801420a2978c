"""What is set is so in the program, on every screen; what can't be so is refused by the name of its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import OptionList

from rnn_tui.network.errors import UserError
from rnn_tui.settings import Settings
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.comparing.screen import CompareScreen
from rnn_tui.tui.screen.playing import NORMAL, SECONDS
from rnn_tui.tui.theme import DARK
from tests.tui.conftest import app_of

FILE = Path("my.toml")


def app_with(clock=None, **settings):
    """The app with settings that were read from a file."""
    first = app_of("wired", clock=clock).first
    return RnnApp(first, settings=Settings(**settings, origins=dict.fromkeys(settings, FILE)))


async def test_theme_keys_and_pace_are_those_that_are_set(models, clock):
    app = app_with(clock, theme="projector", keys={"next": "N"}, pace=2)
    async with app.run_test() as pilot:
        await pilot.press("N", "space")
        assert app.theme == "projector"
        assert app.first.state.position.phase == 1
        assert [alarm.seconds for alarm in clock.running] == [2.0]


async def test_without_settings_all_is_as_it_was(models):
    app = app_of("wired")
    async with app.run_test():
        assert app.theme == DARK.name
        assert app.first.player.seconds == SECONDS[NORMAL]


async def test_a_screen_that_is_opened_over_another_has_the_same_settings(models):
    app = app_with(pace=3, notation=True)
    async with app.run_test() as pilot:
        await pilot.press("plus", "c")
        app.screen.query_one(OptionList).highlighted = 2
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CompareScreen)
        assert app.screen.settings is app.first.settings
        assert app.screen.player.seconds == 2.0  # faster than what is set, as it was made


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"theme": "neon"}, r"^my\.toml: no theme is called “neon”; there are .*projector"),
        ({"pace": 1.5}, r"^my\.toml: no pace of 1\.5 seconds a phase; there are 3, 2, 1\.4, 1, 0\.7, 0\.45, 0\.3$"),
        ({"pace": float("nan")}, r"^my\.toml: no pace of nan seconds a phase; there are 3, "),
        ({"keys": {"nexxt": "n"}}, r"^my\.toml: no key “nexxt”; there are .*next"),
        ({"keys": {"next": 3}}, r"^my\.toml: next can't be 3; write such as next = "),
    ],
)
def test_what_there_is_not_is_refused_by_the_name_of_the_file(models, settings, said):
    with pytest.raises(UserError, match=said):
        app_with(**settings)


async def test_the_command_of_a_view_opens_words_alone_although_notation_is_set(models):
    app = app_with(notation=True)
    async with app.run_test():
        assert app.first.reopening() == [*app.first.command(), "--no-notation"]
        app.first.show(replace(app.first.state, notation=True))
        assert app.first.reopening() == app.first.command()
