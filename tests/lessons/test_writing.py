"""Stops that are put at the end of a lesson's file."""

import os

import pytest

from rnn_tui.edits import parse_edit
from rnn_tui.lessons import course
from rnn_tui.lessons.checking import faults_of
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.writing import add_stop, block, fit_file
from rnn_tui.network.errors import UserError
from rnn_tui.scene import Asked, Position, Reading, Scene
from rnn_tui.shelf import load
from rnn_tui.traces import Traces

MODEL = "kicking-and-screaming"
FLOORS = load(MODEL).floors


def scene_of(text="Kicking and screaming", edits=(), model=MODEL, **fields):
    return Scene(Reading(model, text, tuple(map(parse_edit, edits))), **fields)


def reopened(path, index=-1):
    lesson = course.load(path)
    return open_stop(lesson, lesson.stops[index], Traces())[0]


@pytest.mark.parametrize(
    "scene",
    [
        scene_of(),
        scene_of(position=Position(2, 3), unit=1, lens="memory", full=True, notation=True),
        scene_of(edits=("scale-memory 0.5", 'word 2 "it\'s"', "insert 1 ```"), what_if=True, chosen=2),
        scene_of('it\'s a "dog" $HOME ``` # -s', position=Position(1, 2), arithmetic=True, hidden=True),
        scene_of("-m other", temperature=0.25),
    ],
    ids=["plain", "looked at", "edited", "quoted", "dashed"],
)
def test_the_stop_opens_the_same_scene(tmp_path, scene):
    path = tmp_path / "mine.md"
    add_stop(path, scene, FLOORS)
    assert reopened(path) == scene
    assert faults_of(path.read_text(encoding="utf-8"), path)[1] == []


def test_a_second_stop_leaves_the_first_and_its_prose_as_they_are(tmp_path):
    path = tmp_path / "02-why_it-fades.md"
    assert add_stop(path, scene_of(), FLOORS).title == "Why it fades"
    written = path.read_text(encoding="utf-8") + "Prose of mine.\n"
    path.write_text(written, encoding="utf-8")
    lesson = add_stop(path, scene_of(position=Position(1, 0)), FLOORS)
    assert path.read_text(encoding="utf-8").startswith(written)
    assert [part.text for stop in lesson.stops for part in stop.parts] == ["Prose of mine.", ""]


def test_an_open_question_is_left_out(tmp_path):
    path = tmp_path / "mine.md"
    add_stop(path, scene_of(asked=Asked("label")), FLOORS)
    assert reopened(path) == scene_of()


def test_a_model_beside_the_lesson_is_named_from_its_folder(tmp_path, monkeypatch):
    from rnn_tui.network.storage import save

    (tmp_path / "lessons").mkdir()
    save(load(MODEL), tmp_path / "lessons" / "own.safetensors")
    monkeypatch.chdir(tmp_path)
    add_stop(tmp_path / "lessons" / "mine.md", scene_of(model=os.path.join("lessons", "own.safetensors")), FLOORS)
    assert course.load(tmp_path / "lessons" / "mine.md").stops[0].arguments[:2] == ("-m", "own.safetensors")
    assert reopened(tmp_path / "lessons" / "mine.md").model == str(tmp_path / "lessons" / "own.safetensors")


@pytest.mark.parametrize(
    "text", ["a  b", " a\tb ", "“Kicking” and screaming", "‘kicking’", "’tis kicking", "ends in \\"]
)
def test_a_sentence_is_read_as_it_was_typed(tmp_path, text):
    path = tmp_path / "mine.md"
    add_stop(path, scene_of(text), FLOORS)
    assert reopened(path) == scene_of(text)


@pytest.mark.parametrize("text", ["one\ntwo", "one\n", "one\rtwo", "one\u2028two"])
def test_a_line_break_is_refused_by_name(tmp_path, text):
    with pytest.raises(UserError, match="has a line break, which a scene can't hold"):
        add_stop(tmp_path / "mine.md", scene_of(text), FLOORS)
    assert list(tmp_path.iterdir()) == []


def test_a_fence_is_longer_than_all_inside():
    assert block(["-s", "a ```` b"]) == "`````scene\n-s 'a ```` b'\n`````"


@pytest.mark.parametrize(("name", "said"), [("mine", "ends in .md, such as mine.md"), ("x.txt", "such as x.md")])
def test_only_a_markdown_file_is_one(tmp_path, name, said):
    with pytest.raises(UserError, match=said):
        fit_file(tmp_path / name)


def test_the_course_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "FOLDER", tmp_path)
    path = tmp_path / "01-first.md"
    path.write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="the course stays as it is"):
        add_stop(path, scene_of(), FLOORS)


def test_a_sentence_with_a_control_character_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(UserError, match=r"control character .*; nothing was added"):
        add_stop(tmp_path / "mine.md", scene_of("dog \x1b[2J"), FLOORS)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UserError, match="give another folder"):
        add_stop(tmp_path / "nowhere" / "mine.md", scene_of(), FLOORS)
