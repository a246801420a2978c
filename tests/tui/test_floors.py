"""Walking through a network of several floors: the key, clicks, the header, the building, both lanes' strips."""

from __future__ import annotations

import shlex
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from rnn_tui.cli.commands import PLAIN
from rnn_tui.cli.opening import open_scene
from rnn_tui.network.position import START
from rnn_tui.network.storage import save
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.walking.screen import WalkScreen
from tests.deep import HIDDEN_LAYER, deep_model
from tests.tui.screens import click, lines, panel, text

TEXT = "the dog barked and slept"


@asynccontextmanager
async def walking(tmp_path, size=(120, 36), position=START, *, sentence=TEXT, model=None, **fields):
    """The walk of a deep network."""
    made = deep_model("gru", 2, bidirectional=True, **fields) if model is None else model
    path = tmp_path / "deep.safetensors"
    save(replace(made, name="deep"), path)
    screen = WalkScreen(Scene(Reading(str(path), sentence), position=position), Traces())
    app = RnnApp(screen)
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        await pilot.pause()
        app.first = screen
        yield pilot, screen


async def test_f_goes_up_floor_by_floor_and_around(tmp_path):
    async with walking(tmp_path, position=Position(1, 2, 0)) as (pilot, screen):
        seen = []
        for _ in range(6):
            seen.append(screen.state.position)
            await pilot.press("F")
        assert seen[:4] == [Position(1, 2, floor) for floor in range(4)]
        assert (seen[4].t, seen[4].floor) == (4, 4)
        assert seen[5].floor == 0


async def test_f_is_said_in_the_footer_only_where_there_are_floors(tmp_path):
    async with walking(tmp_path, (80, 24)) as (pilot, _):
        assert "F floor" in lines(pilot.app)[-1]
    async with walking(tmp_path, (80, 24), model=deep_model("gru", 1)) as (pilot, screen):
        assert "F floor" not in lines(pilot.app)[-1]
        assert not screen.able("next-floor")


async def test_right_walks_the_lanes_and_ends_where_they_meet(tmp_path):
    async with walking(tmp_path, sentence="dog barked") as (pilot, screen):
        found = [screen.state.position]
        for _ in range(2 * 2 * 2 * 5 + 1):
            await pilot.press("right")
            found.append(screen.state.position)
        order = screen.computed.order
        assert found == [order.at(index) for index in range(len(order))]
        assert [t for t, _ in dict.fromkeys((p.t, p.floor) for p in found if p.floor == 1)] == [1, 0]
        await pilot.press("right")
        assert screen.state.position == order.last
        assert not screen.able("next")


async def test_words_go_in_the_lane_s_own_direction(tmp_path):
    async with walking(tmp_path, position=Position(3, 2, 1)) as (pilot, screen):
        await pilot.press("w")
        assert screen.state.position == Position(2, 2, 1)
        await pilot.press("b")
        assert screen.state.position == Position(3, 2, 1)
        await pilot.press("1")
        assert screen.state.position == Position(0, 2, 1)
        await pilot.press("end")
        assert screen.state.position == screen.computed.order.last
        await pilot.press("2")  # where lanes meet there is the last word alone
        assert screen.state.position == Position(1, 4, 3)
        await pilot.press("home")
        assert screen.state.position == Position()


async def test_the_header_shows_all_floors_and_a_click_goes_to_one(tmp_path):
    async with walking(tmp_path, (80, 24), Position(2, 1, 1)) as (pilot, screen):
        header = lines(pilot.app)[0]
        assert "1 → ←   2 → ←   meet" in header
        await pilot.click(offset=(header.index("2 →") + 4, 0))
        assert screen.state.position == Position(2, 1, 3)
        await click(pilot, "meet")
        assert screen.state.position.floor == 4


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_nothing_of_the_answer_is_there_before_both_lanes_have_read(tmp_path, size):
    async with walking(tmp_path, size) as (pilot, screen):
        order = screen.computed.order
        for index in range(len(order) - 1):
            screen.show(screen.state.at(order.at(index)))
            shown = "\n".join(line for line in lines_of(screen))
            assert "%" not in shown.replace("reset", "") or "Gates" in shown or "Candidate" in shown or "Blend" in shown
            assert "FINAL" not in shown
            assert " says" not in shown
        await pilot.press("end")
        assert "FINAL answer" in text(pilot.app)


def lines_of(screen):
    from rnn_tui.pictures.palette import Palette
    from rnn_tui.pictures.rows import text_of
    from rnn_tui.tui.panels.panel import Panel

    views = screen.views(screen.transient)
    for name, region in screen.plan.regions.items():
        if name.startswith(("phase-check", "memory", "lane")):
            drawn = screen.get_child_by_id(name, Panel).picture(views[name], Palette(), region.width, region.height)
            yield from map(text_of, drawn)


