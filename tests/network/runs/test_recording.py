"""A run that is recorded opens again with the very weights of each epoch, whatever became of the training."""

from __future__ import annotations

import json
import os
import random

import numpy as np
import pytest

from rnn_tui.network.errors import InputError, ModelFileError, UserError
from rnn_tui.network.runs import Recorder, Told, check_recordable, folder_of, is_run, open_run
from rnn_tui.network.storage import save
from tests.builders import build
from tests.deep import deep_model


def weights(model, seed):
    """Other parameters of the same shapes."""
    rng = np.random.default_rng(seed)
    return {name: rng.normal(size=array.shape).astype(np.float32) for name, array in model.tensors().items()}


def recorded(folder, epochs=4, *, model=None, best=(), fixed=(), **options):
    """A run of so many epochs after epoch 0; the parameters of each are `weights(model, epoch)`."""
    model = build(seed=1) if model is None else model
    recorder = Recorder(folder, model, {"judge": "accuracy"}, fixed=fixed, **options)
    given = [weights(model, epoch) for epoch in range(epochs + 1)]
    for epoch, parameters in enumerate(given):
        parameters |= {name: array for name, array in model.tensors().items() if name in fixed}
        moved = recorder.moved(parameters)
        recorder.add(Told(epoch, validation_loss=1 / (epoch + 1), best=epoch in best, moved=moved), parameters)
    return model, given, recorder


@pytest.mark.parametrize("made", [build, lambda: deep_model("lstm", 2, bidirectional=True, output="number")])
def test_each_epoch_has_its_very_weights(tmp_path, made):
    model, given, _ = recorded(tmp_path / "a.run", model=made())
    run = open_run(tmp_path / "a.run")
    assert run.epochs == (0, 1, 2, 3, 4)
    for epoch, parameters in enumerate(given):
        found = run.model(epoch)
        assert found.labels == model.labels
        assert found.epoch == epoch
        for name, array in found.tensors().items():
            assert array.tobytes() == parameters[name].tobytes(), (epoch, name)


def test_the_history_says_what_was_told(tmp_path):
    _, given, _ = recorded(tmp_path / "a.run", 2, best=(1,))
    run = open_run(tmp_path / "a.run")
    assert [line.epoch for line in run.history] == [0, 1, 2]
    assert run.told(1).validation_loss == 0.5
    assert run.told(7) is None
    assert run.best == 1
    assert run.told(0).moved == {}
    name = "fc.weight"
    way = np.linalg.norm(given[2][name] - given[1][name]) / np.linalg.norm(given[1][name])
    assert run.told(2).moved[name] == pytest.approx(way)


def test_what_was_zero_and_moved_has_moved_all_the_way(tmp_path):
    model = build()
    recorder = Recorder(tmp_path / "a.run", model, {})
    zeros = {name: np.zeros_like(array) for name, array in model.tensors().items()}
    recorder.add(Told(0), zeros)
    assert set(recorder.moved(zeros).values()) == {0.0}
    assert set(recorder.moved(weights(model, 1)).values()) == {1.0}


def test_what_does_not_change_is_stored_once(tmp_path):
    model = build(inputs="embedding", seed=1)
    recorded(tmp_path / "a.run", model=model, fixed=("embedding.weight", "no.such"))
    folder = tmp_path / "a.run"
    assert (folder / "fixed.safetensors").exists()
    size = model.tensors()["embedding.weight"].nbytes
    recorded(tmp_path / "b.run", model=model)
    files = [(tmp_path / name / "epoch-0003.safetensors").stat().st_size for name in ("a.run", "b.run")]
    assert files[1] - files[0] >= size
    found = open_run(folder).model(3).tensors()["embedding.weight"]
    assert np.array_equal(found, model.tensors()["embedding.weight"])
    assert "embedding.weight" not in open_run(folder).told(3).moved


@pytest.mark.parametrize("epochs", [3, 20, 57])
@pytest.mark.parametrize("fits", [1, 4, 7])
def test_a_large_run_is_thinned_and_keeps_the_first_the_best_and_the_latest(tmp_path, epochs, fits):
    folder, best = tmp_path / "a.run", 3
    _, given, recorder = recorded(folder, 1)
    size = (folder / "epoch-0001.safetensors").stat().st_size
    _, given, recorder = recorded(folder, epochs, best=(1, best), most_bytes=fits * size)
    run = open_run(folder)
    assert len(run.epochs) <= max(fits, 3) + 2
    assert {0, best, epochs} <= set(run.epochs)
    assert len(run.history) == epochs + 1, "every epoch is told, whichever was kept"
    assert list(run.epochs) == recorder.kept
    assert run.size == recorder.size
    for epoch in range(epochs + 1):
        near = run.nearest(epoch)
        assert abs(near - epoch) == min(abs(kept - epoch) for kept in run.epochs)
        assert np.array_equal(run.model(epoch).tensors()["fc.weight"], given[near]["fc.weight"])
    gaps = np.diff([kept for kept in run.epochs if kept not in (best, epochs)])
    assert set(gaps) <= {recorder.stride}, "those between lie evenly"
    assert run.asked(epochs) == epochs
    with pytest.raises(InputError, match=f"has epochs 0 to {epochs}"):
        run.asked(epochs + 1)


