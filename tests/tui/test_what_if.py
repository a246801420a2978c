"""The what-if mode: one changes one thing, sees what follows, and takes it back."""

import random
import shlex
from pathlib import Path

import numpy as np
import pytest
from textual.widgets import Input

from rnn_tui import shelf
from rnn_tui.cli import app
from rnn_tui.cli.scenes import from_arguments
from rnn_tui.edits import (
    Activation,
    DropWord,
    Forget,
    InsertWord,
    MoveWord,
    ReplaceWord,
    ScaleMemory,
    SetParameter,
    Silence,
    apply_edits,
)
from rnn_tui.lenses import NAMES
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from rnn_tui.pictures.arithmetic import picked_weight
from rnn_tui.pictures.bars import GHOST
from rnn_tui.scene import Position
from rnn_tui.text import printable
from rnn_tui.tui.dialogs.prompt import PromptScreen
from rnn_tui.tui.panels.arithmetic import ArithmeticPanel
from rnn_tui.tui.walking.keys import KEYS
from rnn_tui.tui.walking.whatif import view_of
from tests.tui.models import MODELS
from tests.tui.screens import click, lines, panel, place_of, text

LAST = (2, 4)
ON = {"what_if": True}


async def pressed(pilot, *keys):
    for key in keys:
        await pilot.press(key)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def edits(pilot):
    return pilot.app.first.state.edits


def from_scratch(scene):
    """What a scene computes, on a model that nobody has had in hand."""
    own = load(shelf.paths()[scene.model])
    return run(*apply_edits(own, own.tokenize(scene.text), scene.edits))


def assert_shown_is_true(pilot):
    """The trace on the screen is the one that the scene makes of a model just loaded."""
    trace, expected = pilot.app.first.computed.trace, from_scratch(pilot.app.first.state)
    assert trace.tokens == expected.tokens
    for name, values in expected.values.items():
        assert np.array_equal(trace.values[name], values, equal_nan=True), name


def picked(pilot):
    """The weight that is picked in the arithmetic: its parameter, and its indices from 0."""
    return picked_weight(view_of(pilot.app.first.shown))


def story(pilot):
    """The explaining sentences, without their line breaks."""
    return " ".join(panel(pilot.app, "story").split())


# The mode


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_x_opens_the_panel_and_closes_it_and_the_rest_stays_as_it_was(opened, size):
    async with opened(size=size, at=(1, 2)) as pilot:
        before = text(pilot.app)
        await pressed(pilot, "x")
        assert pilot.app.first.state.what_if
        assert "nothing is changed: this is the network as it is" in panel(pilot.app, "what-if")
        assert "x close" in lines(pilot.app)[-1]

        await pressed(pilot, "x")
        assert text(pilot.app) == before


async def test_outside_the_mode_its_keys_do_nothing(opened):
    async with opened(at=(1, 2)) as pilot:
        mode = [key for key in KEYS if key.mode == "what-if"]
        before, scene = text(pilot.app), pilot.app.first.state
        await pressed(pilot, *(key.keys.split(",")[0] for key in mode))

        assert len(mode) > 15
        assert not any(pilot.app.first.able(key.id) for key in mode)
        assert (text(pilot.app), pilot.app.first.state) == (before, scene)


async def test_what_would_change_nothing_is_greyed(opened):
    def greyed(pilot):
        return {key.id for key in KEYS if key.mode == "what-if" and not pilot.app.first.able(key.id)}

    none_yet = {"next-weight", "last-weight", "choose", "take-out", "original", "save-model"}
    async with opened(**ON) as pilot:
        assert greyed(pilot) == none_yet | {"shift-back"}
        await pressed(pilot, "end")
        assert greyed(pilot) == none_yet | {"shift-on"}
        await pressed(pilot, "d")  # an edit of words is nothing that could be saved
        assert greyed(pilot) == {"next-weight", "last-weight", "choose", "save-model", "shift-on"}
        await pressed(pilot, "f", "enter", "b")
        assert greyed(pilot) == {"shift-back"}


