"""A lesson's file becomes stops with parts, each with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rnn_tui.lessons.faults import Fault, LessonError
from rnn_tui.lessons.lesson import Card, Lesson, Prose, QuestionPart, Stop
from rnn_tui.lessons.prose import blocks
from rnn_tui.lessons.reading import front_of, load, name_of, parse, read_text
from rnn_tui.network.errors import UserError
from tests.lessons.conftest import FRONT, SCENE

PATH = Path("3-add.md")
TEXT = """\
---
title: Add: the memory
minutes: 6
for: everybody; no mathematics
---
The opening, in
two lines.

```scene
-m kicking-and-screaming
-s "Kicking and screaming" --at 2:add
```
<!-- for the one who writes -->

Unit 1 was {steps[0].h[0]}.

- one
- two

---
Another card.

```question
direction h[1]
ask: Will unit 1 go up?
```

Afterwards.

```scene
rnn-tui --at 3:check
```
"""


def test_a_lesson_is_read_with_the_line_of_everything():
    arguments = ("-m", "kicking-and-screaming", "-s", "Kicking and screaming", "--at", "2:add")
    first = Stop(
        9,
        arguments,
        (
            Prose(6, "The opening, in\ntwo lines."),
            Prose(15, "Unit 1 was {steps[0].h[0]}.\n\n- one\n- two"),
            Prose(21, "Another card."),
            QuestionPart(23, "direction h[1]", "Will unit 1 go up?"),
            Prose(28, "Afterwards."),
        ),
    )
    second = Stop(30, ("--at", "3:check"), (Prose(30, ""),))

    assert parse(TEXT, PATH) == Lesson("add", "Add: the memory", 6, "everybody; no mathematics", PATH, (first, second))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_ends_of_lines_make_no_difference(end):
    assert parse(TEXT.replace("\n", end), PATH) == parse(TEXT, PATH)


def test_cards_go_on_from_part_to_part_and_from_stop_to_stop():
    lesson = parse(TEXT, PATH)

    assert lesson.cards == (*(Card(0, part) for part in range(5)), Card(1, 0))
    assert lesson.questions == 1
    assert lesson.part(Card(0, 3)) == QuestionPart(23, "direction h[1]", "Will unit 1 go up?")
    assert lesson.stop(Card(1)).arguments == ("--at", "3:check")
    assert [lesson.moved(card, 1) for card in lesson.cards] == [*lesson.cards[1:], lesson.cards[-1]]
    assert [lesson.moved(card, -1) for card in lesson.cards] == [lesson.cards[0], *lesson.cards[:-1]]


def test_a_card_that_is_gone_counts_as_the_last_before_it():
    lesson = parse(TEXT, PATH)

    assert lesson.moved(Card(0, 9), 0) == Card(0, 4)
    assert lesson.moved(Card(7, 2), 0) == Card(1, 0)
    assert lesson.moved(Card(0, 9), 1) == Card(1, 0)


@pytest.mark.parametrize(
    ("name", "called"),
    [("1-words.md", "words"), ("12_why not.md", "why not"), ("2024.md", "2024"), ("mine.md", "mine"), ("3-.md", "3-")],
)
def test_a_lesson_is_called_as_its_file_without_the_number(name, called):
    assert name_of(Path("a") / name) == called


def test_choices_and_comments_of_a_question():
    block = "```question\n# a comment\n\nlargest steps[0].h[0] steps[0].h[1]\nchoice: verb\nCHOICE: noun: or so\n```\n"
    (stop,) = parse(FRONT + SCENE + block, PATH).stops

    assert stop.parts == (QuestionPart(8, "largest steps[0].h[0] steps[0].h[1]", None, ("verb", "noun: or so")),)


def test_a_scene_is_split_as_a_shell_does():
    scene = "```scene\n# a comment\nrnn-tui -s \"it's a\" \\\n  --edit 'scale-memory 0.5'\n```\n"
    (stop,) = parse(FRONT + scene, PATH).stops

    assert stop.arguments == ("-s", "it's a", "--edit", "scale-memory 0.5")


def test_values_of_the_front_matter_may_stand_in_quotation_marks():
    lesson = parse("---\n# a comment\n\ntitle: \"Add: it\"\nMINUTES: '4'\n---\n" + SCENE, PATH)

    assert (lesson.title, lesson.minutes, lesson.audience) == ("Add: it", 4, "")


def test_code_is_prose_and_a_rule_right_below_a_line_makes_no_heading():
    (stop,) = parse(FRONT + SCENE + "```python\nx = {}\n```\nA line\n---\nanother\n===\n", PATH).stops

    assert stop.parts == (Prose(8, "```python\nx = {}\n```\nA line"), Prose(13, "another\n==="))


def test_a_file_with_a_byte_order_mark_is_read(written):
    assert load(written(b"\xef\xbb\xbf" + TEXT.encode())).title == "Add: the memory"


def test_what_is_no_utf8_is_said_with_its_line(written):
    path = written(FRONT.encode() + b"na\xefve\n")

    with pytest.raises(LessonError) as raised:
        load(path)
    assert raised.value.faults == (Fault(5, "byte 0xef is not UTF-8; save the file as UTF-8"),)
    assert str(raised.value) == f"{path}:5: byte 0xef is not UTF-8; save the file as UTF-8"


def test_what_cannot_be_read_is_said_in_one_line(tmp_path, written):
    large = written(b" " * 1_000_001, "large.md")
    for path, said in (
        (tmp_path / "none.md", "no such file"),
        (tmp_path, "is a folder; give a file in it"),
        (large, "is larger than 1 MiB, the most that is read; give a part of it"),
    ):
        with pytest.raises(UserError) as raised:
            read_text(path)
        assert str(raised.value) == f"{path}: {said}"


def test_all_faults_are_counted_where_a_lesson_is_opened():
    with pytest.raises(LessonError) as raised:
        parse("no front matter", PATH)
    assert str(raised.value).startswith("3-add.md:1: there is no front matter")
    assert str(raised.value).endswith(" (and 1 more; `rnn-tui lesson --check` lists them)")
    assert len(raised.value.faults) == 2


def test_the_front_matter_alone_is_read(written):
    path = written(FRONT.encode() + b"\n" + b"na\xefve \x1b <b> ![a](b)\n" * 100_000)
    front = front_of(path)
    assert (front.title, front.minutes, front.audience, front.lines) == ("A title", 3, "", 4)
    for text, said in (
        ("---\ntitle: a\n---\n", "has no minutes"),
        ("---\ntitle: a\nminutes: 1\n" + "# note\n" * 9_000, "is never closed"),
    ):
        with pytest.raises(LessonError, match=said):
            front_of(written(text))
    with pytest.raises(UserError, match="No such file"):
        front_of(path.parent / "none.md")


def test_text_is_read_once(monkeypatch):
    lesson = parse(TEXT, PATH)
    monkeypatch.setattr("rnn_tui.lessons.prose.block_tokens", None)
    monkeypatch.setattr("rnn_tui.lessons.markdown.pieces_of", None)
    told = [blocks(part, lambda path, line: f"{path} {line}") for part in lesson.stops[0].parts[:3]]
    assert [(block.line, block.text) for block in told[1]] == [
        (15, "Unit 1 was steps[0].h[0] 15."),
        (17, "one"),
        (18, "two"),
    ]
    assert told[2][0].line == 21


def test_what_is_kept_of_a_text_is_what_the_text_says():
    for part in parse(TEXT, PATH).stops[0].parts:
        if isinstance(part, Prose):
            assert blocks(part, lambda *_: "") == blocks(Prose(part.line, part.text), lambda *_: "")


def test_another_model_lies_beside_the_lesson():
    text = f"{FRONT}{SCENE}```question\nother-cell gru.safetensors\n```\n```question\nother-cell sentiment-gru\n```\n"
    asked = [part.question for part in parse(text, Path("school") / "x.md").stops[0].parts]
    assert asked == [f"other-cell {os.path.join('school', 'gru.safetensors')}", "other-cell sentiment-gru"]


@pytest.mark.parametrize("scene", ["-s ‘a’", "-s “a b”", "--sentence=“a", '-s "a" “b”'])
def test_typographic_quotation_marks_quote_nothing(scene):
    with pytest.raises(LessonError, match="a shell knows the straight quotation marks"):
        parse(f"{FRONT}```scene\n{scene}\n```\n", PATH)


@pytest.mark.parametrize("text", ["“Kicking” and screaming", "he said: “go”", "‘kicking’", "it's “it”"])
def test_inside_straight_ones_they_are_of_the_sentence(text):
    (stop,) = parse(f'{FRONT}```scene\n-s "{text}"\n```\n', PATH).stops
    assert stop.arguments == ("-s", text)
