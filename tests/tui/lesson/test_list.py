"""The list of lessons, which L opens from the walk and from a lesson; and what a first start says."""

import pytest

from rnn_tui.cli.app import WELCOME
from rnn_tui.lessons import course
from rnn_tui.lessons.checking import check
from rnn_tui.settings import Settings
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.dialogs.lessons import LessonsScreen, own
from rnn_tui.tui.lesson.screen import LessonScreen
from rnn_tui.tui.walking.screen import WalkScreen
from tests.tui.conftest import app_of
from tests.tui.lesson.conftest import ADD, pressed, walking
from tests.tui.screens import click, cut, lines, text


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The working folder, which is the test's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_it_has_the_course_and_the_lessons_of_the_folder(shipped, here):
    (here / "mine.md").write_text(ADD.replace("title: Adding", "title: [bold]Mine"), encoding="utf-8")
    (here / "broken.md").write_text(ADD.replace("minutes: 6", "minutes: six"), encoding="utf-8")
    (here / "README.md").write_text("# no lesson\n", encoding="utf-8")
    (here / "folder.md").mkdir()
    async with walking("L") as pilot:
        assert isinstance(pilot.app.screen, LessonsScreen)
        region = pilot.app.screen.query_one("#lessons").content_region
        rows = lines(pilot.app)[region.y : region.bottom]
        shown = [cut(row, region.x, region.right).strip() for row in rows]
        assert [line for line in shown if line] == [
            "1  Adding",
            "6 minutes · everybody",
            "2  Forgetting",
            "4 minutes",
            "broken.md  line 3: minutes is “six”; expected a whole number from 1 to 600",
            "mine.md  [bold]Mine",
            "6 minutes · everybody",
        ]
        await pressed(pilot, "escape")
        assert type(pilot.app.screen) is WalkScreen


async def test_a_lesson_is_opened_over_the_walk_and_another_in_its_place(shipped, here):
    async with walking("right right L down enter") as pilot:
        await pilot.pause()
        assert isinstance(pilot.app.screen, LessonScreen)
        assert lines(pilot.app)[0].startswith(" rnn-tui  Forgetting  stop 1 of 1")
        await pressed(pilot, "L")
        assert pilot.app.screen.query_one("#lessons").highlighted == 1
        await pressed(pilot, "up enter")
        await pilot.pause()
        assert lines(pilot.app)[0].startswith(" rnn-tui  Adding  stop 1 of 2")
        assert len(pilot.app.screen_stack) == 2
        await pressed(pilot, "W")
        await pilot.pause()
        assert pilot.app.screen is pilot.app.first
        assert pilot.app.first.state.model == "kicking-and-screaming"


async def test_a_lesson_that_can_not_be_opened_is_said_in_one_line(shipped, here):
    shipped[1].write_text(shipped[1].read_text().replace("recall-elman", "recall-elmen"), encoding="utf-8")
    async with walking("L down enter") as pilot:
        (said,) = pilot.app.said
        assert "recall-elmen" in said
        assert pilot.app.screen is pilot.app.first


async def test_of_a_file_nothing_but_its_front_matter_is_read_for_the_list(shipped, here, monkeypatch):
    (here / "mine.md").write_text(ADD, encoding="utf-8")

    def never(*_):
        raise AssertionError("a whole lesson was read")

    monkeypatch.setattr("rnn_tui.lessons.reading.parse", never)
    async with walking("L") as pilot:
        assert "mine.md  Adding" in text(pilot.app)


@pytest.mark.parametrize("broken", [("{steps[0].h[0]}", "{steps[9].h[0]}"), ("direction h[1]", "direction h[9]")])
async def test_a_lesson_of_ones_own_is_checked_before_a_class_sees_it(shipped, here, broken):
    path = here / "mine.md"
    path.write_text(ADD.replace(*broken), encoding="utf-8")
    (fault,) = check(course.load(path))
    async with walking("L down down enter") as pilot:
        assert pilot.app.said == [f"mine.md:{fault.line}: {fault.said}"]
        assert pilot.app.screen is pilot.app.first


async def test_the_first_lesson_of_the_course_is_highlighted(here):
    async with walking("L enter") as pilot:
        await pilot.pause()
        assert pilot.app.screen.state.lesson == course.course()[0]


async def test_an_empty_list_is_one_to_go_back_from(here, monkeypatch):
    monkeypatch.setattr(course, "FOLDER", here / "nothing")
    async with walking("L enter escape") as pilot:
        assert pilot.app.screen is pilot.app.first


def test_only_so_many_files_are_looked_into(here):
    for number in range(70):
        (here / f"{number:02}.md").write_text(ADD, encoding="utf-8")
    assert len(own()) == 50


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_first_start_says_in_the_footer_where_the_lessons_are_and_covers_nothing(size):
    app = app_of()
    app.first.welcome = WELCOME
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        assert lines(app)[-1].startswith(" New here? L lists the lessons ")
        assert "? help" in lines(app)[-1]
        assert app.said == []
        welcomed = lines(app)[:-1]
        await pressed(pilot, "right left")
        assert "New here?" not in text(app)
        assert lines(app)[:-1] == welcomed
        await pressed(pilot, "L")
        assert isinstance(app.screen, LessonsScreen)


async def test_a_first_start_names_the_key_that_is_set():
    app = RnnApp(app_of().first, settings=Settings(keys={"lessons": "Z"}))
    app.first.welcome = WELCOME
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert lines(app)[-1].startswith(" New here? Z lists the lessons ")
        await click(pilot, "lists the lessons")
        assert isinstance(app.screen, LessonsScreen)
