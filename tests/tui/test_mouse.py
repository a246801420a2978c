import pytest
from textual.widgets import OptionList

from rnn_tui.scene import Position
from tests.tui.screens import click, place_of, text


async def test_a_click_on_a_word_goes_to_it(opened):
    async with opened(at=(0, 2)) as pilot:
        await click(pilot, "screaming")

        assert pilot.app.first.state.position == Position(2, 2)


async def test_a_click_beside_the_words_does_nothing(opened):
    async with opened(at=(0, 2)) as pilot:
        _, y = place_of(pilot.app, "screaming")
        await pilot.click(offset=(2, y))

        assert pilot.app.first.state.position == Position(0, 2)


async def test_a_click_on_a_row_of_a_phase_picks_its_unit(opened):
    async with opened() as pilot:
        await click(pilot, "mood")

        assert pilot.app.first.state.unit == 2
        assert pilot.app.first.state.position == Position(0, 0)


@pytest.mark.parametrize(
    ("heading", "phase"), [("Read", 0), ("1 Multiply", 1), ("2 Add", 2), ("Squash", 3), ("3 Check", 4)]
)
async def test_a_click_on_the_title_of_a_phase_goes_to_it(opened, heading, phase):
    async with opened(at=(1, 0 if phase else 4)) as pilot:
        await click(pilot, heading, row_from=2)

        assert pilot.app.first.state.position == Position(1, phase)


async def test_where_a_phase_is_one_line_a_click_goes_to_it(opened):
    async with opened(size=(80, 24)) as pilot:
        await click(pilot, "2 Add")

        assert pilot.app.first.state.position == Position(0, 2)


async def test_a_click_on_a_cell_of_the_memory_goes_to_its_word_and_picks_its_unit(opened):
    async with opened(at=(2, 4)) as pilot:
        region = pilot.app.first.plan.regions["memory"]
        x, _ = place_of(pilot.app, "and", row_from=region.y)
        _, y = place_of(pilot.app, "noun", row_from=region.y)
        await pilot.click(offset=(x, y))
        await pilot.pause()

        assert pilot.app.first.state.unit == 1
        assert pilot.app.first.state.position == Position(1, 4)


async def test_a_click_on_the_start_of_the_memory_stays_at_the_word(opened):
    async with opened(at=(2, 4)) as pilot:
        region = pilot.app.first.plan.regions["memory"]
        x, y = place_of(pilot.app, "start", row_from=region.y)
        await pilot.click(offset=(x, y + 1))
        await pilot.pause()

        assert pilot.app.first.state.position == Position(2, 4)
        assert pilot.app.first.state.unit == 0


async def test_a_click_on_the_short_arithmetic_opens_all_of_it(opened):
    async with opened() as pilot:
        await click(pilot, "enter: all of it")

        assert pilot.app.first.state.arithmetic


async def test_a_click_on_the_footer_is_as_good_as_the_key(opened):
    async with opened(size=(160, 36), unit=0) as pilot:
        for does in ("step", "notation", "unit", "word"):
            await click(pilot, f" {does} ", row_from=35)

        scene = pilot.app.first.state
        assert (scene.position, scene.notation, scene.unit) == (Position(1, 1), True, 1)


async def test_a_click_on_a_greyed_key_does_nothing(opened):
    async with opened(size=(180, 36)) as pilot:
        before = text(pilot.app)
        await click(pilot, " undo ", row_from=35)

        assert text(pilot.app) == before


async def test_a_click_while_it_plays_pauses_it(opened, clock):
    async with opened(clock=clock, keys="space") as pilot:
        await click(pilot, "screaming")

        assert not pilot.app.first.player.playing


async def test_where_units_scroll_a_click_picks_the_one_that_is_drawn(opened):
    async with opened("many", "the dog", size=(120, 30), unit=40) as pilot:
        region = pilot.app.first.plan.regions["phase-multiply"]
        x, y = place_of(pilot.app, " 42 ", row_from=region.y)
        await pilot.click(offset=(x + 2, y))
        await pilot.pause()

        assert pilot.app.first.state.unit == 41


async def test_a_click_on_undo_leads_back_to_a_network_of_another_kind(opened):
    # given a GRU that was opened after an Elman network
    async with opened("wired", size=(200, 48), keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        pilot.app.screen.query_one("#models", OptionList).highlighted = names.index("gru")
        await pilot.press("enter")
        await pilot.pause()
        assert "Blend" in text(pilot.app)
        # when undo is clicked in the footer, whose panels then are others
        await click(pilot, " undo ", row_from=47)
        # then the first network is there again, with its own phases
        assert pilot.app.first.state.model == "wired"
        assert "Squash" in text(pilot.app)
