"""The compare screen: two scenes in lockstep."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len

from rnn_tui import traces
from rnn_tui.edits import parse_edit
from rnn_tui.network import readouts, trace
from rnn_tui.network.cells import GRU, LSTM, Elman
from rnn_tui.pair import Pair
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.comparing.keys import KEYS
from rnn_tui.tui.comparing.screen import CompareScreen
from rnn_tui.tui.dialogs.choices import ChoicesScreen
from rnn_tui.tui.dialogs.help import HelpScreen
from rnn_tui.tui.walking.screen import WalkScreen
from tests.tui.models import MODELS
from tests.tui.screens import lines, text

EVERY_KEY = "right right w b end home 2 down up t p p tab j S end left"
KICKING, DOG = (example.text for example in MODELS["wired"].examples)


def comparing_app(a=("wired", KICKING), b=("wired", DOG), edits=(), clock=None, **shown):
    """The app on a comparison of two (model, text), the second with edits."""
    pair = Pair(Reading(*a), Reading(*b, tuple(parse_edit(edit) for edit in edits)), **shown)
    traces = Traces()
    app = RnnApp(WalkScreen(Scene(pair.a), traces, clock), CompareScreen(pair, traces))
    app.animation_level = "none"
    return app


@pytest.fixture
def compared(models):
    """Open a comparison: `async with compared(keys="right j") as pilot`; see `comparing_app`."""

    @asynccontextmanager
    async def running(*sides, size=(120, 36), keys="", **given):
        async with comparing_app(*sides, **given).run_test(size=size) as pilot:
            await pilot.pause()
            if keys:
                await pilot.press(*keys.split())
                await pilot.pause()
            yield pilot

    return running


def positions(pilot):
    screen = pilot.app.screen
    return screen.computed.positions(screen.state.position)


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("right", (0, 1)),
        ("pagedown left", (0, 0)),
        ("right right w", (1, 2)),
        ("w w b", (1, 0)),
        ("end", (4, 4)),
        ("end home", (0, 0)),
        ("right 3", (2, 1)),
        ("9", (0, 0)),
        ("end pageup", (4, 3)),
    ],
)
async def test_keys_that_move_through_time_move_both(compared, keys, place):
    # given “kicking ┄ and screaming ┄” beside “the dog and the sunshine”
    async with compared(keys=keys) as pilot:
        assert pilot.app.screen.state.position == Position(*place)


async def test_a_side_waits_where_it_has_no_word(compared):
    async with compared(keys="w") as pilot:
        assert positions(pilot) == (Position(0, 4), Position(1, 0))
        assert "A waits" in text(pilot.app)
        assert "Only B has “dog”" in " ".join(text(pilot.app).split())


async def test_a_gated_cell_and_a_plain_one_reach_check_together(compared):
    async with compared(("wired", "the dog"), ("lstm", "the dog"), keys="right right right right right") as pilot:
        assert positions(pilot) == (Position(0, 4), Position(0, 5))
        await pilot.press("left")
        assert positions(pilot) == (Position(0, 3), Position(0, 4))


async def test_j_goes_to_where_they_part_and_to_where_they_part_again(compared):
    async with compared(("wired", "the dog and kicking"), ("wired", "the dog and sunshine"), keys="j") as pilot:
        assert pilot.app.screen.state.position == Position(3, 4)
        assert "They part at word 4" in text(pilot.app)
        assert not pilot.app.screen.able("parting")  # there is no other place


async def test_units_that_are_the_same_are_picked_on_both_sides(compared):
    async with compared(keys="down down") as pilot:
        assert list(pilot.app.screen.state.units) == [2, 2]


async def test_other_units_stay_within_their_own(compared):
    async with compared(("wired", "the dog"), ("sixteen", "the dog"), units=(0, 0), keys="down " * 5) as pilot:
        assert list(pilot.app.screen.state.units) == [2, 5]


async def test_tab_focuses_and_s_swaps(compared):
    async with compared(keys="w w right tab") as pilot:
        screen = pilot.app.screen
        assert (screen.state.focus, screen.scene.text) == (1, DOG)
        await pilot.press("S")
        assert [reading.text for reading in screen.state.readings] == [DOG, KICKING]
        assert (screen.state.focus, screen.scene.text) == (0, DOG)
        assert positions(pilot) == (Position(2, 1), Position(1, 1))  # where it was


async def test_a_sentence_is_that_of_the_side_in_focus(compared):
    async with compared(keys="tab e") as pilot:
        await pilot.press(*"dog", "enter")
        await pilot.pause()
        assert [reading.text for reading in pilot.app.screen.state.readings] == [KICKING, "dog"]


async def test_another_model_reads_the_same_words(compared):
    async with compared(keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        steps = names.index("lstm") - names.index("wired")
        await pilot.press(*["down" if steps > 0 else "up"] * abs(steps), "enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert [(reading.model, reading.text) for reading in screen.state.readings] == [
            ("lstm", KICKING),
            ("wired", DOG),
        ]
        assert "two networks" in lines(pilot.app)[0]


async def test_a_sentence_of_another_model_comes_with_it(compared):
    async with compared(keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        steps = names.index("sixteen") - names.index("wired")
        await pilot.press(*["down" if steps > 0 else "up"] * abs(steps), "tab", "down", "enter")
        await pilot.pause()
        assert pilot.app.screen.state.a.text == MODELS["sixteen"].examples[1].text


async def test_what_cannot_be_read_is_said_and_nothing_changes(compared):
    async with compared(keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        steps = names.index("series") - names.index("wired")
        await pilot.press(*["down" if steps > 0 else "up"] * abs(steps), "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CompareScreen)
        assert [reading.model for reading in pilot.app.screen.state.readings] == ["wired", "wired"]


@pytest.mark.parametrize("key", ["c", "escape"])
async def test_back_to_one_scene_the_side_in_focus_where_it_is(compared, key):
    async with compared(keys=f"tab w w right {key}") as pilot:
        main = pilot.app.first
        assert pilot.app.screen is main
        assert (main.state.text, main.state.position) == (DOG, Position(2, 1))
        assert len(main.timeline.states) == 2  # undo goes back to A


async def test_back_to_the_scene_that_it_came_from_is_a_move(compared):
    async with compared(keys="w w right c") as pilot:
        main = pilot.app.first
        assert (main.state.text, main.state.position) == (KICKING, Position(1, 1))
        assert len(main.timeline.states) == 1


async def test_guess_first_covers_both_answers(compared):
    async with compared(keys="p end") as pilot:
        shown = text(pilot.app)
        assert "%" not in shown
        assert "Guess first" in shown
        await pilot.press("right")  # as a clicker does
        assert "%" in text(pilot.app)


async def test_playing_goes_through_both_and_stops_at_the_end(compared, clock):
    async with compared(clock=clock, keys="space") as pilot:
        screen = pilot.app.screen
        for _ in range(3):
            clock.tick()
        assert screen.state.position == Position(0, 3)
        for _ in range(30):
            clock.tick()
        assert screen.state.position == Position(4, 4)
        assert not screen.player.playing


async def test_edits_are_named_and_only_from_there_on_the_states_differ(compared):
    async with compared(b=("wired", KICKING), edits=["scale-memory 0.5"], keys="j") as pilot:
        shown = text(pilot.app)
        assert "with half the memory" in shown
        assert pilot.app.screen.state.position == Position(1, 4)
        assert "there they begin to remember different things" in shown


async def test_the_main_screen_offers_what_to_compare_with(opened):
    async with opened(edits=(parse_edit("forget"),)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoicesScreen)
        titles = [choice.title for choice in pilot.app.screen.choices]
        assert titles == ["Without the changes", "Another model", "Another sentence", f"“{DOG}”"]
        await pilot.press("enter")
        await pilot.pause()
        a, b = pilot.app.screen.state.readings
        assert (len(a.edits), len(b.edits), a.text == b.text) == (1, 0, True)


async def test_a_sentence_of_ones_own_beside_the_scene(opened):
    async with opened(at=(1, 2)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("down", "enter", *"and", "enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert [reading.text for reading in screen.state.readings] == [KICKING, "and"]
        assert screen.state.position == Position(1, 2)  # where the scene was


async def test_help_and_palette_have_its_own_keys(compared):
    async with compared(keys="question_mark") as pilot:
        assert isinstance(pilot.app.screen, HelpScreen)
        assert pilot.app.screen.listed == [key for key in KEYS if key.listed and key.keys and not key.mode]
        await pilot.press("escape")
        titles = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        own = [key for key in KEYS if key.id in ("parting", "swap-sides", "other-side")]
        assert {f"{key.group}: {key.help}" for key in own} <= titles


def test_every_key_has_its_own_name_and_keys():
    ids = [key.id for key in KEYS]
    keys = [name for key in KEYS if key.keys for name in key.keys.split(",")]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (140, 30), (160, 48)])
@pytest.mark.parametrize(
    "sides",
    [
        (("wired", KICKING), ("wired", DOG)),
        (("sixteen", "the dog barked"), ("lstm", "the dog barked and slept")),
        (("many", "the dog"), ("attentive", "the")),
        (("series", "1 2 3"), ("wired", DOG)),
    ],
)
async def test_every_line_is_as_wide_as_the_screen_everywhere(compared, size, sides):
    async with compared(*sides, size=size) as pilot:
        for key in ("right", "right", "right", "w", "down", "t", "p", "end", "tab"):
            assert {cell_len(line) for line in lines(pilot.app)} == {size[0]}
            assert len(lines(pilot.app)) == size[1]
            await pilot.press(key)


async def test_too_small_a_screen_says_so_and_works_again(compared):
    async with compared(keys="w right") as pilot:
        before = text(pilot.app)
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        await pilot.press("right", "j", "S")
        assert "needs more room" in text(pilot.app)
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert text(pilot.app) == before


async def test_moving_computes_nothing_of_a_network(compared, monkeypatch):
    calls = []

    def counted(owner, name):
        computes = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *given: calls.append(name) or computes(*given))

    async with compared(("wired", DOG), ("lstm", DOG)) as pilot:
        counted(traces, "run")
        counted(trace, "run")
        for cell in (Elman, GRU, LSTM):
            counted(cell, "unroll")
        counted(readouts.Last, "read")
        for size in ((120, 36), (80, 24), (160, 48)):
            await pilot.resize_terminal(*size)
            await pilot.press(*EVERY_KEY.split())
            await pilot.pause()
        assert calls == []


async def test_while_the_answers_are_covered_the_key_that_shows_them_is_named(compared):
    for size in ((80, 24), (120, 36)):
        async with compared(size=size, hidden=True) as pilot:
            assert "p reveal" in lines(pilot.app)[-1]
