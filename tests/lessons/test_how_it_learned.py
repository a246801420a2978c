"""The lesson about a training: what it asks at each epoch, and what it says of the trainings that it shows."""

from __future__ import annotations

import re

from rnn_tui import shelf
from rnn_tui.lenses.memory import memory
from rnn_tui.lessons import course
from rnn_tui.lessons.asking import question_of
from rnn_tui.lessons.lesson import Prose, QuestionPart
from rnn_tui.lessons.opening import open_stop
from rnn_tui.traces import Traces

LESSON = course.load("how-it-learned")
TRACES = Traces()
ANSWERS = [
    ("sun-or-rain", 0, "rain rain sun", "More sun"),
    ("sun-or-rain", 5, "rain rain sun", "More sun"),
    ("sun-or-rain", 5, "sun sun rain", "More rain"),
    ("sun-or-rain", 8, "sun sun rain", "More sun"),
    ("sun-or-rain", 27, "sun sun sun rain rain", "More sun"),
    ("sun-or-rain", 27, "sun sun sun sun sun rain rain rain rain", "More rain"),
    ("sentiment", 1, "not bad", "Negative"),
    ("sentiment", 22, "not bad", "Positive"),
    ("recall-lstm", 1, "obcdfghjklmnpq", "o"),
]
"""The answers that the prose behind each question is about; tests/models/test_runs.py has what it says beside them."""


def said():
    return " ".join(part.text for stop in LESSON.stops for part in stop.parts if isinstance(part, Prose))


def test_it_is_the_last_of_the_course_and_takes_no_longer_than_it_says():
    assert course.paths()[-1] == LESSON.path
    assert 8 <= LESSON.minutes <= 12
    assert "last lesson" in course.course()[-2].stops[-1].parts[-1].text


def test_every_stop_stands_at_an_epoch_and_every_epoch_is_guessed_before_it_is_shown():
    asked = []
    for stop in LESSON.stops:
        scene, trace = open_stop(LESSON, stop, TRACES)
        assert scene.epoch is not None
        for part in stop.parts:
            if isinstance(part, QuestionPart):
                answer = question_of(part, scene, trace).answer
                asked.append((scene.model, scene.epoch, scene.text, answer))
    assert asked == ANSWERS


def test_what_it_says_of_numbers_of_epochs_and_rows_is_so():
    run = shelf.run_of("sun-or-rain")
    assert run.best == 27
    assert run.training["batch_size"] == 32
    assert shelf.run_of("sentiment").best == 22
    assert "21 epochs later" in said()
    left = {
        epoch: memory(open_stop(LESSON, stop, TRACES)[1]).left(0)
        for stop in LESSON.stops
        for epoch in [open_stop(LESSON, stop, TRACES)[0].epoch]
        if "memory" in stop.arguments
    }
    assert set(left) == {5, 8}
    assert left[5] < 0.15 < 0.8 < left[8]


def test_the_surest_epoch_is_the_last_one_shown():
    run = shelf.run_of("sun-or-rain")
    assert run.told(27).validation_loss < run.told(8).validation_loss / 2


def test_its_commands_are_those_of_the_program(tmp_path, monkeypatch, capsys):
    from rnn_tui.cli import main

    (block,) = re.findall(r"```text\n(.*?)```", LESSON.path.read_text(encoding="utf-8"), re.DOTALL)
    commands = [line.split()[1:] for line in block.replace("\\\n", "").splitlines()]
    assert [command[0] for command in commands] == ["train", "learn"]
    monkeypatch.chdir(tmp_path)
    for options in ([], ["--learning-rate", "5"]):
        assert main([*commands[0], "--quiet", *options]) == 0
        assert main(commands[1]) == 0
        right = [
            float(line.split()[3].rstrip("%")) for line in capsys.readouterr().out.splitlines()[-10:] if "%" in line
        ]
        assert (max(right) > 90) == (not options)
