"""docs/lessons.md says what is so: its lesson runs, its scenes open, its questions are those that there are."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.lessons.checking import faults_of
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import blocks
from rnn_tui.lessons.reading import MOST_BYTES, MOST_CHARACTERS, MOST_PARAGRAPHS, MOST_STOPS, parse
from rnn_tui.questions.kinds import KINDS
from rnn_tui.scene import Reading
from rnn_tui.traces import Traces
from tests.lessons.conftest import FRONT, SCENE
from tests.markdown import fenced, names, read, rows, section

PAGE = read("docs/lessons.md")
HERE = Path("my-lesson.md")
TWO_WAY, A_NUMBER = "tagger-two-way", "el-nino"
"""Models of two lanes, and of a number as the answer."""


def test_the_whole_lesson_has_no_fault_and_says_what_is_so():
    text = fenced(PAGE, "markdown")
    lesson, faults = faults_of(text, HERE)
    trace = Traces().trace(Reading("kicking-and-screaming", "Running in the rain"))
    last = blocks(lesson.stops[0].parts[-1], lambda path, _: value_in_words(trace, path))[0].text

    assert faults == []
    assert (lesson.title, len(lesson.stops), lesson.questions) == ("Which word wins?", 1, 1)
    assert last.startswith("It turned to Positive.")
    assert trace.values["h"][3][1] > trace.values["h"][3][0]


def test_what_the_page_shows_of_text_is_shown():
    text = section(PAGE, "Text")
    (prose,) = parse(FRONT + SCENE + fenced(text, "markdown"), HERE).stops[0].parts
    shown = blocks(prose, lambda *_: "")

    assert [block.kind for block in shown] == ["paragraph", "heading", "item", "item", "item", "paragraph"]
    assert [run.role for run in shown[0].runs if run.role != "plain"] == ["emphasis", "strong", "code"]
    assert shown[-1].depth == 1
    assert "note" not in "".join(block.text for block in shown)


def test_the_scene_opens():
    scene = fenced(PAGE, "scene")
    named = re.findall(r"`(--[a-z]+ [^`]+|--notation)`", section(PAGE, "Scenes"))

    assert faults_of(f"{FRONT}```scene\n{scene}```\n", HERE)[1] == []
    assert len(named) == 6
    for options in named:
        model = TWO_WAY if "--direction" in options else "sentiment"
        asked = f'```scene\n-m {model} -s "this movie is not good" {options}\n```\n'
        assert faults_of(FRONT + asked, HERE)[1] == [], options


@pytest.mark.parametrize("placeholder", [names(cell)[0] for cell, _ in rows(section(PAGE, "Numbers"))])
def test_a_placeholder_of_the_page_is_filled_in(placeholder):
    model = TWO_WAY if "layers" in placeholder else A_NUMBER if "outputs" in placeholder else None
    scene = SCENE if model is None else f"```scene\n-m {model} --at 2:read\n```\n"
    assert faults_of(f"{FRONT}{scene}{placeholder}\n", HERE)[1] == []


def test_every_question_is_on_the_page_with_its_level():
    listed = {names(cells[0])[0].split()[0]: cells for cells in rows(section(PAGE, "Questions"))}

    assert set(listed) == set(KINDS)
    for name, (form, _, levels) in listed.items():
        assert {int(level) for level in levels.split(", ")} == set(KINDS[name].levels), name
        model, text = ("sentiment", "this is not a good film") if name == "other-cell" else (
            "kicking-and-screaming", "Running in the rain"
        )  # fmt: skip
        reads = f"-m {A_NUMBER}" if KINDS[name].of_numbers else f"-m {model} -s '{text}'"
        asked = f"```scene\n{reads} --at 1:read\n```\n```question\n{names(form)[0]}\n```\n"
        assert faults_of(FRONT + asked, HERE)[1] == [], name


def test_the_faults_are_said_as_the_page_says(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    unknown, outside = fenced(section(PAGE, "Faults"), "text").splitlines()
    front = FRONT.count("\n")
    scene = '```scene\n-m {} -s "Running in the rain"\n```\n'
    texts = {
        unknown: FRONT + "\n" * (int(unknown.split(":")[1]) - front - 1) + scene.format("sentimant"),
        outside: FRONT
        + scene.format("sentiment")
        + "\n" * (int(outside.split(":")[1]) - front - 4)
        + "{steps[9].token}",
    }
    for fault, text in texts.items():
        HERE.write_text(text, encoding="utf-8")
        assert main(["lesson", "--check", str(HERE)]) == 1
        assert capsys.readouterr().err.splitlines() == [fault]


def test_the_limits_are_those_of_the_program():
    text = section(PAGE, "Faults")
    assert (MOST_BYTES, MOST_STOPS, MOST_PARAGRAPHS, MOST_CHARACTERS) == (1_000_000, 200, 10_000, 200_000)
    counts = "200 scenes, 10,000 paragraphs and 200,000 characters of text"
    assert f"at most 1 MB, {counts}, a sentence in it 5,000 characters" in " ".join(text.split())


def test_the_commands_are_commands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    commands = [line.partition("#")[0].split() for line in fenced(PAGE, "sh").splitlines()]

    assert [words[:2] for words in commands] == [["rnn-tui", "lesson"]] * 3
    for _, *words in commands:
        assert main(words) == 0
    assert capsys.readouterr().err == ""
