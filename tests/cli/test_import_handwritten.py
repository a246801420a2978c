"""`rnn-tui import` of networks written by hand: how their weights were read is said and checked."""

import csv

import numpy as np
import pytest

from rnn_tui import load
from rnn_tui.cli import main
from rnn_tui.network.trace import run
from tests.interop.handwritten_networks import Network
from tests.interop.networks import LABELS, WORDS

NET = Network()


@pytest.fixture
def place(tmp_path):
    (tmp_path / "words.txt").write_text("\n".join(WORDS), encoding="utf-8")
    with (tmp_path / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["text", *LABELS])
        for rows in ([0, 1, 2], [6, 5], [3, 3, 3, 1]):
            odds = np.exp(NET.logits(rows)[-1])
            table.writerow([" ".join(WORDS[row] for row in rows), *(odds / odds.sum())])
    return tmp_path


def imported(place, arrays, *options, labels=LABELS):
    np.savez(place / "w.npz", **arrays)
    call = ["import", str(place / "w.npz"), "--vocabulary", str(place / "words.txt"), "--labels", ",".join(labels)]
    return main([*call, "-o", str(place / "m.safetensors"), *options])


def test_the_half_that_is_assumed_is_said(place, capsys):
    assert imported(place, NET.combined()) == 0
    out = capsys.readouterr().out
    assert (
        "i2h.weight reads [x, h], x first (where h is first, swap its columns) "
        "(--readout, --head or --nonlinearity says otherwise; --check FILE compares it" in out
    )
    model = load(place / "m.safetensors")
    probs = run(model, model.tokenize("g f")).values["probs"][-1]
    odds = np.exp(NET.logits([6, 5])[-1])
    np.testing.assert_allclose(probs, odds / odds.sum(), atol=1e-5)


def test_the_other_half_does_not_pass_a_check(place, capsys):
    check = ["--check", str(place / "answers.csv")]
    assert imported(place, NET.combined(), *check) == 0
    assert "verified against answers.csv (3 texts)" in capsys.readouterr().out
    (place / "m.safetensors").unlink()
    assert imported(place, NET.combined(x_first=False), *check) == 1
    err = capsys.readouterr().err
    assert "3 of 3 texts more than 0.0001 apart" in err
    assert "i2h.weight reads [x, h], x first (where h is first, swap its columns)" in err
    # and that it is the other half is said
    assert err.endswith("; with the columns of i2h.weight swapped, so that h is first, all agree\n")
    assert not (place / "m.safetensors").exists()


def test_a_hidden_state_that_is_the_output_is_said(place, capsys):
    arrays = {name: array for name, array in NET.linear_layers().items() if not name.startswith("h2o")}
    assert imported(place, arrays, labels=WORDS[:5]) == 0
    assert "the hidden state is the output (fc.weight is the identity, fc.bias is 0)" in capsys.readouterr().out
    model = load(place / "m.safetensors")
    np.testing.assert_array_equal(model.fc.weight, np.eye(5))
    np.testing.assert_array_equal(model.fc.bias, np.zeros(5))
    assert model.provenance["read"] == "the hidden state is the output (fc.weight is the identity, fc.bias is 0)"


def test_the_older_tutorial_is_refused(place, capsys):
    arrays = {"i2h.weight": np.ones((5, 12)), "i2o.weight": np.ones((3, 12))}
    assert imported(place, arrays) == 1
    assert "i2o.weight (3, 12) reads what i2h.weight (5, 12) reads, the input and the" in capsys.readouterr().err


def test_the_other_half_is_found_beside_other_options(place, capsys):
    # given the answers of the other half, and an option that is another
    check = ["--check", str(place / "answers.csv")]
    for option in (["--head", "relu"], ["--nonlinearity", "relu"], ["--readout", "mean"]):
        assert imported(place, NET.combined(x_first=False), *check, *option) == 1
        found = capsys.readouterr().err.rpartition("; ")[2]
        more = {"--head": "without --head", "--readout": "with --readout last"}
        said = more.get(option[0], "with --nonlinearity tanh")
        assert found == f"with the columns of i2h.weight swapped, so that h is first, and {said} all agree\n"
    # and with its columns swapped it passes
    assert imported(place, NET.combined(), *check) == 0
    # where nothing agrees nothing is said
    assert imported(place, NET.combined(x_first=False) | {"h2o.bias": np.ones(3, np.float32)}, *check) == 1
    assert "all agree" not in capsys.readouterr().err
