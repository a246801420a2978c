"""A lesson from card to card, and off and back to it."""

import pytest

from rnn_tui.lessons import course
from rnn_tui.lessons.lesson import Card
from rnn_tui.scene import Position
from rnn_tui.settings import Settings
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.lesson.opening import screens
from rnn_tui.tui.lesson.screen import LessonScreen
from rnn_tui.tui.walking.screen import WalkScreen
from tests.hardening.reopening import as_opened, reopened
from tests.tui.lesson.conftest import pressed, running
from tests.tui.screens import click, lines, text

WIDE, NARROW = (120, 36), (80, 24)


def card(pilot):
    return pilot.app.screen.state.card


async def test_the_prose_stands_beside_the_picture(lesson_file):
    async with running(lesson_file()) as pilot:
        assert lines(pilot.app)[0].startswith(" rnn-tui  Adding  stop 1 of 2  kicking-and-screaming")
        assert lines(pilot.app)[0].rstrip().endswith("word 2 of 3 · 2 Add")
        assert lines(pilot.app)[2].startswith("  Adding  ")
        assert "A network reads one word at a time." in lines(pilot.app)[4]
        assert "━ 2 Add " in text(pilot.app)
        assert "PageDown goes on" in lines(pilot.app)[-2]

        await pressed(pilot, "pagedown")

        assert "A network reads one word at a time." in lines(pilot.app)[4]  # what was said before stays above
        assert "Word 2 is and. Before it unit 1 was" in lines(pilot.app)[6]
        assert "0.72." in lines(pilot.app)[7]
        assert "PageDown a question" in lines(pilot.app)[-2]


async def test_where_there_is_no_room_for_both_they_take_turns(lesson_file):
    async with running(lesson_file(), NARROW) as pilot:
        assert "A network reads one word at a time." in text(pilot.app)
        assert "━ 2 Add " not in text(pilot.app)

        await pressed(pilot, "pagedown")
        assert "Word 2 is and. Before it unit 1 was 0.72." in text(pilot.app)
        assert "PageDown the picture" in text(pilot.app)

        await pressed(pilot, "pagedown")
        assert "━ 2 Add " in text(pilot.app)
        assert lines(pilot.app)[1].startswith(" Word 2 is and. Before it unit 1 was 0.72.  ")
        assert lines(pilot.app)[1].rstrip().endswith("PageDown a question")
        assert card(pilot) == Card(0, 1)

        await pressed(pilot, "tab")
        assert "━ 2 Add " not in text(pilot.app)
        await pressed(pilot, "enter")
        assert "━ 2 Add " in text(pilot.app)
        assert not pilot.app.screen.state.arithmetic


@pytest.mark.parametrize(("size", "presses"), [(WIDE, 2), (NARROW, 3)])
async def test_a_question_is_asked_revealed_and_left_with_page_down(lesson_file, size, presses):
    async with running(lesson_file(), size, "pagedown " * presses) as pilot:
        assert card(pilot) == Card(0, 2)
        assert "Will unit 1 go up or down?" in text(pilot.app)
        assert pilot.app.screen.state.asking
        assert "+0.61" not in text(pilot.app)
        assert "It becomes" not in text(pilot.app)

        await pressed(pilot, "2 2 1 pagedown")
        assert card(pilot) == Card(0, 2)
        assert "Answer: down" in text(pilot.app)
        assert "2 of 3 had it right." in text(pilot.app)
        assert "+0.61" in text(pilot.app)

        await pressed(pilot, "pagedown")
        assert card(pilot) == Card(0, 3)
        assert "It becomes 0.61." in text(pilot.app)


async def test_after_the_answer_one_comes_back_to_it_with_the_hands(lesson_file):
    async with running(lesson_file(), keys="pagedown pagedown 2 2 1 pagedown") as pilot:
        answered = pilot.app.screen.state.plain
        await pressed(pilot, "right v")
        assert "2 of 3 had it right." not in text(pilot.app)
        await pressed(pilot, "backspace")
        assert pilot.app.screen.state.plain == answered
        assert "2 of 3 had it right." in text(pilot.app)


