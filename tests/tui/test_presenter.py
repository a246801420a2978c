"""The presenter view in the program: its key, what stands over it, what it keeps, and its command."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from rnn_tui.network.storage import load, save
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.story import plain, tell
from rnn_tui.text import unsigned
from rnn_tui.tui.comparing.screen import CompareScreen
from tests.builders import build
from tests.hardening.reopening import reopened
from tests.network.test_a_new_cell import MGU, TEXT, path  # noqa: F401  # the fixture that registers it
from tests.tui.drawn import SHIPPED, panels_at, positions, texts_for, walking
from tests.tui.screens import click, lines, text

BLOCKS = set("▀▄█")


def figures_of(app):
    """The lines of the presenter view that have large figures in them."""
    region = app.first.plan.regions["present"]
    return [line for line in lines(app)[region.y : region.bottom] if BLOCKS & set(line)]


async def test_a_key_opens_it_and_closes_it(opened):
    async with opened("wired", size=(80, 24)) as pilot:
        screen = pilot.app.first
        assert "present" not in screen.plan.regions
        await pilot.press("z")
        assert set(screen.plan.regions) == {"present", "footer"}
        assert screen.state.presenting
        await pilot.press("z")
        assert "present" not in screen.plan.regions
        assert not screen.state.presenting


async def test_it_has_all_rows_but_those_of_the_keys_and_of_the_edits(opened):
    async with opened("wired", size=(80, 24), keys="z") as pilot:
        regions = pilot.app.first.plan.regions
        assert regions["present"].height == 23
        await pilot.press("x")
        regions = pilot.app.first.plan.regions
        assert regions["present"].height == 20
        assert regions["what-if"].bottom == regions["footer"].y
    async with opened("wired", size=(120, 36), keys="z") as pilot:
        assert pilot.app.first.plan.regions["present"].height == 34
        assert pilot.app.first.plan.regions["header"].height == 1


async def test_every_key_of_the_walk_works_in_it(opened):
    async with opened("wired", size=(80, 24), keys="z") as pilot:
        screen = pilot.app.first
        await pilot.press("right", "right", "w", "down")
        assert (screen.state.position.t, screen.state.position.phase) == (1, 2)
        assert screen.state.presenting
        assert "unit 2 of" in text(pilot.app)
        await pilot.press("up", "t")
        assert "pre_activation" in text(pilot.app)
        await pilot.press("enter")
        assert "arithmetic" in screen.plan.regions
        await pilot.press("escape")
        assert "present" in screen.plan.regions
        await pilot.press("escape")
        assert "present" not in screen.plan.regions


async def test_a_lens_stands_over_it_and_escape_comes_back_to_it(opened):
    async with opened("wired", size=(80, 24), keys="z v") as pilot:
        screen = pilot.app.first
        assert "lens" in screen.plan.regions
        assert "present" not in screen.plan.regions
        await pilot.press("escape")
        assert "present" in screen.plan.regions
        assert screen.state.lens is None


async def test_opening_it_closes_what_stands_over_it(opened):
    async with opened("wired", size=(80, 24), keys="right enter z") as pilot:
        assert "present" in pilot.app.first.plan.regions
    async with opened("wired", size=(80, 24), keys="V z") as pilot:
        assert "present" in pilot.app.first.plan.regions


async def test_what_is_edited_is_shown_as_it_is(opened):
    async with opened("wired", size=(80, 24), keys="z w right right x f") as pilot:
        screen = pilot.app.first
        trace, state = screen.computed.trace, screen.state
        assert screen.state.edits
        assert unsigned(float(trace[state.position.t]["pre_activation"][state.unit])) in text(pilot.app).replace(
            "+", ""
        )
        assert figures_of(pilot.app)


async def test_a_question_has_the_overview_until_it_is_closed(opened):
    async with opened("wired", size=(80, 24), keys="z end left p") as pilot:
        screen = pilot.app.first
        assert screen.state.asking
        assert "present" not in screen.plan.regions
        assert "question" in screen.plan.regions
        await pilot.press("pagedown")
        assert not screen.state.asking
        assert "question" in screen.plan.regions
        await pilot.press("escape")
        assert "question" not in screen.plan.regions
        assert "present" in screen.plan.regions
        assert figures_of(pilot.app)


async def test_undo_and_redo_keep_it_as_it_is_now(opened):
    # given an edit that was made in the overview, when it is undone in the presenter view, then that stays
    async with opened("wired", size=(80, 24), keys="x f z u") as pilot:
        screen = pilot.app.first
        assert not screen.state.edits
        assert screen.state.presenting
        await pilot.press("z", "ctrl+r")
        assert screen.state.edits
        assert not screen.state.presenting


async def test_undo_and_another_sentence_keep_it(opened):
    async with opened("wired", size=(80, 24), keys="z x f") as pilot:
        screen = pilot.app.first
        assert screen.state.edits
        await pilot.press("u")
        assert not screen.state.edits
        assert screen.state.presenting
        screen.show(screen.state.of(screen.state.reading))
        assert screen.state.presenting


async def test_a_comparison_does_not_have_it_and_gives_it_back():
    async with walking("kicking-and-screaming", "Kicking and screaming", (80, 24), presenting=True) as screen:
        assert "present" not in {key.id for key in CompareScreen.keys}
        screen.returned(replace(screen.state, notation=True, presenting=False))
        assert screen.state.presenting
        assert screen.state.notation


async def test_a_word_and_a_unit_can_be_clicked(opened):
    async with opened("wired", size=(80, 24), keys="z right") as pilot:
        screen = pilot.app.first
        word = screen.computed.trace.tokens[1].surface
        await click(pilot, f" {word} ")
        assert screen.state.position.t == 1
        await pilot.press("down")
        picked = screen.state.unit
        region = screen.plan.regions["present"]
        y = next(y for y in range(region.y, region.bottom) if "▸" in lines(pilot.app)[y])
        await pilot.click(offset=(lines(pilot.app)[y].index("▸") - 1, y))
        assert screen.state.unit == picked - 1


@pytest.mark.parametrize("fields", [{}, {"arithmetic": True}, {"lens": "memory", "full": True}, {"lens": "path"}])
async def test_the_command_opens_it_again(fields):
    async with walking("sentiment", "this movie is not good", (80, 24), presenting=True, unit=3, **fields) as screen:
        assert "--present" in screen.command()
        assert reopened(screen.command()) == screen.state
        assert ("present" in screen.plan.regions) == screen.state.presents


async def test_without_it_the_command_does_not_name_it():
    async with walking("sentiment", "not good", (80, 24)) as screen:
        assert "--present" not in screen.command()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36)])
@pytest.mark.parametrize("name", SHIPPED)
async def test_nothing_is_cut_on_the_screen(name, size):
    told = 0
    async with walking(name, texts_for(name)[-1], size, presenting=True) as screen:
        for position in positions(screen)[:18]:
            shown, region = panels_at(screen, position)["present"]
            assert {cell_len(line) for line in shown} == {region.width}
            assert len(shown) == region.height
            first = tell(screen.computed.trace, screen.state)[0]
            rows = [
                " ".join("".join(part.text for part in row).split()) for row in wrapped(first, size[0] - 4, Palette())
            ]
            assert [line for line in (" ".join(line.split()) for line in shown) if line in rows] == rows, plain(first)
            told += 1
    assert told >= 10


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_cell_that_the_package_does_not_have_is_presented(path, opened, size):  # noqa: F811
    save(build("mgu", None, name="small"), path)
    async with opened(model=load(path), text=TEXT, size=size, keys="z") as pilot:
        seen = []
        for _ in range(len(MGU.phases) + 2):
            assert {cell_len(row) for row in lines(pilot.app)} == {size[0]}
            seen.append(pilot.app.first.state.position.phase)
            assert len(figures_of(pilot.app)) >= 3
            await pilot.press("right")
    assert seen == list(range(len(MGU.phases) + 2))


async def test_in_black_and_white_nothing_is_said_by_colour_alone(opened, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened("wired", size=(80, 24), keys="z right right w") as pilot:
        shown = text(pilot.app)
        assert figures_of(pilot.app)
        assert "▸" in shown  # the spotlight has marks
