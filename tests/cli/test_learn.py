"""`rnn-tui learn` in a pipe: a line an epoch, or JSON."""

from __future__ import annotations

import json
import os

import pytest

from rnn_tui.cli import main
from rnn_tui.network.runs import open_run
from tests.builders import build
from tests.cli.test_main import complaint
from tests.tui.replaying.conftest import EPOCHS, TEXT, recorded


@pytest.fixture
def folder(tmp_path):
    return recorded(tmp_path / "small.run", build(seed=3))


def test_it_prints_a_line_an_epoch_with_its_answer(folder, capsys):
    assert main(["learn", str(folder), "-s", TEXT]) == 0
    told, head, *lines = capsys.readouterr().out.splitlines()
    assert f"“{TEXT}”" in told
    assert head.split() == ["epoch", "loss", "held", "out", "right", "answer"]
    history = open_run(folder).history
    assert [line.split()[0] for line in lines] == [str(line.epoch) for line in history]
    for line, of in zip(lines, history, strict=True):
        assert f"{of.validation_loss:.3f}" in line
        assert f"{of.validation_accuracy:.0%}" in line
        capsys.readouterr()
        assert main(["trace", "-m", str(folder), "--epoch", str(of.epoch), "-s", TEXT, "--json"]) == 0
        probs = json.loads(capsys.readouterr().out)["steps"][-1]["probs"]
        label = line.split()[-2]
        assert line.endswith(f"{label} {probs[build().labels.index(label)]:.0%}")


def test_as_json_it_has_all_of_the_history_and_every_answer(folder, capsys):
    assert main(["learn", str(folder), "-s", TEXT, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["format"], found["best"], found["text"]) == (1, 4, TEXT)
    assert [epoch["epoch"] for epoch in found["epochs"]] == list(range(EPOCHS + 1))
    assert all(epoch["kept"] and len(epoch["answers"]) == len(found["answer"]) for epoch in found["epochs"])


def test_without_a_history_it_has_the_answers(folder, capsys):
    os.unlink(folder / "history.jsonl")
    assert main(["learn", str(folder), "-s", TEXT]) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    assert [line.split()[0] for line in lines] == list(map(str, range(EPOCHS + 1)))
    assert all(line.endswith("%") for line in lines)
    assert main(["learn", str(folder), "-s", TEXT, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["best"] is None


def test_what_is_no_training_is_one_line(folder, capsys, tmp_path):
    assert main(["learn"]) == 2
    assert "say which training" in complaint(capsys)
    assert main(["learn", str(folder), "-m", "sentiment"]) == 2
    assert "say which training" in complaint(capsys)
    assert main(["learn", "names"]) == 1
    assert "there is no training run" in complaint(capsys)
    assert main(["learn", str(folder), "--epoch", "99"]) == 2
    assert f"has epochs 0 to {EPOCHS}" in complaint(capsys)
