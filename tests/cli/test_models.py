"""`rnn-tui models`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from safetensors.numpy import save_file

from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.network import storage
from tests.builders import build

KEYS = ["name", "title", "summary", "path", "bytes", "cell", "hidden_size", "metric", "figure"]


def test_a_head_is_named(capsys, shelf_of):
    shelf_of(cut=build(readout="mean", head=("relu", "tanh")), plain=build())
    assert main(["models"]) == 0
    listed = [" ".join(text.split()) for text in capsys.readouterr().out.split("\n\n")]
    cut, plain = (next(text for text in listed if text.startswith(name)) for name in ("cut ", "plain "))
    assert "Elman tanh · 3 units · relu, tanh before the outputs" in cut
    assert "before the outputs" not in plain


def test_every_model_has_what_it_does_its_figure_and_its_place(capsys, shelf_of):
    # given a model on the shelf
    model = build(
        "lstm", None, inputs="embedding", title="Small talk", summary="Says little.",
        provenance={"metric": "accuracy on test", "figure": 0.75},
    )  # fmt: skip
    folder = shelf_of(little=model)
    # when the shelf is listed
    assert main(["models"]) == 0
    # then
    paragraphs = capsys.readouterr().out.split("\n\n")
    size = (folder / "little.safetensors").stat().st_size
    assert paragraphs[0].startswith(f"{shelf.DEFAULT_MODEL}\n")
    assert next(text for text in paragraphs if text.startswith("little")).splitlines() == [
        "little",
        "  Small talk",
        "  Says little.",
        f"  LSTM · 3 units · 8 words known · {size / 1000:.0f} kB",
        "  figure 0.75: accuracy on test",
        f"  {folder / 'little.safetensors'}",
    ]


def test_a_figure_is_said_in_words_too(capsys, shelf_of):
    shelf_of(little=build(provenance={"metric": "test accuracy", "figure": 0.8403, "n_test": 1365}))
    assert main(["models"]) == 0
    little = next(text for text in capsys.readouterr().out.split("\n\n") if text.startswith("little\n"))
    assert "  right on 84 of 100 sentences it never saw\n  figure 0.8403: test accuracy\n" in little


def test_a_comparison_with_the_network_that_was_imported_is_said(capsys, shelf_of):
    verified = {"against": "its own forward", "sequences": 36, "largest_difference": 2.96e-7}
    shelf_of(
        little=build(provenance={"verified": verified}),
        small=build(
            provenance={"metric": "accuracy", "figure": 0.5, "verified": {"against": None, "reason": "weights"}}
        ),
    )
    assert main(["models"]) == 0
    listed = capsys.readouterr().out.split("\n\n")
    little, small = (next(text for text in listed if text.startswith(name)) for name in ("little", "small"))
    assert "\n  verified against its own forward, 3e-7\n" in little
    assert "\n  figure 0.5: accuracy\n  not verified: weights\n" in small


def test_json_has_the_fields_that_programs_rely_on(capsys, shelf_of):
    folder = shelf_of(little=build("gru", None, title="Little", provenance={"metric": "m", "figure": 0.5}))
    assert main(["models", "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert list(written) == ["format", "models"]
    assert written["format"] == 1
    assert all(list(model) == KEYS for model in written["models"])
    path = folder / "little.safetensors"
    little = next(model for model in written["models"] if model["name"] == "little")
    assert little == {
        "name": "little",
        "title": "Little",
        "summary": "",
        "path": str(path),
        "bytes": path.stat().st_size,
        "cell": "gru",
        "hidden_size": 3,
        "metric": "m",
        "figure": 0.5,
    }


def test_a_figure_that_json_does_not_know_is_null(capsys, shelf_of):
    shelf_of(odd=build(provenance={"figure": float("nan")}))
    assert main(["models", "--json"]) == 0
    text = capsys.readouterr().out
    assert "NaN" not in text
    assert next(model for model in json.loads(text)["models"] if model["name"] == "odd")["figure"] is None


def test_a_broken_file_is_one_line_and_the_rest_is_listed(capsys, shelf_of):
    # given a good file and a broken one
    folder = shelf_of(good=build())
    (folder / "broken.safetensors").write_bytes(b"\x00" * 40)
    # when the shelf is listed
    assert main(["models"]) == 0
    # then
    streams = capsys.readouterr()
    assert "\ngood\n" in streams.out
    assert streams.err.startswith("rnn-tui: ")
    assert "broken.safetensors" in streams.err
    assert streams.err.count("\n") == 1


def test_an_empty_shelf(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("rnn_tui.shelf.folders", lambda: [tmp_path])
    assert main(["models"]) == 1
    assert capsys.readouterr().err.startswith(f"rnn-tui: no models in {tmp_path}")
    assert main(["models", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"format": 1, "models": []}


def test_text_of_a_file_is_never_obeyed(capsys, shelf_of):
    shelf_of(evil=build(title="\x1b[31mred", summary="[bold]no[/]", provenance={"figure": 1, "metric": "\x9b"}))
    main(["models"])
    text = capsys.readouterr().out
    assert "␛[31mred" in text
    assert "[bold]no[/]" in text
    assert not {"\x1b", "\x9b"} & set(text)


def test_a_large_file_has_its_size_in_megabytes(capsys, shelf_of):
    shelf_of(large=build(inputs="embedding", hidden=520, labels=("a", "b")))
    main(["models"])
    assert " · 1.1 MB" in capsys.readouterr().out


# What lies on a shelf and is no model


@pytest.fixture
def littered(shelf_of):
    """A shelf with one model, and with much that is none."""
    folder = shelf_of(good=build())
    (folder / "folder.safetensors").mkdir()
    os.mkfifo(folder / "pipe.safetensors")
    (folder / "nowhere.safetensors").symlink_to("/nowhere/at/all")
    (folder / "zero.safetensors").symlink_to("/dev/zero")
    (folder / "\x1b[31mred.safetensors").write_bytes(b"no")
    fields = storage.to_json(build())
    for name, change in {
        "kind": {"tokenizer": {"kind": []}},
        "mean": {"tokenizer": {"kind": "numbers", "mean": 10**400}},
    }.items():
        save_file(build().tensors(), folder / f"{name}.safetensors", {"rnn_tui": json.dumps(fields | change)})
    return folder


BROKEN = {
    "folder": "broken: is a folder; give a .safetensors file in it",
    "pipe": "broken: is a pipe; give a .safetensors file",
    "nowhere": "broken: is a link to a file that is not there",
    "zero": "broken: is a device; give a .safetensors file",
    "␛[31mred": "broken: no safetensors file, or one that is cut short or damaged",
    "kind": "broken: tokenizer kind is [], expected one of words, characters, numbers",
    "mean": "broken: metadata rnn_tui is no JSON (a number of 401 digits)",
}


def test_what_can_t_be_used_is_listed_with_why(command, littered):
    done = command("models", encoding="utf-8")
    assert done.returncode == 0
    listed = done.stdout.split("\n\n")
    assert any(text.startswith("good\n") for text in listed)
    for name, why in BROKEN.items():
        (paragraph,) = (text for text in listed if text.startswith(f"{name}\n"))
        lines = [line.strip() for line in paragraph.splitlines()]
        assert " ".join(lines[1:]).startswith(why)
        assert lines[-1] == f"{littered}/{name}.safetensors"
    assert done.stderr.count("\n") == len(BROKEN)
    assert not {"\x1b", "\x9b"} & {*done.stdout, *done.stderr}


def test_json_has_the_others_and_says_on_stderr_alone_what_can_t_be_used(command, littered):
    done = command("models", "--json", encoding="utf-8")
    assert done.returncode == 0
    names = {model["name"] for model in json.loads(done.stdout)["models"]}
    assert "good" in names
    assert not names & {"folder", "pipe", "nowhere", "zero", "kind", "mean"}
    for name in ("folder", "pipe", "nowhere", "zero", "kind", "mean"):
        assert f"rnn-tui: {littered / name}.safetensors: " in done.stderr
    assert done.stderr.count("\n") == len(BROKEN)


def test_a_shelf_with_nothing_but_what_can_t_be_used(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("rnn_tui.shelf.folders", lambda: [tmp_path])
    (tmp_path / "broken.safetensors").write_bytes(b"no")
    assert main(["models"]) == 0
    assert capsys.readouterr().out.startswith("broken\n  broken: no safetensors file")


def test_folders_that_can_t_be_read_are_left_out(capsys, tmp_path, monkeypatch):
    locked = tmp_path / "locked"
    monkeypatch.setattr("rnn_tui.shelf.folders", lambda: [locked, Path("a\0b"), tmp_path / ("x" * 300), tmp_path])
    storage.save(build(), tmp_path / "good.safetensors")
    listdir = os.listdir

    def refused(folder):
        if folder == locked:
            raise PermissionError(13, "Permission denied")
        return listdir(folder)

    monkeypatch.setattr(os, "listdir", refused)
    assert main(["models"]) == 0
    assert capsys.readouterr().out.startswith("good\n")


def test_a_file_that_goes_while_it_is_listed(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("rnn_tui.shelf.folders", lambda: [tmp_path])
    storage.save(build(), tmp_path / "going.safetensors")
    load = storage.load_metadata

    def going(path):
        found = load(path)
        path.unlink()
        return found

    monkeypatch.setattr(storage, "load_metadata", going)
    assert main(["models"]) == 0
    assert "going\n  broken: can't be read: No such file or directory\n" in capsys.readouterr().out


@pytest.mark.parametrize("figure", [[1.5], {"a": 1}, True, float("inf"), None])
def test_a_figure_that_is_no_number_is_null(capsys, shelf_of, figure):
    shelf_of(odd=build(provenance={"figure": figure, "metric": ["m"]}))
    assert main(["models", "--json"]) == 0
    odd = next(model for model in json.loads(capsys.readouterr().out)["models"] if model["name"] == "odd")
    assert (odd["figure"], odd["metric"]) == (None, None)
    assert main(["models"]) == 0


def test_the_models_of_a_relative_folder_are_listed_where_the_working_folder_is_gone(capsys, tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    storage.save(build(), folder / "good.safetensors")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("rnn_tui.shelf.folders", lambda: [Path()])
    monkeypatch.setattr(os, "getcwd", lambda: (_ for _ in ()).throw(FileNotFoundError(2, "No such file or directory")))
    assert main(["models"]) == 0
    assert capsys.readouterr().out.endswith("  good.safetensors\n")
