import pytest

from rnn_tui.scene import Position
from rnn_tui.tui.panels.panel import Panel
from tests.tui.screens import act, panel


def length(shown):
    """How much of a panel is bar."""
    return sum(shown.count(block) for block in "█▉▊▋▌▍▎▏")


async def test_without_animations_the_new_value_is_there_at_once(opened):
    async with opened() as pilot:
        act(pilot.app.first, "step", 1)

        assert pilot.app.first.motion == 1.0


async def test_a_step_forward_grows_from_the_old_value_to_the_new_one(opened):
    async with opened(at=(0, 0), animations="full") as pilot:
        main = pilot.app.first
        act(main, "step", 1)
        start = main.motion
        await pilot.pause(0.4)

        assert start == 0.0
        assert main.motion == 1.0
        assert length(panel(pilot.app, "phase-multiply")) > 0


async def test_the_bars_on_the_way_are_shorter_than_at_its_end(opened):
    async with opened(animations="full") as pilot:
        main = pilot.app.first
        act(main, "phase", 1)
        drawn = []
        for motion in (0.0, 0.5, 1.0):
            main.motion = motion
            await pilot.pause()
            drawn.append(length(panel(pilot.app, "phase-multiply")))

        assert drawn[0] < drawn[1] < drawn[2]


@pytest.mark.parametrize("key", ["down", "t", "left", "w", "home", "enter"])
async def test_a_key_during_motion_finishes_it_at_once(opened, key):
    async with opened(at=(1, 0), animations="full") as pilot:
        main = pilot.app.first
        act(main, "step", 1)
        assert main.motion < 1.0

        binding = main.active_bindings[key].binding
        await main.run_action(binding.action)

        for _ in range(10):
            assert main.motion == 1.0
            await pilot.pause(0.02)


async def test_no_key_waits_for_motion(opened):
    async with opened(animations="full") as pilot:
        for _ in range(9):
            act(pilot.app.first, "step", 1)

        assert pilot.app.first.state.position == Position(1, 4)


async def test_another_sentence_finishes_it(opened):
    async with opened(animations="full") as pilot:
        main = pilot.app.first
        act(main, "step", 1)
        main.undo()

        assert main.motion == 1.0


async def test_motion_goes_on_without_panels_where_the_program_ends_in_its_midst(opened):
    async with opened(animations="full") as pilot:
        first = pilot.app.first
        # given a screen whose panels are gone before it is, as when the program ends
        await first.query(Panel).remove()
        # when motion takes its next step, then there is nothing to draw, and that is no error
        first.motion = 0.5
        await pilot.pause()

        assert first.motion == 0.5