async def test_the_last_word_stays(opened):
    async with opened(text="dog", **ON) as pilot:
        assert not pilot.app.first.able("drop")
        await pressed(pilot, "d")

        assert edits(pilot) == ()


async def test_gates_have_no_other_activation(opened):
    async with opened("gru", "the dog", **ON) as pilot:
        assert not pilot.app.first.able("activation")


# The slider


async def test_the_keys_of_the_slider_go_in_tenths_and_stop_at_its_ends(opened):
    async with opened(**ON) as pilot:
        await pressed(pilot, "comma")
        assert edits(pilot) == (ScaleMemory(0.9),)
        await pressed(pilot, *["comma"] * 12)
        assert edits(pilot) == (ScaleMemory(0.0),)
        assert not pilot.app.first.able("less")
        await pressed(pilot, *["full_stop"] * 25)
        assert edits(pilot) == (ScaleMemory(2.0),)
        assert not pilot.app.first.able("more")


async def test_back_at_one_there_is_no_edit(opened):
    async with opened(**ON) as pilot:
        await pressed(pilot, "comma", "comma", "full_stop", "full_stop")

        assert edits(pilot) == ()
        assert pilot.app.first.computed.before is None


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_click_on_the_slider_goes_to_its_place(opened, size):
    async with opened(size=size, **ON) as pilot:
        x, y = place_of(pilot.app, "├──")
        for tenth, expected in (
            (5, (ScaleMemory(0.5),)),
            (20, (ScaleMemory(2.0),)),
            (0, (ScaleMemory(0.0),)),
            (10, ()),
        ):
            await pilot.click(offset=(x + tenth, y))
            await pressed(pilot)
            assert edits(pilot) == expected


async def test_many_notches_are_one_step_for_undo(opened):
    async with opened(**ON) as pilot:
        await pressed(pilot, "f", *["comma"] * 4)
        await click(pilot, "┤")
        assert edits(pilot) == (Forget(), ScaleMemory(2.0))

        await pressed(pilot, "u")
        assert edits(pilot) == (Forget(),)
        await pressed(pilot, "u")
        assert edits(pilot) == ()
        await pressed(pilot, "ctrl+r", "ctrl+r")
        assert edits(pilot) == (Forget(), ScaleMemory(2.0))


@pytest.mark.parametrize("between", ["right", "down", "u", "ctrl+r"])
async def test_after_anything_else_a_notch_is_a_step_of_its_own(opened, between):
    async with opened(**ON) as pilot:
        await pressed(pilot, "comma", "comma")
        kept = {"u": ()}.get(between, (ScaleMemory(0.8),))
        await pressed(pilot, *(["u"] if between == "ctrl+r" else []), between, "full_stop", "u")

        assert edits(pilot) == kept


async def test_a_notch_after_another_sentence_leaves_that_sentence_to_undo(opened):
    async with opened(**ON) as pilot:
        await pressed(pilot, "comma", "e", *"dog", "enter", "comma", "u")

        scene = pilot.app.first.state
        assert (scene.text, scene.edits) == ("dog", (ScaleMemory(0.9),))


# The other changes of the network


async def test_f_forgets_and_remembers_again(opened):
    async with opened(**ON) as pilot:
        await pressed(pilot, "f")
        assert edits(pilot) == (Forget(),)
        assert not pilot.app.first.computed.trace.values["hh"].any()

        await pressed(pilot, "f")
        assert edits(pilot) == ()


async def test_a_goes_through_the_activations(opened):
    async with opened(**ON) as pilot:
        seen = []
        for _ in range(3):
            await pressed(pilot, "a")
            seen.append(edits(pilot))

        assert seen == [(Activation("relu"),), (Activation("identity"),), ()]


async def test_with_another_activation_its_phase_says_something_else(opened):
    async with opened(at=(1, 3), size=(80, 24), **ON) as pilot:
        assert "squash into −1 … 1" in panel(pilot.app, "phase-squash")
        await click(pilot, "tanh→relu")
        await pressed(pilot)
        assert "cut off below 0" in panel(pilot.app, "phase-squash")
        assert "Elman relu" in lines(pilot.app)[0]


