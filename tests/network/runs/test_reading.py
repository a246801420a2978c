"""A run folder that somebody else wrote, or damaged, opens or is refused in one line that names the file."""

from __future__ import annotations

import json
import os
import re

import numpy as np
import pytest
from safetensors.numpy import save_file

from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.runs import history, open_run, reading
from rnn_tui.network.storage import to_json
from tests.builders import build


@pytest.fixture
def folder(tmp_path):
    """A run that another program wrote: JSON and safetensors, nothing else."""
    model, folder = build(seed=3), tmp_path / "theirs.run"
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"format": 1, "model": to_json(model)}), encoding="utf-8")
    for epoch in range(3):
        save_file(model.tensors(), folder / f"epoch-{epoch:04d}.safetensors")
    (folder / "history.jsonl").write_text('{"epoch": 0}\n\n{"epoch": 1, "best": true}\n{"epoch": 2, "seconds": 3}')
    return folder


def test_it_opens(folder):
    run = open_run(folder)
    assert run.epochs == (0, 1, 2)
    assert (run.best, run.told(2).seconds) == (1, 3.0)
    assert run.training == {}
    assert np.array_equal(run.model(1).tensors()["fc.bias"], build(seed=3).tensors()["fc.bias"])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("no json", "line 1: no JSON"),
        ("[]", r"line 1: \[\], expected an object"),
        ("{}", "line 1: epoch is null, expected a whole number from 0"),
        ('{"epoch": true}', "epoch is true"),
        ('{"epoch": -1}', "epoch is -1"),
        ('{"epoch": 1e3}', "epoch is 1000.0"),
        ('{"epoch": 100001}', "epoch is 100001"),
        ('{"epoch": 0, "best": 1}', "best is 1, expected true or false"),
        ('{"epoch": 0, "seconds": "1"}', 'seconds is "1", expected a finite number or null'),
        ('{"epoch": 0, "seconds": true}', "seconds is true"),
        ('{"epoch": 0, "seconds": NaN}', "seconds is NaN"),
        ('{"epoch": 0, "moved": []}', None),
        ('{"epoch": 0, "moved": [1]}', r"moved is \[1\], expected an object of numbers"),
        ('{"epoch": 0, "moved": {"fc.bias": "x"}}', "moved is"),
        ('{"epoch": 0, "moved": {"fc.bias": null}}', None),
        ('{"epoch": 0, "epoch": 1}', "is there twice"),
        ('{"epoch": 0}\n{"epoch": 0}', "line 2: epoch 0 comes after epoch 0"),
    ],
)
def test_a_line_that_is_wrong_is_named(folder, line, says):
    (folder / "history.jsonl").write_text(f"{line}\n", encoding="utf-8")
    if says is None:
        assert open_run(folder).told(0).moved == {}
        return
    with pytest.raises(ModelFileError, match=says) as refused:
        open_run(folder)
    assert str(refused.value).startswith(str(folder / "history.jsonl"))


def test_a_history_without_end_is_refused(folder, monkeypatch):
    monkeypatch.setattr(history, "MOST_EPOCHS", 1)
    (folder / "history.jsonl").write_text('{"epoch": 0}\n{"epoch": 1}\n')
    with pytest.raises(ModelFileError, match="more than the 1 epochs that are read"):
        open_run(folder)


@pytest.mark.parametrize(
    ("described", "says"),
    [
        ("no", "no JSON"),
        ("[1]", r"format is \[1\], expected 1"),
        ('{"format": 2}', "format is 2, expected 1"),
        ('{"format": 1}', "metadata rnn_tui is null, expected an object"),
        ('{"format": 1, "model": {"format": 1}}', "has no field"),
        (None, "training is 3, expected an object"),
    ],
)
def test_a_description_that_is_wrong_is_named(folder, described, says):
    whole = json.dumps({"format": 1, "model": to_json(build(seed=3)), "training": 3})
    (folder / "run.json").write_text(whole if described is None else described, encoding="utf-8")
    with pytest.raises(ModelFileError, match=says):
        open_run(folder)


