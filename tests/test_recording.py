"""A training that is recorded from Python, and docs/runs.md, whose example is run here."""

from __future__ import annotations

import re
from dataclasses import fields

import numpy as np
import pytest

import rnn_tui
from rnn_tui.network.runs import MOST_BYTES, Told, open_run
from tests.builders import build
from tests.markdown import names, read, rows, section

PAGE = read("docs/runs.md")


def test_every_network_that_is_added_is_an_epoch(tmp_path):
    run = rnn_tui.record(tmp_path / "mine.run", baselines={"majority": 0.5})
    models = [build(seed=seed) for seed in range(4)]
    for model, loss in zip(models, (9.0, 0.7, 0.3, 0.5), strict=True):
        run.add(model, training_loss=2 * loss, validation_loss=loss)
    found = open_run(tmp_path / "mine.run")
    assert found.epochs == (0, 1, 2, 3)
    assert [line.best for line in found.history] == [False, True, True, False]
    assert found.training == {"baselines": {"majority": 0.5}}
    assert found.told(3).training_loss == 1.0
    for epoch, model in enumerate(models):
        expected = rnn_tui.run(model, "kicking and screaming").values["h"]
        assert np.array_equal(rnn_tui.run(found.model(epoch), "kicking and screaming").values["h"], expected)
    way = np.linalg.norm(models[1].fc.bias - models[0].fc.bias) / np.linalg.norm(models[0].fc.bias)
    assert found.told(1).moved["fc.bias"] == pytest.approx(way)
    assert repr(run) == f"<Recording of {tmp_path / 'mine.run'}: 4 epochs>"


def test_of_accuracies_the_highest_is_best_whatever_the_loss(tmp_path):
    run = rnn_tui.record(tmp_path / "mine.run")
    for accuracy in (0.9, 0.5, 0.8, 0.8, None):
        run.add(build(), validation_loss=accuracy, validation_accuracy=accuracy)
    assert [line.best for line in open_run(tmp_path / "mine.run").history] == [False, True, True, False, False]


def test_a_network_of_other_sizes_is_refused_and_nothing_is_lost(tmp_path):
    run = rnn_tui.record(tmp_path / "mine.run")
    run.add(build())
    with pytest.raises(rnn_tui.UserError, match="is of other sizes than that of the first"):
        run.add(build(seed=1, labels=("a", "b", "c")))
    assert open_run(tmp_path / "mine.run").epochs == (0,)


def test_nothing_is_written_before_the_first_epoch(tmp_path):
    rnn_tui.record(tmp_path / "mine.run")
    assert list(tmp_path.iterdir()) == []


def test_the_page_names_every_field_of_the_history():
    listed = [name for cell, _ in rows(section(PAGE, "The folder")) for name in names(cell)]
    assert listed[-len(fields(Told)) :] == [field.name for field in fields(Told)]
    assert f"more than {MOST_BYTES // 2**20} MiB" in PAGE


def test_the_page_s_example_makes_a_run_that_learns(tmp_path, monkeypatch):
    pytest.importorskip("torch")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    assert len(code.split("run = rnn_tui.record")[1].splitlines()) <= 10
    exec(code, {})
    found = open_run(tmp_path / "mine.run")
    assert found.epochs == tuple(range(9))
    figures = [line.validation_accuracy for line in found.history]
    assert figures[-1] > figures[0]
    assert rnn_tui.load("mine.run").epoch == found.best