async def test_the_strip_of_a_backward_lane_fills_from_the_right(tmp_path):
    async with walking(tmp_path, (80, 24), Position(2, 2, 1)) as (pilot, screen):
        strip = panel(pilot.app, "memory").splitlines()
        assert "layer 1 of 2, backward lane, from the last word" in strip[0]
        assert strip[1].split()[1:-1] == ["←", "the", "dog", "barked", "and", "slept", "start"]
        h = screen.computed.trace.layers[0].backward.values["h"]
        cells = strip[2].replace("▸", " ").replace("−", "-").split()[1:-1]
        unit = int(cells[0]) - 1
        assert cells[1:4] == ["·", "·", "···"]
        assert [float(cell) for cell in cells[4:]] == [round(float(h[t, unit]), 2) for t in (3, 4)] + [0.0]


async def test_a_click_on_a_word_of_the_backward_strip_goes_to_it(tmp_path):
    async with walking(tmp_path, (80, 24), Position(2, 2, 1)) as (pilot, screen):
        region = screen.plan.regions["memory"]
        row = lines(pilot.app)[region.y + 1]
        await pilot.click(offset=(row.index("slept") + 1, region.y + 1))
        assert screen.state.position == Position(4, 2, 1)
        await pilot.click(offset=(row.index("start") + 1, region.y + 1))
        assert screen.state.position == Position(4, 2, 1)


async def test_where_lanes_meet_a_click_on_a_strip_goes_into_its_lane(tmp_path):
    async with walking(tmp_path, (120, 36), Position(4, 0, 4)) as (pilot, screen):
        region = screen.plan.regions["lane-backward"]
        row = lines(pilot.app)[region.y + 1]
        await pilot.click(offset=(row.index("dog", region.x) + 1, region.y + 1))
        assert (screen.state.position.t, screen.state.position.floor) == (1, 3)


async def test_the_building_stands_above_the_words_and_its_dots_can_be_clicked(tmp_path):
    async with walking(tmp_path, (120, 36), Position(2, 2, 1)) as (pilot, screen):
        rows = panel(pilot.app, "ribbon").splitlines()
        assert [row.split("●")[0].split("◉")[0].split("○")[0].strip(" ▸") for row in rows[:-1]] == [
            "answer", "layer 2 ←", "layer 2 →", "layer 1 ←", "layer 1 →",
        ]  # fmt: skip
        dots = ["".join(cell for cell in row if cell in "●◉○") for row in rows]
        assert dots == ["○", "○○○○○", "○○○○○", "○○◉●●", "●●●●●", ""]
        region = screen.plan.regions["ribbon"]
        x = rows[2].index("○")
        await pilot.click(offset=(x, region.y + 2))
        assert (screen.state.position.t, screen.state.position.floor) == (0, 2)
        assert "dog" in rows[-1]


async def test_the_building_leaves_room_for_units(tmp_path):
    for size in ((80, 24), (100, 24)):
        async with walking(tmp_path, size) as (_, screen):
            assert screen.plan.count >= screen.computed.model.hidden_size  # of three units


async def test_the_ribbon_stands_still_from_floor_to_floor(tmp_path):
    async with walking(tmp_path, (120, 40), hidden=5, head=HIDDEN_LAYER) as (_, screen):
        tops = set()
        for floor in screen.computed.model.floors:
            screen.show(screen.state.at(screen.computed.order.first(floor.index)))
            tops.add(screen.plan.regions["ribbon"])
        assert len(tops) == 1


@pytest.mark.parametrize("index", [0, 13, 27, 55, 77, 101])
async def test_the_command_opens_the_same_position(tmp_path, index):
    async with walking(tmp_path) as (_, screen):
        screen.show(screen.state.at(screen.computed.order.at(index)))
        scene, _ = open_scene(PLAIN().parser().parse_args(shlex.split(shlex.join(screen.command()))))
        assert scene.position == screen.state.position


async def test_pictures_are_named_after_the_floor(tmp_path):
    async with walking(tmp_path, position=Position(2, 2, 3)) as (_, screen):
        assert screen.picture_name() == "rnn-tui-deep-3-gates-layer-2-direction-backward"
        screen.show(screen.state.at(Position(2, 2, 0)))
        assert screen.picture_name() == "rnn-tui-deep-3-gates"


async def test_units_are_those_of_the_floor(tmp_path):
    async with walking(tmp_path, position=Position(4, 0, 4), hidden=3) as (pilot, screen):
        for _ in range(7):
            await pilot.press("down")
        assert screen.state.unit == 5
        assert "← unit 3" in text(pilot.app)
        await pilot.press("F")
        assert screen.state.position.floor == 0
        assert screen.state.unit is None or screen.state.unit < 3
