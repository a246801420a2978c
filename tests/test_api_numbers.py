"""Numbers and one logit as answers on the Python side: what is given, and what print shows of it."""

import re
from dataclasses import replace

import numpy as np
import pytest

import rnn_tui
from rnn_tui.network.outputs import number_of
from tests.deep import VECTORS, deep_model

TEXT = "the dog barked and slept"


def test_the_answers_of_numbers_have_them_by_label_and_no_probability():
    model = deep_model("gru", 1, output="number", inputs="vectors", labels=("rain", "wind"))
    trace = rnn_tui.run(model, VECTORS)
    for answer, outputs in zip(trace.answers, trace.values["outputs"].tolist(), strict=True):
        assert answer.outputs == dict(zip(("rain", "wind"), outputs, strict=True))
        assert (answer.label, answer.probability, answer.probs) == (None, None, {})
    assert trace.answer == rnn_tui.predict(model, VECTORS)


def test_numbers_print_in_their_unit_and_never_as_a_share():
    model = replace(deep_model("elman", 1, output="number", inputs="number"), output=number_of(432.1, 0.0001, 1))
    trace = rnn_tui.run(model, "1.5 2 3")
    assert repr(trace.answer) == "<Prediction after “3”: next 432.1>"
    assert "; next 432.1>" in repr(trace)
    assert repr(trace[0]).endswith("; outputs 432.1>")
    assert re.search(r"\n  outputs +1  432\.1$", str(trace[0]))
    assert "%" not in f"{trace!r}{trace.answer!r}{trace[0]!r}{trace[0]}"


def test_an_answer_for_each_prints_the_numbers_of_each():
    model = deep_model("elman", 1, output="number", inputs="number", readout="each", labels=("a", "b"), seed=1)
    trace = rnn_tui.run(model, "1 2")
    pairs = [re.escape("/".join(f"{value:.4g}".replace("-", "−") for value in row)) for row in trace.values["outputs"]]
    assert re.search(rf"an answer for each: {' '.join(pairs)}>", repr(trace)), repr(trace)


def test_many_numbers_are_counted():
    answer = rnn_tui.predict(deep_model("elman", 1, output="number", labels=tuple("abcde")), TEXT)
    assert re.fullmatch(r"<Prediction after “\w+”: a \S+, b \S+, c \S+, … \(5 in all\)>", repr(answer))


def test_numbers_that_are_none_are_no_answer():
    model = deep_model("elman", 1, output="number")
    lost = replace(model, fc=replace(model.fc, bias=np.array([np.nan], np.float32)))
    assert repr(rnn_tui.predict(lost, TEXT)).endswith(": no answer, the numbers grow beyond all bounds>")


def test_one_logit_prints_both_labels_with_their_shares():
    answer = rnn_tui.predict(deep_model("elman", 1, output="yes_no", seed=3), TEXT)
    assert set(answer.probs) == {"No", "Yes"}
    assert sum(answer.probs.values()) == pytest.approx(1, abs=1e-6)
    assert answer.probability == max(answer.probs.values())
    assert answer.label in repr(answer)


@pytest.mark.parametrize("output", ["number", "yes_no", "classes"])
def test_a_model_says_what_it_answers_with_where_that_is_not_the_usual(output):
    printed = repr(deep_model("gru", 1, output=output, inputs="vectors"))
    assert (f", output {output}; labels " in printed) == (output != "classes")
    assert "reads numbers, input_size 3" in printed
