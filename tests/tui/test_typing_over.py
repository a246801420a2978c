"""A number on the screen is typed over: the value is held at its word, and everything after it follows."""

import shlex
from argparse import ArgumentParser

import numpy as np
import pytest
from textual.widgets import Input

from rnn_tui.cli.opening import open_scene
from rnn_tui.edits import DropWord, Hold, MoveWord, ReplaceWord, Silence
from rnn_tui.options.scenes import add_scene_arguments
from rnn_tui.tui.dialogs.hold import TypeOverScreen
from tests.network.test_holding import as_pytorch
from tests.tui.editing import ON, assert_shown_is_true, edits, pressed, story
from tests.tui.screens import click, lines, panel, place_of, text

SIZES = [(80, 24), (120, 36)]
LSTM = ("lstm", "the dog barked")
WRITE = {"at": (1, 3), "unit": 2, **ON}


def field(pilot):
    return pilot.app.screen.query_one(Input)


def value(pilot, name, unit, t):
    return pilot.app.first.computed.trace.values[name][t, unit]


def reopened(arguments):
    """The scene that a command opens."""
    parser = ArgumentParser()
    add_scene_arguments(parser)
    return open_scene(parser.parse_args(arguments))[0]


# By the keyboard


@pytest.mark.parametrize("size", SIZES)
async def test_h_types_over_the_number_at_work_and_undo_brings_it_back(opened, size):
    async with opened(*LSTM, size=size, **WRITE) as pilot:
        # given the write phase of an LSTM, with the cell of unit 3 on the screen
        before, scene = text(pilot.app), pilot.app.first.state
        shown = f"{value(pilot, 'c', 2, 1):.2f}".replace("-", "−")
        assert f"h hold cell {shown}" in panel(pilot.app, "what-if")
        # when it is typed over
        await pressed(pilot, "h")
        assert "Hold the cell of unit 3 at word 2, “dog”, at" in text(pilot.app)
        assert field(pilot).value == shown
        await pressed(pilot, *"-1.5")
        assert field(pilot).value == "-1.5"
        assert "all that comes after follows from it" in text(pilot.app)
        await pressed(pilot, "enter")
        # then it is held there, said, and what follows is computed from it
        assert edits(pilot) == (Hold("c", 2, -1.5, 1),)
        assert "the cell state of unit 3 held at −1.50 at word 2" in panel(pilot.app, "what-if")
        assert "h hold cell −1.50" in panel(pilot.app, "what-if")
        assert "−1.50" in panel(pilot.app, "phase-write")
        assert "With the cell state of unit 3 held at −1.50 at word 2" in story(pilot)
        assert "c_prev" in pilot.app.first.computed.trace.values
        assert value(pilot, "c_prev", 2, 2) == -1.5
        assert_shown_is_true(pilot)
        # and undo and redo are as for every edit
        await pressed(pilot, "u")
        assert (pilot.app.first.state, text(pilot.app)) == (scene, before)
        await pressed(pilot, "ctrl+r")
        assert edits(pilot) == (Hold("c", 2, -1.5, 1),)


@pytest.mark.parametrize("size", SIZES)
async def test_the_printed_command_opens_the_same_scene(opened, size):
    async with opened(*LSTM, size=size, keys="h 0 . 5 enter", **WRITE) as pilot:
        typed = shlex.split(shlex.join(pilot.app.first.command()))
        assert typed[typed.index("--edit") + 1] == "hold c[3] 0.5 at 2"
        assert reopened(typed) == pilot.app.first.state


@pytest.mark.parametrize("size", SIZES)
async def test_in_the_arithmetic_it_is_typed_over_as_well(opened, size):
    async with opened(*LSTM, size=size, arithmetic=True, **WRITE) as pilot:
        assert "h hold" in panel(pilot.app, "what-if")
        await pressed(pilot, "h", *"0.25", "enter")
        assert edits(pilot) == (Hold("c", 2, 0.25, 1),)
        assert "held at 0.25" in panel(pilot.app, "arithmetic")
        assert pilot.app.first.state.arithmetic


async def test_escape_leaves_it_as_it_was_and_so_does_enter_with_nothing_typed(opened):
    async with opened(*LSTM, **WRITE) as pilot:
        before = text(pilot.app)
        for keys in (("h", *"0.5", "escape"), ("h", "enter")):
            await pressed(pilot, *keys)
            assert (edits(pilot), text(pilot.app)) == ((), before)


async def test_typed_over_again_it_is_one_edit(opened):
    async with opened(*LSTM, **WRITE) as pilot:
        await pressed(pilot, "h", *"0.5", "enter", "h", *"0.75", "enter")
        assert edits(pilot) == (Hold("c", 2, 0.75, 1),)
        await pressed(pilot, "n")
        field(pilot).value = "hold c[3] 2 at 2"
        await pressed(pilot, "enter")
        assert edits(pilot) == (Hold("c", 2, 2.0, 1),)