async def test_a_question_that_was_closed_is_asked_again(lesson_file):
    async with running(lesson_file(), keys="pagedown pagedown escape") as pilot:
        assert "Will unit 1" not in text(pilot.app)
        await pressed(pilot, "backspace")
        assert pilot.app.screen.state.asking
        await pressed(pilot, "escape pagedown")
        assert card(pilot) == Card(0, 2)
        assert "Answer: down" in text(pilot.app)


async def test_page_up_goes_the_same_way_back(lesson_file):
    async with running(lesson_file(), keys="pagedown " * 6) as pilot:
        assert pilot.app.screen.state.card is None
        seen = []
        for _ in range(6):
            await pressed(pilot, "pageup")
            seen.append(card(pilot))
        assert seen == [Card(1, 0), Card(0, 3), Card(0, 2), Card(0, 1), Card(0, 0), Card(0, 0)]
        assert not pilot.app.screen.able("last-card")


async def test_page_up_where_they_take_turns_shows_the_prose_first(lesson_file):
    async with running(lesson_file(), NARROW, "pagedown pagedown") as pilot:
        await pressed(pilot, "pageup")
        assert card(pilot) == Card(0, 1)
        assert "━ 2 Add " not in text(pilot.app)
        await pressed(pilot, "pageup")
        assert card(pilot) == Card(0, 0)


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("keys", ["right right up", "v", "t", "x f escape", "end", "1 U", "enter"])
async def test_one_key_comes_back_to_the_stop_exactly(lesson_file, size, keys):
    async with running(lesson_file(), size, "pagedown") as pilot:
        screen = pilot.app.screen
        home = screen.state.plain
        if size == NARROW:
            await pressed(pilot, "tab")
        shown = text(pilot.app)
        assert not screen.able("back-to-card")

        await pressed(pilot, keys)
        assert screen.state.plain != home
        assert "backspace back to the lesson" in text(pilot.app)
        await pressed(pilot, "backspace")

        assert screen.state.plain == home
        assert card(pilot) == Card(0, 1)
        assert text(pilot.app) == shown


async def test_it_comes_back_from_another_sentence_and_from_another_model(lesson_file):
    async with running(lesson_file()) as pilot:
        await pressed(pilot, "e d o g s enter")
        assert pilot.app.screen.state.text == "dogs"
        await pressed(pilot, "backspace")
        assert pilot.app.screen.state.text == "Kicking and screaming"
        await pressed(pilot, "u")
        assert pilot.app.screen.state.text == "dogs"


async def test_a_key_of_the_walk_at_the_prose_turns_to_the_picture(lesson_file):
    async with running(lesson_file(), NARROW) as pilot:
        await pressed(pilot, "right")
        assert "━ 2 Add " in text(pilot.app)
        assert pilot.app.screen.state.position == Position(1, 2)
        await pressed(pilot, "tab w")
        assert pilot.app.screen.state.position == Position(2, 2)
        assert "━ 2 Add " in text(pilot.app)


async def test_tab_still_chooses_among_edits(lesson_file):
    async with running(lesson_file(), NARROW, "tab x f o tab") as pilot:
        assert pilot.app.screen.state.chosen == 0
        assert pilot.app.screen.state.turned


async def test_it_is_left_for_the_walk_with_the_scene_of_now(lesson_file):
    async with running(lesson_file(), keys="right W") as pilot:
        await pilot.pause()
        assert type(pilot.app.screen) is WalkScreen
        assert pilot.app.screen.state.position == Position(1, 3)
        assert type(pilot.app.screen.state).__name__ == "Scene"


async def test_a_terminal_that_changes_its_size_keeps_the_card(lesson_file):
    async with running(lesson_file(), keys="pagedown") as pilot:
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        assert "Word 2 is and. Before it unit 1 was 0.72." in text(pilot.app)
        assert "━ 2 Add " not in text(pilot.app)
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert "rnn-tui needs more room" in text(pilot.app)
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert "━ 2 Add " in text(pilot.app)
        assert card(pilot) == Card(0, 1)


