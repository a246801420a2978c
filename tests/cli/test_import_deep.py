"""`rnn-tui import` of deep networks: directions, numbers that come out, features, and their check."""

import numpy as np
import pytest
from safetensors.numpy import save_file

import rnn_tui
from rnn_tui.cli import main
from rnn_tui.network.trace import run
from tests.deep import deep_model


def imported(folder, model, *options, labels):
    save_file(model.tensors(), folder / "weights.safetensors")
    words = []
    if model.vocabulary.words:
        (folder / "words.txt").write_text("\n".join(model.vocabulary.words), encoding="utf-8")
        words = ["--vocabulary", str(folder / "words.txt")]
    out = folder / "out.safetensors"
    call = ["import", str(folder / "weights.safetensors"), *words, "--labels", labels, "-o", str(out), *options]
    return main(call), out


def test_numbers_are_checked_against_a_file(tmp_path, capsys):
    model = deep_model(layers=2, bidirectional=True, output="number")
    logit = float(run(model, model.tokenize("the dog")).values["logits"][-1, 0])
    check = tmp_path / "answers.csv"
    check.write_text(f"text,next\nthe dog,{logit * 50 + 3}\n", encoding="utf-8")
    said = ("--output", "number", "--output-std", "50", "--output-mean", "3", "--check", str(check))
    code, out = imported(tmp_path, model, *said, labels="next")
    assert code == 0, capsys.readouterr().err
    assert "LSTM, 2 layers, both ways, 3 hidden" in capsys.readouterr().out
    opened = rnn_tui.load(str(out))
    assert (opened.output.mean, opened.output.std) == ((3.0,), (50.0,))
    # and other numbers are refused
    check.write_text(f"text,next\nthe dog,{logit * 50 + 4}\n", encoding="utf-8")
    assert imported(tmp_path, model, *said, labels="next")[0] == 1
    assert "1 of 1 text more than 0.0001 apart" in capsys.readouterr().err
    check.write_text("text,next\nthe dog,high\n", encoding="utf-8")
    assert imported(tmp_path, model, *said, labels="next")[0] == 1
    assert "“high” is no next" in capsys.readouterr().err


def test_features_have_names_and_scales(tmp_path, capsys):
    model = deep_model(cell="gru", layers=1, inputs="vectors")
    said = ("--tokenizer", "numbers", "--features", "rain,wind,sun", "--mean", "1,2,3", "--scale", "2")
    code, out = imported(tmp_path, model, *said, labels="no,yes")
    assert code == 0, capsys.readouterr().err
    tokenizer = rnn_tui.load(str(out)).tokenizer
    assert (tokenizer.feature_names, tokenizer.mean, tokenizer.scale) == (("rain", "wind", "sun"), (1, 2, 3), (2, 2, 2))
    assert "-s '0.1,0.1,0.1 0.2,0.2,0.2 0.3,0.3,0.3'" in capsys.readouterr().out
    assert imported(tmp_path, model, *said[:-4], "--mean", "1,2", labels="no,yes")[0] == 2
    assert "--mean, --scale and --features don't go together" in capsys.readouterr().err


@pytest.mark.parametrize("merge", ["concat", "backward-first"])
def test_the_way_in_which_directions_are_read_is_said(tmp_path, merge):
    model = deep_model(layers=1, bidirectional=True)
    code, out = imported(tmp_path, model, "--merge", merge, labels="no,yes")
    columns = np.roll(model.fc.weight, 3 if merge == "backward-first" else 0, axis=1)
    assert code == 0
    np.testing.assert_array_equal(rnn_tui.load(str(out)).fc.weight, columns)


def test_a_standard_deviation_is_above_zero_and_a_file_is_named(tmp_path, capsys):
    model = deep_model(layers=1, output="number")
    assert imported(tmp_path, model, "--output-std", "-1", labels="next")[0] == 2
    assert "--output-mean is a number, --output-std is one above 0" in capsys.readouterr().err
    assert main(["import", "weights.safetensors", "--labels", "a", "--output", "number"]) == 2
    assert "-o/--output is missing: -o OUT.safetensors names the model file" in capsys.readouterr().err
