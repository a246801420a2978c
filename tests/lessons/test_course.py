"""The lessons of the course: each runs from end to end, every question is answered by what is computed."""

from __future__ import annotations

import re

import pytest

from rnn_tui.export import trace_json
from rnn_tui.lenses.measuring import measure
from rnn_tui.lenses.record import Question
from rnn_tui.lessons import course
from rnn_tui.lessons.asking import question_of
from rnn_tui.lessons.checking import check
from rnn_tui.lessons.lesson import Prose, QuestionPart
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import blocks
from rnn_tui.questions.marking import mark
from rnn_tui.scene import Reading
from rnn_tui.traced import value_at
from rnn_tui.traces import Traces

LESSONS = course.course()
TRACES = Traces()
IDS = [lesson.name for lesson in LESSONS]
MOST_LETTERS, WIDTH, MOST_ROWS = 420, 62, 8
"""The most that a card says: at 80 columns a row of prose has about so many cells, and a card at most so many rows."""


def parts(lesson, kind):
    """The parts of a kind with the scene and the trace of their stops."""
    for stop in lesson.stops:
        scene, trace = open_stop(lesson, stop, TRACES)
        for part in stop.parts:
            if isinstance(part, kind):
                yield part, scene, trace


def test_there_are_ten_in_their_order():
    assert [int(path.stem.partition("-")[0]) for path in course.paths()] == list(range(1, 11))
    assert len(set(IDS)) == 10
    assert all(4 <= lesson.minutes <= 10 for lesson in LESSONS)
    assert all(lesson.audience for lesson in LESSONS)


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
def test_a_lesson_has_no_fault_and_asks_at_least_twice(lesson):
    assert check(lesson, TRACES) == []
    assert lesson.questions >= 2
    assert not isinstance(lesson.stops[-1].parts[-1], QuestionPart)


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
def test_the_answer_that_is_computed_is_right_and_stands_in_the_trace(lesson):
    for part, scene, trace in parts(lesson, QuestionPart):
        question = question_of(part, scene, trace)
        given = question.answer if isinstance(question.answer, str) else f"{question.answer:.4f}"
        assert mark(question, given).right, part
        assert len(question.choices) != 1
        if question.target is not None:
            value = value_at(trace, question.target)
            assert question.reveals > scene.position or scene.hidden
            if question.kind in ("value", "label", "probability"):
                assert question.answer == pytest.approx(value, abs=question.tolerance or 0), part


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
def test_another_answer_is_wrong(lesson):
    for part, scene, trace in parts(lesson, QuestionPart):
        question = question_of(part, scene, trace)
        others = [choice for choice in question.choices if choice != question.answer] or [str(question.answer + 1)]
        assert not any(mark(question, other).right for other in others), part


