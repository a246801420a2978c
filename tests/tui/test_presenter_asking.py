"""A question in the presenter view: it has the screen, and the key that asks it is named."""

import pytest

from rnn_tui.pictures.presenter.figures import figure
from tests.tui.screens import lines, panel

SIZES = [(80, 24), (100, 30), (120, 36), (160, 45)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_key_that_asks_and_reveals_is_in_the_footer(opened, size):
    async with opened("wired", size=size, presenting=True) as pilot:
        assert " p " in lines(pilot.app)[-1]
    async with opened("wired", size=size, presenting=True, hidden=True) as pilot:
        assert "p reveal" in lines(pilot.app)[-1]
    async with opened("wired", size=size, hidden=True) as pilot:
        assert "p reveal" in lines(pilot.app)[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_stands_large_until_it_is_closed(opened, size):
    async with opened("wired", size=size, presenting=True, at=(1, 3), keys="p 1 1 2") as pilot:
        app = pilot.app
        assert app.first.state.asking
        region = app.first.plan.regions["question"]
        assert (region.width, region.height) == (size[0], size[1] - 4)
        shown = panel(app, "question").splitlines()
        for count in ("2", "1"):
            assert any(figure(count, scale)[0] in row for row in shown for scale in (1, 2, 3))
        await pilot.press("enter")
        assert app.first.state.asked.revealed
        assert any("✓" in row for row in panel(app, "question").splitlines())
        assert app.first.plan.regions["question"] == region  # nothing jumps
        await pilot.press("right")
        assert "present" in app.first.plan.regions
    async with opened("wired", size=size, at=(1, 3), keys="p") as pilot:
        assert pilot.app.first.plan.regions["question"].height < size[1] - 4


async def test_a_click_on_a_large_choice_counts_a_hand(opened):
    async with opened("wired", size=(120, 36), presenting=True, at=(2, 3), keys="p") as pilot:
        region, rows = pilot.app.first.plan.regions["question"], panel(pilot.app, "question").splitlines()
        y = next(y for y, row in enumerate(rows) if "Positive" in row)
        await pilot.click(offset=(region.x + 20, region.y + y))
        assert pilot.app.first.state.asked.votes == ((1,),)
