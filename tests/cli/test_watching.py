"""`rnn-tui train --watch`: the training's own process does what it is told, and leaves nothing that nobody wants."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.learning.watching.messages import (
    AFTER,
    BATCH,
    BEFORE,
    GO_ON,
    GRADIENT,
    PACE,
    STOP,
    Began,
    Done,
    EpochEnded,
    Failed,
    Said,
    Stepped,
)
from rnn_tui.learning.watching.process import Training
from rnn_tui.network.runs import open_run
from rnn_tui.network.storage import load
from tests.cli.conftest import ROOT

DATA = "text,label\n" + "".join(f"{a} {b} {c},{a.upper()}\n" for a in ("up", "down") for b in "abcdef" for c in "ghijk")
SOON = 30.0
OPTIONS = ("--seed", "3", "--batch", "8")


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "first.csv"
    path.write_text(DATA, encoding="utf-8")
    return path


@pytest.fixture
def training(data, tmp_path):
    """Start a training as the screen does: training("--epochs", "3"); its run is in `folder`."""
    started = []

    def start(*options, folder=tmp_path / "above" / "first.run", output="out.safetensors", python=()):
        folder.parent.mkdir(exist_ok=True)
        words = ["train", str(data), "-o", str(data.parent / output), *OPTIONS, *options]
        command = [sys.executable, *(python or ("-P", "-m", "rnn_tui.cli.watched")), str(folder), *words]
        started.append(Training(command, {**os.environ, "PYTHONPATH": str(ROOT)}))
        return started[-1]

    yield start
    for one in started:
        one.close()


def until(training, kind):
    """All messages up to the first of a kind, or the last of all."""
    messages = [training.next()]
    while not isinstance(messages[-1], (kind, Done, Failed)):
        messages.append(training.next())
    return messages


def test_it_waits_to_be_seen_and_then_trains_the_same_model_to_the_bit(data, tmp_path, training, capsys):
    plain = tmp_path / "plain.safetensors"
    assert main(["train", str(data), "-o", str(plain), *OPTIONS, "--epochs", "3", "--name", "out"]) == 0
    (tmp_path / "folder").mkdir()
    watched = training("--epochs", "3", "--name", "out", "--watch", output="folder/plain.safetensors")
    said, began = until(watched, Began)
    assert list(said.lines) == capsys.readouterr().err.splitlines()[: len(said.lines)]
    assert began.epochs == 3
    assert isinstance(said, Said)
    assert open_run(tmp_path / "above" / "first.run").epochs == (0,)
    watched.ask(GO_ON)
    *epochs, done = until(watched, Done)
    assert [message.told.epoch for message in epochs] == [1, 2, 3]
    assert open_run(tmp_path / "above" / "first.run").history[1:] == tuple(message.told for message in epochs)
    assert done.epoch == load(plain).provenance["epoch"]
    assert (tmp_path / "folder" / "plain.safetensors").read_bytes() == plain.read_bytes()


def test_a_batch_at_a_time_is_the_same_training(data, tmp_path, training):
    watched = training("--epochs", "1")
    until(watched, Began)
    before, steps = None, []
    while not steps or isinstance(steps[-1], Stepped):
        watched.ask(BATCH)
        steps.append(watched.next())
    *steps, ended = steps
    assert [step.number for step in steps] == [*range(1, len(steps) + 1)] == [step.t for step in steps]
    assert isinstance(ended, EpochEnded)
    run = open_run(tmp_path / "above" / "first.run")
    before = run.model(0).tensors()
    for step in steps:
        assert all(np.array_equal(step.tensors[BEFORE][name], before[name]) for name in before)
        before = step.tensors[AFTER]
        cut = np.sqrt(sum(float(np.square(array).sum()) for array in step.tensors[GRADIENT].values()))
        assert cut == pytest.approx(min(step.norm, step.clip_norm), rel=1e-4)
    last = run.model(1).tensors()
    assert all(np.array_equal(last[name], before[name]) for name in last)
    assert ended.told.training_loss == pytest.approx(np.mean([step.loss for step in steps]))


def test_stopped_it_keeps_the_best_so_far(data, training):
    watched = training("--epochs", "100000", "--patience", "100000")
    until(watched, Began)
    watched.ask(GO_ON)
    until(watched, EpochEnded)
    done = watched.ended()
    assert isinstance(done, Done)
    assert done.interrupted
    assert done.printed.splitlines()[-1] == f"rnn-tui -m {data.with_name('out.safetensors')}"
    assert load(data.with_name("out.safetensors")).provenance["epoch"] == done.epoch


def test_stopped_before_its_first_epoch_there_is_nothing_to_keep(data, training):
    watched = training()
    until(watched, Began)
    watched.ask(STOP)
    assert watched.ended() == Failed("", 130)
    assert not data.with_name("out.safetensors").exists()


def test_held_back_an_epoch_lasts_as_long_as_is_asked(training):
    watched = training("--epochs", "3")
    until(watched, Began)
    watched.ask(f"{PACE} 0.4")
    watched.ask(GO_ON)
    until(watched, EpochEnded)
    start = time.perf_counter()
    until(watched, EpochEnded)
    told = until(watched, EpochEnded)[-1].told
    took = time.perf_counter() - start
    assert took > 0.6  # twice 0.4, but for what the first message was late
    assert told.seconds < took, "the time for which it was held back is none of its own"


@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (("--task", "series"), 1, "first.csv"),
        (("--cell", "none"), 2, "--cell none"),
        (("--epochs", "3", "--learning-rate", "1e30"), 1, "a smaller learning rate mends it"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(training, options, code, reason):
    watched = training(*options)
    watched.ask(GO_ON)
    failed = watched.ended() if "3" not in options else until(watched, Failed)[-1]
    assert isinstance(failed, Failed)
    assert failed.code == code
    assert reason in failed.reason
    assert "\n" not in failed.reason


def test_a_process_that_ends_without_a_word_is_missed(training):
    assert "exit code 3" in training(python=("-c", "raise SystemExit(3)")).ended().reason


def test_what_it_tells_amiss_is_an_end_too(training):
    watched = training(python=("-c", "print('{}', flush=True)"))
    assert isinstance(watched.ended(), Failed)
    watched.ask(GO_ON)  # nobody hears it any more


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("paused", [False, True])
def test_where_nobody_looks_on_any_more_it_ends_and_leaves_nothing(tmp_path, data, training, paused):
    folder = tmp_path / "above" / "first.run"
    code = "import subprocess, sys\np = subprocess.Popen(sys.argv[1:], stdin=-1, stdout=-1)\n"
    code += "p.stdin.write(b'%s\\n'); p.stdin.flush()\n" % ("pause" if paused else "go-on")
    code += "[p.stdout.readline() for _ in range(2)]\nprint(p.pid, flush=True)\nsys.stdin.read()\n"
    folder.parent.mkdir()
    words = [str(folder), "train", str(data), "-o", str(tmp_path / "out.safetensors"), "--epochs", "100000"]
    command = [sys.executable, "-c", code, sys.executable, "-P", "-m", "rnn_tui.cli.watched", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=-1, stdout=-1, env=environment) as looking:
        pid = int(looking.stdout.readline())
        assert folder.is_dir()
        looking.kill()
    assert within(lambda: not runs(pid))
    assert not folder.parent.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.csv"]


def runs(pid):
    """True while a process runs: one that nobody has asked after any more has ended, too."""
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def within(happens, seconds=SOON):
    end = time.perf_counter() + seconds
    while not happens():
        if time.perf_counter() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to a group of processes")
def test_ctrl_c_at_the_terminal_is_not_the_trainings(training):
    watched = training("--epochs", "100000", "--patience", "100000")
    until(watched, Began)
    os.kill(watched.pid, signal.SIGINT)
    watched.ask(GO_ON)
    assert isinstance(until(watched, EpochEnded)[-1], EpochEnded)
    assert isinstance(watched.ended(), Done)


def test_without_a_terminal_it_says_so(data, capsys):
    assert main(["train", str(data), "-o", str(data.with_name("out.safetensors")), "--watch"]) == 1
    assert "without --watch it trains in plain lines" in capsys.readouterr().err
