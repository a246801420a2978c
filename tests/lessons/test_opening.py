"""The scene of a stop, and the lesson that a name or a path means."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from rnn_tui import shelf
from rnn_tui.lessons import asking, course
from rnn_tui.lessons.checking import faults_of, load_checked
from rnn_tui.lessons.faults import LessonError
from rnn_tui.lessons.lesson import Prose, Stop
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.reading import parse
from rnn_tui.network import storage
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import save
from rnn_tui.scene import Position
from rnn_tui.scene_text import arguments_of
from rnn_tui.traces import Traces
from tests.builders import build
from tests.lessons.conftest import FRONT, SCENE


def opened(path, *arguments, allow_large=False):
    lesson = parse(FRONT + SCENE, Path(path))
    return open_stop(lesson, Stop(1, arguments, (Prose(1, ""),)), Traces(allow_large=allow_large))


def test_a_scene_is_what_its_command_line_opens():
    scene, trace = opened("x.md", "-s", "Kicking and screaming", "--at", "2:add", "--unit", "3", "--edit", "silence 1")

    assert scene.position == Position(1, 2)
    assert scene.unit == 2
    assert [edit.to_text() for edit in scene.edits] == ["silence 1"]
    assert not trace.values["h"][:, 0].any()
    assert arguments_of(scene, trace.model.floors)[:2] == ["-m", "kicking-and-screaming"]


def test_without_a_sentence_it_is_the_models_first_example(tmp_path):
    assert opened("x.md", "-m", "sentiment")[0].text == "this movie is good"
    save(build(examples=()), tmp_path / "own.safetensors")
    with pytest.raises(UserError, match="brings no sentence of its own; give it one with -s"):
        opened(tmp_path / "x.md", "-m", "own.safetensors")


def test_a_reading_is_computed_once():
    lesson = parse(FRONT + SCENE * 2, Path("x.md"))
    traces = Traces()

    first, second = (open_stop(lesson, stop, traces)[1] for stop in lesson.stops)
    assert first is second


@pytest.mark.parametrize("folder", ["", "a", "a/b"])
def test_a_path_of_a_model_is_meant_from_the_lessons_folder(tmp_path, monkeypatch, folder):
    here = tmp_path / folder
    here.mkdir(parents=True, exist_ok=True)
    save(build(), here / "own.safetensors")
    monkeypatch.chdir(tmp_path)
    for lesson in (os.path.join(folder, "x.md"), here / "x.md"):
        for name in ("own.safetensors", "./own.safetensors", str(here / "own.safetensors")):
            scene, _ = opened(lesson, "-m", name, "-s", "the dog")
            assert Path(scene.model).samefile(here / "own.safetensors")


def test_a_name_is_one_of_the_shelf_wherever_the_lesson_lies(tmp_path):
    assert opened(tmp_path / "x.md", "-m", "sentiment")[0].model == "sentiment"


def test_a_model_that_is_larger_than_the_shelf_allows_is_opened_only_where_it_is_asked_for(tmp_path, monkeypatch):
    save(build(), tmp_path / "own.safetensors")
    monkeypatch.setattr(storage, "MAX_BYTES", 100)
    arguments = ("-m", "own.safetensors", "-s", "the dog")

    with pytest.raises(UserError, match="--allow-large"):
        opened(tmp_path / "x.md", *arguments)
    with pytest.raises(UserError, match="a lesson can't allow it itself; it stands behind `rnn-tui lesson`"):
        opened(tmp_path / "x.md", *arguments, "--allow-large")
    assert opened(tmp_path / "x.md", *arguments, allow_large=True)[0].text == "the dog"


def test_a_model_of_the_lesson_is_checked_as_every_model(tmp_path):
    (tmp_path / "own.safetensors").write_bytes(b"no model")
    with pytest.raises(UserError, match=r"own\.safetensors"):
        opened(tmp_path / "x.md", "-m", "own.safetensors")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("1", "1-one-word-at-a-time"),
        ("add", "3-add"),
        ("3-add", "3-add"),
        ("in-notation", "9-in-notation"),
        ("10", "10-how-it-learned"),
    ],
)
def test_a_lesson_is_found_by_name_and_by_number(name, stem):
    assert course.find(name).stem == stem
    assert course.load(name) == course.load(course.find(name))


@pytest.mark.parametrize("name", ["mine.md", "mine.MD", "mine.markdown", "./mine", "a/mine"])
def test_what_looks_like_a_path_is_one(name):
    assert course.find(name) == Path(name)


@pytest.mark.parametrize("name", ["0", "11", "ad", "", "-1"])
def test_another_name_is_no_lesson(name):
    with pytest.raises(UserError, match="no lesson is called"):
        course.find(name)


def test_another_model_is_asked_about_from_wherever_the_program_was_started(tmp_path, monkeypatch):
    folder = tmp_path / "my school"
    folder.mkdir()
    shutil.copy(shelf.find("sentiment-gru"), folder / "gru.safetensors")
    path = folder / "x.md"
    path.write_text(
        f"{FRONT}```scene\n-m sentiment -s 'this is not a good film' --at 5:check\n```\n"
        "```question\nother-cell gru.safetensors\n```\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    for given in (path, Path("my school") / "x.md"):
        assert faults_of(given.read_text(encoding="utf-8"), given)[1] == []


def test_a_lesson_is_checked_as_a_whole_unless_it_is_of_the_course(tmp_path, monkeypatch):
    path = tmp_path / "x.md"
    path.write_text(f"{FRONT}{SCENE}<b>\n\n{{x}}\n", encoding="utf-8")
    with pytest.raises(LessonError) as raised:
        load_checked(path)
    assert [fault.line for fault in raised.value.faults] == [8, 10]
    monkeypatch.setattr("rnn_tui.lessons.checking.check", None)  # the course was checked before it was shipped
    assert load_checked("add").title == "Add: the memory"


def test_the_scene_with_a_question_is_what_is_asked():
    lesson = parse(FRONT + SCENE + "```question\nlabel\nask: In *which* after {steps[2].token}?\n```\n", Path("x.md"))
    scene, trace = open_stop(lesson, lesson.stops[0], Traces())
    (part,) = lesson.stops[0].parts
    over = asking.opened(part, scene, trace)
    assert over.asking
    assert over.asked.ask == "In which after screaming?" == asking.question_of(part, scene, trace).ask
