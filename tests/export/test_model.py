"""An edited network as a file."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from rnn_tui import shelf
from rnn_tui.edits import DropWord, Forget, ScaleMemory, SetParameter, Silence, apply_edits, of_words
from rnn_tui.export.model import save_edited
from rnn_tui.network.errors import InputError, UserError
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, build
from tests.edits.drawn import edits

ORIGINAL = {"name": "small", "title": "Small", "summary": "Drawn from a seed.", "unit_names": ("a", "b", "c")}


def test_the_file_says_what_it_is(tmp_path):
    model = build(
        provenance={"licence": "MIT", "metric": "accuracy", "figure": 0.9, "verified": {"against": "x"}}, **ORIGINAL
    )

    path = save_edited(model, [ScaleMemory(0.5), DropWord(0), Silence(1)], tmp_path / "half.safetensors")

    saved = load(path)
    assert path == tmp_path / "half.safetensors"
    assert (saved.name, saved.title) == ("half", "Small, edited")
    assert saved.summary == "An edited copy of small: scale-memory 0.5; silence 2."
    assert (saved.labels, saved.vocabulary, saved.unit_names) == (model.labels, model.vocabulary, model.unit_names)
    assert (saved.tokenizer, saved.examples) == (model.tokenizer, model.examples)
    # and keeps where it comes from, but not what was measured of another network
    assert saved.provenance == {
        "licence": "MIT",
        "metric": "accuracy",
        "figure": None,
        "edited_from": "small",
        "edits": ["scale-memory 0.5", "silence 2"],
    }


@given(edits(5).filter(lambda drawn: not all(map(of_words, drawn))))
@settings(deadline=None, max_examples=30)
def test_the_file_computes_what_was_on_the_screen(tmp_path_factory, drawn):
    # given an edited network
    model = build(inputs="embedding")
    before = {name: array.copy() for name, array in model.tensors().items()}
    edited, tokens = apply_edits(model, model.tokenize("the dog barked and slept"), drawn)
    # when it is saved and opened
    saved = load(save_edited(model, drawn, tmp_path_factory.mktemp("saved") / "edited.safetensors"))
    # then it computes the same, and the original is what it was
    assert saved.activation == edited.activation
    for name, values in run(edited, tokens).values.items():
        assert np.array_equal(run(saved, tokens).values[name], values, equal_nan=True)
    assert all(np.array_equal(array, before[name]) for name, array in model.tensors().items())


@pytest.mark.parametrize("cell", CELL_KINDS)
@pytest.mark.parametrize("readout", ["last", "each", "attention"])
def test_every_kind_can_be_saved(tmp_path, cell, readout):
    model = build(*cell, readout)

    saved = load(save_edited(model, [Forget()], tmp_path / "forgetful"))

    assert (saved.cell.kind, saved.activation, saved.readout.kind) == (*cell, readout)
    assert not saved.cell.weight_hh.any()


def test_the_ending_is_added_where_there_is_another_or_none(tmp_path):
    assert save_edited(build(), [Forget()], tmp_path / "a").name == "a.safetensors"
    assert save_edited(build(), [Forget()], tmp_path / "v1.5").name == "v1.5.safetensors"


def files(folder):
    return {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def test_nothing_is_overwritten(tmp_path):
    # given a file, and a link that leads nowhere
    path = save_edited(build(), [Forget()], tmp_path / "mine.safetensors")
    (tmp_path / "link.safetensors").symlink_to(tmp_path / "nowhere")
    before = files(tmp_path)
    # when another is saved there, by any of its names, then it is refused and all is as it was
    for name in ("mine.safetensors", "mine", "../" + tmp_path.name + "/mine", "link"):
        with pytest.raises(UserError, match="there is such a file already, and nothing is overwritten"):
            save_edited(build(), [ScaleMemory(2.0)], tmp_path / name)
    assert files(tmp_path) == before
    assert load(path).summary == "An edited copy of small: forget."


def test_the_shipped_models_stay_as_they_are(tmp_path):
    # given their folder, a link to it, and a way there by dots
    folder = shelf.folders()[0]
    before = files(folder)
    (tmp_path / "link").symlink_to(folder)
    # when an edited one is saved there, over one of them or beside them, then it is refused
    model = shelf.load(shelf.DEFAULT_MODEL)
    for place in (folder, tmp_path / "link", folder / "recipes", folder / ".." / folder.name):
        for name in (shelf.DEFAULT_MODEL, "mine.safetensors"):
            with pytest.raises(UserError, match="the shipped models stay as they are; save it in a folder of your own"):
                save_edited(model, [Forget()], place / name)
    assert files(folder) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "is no name of a file; give one that ends in .safetensors"),
        (".", "is no name of a file"),
        ("..", "is no name of a file"),
        ("a\0b", "is no name of a file"),
        ("nowhere/a", "can't be written: No such file or directory; give another place"),
        ("a" * 300, "can't be written: File name too long"),
    ],
)
def test_a_path_that_cannot_be_is_one_line(tmp_path, monkeypatch, name, says):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError) as raised:
        save_edited(build(), [Forget()], Path(name))
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert os.listdir(tmp_path) == []


def test_a_loop_of_links_is_one_line(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(UserError, match="can't be written: "):
        save_edited(build(), [Forget()], tmp_path / "loop" / "a")


def test_without_a_change_there_is_nothing_to_save(tmp_path):
    for drawn in ([], [DropWord(0)]):
        with pytest.raises(UserError, match="nothing of the network is changed, so there is no other network to save"):
            save_edited(build(), drawn, tmp_path / "a")


def test_an_edit_that_does_not_fit_saves_nothing(tmp_path):
    with pytest.raises(InputError, match=r"there is no fc\.bias\[10\]"):
        save_edited(build(), [SetParameter("fc.bias", (9,), 1.0)], tmp_path / "a")
    assert os.listdir(tmp_path) == []
