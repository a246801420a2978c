"""An export that the package doesn't have: a module that writes, and the line that registers it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.export import EXPORTS, Export, export_to
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import load
from tests.cli.test_main import complaint


def write(scene, trace, path):
    path.write_text(f"{scene.text} {len(trace)}", encoding="utf-8")


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """The line that registers it."""
    monkeypatch.setitem(EXPORTS, ".toy", Export(".toy", "how many words there are", lambda: sys.modules[__name__]))


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
    assert "-o dog.docx: nothing is written as .docx; there are .json (every value" in said
    assert ".toy (how many words there are)" in said
    with pytest.raises(UserError, match=r"dog: the suffix is missing; there are \.json"):
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
