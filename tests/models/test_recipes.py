"""A recipe makes the same model again from the same seed, and keeps its promise about weight_hh."""

import importlib
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.network import storage

RECIPES = Path(__file__).parents[2] / "models" / "recipes"


@pytest.fixture
def recall(monkeypatch):
    """The recipe of the recall models with little to train on."""
    monkeypatch.syspath_prepend(str(RECIPES))
    recipe = importlib.import_module("recall")
    monkeypatch.setattr(recipe, "TRAINING", 96)
    monkeypatch.setattr(recipe, "TEST", 4)
    monkeypatch.setattr(recipe, "LEARNING_RATES", recipe.LEARNING_RATES[:2])
    return recipe


def made(recipe, folder, monkeypatch, *options):
    folder.mkdir()
    monkeypatch.setattr("sys.argv", ["recall.py", "--into", str(folder), *options])
    recipe.main()
    return {path.stem: path for path in folder.iterdir()}


def test_the_same_seed_makes_the_same_files_and_another_seed_others(tmp_path, monkeypatch, recall):
    first, second = (made(recall, tmp_path / name, monkeypatch) for name in ("first", "second"))
    other = made(recall, tmp_path / "other", monkeypatch, "--seed", "5")

    assert set(first) == {"recall-elman", "recall-gru", "recall-lstm"}
    for name, path in first.items():
        assert path.read_bytes() == second[name].read_bytes()
        assert path.read_bytes() != other[name].read_bytes()


@pytest.mark.parametrize("bound", ["0.5", "0.9"])
def test_no_square_block_of_weight_hh_is_beyond_its_bound(tmp_path, monkeypatch, recall, bound):
    for path in made(recall, tmp_path / "models", monkeypatch, "--largest-norm", bound).values():
        model = storage.load(path)
        blocks = model.cell.weight_hh.reshape(-1, model.hidden_size, model.hidden_size)
        assert np.linalg.norm(blocks, 2, axis=(1, 2)).max() <= float(bound) * (1 + 1e-5)
        assert model.provenance["largest_norm"] == float(bound)
