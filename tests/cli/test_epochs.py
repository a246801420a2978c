"""`--keep-epochs` keeps every epoch of a training, and `--epoch` opens any of them, in every command with a scene."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.network.runs import open_run
from rnn_tui.network.storage import load, save
from tests.cli.conftest import ROOT
from tests.cli.test_main import complaint

EPOCHS = 5


def reviews(path, n=160):
    """Short texts, each good or bad by which of two words it has more of."""
    rng, lines = random.Random(1), ["text,label"]
    for _ in range(n):
        words = rng.choices(("good", "bad", "film", "the"), k=5)
        lines.append(f"{' '.join(words)},{'yes' if words.count('good') > words.count('bad') else 'no'}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A model with its run beside it, and the same training without one."""
    folder = tmp_path_factory.mktemp("runs")
    data = reviews(folder / "reviews.csv")
    for name, options in (("kept", ["--keep-epochs"]), ("plain", [])):
        output = str(folder / f"{name}.safetensors")
        assert (
            main(["train", str(data), "-o", output, "--name", "it", "--epochs", str(EPOCHS), "--quiet", *options]) == 0
        )
    return folder


def traced(capsys, *arguments):
    capsys.readouterr()
    assert main(["trace", *map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_to_be_kept_changes_nothing_of_the_training(kept):
    a, b = (load(kept / f"{name}.safetensors").tensors() for name in ("kept", "plain"))
    assert all(a[name].tobytes() == b[name].tobytes() for name in b)
    assert open_run(kept / "kept.run").epochs == tuple(range(EPOCHS + 1))
    assert not (kept / "plain.run").exists()


def test_the_best_epoch_is_the_model_file(kept):
    run, model = open_run(kept / "kept.run"), load(kept / "kept.safetensors")
    assert run.best == model.provenance["epoch"]
    for name, array in run.model(run.best).tensors().items():
        assert array.tobytes() == model.tensors()[name].tobytes()
    assert shelf.load(kept / "kept.run").epoch == run.best


def test_the_figures_of_an_epoch_are_those_of_its_weights(kept, capsys, tmp_path):
    run = open_run(kept / "kept.run")
    for epoch in (0, 2, EPOCHS):
        path = tmp_path / f"at-{epoch}.safetensors"
        save(run.model(epoch), path)
        of_file = traced(capsys, "-m", path, "-s", "good film")
        of_epoch = traced(capsys, "-m", kept / "kept.safetensors", "--epoch", epoch, "-s", "good film")
        assert of_epoch == of_file, "a checkpoint's trace is that of the model file of that epoch"
    assert run.told(0).training_loss is None
    assert run.told(1).moved.keys() == run.model(1).tensors().keys()


def test_before_training_it_knows_nothing_and_later_more(kept):
    losses = [line.validation_loss for line in open_run(kept / "kept.run").history]
    assert losses[-1] < losses[0]


@pytest.mark.parametrize(
    "command", [["trace"], ["walk"], ["lens", "memory"], ["lens", "gradient", "--json"], ["trace", "--json"]]
)
def test_every_command_with_a_scene_takes_an_epoch(kept, capsys, command, monkeypatch):
    printed = []
    for epoch in ("0", str(EPOCHS)):
        capsys.readouterr()
        model = str(kept / "kept.safetensors")
        assert main([*command, "-m", model, "--epoch", epoch, "-s", "good bad good"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] != printed[1]


def test_two_epochs_are_compared(kept, capsys):
    model = str(kept / "kept.safetensors")
    assert main(["compare", "-m", model, "--epoch", "0", "--epoch", "final", "-s", "good", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    expected = [traced(capsys, "-m", model, *epoch, "-s", "good") for epoch in (["--epoch", "0"], [])]
    assert [found["a"]["steps"], found["b"]["steps"]] == [one["steps"] for one in expected]
    assert main(["compare", "-m", model, "--epoch", "0", "-s", "good"]) == 2
    assert "give -m, -s or --epoch twice" in complaint(capsys)
    assert main(["compare", "-m", model, *["--epoch", "0"] * 3, "-s", "good"]) == 2
    assert "--epoch was given 3 times" in complaint(capsys)


def test_an_epoch_that_is_none_is_one_line(kept, capsys):
    model = str(kept / "kept.safetensors")
    assert main(["trace", "-m", model, "--epoch", "99", "-s", "good"]) == 2
    assert f"--epoch 99: the run {kept / 'kept.run'} has epochs 0 to {EPOCHS}" in complaint(capsys)
    assert main(["trace", "-m", model, "--epoch", "-1", "-s", "good"]) == 2
    assert "--epoch" in complaint(capsys)
    assert main(["trace", "-m", str(kept / "plain.safetensors"), "--epoch", "1", "-s", "good"]) == 1
    assert "no such file, so there is no training run; rnn-tui train … --keep-epochs makes one" in complaint(capsys)
    assert main(["trace", "-m", "sentiment-gru", "--epoch", "1", "-s", "good"]) == 1
    assert "there is no training run" in complaint(capsys)


def test_a_folder_that_is_no_run_is_not_replaced(kept, capsys, tmp_path):
    data = reviews(tmp_path / "reviews.csv")
    (tmp_path / "out.run").mkdir()
    (tmp_path / "out.run" / "thesis.txt").write_text("mine")
    assert main(["train", str(data), "-o", str(tmp_path / "out.safetensors"), "--keep-epochs"]) == 1
    assert "is there already and is no training run" in complaint(capsys)
    assert not (tmp_path / "out.safetensors").exists()


def test_what_was_kept_is_said(tmp_path, capsys):
    data, output = reviews(tmp_path / "reviews.csv"), tmp_path / "out.safetensors"
    assert main(["train", str(data), "-o", str(output), "--keep-epochs", "--epochs", "2", "--quiet"]) == 0
    lines = capsys.readouterr().out.splitlines()
    run = open_run(tmp_path / "out.run")
    assert f"wrote {tmp_path / 'out.run'}, {run.size / 1000:.0f} kB: 3 epochs" in lines[-2]
    assert lines[-1] == f"rnn-tui learn {output}"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_training_that_is_ended_leaves_a_run_up_to_its_last_whole_epoch(tmp_path, number):
    data = reviews(tmp_path / "reviews.csv", 400)
    command = [sys.executable, "-m", "rnn_tui", "train", str(data), "-o", str(tmp_path / "out.safetensors")]
    options = ["--keep-epochs", "--epochs", "100000", "--patience", "100000", "--quiet"]
    history = tmp_path / "out.run" / "history.jsonl"
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as training:
        end = time.monotonic() + 60
        while time.monotonic() < end and not (history.exists() and history.read_bytes().count(b"\n") > 3):
            time.sleep(0.02)
        training.send_signal(number)
        training.wait(60)
    run = open_run(tmp_path / "out.run")
    assert len(run.epochs) >= 3
    for epoch in (run.epochs[0], run.epochs[-1]):
        assert all(np.isfinite(array).all() for array in run.model(epoch).tensors().values())
    assert (tmp_path / "out.safetensors").exists() == (number == signal.SIGINT)