@pytest.mark.parametrize("lesson", LESSONS, ids=IDS)
def test_cards_are_short_and_their_numbers_are_computed(lesson):
    for part, _, trace in parts(lesson, Prose):
        told = blocks(part, lambda path, _, trace=trace: value_in_words(trace, path))
        prose = [block for block in told if block.kind != "code"]
        rows = sum(-(-len(block.text) // WIDTH) for block in prose) + len(prose) - 1
        assert rows <= MOST_ROWS, (lesson.name, part.line)
        assert sum(len(block.text) for block in prose) <= MOST_LETTERS, (lesson.name, part.line)
        typed = re.findall(r"[−-]?\d+\.\d+|\d+%", re.sub(r"\{[^}]*\}", "", part.text))
        assert set(typed) <= {"0.00", "0%", "100%"}, (lesson.name, part.line)


def test_there_is_no_notation_but_in_the_lesson_about_it():
    (in_notation,) = (lesson for lesson in LESSONS if lesson.name == "in-notation")
    for lesson in LESSONS:
        if lesson is not in_notation:
            assert not any("--notation" in stop.arguments for stop in lesson.stops)
            assert not any("```python" in part.text or "W_" in part.text for part, *_ in parts(lesson, Prose))
    assert all("--notation" in stop.arguments for stop in in_notation.stops if "diagram" not in stop.arguments)


def test_values_are_looked_up_as_they_are_printed():
    part, scene, trace = next(parts(LESSONS[0], Prose))
    printed = "".join(trace_json.lines(trace))
    assert f'"token": "{value_at(trace, "steps[0].token")}"' in printed
    assert part.line < LESSONS[0].stops[0].line
    assert scene.model == "kicking-and-screaming"


SURPRISES = {
    "add": {"direction h[1]": "down", "label": "Positive", "without-memory": "Negative"},
    "check": {"largest steps[0].probs[0] steps[0].probs[1]": "Negative", "label": "Negative"},
    "what-it-learned": {"largest steps[2].h[0] steps[2].h[1] steps[2].h[2]": "verb", "label": "Positive"},
    "why-the-first-word-fades": {"largest steps[13].h[0] steps[13].h[1]": "noun", "label": "o"},
    "why-the-last-word-shouts": {"word": "film", "label": "Positive"},
    "ways-out": {
        "other-cell sentiment-gru": "Negative",
        "largest steps[0].z[0] steps[1].z[0]": "at the “b”",
        "direction c[15]": "up",
    },
    "in-notation": {"direction c[15]": "down"},
}
"""Answers that the prose behind a question is about: the last one of each text form in a lesson."""


@pytest.mark.parametrize("name", SURPRISES)
def test_the_prose_behind_a_question_is_about_its_answer(name):
    lesson = course.load(name)
    answers = {
        part.question: question_of(part, scene, trace).answer for part, scene, trace in parts(lesson, QuestionPart)
    }
    assert {text: answers[text] for text in SURPRISES[name]} == SURPRISES[name]


def test_what_else_the_prose_says_is_so():
    def trace(model, text):
        return TRACES.trace(Reading(model, text))

    elman, lstm = (trace(f"recall-{cell}", "obcdfghjklmnpq") for cell in ("elman", "lstm"))
    assert elman.prediction()[0] != elman.model.labels.index("o") == lstm.prediction()[0]
    gru = trace("recall-gru", "obcdfghjklmnpq")
    assert all(gru[t]["z"][0] > 0.8 for t in range(1, len(gru)))
    assert gru[0]["z"][0] < 0.5
    film = trace("sentiment", "this is not a good film").values["probs"][:, 1]
    assert film[4] < 0.5 < film[5]
    memory = trace("kicking-and-screaming", "Kicking and screaming").values["h"]
    assert memory[1][0] < memory[0][0] < memory[2][0] < 2 * memory[0][0]
    attention = trace("sentiment-attention", "this movie is not good")
    assert max(range(5), key=lambda t: attention[4]["attention"][t]) == 3
    good = trace("sentiment", "this movie is not good").values["probs"][:, 1]
    assert good[4] < good[3] < good[2]
    short = trace("recall-elman", "orbs")
    assert (short.values["probs"].argmax(1) == short.model.labels.index("o")).all()
    tensors = trace("kicking-and-screaming", "Kicking and screaming").model.tensors()
    assert not any(tensor.any() for name, tensor in tensors.items() if "bias" in name)


def test_what_the_prose_says_of_lenses_is_so():
    def seen(name, model, text):
        return measure(Question(name), TRACES.trace(Reading(model, text)))

    left = seen("memory", "recall-elman", "obcdfghjklmnpq").influence
    assert left[0, -1] / left[0, 0] == pytest.approx(0.1, abs=0.02)
    assert left[:, -1].argmax() == 0
    elman, lstm = (seen("gradient", f"recall-{cell}", "obcdfghjklmnpq").log10_norm for cell in ("elman", "lstm"))
    assert 0.02 < 10 ** elman[0] < 0.09
    assert list(elman) == sorted(elman)
    assert lstm[0] > 0
    assert min(lstm) > -0.1
    film = seen("recency", "sentiment", "this is not a good film")
    shares = film.integrated_gradients
    assert abs(film.leave_one_out).argmax() == 5
    assert shares.argmax() == 4
    assert -0.3 < shares[5] < 0
