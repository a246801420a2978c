"""A sentence of one's own: what it begins with, and the model that knows its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from rnn_tui import shelf
from rnn_tui.edits import parse_edit
from rnn_tui.network.storage import load
from rnn_tui.scene import Reading
from rnn_tui.tui.dialogs.sentence import SentenceScreen, offer, reading_of
from tests.tui.screens import text

NAMES = load(Path(__file__).parents[2] / "models" / "names.safetensors")


async def typed(pilot, sentence):
    await pilot.press("e")
    pilot.app.screen.query_one(Input).value = sentence
    await pilot.pause()


async def test_a_model_that_knows_the_words_is_offered_and_one_key_reads_them_there(opened):
    async with opened("wired") as pilot:
        await typed(pilot, "cat slept")
        assert "attentive knows all of these words: tab reads them there" in text(pilot.app)
        await pilot.press("tab")

        assert pilot.app.first.state.reading == Reading("attentive", "cat slept")
        await pilot.press("u")
        assert pilot.app.first.state.model == "wired"


async def test_half_of_the_words_known_is_too_few(opened):
    async with opened("wired") as pilot:
        await typed(pilot, "the cat")
        assert "attentive knows all of these words" in text(pilot.app)
        await typed_again(pilot, "the dog and the cat")
        assert "tab" not in text(pilot.app)
        await pilot.press("tab")
        assert isinstance(pilot.app.screen, SentenceScreen)


async def typed_again(pilot, sentence):
    pilot.app.screen.query_one(Input).value = sentence
    await pilot.pause()


async def test_nothing_is_offered_where_no_model_knows_the_words(opened):
    async with opened("wired") as pilot:
        await typed(pilot, "quokka wombat")
        assert "reads them there" not in text(pilot.app)


async def test_the_sentence_is_read_in_the_open_model_with_enter_all_the_same(opened):
    async with opened("wired") as pilot:
        await typed(pilot, "cat slept")
        await pilot.press("enter")

        assert pilot.app.first.state.reading == Reading("wired", "cat slept")


async def test_no_vocabulary_of_the_shelf_is_read_before_a_sentence_is_typed(opened, monkeypatch):
    asked = []
    that_knows = shelf.that_knows
    monkeypatch.setattr(shelf, "that_knows", lambda *of: (asked.append(of[0]), that_knows(*of))[1])
    async with opened("wired", keys="right w m escape") as pilot:
        assert not asked
        await typed(pilot, "cat")
        assert asked


def test_an_offer_says_how_much_is_known():
    model = shelf.load("kicking-and-screaming")

    assert offer(shelf.Knowing("a", 1, 1), model) == "a knows this word: tab reads it there"
    assert offer(shelf.Knowing("a", 3, 4), model) == "a knows 3 of these 4 words: tab reads them there"


def test_another_model_reads_without_the_edits_of_this_one():
    reading = Reading("a", "x y", (parse_edit("forget"), parse_edit("drop 1")))

    assert reading_of("z", reading) == Reading("a", "z", (parse_edit("forget"),))
    assert reading_of(Reading("b", "z"), reading) == Reading("b", "z")


@pytest.mark.parametrize(("before", "after"), [("^Mar", "^Ann"), ("Mar", "Ann")])
async def test_typing_keeps_the_start_mark_that_a_text_begins_with(opened, before, after):
    async with opened(model=NAMES, text=before) as pilot:
        await pilot.press("e", "A", "n", "n", "enter")

        assert pilot.app.first.state.text == after


async def test_the_start_mark_can_be_taken_away(opened):
    async with opened(model=NAMES, text="^Mar") as pilot:
        await pilot.press("e", "A", "home", "delete", "enter")

        assert pilot.app.first.state.text == "A"
