"""The trainings that are shipped: what they are of, how large they are, and the stories that are told of them."""

from __future__ import annotations

import csv
import importlib

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.learning.encoding import Encoding
from rnn_tui.learning.reading import read
from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.network import storage
from rnn_tui.network.runs import open_run
from rnn_tui.network.trace import run
from rnn_tui.network.training import evaluate
from tests.models.asking import FOLDER

LARGEST = 400_000  # bytes
RUNS = {path.stem: open_run(path) for path in sorted(FOLDER.glob("*.run"))}
RECIPES = FOLDER / "recipes"
VOWEL = "obcdfghjklmnpq"


def trace(name, epoch, text):
    model = RUNS[name].model(epoch)
    return run(model, model.tokenize(text))


def answer(name, epoch, text):
    found = trace(name, epoch, text)
    return found.model.labels[found.prediction()[0]]


def rows():
    with open(FOLDER / "sun-or-rain.csv", encoding="utf-8", newline="") as file:
        return [(row["text"].split(), row["label"]) for row in csv.DictReader(file)]


def says_more_sun(epoch):
    """True for every row of the table that gets that answer at an epoch."""
    model = RUNS["sun-or-rain"].model(epoch)
    samples = read(FOLDER / "sun-or-rain.csv").samples
    return evaluate(model, Encoding.of_model(model, "labels").corpus(FOLDER, samples)).predictions == 1


def test_four_are_shipped():
    assert set(RUNS) == {"recall-elman", "recall-lstm", "sentiment", "sun-or-rain"}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_is_small_begins_before_training_and_has_a_line_and_weights_for_every_epoch(name):
    kept = RUNS[name]
    assert kept.size < LARGEST
    assert kept.epochs == tuple(range(len(kept.epochs)))
    assert tuple(told.epoch for told in kept.history) == kept.epochs
    assert all(0 <= told.validation_accuracy <= 1 for told in kept.history)
    assert all(told.moved for told in kept.history[1:])


@pytest.mark.parametrize("name", RUNS)
def test_its_best_epoch_is_the_model_file_or_it_says_that_it_is_of_another_training(name):
    kept, shipped = RUNS[name], storage.load(FOLDER / f"{name}.safetensors")
    best = kept.model(kept.best)
    same = all(np.array_equal(array, shipped.tensors()[key]) for key, array in best.tensors().items())

    assert same == (kept.other is None)
    if same:
        assert best.provenance == shipped.provenance
        assert best.title == shipped.title
    else:
        assert best.title != shipped.title
        assert "another training" in kept.other
        np.testing.assert_array_equal(best.tensors()["embedding.weight"], shipped.tensors()["embedding.weight"])


