"""README says what is so: its keys, its commands, its models."""

from __future__ import annotations

import re
import shlex

import numpy as np
import pytest
from safetensors.numpy import save_file

from rnn_tui.cli import main
from rnn_tui.edits import FORMS, parse_edit
from rnn_tui.lenses import LENSES
from rnn_tui.network.storage import load
from rnn_tui.shelf import paths
from rnn_tui.tui.walking.keys import KEYS
from tests.builders import WORDS, build
from tests.markdown import ROOT, fenced, names, read, rows, section

README = read("README.md")
COMMANDS = fenced(read("docs/command-line.md"), "text") + fenced(section(README, "Compare"), "text")


def test_the_order_is_that_in_which_somebody_meets_the_program():
    assert re.findall(r"^## (.*)$", README, re.M) == [
        "Start", "Five keys to begin with", "Lessons", "Lenses", "What if", "Compare", "The models", "Your own model",
        "Test", "Licence",
    ]  # fmt: skip
    assert README.index("docs/screen.svg") < README.index("## Start")


def test_the_five_keys_are_keys():
    keys = {key.sign: key.help for key in KEYS if key.listed and not key.mode}
    shown = rows(section(README, "Five keys to begin with"))
    assert len(shown) == 5
    assert [(sign, keys[sign]) for sign, _ in shown] == shown


def test_every_key_that_is_named_is_one():
    text = README[README.index("## Five keys") : README.index("## The models")]
    signs = {key.sign for key in KEYS} | {"j", "tab", "S"}  # the last three are those of a comparison
    assert {name for name in names(text) if len(name) == 1} <= signs


def test_every_shipped_model_is_in_the_table():
    named = {name for first, _ in rows(section(README, "The models")) for name in re.findall(r"`([\w-]+)`", first)}
    shipped = {name for name, path in paths().items() if path.parent == ROOT / "models"}
    assert named == shipped


def test_every_lens_is_in_the_list():
    assert re.findall(r"^- \*\*(\w+)\*\*:", section(README, "Lenses"), re.M) == list(LENSES)


def test_start_and_test_are_one_command_each():
    assert len(fenced(section(README, "Start"), "sh").splitlines()) == 1
    (test,) = fenced(section(README, "Test"), "sh").splitlines()
    assert (ROOT / test).stat().st_mode & 0o111


@pytest.mark.parametrize("line", COMMANDS.splitlines())
def test_every_command_runs(line, capsys):
    # given a command as README or the page of commands has it
    words = shlex.split(re.split(r" {4,}", line)[0])
    # when it runs without a terminal
    code = main(words[1:])
    # then it does its work, and plain `rnn-tui` gets as far as to miss the terminal
    opens = words[1].startswith("-")
    assert code == (1 if opens else 0)
    assert ("no terminal" in capsys.readouterr().err) is opens


def test_every_edit_that_is_named_is_one():
    named = [name for name in names(section(README, "What if")) if name.split()[0] in FORMS]
    assert len(named) == 5
    assert [parse_edit(name).to_text() for name in named] == named


def test_the_line_that_imports_weights_makes_a_file_that_opens(tmp_path, monkeypatch):
    # given a module's weights and its vocabulary under the names that README gives them
    tensors = {name: np.ascontiguousarray(array) for name, array in build(inputs="embedding").tensors().items()}
    save_file(tensors, tmp_path / "weights.safetensors")
    (tmp_path / "words.txt").write_text("\n".join(WORDS), encoding="utf-8")
    line, opening = fenced(section(README, "Your own model"), "sh").splitlines()
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
