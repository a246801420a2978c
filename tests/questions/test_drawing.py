"""Questions for practice: the same for the same seed, of the levels that are asked for, none twice in a row."""

from __future__ import annotations

from itertools import islice

import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import save
from rnn_tui.questions.drawing import drawn
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.marking import mark
from rnn_tui.traces import Traces
from tests.builders import build
from tests.questions.asking import traces

MODELS = ("small-sums", "kicking-and-screaming", "sentiment-gru", "sentiment-lstm", "sunspots")


def some(count, models=MODELS, levels=(1, 5), seed=1):
    return list(drawn(models, traces(), levels, seed, count))


def test_the_same_seed_draws_the_same_and_a_longer_draw_begins_alike():
    assert some(12) == some(12)
    assert some(20)[:12] == some(12)
    assert some(12, seed=2) != some(12)


def test_it_begins_with_the_easiest_level_and_rises_until_all_have_come():
    assert [question.level for question in some(10)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [question.level for question in some(4, levels=(3, 4))] == [3, 3, 4, 4]
    assert {question.level for question in some(40)[10:]} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("level", range(1, 6))
def test_a_level_has_its_questions_and_no_other(level):
    assert {question.level for question in some(12, levels=(level, level))} == {level}


def test_every_kind_comes_up():
    of_labels = {name for name, kind in KINDS.items() if not kind.of_numbers}
    assert {question.kind for question in some(260)} == of_labels


def test_none_comes_twice_while_there_are_others():
    found = [(question.scene.reading, question.ask) for question in some(40, ("small-sums",))]

    assert len(set(found)) == 40


def test_numbers_are_such_that_a_person_can_find_them_and_that_slips_show():
    for question in some(60, levels=(4, 5)):
        if question.kind == "value":
            assert question.tolerance <= 0.1
            assert abs(question.answer) > question.tolerance
            assert len(question.slips) > 1
            assert mark(question, f"{question.answer:.2f}").right


def test_there_is_no_end():
    assert len(list(islice(drawn(["small-sums"], traces()), 300))) == 300


@pytest.mark.parametrize("inputs", ["one-hot", "number"])
def test_a_model_without_examples_is_asked_about_words_of_its_own(inputs, tmp_path):
    save(build(inputs=inputs, examples=()), tmp_path / "mine.safetensors")
    path = str(tmp_path / "mine.safetensors")

    found = list(drawn([path], Traces(), count=12))

    assert len({question.scene.text for question in found}) > 3
    assert all(question.command[:2] == ["-m", path] for question in found)


def test_where_there_is_no_question_that_is_said(tmp_path):
    save(build("elman", "identity", scale=1e30, labels=("only",)), tmp_path / "huge.safetensors")
    path = str(tmp_path / "huge.safetensors")

    with pytest.raises(UserError, match=r"no question of level 3 can be asked of .*huge\.safetensors; give another"):
        next(drawn([path], Traces(), (3, 3)))
    assert {question.level for question in drawn([path], Traces(), (1, 3), count=9)} <= {1, 2}
