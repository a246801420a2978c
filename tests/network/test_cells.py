"""The cells against numbers worked by hand, and against PyTorch."""

import numpy as np
import pytest
from safetensors.numpy import load_file

from rnn_tui.network.cells import GRU, LSTM, PARAMETERS, Elman, cell_class
from rnn_tui.network.embedding import Learned
from rnn_tui.network.heads import Linear
from rnn_tui.network.layers import Layer
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import Classes
from rnn_tui.network.phases import READ, check_of, phases_around
from rnn_tui.network.readouts import Last
from rnn_tui.network.tokens import Token, Vocabulary, WordTokenizer
from rnn_tui.network.trace import run
from tests.network import record_pytorch

TOLERANCE = 1e-5


def by_hand():
    # Two units, three words, one-hot input, written out:
    #   weight_ih = [[1, 0, -1], [0.5, 2, 0]]   bias_ih = [0, 0.1]
    #   weight_hh = [[0.5, 0], [1, -1]]         bias_hh = [0.2, 0]
    # word 1 (column 1): ih = [1, 0.6]    hh = [0.2, 0]                          pre = [1.2, 0.6]
    #                    h = [tanh 1.2, tanh 0.6] = [0.833655, 0.537050]
    # word 2 (column 2): ih = [0, 2.1]    hh = [0.5·0.833655 + 0.2, 0.833655 − 0.537050] = [0.616827, 0.296605]
    #                    pre = [0.616827, 2.396605]    h = [0.548915, 0.983564]
    # word 3 (column 3): ih = [-1, 0.1]   hh = [0.5·0.548915 + 0.2, 0.548915 − 0.983564] = [0.474458, -0.434649]
    #                    pre = [-0.525542, -0.334649]  h = [-0.481966, -0.322692]
    f = np.float32
    cell = Elman(
        np.array([[1, 0, -1], [0.5, 2, 0]], f),
        np.array([[0.5, 0], [1, -1]], f),
        np.array([0, 0.1], f),
        np.array([0.2, 0], f),
    )
    ih = np.eye(3, dtype=f) @ cell.weight_ih.T + cell.bias_ih
    return cell, ih


def test_an_elman_cell_computes_what_was_worked_by_hand():
    cell, ih = by_hand()

    values = cell.unroll(ih, cell.zero_state())

    np.testing.assert_allclose(values["ih"], [[1, 0.6], [0, 2.1], [-1, 0.1]], atol=1e-6)
    np.testing.assert_allclose(values["hh"], [[0.2, 0], [0.616827, 0.296605], [0.474458, -0.434649]], atol=2e-6)
    np.testing.assert_allclose(values["pre_activation"][2], [-0.525542, -0.334649], atol=2e-6)
    np.testing.assert_allclose(values["h"][0], [0.833655, 0.537050], atol=2e-6)
    np.testing.assert_allclose(values["h"][1], [0.548915, 0.983564], atol=2e-6)
    np.testing.assert_allclose(values["h"][2], [-0.481966, -0.322692], atol=2e-6)


@pytest.mark.parametrize(
    ("activation", "expected"), [("relu", [[1.2, 0.6], [0.8, 2.7], [0, 0]]), ("identity", [[1.2, 0.6]])]
)
def test_other_activations_are_applied_to_the_sum(activation, expected):
    cell, ih = by_hand()
    cell = Elman(cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh, activation)

    h = cell.unroll(ih, cell.zero_state())["h"]

    # relu: word 2 has hh = [0.5·1.2 + 0.2, 1.2 − 0.6] = [0.8, 0.6]; word 3 has [-0.4, -1.8], which are cut off
    np.testing.assert_allclose(h[: len(expected)], expected, atol=1e-6)


def model_of(tensors, kind):
    parameters = {name: tensors[f"rnn.{name}_l0"] for name in PARAMETERS}
    name, _, activation = kind.partition("-")
    cell = cell_class(name).made(parameters, activation or None)
    words = tuple("abcdefg")
    return Model(
        "recorded",
        WordTokenizer(),
        Vocabulary(words),
        Learned(tensors["embedding.weight"]),
        (Layer(cell),),
        Last(),
        Linear(tensors["fc.weight"], tensors["fc.bias"]),
        ("1", "2", "3"),
    )


def compare(tensors, kind):
    trace = run(model_of(tensors, kind), [Token("w", "w", int(index)) for index in tensors["tokens"]])
    for name in ("h", "logits", "probs", *(["c"] if kind == "lstm" else [])):
        assert np.abs(trace.values[name] - tensors[name]).max() < TOLERANCE, name
    return trace


@pytest.mark.parametrize("kind", record_pytorch.KINDS)
def test_every_value_is_that_of_recorded_pytorch(kind):
    tensors = load_file(record_pytorch.RECORDED / f"{kind}.safetensors")

    trace = compare(tensors, kind)

    assert len(trace) == record_pytorch.LENGTH


@pytest.mark.parametrize("kind", record_pytorch.KINDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_value_is_that_of_pytorch_here(kind, seed):
    pytest.importorskip("torch")

    compare(record_pytorch.compute(kind, seed), kind)


@pytest.mark.parametrize("cell", [Elman, GRU, LSTM])
def test_a_cell_names_what_its_phases_show(cell):
    rows = cell.row_blocks() * 4
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=shape).astype(np.float32) for shape in ((rows, 3), (rows, 4), (rows,), (rows,))]
    made = cell(*weights)
    ih = rng.normal(size=(5, rows)).astype(np.float32)

    values = made.unroll(ih, made.zero_state())

    named = {name for phase in made.phases for name in phase.shows} - {"x", "h_prev", "logits", "probs"}
    assert named <= values.keys()
    assert all(len(value) == 5 for value in values.values())
    phases = phases_around((READ, *made.phases), (check_of("h", Classes()),))
    assert (phases[0].name, phases[-1].name) == ("read", "check")
    assert [phase.operation for phase in phases if phase.operation] == [1, 2, 3]


def test_the_sum_is_the_sum_of_its_parts_as_it_is_shown():
    cell, ih = by_hand()

    values = cell.unroll(ih, cell.zero_state())

    np.testing.assert_allclose(values["pre_activation"], values["ih"] + values["hh"], atol=1e-6)


def test_lstm_carries_its_cell_state_from_word_to_word():
    rng = np.random.default_rng(3)
    cell = LSTM(*(rng.normal(size=shape).astype(np.float32) for shape in ((8, 2), (8, 2), (8,), (8,))))
    ih = rng.normal(size=(4, 8)).astype(np.float32)

    values = cell.unroll(ih, cell.zero_state())

    np.testing.assert_array_equal(values["c_prev"][0], [0, 0])
    np.testing.assert_array_equal(values["c_prev"][1:], values["c"][:-1])
