"""The compare screen: undo and redo."""

from __future__ import annotations

from rnn_tui.scene import Position
from tests.tui.screens import text
from tests.tui.test_compare import DOG, KICKING, compared  # noqa: F401  # a fixture


def readings(pilot):
    return [reading.text for reading in pilot.app.screen.state.readings]


async def test_u_takes_another_sentence_back_and_ctrl_r_brings_it_again(compared):  # noqa: F811
    async with compared(keys="w right down") as pilot:
        before, shown = pilot.app.screen.state, text(pilot.app)
        assert not pilot.app.screen.able("undo")
        await pilot.press("tab", "e", *"dog", "enter", "right")
        after = pilot.app.screen.state
        assert readings(pilot) == [KICKING, "dog"]

        await pilot.press("u")
        assert (readings(pilot), pilot.app.screen.state.position) == ([KICKING, DOG], before.position)
        await pilot.press("tab")
        assert (pilot.app.screen.state, text(pilot.app)) == (before, shown)
        await pilot.press("ctrl+r")
        assert pilot.app.screen.state == after
        assert not pilot.app.screen.able("redo")


async def test_a_swap_and_another_model_can_be_taken_back(compared):  # noqa: F811
    async with compared(keys="S") as pilot:
        assert readings(pilot) == [DOG, KICKING]
        await pilot.press("m", "enter")
        await pilot.press("u", "u")
        assert readings(pilot) == [KICKING, DOG]
        assert pilot.app.screen.state.position == Position(0, 0)


async def test_moving_about_is_no_step_of_undo(compared):  # noqa: F811
    async with compared(keys="right w j tab t p v v down end") as pilot:
        assert not pilot.app.screen.able("undo")


async def test_a_new_sentence_is_shown_from_where_its_side_begins(compared):  # noqa: F811
    async with compared(keys="tab end") as pilot:
        await pilot.press("e", "ctrl+u", *"screaming", "enter")
        await pilot.pause()
        column = pilot.app.screen.state.position.t
        assert pilot.app.screen.computed.columns[column][1] == 0
        assert column > 0
        await pilot.press("u")
        assert pilot.app.screen.state.position.t == len(pilot.app.screen.computed) - 1
