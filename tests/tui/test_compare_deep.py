"""The compare screen of deep networks: floor by floor, and only what has been computed."""

from __future__ import annotations

from contextlib import asynccontextmanager
from unittest.mock import patch

import pytest

from rnn_tui.edits import parse_edit
from rnn_tui.lenses import LENSES
from rnn_tui.pair import Pair
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.comparing.screen import CompareScreen
from rnn_tui.tui.walking.screen import WalkScreen
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model
from tests.tui.screens import lines, text

TEXT = "the dog barked"
MODELS = {
    "one": deep_model("elman", 1, name="one"),
    "two": deep_model("gru", 2, name="two"),
    "both": deep_model("lstm", 2, bidirectional=True, head=HIDDEN_LAYER, name="both"),
    "tags": deep_model("gru", 1, bidirectional=True, readout="each", name="tags"),
    "series": deep_model("gru", 2, output="number", inputs="vectors", name="series"),
    "other": deep_model("gru", 2, output="number", inputs="vectors", seed=3, name="other"),
    "yes": deep_model("lstm", 1, bidirectional=True, output="yes_no", readout="mean", name="yes"),
}
MODELS["headed"] = deep_model("gru", 1, head=HIDDEN_LAYER, hidden=3, head_size=5, name="headed")
PAIRS = [("one", "both"), ("both", "both"), ("two", "tags"), ("series", "other"), ("yes", "two"), ("series", "one")]


@asynccontextmanager
async def comparing(a, b, size=(120, 36), edits=(), **shown):
    """The app on two models, B with edits."""
    readings = [Reading(name, VECTORS if MODELS[name].tokenizer.unit == "timestep" else TEXT) for name in (a, b)]
    pair = Pair(readings[0], Reading(b, readings[1].text, tuple(map(parse_edit, edits))), **shown)
    traces = Traces()
    with patch("rnn_tui.shelf.load", lambda name, **_: MODELS[name]):
        app = RnnApp(WalkScreen(Scene(pair.a), traces), CompareScreen(pair, traces))
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot


async def stand(pilot, position):
    """Show a position as undo does, without a key."""
    screen = pilot.app.screen
    screen.show(screen.state.at(position))
    await pilot.pause()


def heading(pilot):
    return lines(pilot.app.screen)[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(("a", "b"), PAIRS)
async def test_the_whole_walk_is_drawn_and_shows_nothing_before_it_is_computed(a, b, size):
    edits = ["silence 1 layer 2 backward"] if a == b else []
    async with comparing(a, b, size, edits) as pilot:
        screen = pilot.app.screen
        comparison, order = screen.computed, screen.computed.order
        for index in range(0, len(order), 3):
            at = order.at(index)
            await stand(pilot, at)
            assert screen.state.position == at
            shown = text(screen)
            assert "nan" not in shown
            for side, name in enumerate("ab"):
                # then an answer stands on a side that has come to one, and on no other
                x, y, width, height = screen.plan.regions[f"side-{name}"]
                rows = [row[x : x + width] for row in lines(screen)[y : y + height]]
                answers = next(row for row in rows if " answer " in row)
                known = comparison.answered(side, at)
                assert any(character.isdigit() for character in answers) == (known is not None)


@pytest.mark.parametrize(("a", "b"), PAIRS)
async def test_every_key_and_every_lens_works_on_every_level(a, b):
    async with comparing(a, b) as pilot:
        screen = pilot.app.screen
        for level in range(len(screen.computed.order.levels)):
            await stand(pilot, screen.computed.order.first(level))
            for key in ("right", "w", "b", "down", "up", "tab", "t", "p", "p", "j", "S", "S", "tab"):
                await pilot.press(key)
            await pilot.pause()
            assert pilot.app.screen is screen
        for name in LENSES:
            screen.show(screen.state.with_lens(name))
            await pilot.pause()
            assert lines(screen)[0].startswith(" rnn-tui")


async def test_the_levels_are_named_and_a_side_waits_where_it_has_none():
    async with comparing("one", "both") as pilot:
        order = pilot.app.screen.computed.order
        seen = []
        for level in range(len(order.levels)):
            await stand(pilot, order.first(level))
            seen.append(
                (heading(pilot).partition("·")[2].rpartition("·")[0].strip(), "A waits" in text(pilot.app.screen))
            )
    assert seen == [
        ("layer 1, forward lane", False),
        ("the answer", False),
        ("layer 1, backward lane", True),
        ("layer 2, forward lane", True),
        ("layer 2, backward lane", True),
        ("both lanes", False),
        ("hidden layer", False),
    ]


async def test_the_key_of_the_parting_goes_to_the_lane_where_they_part():
    async with comparing("both", "both", edits=["silence 1 layer 2 backward"]) as pilot:
        await pilot.press("j")
        screen = pilot.app.screen
        position = screen.state.position
        assert screen.computed.order.levels[position.floor].lane == (1, True)
        assert position.t == 2
        assert "they begin to remember different things" in text(screen)
        assert screen.command()[-4:] == ["--layer", "2", "--direction", "backward"]


@pytest.mark.parametrize("focus", [0, 1])
async def test_a_side_that_waits_on_a_floor_of_more_units_is_drawn(focus):
    async with comparing("headed", "headed", edits=["insert 2 not"], focus=focus, units=(4, 4)) as pilot:
        screen = pilot.app.screen
        waited = 0
        for index in range(len(screen.computed.order)):
            position = screen.computed.order.at(index)
            await stand(pilot, position)
            waited += any(screen.computed.order.waits(side, position) for side in (0, 1))
        assert waited


@pytest.mark.parametrize(("a", "b"), PAIRS)
async def test_a_key_goes_from_level_to_level_at_the_same_word_and_round(a, b):
    async with comparing(a, b) as pilot:
        screen = pilot.app.screen
        order = screen.computed.order
        seen = [screen.state.position.floor]
        for _ in order.levels:
            assert screen.able("next-floor") == (len(order.levels) > 1)
            await pilot.press("F")
            seen.append(screen.state.position.floor)
            assert order.has(screen.state.position.t, screen.state.position.floor)
        assert seen == [*range(len(order.levels)), 0]


async def test_one_scene_stands_where_the_side_stood():
    async with comparing("one", "both", focus=1) as pilot:
        screen = pilot.app.screen
        await stand(pilot, screen.computed.order.first(4))
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.state.position == Position(2, 0, 3)


async def test_moving_through_both_computes_nothing():
    async with comparing("two", "tags") as pilot:
        with patch("rnn_tui.network.trace.record", side_effect=AssertionError("something is computed")):
            await pilot.press("right", "w", "end", "home", "j", "S")
            await pilot.pause()
            assert isinstance(pilot.app.screen.query_one("#side-a").view, Side)