async def test_o_silences_the_picked_unit_and_wakes_it(opened):
    async with opened(unit=1, **ON) as pilot:
        await pressed(pilot, "o")
        assert edits(pilot) == (Silence(1),)
        assert not pilot.app.first.computed.trace.values["h"][:, 1].any()

        await pressed(pilot, "up", "o", "down", "o")
        assert edits(pilot) == (Silence(0),)


@pytest.mark.parametrize(
    ("label", "expected"), [("forget", Forget()), ("tanh→relu", Activation("relu")), ("silence verb", Silence(0))]
)
async def test_a_click_in_the_panel_is_as_good_as_the_key(opened, label, expected):
    async with opened(**ON) as pilot:
        await click(pilot, label)
        await pressed(pilot)

        assert edits(pilot) == (expected,)


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
        assert ", . weight_hh[1,2]" in panel(pilot.app, "what-if")
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
        await click(pilot, "= hh")
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
    async with opened("many", "the dog", at=(1, 2), arithmetic=True, keys="k", **ON) as pilot:
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


# Taking back


async def test_tab_chooses_an_edit_and_delete_takes_it_out(opened):
    async with opened(keys="f o d", **ON) as pilot:
        assert "▸word 1 left out" in panel(pilot.app, "what-if")  # the last one that was made
        await pressed(pilot, "tab", "tab")
        assert "▸verb silenced" in panel(pilot.app, "what-if")
        await pressed(pilot, "delete")
        assert edits(pilot) == (Forget(), DropWord(0))
        await pressed(pilot, "backspace")
        assert edits(pilot) == (Forget(),)
        await pressed(pilot, "u", "u")
        assert edits(pilot) == (Forget(), Silence(0), DropWord(0))


async def test_a_bare_number_is_the_value_of_the_picked_weight(opened):
    async with opened(at=(1, 2), arithmetic=True, **ON) as pilot:
        await pressed(pilot, "j", "n")
        pilot.app.screen.query_one(Input).value = "2.5"
        await pressed(pilot, "enter")
        assert edits(pilot) == (SetParameter("weight_hh", (0, 0), 2.5),)


async def test_a_click_on_the_cross_of_an_edit_takes_that_one_out(opened):
    async with opened(keys="f o", **ON) as pilot:
        x, y = place_of(pilot.app, "memory cut off ✕")
        await pilot.click(offset=(x + len("memory cut off "), y))
        await pressed(pilot)

        assert edits(pilot) == (Silence(0),)


async def test_nought_is_the_original_again(opened):
    async with opened(keys="f o d comma", at=(1, 2), **ON) as pilot:
        await pressed(pilot, "0")
        assert edits(pilot) == ()
        assert_shown_is_true(pilot)
        await pressed(pilot, "u")
        assert len(edits(pilot)) == 4


async def test_an_edit_without_which_another_can_not_be_stays_and_says_so(opened):
    # given a word put in at the end, and that word moved
    async with opened(notifications=True, at=(2, 0), **ON) as pilot:
        for typed in ("insert 4 dog", "move 4 1"):
            await pressed(pilot, "n")
            pilot.app.screen.query_one(Input).value = typed
            await pressed(pilot, "enter")
        await pressed(pilot, "tab")
        before = pilot.app.first.state
        # when the first is to be taken out, on which the second stands
        await pressed(pilot, "delete")
        # then all stays, and it is said
        assert pilot.app.first.state == before
        assert "there is no word 4 here" in " ".join(text(pilot.app).split())


# What follows


@pytest.mark.parametrize("name", ["wired", "gru", "lstm", "attentive", "series", "many"])
async def test_every_panel_shows_the_edited_network_and_undo_the_original(opened, name):
    texts = {"series": "1 2 -3 4"}
    async with opened(name, texts.get(name, "the dog barked"), at=(2, 4), **ON) as pilot:
        before = text(pilot.app)
        await pressed(pilot, *["comma"] * 5)
        assert_shown_is_true(pilot)
        during = text(pilot.app)
        await pressed(pilot, "u")

        assert during != before
        assert text(pilot.app) == before
        assert_shown_is_true(pilot)


