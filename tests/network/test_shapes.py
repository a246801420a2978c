"""The shapes of parameters, against PyTorch's own modules and in sums of their sizes."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.backprop import Architecture
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.shapes import parameter_shapes
from rnn_tui.network.training import initial_parameters
from tests.network.deep import INPUT_SIZE, VOCAB_SIZE, case_of, model_of

GATES = {"elman": 1, "gru": 3, "lstm": 4}


def shapes_of(case):
    return {name: array.shape for name, array in case.parameters(np.random.default_rng(0)).items()}


def test_each_layer_reads_what_the_one_below_hands_on():
    # given layers of other cells and sizes: both ways side by side, forward, both ways added up; and a head
    case = case_of(
        ["gru", "lstm", "elman"], ["⇄", "→", "⇄+"], "attention", head=(5, "relu", "tanh", 6, "identity"),
        hidden=(4, 3, 2), output="yes_no",
    )  # fmt: skip

    shapes = shapes_of(case)

    # then 2 · 4 numbers go into the second, 3 into the third, and 2 come out of it
    for lane, gates, size, hidden in (
        ("0", 3, INPUT_SIZE, 4), ("0_reverse", 3, INPUT_SIZE, 4), ("1", 4, 8, 3), ("2", 1, 3, 2), ("2_reverse", 1, 3, 2)
    ):  # fmt: skip
        assert shapes.pop(f"rnn.weight_ih_l{lane}") == (gates * hidden, size)
        assert shapes.pop(f"rnn.weight_hh_l{lane}") == (gates * hidden, hidden)
        assert shapes.pop(f"rnn.bias_ih_l{lane}") == shapes.pop(f"rnn.bias_hh_l{lane}") == (gates * hidden,)
    assert shapes == {
        "embedding.weight": (VOCAB_SIZE, INPUT_SIZE),
        "attention.weight": (1, 2),
        "attention.bias": (1,),
        "head.0.weight": (5, 2),
        "head.0.bias": (5,),
        "head.2.weight": (6, 5),
        "head.2.bias": (6,),
        "fc.weight": (1, 6),
        "fc.bias": (1,),
    }


@pytest.mark.parametrize("ways", ["→→→", "⇄⇄", "⇄"])
@pytest.mark.parametrize("cell", GATES)
def test_names_and_shapes_are_those_of_pytorch(cell, ways):
    torch = pytest.importorskip("torch")
    kind = {"elman": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell]
    module = kind(INPUT_SIZE, 5, len(ways), bidirectional="⇄" in ways)

    shapes = shapes_of(case_of([cell] * len(ways), ways, "last", hidden=(5,) * len(ways), inputs="numbers"))

    own = {name.removeprefix("rnn."): shape for name, shape in shapes.items() if name.startswith("rnn.")}
    assert own == {name: tuple(parameter.shape) for name, parameter in module.named_parameters()}


@pytest.mark.parametrize(("hidden", "head"), [((3, 4), (2,)), ((), (2,)), (3, ()), (3, (2, 2))])
def test_too_few_or_too_many_sizes_are_refused(hidden, head):
    layers, entries = (LayerKind(),), (EntryKind(linear=True, activation="relu"),)
    with pytest.raises(ValueError, match="argument 2 is"):
        parameter_shapes(layers, "last", input_size=3, hidden_size=hidden, output_size=2, head=entries, head_sizes=head)


def test_fresh_parameters_are_drawn_as_pytorch_draws_them():
    # given two layers of other sizes and a head with a linear layer of 100 numbers
    case = case_of(["gru", "lstm"], ["⇄", "→"], "attention", head=(100, "relu"), labels=50)
    parameters = initial_parameters(case.architecture, 3, (64, 16), 50, seed=1, vocab_size=500, head_sizes=(100,))

    # then a cell's are within ±1/√hidden_size, a linear layer's within ±1/√input_size, and reach nearly so far
    bounds = {"l0": 64, "l0_reverse": 64, "l1": 16}
    for name, array in parameters.items():
        of, _, short = name.rpartition(".")
        if of == "rnn":
            size = bounds[short.partition("_")[2].partition("_")[2]]
        else:
            size = {"attention": 16, "head.0": 16, "fc": 100, "embedding": None}[of]
        if size is not None:
            assert array.dtype == np.float32
            assert np.abs(array).max() <= 1 / np.sqrt(size)
            assert array.size < 50 or np.abs(array).max() > 0.9 / np.sqrt(size)
    assert parameters["embedding.weight"].std() == pytest.approx(1, abs=0.1)
    assert {name: array.shape for name, array in parameters.items()} == parameter_shapes(
        case.architecture.layers, "attention", input_size=3, hidden_size=(64, 16), output_size=50, vocab_size=500,
        head=case.architecture.head, head_sizes=(100,),
    )  # fmt: skip


@pytest.mark.parametrize("output", ["classes", "yes_no", "number"])
@pytest.mark.parametrize("ways", [["→", "⇄+"], ["⇄", "→"], ["→", "→"]])
def test_the_architecture_of_a_model_is_that_of_its_parameters(ways, output):
    case = case_of(["gru", "elman-relu"], ways, "mean", head=(3, "relu", "tanh"), output=output)
    model = model_of(case, case.parameters(np.random.default_rng(0), np.float32))

    assert Architecture.of(model) == case.architecture
    assert case.architecture.two_way == model.two_way
    assert case.architecture.answers_each == model.answers_each
    assert case.architecture.nodes(2) == len(model.fc.weight)