@pytest.mark.parametrize("name", RUNS)
def test_it_opens_by_the_name_of_the_shelf_and_the_shelf_lists_models_alone(name, capsys):
    assert main(["learn", name]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = [line.split()[0] for line in lines if line.split()[0].isdigit()]
    assert told == [str(epoch) for epoch in RUNS[name].epochs]
    assert (RUNS[name].other is not None) == lines[1].startswith("It is another training")
    assert shelf.load(name, epoch=0).epoch == 0
    assert name in shelf.paths()
    assert not any(".run" in listed for listed in shelf.paths())


def test_its_name_is_enough_to_train_on_the_table_that_is_shipped(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    table = FOLDER / "sun-or-rain.csv"
    call = ["train", table.name, "-o", "mine.safetensors", "--epochs", "1", "--hidden", "3"]
    assert main(call) == 0
    assert f"{table}: --task labels" in capsys.readouterr().err
    assert storage.load(tmp_path / "mine.safetensors").provenance["data"] == table.name
    assert main(["evaluate", "-m", "./mine.safetensors", table.name]) == 0
    capsys.readouterr()

    (tmp_path / table.name).write_text("text,label\nsnow,cold\nsun,warm\nice,cold\nheat,warm\n", encoding="utf-8")
    assert main(call) == 0
    assert "3 texts to train on, 1 held out" in capsys.readouterr().err  # one's own goes before
    assert main(["train", "sun-and-rain.csv", "-o", "mine.safetensors"]) == 1
    assert "sun-and-rain.csv" in capsys.readouterr().err


def test_the_table_holds_rows_of_days_and_what_counting_says_of_each():
    found = rows()
    assert len(found) == len({tuple(days) for days, _ in found}) == 1_500
    for days, label in found:
        assert set(days) <= {"sun", "rain"}
        assert label == ("More sun" if days.count("sun") > days.count("rain") else "More rain")
    assert sum(label == "More sun" for _, label in found) in range(650, 851)


def test_it_says_one_thing_then_the_last_day_and_then_counts():
    found = rows()
    last_day = np.array([days[-1] == "sun" for days, _ in found])
    counted = np.array([label == "More sun" for _, label in found])
    answers = {epoch: says_more_sun(epoch) for epoch in (0, 2, 3, 4, 5, 6, 8, 27)}
    assert answers[0].all()
    for epoch in range(2, 7):
        assert (answers[epoch] == last_day).all()
    assert 0.6 < (last_day == counted).mean() < 0.7
    for epoch in (8, 27):
        assert (answers[epoch] == counted).mean() > 0.95
    history = RUNS["sun-or-rain"].history
    assert history[7].validation_accuracy < 0.7 < 0.9 < history[8].validation_accuracy
    rule = RUNS["sun-or-rain"].training["baselines"]["the last day"]
    assert all(told.validation_accuracy == pytest.approx(rule, abs=1e-4) for told in history[2:7])


def test_it_counts_when_it_has_begun_to_remember():
    left = {epoch: memory(trace("sun-or-rain", epoch, "sun sun rain")).left(0) for epoch in (5, 8)}
    assert left[5] == pytest.approx(1 / 8, abs=0.01)
    assert left[8] > 0.8


def test_what_not_does_to_bad_is_learned_after_what_each_of_them_says():
    assert answer("sentiment", 1, "not bad") == "Negative"
    negative = {text: trace("sentiment", 1, text).values["probs"][-1, 0] for text in ("not", "bad", "not bad")}
    assert negative["not bad"] > max(negative["not"], negative["bad"]) > 0.5
    best = RUNS["sentiment"].best
    assert answer("sentiment", best, "not bad") == "Positive"
    then, now = (trace("sentiment", epoch, "not").values["probs"][-1, 0] for epoch in (1, best))
    assert now == pytest.approx(then, abs=0.03)


def test_the_first_letter_is_heard_by_the_lstm_after_an_epoch_and_by_the_plain_net_never():
    heard = {
        (name, epoch): 10 ** gradient(trace(name, epoch, VOWEL)).log10_norm[0]
        for name in ("recall-elman", "recall-lstm")
        for epoch in RUNS[name].epochs
    }
    elman = [heard["recall-elman", epoch] for epoch in RUNS["recall-elman"].epochs]
    assert elman[0] == pytest.approx(1e-4, rel=0.2)
    assert all(0.02 < share < 0.04 for share in elman[1:])
    assert heard["recall-lstm", 0] < 0.01
    assert all(heard["recall-lstm", epoch] > 1 for epoch in RUNS["recall-lstm"].epochs[1:])
    gates = {epoch: trace("recall-lstm", epoch, VOWEL).values["f"].mean() for epoch in (0, 1)}
    assert gates[0] == pytest.approx(0.5, abs=0.02)
    assert gates[1] > 0.9
    assert answer("recall-lstm", 1, VOWEL) == "o"


def test_the_recipe_makes_the_table_and_the_training_again(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(RECIPES))
    recipe = importlib.import_module("sun_or_rain")

    def stopped(epoch):
        if epoch.number == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(recipe, "report", stopped)
    monkeypatch.setattr("sys.argv", ["sun_or_rain.py", "--into", str(tmp_path)])
    recipe.main()

    assert (tmp_path / "sun-or-rain.csv").read_bytes() == (FOLDER / "sun-or-rain.csv").read_bytes()
    made, shipped = (storage.load(folder / "sun-or-rain.safetensors") for folder in (tmp_path, FOLDER))
    assert {**made.provenance, "epoch": 27, "figure": shipped.provenance["figure"], "interrupted": False} == (
        shipped.provenance
    )
    assert made.examples == shipped.examples
    again = open_run(tmp_path / "sun-or-rain.run")
    assert again.epochs == (0, 1, 2, 3)
    assert again.training == RUNS["sun-or-rain"].training
    for epoch in again.epochs:  # another machine adds in another order
        for name, array in RUNS["sun-or-rain"].model(epoch).tensors().items():
            np.testing.assert_allclose(again.model(epoch).tensors()[name], array, atol=1e-4)
