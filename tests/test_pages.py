"""The pages of docs/ say what is so: every key, every command with its options, every field of the model file."""

from __future__ import annotations

import json
import re
import shlex
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from safetensors import safe_open

from rnn_tui.cli import main
from rnn_tui.cli.commands import COMMANDS
from rnn_tui.network.storage import save
from tests.builders import READOUT_KINDS, build

DOCS = Path(__file__).resolve().parents[1] / "docs"
COMMAND_LINE = (DOCS / "command-line.md").read_text(encoding="utf-8")
MODEL_FILE = (DOCS / "model-file.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", COMMAND_LINE, re.M | re.S))
COMMAND_LINES = re.search(r"^```text\n(.*?)^```", COMMAND_LINE, re.M | re.S)[1].splitlines()


def options_in(text):
    """The long options that a text names."""
    return {*re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)}


def options_listed(title):
    """The long options in the first column of a section's table."""
    return options_in(" ".join(re.findall(r"^\| `(.*?)` \|", SECTIONS[title], re.M)))


def test_the_page_of_keys_is_made_from_the_keys():
    # else: python docs/keys.py
    spec = spec_from_file_location("docs_keys", DOCS / "keys.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf-8") == module.page()


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_every_command_runs(line, capsys, tmp_path, monkeypatch):
    # given a command as the page has it
    words = shlex.split(re.split(r" {4,}", line)[0])
    monkeypatch.chdir(tmp_path)
    # when it runs without a terminal
    code = main(words[1:])
    # then it does its work, and plain `rnn-tui` gets as far as to miss the terminal
    opens = words[1].startswith("-")
    assert code == (1 if opens else 0)
    assert ("no terminal" in capsys.readouterr().err) is opens


def test_every_command_has_a_section_in_the_order_of_the_help():
    assert [title for title in SECTIONS if title.startswith("rnn-tui")] == [f"rnn-tui {name}" for name in COMMANDS]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_option_is_listed_and_no_other(name, capsys):
    # given the options as the help has them
    assert main([*name.split(), "--help"]) == 0
    usage, _, rest = capsys.readouterr().out.partition("options:")
    known = options_in(usage + rest.partition("examples:")[0]) - {"--help"}
    # then the page lists them, those of a scene once for all
    section = SECTIONS[f"rnn-tui {name}"] if name else SECTIONS["The program"]
    of_scene = options_listed("A scene") if not name or "(#a-scene)" in section else set()
    listed = options_listed(f"rnn-tui {name}" if name else "The program") | of_scene
    shown = options_in("\n".join(line for line in (usage + rest).splitlines() if line.lstrip().startswith("-")))
    assert shown - {"--help"} <= listed <= known


@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_every_tensor_and_field_of_a_saved_model_is_on_the_page(readout, tmp_path):
    save(build(readout=readout, inputs="embedding"), tmp_path / "small.safetensors")
    with safe_open(tmp_path / "small.safetensors", framework="numpy") as file:
        tensors, metadata = [*file.keys()], file.metadata()["rnn_tui"]
    fenced = re.search(r"^```text\n(.*?)^```", MODEL_FILE, re.M | re.S)[1]
    assert {*tensors} <= {*re.findall(r"[a-z]+\.\w+", fenced)}
    fields = json.loads(metadata)
    assert {"format", "cell", "vocabulary"} <= fields.keys()
    assert all(f"`{field}`" in MODEL_FILE for field in fields)


def test_every_path_that_contributing_names_is_there():
    root = DOCS.parent
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:rnn_tui|tests|docs|models|benchmarks)/[\w./-]*)`", text)
    assert len(paths) > 20
    assert [path for path in paths if "NAME" not in path and not (root / path).exists()] == []
