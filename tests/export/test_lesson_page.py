"""A lesson as a page: every card with its scene, nothing told twice or too early, no text that is markup."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rnn_tui.export.page.lens_rows import SIZES, styles
from rnn_tui.export.page.lesson import lesson_page
from rnn_tui.lenses import LENSES
from rnn_tui.lessons import course
from rnn_tui.lessons.lesson import QuestionPart
from rnn_tui.lessons.reading import parse
from rnn_tui.traces import Traces
from tests.export.hostile_lesson import HOSTILE, hostile_lesson
from tests.lessons.conftest import FRONT, SCENE

TRACES = Traces()
MOST_BESIDE_THE_MODELS = 300_000
"""Bytes: the scripts, the style, and all that the lesson says."""


def content(page):
    """The JSON of a page."""
    (found,) = re.findall(r'<script type="application/json" id="page">(.*?)</script>', page, re.S)
    return json.loads(found)


def written(text):
    """A lesson's page from the text of its file."""
    return lesson_page(parse(text, Path("mine.md")), TRACES)


def cards(page):
    return [card for stop in content(page)["lesson"]["stops"] for card in stop["cards"]]


@pytest.mark.parametrize("path", course.paths(), ids=lambda path: path.stem)
def test_every_lesson_of_the_course_has_all_of_its_cards_and_each_model_once(path):
    lesson = course.load(path)
    page = lesson_page(lesson, TRACES)
    told = content(page)
    assert [len(stop["cards"]) for stop in told["lesson"]["stops"]] == [len(stop.parts) for stop in lesson.stops]
    kinds = ["question" if isinstance(part, QuestionPart) else "prose" for stop in lesson.stops for part in stop.parts]
    assert [card["kind"] for card in cards(page)] == kinds
    names = [model["name"] for model in told["models"]]
    assert len(set(names)) == len(names) == page.count('<script type="text/plain"')
    assert {stop["model"] for stop in told["lesson"]["stops"]} == set(range(len(names)))
    models = sum(len(found) for found in re.findall(r'<script type="text/plain" id="model-\d+">([^<]*)<', page))
    assert len(page.encode()) - models <= MOST_BESIDE_THE_MODELS


def test_a_question_is_covered_until_it_is_answered():
    page = written(f"{FRONT}{SCENE}\n```question\nlabel\n```\n\nSo.\n")
    question, after = cards(page)
    assert question["scene"]["hidden"] is True
    assert question["revealed"]["hidden"] is False
    assert after["scene"] == question["revealed"] != question["scene"]


def test_a_network_with_an_edit_is_another_and_has_a_name_of_its_own():
    edited = SCENE.replace("--at", '--edit "silence 1" --at')
    page = written(f"{FRONT}{edited}\nOne.\n\n{SCENE}\nTwo.\n\n{edited}\nThree.\n")
    told = content(page)
    assert [stop["model"] for stop in told["lesson"]["stops"]] == [0, 1, 0]
    assert [model["name"] for model in told["models"]] == [
        "kicking-and-screaming, verb silenced",
        "kicking-and-screaming",
    ]


def test_no_text_is_markup(tmp_path):
    lesson = hostile_lesson(tmp_path)
    page = lesson_page(lesson, TRACES)
    assert "<img" not in page
    told = content(page)["lesson"]
    assert told["title"] == told["audience"] == HOSTILE
    assert ["code", HOSTILE] in cards(page)[0]["blocks"][0]["runs"]
    assert cards(page)[1]["choices"][0] == HOSTILE


@pytest.mark.parametrize("name", [name for name in LENSES if name != "memory"])
def test_a_lens_is_drawn_as_the_program_draws_it_in_styles_that_the_page_knows(name):
    page = written(f"{FRONT}```scene\n-m sentiment-attention -s 'not good' --at 2:check --lens {name}\n```\nSee.\n")
    (card,) = cards(page)
    known = {*styles(), "strong"}
    for size, (width, height) in SIZES.items():
        rows = card["lens"][size]
        assert 0 < len(rows) <= height
        assert max(len("".join(text for text, _ in row)) for row in rows) <= width
        assert {style for row in rows for _, names in row for style in names.split()} <= known
        assert "".join(text for row in rows for text, _ in row).strip()
    assert card["lens"]["asks"] == LENSES[name].asked_of("word")
    style = (Path(course.__file__).parents[1] / "export/page/lesson.css").read_text(encoding="utf-8")
    assert all(f".ink-{name}" in style for name in known)


def test_a_lens_with_nothing_to_show_says_so():
    page = written(f"{FRONT}```scene\n-m sentiment -s good --lens attention\n```\nSee.\n")
    (card,) = cards(page)
    assert card["lens"]["wide"] == []
    assert card["lens"]["told"][0].endswith(".")
