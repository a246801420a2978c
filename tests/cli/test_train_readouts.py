"""`rnn-tui train` with a readout or a head of its own, and the other commands on what it made."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from tests.cli.test_train import complaint, reviews, trained  # noqa: F401  # a fixture

TEXT = "the film was great and i saw"
COMMANDS = ("trace", "walk", "lens memory", "lens recency", "lens gradient", "lens path", "lens units")


@pytest.mark.parametrize(("readout", "head"), product(("last", "mean", "max", "attention"), (None, "relu", "tanh")))
def test_it_learns_what_chance_can_t(reviews, capsys, readout, head):  # noqa: F811
    options = ("--readout", readout, *(("--head", head) if head else ()))
    code, path = trained(reviews, "--quiet", "--epochs", "30", "--learning-rate", "0.02", *options)
    model = load(path)
    assert code == 0
    assert (model.readout.kind, [entry.activation for entry in model.head]) == (readout, [head] if head else [])
    assert model.provenance["figure"] >= 0.9
    capsys.readouterr()
    assert main(["evaluate", "-m", str(path), str(reviews), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] >= 0.9


@pytest.mark.parametrize("cell", ["elman", "gru", "lstm"])
@pytest.mark.parametrize("options", [("--readout", "mean"), ("--readout", "max", "--head", "relu,sigmoid")])
def test_every_command_takes_what_it_made(reviews, capsys, cell, options):  # noqa: F811
    _, path = trained(reviews, "--quiet", "--epochs", "1", "--cell", cell, *options)
    again = trained(reviews, "--quiet", "--epochs", "1", "--cell", cell, *options, output="out.safetensors")[1]
    assert again.read_bytes() == path.read_bytes()
    capsys.readouterr()
    for command in COMMANDS:
        assert main([*command.split(), "-m", str(path), "-s", TEXT]) == 0, command
        assert "nan" not in capsys.readouterr().out.lower().split()
    assert main(["compare", "-m", str(path), "-s", TEXT, "-m", "sentiment", "-s", TEXT]) == 0


def test_the_json_has_what_readout_and_head_made_after_the_hidden_state(reviews, capsys):  # noqa: F811
    _, path = trained(reviews, "--quiet", "--epochs", "1", "--readout", "max", "--head", "relu,tanh")
    capsys.readouterr()
    assert main(["trace", "-m", str(path), "-s", TEXT, "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert list(steps[0])[-6:] == ["pre_activation", "h", "context", "head", "logits", "probs"]
    trace = run(load(path), load(path).tokenize(TEXT))
    for t, step in enumerate(steps):
        largest = np.max([earlier["h"] for earlier in steps[: t + 1]], axis=0)
        assert step["context"] == pytest.approx(largest.tolist(), abs=1e-6)
        cut = np.maximum(largest, 0)
        assert step["head"] == [pytest.approx(cut.tolist(), abs=1e-6), pytest.approx(np.tanh(cut).tolist(), abs=1e-6)]
        assert step["probs"] == trace.values["probs"][t].tolist()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("0,relu", "“0” is no size of a layer, which is from 1 to 100,000"),
        ("9" * 30, f"“{'9' * 30}” is no size of a layer"),
        ("8,relu,-3", "“-3” is no function of a head"),
        (
            "gelu",
            "“gelu” is no function of a head; there are relu, tanh, sigmoid, identity, and sizes of layers: 32,relu",
        ),
        ("", "“” is no function of a head"),
    ],
)
def test_a_head_that_can_t_be_trained_is_refused(reviews, capsys, given, says):  # noqa: F811
    code, path = trained(reviews, "--head", given)
    assert code == 2
    assert says in complaint(capsys)
    assert not path.exists()
