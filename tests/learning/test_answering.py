"""The kind of answer: classes, no or yes, or numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnn_tui.learning.answering import answered
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample, Samples


def labelled(labels, task="labels"):
    return Samples(Path("a.csv"), task, tuple(Sample(row, f"t{row}", (label,)) for row, label in enumerate(labels, 2)))


TWENTY = [str(k) for k in range(20)]


@pytest.mark.parametrize(
    ("labels", "output", "noted"),
    [
        (["pos", "neg"], "classes", ""),
        (["1", "2", "many"], "classes", ""),
        (
            ["1", "2.0", "−3"],
            "classes",
            "the labels are 3 different whole numbers, so each is a class; --output",
        ),
        (TWENTY * 2, "classes", "the labels are 20 different whole numbers"),
        (
            [*TWENTY, "20"],
            "number",
            "the labels are 21 different whole numbers, so a number is learned; ",
        ),
        (["0.5", "1.5", "0.5"], "number", "the labels are 2 different numbers, not all of them whole, so a number is"),
        (["1e400", "2"], "classes", ""),
    ],
)
def test_labels_that_are_numbers_are_classes_where_they_are_few_and_whole(labels, output, noted):
    found = answered(labelled(labels))
    assert found.output == output
    assert found.noted.startswith(noted)
    assert bool(found.noted) == bool(noted)


@pytest.mark.parametrize("output", ["classes", "number"])
@pytest.mark.parametrize("labels", [["1", "2"], ["0.5", "7"]])
def test_what_is_asked_for_is_taken_and_nothing_is_noted(labels, output):
    found = answered(labelled(labels), output)
    assert (found.output, found.noted) == (output, "")


def test_a_minus_may_be_a_real_one():
    assert [sample.answers for sample in answered(labelled(["−1.5", "2"])).samples] == [("-1.5",), ("2",)]


def test_other_tasks_have_classes_unless_a_number_is_asked_for():
    assert answered(labelled(["1.5", "2.5"], "tags")).output == "classes"
    assert answered(labelled(["1.5", "2.5"], "series"), "number").output == "number"
    assert answered(labelled(["no", "yes"], "tags"), "yes_no").output == "yes_no"


@pytest.mark.parametrize(
    ("labels", "output", "says"),
    [
        (["1", "two"], "number", "a.csv: row 3: the label “two” is no number, which --output number needs"),
        (
            ["1", "2,5"],
            "number",
            "the label “2,5” is no number, which --output number needs (with a point: 2.5)",
        ),
        (["a", "b", "c"], "yes_no", "a.csv: has 3 different labels (a, b, c), and --output yes_no is for two"),
        (TWENTY, "yes_no", "has 20 different labels (0, 1, 10, 11, …), and --output yes_no is for two"),
    ],
)
def test_labels_that_don_t_suit_are_said(labels, output, says):
    with pytest.raises(RowError) as caught:
        answered(labelled(labels), output)
    assert says in str(caught.value)
