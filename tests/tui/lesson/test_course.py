"""Every lesson of the course from its first card to its end, with PageDown alone."""

from itertools import cycle

import pytest

from rnn_tui.lessons import course
from rnn_tui.lessons.lesson import QuestionPart
from rnn_tui.tui.lesson.telling import following
from tests.tui.lesson.conftest import ADD, pressed, prose, running
from tests.tui.screens import lines

SIZES = ((80, 24), (120, 36), (100, 30))
MOST_PAGES = 12
"""The most presses that a card takes."""
LESSONS = [pytest.param(path, size, id=path.stem) for path, size in zip(course.paths(), cycle(SIZES), strict=False)]


async def walked(pilot, lesson):
    """Press PageDown until the lesson ends; checks that every card comes in its order, and every answer is shown."""
    screen = pilot.app.screen
    seen, answered = [screen.state.card], 0
    for _ in range(MOST_PAGES * len(lesson.cards)):
        if screen.state.card is None:
            break
        asking = screen.state.asking
        await pilot.press("pagedown")
        if asking:
            assert screen.state.asked.revealed
            answered += 1
        if screen.state.card != seen[-1]:
            seen.append(screen.state.card)
    assert seen == [*lesson.cards, None]
    assert (
        answered
        == lesson.questions
        == sum(isinstance(part, QuestionPart) for stop in lesson.stops for part in stop.parts)
    )
    assert pilot.app.said == []


@pytest.mark.parametrize(("path", "size"), LESSONS)
async def test_a_lesson_runs_from_end_to_end_with_a_clicker(path, size):
    lesson = course.load(path)
    async with running(path, size) as pilot:
        await walked(pilot, lesson)
        await pilot.pause()
        assert "the end" in lines(pilot.app)[0]
        after = following(lesson)
        if after is None:
            assert not pilot.app.screen.able("next-card")
        else:
            assert course.load(after).title in prose(pilot)
            await pressed(pilot, "pagedown")
            assert pilot.app.screen.state.lesson.path == after


@pytest.mark.parametrize("size", [(80, 24), (110, 30), (160, 48)])
async def test_two_lessons_in_a_row(shipped, size):
    async with running(shipped[0], size) as pilot:
        await walked(pilot, course.load(shipped[0]))
        await pilot.pause()
        assert "4 minutes. PageDown or enter opens it" in prose(pilot)
        assert "Next comes Forgetting" in prose(pilot)
        await pressed(pilot, "enter")
        assert pilot.app.screen.state.lesson.title == "Forgetting"
        assert "stop 1 of 1" in lines(pilot.app)[0]
        await walked(pilot, course.load(shipped[1]))
        assert not pilot.app.screen.able("next-card")
        await pressed(pilot, "pagedown enter")
        assert pilot.app.screen.state.card is None


async def test_after_a_lesson_of_ones_own_there_is_no_next(lesson_file, shipped):
    path = lesson_file(ADD, "mine.md")
    async with running(path) as pilot:
        await walked(pilot, course.load(path))
        await pilot.pause()
        assert "That was “Adding”." in prose(pilot)
        assert not pilot.app.screen.able("next-card")


async def test_a_next_lesson_that_can_not_be_opened_is_said_in_one_line(shipped):
    shipped[1].write_text(shipped[1].read_text().replace("recall-elman", "recall-elmen"), encoding="utf-8")
    async with running(shipped[0], keys="pagedown " * 7) as pilot:
        assert pilot.app.screen.state.card is None
        (said,) = pilot.app.said
        assert "recall-elmen" in said
        assert "\n" not in said
