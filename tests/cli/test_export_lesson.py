"""`rnn-tui export --lesson NAME -o FILE.html`: a whole lesson in one file, and what doesn't go with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.export.page.lesson import lesson_page
from rnn_tui.lessons import course
from rnn_tui.traces import Traces
from tests.lessons.conftest import FRONT, SCENE


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys, *arguments):
    """The exit code and the one line that says what is wrong; nothing is written then."""
    before = sorted(Path().iterdir())
    code = main(["export", *arguments])
    (line,) = capsys.readouterr().err.splitlines()
    assert sorted(Path().iterdir()) == before
    return code, line


@pytest.mark.parametrize("named", ["4", "check", str(course.find("4"))])
def test_a_lesson_is_written_by_its_number_its_name_or_its_file(folder, capsys, named):
    assert main(["export", "--lesson", named, "-o", "check.html"]) == 0
    lesson = course.load("4")
    assert capsys.readouterr().out == f"check.html: the lesson “{lesson.title}” as a page\n"
    assert (folder / "check.html").read_text(encoding="utf-8") == lesson_page(lesson, Traces())


def test_notation_is_that_of_rnn_tui_lesson(folder):
    assert main(["export", "--lesson", "4", "--notation", "-o", "check.html"]) == 0
    page = (folder / "check.html").read_text(encoding="utf-8")
    assert page == lesson_page(course.load("4"), Traces(), notation=True)
    assert page != lesson_page(course.load("4"), Traces())


OPTIONS = {
    "-m": "sentiment",
    "-s": "not good",
    "--at": "2:add",
    "--unit": "1",
    "--edit": "forget",
    "--lens": "memory",
    "--layer": "1",
    "--ask": "label",
    "--temperature": "0.5",
    "--size": "80x24",
    "--theme": "textual-light",
    "--pace": "1",
    "--with": "torch",
}


@pytest.mark.parametrize("option", [*OPTIONS, "--full", "--hide", "--arithmetic", "--what-if", "--present"])
def test_a_lesson_has_scenes_of_its_own(capsys, option):
    given = [option, OPTIONS[option]] if option in OPTIONS else [option]
    code, line = refused(capsys, "--lesson", "4", *given, "-o", "check.html")
    assert code == 2
    named = {"-m": "--model", "-s": "--sentence"}.get(option, option)
    assert line == f"rnn-tui: --lesson brings scenes of its own; leave {named} out"


@pytest.mark.parametrize("name", ["check.svg", "check.json", "check"])
def test_only_a_page_can_hold_a_lesson(capsys, name):
    code, line = refused(capsys, "--lesson", "4", "-o", name)
    assert code == 2
    assert ".html" in line


def test_what_is_there_stays(folder, capsys):
    (folder / "check.html").write_text("mine", encoding="utf-8")
    code, line = refused(capsys, "--lesson", "4", "-o", "check.html")
    assert (code, "--force" in line) == (1, True)
    assert (folder / "check.html").read_text(encoding="utf-8") == "mine"
    assert main(["export", "--lesson", "4", "-o", "check.html", "--force"]) == 0


def test_a_lesson_that_is_none_is_one_line(capsys):
    code, line = refused(capsys, "--lesson", "chek", "-o", "check.html")
    assert code == 1
    assert "did you mean “check”?" in line


def test_the_first_fault_of_a_lesson_is_named_with_its_line(folder, capsys):
    (folder / "mine.md").write_text(f"{FRONT}{SCENE}\n{{steps[99].h[0]}}\n", encoding="utf-8")
    code, line = refused(capsys, "--lesson", "mine.md", "-o", "mine.html")
    assert code == 1
    assert re.search(r"mine\.md:9: .*steps\[99\]", line)


def test_a_lesson_of_ones_own_with_its_model_beside_it(folder):
    from rnn_tui.network.storage import save
    from tests.builders import build

    save(build(inputs="embedding"), folder / "own.safetensors")
    (folder / "mine.md").write_text(f"{FRONT}```scene\n-m ./own.safetensors\n```\n\nHello.\n", encoding="utf-8")
    assert main(["export", "--lesson", "mine.md", "-o", "mine.html"]) == 0
    assert "Hello." in (folder / "mine.html").read_text(encoding="utf-8")
