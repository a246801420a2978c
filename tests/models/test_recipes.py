"""A recipe makes the same model again from the same seed, and keeps its promise about weight_hh.

What the recipes fetch is made up here, and they train for an epoch or two.
"""

import importlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.network import storage
from rnn_tui.network.runs import open_run

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
    monkeypatch.setattr("sys.argv", ["recipe.py", "--into", str(folder), *options])
    recipe.main()
    return {path.stem: path for path in folder.glob("*.safetensors")}


def test_the_same_seed_makes_the_same_files_and_another_seed_others(tmp_path, monkeypatch, recall):
    first, second = (made(recall, tmp_path / name, monkeypatch) for name in ("first", "second"))
    other = made(recall, tmp_path / "other", monkeypatch, "--seed", "5")

    assert set(first) == {"recall-elman", "recall-gru", "recall-lstm"}
    for name, path in first.items():
        assert path.read_bytes() == second[name].read_bytes()
        assert path.read_bytes() != other[name].read_bytes()
    for cell in ("elman", "lstm"):
        folders = [tmp_path / name / f"recall-{cell}.run" for name in ("first", "second")]
        assert len({*map(contents, folders)}) == 1
        kept = open_run(folders[0])
        best = kept.model(kept.best).tensors()
        shipped = storage.load(first[f"recall-{cell}"]).tensors()
        assert all(np.array_equal(best[name], array) for name, array in shipped.items())


def contents(folder):
    """The names and the bytes of all files of a folder."""
    return tuple((path.name, path.read_bytes()) for path in sorted(folder.iterdir()))


@pytest.mark.parametrize("bound", ["0.5", "0.9"])
def test_no_square_block_of_weight_hh_is_beyond_its_bound(tmp_path, monkeypatch, recall, bound):
    for path in made(recall, tmp_path / "models", monkeypatch, "--largest-norm", bound).values():
        model = storage.load(path)
        blocks = model.cell.weight_hh.reshape(-1, model.hidden_size, model.hidden_size)
        assert np.linalg.norm(blocks, 2, axis=(1, 2)).max() <= float(bound) * (1 + 1e-5)
        assert model.provenance["largest_norm"] == float(bound)


def sea(path):
    """Sixty-one years of a sea that goes up and down with the months, and a little at random."""
    rng = np.random.default_rng(3)
    rows = [
        f"{23 + 3 * np.sin(month / 2) + rng.normal(0, 0.3):.2f},{month}" for _ in range(61) for month in range(1, 13)
    ]
    path.write_text("\n".join(["sea,month", *rows, ""]), encoding="utf-8")
    return path


def pictures(path):
    """As many pictures as there are: a stripe of black for each digit, and a little at random."""
    rng = np.random.default_rng(4)
    header = ",".join([*(f"p{row}{column}" for row in range(1, 9) for column in range(1, 9)), "digit"])
    drawn = rng.integers(0, 4, (1_797, 64))
    digits = rng.integers(0, 10, 1_797)
    for picture, digit in zip(drawn, digits, strict=True):
        picture[6 * digit : 6 * digit + 6] = 16
    rows = [",".join(map(str, [*picture, digit])) for picture, digit in zip(drawn, digits, strict=True)]
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def treebank(folder):
    """The three parts of a treebank of two sentences."""
    folder.mkdir()
    lines = ["The dog barked .\tDET NOUN VERB PUNCT", "Dogs bark at the dog .\tNOUN VERB ADP DET NOUN PUNCT"]
    for part in ("train", "dev", "test"):
        (folder / f"{part}.tsv").write_text("\n".join([*lines * 4, ""]), encoding="utf-8")
    return folder


@pytest.fixture
def recipes(monkeypatch, tmp_path):
    """The recipe behind a model's name, with little to train on, and the arguments that it takes."""
    monkeypatch.syspath_prepend(str(RECIPES))

    def recipe_of(name):
        recipe = importlib.import_module({"tagger-two-way": "tagger"}.get(name, name.replace("-", "_")))
        if name == "tagger-two-way":
            monkeypatch.setattr(recipe, "along_principal_directions", no_vectors)
            variant = recipe.VARIANTS[name]
            short = replace(variant, settings=replace(variant.settings, epochs=2))
            monkeypatch.setitem(recipe.VARIANTS, name, short)
            return recipe, [str(treebank(tmp_path / "treebank")), name]
        monkeypatch.setattr(recipe, "SEEDS", range(2))
        monkeypatch.setattr(recipe, "SETTINGS", replace(recipe.SETTINGS, epochs=2))
        data = {"el-nino": ("series_file", sea), "digits": ("pictures_file", pictures)}[name]
        monkeypatch.setattr(recipe, data[0], lambda: data[1](tmp_path / f"{name}.csv"))
        return recipe, []

    return recipe_of


def no_vectors(words, size):
    """GloVe's vectors of two of the words, made up."""
    known = np.arange(len(words)) < 2
    return np.arange(2 * size, dtype=np.float32).reshape(2, size), known


@pytest.mark.parametrize("name", ["el-nino", "digits", "tagger-two-way"])
def test_the_same_seed_makes_the_same_file_of_the_kind_that_is_shipped(tmp_path, monkeypatch, recipes, name):
    recipe, arguments = recipes(name)
    shipped = storage.load(RECIPES.parent / f"{name}.safetensors")

    first = made(recipe, tmp_path / "first", monkeypatch, *arguments)
    second = made(recipe, tmp_path / "second", monkeypatch, *arguments)

    assert set(first) == {name}
    assert first[name].read_bytes() == second[name].read_bytes()
    again = storage.load(first[name])
    assert [layer.kind for layer in again.layers] == [layer.kind for layer in shipped.layers]
    assert [entry.kind for entry in again.head] == [entry.kind for entry in shipped.head]
    assert (again.readout.kind, again.output.kind) == (shipped.readout.kind, shipped.output.kind)
    assert set(again.provenance) == set(shipped.provenance)
    assert [example.why for example in again.examples] == [example.why for example in shipped.examples]
