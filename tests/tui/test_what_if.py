"""The what-if mode: the network is changed, by the slider and in other ways."""

import pytest

from rnn_tui.edits import (
    Activation,
    Forget,
    ScaleMemory,
    Silence,
)
from rnn_tui.tui.walking.keys import KEYS
from tests.tui.editing import ON, edits, pressed
from tests.tui.screens import click, lines, panel, place_of, text

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
