"""An export that the package doesn't have: a module that writes, and the line that registers it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.export import EXPORTS, Export, Extra, export_to
from rnn_tui.export.request import SIZE
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import load
from tests.cli.test_main import complaint


def write(request):
    size = "" if request.size == SIZE else " {}x{}".format(*request.size)
    request.path.write_text(f"{request.scene.text} {len(request.trace)}{size}", encoding="utf-8")


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """The line that registers it."""
    toy = Export(".toy", "how many words there are", lambda: sys.modules[__name__], ("size",))
    monkeypatch.setitem(EXPORTS, ".toy", toy)


def test_it_is_found_by_the_suffix_whatever_its_case():
    assert export_to(Path("a.b.toy")).title == "how many words there are"
    assert export_to(Path("A.TOY")) is EXPORTS[".toy"]


def test_it_is_written(tmp_path, capsys):
    path = tmp_path / "dog.toy"
    assert main(["export", "-s", "the dog", "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == "the dog 2"
    assert capsys.readouterr().out == f"{path}: how many words there are\n"


def test_it_is_in_the_help_and_among_the_known_ones(capsys):
    assert main(["export", "--help"]) == 0
    assert "  .toy          how many words there are\n" in capsys.readouterr().out
    assert main(["export", "-o", "dog.docx"]) == 2
    said = complaint(capsys)
    assert "-o dog.docx: nothing is written as .docx; there are " in said
    assert all(f"{suffix} ({export.title})" in said for suffix, export in EXPORTS.items())
    assert ".toy (how many words there are)" in said
    with pytest.raises(UserError, match=r"dog: the suffix is missing; there are \."):
        export_to(Path("dog"))


@pytest.mark.parametrize("suffix", [suffix for suffix in EXPORTS if suffix != ".toy"])
def test_every_export_is_registered_under_its_suffix(suffix):
    assert EXPORTS[suffix].suffix == suffix == suffix.lower()
    assert callable(EXPORTS[suffix].load().write)


def test_nothing_is_overwritten_unasked(tmp_path, capsys):
    path = tmp_path / "dog.json"
    path.write_text("mine", encoding="utf-8")
    assert main(["export", "-s", "dog", "-o", str(path)]) == 1
    assert "there is such a file already; give another name, or --force" in complaint(capsys)
    assert path.read_text(encoding="utf-8") == "mine"
    assert main(["export", "-s", "dog", "-o", str(path), "--force"]) == 0
    assert json.loads(path.read_text(encoding="ascii"))["tokens"] == ["dog"]


def test_json_is_what_a_trace_prints(tmp_path, capsys):
    scene = ["-s", "the dog", "--edit", "silence 1", "--at", "2:add", "--notation"]
    assert main(["export", *scene, "-o", str(tmp_path / "a.json")]) == 0
    capsys.readouterr()
    assert main(["trace", *scene, "--json"]) == 0
    assert (tmp_path / "a.json").read_text(encoding="ascii") == capsys.readouterr().out
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_model_is_the_edited_one(tmp_path, capsys):
    path = tmp_path / "forgetful.safetensors"
    assert main(["export", "--edit", "forget", "--edit", "drop 1", "-o", str(path)]) == 0
    assert load(path).provenance["edits"] == ["forget"]
    assert not load(path).cell.weight_hh.any()
    capsys.readouterr()
    assert main(["export", "--edit", "drop 1", "-o", str(tmp_path / "same.safetensors")]) == 1
    assert "nothing of the network is changed" in complaint(capsys)
    assert main(["export", "-o", str(tmp_path / "nowhere" / "a.json")]) == 1
    assert "a.json: can't be written: No such file or directory" in complaint(capsys)


def test_the_shipped_models_stay_as_they_are(capsys):
    path = Path(__file__).resolve().parents[2] / "models" / "sentiment.safetensors"
    before = path.read_bytes()
    assert main(["export", "-m", "sentiment", "--edit", "forget", "--force", "-o", str(path)]) == 1
    assert "the shipped models stay as they are" in complaint(capsys)
    assert path.read_bytes() == before


def test_an_option_goes_to_the_kinds_of_files_that_take_it(tmp_path, capsys):
    path = tmp_path / "dog.toy"
    assert main(["export", "-s", "the dog", "--size", "80x24", "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == "the dog 2 80x24"
    capsys.readouterr()
    for option in (["--pace", "1"], ["--theme", "textual-light"], ["--with", "torch"]):
        assert main(["export", "-s", "the dog", *option, "--force", "-o", str(path)]) == 2
        assert f"{option[0]} changes nothing in a .toy file" in complaint(capsys)


@pytest.mark.parametrize("wrong", ["80", "x", "0x0", "80x24x3", "99999x24", "80x9", "-80x24"])
def test_a_size_that_is_none_is_refused(wrong, tmp_path, capsys):
    assert main(["export", f"--size={wrong}", "-o", str(tmp_path / "dog.toy")]) == 2
    assert "is no size from 40x10 to 400x200, such as 120x36" in complaint(capsys)


@pytest.mark.parametrize("wrong", ["0", "-1", "nan", "inf", "soon", "61"])
def test_a_pace_that_is_none_is_refused(wrong, tmp_path, capsys):
    assert main(["export", f"--pace={wrong}", "-o", str(tmp_path / "dog.toy")]) == 2
    assert "--pace" in complaint(capsys)


def test_what_an_export_needs_and_is_not_there_is_named_before_anything_is_written(tmp_path, capsys, monkeypatch):
    needy = Export(".toy", "a toy", lambda: sys.modules[__name__], (), Extra("pictures", "no_such_module_anywhere"))
    monkeypatch.setitem(EXPORTS, ".toy", needy)
    path = tmp_path / "dog.toy"
    assert main(["export", "-s", "dog", "-o", str(path)]) == 1
    assert complaint(capsys).endswith("pip install 'rnn-tui[pictures]'\n")
    assert not path.exists()