async def test_its_scene_is_copied_as_a_command(lesson_file):
    async with running(lesson_file()) as pilot:
        pilot.app.screen.copy_command()
        assert pilot.app.clipboard == "rnn-tui -m kicking-and-screaming -s 'Kicking and screaming' --at 2:add"


async def test_long_prose_is_read_page_by_page(lesson_file):
    sentences = "\n\n".join(f"Paragraph {number} says this and that, and a little more." for number in range(30))
    path = lesson_file(ADD_LONG.format(prose=sentences))
    async with running(path, NARROW) as pilot:
        assert "page 1 of " in text(pilot.app)
        seen = text(pilot.app)
        for _ in range(30):
            if pilot.app.screen.state.turned:
                break
            await pressed(pilot, "pagedown")
            seen += text(pilot.app)
        assert all(f"Paragraph {number} says" in seen for number in range(30))
        await pressed(pilot, "pageup pageup")
        assert pilot.app.screen.state.page > 0


ADD_LONG = """\
---
title: Long
minutes: 1
---
```scene
-m kicking-and-screaming
```

{prose}
"""


async def test_it_is_a_lesson_screen_over_a_walk(lesson_file):
    async with running(lesson_file()) as pilot:
        assert isinstance(pilot.app.screen, LessonScreen)
        assert type(pilot.app.first) is WalkScreen


async def test_equations_that_are_set_are_in_every_scene(lesson_file):
    app = RnnApp(*screens(course.load(lesson_file())), Settings(notation=True))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert app.screen.state.notation
        await pressed(pilot, "pagedown")
        assert app.screen.state.notation
        assert not app.screen.able("back-to-card")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_mouse_goes_on_and_comes_back(lesson_file, size):
    async with running(lesson_file(), size, "pagedown") as pilot:
        if size == NARROW:
            await click(pilot, "PageDown the picture")
        await click(pilot, "PageDown a question")
        assert pilot.app.screen.state.asking
        if size == WIDE:
            await click(pilot, "PageDown the answer")
        else:
            await pressed(pilot, "pagedown")
        assert "Answer: down" in text(pilot.app)
        await pressed(pilot, "right")
        await click(pilot, "backspace back to the lesson")
        assert "Answer: down" in text(pilot.app)


async def test_a_comparison_is_opened_from_a_lesson_and_comes_back_to_it(lesson_file):
    async with running(lesson_file(), keys="pagedown c down down enter right c") as pilot:
        await pilot.pause()
        assert isinstance(pilot.app.screen, LessonScreen)
        assert card(pilot) == Card(0, 1)
        assert pilot.app.screen.state.away
        await pressed(pilot, "backspace")
        assert not pilot.app.screen.state.away


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_who_presents_stays_in_the_presenter_view(lesson_file, size):
    async with running(lesson_file(), size, "z") as pilot:
        assert "present" in pilot.app.screen.plan.regions
        assert not pilot.app.screen.state.away
        await pressed(pilot, "right backspace")
        assert "present" in pilot.app.screen.plan.regions
        assert pilot.app.screen.state.position == Position(1, 2)
        await pressed(pilot, "pagedown " * (5 if size == WIDE else 6))
        assert card(pilot) == Card(1, 0)
        assert pilot.app.screen.state.presenting
        await pressed(pilot, "z pagedown pagedown")
        assert not pilot.app.screen.state.presenting


@pytest.mark.parametrize("keys", ["", "pagedown pagedown", "pagedown pagedown 1 pagedown", "right x f", "v V", "z"])
async def test_the_command_for_this_view_opens_its_scene_without_the_lesson(lesson_file, keys):
    async with running(lesson_file(), WIDE, keys) as pilot:
        screen = pilot.app.screen

        assert reopened(screen.reopening()) == as_opened(screen.state)