@pytest.mark.parametrize("keys", [("delete",), ("backspace",), ("h", "backspace", "enter"), ("0",)])
async def test_it_is_let_go_in_the_same_place(opened, keys):
    async with opened(*LSTM, **WRITE) as pilot:
        before = text(pilot.app)
        await pressed(pilot, "h", *"0.5", "enter")
        assert edits(pilot)
        await pressed(pilot, *keys)
        assert (edits(pilot), text(pilot.app)) == ((), before)


async def test_a_gate_is_typed_in_per_cent_and_tab_goes_to_the_next(opened):
    async with opened(*LSTM, at=(1, 2), unit=2, **ON) as pilot:
        assert "h hold show" in panel(pilot.app, "what-if")
        await pressed(pilot, "h")
        seen = []
        for _ in range(4):
            await pressed(pilot, "tab")
            seen.append(next(line for line in lines(pilot.app) if "Hold the" in line).split(" of unit")[0])
        assert [said.split("Hold the ")[1] for said in seen] == ["write gate", "keep gate", "new value", "show gate"]
        await pressed(pilot, "tab", "tab")
        assert field(pilot).value == f"{100 * value(pilot, 'f', 2, 1):.0f}%"
        await pressed(pilot, *"25%", "enter")
        assert edits(pilot) == (Hold("f", 2, 0.25, 1),)
        # the one that is held is then the first, so that it can be let go
        assert "h hold keep 25%" in panel(pilot.app, "what-if")
        await pressed(pilot, "h", "backspace", "enter")
        assert edits(pilot) == ()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("much", "“much” is no number; type one such as 0.5"),
        ("1e99", "no value can be so large"),
        ("", "type a number, such as 0.5, or go back with esc"),
    ],
)
@pytest.mark.parametrize("size", SIZES)
async def test_what_can_not_be_held_says_why_and_stays_open(opened, typed, says, size):
    async with opened(*LSTM, size=size, **WRITE) as pilot:
        await pressed(pilot, "h")
        field(pilot).value = typed
        await pressed(pilot, "enter")
        assert isinstance(pilot.app.screen, TypeOverScreen)
        assert says in " ".join(text(pilot.app).split())
        assert edits(pilot) == ()


async def test_what_may_only_have_begun_is_no_fault_yet(opened):
    async with opened(*LSTM, **WRITE) as pilot:
        await pressed(pilot, "h", "minus")
        assert "is no number" not in text(pilot.app)
        await pressed(pilot, "enter")
        assert "“-” is no number" in text(pilot.app)


async def test_a_gate_is_not_opened_beyond_its_ends(opened):
    async with opened(*LSTM, at=(1, 2), unit=2, **ON) as pilot:
        await pressed(pilot, "h", *"50", "enter")
        assert "a gate goes from 0% to 100%" in text(pilot.app)
        await pressed(pilot, "percent_sign", "enter")
        assert edits(pilot) == (Hold("o", 2, 0.5, 1),)


async def test_nothing_of_a_silenced_unit_is_held(opened):
    async with opened(*LSTM, **WRITE) as pilot:
        await pressed(pilot, "o", "h", *"0.5", "enter")
        assert "unit 3 is silenced, so nothing of it can be held" in text(pilot.app)
        await pressed(pilot, "escape")
        assert edits(pilot) == (Silence(2),)


async def test_before_it_is_computed_it_can_be_held_unseen(opened):
    async with opened(at=(1, 2), unit=0, **ON) as pilot:
        assert "h hold memory   n" in panel(pilot.app, "what-if")  # and no number that is still to come
        await pressed(pilot, "h")
        assert (field(pilot).value, "it isn't computed yet at this word" in text(pilot.app)) == ("", True)
        await pressed(pilot, *"0.5", "enter")
        assert edits(pilot) == (Hold("h", 0, 0.5, 1),)


async def test_in_notation_it_is_called_by_its_letter(opened):
    async with opened(*LSTM, notation=True, **WRITE) as pilot:
        await pressed(pilot, "h")
        assert "Hold c[3] at word 2, “dog”, at" in text(pilot.app)


async def test_outside_the_mode_h_does_nothing(opened):
    async with opened(*LSTM, at=(1, 3)) as pilot:
        await pressed(pilot, "h")
        assert not isinstance(pilot.app.screen, TypeOverScreen)


# With the mouse


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_on_a_number_types_over_it(opened, size):
    async with opened(*LSTM, size=size, at=(1, 3), unit=0, **ON) as pilot:
        region = pilot.app.first.plan.regions["phase-write"]
        shown = f"{value(pilot, 'c', 2, 1):+.2f}".replace("-", "−")
        x, y = place_of(pilot.app, shown, region.y + 1)
        assert y < region.bottom
        await pilot.click(offset=(x + 2, y))
        await pressed(pilot)
        assert "Hold the cell of unit 3 at word 2" in text(pilot.app)
        await pressed(pilot, *"0.5", "enter")
        assert edits(pilot) == (Hold("c", 2, 0.5, 1),)
        assert pilot.app.first.state.unit == 2


