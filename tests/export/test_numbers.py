"""Numbers and one logit in what leaves the program: the table of a trace, the walk in lines, worksheets."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len

from rnn_tui.export.trace_table import lines
from rnn_tui.export.walk_lines import facts
from rnn_tui.export.worksheet.blanks import ANSWER
from rnn_tui.export.worksheet.check import check_table, labels_of_nodes
from rnn_tui.export.worksheet.hand import Excerpt
from rnn_tui.text import quantity
from tests.builders import scene_at, trace_of
from tests.deep import VECTORS
from tests.export.worksheet.made import sheet, traced
from tests.story.number_networks import NUMBERS, PIXELS, forecasting, one_floor, weather

TRACE = trace_of(forecasting("gru", seed=1), NUMBERS)


def said(t):
    return f"next month: {quantity(float(TRACE.values['outputs'][t, 0]))} passengers"


def test_the_table_has_the_number_in_its_unit_and_what_comes_next():
    table = list(lines(TRACE))
    assert table[-1] == f"answer: {said(-1)}"
    words = [index for index, line in enumerate(table) if line.startswith("number ")]
    for t, start in enumerate(words[:-1]):
        word = table[start : words[t + 1] - 1]
        assert word[-2] == f"  {said(t)}"
        assert word[-1].startswith(f"  What comes next is {NUMBERS.split()[t + 1]}, ")
    assert "%" not in "".join(table)


def test_several_numbers_have_a_line_each_and_many_are_counted():
    labels = tuple(f"a very long label {k}" for k in range(8))
    model = replace(one_floor(output="number", inputs="vectors", labels=labels), provenance={"unit": "x" * 30})
    table = list(lines(trace_of(model, VECTORS)))
    assert table[-7].startswith("answer: a very long label 0: ")
    assert table[-1] == "        … 2 more; trace --json has all 8"
    assert max(map(cell_len, table)) <= 80


def test_without_an_answer_there_is_no_number():
    lost = replace(TRACE.model, fc=replace(TRACE.model.fc, bias=np.array([np.nan], np.float32)))
    assert list(lines(trace_of(lost, NUMBERS)))[-1] == "answer: no answer"


@pytest.mark.parametrize("arithmetic", [False, True])
def test_the_walk_says_the_number_in_its_unit(arithmetic):
    walked = list(facts(TRACE, scene_at(TRACE, 5, "check", arithmetic=arithmetic), heading=False))
    assert "3 Check: That was the last number." in walked
    assert f"The answer is {said(-1)}." in walked
    assert any(line.startswith("next month in passengers: the score times the spread") for line in walked) == arithmetic


def test_the_walk_follows_one_logit_to_both_probabilities():
    trace = trace_of(one_floor(output="yes_no", seed=1), "the dog")
    walked = list(facts(trace, scene_at(trace, 1, "check", arithmetic=True), heading=False))
    assert "the one output node speaks for Yes, and against No." in walked
    assert re.fullmatch(r"sigmoid: .*, that of Yes: sigmoid\(−?[\d.]+\) [=≈] [\d.]+\.", walked[-2])
    assert re.fullmatch(r"what is left of 1 is the probability of No: 1 − [\d.]+ [=≈] [\d.]+\.", walked[-1])


def test_the_walk_reads_each_feature():
    trace = trace_of(weather(), VECTORS)
    walked = list(facts(trace, scene_at(trace, 1, "read", arithmetic=True), heading=True))
    assert "Timestep 2 of 4: 0.2,0.6,2." in walked
    assert [line.partition(":")[0] for line in walked[-3:]] == ["input rain", "input wind", "input sun"]


def test_a_worksheet_of_one_logit_has_one_output_node_that_speaks_for_yes():
    model = one_floor("elman", output="yes_no", hidden=3, seed=2)
    assert labels_of_nodes(model) == [1]
    page = sheet(model, "the dog barked")
    assert [head.words for head in page.check.heads] == ["after word", "Yes", "the answer"]
    trace = traced(model, page)
    blanks = list(page.check.blanks())
    answers = [blank for blank in blanks if blank.path == "prediction.label"]
    by_hand = [blank for blank in blanks if blank.path == f"steps[{len(trace) - 1}].logits[0]"]
    assert answers
    assert all(abs(float(blank.answer.replace("−", "-")) - trace[-1].logits[0]) < 0.0051 for blank in by_hand)
    assert all(blank.answer == ("Yes" if trace[-1].logits[0] > 0 else "No") for blank in answers)
    assert any("Yes where the output is above 0, else No" in operation.words for operation in page.operations)


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (forecasting("gru", hidden=2, seed=1), NUMBERS),
        (one_floor("elman", inputs="vectors", features=8, hidden=2), PIXELS),
        (one_floor("lstm", output="number", inputs="vectors", labels=tuple("abcdef"), hidden=2), VECTORS),
    ],
)
def test_the_check_of_a_worksheet_has_the_numbers_and_asks_for_none_of_them(model, text):
    trace = trace_of(model, text)
    table = check_table(Excerpt(trace, (0,), (), (len(trace) - 1,)), {}, frozenset({ANSWER}), 1)
    last = table.groups[0][-1][-1]
    if model.output.is_number:
        assert last.blank is None
        assert last.text.startswith(f"{model.labels[0]}: {quantity(float(trace.values['outputs'][-1, 0]))}")
    else:
        assert last.text in model.labels or last.blank.answer in model.labels