def test_a_training_that_is_killed_at_any_byte_leaves_a_run_up_to_its_last_whole_epoch(tmp_path):
    _, given, _ = recorded(tmp_path / "a.run", 3)
    folder = tmp_path / "a.run"
    lines = (folder / "history.jsonl").read_bytes()
    source = random.Random(1)
    cuts = {0, len(lines), *(source.randrange(len(lines)) for _ in range(60))}
    for cut in cuts:
        (folder / "history.jsonl").write_bytes(lines[:cut])
        whole = [k for k in range(4) if len(b"\n".join(lines.split(b"\n")[: k + 1])) <= cut]
        if not whole:
            assert open_run(folder).epochs in ((0, 1, 2, 3), ()), "without a history all weights count"
            continue
        run = open_run(folder)
        assert run.epochs == tuple(whole)
        assert np.array_equal(run.model(99).tensors()["fc.weight"], given[whole[-1]]["fc.weight"])


def test_weights_without_their_line_are_no_whole_epoch(tmp_path):
    recorded(tmp_path / "a.run", 2)
    folder = tmp_path / "a.run"
    lines = (folder / "history.jsonl").read_text().splitlines(keepends=True)
    (folder / "history.jsonl").write_text("".join(lines[:2]))
    assert open_run(folder).epochs == (0, 1)
    os.unlink(folder / "history.jsonl")
    assert open_run(folder).epochs == (0, 1, 2), "another program needs write no history"
    assert open_run(folder).best is None


def test_a_new_training_takes_the_place_of_a_run_and_of_nothing_else(tmp_path):
    folder = tmp_path / "a.run"
    recorded(folder, 5)
    (folder / "notes.txt").write_text("mine")
    recorded(folder, 1)
    assert open_run(folder).epochs == (0, 1)
    assert (folder / "notes.txt").read_text() == "mine"
    other = tmp_path / "b.run"
    other.mkdir()
    recorded(other, 1)  # an empty folder may be used
    full = tmp_path / "c.run"
    full.mkdir()
    (full / "thesis.txt").write_text("mine")
    for taken in (full, tmp_path / "file.run"):
        (tmp_path / "file.run").write_text("mine")
        with pytest.raises(UserError, match="is no training run; move it away"):
            check_recordable(taken)
        with pytest.raises(UserError, match="is no training run; move it away"):
            recorded(taken)
    assert (full / "thesis.txt").read_text() == "mine"
    with pytest.raises(UserError, match=r"ends in \.run"):
        check_recordable(tmp_path / "a.folder")


def test_a_folder_that_is_nowhere_is_one_line(tmp_path):
    with pytest.raises(UserError, match=r"a\.run: can't be written: No such file or directory; give another place"):
        recorded(tmp_path / "nowhere" / "a.run")


def test_a_run_that_is_taken_away_while_it_is_written_is_one_line(tmp_path, monkeypatch):
    _, given, recorder = recorded(tmp_path / "a.run", 1)
    os.unlink(tmp_path / "a.run" / "history.jsonl")
    (tmp_path / "a.run" / "history.jsonl").mkdir()
    with pytest.raises(UserError, match=r"history\.jsonl: can't be written: Is a directory"):
        recorder.add(Told(2), given[1])


def test_a_folder_that_can_not_be_looked_into_is_one_line(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.run").mkdir()
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UserError, match=r"a\.run: can't be read: Permission denied"):
        check_recordable(tmp_path / "a.run")


def test_the_folder_of_a_model_file(tmp_path):
    assert folder_of(tmp_path / "a.safetensors") == tmp_path / "a.run"
    assert folder_of(tmp_path / "a.run") == tmp_path / "a.run"
    assert not is_run(tmp_path)


def test_what_is_no_number_is_null(tmp_path):
    line = json.loads(Told(1, training_loss=float("nan"), moved={"fc.bias": float("inf")}).line)
    assert (line["training_loss"], line["moved"]["fc.bias"]) == (None, None)


def test_a_checkpoint_is_no_model_by_itself(tmp_path):
    model, _, _ = recorded(tmp_path / "a.run", 0)
    save(model, tmp_path / "a.safetensors")
    from rnn_tui.network.storage import load

    with pytest.raises(ModelFileError, match="so no model file"):
        load(tmp_path / "a.run" / "epoch-0000.safetensors")
