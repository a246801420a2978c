"""README says what is so: its keys, its commands, its edits, its models."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from rnn_tui.cli import main
from rnn_tui.edits import FORMS
from rnn_tui.lenses import NAMES
from rnn_tui.network.storage import load
from rnn_tui.shelf import paths
from rnn_tui.tui.registry import keys_of
from tests.builders import WORDS, build

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title):
    """What stands under a heading."""
    return re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.M | re.S)[1]


def fenced(title, language):
    """The fenced block under a heading."""
    return re.search(rf"^```{language}\n(.*?)^```", section(title), re.M | re.S)[1]


def rows(title):
    """The body of the table under a heading, as tuples of cells."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def test_one_meets_the_program_in_this_order():
    assert re.findall(r"^## (.*)", README, re.M) == [
        "Start", "The five keys to begin with", "Lenses", "What if", "Compare", "The models", "Your own model", "Test",
        "Licence",
    ]  # fmt: skip


def test_the_five_keys_are_keys_of_the_walk():
    signs = [sign for sign, _ in rows("The five keys to begin with")]
    assert len(signs) == 5
    assert {*signs} <= {key.sign for key in keys_of("walk")}


def test_every_page_that_it_names_is_there():
    assert all((ROOT / page).is_file() for page in re.findall(r"\]\(([\w./-]+)\)", README))


def test_every_shipped_model_is_in_the_table():
    named = {name for first, _ in rows("The models") for name in re.findall(r"`([\w-]+)`", first)}
    shipped = {name for name, path in paths().items() if path.parent == ROOT / "models"}
    assert named == shipped


def test_start_and_test_are_one_command_each():
    assert len(fenced("Start", "sh").splitlines()) == 1
    (test,) = fenced("Test", "sh").splitlines()
    assert (ROOT / test).stat().st_mode & 0o111


def test_the_comparison_runs(capsys):
    (line,) = fenced("Compare", "sh").splitlines()
    assert main(shlex.split(line)[1:]) == 0
    assert "part" in capsys.readouterr().out


def test_the_table_of_edits_is_the_list_of_forms():
    # given the edits as README has them
    shown = [tuple(re.split(r" {4,}", line)) for line in fenced("What if", "text").splitlines()]
    # then they are the program's, in its order, and do what it says
    assert shown == [(form.example, form.summary) for form in FORMS.values()]


def test_the_line_that_imports_weights_makes_a_file_that_opens(tmp_path, monkeypatch):
    # given a module's weights and its vocabulary under the names that README gives them
    tensors = {name: np.ascontiguousarray(array) for name, array in build(inputs="embedding").tensors().items()}
    save_file(tensors, tmp_path / "weights.safetensors")
    (tmp_path / "words.txt").write_text("\n".join(WORDS), encoding="utf-8")
    line, opening = fenced("Your own model", "sh").splitlines()
    monkeypatch.chdir(tmp_path)
    # when README's line is run
    assert main(shlex.split(line)[1:]) == 0
    # then the file that its next line opens is a model
    model = load(tmp_path / shlex.split(opening)[2])
    assert model.labels == ("Negative", "Positive")
    assert model.vocabulary.words == WORDS


def test_the_picture_is_there_and_needs_no_network():
    picture = (ROOT / re.search(r"!\[.*?\]\((.*?)\)", README)[1]).read_text(encoding="utf-8")
    assert "screaming" in picture
    assert "url(http" not in picture


def test_the_list_of_lenses_is_the_lenses():
    assert tuple(re.findall(r"^- \*\*(\w+)\*\*:", section("Lenses"), re.M)) == NAMES
