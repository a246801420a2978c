"""The compare screen through a lens, what it copies and prints, and its motion."""

from __future__ import annotations

import re
import shlex
import threading
from dataclasses import replace

import pytest
from rich.cells import cell_len

from rnn_tui.cli import compare
from rnn_tui.cli.pairs import from_arguments
from rnn_tui.comparison import Comparison
from rnn_tui.edits import parse_edit
from rnn_tui.lenses import LENSES, measuring
from rnn_tui.scene import Position
from rnn_tui.tui.comparing.keys import KEYS
from rnn_tui.tui.comparing.screen import CompareScreen
from rnn_tui.tui.panels.comparing import LensOfSide
from rnn_tui.tui.screen import measuring as screen_measuring
from tests.tui.screens import act, click, lines, text
from tests.tui.test_compare import DOG, KICKING, compared, comparing_app  # noqa: F401  # a fixture

FEW = ("memory", "gradient", "recency", "units", "path", "diagram")  # what a model without attention has
measure = measuring.measure


async def pressed(pilot, *keys):
    """Press keys, and wait after each until everything is measured and drawn."""
    for key in keys:
        await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.fixture
def asked(monkeypatch):
    """The lenses that were asked for, in order."""
    lenses = []
    monkeypatch.setattr(measuring, "measure", lambda *given: lenses.append(given[0].lens) or measure(*given))
    return lenses


async def test_v_goes_through_the_lenses_for_both_sides_and_back_to_none(compared):  # noqa: F811
    async with compared() as pilot:
        seen = []
        for _ in range(len(LENSES) + 1):
            await pressed(pilot, "v")
            seen.append(pilot.app.screen.state.lens)
        assert seen == [*LENSES, None]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (160, 48)])
@pytest.mark.parametrize("lens", FEW)
async def test_a_lens_is_drawn_on_both_sides_and_told(compared, lens, size):  # noqa: F811
    async with compared(("wired", DOG), ("lstm", DOG), size=size, keys="end") as pilot:
        await pressed(pilot, *["v"] * (1 + list(LENSES).index(lens)))
        screen = pilot.app.screen
        assert all(found.result is not None for found in screen.measuring.now)
        for panel in screen.query(LensOfSide):
            assert panel.size.height >= (7 if size[1] < 24 else 9)
        shown = text(pilot.app)
        assert "A:" in shown or "A and B:" in shown
        assert {cell_len(line) for line in lines(pilot.app)} == {size[0]}
        if size != (60, 18):
            assert "So what" in shown


async def test_escape_closes_the_lens_and_then_the_comparison(compared):  # noqa: F811
    async with compared(keys="v") as pilot:
        await pressed(pilot, "escape")
        assert isinstance(pilot.app.screen, CompareScreen)
        assert pilot.app.screen.state.lens is None
        assert "A − B" in text(pilot.app)
        await pressed(pilot, "escape")
        assert pilot.app.screen is pilot.app.first


async def test_through_a_lens_a_step_is_a_word(compared):  # noqa: F811
    async with compared(keys="right v right") as pilot:
        assert pilot.app.screen.state.position == Position(1, 1)
        await pressed(pilot, "pageup")
        assert pilot.app.screen.state.position == Position(0, 1)


async def test_through_the_diagram_a_step_is_a_phase_and_each_side_lights_its_own(compared):  # noqa: F811
    async with compared(("wired", DOG), ("lstm", DOG), size=(120, 48)) as pilot:
        await pressed(pilot, *["v"] * (1 + list(LENSES).index("diagram")))
        for step, lit in enumerate((["Read", "Read"], ["1 Multiply", "1 Multiply"], ["2 Add", "2 Gates"])):
            screen = pilot.app.screen
            assert (screen.state.position.t, screen.state.position.phase) == (0, step)
            shown = [line.split("━━ ")[1] for line in lines(pilot.app) if "━━ " in line and "same weights" in line]
            assert [text.startswith(name) for text, name in zip(shown, lit, strict=True)] == [True, True], shown
            await pressed(pilot, "right")
        # and what is told of a side is told of the unit that its picture shows
        await pressed(pilot, "left")
        told = re.search(r"B: .* gate of ((?:unit )?[a-z0-9]+) stands", text(pilot.app))
        drawn = re.findall(r"values: ((?:unit )?[a-z0-9]+)", text(pilot.app))
        assert told[1] == drawn[1] != drawn[0]