@pytest.mark.parametrize("lens", [name for name in NAMES if name != "attention"])
async def test_an_open_lens_is_measured_on_the_edited_network(opened, lens):
    async with opened(lens=lens, at=LAST, **ON) as pilot:
        await pressed(pilot)
        before = pilot.app.first.measuring.now[0].result
        await pressed(pilot, *["comma"] * 5)
        after = pilot.app.first.measuring.now[0].result
        await pressed(pilot, "u")

        assert before is not None
        assert after is not None
        assert after is not before
        assert pilot.app.first.measuring.now[0].result is not after


async def test_the_memory_lens_says_that_a_forgetful_network_remembers_nothing(opened):
    async with opened(lens="memory", at=LAST, keys="f", **ON) as pilot:
        await pressed(pilot)

        assert not np.triu(pilot.app.first.measuring.now[0].result.influence, 1).any()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_ghosts_come_with_an_edit_and_go_with_it(opened, size):
    async with opened(size=size, at=(2, 2), **ON) as pilot:
        assert GHOST not in text(pilot.app)
        await pressed(pilot, *["comma"] * 5)
        assert GHOST in panel(pilot.app, "phase-add")
        await pressed(pilot, "end")
        assert GHOST in panel(pilot.app, "phase-check")
        await pressed(pilot, "0")

        assert GHOST not in text(pilot.app)


async def test_the_sentence_says_what_the_edit_did_to_the_answer(opened):
    async with opened(at=LAST, **ON) as pilot:
        assert "With" not in story(pilot)
        await pressed(pilot, *["comma"] * 5)
        before, after = (
            trace.prediction()[1] for trace in (pilot.app.first.computed.before, pilot.app.first.computed.trace)
        )

        assert f"With half the memory, Negative falls from {before:.0%} to {after:.0%}." in story(pilot)


async def test_while_the_class_is_to_guess_the_sentence_gives_nothing_away(opened):
    async with opened(at=LAST, hidden=True, keys="comma", **ON) as pilot:
        assert "With 0.90 × the memory: what will the answer be now?" in story(pilot)
        assert "%" not in text(pilot.app)


async def test_with_the_panel_closed_the_header_still_says_that_something_is_changed(opened):
    async with opened(keys="f o x", **ON) as pilot:
        assert "2 changes" in lines(pilot.app)[0]
        await pressed(pilot, "u")
        assert "1 change " in lines(pilot.app)[0]


async def test_an_edit_pauses_the_player(opened, clock):
    async with opened(clock=clock, keys="space f", **ON) as pilot:
        assert not pilot.app.first.player.playing


async def test_another_sentences_networks_and_files_stay_as_they_were(opened, models):
    async with opened(**ON) as pilot:
        file = models / "wired.safetensors"
        content = file.read_bytes()
        tensors = {name: array.copy() for name, array in pilot.app.first.traces.model("wired").tensors().items()}
        await pressed(pilot, "f", "a", "o", "comma", "d", "enter", "j", "full_stop", "u", "ctrl+r", "0")

        assert file.read_bytes() == content
        now = pilot.app.first.traces.model("wired").tensors()
        assert all(np.array_equal(array, tensors[name]) for name, array in now.items())


KEYS_OF_A_SESSION = (
    "comma", "comma", "full_stop", "f", "a", "o", "d", "left_curly_bracket", "right_curly_bracket", "j", "k", "enter",
    "tab", "delete", "0", "u", "ctrl+r", "right", "left", "up", "down", "end", "b", "x", "x", "v", "t",
)  # fmt: skip


