"""The screens that are put over the main one, and what comes of them."""

import xml.etree.ElementTree as ET

import pytest
from textual.widgets import Input, OptionList

from rnn_tui.scene import DEFAULT_TEXT, Position, Reading
from rnn_tui.traces import MOST_TRACES
from rnn_tui.tui.dialogs.models import ModelsScreen
from rnn_tui.tui.dialogs.sentence import SentenceScreen
from tests.builders import build
from tests.tui.models import MODELS
from tests.tui.screens import lines, text


async def typed(pilot, sentence):
    """Open the input and type."""
    await pilot.press("e")
    pilot.app.screen.query_one(Input).value = sentence
    await pilot.pause()


# The learner's own sentence


async def test_a_sentence_of_ones_own_is_read_from_its_start(opened):
    async with opened(at=(2, 3), unit=1, notation=True) as pilot:
        await pilot.press("e", *"dog", "space", *"and", "enter")

        scene = pilot.app.first.state
        assert (scene.text, scene.position, scene.unit, scene.notation) == ("dog and", Position(0, 0), 1, True)
        assert "word 1 of 2" in lines(pilot.app)[0]


async def test_the_input_starts_with_the_sentence_and_typing_replaces_it(opened):
    async with opened(keys="e") as pilot:
        field = pilot.app.screen.query_one(Input)

        assert field.value == "Kicking and screaming"
        assert field.selected_text == "Kicking and screaming"
        assert "Your words for wired" in text(pilot.app)
        assert "3 words, all of them known" in text(pilot.app)


async def test_unknown_words_are_said_while_one_types_and_marked_when_read(opened):
    async with opened() as pilot:
        await typed(pilot, "kickin and screaming")
        shown = " ".join(text(pilot.app).split())
        assert "“kickin” is unknown to this model, it reads <unk>" in shown
        assert "kicking" in shown.split("nearest")[1]

        await pilot.press("enter")

        assert "kickin?" in text(pilot.app)


async def test_many_unknown_words_are_counted(opened):
    async with opened() as pilot:
        await typed(pilot, "aa bb cc dd ee aa")

        assert "… and 2 more unknown" in text(pilot.app)


async def test_a_sentence_of_unknown_words_alone_works(opened):
    async with opened() as pilot:
        await typed(pilot, "xyzzy")
        await pilot.press("enter", "end")

        assert pilot.app.first.state.text == "xyzzy"
        assert "%" in text(pilot.app)


@pytest.mark.parametrize("sentence", ["", "   "])
async def test_an_empty_sentence_is_not_read_and_this_is_said(opened, sentence):
    async with opened() as pilot:
        await typed(pilot, sentence)
        await pilot.press("enter")

        assert isinstance(pilot.app.screen, SentenceScreen)
        assert "the sentence is empty" in text(pilot.app)


async def test_what_is_no_number_is_said(opened):
    async with opened("series") as pilot:
        await typed(pilot, "1 2 three")
        assert "“three” is no number" in text(pilot.app)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, SentenceScreen)

        await typed_again(pilot, "1 2 -3")
        assert "3 numbers, all of them known" in text(pilot.app)
        await pilot.press("enter")

        assert pilot.app.first.state.text == "1 2 -3"


async def typed_again(pilot, sentence):
    pilot.app.screen.query_one(Input).value = sentence
    await pilot.pause()


async def test_escape_leaves_everything_as_it_was(opened):
    async with opened(at=(1, 3), keys="down") as pilot:
        before, scene = text(pilot.app), pilot.app.first.state
        await typed(pilot, "something else")
        await pilot.press("escape")

        assert text(pilot.app) == before
        assert pilot.app.first.state == scene
        assert not pilot.app.first.timeline.can_undo


async def test_one_can_type_the_letters_that_are_keys(opened):
    async with opened(keys="e") as pilot:
        await pilot.press(*"qmtps", "enter")

        assert pilot.app.first.state.text == "qmtps"


# The shelf


async def test_the_shelf_has_every_model_with_its_facts(opened):
    async with opened(size=(120, 40), keys="m") as pilot:
        shown = text(pilot.app)

        for name, model in MODELS.items():
            assert name in shown
            assert model.title in shown
        assert "Elman tanh, 3 units" in shown
        assert "right on 90 of 100 sentences" in shown
        assert "Three hidden units wired by hand" in shown
        assert "“Kicking and screaming”" in shown
        assert "Mostly verbs, so Negative." in shown


async def test_the_shelf_starts_at_the_model_that_is_open(opened):
    async with opened("sixteen", keys="m") as pilot:
        screen = pilot.app.screen

        assert screen.listed[screen.query_one("#models", OptionList).highlighted].name == "sixteen"
        assert "Any five words." in text(pilot.app)


