"""The key g: the network writes on, and reads what it wrote."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.edits import MoveWord, ScaleMemory
from rnn_tui.network.tokens import CharacterTokenizer
from rnn_tui.scene import Position
from rnn_tui.tui.screen.keys import Shown
from rnn_tui.tui.walking.writing import TEMPERATURES, bolder, written_on
from tests.builders import build, scene_at, trace_of

LETTERS = ("^", "a", "b", "c")


def letters(**fields):
    """A next-character model: it says a, b, c or that the text ends."""
    made = build(readout="each", words=LETTERS, unknown=None, labels=("a", "b", "c", "<end>"), **fields)
    return replace(made, tokenizer=CharacterTokenizer(), provenance={"start": "^"})


def certain(label):
    """The same, but it is certain of what comes next."""
    model = letters()
    bias = np.full(4, -50, np.float32)
    bias[label] = 50
    return replace(model, fc=replace(model.fc, bias=bias))


def test_the_token_that_is_drawn_stands_at_the_end_and_is_read_next():
    trace = trace_of(certain(1), "^a")

    scene = written_on(scene_at(trace, 1, "check"), trace, np.random.default_rng())

    assert scene.text == "^ab"
    assert scene.position == Position(2, 0)


def test_a_text_without_the_start_token_gets_it_first():
    trace = trace_of(certain(2), "ab")

    scene = written_on(scene_at(trace, 0, "read"), trace, np.random.default_rng())

    assert scene.text == "^abc"
    assert scene.position == Position(3, 0)


def test_the_end_of_the_text_is_no_token():
    trace = trace_of(certain(3), "^ab")

    assert written_on(scene_at(trace, 0, "read"), trace, np.random.default_rng()) is None


def test_the_same_dice_write_the_same():
    trace = trace_of(letters(seed=4), "^ab")

    def written():
        rng = np.random.default_rng(7)
        return [written_on(scene_at(trace, 0, "read", temperature=1.0), trace, rng) for _ in range(12)]

    first = written()
    assert first == written()
    assert len({scene.text for scene in first if scene}) > 1


def test_a_temperature_of_0_writes_the_most_probable():
    trace = trace_of(letters(seed=4, scale=1.5), "^ab")
    shown = trace.values["probs"][-1]
    assert shown.argmax() != 3

    written = {
        written_on(scene_at(trace, 0, "read", temperature=0.0), trace, np.random.default_rng()).text for _ in range(5)
    }

    assert written == {"^ab" + "abc"[int(shown.argmax())]}


def test_the_temperatures_go_round():
    scene, seen = scene_at(trace_of(letters(), "^ab"), 0, "read"), []
    for _ in TEMPERATURES:
        scene = bolder(Shown(scene, None, None)).state
        seen.append(scene.temperature)

    assert sorted(seen) == list(TEMPERATURES)


async def test_g_writes_on_and_u_takes_it_back(opened, shelf_of):
    shelf_of(sure=certain(0))
    async with opened("sure", "^ab", model=certain(0), keys="g g") as pilot:
        main = pilot.app.first
        assert main.state.text == "^abaa"
        assert main.state.position == Position(4, 0)

        await pilot.press("u")
        assert main.state.text == "^aba"


@pytest.mark.parametrize("name", ["wired", "series"])
async def test_g_is_greyed_where_a_model_does_not_write(opened, name):
    async with opened(name) as pilot:
        assert not pilot.app.first.able("write")


def said(pilot):
    return pilot.app.said


async def test_the_end_and_the_temperature_are_said(opened, shelf_of):
    shelf_of(sure=certain(3))
    async with opened("sure", "^ab", model=certain(3), notifications=True, keys="g") as pilot:
        assert "ends “^ab” here" in said(pilot)[0]

        await pilot.press("G")
        assert said(pilot) == ["temperature 1: as it was learned"]


async def test_what_was_drawn_is_said_with_the_probability_on_the_screen(opened, shelf_of):
    shelf_of(sure=certain(0))
    async with opened("sure", "ab", model=certain(0), notifications=True, keys="g g") as pilot:
        assert said(pilot) == ["“a” was drawn; the network gave it 100%"]

    async with opened("sure", "ab", model=certain(0), notifications=True, keys="g") as pilot:
        assert said(pilot)[0].endswith("“^” now stands in front, where every text begins")


async def test_words_that_an_edit_changed_are_not_changed_again(opened, shelf_of):
    # given a text whose second letter an edit has moved to the end, in a network that is edited, too
    shelf_of(sure=certain(0))
    both = (MoveWord(1, 2), ScaleMemory(0.5))
    async with opened("sure", "^ab", model=certain(0)) as pilot:
        scene = pilot.app.first.state
        pilot.app.first.show(replace(scene, reading=replace(scene.reading, edits=both)))
        await pilot.pause()
        assert [token.text for token in pilot.app.first.computed.trace.tokens] == ["^", "b", "a"]
        # when it writes on
        await pilot.press("g")
        # then what is read is what was there, and one letter more
        assert [token.text for token in pilot.app.first.computed.trace.tokens] == ["^", "b", "a", "a"]
        assert pilot.app.first.state.edits == (ScaleMemory(0.5),)