@pytest.mark.parametrize("name", ["wired", "lstm"])
@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_pressed_the_numbers_are_true_and_all_of_it_can_be_taken_back(opened, name, seed):
    # given the mode, and keys drawn from a seed
    drawn = random.Random(seed)
    async with opened(name, "the dog barked and slept", **ON) as pilot:
        # when they are pressed
        for _ in range(5):
            await pressed(pilot, *drawn.choices(KEYS_OF_A_SESSION, k=8))
            # then the screen shows what the scene makes of the file
            assert_shown_is_true(pilot)
        last = pilot.app.first.state
        redos = len(pilot.app.first.timeline.states) - 1 - pilot.app.first.timeline.index
        # and undo leads back to the network as it is, redo forth to the very scene
        await pressed(pilot, *["u"] * len(pilot.app.first.timeline.states))
        assert edits(pilot) == ()
        assert_shown_is_true(pilot)
        await pressed(pilot, *["ctrl+r"] * (len(pilot.app.first.timeline.states) - 1 - redos))
        assert pilot.app.first.state == last
        assert_shown_is_true(pilot)


# Saving


async def saved_as(pilot, path):
    await pressed(pilot, "y")
    pilot.app.screen.query_one(Input).value = str(path)
    await pressed(pilot, "enter")


async def test_y_saves_the_edited_network_as_a_model_of_its_own(opened, tmp_path):
    async with opened(keys="comma comma", at=LAST, notifications=True, **ON) as pilot:
        await saved_as(pilot, tmp_path / "weak")
        saved = load(tmp_path / "weak.safetensors")

        assert any("weak.safetensors" in said.message for said in pilot.app._notifications)
        probs = run(saved, saved.tokenize("Kicking and screaming")).values["probs"]
        assert np.array_equal(probs, pilot.app.first.computed.trace.values["probs"])


@pytest.mark.parametrize("where", ["there", "shipped", "nowhere/at/all", "~nobody-is-called-this/weak"])
async def test_where_it_can_not_be_saved_it_says_so_and_touches_nothing(opened, models, tmp_path, where):
    paths = {
        "there": tmp_path / "there.safetensors",
        "shipped": models / "weak.safetensors",  # the first folder of the shelf is the shipped one
    }
    (tmp_path / "there.safetensors").write_bytes(b"mine")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.safetensors")}
    says = {"there": "such a file already", "shipped": "shipped models stay", "nowhere/at/all": "can't be written"}
    async with opened(keys="f", notifications=True, **ON) as pilot:
        await saved_as(pilot, paths.get(where, where if where.startswith("~") else tmp_path / where))

        # what was said, and not the screen: a long path wraps it there
        said = [notification.message for notification in pilot.app._notifications]
        assert any(says.get(where, "there is no such folder") in message for message in said)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*.safetensors")} == before
        assert pilot.app.screen is pilot.app.first


async def test_y_proposes_a_name_in_the_current_folder(opened):
    async with opened(keys="f y", **ON) as pilot:
        assert Path(pilot.app.screen.query_one(Input).value) == Path("wired-edited.safetensors")


# Taking the view along


async def copied(pilot):
    """Copy the command of what is on the screen, as the command palette does."""
    commands = pilot.app.get_system_commands(pilot.app.screen)
    (found,) = (command for command in commands if command.title == "Copy the command for this view")
    await found.callback()
    await pressed(pilot)
    return pilot.app.clipboard


async def test_the_command_for_this_view_opens_it_again(opened):
    # given a view of an edited network
    keys = "f d right right down x t v"
    async with opened(text="it's a dog's life", keys=keys, notifications=True, **ON) as pilot:
        scene = pilot.app.first.state
        # when its command is copied
        command = await copied(pilot)
        # then it is shown, and its arguments make the very scene
        assert "rnn-tui -m wired" in text(pilot.app)
        program, *words = shlex.split(command)
        arguments = app.COMMAND.parser().parse_args(words)
        assert program == "rnn-tui"
        assert from_arguments(arguments, arguments.model, arguments.sentence, pilot.app.first.computed.trace) == scene
        assert len(scene.edits) == 2


async def test_what_is_copied_holds_nothing_that_a_terminal_would_obey(opened):
    async with opened(text="dog \x1b[2J\x07 cat") as pilot:
        command = await copied(pilot)

        assert printable(command) == command
        assert "\\033" in command
