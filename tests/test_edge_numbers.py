"""Weights at the edge of what numbers can be: no command prints NaN, warns, or leaves ∞ and ? untold."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.network.arithmetic.parts import ShareOf
from rnn_tui.network.arithmetic.softmax import softmax_of
from rnn_tui.network.arrays import softmax
from rnn_tui.network.storage import save
from rnn_tui.story.arithmetic import explained
from rnn_tui.story.bounds import BEYOND
from rnn_tui.story.spans import plain
from rnn_tui.story.telling import tell
from rnn_tui.text import IS_NO_NUMBER
from tests.builders import TEXTS, scene_at, trace_of, wired
from tests.edge import FORBIDDEN, MARKS, edge_models

DRAWN = [pytest.param(model, kind[3], id="-".join(map(str, kind))) for kind, model in edge_models(30, seed=3)]
LENSES = ("memory", "gradient", "recency", "units", "path", "diagram")


def commands(path, text, data):
    """Everything that prints numbers of a model."""
    other = " ".join(reversed(text.split()))
    for command in (
        ["trace"], ["walk"], ["walk", "--notation", "--arithmetic"], ["walk", "--arithmetic", "--unit", "2"],
        *(["lens", name] for name in LENSES), ["compare", "-s", other],
    ):  # fmt: skip
        yield [*command, "-m", str(path), "-s", text]
    yield ["evaluate", str(data), "-m", str(path)]


@pytest.mark.parametrize(("model", "inputs"), DRAWN)
def test_no_command_prints_what_is_no_number_as_if_it_were_one(tmp_path, capfd, recwarn, model, inputs):
    path, data, text = tmp_path / "m.safetensors", tmp_path / "data.txt", TEXTS[inputs]
    save(model, path)
    data.write_text(f"Negative\t{text}\nPositive\t{text.split()[-1]}\n", encoding="utf-8")
    for command in commands(path, text, data):
        code = main(command)
        streams = capfd.readouterr()
        assert code == 0 or (code == 1 and streams.err.count("\n") == 1), (command, streams.err)
        flat = " ".join(streams.out.split())
        assert not FORBIDDEN.search(flat), (command, FORBIDDEN.search(flat))
        assert not MARKS.search(flat) or BEYOND in flat, command
        assert "Warning" not in streams.err
    for command in (["trace"], ["compare", "-s", text], *(["lens", name] for name in LENSES)):
        assert main([*command, "-m", str(path), "-s", text, "--json"]) == 0
        json.loads(capfd.readouterr().out, parse_constant=pytest.fail)
    assert not [warning for warning in recwarn if issubclass(warning.category, RuntimeWarning)]


def wired_to_no_number(activation):
    """One unit that is ∞ after “a”; at “b” its memory is −∞, and what the word brings ∞."""
    return wired(
        [[3e38, 3e38]], weight_hh=[[-3e38]], bias_ih=[3e38], activation=activation, words=("a", "b")
    )  # fmt: skip


@pytest.mark.parametrize("activation", ["relu", "identity"])
def test_what_has_no_result_is_said_in_place_of_an_equation(activation):
    trace = trace_of(wired_to_no_number(activation), "a b")
    assert trace.values["h"][0] == np.inf
    assert np.isnan(trace.values["pre_activation"][1])

    added = [plain(told) for told in tell(trace, scene_at(trace, 1, "add", notation=True))]
    assert added[0].endswith("“b” brings +∞; together no number.")
    assert added[-1] == "pre_activation[1] = ih[1] + hh[1] = ∞ + (−∞) is no number"
    (_, formula) = explained(trace, 1, trace.model.phases[2], 0)
    assert formula.numbers == "∞ + (−∞) is no number"

    squashed = [plain(told) for told in tell(trace, scene_at(trace, 1, "squash", notation=True))]
    assert "A number of unit 1 is lost: ∞ − ∞ and 0 × ∞ have no result." in squashed[0]
    assert squashed[-1].endswith(IS_NO_NUMBER)

    checked = [plain(told) for told in tell(trace, scene_at(trace, 1, "check", notation=True))]
    assert checked[-1].endswith(f"softmax(?, ?) {IS_NO_NUMBER}")


def test_powers_that_are_too_large_stand_as_a_power():
    values = np.array([990, 980, 970, 800, 800], np.float32)
    found = softmax_of(ShareOf("w0"), values, softmax(values), 0, lambda k: f"w{k}", symbol="scores")
    assert found.numbers == "e^990.000 / (e^990.000 + e^980.000 + e^970.000 + (2 more: e^800.693)) = 1.000"