async def test_a_click_on_its_entry_is_as_good_as_the_key(opened):
    async with opened(*LSTM, **WRITE) as pilot:
        await click(pilot, "hold cell")
        await pressed(pilot, *"0.5", "enter")
        assert edits(pilot) == (Hold("c", 2, 0.5, 1),)


async def test_outside_the_mode_a_click_on_a_number_picks_the_unit(opened):
    async with opened(*LSTM, at=(1, 3), unit=0) as pilot:
        shown = f"{value(pilot, 'c', 2, 1):+.2f}".replace("-", "−")
        await click(pilot, shown, pilot.app.first.plan.regions["phase-write"].y + 1)
        assert pilot.app.first.state.unit == 2
        assert not isinstance(pilot.app.screen, TypeOverScreen)


# It stays with its word


async def test_what_is_held_stays_with_its_word(opened):
    async with opened(*LSTM, at=(2, 3), unit=2, keys="h 0 . 5 enter", **ON) as pilot:
        held = [Hold("c", 2, 0.5, t) for t in range(3)]
        assert edits(pilot) == (held[2],)
        await pressed(pilot, "left_curly_bracket")
        assert edits(pilot) == (held[1], MoveWord(2, 1))
        await pressed(pilot, "home", "d")
        assert edits(pilot) == (held[0], MoveWord(2, 1), DropWord(0))
        assert [token.held != () for token in pilot.app.first.computed.trace.tokens] == [True, False]
        await pressed(pilot, "delete")  # the word comes back, and what was held is where it was
        assert edits(pilot) == (held[1], MoveWord(2, 1))
        await pressed(pilot, "2", "d")  # without its word it is let go
        assert edits(pilot) == (MoveWord(2, 1), DropWord(1))


async def test_another_word_in_its_place_holds_it(opened):
    async with opened(*LSTM, at=(1, 3), unit=2, keys="h 0 . 5 enter r", **ON) as pilot:
        await pressed(pilot, *"cat", "enter")
        assert edits(pilot) == (Hold("c", 2, 0.5, 1), ReplaceWord(1, "cat"))
        await pressed(pilot, "home", "i", *"not", "enter")
        assert edits(pilot)[0] == Hold("c", 2, 0.5, 2)
        assert_shown_is_true(pilot)


# All else follows


@pytest.mark.parametrize("lens", ["memory", "gradient", "recency", "path"])
async def test_every_lens_measures_it(opened, lens):
    async with opened(*LSTM, lens=lens, keys="h 0 . 5 enter", **WRITE) as pilot:
        assert edits(pilot)
        await pressed(pilot, "V")
        assert "can't" not in text(pilot.app)
        assert pilot.app.said == []


async def test_a_comparison_has_it_on_one_side(opened):
    async with opened(*LSTM, keys="h 0 . 5 enter c enter", size=(120, 36), **WRITE) as pilot:
        await pressed(pilot)
        assert "held at 0.50" in text(pilot.app)
        assert [reading.edits for reading in pilot.app.screen.state.readings] == [(Hold("c", 2, 0.5, 1),), ()]


@pytest.mark.parametrize(("name", "phase", "value_name"), [("wired", 3, "h"), ("gru", 4, "h"), ("lstm", 3, "c")])
async def test_what_follows_is_pytorchs_with_the_value_in_its_state(opened, name, phase, value_name):
    # given PyTorch's cell, which reads the same words, with the number written into its state
    async with opened(name, "the dog and the dog", at=(1, phase), unit=1, keys="h minus . 6 enter", **ON) as pilot:
        assert edits(pilot) == (Hold(value_name, 1, -0.6, 1),)
        trace = pilot.app.first.computed.trace
        np.testing.assert_allclose(trace.values["h"], as_pytorch(trace.model, trace.tokens), atol=1e-5)


async def test_what_follows_is_what_one_works_out_by_hand(opened):
    # given a verb's unit that passes on what it was, and to which “screaming” brings 0.9
    async with opened(at=(1, 3), unit=0, keys="h 0 . 5 enter", **ON) as pilot:
        assert edits(pilot) == (Hold("h", 0, 0.5, 1),)
        assert value(pilot, "h", 0, 1) == 0.5
        # then the next word makes of it tanh(0.9 + 0.5), and all before it is as it was
        assert value(pilot, "h", 0, 2) == pytest.approx(np.tanh(1.4), abs=1e-6)
        computed = pilot.app.first.computed
        np.testing.assert_array_equal(computed.trace.values["h"][0], computed.before.values["h"][0])
