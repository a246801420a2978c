"""A lesson that is written by walking it."""

from rnn_tui.cli import main
from rnn_tui.lessons import course
from rnn_tui.tui.dialogs.prompt import PromptScreen
from tests.tui.conftest import app_of
from tests.tui.lesson.conftest import ADD, pressed, running, walking
from tests.tui.screens import text


async def test_the_view_becomes_a_stop_of_a_new_lesson(opened, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    async with opened(keys="right right A") as pilot:
        assert isinstance(pilot.app.screen, PromptScreen)
        assert "my-lesson.md" in text(pilot.app)
        await pressed(pilot, "enter")
        assert pilot.app.said == ["stop 1 of my-lesson.md; `rnn-tui lesson my-lesson.md` runs it"]
        await pressed(pilot, "t v A")
        assert pilot.app.said[-1].startswith("stop 2 of my-lesson.md")

    lesson = course.load(tmp_path / "my-lesson.md")
    assert lesson.title == "My lesson"
    assert [stop.arguments for stop in lesson.stops] == [
        ("-m", "wired", "-s", "Kicking and screaming", "--at", "1:add"),
        ("-m", "wired", "-s", "Kicking and screaming", "--at", "1:add", "--lens", "memory", "--notation"),
    ]
    assert main(["lesson", "--check", "my-lesson.md"]) == 0
    assert "2 stops" in capsys.readouterr().out


async def test_what_was_added_last_is_said_alone_and_every_start_asks_for_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with walking("A") as pilot:
        await pressed(pilot, "enter right A right A")
        assert text(pilot.app).count("Added") == 1
        assert "stop 3 of my-lesson.md" in text(pilot.app)
    async with walking("A") as pilot:
        assert isinstance(pilot.app.screen, PromptScreen)


async def test_what_can_not_be_a_lesson_is_said_while_one_types(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with opened(keys="A") as pilot:
        await pressed(pilot, "x enter")
        assert "x: a lesson's file ends in .md, such as x.md" in text(pilot.app)
        assert isinstance(pilot.app.screen, PromptScreen)
        await pressed(pilot, "escape")
        assert list(tmp_path.glob("*.md")) == []


async def test_a_file_with_a_fault_stays_as_it_is(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-lesson.md").write_text("# no lesson\n", encoding="utf-8")
    async with opened(keys="A enter") as pilot:
        (said,) = pilot.app.said
        assert said.startswith("my-lesson.md:1: there is no front matter")
        assert said.endswith("nothing was added")
        assert (tmp_path / "my-lesson.md").read_text(encoding="utf-8") == "# no lesson\n"
        await pressed(pilot, "A")
        assert isinstance(pilot.app.screen, PromptScreen)  # it is asked for again


async def test_in_a_lesson_of_ones_own_the_stop_goes_to_that_and_is_there_at_once(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="right A", clock=clock) as pilot:
        assert str(path)[:20] in text(pilot.app)
        await pressed(pilot, "enter")
        clock.tick()
        await pilot.pause()
        assert "stop 1 of 3" in text(pilot.app)
        written = path.read_text(encoding="utf-8")
        assert written.startswith(ADD.rstrip())
        assert written[len(ADD) :].split("\n") == [
            "",
            "```scene",
            "-m kicking-and-screaming -s 'Kicking and screaming' --at 2:squash",
            "```",
            "",
            "",
        ]


async def test_it_stands_in_help_and_palette(opened):
    async with opened(keys="question_mark", size=(120, 140)) as pilot:
        assert "Add this view as a stop to a lesson of your own" in text(pilot.app)
    assert "add-stop" in {key.id for key in app_of().first.keys}
