"""The compare screen: what it is asked for, what it saves and says, and the mouse."""

from __future__ import annotations

from tests.tui.screens import click, lines
from tests.tui.test_compare import DOG, KICKING, compared  # noqa: F401  # a fixture


async def test_a_click_focuses_a_side_and_goes_to_a_word(compared):  # noqa: F811
    async with compared(size=(160, 48)) as pilot:
        await click(pilot, "sunshine", row_from=10)
        assert (pilot.app.screen.state.position.t, pilot.app.screen.state.focus) == (4, 1)
        await click(pilot, "noun")
        assert pilot.app.screen.state.position.t == 4


async def test_the_same_words_in_another_model_beside_the_scene(opened):
    async with opened() as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("enter")
        names = [entry.name for entry in pilot.app.screen.listed]
        steps = names.index("sixteen") - names.index("wired")
        await pilot.press(*["down" if steps > 0 else "up"] * abs(steps), "enter")
        await pilot.pause()
        readings = pilot.app.screen.state.readings
        assert [(reading.model, reading.text) for reading in readings] == [("wired", KICKING), ("sixteen", KICKING)]


async def test_a_model_that_cannot_read_the_words_is_said_on_the_main_screen(opened):
    async with opened() as pilot:
        await pilot.press("c", "enter")
        names = [entry.name for entry in pilot.app.screen.listed]
        steps = names.index("series") - names.index("wired")
        await pilot.press(*["down" if steps > 0 else "up"] * abs(steps), "enter")
        await pilot.pause()
        assert pilot.app.screen is pilot.app.first
        assert len(pilot.app.said) == 1


async def test_a_picture_of_both(compared, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    async with compared(("wired", DOG), ("lstm", DOG), keys="w s enter") as pilot:
        await pilot.app.workers.wait_for_complete()
        (saved,) = tmp_path.glob("*.svg")
        assert saved.name == "rnn-tui-compare-wired-small-2.svg"
        assert "sunshine" in saved.read_text(encoding="utf-8")


async def test_speed_and_theme(compared, clock):  # noqa: F811
    async with compared(clock=clock, keys="space plus minus minus") as pilot:
        (alarm,) = clock.running
        assert alarm.seconds == 2.0
        before = pilot.app.screen.colours
        pilot.app.theme = "projector"
        await pilot.pause()
        assert pilot.app.screen.colours != before
        await pilot.press("space", "question_mark", "escape", "q")
        assert clock.running == []


async def test_a_click_between_the_sides_leaves_the_focus(compared):  # noqa: F811
    async with compared(keys="tab") as pilot:
        region = pilot.app.screen.plan.regions["between"]
        x = lines(pilot.app)[region.y].index("=")
        await pilot.click(offset=(x, region.y))
        await pilot.pause()
        assert (pilot.app.screen.state.position.t, pilot.app.screen.state.focus) == (2, 1)


async def test_a_click_on_a_name_or_a_row_picks_the_unit_of_that_side(compared):  # noqa: F811
    async with compared(("wired", DOG), ("sixteen", DOG), units=(0, 0), keys="right right") as pilot:
        region = pilot.app.screen.plan.regions["phase-b"]
        await pilot.click(offset=(region.x + 4, region.y + 4))
        await pilot.pause()
        assert list(pilot.app.screen.state.units) == [0, 2]
        assert pilot.app.screen.state.focus == 1
        await pilot.click(offset=(4, pilot.app.screen.plan.regions["side-a"].y + 3))
        await pilot.pause()
        assert list(pilot.app.screen.state.units) == [1, 2]
