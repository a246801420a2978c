"""Hostile folders of trainings: each opens at the epoch that is asked for, or is refused in one line."""

from __future__ import annotations

import os
import shutil

import pytest

from rnn_tui.network.storage import save
from tests.builders import build
from tests.hardening.cases import Fault
from tests.hardening.oracles import SECONDS, check, json_of
from tests.hardening.run_folders import hostile
from tests.hardening.running import call, call_apart
from tests.hardening.test_model_files import check_whole

pytestmark = pytest.mark.hardening
KIND, TOTAL, CHUNK = "run folder", 1000, 40
APART = 0.05
"""The share that is opened by a process of its own, whose memory is limited."""
EPOCHS = ("0", "2", "3", "4", "99999", "100000000000000000000")
TEXT = "the dog"
ALL_EPOCHS_SECONDS = 6.0
"""Seconds of the processor for a replay, which opens the network of up to 60 epochs."""


def traced(chance, run, model):
    """Ask for the numbers at an epoch, or at the best."""
    epoch = chance.choice([[], ["--epoch", chance.choice(EPOCHS)], ["--epoch", chance.choice(EPOCHS)]])
    return ["trace", "--json", "-m", chance.choice([run, model]) if epoch else run, "-s", TEXT, *epoch]


def others(chance, run, model):
    """Any other command that takes a scene at an epoch."""
    epoch = ["--epoch", chance.choice(EPOCHS)]
    return chance.choice(
        [
            ["trace", "-m", run, "-s", TEXT, *epoch],
            ["walk", "-m", run, "-s", TEXT, *epoch],
            ["lens", "gradient", "-m", run, "-s", TEXT, *epoch],
            ["compare", "-m", run, "-s", TEXT, *epoch, "--epoch", chance.choice([*EPOCHS, "final"])],
            ["-m", run, "-s", TEXT, *epoch],
            ["models", "--json"],
        ]
    )


def learned(chance, run, model):
    """Replay it, as JSON or in lines."""
    form = chance.choice([["--json"], ["--json"], []])
    return ["learn", chance.choice([run, model]), "-s", TEXT, *form]


def test_a_run_opens_or_is_refused_in_one_line(cases, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", os.devnull)

    def one(chance):
        here = tmp_path / str(chance.number)
        here.mkdir()
        monkeypatch.chdir(here)
        monkeypatch.setenv("RNN_TUI_MODELS", str(here))
        save(build(), here / "hostile.safetensors")
        folder = hostile(chance)
        try:
            folder.write(here / "hostile.run")
        except (OSError, ValueError):  # this file system holds no such thing
            return
        asked = chance.choice([traced, traced, learned, learned, others])(chance, "hostile.run", "hostile.safetensors")
        apart = chance.random() < APART
        try:
            ended = call_apart(*asked, folder=here) if apart else call(*asked)
            check(ended, seconds=ALL_EPOCHS_SECONDS if asked[0] == "learn" else SECONDS, apart=apart)
            check_told(ended, refused=folder.refused and asked[0] != "models")
        except Fault as fault:
            raise Fault(*(f"[{folder.done}] {line}" for line in str(fault).splitlines())) from fault
        finally:
            monkeypatch.chdir(tmp_path)
            shutil.rmtree(here, ignore_errors=True)

    cases.each(one)


def check_told(ended, *, refused):
    """Raise Fault where what must be refused opens, the error line names no part of the run, or JSON is not whole."""
    if refused and ended.code == 0:
        raise Fault("opens it")
    if refused and ended.code != 2 and "hostile.run" not in ended.complaint:
        raise Fault(f"the error line doesn't name the folder: {ended.complaint[:200]}")
    if ended.code != 0 or "--json" not in ended.arguments:
        return
    told = json_of(ended.text)
    if ended.arguments[0] == "trace":
        check_whole(told)
    elif ended.arguments[0] == "learn":
        check_history(told)


def check_history(told):
    """Raise Fault where the epochs are not in their order, or one that was kept has no answers."""
    epochs = told["epochs"]
    numbers = [epoch["epoch"] for epoch in epochs]
    if numbers != sorted(set(numbers)):
        raise Fault(f"the epochs are {numbers[:20]}")
    kept = [epoch for epoch in epochs if epoch["kept"]]
    if not kept or any(epoch["answers"] is not None and len(epoch["answers"]) != 2 for epoch in epochs):
        raise Fault("an epoch has no answers, or others than two")
