"""The oracle of hostile runs sees what it is there to see, and what must be refused is no whole run."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.runs import open_run
from tests.hardening import run_folders, test_run_folders
from tests.hardening.cases import Fault
from tests.hardening.running import Ended

REFUSED = Ended(["trace"], 1, b"", b"rnn-tui: x.safetensors: is cut short; copy it again\n")
LEARNED = {"epochs": [{"epoch": 0, "kept": True, "answers": [0.5, 0.25]}, {"epoch": 1, "kept": False, "answers": None}]}


def learned(told):
    return Ended(("learn", "x.run", "--json"), 0, json.dumps(told).encode(), b"")


@pytest.mark.parametrize(
    ("ended", "refused", "said"),
    [
        (learned(LEARNED), True, "opens it"),
        (REFUSED, True, "doesn't name the folder"),
        (learned({"epochs": LEARNED["epochs"][::-1]}), False, r"the epochs are \[1, 0\]"),
        (learned({"epochs": LEARNED["epochs"][1:]}), False, "has no answers"),
        (learned({"epochs": [{"epoch": 0, "kept": True, "answers": [0.5]}]}), False, "others than two"),
    ],
)
def test_a_run_that_opens_although_it_must_not_or_not_whole_is_seen(ended, refused, said):
    test_run_folders.check_told(learned(LEARNED), refused=False)
    test_run_folders.check_told(replace(REFUSED, err=b"rnn-tui: hostile.run/run.json: no JSON\n"), refused=True)
    with pytest.raises(Fault, match=said):
        test_run_folders.check_told(ended, refused=refused)


def test_runs_that_must_be_refused_are_and_whole_ones_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the names of sockets are short
    for number, whole in enumerate(run_folders.wholes()):
        run_folders.Folder(dict(whole)).write(tmp_path / f"{number}.run")
        opened = open_run(tmp_path / f"{number}.run")
        assert opened.epochs == tuple(range(run_folders.EPOCHS + 1))
        assert opened.model(1).epoch == 1
    chance, refused = random.Random(7), 0
    for number in range(60):
        folder = run_folders.hostile(chance)
        if folder.refused:
            refused += 1
            folder.write(tmp_path / f"hostile-{number}.run")
            with pytest.raises(ModelFileError):
                open_run(tmp_path / f"hostile-{number}.run")
    assert refused > 5