async def test_moving_measures_nothing_that_is_known(compared, asked):  # noqa: F811
    async with compared(("wired", DOG), ("lstm", DOG)) as pilot:
        await pressed(pilot, "v", *["right"] * 6, "home", "down", "tab", "j", "t", "p", "p")
        assert asked == ["memory", "memory"]


async def test_what_was_measured_is_swapped_with_its_side(compared, asked):  # noqa: F811
    async with compared(("wired", DOG), ("lstm", DOG)) as pilot:
        await pressed(pilot, "v")
        a, b = (found.result for found in pilot.app.screen.measuring.now)
        await pressed(pilot, "S")
        assert [found.result for found in pilot.app.screen.measuring.now] == [b, a]
        assert asked == ["memory", "memory"]


async def test_another_sentence_is_measured_anew_on_its_side_alone(compared, asked):  # noqa: F811
    async with compared(("wired", DOG), ("lstm", DOG)) as pilot:
        await pressed(pilot, "v")
        await pressed(pilot, "tab", "e", *"dog", "enter")
        assert asked == ["memory"] * 3
        assert pilot.app.screen.measuring.now[1].result.influence.shape == (1, 1)


async def test_a_lens_that_is_open_in_one_scene_is_open_in_both(opened):
    async with opened(lens="memory", at=(1, 0)) as pilot:
        await pressed(pilot, "c", "enter")
        names = [entry.name for entry in pilot.app.screen.listed]
        steps = names.index("lstm") - names.index("wired")
        await pressed(pilot, *["down" if steps > 0 else "up"] * abs(steps), "enter")
        assert pilot.app.screen.state.lens == "memory"
        assert [found.name for found in pilot.app.screen.measuring.now] == ["memory", "memory"]
        await pressed(pilot, "v", "c")
        assert pilot.app.first.state.lens == "gradient"


async def test_a_click_in_a_lens_focuses_its_side_and_goes_to_the_word(compared):  # noqa: F811
    async with compared(("wired", KICKING), ("wired", DOG), size=(120, 48)) as pilot:
        await pressed(pilot, "v")
        await click(pilot, "sunshine", row_from=pilot.app.screen.plan.regions["lens-b"].y)
        assert pilot.app.screen.state.focus == 1
        assert pilot.app.screen.state.position.t == 4


def slid(screen):
    """Where the sliding words of A and of B have come to."""
    views = screen.views(screen.transient)
    return [views[f"lens-{side}"].slid for side in "ab"]


async def test_l_slides_the_word_of_both_sides(compared, clock):  # noqa: F811
    async with compared(("wired", DOG), ("lstm", DOG), clock=clock) as pilot:
        screen = pilot.app.screen
        assert not screen.able("slide")
        await pressed(pilot, "v", "v", "v", "l")
        assert slid(screen) == [0, 0]
        clock.tick()
        assert slid(screen) == [1, 1]
        for _ in range(5):
            clock.tick()
        assert slid(screen) == [4, 4]  # they stay at the last place
        assert clock.running == []
        await pressed(pilot, "escape")
        assert slid(screen) == [None, None]


# Measuring takes its time


@pytest.fixture
def slow(monkeypatch):
    """A measuring that goes on until it is cancelled."""
    stopped = []

    def measuring_on(asked, trace, progress):
        try:
            while True:
                progress(0.4)
                threading.Event().wait(0.01)
        except screen_measuring.Stop:
            stopped.append(asked.lens)
            raise

    monkeypatch.setattr(measuring, "measure", measuring_on)
    monkeypatch.setattr(screen_measuring, "FIRST_SAID", 0.0)
    return stopped


