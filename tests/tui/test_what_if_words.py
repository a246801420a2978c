"""The what-if mode: words are changed, edits and weights are typed and picked."""

import pytest
from textual.widgets import Input

from rnn_tui.edits import (
    DropWord,
    Forget,
    InsertWord,
    MoveWord,
    ReplaceWord,
    ScaleMemory,
    SetParameter,
)
from rnn_tui.scene import Position
from rnn_tui.tui.dialogs.prompt import PromptScreen
from rnn_tui.tui.panels.arithmetic import ArithmeticPanel
from tests.tui.editing import ON, assert_shown_is_true, edits, picked, pressed
from tests.tui.models import MODELS
from tests.tui.screens import click, lines, panel, text

# The words


async def test_r_reads_another_word_here(opened):
    async with opened(at=(2, 3), **ON) as pilot:
        await pressed(pilot, "r")
        assert pilot.app.screen.query_one(Input).value == "screaming"
        await pressed(pilot, *"dog", "enter")

        assert edits(pilot) == (ReplaceWord(2, "dog"),)
        assert [token.surface for token in pilot.app.first.computed.trace.tokens] == ["Kicking", "and", "dog"]
        assert pilot.app.first.state.position == Position(2, 3)


async def test_i_puts_a_word_before_this_one(opened):
    async with opened(at=(2, 3), **ON) as pilot:
        await pressed(pilot, "i", *"dog", "enter")

        assert edits(pilot) == (InsertWord(2, "dog"),)
        assert [token.surface for token in pilot.app.first.computed.trace.tokens] == [
            "Kicking",
            "and",
            "dog",
            "screaming",
        ]


@pytest.mark.parametrize("key", ["r", "i"])
async def test_what_is_no_single_word_is_said_and_not_done(opened, key):
    async with opened(**ON) as pilot:
        await pressed(pilot, key, *"two", "space", *"words", "enter")

        assert isinstance(pilot.app.screen, PromptScreen)
        assert "is 2 words to" in text(pilot.app)
        await pressed(pilot, "escape")
        assert edits(pilot) == ()


async def test_what_is_no_number_is_said_where_numbers_are_read(opened):
    async with opened("series", **ON) as pilot:
        await pressed(pilot, "r", *"three", "enter")
        assert "“three” is no number" in text(pilot.app)
        await pressed(pilot, *["backspace"] * 5, *"2.5", "enter")

        assert edits(pilot) == (ReplaceWord(0, "2.5"),)


async def test_a_prompt_without_a_word_does_nothing(opened):
    async with opened(**ON) as pilot:
        await pressed(pilot, "i", "enter")
        assert isinstance(pilot.app.screen, PromptScreen)
        await pressed(pilot, "escape")

        assert edits(pilot) == ()
        assert not pilot.app.first.timeline.can_undo


async def test_d_drops_the_word_and_stays_inside_the_sentence(opened):
    async with opened(at=(2, 1), **ON) as pilot:
        await pressed(pilot, "d")
        assert (edits(pilot), pilot.app.first.state.position) == ((DropWord(2),), Position(1, 1))
        await pressed(pilot, "home", "d")

        assert [token.surface for token in pilot.app.first.computed.trace.tokens] == ["and"]


async def test_braces_move_the_word_and_go_with_it(opened):
    async with opened(at=(1, 2), **ON) as pilot:
        await pressed(pilot, "right_curly_bracket")
        assert (edits(pilot), pilot.app.first.state.position) == ((MoveWord(1, 2),), Position(2, 2))
        await pressed(pilot, "left_curly_bracket", "left_curly_bracket")

        assert pilot.app.first.state.position == Position(0, 2)
        assert [token.surface for token in pilot.app.first.computed.trace.tokens] == ["and", "Kicking", "screaming"]


async def test_another_sentence_keeps_the_edits_of_the_network_and_another_model_none(opened):
    async with opened(at=(2, 1), **ON) as pilot:
        await pressed(pilot, "d", "f", "e", *"dog", "enter")
        assert edits(pilot) == (Forget(),)

        await pressed(pilot, "m", "enter")
        assert edits(pilot) == ()


# What is typed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("scale-memory 0.25", ScaleMemory(0.25)),
        ("set weight_hh[1,2] −0.5", SetParameter("weight_hh", (0, 1), -0.5)),
        ("move 3 1", MoveWord(2, 0)),
    ],
)
async def test_n_takes_any_edit(opened, typed, expected):
    async with opened(keys="n", **ON) as pilot:
        pilot.app.screen.query_one(Input).value = typed
        await pressed(pilot, "enter")

        assert edits(pilot) == (expected,)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("silense 3", "did you mean silence?"),
        ("silence 4", "the model has 3 hidden units, so 1 to 3"),
        ("set weight_hh[1,9] 2", "weight_hh is 3 × 3, counted from 1"),
        ("scale-memory -1", "it takes a number of 0 or above"),
        ("word 9 dog", "there is no word 9 here, only 1 to 3"),
    ],
)
async def test_an_edit_that_is_none_says_why_and_stays_open(opened, typed, says):
    async with opened(keys="n", **ON) as pilot:
        pilot.app.screen.query_one(Input).value = typed
        await pressed(pilot, "enter")

        assert isinstance(pilot.app.screen, PromptScreen)
        assert says in " ".join(text(pilot.app).split())
        await pressed(pilot, "escape")
        assert edits(pilot) == ()