async def test_a_model_is_opened_on_its_first_sentence(opened):
    async with opened("wired", notation=True, hidden=True, keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        pilot.app.screen.query_one("#models", OptionList).highlighted = names.index("sixteen")
        await pilot.press("enter")

        scene = pilot.app.first.state
        assert (scene.model, scene.text) == ("sixteen", "the dog barked and slept")
        assert (scene.notation, scene.hidden) == (True, True)
        assert "16 hidden units" in lines(pilot.app)[0]


async def test_a_sentence_of_the_shelf_is_opened(opened):
    async with opened("wired", keys="m tab down enter") as pilot:
        assert pilot.app.first.state.text == "the dog and the sunshine"


async def test_left_and_right_go_between_models_and_sentences(opened):
    async with opened("wired", keys="m right") as pilot:
        assert pilot.app.focused.id == "sentences"
        await pilot.press("left")
        assert pilot.app.focused.id == "models"


async def test_escape_closes_the_shelf(opened):
    async with opened(at=(1, 1), keys="m down escape") as pilot:
        assert pilot.app.screen is pilot.app.first
        assert pilot.app.first.state.model == "wired"


async def test_a_model_without_sentences_is_opened_on_the_articles_own(opened, models):
    from rnn_tui.network.storage import save

    save(build(examples=(), title="Bare"), models / "bare.safetensors")
    async with opened(keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        pilot.app.screen.query_one("#models", OptionList).highlighted = names.index("bare")
        await pilot.press("enter")

        assert pilot.app.first.state.text == DEFAULT_TEXT


async def test_a_file_that_is_no_model_is_left_out_of_the_shelf(opened, models):
    (models / "broken.safetensors").write_bytes(b"nothing")
    async with opened(keys="m") as pilot:
        assert "broken" not in {entry.name for entry in pilot.app.screen.listed}


async def test_an_empty_shelf_can_be_looked_at(opened, models):
    for path in models.iterdir():
        path.unlink()
    async with opened(keys="m enter tab enter") as pilot:
        assert isinstance(pilot.app.screen, ModelsScreen)
        await pilot.press("escape")
        assert pilot.app.screen is pilot.app.first


async def test_a_model_that_has_gone_is_said_and_nothing_changes(opened, models):
    async with opened("wired", keys="m", notifications=True) as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        (models / "sixteen.safetensors").unlink()
        pilot.app.screen.query_one("#models", OptionList).highlighted = names.index("sixteen")
        await pilot.press("enter")

        assert pilot.app.first.state.model == "wired"
        assert "no model is called" in " ".join(text(pilot.app).split())


@pytest.mark.parametrize("other", ["lstm", "gru", "many", "series", "attentive"])
async def test_another_kind_of_network_has_its_own_panels(opened, other):
    async with opened("wired", keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        pilot.app.screen.query_one("#models", OptionList).highlighted = names.index(other)
        await pilot.press("enter")
        main = pilot.app.first

        assert main.state.model == other
        assert {f"phase-{phase.name}" for phase in MODELS[other].phases} <= {child.id for child in main.children}
        await pilot.press("end")
        assert "3 Check" in lines(pilot.app)[0]

        await pilot.press("u")
        assert main.state.model == "wired"
        assert "2 Add" in text(pilot.app)


# Undo and redo


async def test_undo_and_redo_go_through_sentences_and_keep_the_position(opened):
    async with opened(keys="w right") as pilot:
        await typed(pilot, "dog and dog")
        await pilot.press("enter", "end")
        await pilot.press("u")
        first = pilot.app.first.state
        await pilot.press("ctrl+r")
        second = pilot.app.first.state

        assert (first.text, first.position) == ("Kicking and screaming", Position(1, 1))
        assert (second.text, second.position) == ("dog and dog", Position(2, 4))
        assert not pilot.app.first.able("redo")


async def test_undo_of_a_model_that_has_gone_stays_where_it_is(opened, models):
    async with opened(keys="m", notifications=True) as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        pilot.app.screen.query_one("#models", OptionList).highlighted = names.index("sixteen")
        await pilot.press("enter")
        (models / "wired.safetensors").unlink()
        first = pilot.app.first
        for n in range(MOST_TRACES):  # nor is its trace kept any longer
            first.traces.keep(Reading("sixteen", f"{n}"), first.computed.trace)
        await pilot.press("u")

        assert pilot.app.first.state.model == "sixteen"
        assert pilot.app.first.able("undo")


# A picture of the screen


async def test_a_picture_is_saved_where_one_started_and_this_is_said(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with opened(at=(2, 2), notifications=True) as pilot:
        for _ in range(2):
            await pilot.press("s", "enter")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        files = sorted(path.name for path in tmp_path.glob("*.svg"))

        assert files == ["rnn-tui-wired-3-add-2.svg", "rnn-tui-wired-3-add.svg"]
        assert "saved" in text(pilot.app)
    svg = (tmp_path / files[1]).read_text(encoding="utf-8")
    assert "screaming" in "".join(ET.fromstring(svg).itertext())
