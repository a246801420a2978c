"""Lenses in the app: one goes through them, sees them large, and is never kept waiting by one."""

import random
import threading
from dataclasses import fields

import numpy as np
import pytest

from rnn_tui.lenses import LENSES, measuring
from rnn_tui.scene import Position
from rnn_tui.tui.panels.lens import LensPanel
from rnn_tui.tui.screen import measuring as screen_measuring
from tests.tui.screens import text

FEW = ("memory", "gradient", "recency", "units", "path", "diagram")  # what a model without attention has


async def settled(pilot):
    """Wait until everything is measured and drawn."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def pressed(pilot, *keys):
    for key in keys:
        await pilot.press(key)
    await settled(pilot)


async def test_v_goes_through_the_lenses_and_back_to_none(opened):
    async with opened() as pilot:
        seen = []
        for _ in range(len(LENSES) + 1):
            await pressed(pilot, "v")
            seen.append(pilot.app.first.state.lens)

        assert seen == [*LENSES, None]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
@pytest.mark.parametrize("lens", FEW)
async def test_a_lens_is_drawn_small_and_on_the_whole_screen(opened, lens, size):
    async with opened(size=size, lens=lens, at=(2, 4)) as pilot:
        await settled(pilot)
        small = pilot.app.first.query_one(LensPanel)
        assert pilot.app.first.measuring.now[0].result is not None
        assert small.size.width > 0
        area = small.size.area

        await pressed(pilot, "V")
        assert small.size.area > area
        assert "So what?" in text(pilot.app)


async def test_escape_makes_a_lens_small_and_then_closes_it(opened):
    async with opened(lens="memory", full=True) as pilot:
        await settled(pilot)
        await pilot.press("escape")
        assert (pilot.app.first.state.lens, pilot.app.first.state.full) == ("memory", False)

        await pilot.press("escape")
        assert pilot.app.first.state.lens is None


async def test_with_a_lens_on_the_whole_screen_a_step_is_a_word(opened):
    async with opened(lens="memory", full=True) as pilot:
        await pressed(pilot, "right")
        assert pilot.app.first.state.position == Position(1, 0)

        await pressed(pilot, "pageup")
        assert pilot.app.first.state.position == Position(0, 0)


async def test_the_diagram_on_the_whole_screen_is_walked_phase_by_phase(opened):
    async with opened(lens="diagram", full=True, size=(120, 36)) as pilot:
        await settled(pilot)
        for phase, title in enumerate(["1 Multiply", "2 Add", "Squash", "3 Check"], start=1):
            await pressed(pilot, "right")
            assert pilot.app.first.state.position == Position(0, phase)
            assert f"━━ {title}" in text(pilot.app)
        await pressed(pilot, "right", "pageup", "left")
        assert pilot.app.first.state.position == Position(0, 3)


async def test_a_click_on_an_arrow_of_the_diagram_goes_to_its_word_and_phase(opened):
    async with opened(lens="diagram", full=True, size=(120, 36), at=(2, 4)) as pilot:
        await settled(pilot)
        panel = pilot.app.first.query_one(LensPanel)
        lines = [panel.render_line(y).text for y in range(panel.size.height)]
        y = max(k for k, line in enumerate(lines) if line.count("▲") >= 3)
        x = [at for at, character in enumerate(lines[y]) if character == "▲"][2]
        await pilot.click(LensPanel, offset=(x, y))
        await pilot.pause()
        assert pilot.app.first.state.position == Position(1, 1)


async def test_a_lens_that_has_nothing_to_see_says_where_there_is(opened):
    async with opened(lens="attention") as pilot:
        await settled(pilot)

        assert "sentiment-attention" in text(pilot.app)


async def test_attention_and_recency_stand_under_the_words(opened):
    async with opened("attentive", lens="attention", at=(2, 4)) as pilot:
        await settled(pilot)
        ribbon = pilot.app.first.get_child_by_id("ribbon")

        assert ribbon.size.height == 3
        assert ribbon.render_line(2).text.strip()


async def test_moving_measures_nothing_that_is_known(opened, monkeypatch):
    asked = []
    measure = measuring.measure
    monkeypatch.setattr(measuring, "measure", lambda *given: asked.append(given[0].lens) or measure(*given))
    async with opened(lens="memory") as pilot:
        await settled(pilot)
        await pressed(pilot, *["right"] * 7, "end", "home", "down", "V", "b", "V")

        assert asked == ["memory"]


async def test_the_units_lens_follows_the_picked_unit(opened):
    async with opened(lens="units") as pilot:
        await pressed(pilot, "down")

        (unit,) = pilot.app.first.measuring.now[0].result.units
        assert unit.name == "noun"


class Slow:
    """A measuring that goes on until the test lets it end, or until it is cancelled."""

    def __init__(self):
        self.started = threading.Event()
        self.end = threading.Event()
        self.ended = threading.Event()
        self.cancelled = False

    def __call__(self, asked, trace, progress):
        self.started.set()
        try:
            while not self.end.wait(0.01):
                progress(0.4)
        except screen_measuring.Stop:
            self.cancelled = True
            raise
        finally:
            self.ended.set()
        return measure(asked, trace, progress)


measure = measuring.measure


@pytest.fixture
def slow(monkeypatch):
    slow = Slow()
    monkeypatch.setattr(measuring, "measure", slow)
    monkeypatch.setattr(screen_measuring, "FIRST_SAID", 0.0)
    yield slow
    slow.end.set()


async def said(pilot, words):
    """Whether the screen says something, soon."""
    for _ in range(200):
        await pilot.pause(0.01)
        if words in text(pilot.app):
            return True
    return False


async def test_while_a_lens_is_measured_the_screen_is_live_and_shows_how_far_it_is(opened, slow):
    async with opened(lens="memory") as pilot:
        assert await said(pilot, "40%")
        await pilot.press("right", "right")
        assert pilot.app.first.state.position == Position(0, 2)

        slow.end.set()
        await settled(pilot)
        assert pilot.app.first.measuring.now[0].result is not None


async def test_escape_stops_a_measuring_and_leaves_the_lens_open(opened, slow):
    async with opened(lens="memory") as pilot:
        assert await said(pilot, "esc stops it")
        await pilot.press("escape")

        assert slow.ended.wait(5)
        assert slow.cancelled
        assert pilot.app.first.state.lens == "memory"
        assert await said(pilot, "Stopped.")


async def test_another_sentence_stops_the_measuring_of_this_one(opened, slow):
    async with opened(lens="memory") as pilot:
        assert slow.started.wait(5)
        await pilot.press("e", *"dog", "enter")

        assert slow.ended.wait(5)
        assert slow.cancelled


async def test_a_lens_that_was_stopped_is_measured_again_when_it_comes_back(opened, slow):
    async with opened() as pilot:
        await pilot.press("v")
        assert slow.started.wait(5)
        await pilot.press("escape", "escape")
        assert pilot.app.first.state.lens is None
        slow.end.set()
        await pilot.press("v")
        await settled(pilot)

        assert pilot.app.first.measuring.now[0].result is not None


async def test_a_slide_that_is_still_measured_is_forgotten_with_its_word(opened, clock, monkeypatch):
    async with opened(lens="recency", clock=clock) as pilot:
        await settled(pilot)
        slow = Slow()
        monkeypatch.setattr(measuring, "measure", slow)
        await pilot.press("l")
        assert slow.started.wait(5)
        await pilot.press("w")
        slow.end.set()
        assert slow.ended.wait(5)
        await settled(pilot)

        assert slow.cancelled
        assert pilot.app.first.state.position.t == 1
        assert pilot.app.first.slider.at is None
        assert not pilot.app.first.measuring.measuring


async def test_l_slides_the_word_through_the_sentence(opened, clock):
    async with opened(lens="recency", at=(1, 4), clock=clock) as pilot:
        await settled(pilot)
        await pressed(pilot, "l")
        places = [pilot.app.first.slider.at]
        for _ in range(3):
            clock.tick()
            places.append(pilot.app.first.slider.at)

        assert places == [0, 1, 2, 2]  # it stays at the last place, to be looked at
        assert pilot.app.first.measuring.now[0].swept[0] == 1
        assert not clock.running


async def test_escape_ends_the_sliding_and_leaves_the_lens_open(opened, clock):
    async with opened(lens="recency", clock=clock) as pilot:
        await settled(pilot)
        await pressed(pilot, "l", "escape")

        assert pilot.app.first.slider.at is None
        assert pilot.app.first.state.lens == "recency"


async def test_a_move_ends_the_sliding(opened, clock):
    async with opened(lens="recency", clock=clock) as pilot:
        await settled(pilot)
        await pressed(pilot, "l", "right")

        assert pilot.app.first.slider.at is None
        assert not clock.running


async def test_l_is_for_the_recency_lens(opened):
    async with opened(lens="memory") as pilot:
        assert not pilot.app.first.able("slide")


@pytest.mark.parametrize("name", ["gru", "lstm", "series", "sixteen", "many", "attentive"])
@pytest.mark.parametrize("lens", LENSES)
async def test_every_lens_on_every_kind_of_network_is_seen_or_says_why_not(opened, name, lens):
    async with opened(name, lens=lens, full=True, at=(1, 0)) as pilot:
        await settled(pilot)
        now = pilot.app.first.measuring.now[0]

        assert (now.result is not None) != bool(now.refused)
        if now.refused:
            assert "-m " in now.refused or "“" in now.refused


@pytest.mark.parametrize("lens", ["memory", "recency", "gradient"])
async def test_after_a_burst_of_keys_a_lens_shows_the_trace_that_is_on_the_screen(opened, lens):
    # given keys that come so quickly that most of what they ask for is no longer wanted when it is measured
    notches = random.Random(3)
    async with opened("sixteen", lens=lens, what_if=True) as pilot:
        first, different = pilot.app.first, 0
        for _ in range(12):
            for _ in range(notches.randint(2, 9)):
                await first.action_press(notches.choice(["less", "more", "undo", "redo"]))
            # when all is measured
            while first.measuring.measuring:
                await pilot.pause(0.01)
            # then it is what a measuring of this very trace gives
            trace, state = first.computed.trace, first.state
            fresh = measuring.measure(measuring.question(lens, trace, state.position.t, state.unit), trace)
            shown = first.measuring.now[0].result
            for field in fields(fresh):
                np.testing.assert_equal(getattr(shown, field.name), getattr(fresh, field.name), err_msg=field.name)
            different += trace is not first.traces.trace(state.reading.unedited)
    assert different > 6
