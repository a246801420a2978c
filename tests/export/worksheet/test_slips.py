"""The wrong answers in the key are what somebody gets who makes the slip."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from rnn_tui.questions.asking import question_at
from rnn_tui.questions.marking import slips_near
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import CELL_KINDS, INPUT_KINDS, build, wired
from tests.export.worksheet.made import sheet, traced

WEIGHT_IH = [[0.9, 0.1, -0.4], [0.3, -0.7, 0.6]]
WEIGHT_HH = [[0.5, 0.8], [-0.6, 0.2]]
BIAS_IH, BIAS_HH = [0.2, -0.1], [0.3, 0.1]
NAMES = ("verb", "noun")
ALONE = "that is one product alone, as if it went element by element"


def biased(**fields):
    return wired(
        WEIGHT_IH,
        weight_hh=WEIGHT_HH,
        bias_ih=BIAS_IH,
        bias_hh=BIAS_HH,
        fc=[[0.5, -0.5], [-0.4, 2.8]],
        fc_bias=[0.3, 0.0],
        words=("the", "dog", "cat"),
        unit_names=NAMES,
        **fields,
    )


@pytest.fixture
def page():
    return sheet(biased(), "the dog cat", levels=(1, 5))


def wrong(page, number_of, unit, asks):
    """The wrong answers of what is asked of a unit at a word, by what was done."""
    found = [
        blank for blank in page.blanks() if blank.where.startswith(f"word {number_of} ") and blank.where.endswith(unit)
    ]
    blank = next(blank for blank in found if blank.asks == asks)
    return by_slip(blank)


def by_slip(blank):
    """The wrong answers by what was done; where two slips make the same number, it stands under both."""
    return {said: slip.value for slip in blank.slips for said in slip.said.split(", or ")}


def states(page):
    """The memory after each word, by hand, with zeros before the first."""
    h, found = np.zeros(2), [np.zeros(2)]
    for word in page.sentence:
        column = ("the", "dog", "cat").index(word)
        ih = np.array(WEIGHT_IH)[:, column] + BIAS_IH
        h = np.tanh(ih + np.array(WEIGHT_HH) @ h + BIAS_HH)
        found.append(h)
    return found


def test_the_words_product(page):
    found = wrong(page, 2, "verb", "the word brings")
    assert found["the bias is missing"] == pytest.approx(0.1)
    assert found["that is the column of word 1, “the”"] == pytest.approx(0.9 + 0.2)


def test_the_memorys_sum(page):
    h = states(page)
    found = wrong(page, 3, "verb", "the memory gives")
    row = np.array(WEIGHT_HH[0])
    assert found["the bias is missing"] == pytest.approx(row @ h[2], abs=0.011)
    assert found["that takes the memory after this word, not before it"] == pytest.approx(row @ h[3] + 0.3, abs=0.011)
    assert found[ALONE] == pytest.approx(row[0] * h[2][0] + 0.3, abs=0.011)


def test_the_column_taken_for_the_row():
    model = wired(WEIGHT_IH, weight_hh=WEIGHT_HH, words=("the", "dog", "cat"), unit_names=NAMES)
    page = sheet(model, "the dog cat", levels=(5,))
    h = np.zeros(2)
    for column in range(2):
        h = np.tanh(np.array(WEIGHT_IH)[:, column] + np.array(WEIGHT_HH) @ h)
    found = wrong(page, 3, "noun", "the memory gives")
    assert found["that takes the column of the weights, not the row"] == pytest.approx(
        np.array(WEIGHT_HH)[:, 1] @ h, abs=0.011
    )


def test_the_sum_and_the_squash(page):
    h = states(page)
    ih, hh = 0.1 + 0.2, np.array(WEIGHT_HH[0]) @ h[1] + 0.3
    together = wrong(page, 2, "verb", "together")
    assert together["the bias is missing"] == pytest.approx(ih + hh - 0.5, abs=0.011)
    assert together["the second part has to be added, not taken away"] == pytest.approx(ih - hh, abs=0.011)
    after = wrong(page, 2, "verb", "memory after")
    assert after["the bias is missing"] == pytest.approx(math.tanh(ih + hh - 0.5), abs=0.011)
    assert after["the squash is missing"] == pytest.approx(ih + hh, abs=0.011)
    assert after["that is the old memory"] == pytest.approx(h[1][0], abs=0.006)


def test_what_is_copied():
    page = sheet(biased(), "the dog cat", levels=(1, 5), seed=1)
    h = states(page)
    found = wrong(page, 3, "verb", "memory before")
    assert found["that is the memory after"] == pytest.approx(h[3][0], abs=0.006)
    assert found["that is the row of noun"] == pytest.approx(h[2][1], abs=0.006)


def test_the_output_nodes(page):
    last, before = states(page)[3], states(page)[2]
    blank = next(blank for blank in page.blanks() if blank.asks == "output “Negative”")
    found = by_slip(blank)
    assert found["the bias is missing"] == pytest.approx(0.5 * last[0] - 0.5 * last[1], abs=0.011)
    assert found["that takes the memory of word 2, “dog”"] == pytest.approx(
        0.5 * before[0] - 0.5 * before[1] + 0.3, abs=0.011
    )
    alone = found["that is one product alone, as if it went element by element"]
    assert alone == pytest.approx(0.5 * last[0], abs=0.011)


def test_a_gates_slips():
    model = build("gru", None, hidden=2, scale=0.7, seed=3)
    page = sheet(model, "the dog barked", levels=(5,))
    blank = next(blank for blank in page.blanks() if blank.asks == "memory after" and "word 3" in blank.where)
    unit = int(blank.where.rsplit(" ", 1)[1]) - 1
    step = traced(model, page)[2]
    z, n, h_prev = (float(step[name][unit]) for name in ("z", "n", "h_prev"))
    found = by_slip(blank)
    expected = {
        "the second part has to be added, not taken away": (1 - z) * n - z * h_prev,
        "“keep × old memory” is missing": (1 - z) * n,
        "“(1 − keep) × new” is missing": z * h_prev,
        "that mixes up “keep” and its rest, 1 − keep": z * n + (1 - z) * h_prev,
    }
    assert set(found) & set(expected)
    for said in set(found) & set(expected):
        assert found[said] == pytest.approx(expected[said], abs=0.02), said


def test_a_direction_turned_round(page):
    page = sheet(biased(), "the dog cat", levels=(2,))
    for blank in page.blanks():
        if blank.asks == "up, down or same" and blank.answer != "=":
            opposite = {"↑": "↓", "↓": "↑"}[blank.answer]
            assert [slip.said.split(":")[0] for slip in blank.slips] == [opposite]


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("inputs", INPUT_KINDS)
def test_no_slip_is_near_the_answer_or_told_twice(cell, activation, inputs):
    for seed in range(3):
        page = sheet(build(cell, activation, inputs=inputs, hidden=3, seed=seed), seed=seed)
        for blank in page.blanks():
            values = [slip.value for slip in blank.slips if not math.isnan(slip.value)]
            assert len(set(values)) == len(values) <= 3
            if blank.value is not None:
                assert all(abs(value - blank.value) > blank.tolerance for value in values)


def test_nobody_forgets_the_bias_of_a_sum_that_is_given():
    for seed in range(4):
        page = sheet(biased(), "the dog cat cat dog", levels=(4,), seed=seed)
        for blank in page.walk.blanks():
            said = by_slip(blank)
            assert ("the bias is missing" in said) <= (blank.asks == "the word brings")


def test_a_wrong_answer_means_on_paper_what_it_means_in_practice():
    model = build("elman", "tanh", hidden=3, scale=0.7, seed=2)
    page = sheet(model, "the dog barked", levels=(5,))
    trace, compared = traced(model, page), 0
    for blank in page.walk.blanks():
        if blank.asks not in ("the memory gives", "memory after") or "word 3" not in blank.where:
            continue
        name, row = re.fullmatch(r"steps\[2\]\.(\w+)\[(\d+)\]", blank.path).groups()
        asked = Scene(Reading(model.name, "the dog barked")).at(Position(1, len(model.phases) - 1))
        question = question_at(f"value {name}[{int(row) + 1}]", asked, trace)
        for slip in blank.slips:
            if slip.said == "the bias is missing" and name == "h":
                continue  # carried on from the sums, which practice gives
            said = {one.said.lower().partition(":")[0].rstrip(".") for one in slips_near(question, slip.value)}
            assert set(slip.said.lower().split(", or ")) <= said
            compared += 1
    assert compared >= 6
