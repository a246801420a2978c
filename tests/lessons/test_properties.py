"""Whatever text comes as a lesson: it is read, or its faults are said with lines that it has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.lessons.checking import faults_of
from rnn_tui.lessons.faults import LessonError
from rnn_tui.lessons.lesson import Prose
from rnn_tui.lessons.prose import blocks
from rnn_tui.lessons.reading import MOST_STOPS, parse, read
from tests.lessons.conftest import FRONT, SCENE

PATH = Path("lesson.md")
PIECES = (
    "---", "***", "title: a", "minutes: 5", "for: b", "```scene", "```question", "```", "~~~", "```python", "````scene",
    "-m sentiment", '-s "a b"', "--at 2:add", "--at 9", "label", "direction h[1]",
    "largest steps[0].h[0] steps[1].h[0]",
    "ask: which {steps[0].token}?", "choice: a", "{steps[0].h[0]}", "{", "}}", "{prediction.label:%}", "<!-- a -->",
    "<!--", "-->", "<b>", "- a", "  - b", "1. c", "> d", "    e", "# f", "*", "**g", "`h", "![i](j)", "[k]: l", "[k]",
    "&amp;", "\\", "|", "“", "\t", "\x00", "\x1b[0m", "\u2028", "\u202e", "é", "", "",
)  # fmt: skip
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=25)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.one_of(
    st.text(max_size=300),
    st.builds(lambda lines, end: end.join(lines), LINES, ENDS),
    st.builds(lambda lines: FRONT + SCENE + "\n".join(lines), LINES),
)


def count(text):
    return len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_text_is_a_lesson_or_has_faults_with_lines(text):
    lesson, faults = read(text, PATH)
    for fault in faults:
        assert 1 <= fault.line <= count(text)
        assert fault.said
        assert "\n" not in fault.said
    if faults:
        with pytest.raises(LessonError) as raised:
            parse(text, PATH)
        assert raised.value.faults == tuple(faults)
        return
    assert parse(text, PATH) == lesson
    assert 1 <= len(lesson.stops) <= MOST_STOPS
    assert lesson.title
    for card in lesson.cards:
        part = lesson.part(card)
        assert 1 <= part.line <= count(text)
        if isinstance(part, Prose):
            assert part.text in text.replace("\r\n", "\n").replace("\r", "\n")
            blocks(part, lambda path, line: f"{path}{line}")


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_check_finds_all_and_finds_the_same_again(text):
    _, faults = faults_of(text, PATH)
    assert faults == faults_of(text, PATH)[1]
    assert faults == sorted(faults)
    for fault in faults:
        assert 1 <= fault.line <= count(text)
        assert fault.said


@given(st.text(alphabet="ab \n", min_size=1, max_size=40).filter(str.strip))
def test_plain_words_are_shown_as_they_are(words):
    lesson = parse(f"{FRONT}{SCENE}\n{words}\n", PATH)
    (part,) = lesson.stops[0].parts
    shown = " ".join(block.text for block in blocks(part, lambda *_: ""))
    assert shown.split() == words.split()
