import pytest
from rich.cells import cell_len

from rnn_tui.scene import Position
from tests.tui.models import MODELS
from tests.tui.screens import act, lines, text

SIZES = [(60, 18), (80, 24), (100, 30), (115, 26), (116, 18), (120, 36), (160, 48), (220, 70)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_is_as_wide_as_the_screen_in_every_phase(opened, size):
    async with opened(size=size) as pilot:
        for _ in range(6):
            assert {cell_len(line) for line in lines(pilot.app)} == {size[0]}
            assert len(lines(pilot.app)) == size[1]
            act(pilot.app.first, "step", 1)
            await pilot.pause()


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_every_model_is_drawn_at_every_phase(opened, name, size):
    async with opened(name, size=size, keys="down") as pilot:
        main = pilot.app.first
        for phase in main.computed.trace.model.phases:
            assert phase.heading in lines(pilot.app)[0]
            assert {cell_len(line) for line in lines(pilot.app)} == {size[0]}
            act(main, "step", 1)
            await pilot.pause()


@pytest.mark.parametrize("size", [(59, 30), (120, 17), (40, 10), (10, 3), (1, 1)])
async def test_where_it_is_too_small_it_says_how_large_it_must_be(opened, size):
    async with opened(size=size) as pilot:
        shown = text(pilot.app)

        if size[0] >= 23 and size[1] >= 3:
            assert "needs more room" in shown
            assert "at least 60 × 18" in shown
            assert f"now {size[0]} × {size[1]}" in shown
        assert "Kicking" not in shown


async def test_it_works_again_when_there_is_room(opened):
    async with opened(keys="right right down") as pilot:
        before = text(pilot.app)
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        await pilot.press("right", "e", "m", "question_mark", "space", "enter")
        assert "needs more room" in text(pilot.app)

        await pilot.resize_terminal(120, 36)
        await pilot.pause()

        assert text(pilot.app) == before


async def test_one_can_quit_where_it_is_too_small(opened):
    async with opened(size=(40, 10), keys="q") as pilot:
        assert pilot.app.return_value is pilot.app.first


async def test_the_picked_unit_is_always_visible_and_what_is_off_screen_is_said(opened):
    async with opened("many", "the dog", size=(80, 24)) as pilot:
        assert "of 512" in text(pilot.app)
        for by in (30, -3, 9, -50, 700, -20):
            act(pilot.app.first, "unit", by)
            await pilot.pause()
            main = pilot.app.first
            assert main.state.unit in main.views(main.transient)["memory"].units
            assert f"▸{main.state.unit + 1}" in text(pilot.app)


async def test_units_stand_in_the_same_row_of_every_panel(opened):
    async with opened(at=(2, 4)) as pilot:
        shown = lines(pilot.app)
        for unit, name in enumerate(("verb", "noun", "mood")):
            (row,) = (line for line in shown if name in line and "→" in line)
            h = pilot.app.first.computed.trace[2].h[unit]
            assert f"{h:+.2f}".replace("-", "−") in row


async def test_a_long_sentence_and_one_word_work(opened):
    long = " ".join(["kicking", "and"] * 5000)
    async with opened(text=long, keys="end") as pilot:
        assert pilot.app.first.state.position == Position(9999, 4)
        assert "word 10000 of 10000" in lines(pilot.app)[0]
    async with opened(text="dog", keys="end") as pilot:
        assert "word 1 of 1" in lines(pilot.app)[0]


async def test_where_phases_are_relaid_nothing_of_the_old_ones_stays(opened):
    async with opened(size=(80, 24), at=(1, 0)) as pilot:
        stepped = []
        for _ in range(5):
            stepped.append(text(pilot.app))
            act(pilot.app.first, "step", 1)
            await pilot.pause()
    for phase, shown in enumerate(stepped):
        async with opened(size=(80, 24), at=(1, phase)) as pilot:
            assert text(pilot.app) == shown
