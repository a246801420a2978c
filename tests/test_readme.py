"""README says what is so: its keys, its commands, its model file."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from rnn_tui.cli import main
from rnn_tui.edits import FORMS
from rnn_tui.network.storage import load
from rnn_tui.shelf import paths
from rnn_tui.tui.walking.keys import KEYS
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


def test_the_table_of_keys_is_the_list_of_keys():
    assert rows("Keys") == [
        *((key.sign, key.help) for key in KEYS if key.listed and key.keys),
        ("1 … 9", "To that word"),
    ]


def test_every_shipped_model_is_in_the_table():
    named = {name for first, _ in rows("The models") for name in re.findall(r"`([\w-]+)`", first)}
    shipped = {name for name, path in paths().items() if path.parent == ROOT / "models"}
    assert named == shipped


def test_start_and_test_are_one_command_each():
    assert len(fenced("Start", "sh").splitlines()) == 1
    (test,) = fenced("Test", "sh").splitlines()
    assert (ROOT / test).stat().st_mode & 0o111


@pytest.mark.parametrize("line", fenced("The command line", "text").splitlines())
def test_every_command_runs(line, capsys):
    # given a command as README has it
    words = shlex.split(re.split(r" {4,}", line)[0])
    # when it runs without a terminal
    code = main(words[1:])
    # then it does its work, and plain `rnn-tui` gets as far as to miss the terminal
    opens = words[1].startswith("-")
    assert code == (1 if opens else 0)
    assert ("no terminal" in capsys.readouterr().err) is opens


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
    line, opening = fenced("Open your own model", "sh").splitlines()
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
