"""`rnn-tui models`."""

from __future__ import annotations

import json

from rnn_tui import shelf
from rnn_tui.cli import main
from tests.builders import build

KEYS = ["name", "title", "summary", "path", "bytes", "cell", "hidden_size", "metric", "figure"]


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
