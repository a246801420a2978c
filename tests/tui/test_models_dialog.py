"""The list of models: names that one types, figures that a class understands."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from rnn_tui import shelf
from rnn_tui.scene import Reading
from rnn_tui.tui.dialogs.models import facts, letters
from tests.builders import build
from tests.tui.screens import lines, text

SHIPPED = Path(__file__).parents[2] / "models"


async def test_a_model_is_listed_under_the_name_that_one_types(opened, models, monkeypatch):
    monkeypatch.setattr(shelf, "folders", lambda: [SHIPPED, models])
    async with opened(size=(110, 80), keys="m") as pilot:
        shown = text(pilot.app)

        for name in shelf.paths():
            assert name in shown
        assert "sentiment-lstm         right on 83 of 100 sentences it never saw" in shown
        assert "Sentiment, LSTM" not in shown  # the same letters say nothing new
        assert "sixteen                Sixteen units" in shown


async def test_the_figures_fit_into_one_line_each_at_80_cells(opened, models, monkeypatch):
    monkeypatch.setattr(shelf, "folders", lambda: [SHIPPED])
    async with opened(size=(80, 60), keys="m") as pilot:
        options = [line for line in lines(pilot.app) if any(said in line for said in (" of 100 ", " of 80 ", "off by"))]

        assert len(options) == len(shelf.paths()) - 1  # all but that in bits
        assert all(any(name in line for name in shelf.paths()) for line in options)
        assert any("off by 0.3836 °C on average, in months it never saw" in line for line in options)


async def test_what_is_picked_is_opened_under_its_name(opened):
    async with opened("wired", keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        pilot.app.screen.query_one("#models", OptionList).highlighted = names.index("gru")
        await pilot.press("enter")

        assert pilot.app.first.state.reading == Reading("gru", "the dog barked and slept")


def test_the_facts_of_a_model_are_its_network_and_its_size(shelf_of):
    shelf_of(one=build("gru", None, hidden=1))
    (entry,) = shelf.listing()

    assert facts(entry) == f"GRU, 1 unit, {entry.size / 1000:.0f} kB."


def test_two_spellings_of_a_name_have_the_same_letters():
    assert letters("Sentiment, LSTM") == letters("sentiment-lstm")
    assert letters("El Niño") == letters("el-nino")
    assert letters("Sixteen units") != letters("sixteen")
