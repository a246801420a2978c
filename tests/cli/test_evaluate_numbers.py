"""`rnn-tui evaluate` of answers that are numbers, beside rules that anybody could follow."""

from __future__ import annotations

import json
import random
import shlex
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.network.outputs import Number
from rnn_tui.network.trace import run
from tests.builders import build
from tests.cli.test_evaluate import EDITS, evaluated, file_of  # noqa: F401  # a fixture
from tests.cli.test_train import complaint

DRAWN = random.Random(6)
NUMBERS = [round(DRAWN.uniform(0, 9), 2) for _ in range(40)]
SERIES = "".join(f"{number}\n" for number in NUMBERS)
WINDOW = 5


def number_model(**fields):
    """A network with random weights whose answer is a number, in a unit of its own."""
    known = {"inputs": "number", "labels": ("level",), "seed": 3, "provenance": {"window": WINDOW}} | fields
    return replace(build("gru", None, **known), output=Number((4.0,), (2.5,)))


def outputs(model, texts):
    return np.array([float(run(model, model.tokenize(text)).values["outputs"][-1][0]) for text in texts])


def windows():
    texts = [" ".join(map(str, NUMBERS[start : start + WINDOW])) for start in range(len(NUMBERS) - WINDOW)]
    return texts, np.array(NUMBERS[WINDOW:]), np.array(NUMBERS[WINDOW - 1 : -1])


def test_json_is_what_the_trace_says(shelf_of, file_of, capsys):  # noqa: F811
    model = number_model()
    shelf_of(mine=model)
    texts, truths, last = windows()
    said = outputs(model, texts)
    fields = json.loads(evaluated(capsys, "-m", "mine", file_of(SERIES), "--json"))
    assert list(fields) == [
        *("format", "model", "n", "accuracy", "loss", "bits_per_token", "confusion", "mae", "mse", "r2", "baselines")
    ]
    assert [fields[name] for name in ("format", "n", "accuracy", "bits_per_token", "confusion")] == [1, 35, *[None] * 3]
    assert fields["mae"] == pytest.approx(np.abs(said - truths).mean(), abs=1e-5)
    assert fields["mse"] == pytest.approx(((said - truths) ** 2).mean(), abs=1e-4)
    assert fields["r2"] == pytest.approx(1 - ((said - truths) ** 2).mean() / truths.var(), abs=1e-5)
    assert fields["loss"] == pytest.approx(((said - truths) ** 2).mean() / 2.5**2, abs=1e-5)
    assert fields["baselines"] == {
        "last value": pytest.approx(np.abs(last - truths).mean(), abs=1e-5),
        "mean": pytest.approx(np.abs(truths.mean() - truths).mean(), abs=1e-5),
    }


def test_people_see_the_figures_the_rules_and_what_is_farthest_off(shelf_of, file_of, capsys):  # noqa: F811
    model = number_model()
    shelf_of(mine=model)
    texts, truths, _ = windows()
    off = np.abs(outputs(model, texts) - truths)
    path = file_of(SERIES)
    lines = evaluated(capsys, "-m", "mine", path, "--mistakes", "3").splitlines()
    assert lines[:2] == [f"mine on {path}: 35 texts", "a number a line"]
    assert lines[2].startswith(f"mean absolute error {off.mean():.4g}, mean squared error {(off**2).mean():.4g}, R² ")
    assert lines[3].startswith("the last value again: mean absolute error ")
    assert lines[4].startswith("always the mean of these answers: mean absolute error ")
    assert lines[4].endswith("R² 0.0000")
    assert lines[5:7] == ["", "farthest off"]
    worst = np.argsort(-off)[:3]
    for index, line, command in zip(worst, lines[7::2], lines[8::2], strict=True):
        assert line.startswith(f"  window {index + 1}: it is {truths[index]:g}, the net says ")
        arguments = shlex.split(command)[1:]
        assert arguments == ["-m", "mine", "-s", texts[index]]


def test_a_table_of_texts_and_numbers_has_no_last_value(shelf_of, file_of, capsys):  # noqa: F811
    model = number_model(inputs="one-hot")
    shelf_of(mine=model)
    path = file_of("text,label\nthe dog,1.5\nthe cat,3\n")
    fields = json.loads(evaluated(capsys, "-m", "mine", path, "--json"))
    said = outputs(model, ("the dog", "the cat"))
    assert fields["mae"] == pytest.approx(np.abs(said - [1.5, 3]).mean(), abs=1e-5)
    assert fields["baselines"] == {"mean": pytest.approx(0.75)}


def test_an_edited_network_is_evaluated(shelf_of, file_of, capsys):  # noqa: F811
    shelf_of(mine=number_model())
    path = file_of(SERIES)
    options = ["--edit", EDITS[0], "--edit", EDITS[2]]
    before, after = (
        json.loads(evaluated(capsys, "-m", "mine", path, "--json", *more))["mae"] for more in ((), options)
    )
    assert before != pytest.approx(after, abs=1e-3)
    lines = evaluated(capsys, "-m", "mine", path, "--mistakes", "1", *options).splitlines()
    assert lines[0].startswith("mine with scale-memory 0.1, silence 2 on ")
    assert shlex.split(lines[-1])[-4:] == options


def test_answers_that_are_all_the_same_have_no_r2(shelf_of, file_of, capsys):  # noqa: F811
    shelf_of(mine=number_model())
    path = file_of("3\n" * 10)
    assert json.loads(evaluated(capsys, "-m", "mine", path, "--json"))["r2"] is None
    assert "no R², for all answers are the same" in evaluated(capsys, "-m", "mine", path)


def test_numbers_beyond_all_bounds_are_said_and_json_knows_none(shelf_of, file_of, capsys):  # noqa: F811
    model = replace(build(activation="identity", inputs="number", labels=("level",), scale=1e4), output=Number())
    shelf_of(wild=model)
    path = file_of("".join(f"{k}\n" for k in range(40)))
    assert json.loads(evaluated(capsys, "-m", "wild", path, "--json"))["mae"] is None
    lines = evaluated(capsys, "-m", "wild", path).splitlines()
    assert "in 28 answers the numbers grew beyond all bounds" in lines


def test_a_network_with_several_numbers_is_refused(shelf_of, file_of, capsys):  # noqa: F811
    shelf_of(pair=replace(build(inputs="number", labels=("low", "high")), output=Number((0.0, 0.0), (1.0, 1.0))))
    assert main(["evaluate", "-m", "pair", file_of(SERIES)]) == 1
    assert "the model answers with 2 numbers at once (low, high), and evaluate reads files" in complaint(capsys)


def test_a_label_that_is_no_number_is_one_line(shelf_of, file_of, capsys):  # noqa: F811
    shelf_of(mine=number_model(inputs="one-hot"))
    assert main(["evaluate", "-m", "mine", file_of("text,label\nthe dog,1\nthe cat,good\n")]) == 1
    assert "row 3: the label “good” is no number, which is what the model answers" in complaint(capsys)
