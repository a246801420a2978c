"""`rnn-tui lessons`."""

from __future__ import annotations

import json
from pathlib import Path

from rnn_tui.cli import main
from rnn_tui.lessons import course


def test_the_lessons_are_listed_in_their_order(capsys):
    assert main(["lessons"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[: len(course.paths())]] == [
        [str(number), lesson.name] for number, lesson in enumerate(course.course(), start=1)
    ]
    assert lines[2].endswith("6 min  Add: the memory")
    assert lines[-1].startswith("`rnn-tui lesson 1` runs the first")
    assert max(map(len, lines)) <= 80


def test_json_has_the_fields_that_programs_read(capsys):
    assert main(["lessons", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert set(listed) == {"format", "lessons"}
    assert listed["format"] == 1
    assert len(listed["lessons"]) == len(course.paths())
    for fields, lesson in zip(listed["lessons"], course.course(), strict=True):
        assert list(fields) == ["name", "title", "minutes", "stops", "questions", "path"]
        assert fields["name"] == lesson.name
        assert (fields["stops"], fields["questions"]) == (len(lesson.stops), lesson.questions)
        assert Path(fields["path"]).is_absolute()
        assert course.load(fields["path"]) == lesson