async def test_the_screen_stays_live_and_escape_stops_both(compared, slow):  # noqa: F811
    async with compared(("wired", DOG), ("lstm", DOG), keys="v") as pilot:
        await pilot.pause(0.3)
        assert text(pilot.app).count("measuring … 40%") == 2
        await pilot.press("w", "tab")
        assert (pilot.app.screen.state.position.t, pilot.app.screen.state.focus) == (1, 1)
        await pilot.press("escape")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert slow == ["memory", "memory"]
        assert " ".join(text(pilot.app).split()).count("Stopped.") == 2
        assert pilot.app.screen.state.lens == "memory"
        await pilot.press("escape")
        assert pilot.app.screen.state.lens is None


# Taking the view along


def read(command):
    """The pair that a command opens."""
    program, name, *words = shlex.split(command)
    assert (program, name) == ("rnn-tui", "compare")
    arguments = compare.COMMAND.parser().parse_args(words)
    (a, trace_a), (b, trace_b) = compare.sides(arguments)
    return from_arguments(arguments, a, b, Comparison(trace_a, trace_b))


async def test_the_command_for_this_view_opens_it_again(compared):  # noqa: F811
    async with compared(b=("wired", KICKING), edits=["scale-memory 0.5"], keys="w right down t p tab v") as pilot:
        screen = pilot.app.screen
        commands = pilot.app.get_system_commands(screen)
        (copy,) = (command for command in commands if command.title == "More: Copy the command for this view")
        await copy.callback()
        pair = read(pilot.app.clipboard)
        assert pair == screen.state
        assert pair.b.edits == (parse_edit("scale-memory 0.5"),)


@pytest.mark.parametrize("keys", ["w right q", "w right v ctrl+q"])
async def test_closed_while_comparing_the_program_gives_both(compared, keys):  # noqa: F811
    async with compared(keys=keys) as pilot:
        pass
    left = pilot.app.return_value
    assert [reading.text for reading in left.state.readings] == [KICKING, DOG]
    assert left.state.position.t == 1
    assert len(left.computed) == 5


async def test_closed_on_one_scene_the_program_gives_that(compared):  # noqa: F811
    async with compared(keys="tab w w c q") as pilot:
        pass
    scene = pilot.app.return_value.state
    assert (scene.text, scene.position.t) == (DOG, 2)


async def test_help_has_every_key_of_a_comparison(compared):  # noqa: F811
    async with compared(size=(120, 70), keys="question_mark") as pilot:
        shown = text(pilot.app)
        for key in KEYS:
            assert (key.help in shown) == bool(key.listed and key.keys and not key.mode)


# Motion


def motions(screen):
    """How far the bars of A and of B have grown."""
    views = screen.views(screen.transient)
    return [views[f"phase-{side}"].motion for side in "ab"]


async def test_bars_grow_on_the_side_that_moves(models):
    # given a plain cell beside a gated one, both at the fourth stage
    app = comparing_app(("wired", DOG), ("lstm", DOG), position=Position(0, 3))
    app.animation_level = "full"
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = app.screen
        act(screen, "step", 1)
        # then the plain one, which stays at its squash, is still, and the other grows
        assert motions(screen) == [1.0, 0.0]
        await pilot.pause(0.4)
        assert motions(screen) == [1.0, 1.0]
        # and a key during motion finishes it at once
        act(screen, "step", 1)
        assert motions(screen) == [0.0, 0.0]
        await pilot.press("down")
        assert motions(screen) == [1.0, 1.0]


async def test_nothing_moves_where_motion_is_off(compared):  # noqa: F811
    async with compared() as pilot:
        act(pilot.app.screen, "step", 1)
        assert motions(pilot.app.screen) == [1.0, 1.0]


async def test_a_side_depends_on_what_is_measured_of_the_other_with_which_it_shares_a_scale(compared):  # noqa: F811
    async with compared(keys="v") as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        panel = pilot.app.screen.get_child_by_id("lens-a", LensOfSide)
        assert panel.view.opposite.result is not None
        assert panel.drawn_from(panel.view) == panel.drawn_from(replace(panel.view))
        assert panel.drawn_from(panel.view) != panel.drawn_from(replace(panel.view, opposite=None))
