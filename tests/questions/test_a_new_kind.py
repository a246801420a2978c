"""A kind of question that the package doesn't have: one module's worth, and the line that registers it."""

from __future__ import annotations

import json

import pytest

from rnn_tui.cli import main
from rnn_tui.questions.asking import forms, possible, question_at
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.marking import mark
from rnn_tui.questions.place import Kind
from rnn_tui.scene import Reading, Scene
from tests.questions.asking import traces


def make(place):
    place.no_more("longest-word")
    words = [token.text for token in place.trace.tokens]
    longest = max(range(len(words)), key=lambda t: len(words[t]))
    return place.question(
        "longest-word",
        1,
        "longest-word",
        ask="Which word has the most letters?",
        answer=words[longest],
        choices=tuple(dict.fromkeys(words)),
        why=f"{words[longest]} has {len(words[longest])}.",
        reveals=place.end,
        target=f"steps[{longest}].token",
    )


KIND = Kind(
    "longest-word",
    (1,),
    "longest-word",
    "which word has the most letters?",
    make,
    lambda place, source: "longest-word",
    lambda place: [(9, "longest-word")],
)


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """The line that registers it."""
    monkeypatch.setitem(KINDS, KIND.name, KIND)


def test_it_is_asked_suggested_listed_and_marked():
    scene = Scene(Reading("small-sums", "sun and friends"))
    trace = traces().trace(scene.reading)
    question = question_at("longest-word", scene, trace)

    assert mark(question, "Friends").right
    assert possible(scene, trace)[-1] == "longest-word"
    assert forms()[-1] == "longest-word"
    assert question.command == ["-m", "small-sums", "-s", "sun and friends", "--at", "1:read", "--hide"]


def test_it_is_practised(capsys):
    assert main(["practice", "-m", "small-sums", "--level", "1", "--seed", "1", "--count", "20", "--json"]) == 0

    kinds = {question["kind"] for question in json.loads(capsys.readouterr().out)["questions"]}
    assert "longest-word" in kinds
