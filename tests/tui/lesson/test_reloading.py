"""A lesson that is open while somebody writes it: saving the file shows the change."""

import os
import sys

import pytest

from rnn_tui.lessons.lesson import Card
from rnn_tui.scene import Position
from rnn_tui.traces import Traces
from rnn_tui.tui.lesson.watching import Watch
from tests.tui.lesson.conftest import ADD, pressed, prose, running
from tests.tui.screens import text


def saved(path, content):
    """Save a file as an editor does, with another time than before."""
    before = path.stat().st_mtime_ns
    path.write_text(content, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


async def looked(pilot, clock):
    clock.tick()
    await pilot.pause()


async def test_what_is_saved_is_shown_where_one_is(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="pagedown right right", clock=clock) as pilot:
        assert [alarm.seconds for alarm in clock.running] == [0.5]
        saved(path, ADD.replace("Before it unit 1 was", "At the start unit 2 has {steps[0].h_prev[1]}, and unit 1 had"))
        await looked(pilot, clock)

        assert "At the start unit 2 has 0.00, and unit 1 had 0.72." in prose(pilot)
        assert pilot.app.screen.state.card == Card(0, 1)
        assert pilot.app.screen.state.position == Position(1, 4)  # what is tried stays
        assert pilot.app.said == []


async def test_a_scene_that_is_another_is_shown_at_once(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="pagedown", clock=clock) as pilot:
        saved(path, ADD.replace("--at 2:add", "--at 3:add --notation"))
        await looked(pilot, clock)

        assert pilot.app.screen.state.position == Position(2, 2)
        assert pilot.app.screen.state.notation
        assert pilot.app.screen.state.card == Card(0, 1)
        assert not pilot.app.screen.able("back-to-card")


async def test_a_fault_is_said_with_its_line_and_the_lesson_stays(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="pagedown", clock=clock) as pilot:
        before = text(pilot.app)
        saved(path, ADD.replace("{steps[1].token}", "{steps[9].token}"))
        await looked(pilot, clock)
        (said,) = pilot.app.said
        assert said.startswith("line 12: ")
        assert "steps[9].token" in said
        assert pilot.app.screen.state.lesson.stops[0].parts[1].text.startswith("Word 2 is *{steps[1].token}*")

        await looked(pilot, clock)
        assert len(pilot.app.said) == 1  # once, until it is saved again

        saved(path, ADD.replace("```question", "```qestion"))
        await looked(pilot, clock)
        (said,) = pilot.app.said
        assert said.startswith("line 14: ")

        saved(path, ADD)
        await looked(pilot, clock)
        assert pilot.app.said == []
        pilot.app.clear_notifications()
        await pilot.pause()
        assert text(pilot.app) == before


async def test_a_stop_that_is_taken_out_leads_to_the_last_before_it(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="pagedown " * 5, clock=clock) as pilot:
        assert pilot.app.screen.state.card == Card(1, 0)
        saved(path, ADD[: ADD.rindex("```scene")])
        await looked(pilot, clock)
        assert pilot.app.screen.state.card == Card(0, 3)
        assert "stop 1 of 1" in text(pilot.app)


async def test_a_file_that_is_away_for_a_moment_is_waited_for(lesson_file, clock):
    path = lesson_file()
    async with running(path, clock=clock) as pilot:
        path.unlink()
        await looked(pilot, clock)
        assert pilot.app.said == []
        saved_again = ADD.replace("reads **one word**", "takes **a word**")
        path.write_text(saved_again, encoding="utf-8")
        await looked(pilot, clock)
        assert "A network takes a word at a time." in text(pilot.app)


async def test_undo_does_not_lead_into_what_was_before_the_change(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="e d o g s enter", clock=clock) as pilot:
        assert pilot.app.screen.able("undo")
        saved(path, ADD.replace("one word", "two words"))
        await looked(pilot, clock)
        assert not pilot.app.screen.able("undo")


async def test_a_lesson_of_the_course_is_not_watched(shipped, clock):
    async with running(shipped[0], clock=clock) as pilot:
        assert clock.running == []
        await pressed(pilot, "pagedown")
        assert clock.running == []


async def test_an_answer_that_is_shown_stays_with_its_hands(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="pagedown pagedown 2 2 1 pagedown", clock=clock) as pilot:
        saved(path, ADD.replace("It becomes", "Now it is"))
        await looked(pilot, clock)
        assert "2 of 3 had it right." in text(pilot.app)
        await pressed(pilot, "pagedown")
        assert "Now it is 0.61." in prose(pilot)


async def test_who_has_left_the_lesson_is_told_nothing_of_it(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="W", clock=clock) as pilot:
        saved(path, "nothing")
        await looked(pilot, clock)
        assert clock.running == []
        assert pilot.app.said == []


@pytest.mark.skipif(sys.platform == "win32", reason="has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    assert Watch(tmp_path / "pipe.md").changed(Traces()) is None
