"""The file that a lesson begins with passes the check, and shows everything that there is."""

from __future__ import annotations

import re
from pathlib import Path

from rnn_tui.lessons.checking import faults_of
from rnn_tui.lessons.lesson import Prose, QuestionPart
from rnn_tui.lessons.markdown import FENCES
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import blocks
from rnn_tui.lessons.template import template
from rnn_tui.questions.kinds import KINDS
from rnn_tui.traces import Traces

LESSON, FAULTS = faults_of(template(), Path("lesson.md"))


def test_it_has_no_fault():
    assert FAULTS == []


def test_it_shows_every_kind_of_question():
    asked = [part.question.split()[0] for stop in LESSON.stops for part in stop.parts if isinstance(part, QuestionPart)]
    assert sorted(asked) == sorted(KINDS)


def test_it_shows_every_kind_of_block():
    assert set(re.findall(r"^```(\w+)$", template(), re.M)) == set(FENCES) - {"text"}
    assert "`text`" in template()


def test_its_notes_are_not_shown():
    traces, shown = Traces(), ""
    for stop in LESSON.stops:
        _, trace = open_stop(LESSON, stop, traces)
        for part in stop.parts:
            told = blocks(part, lambda path, _, at=trace: value_in_words(at, path)) if isinstance(part, Prose) else ()
            shown += "\n".join(block.text for block in told)
    assert "note" not in shown
    assert "“kicking”" in shown
    assert "It is Positive, with 64%." in shown


def test_its_notes_call_the_file_by_its_name():
    assert "rnn-tui lesson --check which-wins.md" in template("which-wins.md")
    assert "my-lesson" not in template("which-wins.md")