def test_what_can_not_be_read_is_one_line(folder, monkeypatch):
    (folder / "run.json").write_bytes(b"\xff\xfe")
    with pytest.raises(ModelFileError, match="is not UTF-8"):
        open_run(folder)
    os.unlink(folder / "run.json")
    with pytest.raises(ModelFileError, match="no such file, so there is no training run; rnn-tui train"):
        open_run(folder)
    (folder / "run.json").mkdir()
    with pytest.raises(ModelFileError, match="is no file; a training run has one of that name"):
        open_run(folder)
    with pytest.raises(ModelFileError, match="can't be read: Not a directory"):
        open_run(folder / "history.jsonl")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that are files")
@pytest.mark.parametrize("name", ["run.json", "history.jsonl"])
def test_nobody_is_waited_for_at_a_pipe(folder, name):
    os.unlink(folder / name)
    os.mkfifo(folder / name)
    with pytest.raises(ModelFileError, match=f"{re.escape(name)}: is no file"):
        open_run(folder)


def test_it_says_whether_it_is_of_another_training_than_the_model_file(folder):
    assert open_run(folder).other is None
    for said, told in (("another one", "another one"), ("", None), (3, None)):
        described = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        described["training"] = {"other": said}
        (folder / "run.json").write_text(json.dumps(described), encoding="utf-8")
        assert open_run(folder).other == told


def test_a_description_without_end_is_refused(folder, monkeypatch):
    monkeypatch.setattr(reading, "MOST_CHARACTERS", 100)
    with pytest.raises(ModelFileError, match="more than the 100 characters"):
        open_run(folder)


def test_a_run_without_weights_says_what_they_are_called(folder):
    for epoch in range(3):
        os.unlink(folder / f"epoch-{epoch:04d}.safetensors")
    (folder / "epoch-00000001.safetensors").write_bytes(b"")  # not as an epoch is named
    with pytest.raises(ModelFileError, match=r"no epoch is kept in it; its weights are files such as epoch-0000\."):
        open_run(folder)


def test_a_folder_that_is_not_there_any_more_is_one_line(folder, monkeypatch):
    def gone(_):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "listdir", gone)
    with pytest.raises(ModelFileError, match=r"theirs\.run: can't be read: No such file"):
        open_run(folder)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda tensors: tensors.pop("fc.bias"), "tensor fc.bias is missing"),
        (lambda tensors: tensors.update({"fc.bias": np.zeros(7, np.float32)}), r"fc\.bias has shape \(7,\)"),
        (lambda tensors: tensors.update({"fc.bias": np.zeros(2)}), "fc.bias has dtype float64"),
        (lambda tensors: tensors.update({"fc.bias": np.full(2, np.nan, np.float32)}), "fc.bias holds nan"),
        (lambda tensors: tensors.update({"extra": np.zeros(1, np.float32)}), "tensor extra"),
    ],
)
def test_weights_that_do_not_fit_are_named(folder, change, says):
    tensors = dict(build(seed=3).tensors())
    change(tensors)
    save_file(tensors, folder / "epoch-0001.safetensors")
    run = open_run(folder)
    with pytest.raises(ModelFileError, match=says) as refused:
        run.model(1)
    assert "epoch-0001.safetensors" in str(refused.value)
    assert run.model(2).labels


def test_weights_that_are_cut_short_or_too_large_are_named(folder):
    path = folder / "epoch-0001.safetensors"
    content = path.read_bytes()
    run = open_run(folder)
    with pytest.raises(ModelFileError, match="more than the 0 MiB"):
        run.model(1, max_bytes=10)
    path.write_bytes(content[:-1])
    with pytest.raises(ModelFileError, match="cut short or damaged"):
        run.model(1)
    path.write_bytes(b"\x00")
    with pytest.raises(ModelFileError, match="cut short or damaged"):
        run.model(1)