async def test_setting_a_weight_again_replaces_what_it_was_set_to(opened):
    async with opened(**ON) as pilot:
        for typed in ("set bias_hh[2] 1", "set bias_hh[1] 1", "set bias_hh[2] 3"):
            await pressed(pilot, "n")
            pilot.app.screen.query_one(Input).value = typed
            await pressed(pilot, "enter")

        assert edits(pilot) == (SetParameter("bias_hh", (0,), 1.0), SetParameter("bias_hh", (1,), 3.0))


# Weights in the arithmetic


async def test_j_and_k_go_through_the_weights(opened):
    async with opened(at=(1, 2), arithmetic=True, **ON) as pilot:
        seen = []
        for key in ("j", "j", "k", "k", "j"):
            await pressed(pilot, key)
            seen.append(picked(pilot))

        first, second, bias = ("weight_hh", (0, 0)), ("weight_hh", (0, 1)), ("bias_hh", (0,))
        assert seen == [first, second, first, bias, first]


async def test_the_picked_weight_is_marked_and_the_keys_of_the_slider_are_its_own(opened):
    async with opened(at=(1, 2), arithmetic=True, **ON) as pilot:
        await pressed(pilot, "j", "j")
        row = next(line for line in panel(pilot.app, "arithmetic").splitlines() if "◆" in line)
        assert "noun" in row
        assert ", . the weight" in panel(pilot.app, "what-if")
        assert ", . weight" in lines(pilot.app)[-1]

        await pressed(pilot, "full_stop", "full_stop", "comma", "full_stop")
        assert edits(pilot) == (SetParameter("weight_hh", (0, 1), 0.2),)
        assert picked(pilot) == ("weight_hh", (0, 1))
        await pressed(pilot, "u")
        assert edits(pilot) == ()


async def test_another_weight_is_another_step_for_undo(opened):
    async with opened(at=(1, 2), arithmetic=True, **ON) as pilot:
        await pressed(pilot, "j", "full_stop", "j", "full_stop")
        assert len(edits(pilot)) == 2
        await pressed(pilot, "u")

        assert edits(pilot) == (SetParameter("weight_hh", (0, 0), 1.1),)


async def test_a_click_on_a_row_picks_its_weight(opened):
    async with opened(at=(1, 2), arithmetic=True, **ON) as pilot:
        await click(pilot, "mood", row_from=pilot.app.first.plan.regions["arithmetic"].y + 2)
        assert picked(pilot) == ("weight_hh", (0, 2))
        await click(pilot, "+ bias")
        assert picked(pilot) == ("bias_hh", (0,))
        await click(pilot, "= memory sum")
        assert picked(pilot) == ("bias_hh", (0,))


async def test_outside_the_mode_a_click_on_a_row_picks_nothing(opened):
    async with opened(at=(1, 2), arithmetic=True) as pilot:
        await click(pilot, "mood", row_from=pilot.app.first.plan.regions["arithmetic"].y + 2)

        assert picked(pilot) is None


async def test_n_starts_with_the_picked_weight(opened):
    async with opened(at=(1, 2), arithmetic=True, keys="j j", **ON) as pilot:
        await pressed(pilot, "n")
        assert pilot.app.screen.query_one(Input).value == "set weight_hh[1,2] 0"
        await pressed(pilot, "end", *["backspace"], *"0.75", "enter")

        assert edits(pilot) == (SetParameter("weight_hh", (0, 1), 0.75),)


async def test_a_move_lets_go_of_the_weight(opened):
    async with opened(at=(1, 2), arithmetic=True, keys="j right", **ON) as pilot:
        assert picked(pilot) is None
        await pressed(pilot, "comma")

        assert edits(pilot) == (ScaleMemory(0.9),)


async def test_a_weight_far_down_is_scrolled_to(opened):
    async with opened("many", "the dog", at=(1, 2), unit=0, arithmetic=True, keys="k", **ON) as pilot:
        assert picked(pilot) == ("bias_hh", (0,))
        assert "◆" in panel(pilot.app, "arithmetic")
        await pressed(pilot, "j")
        assert picked(pilot) == ("weight_hh", (0, 0))
        assert "◆" in panel(pilot.app, "arithmetic")


@pytest.mark.parametrize("name", ["gru", "lstm"])
async def test_a_weight_of_a_gate_is_the_gates_own(opened, name):
    async with opened(name, "the dog", at=(1, 2), arithmetic=True, unit=1, **ON) as pilot:
        second = pilot.app.first.query_one(ArithmeticPanel)
        await pressed(pilot, *["j"] * 6)  # four weights and a bias of the first gate, then the first of the second

        assert second.view.scene.weight == 5
        assert picked(pilot) == ("weight_hh", (MODELS[name].hidden_size + 1, 0))
        await pressed(pilot, "full_stop")
        assert_shown_is_true(pilot)
