"""A network with one thing changed."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.network.changes import (
    SETTABLE,
    parameter,
    scaled_memory,
    silenced,
    with_activation,
    with_parameter,
    without_memory,
)
from rnn_tui.network.errors import InputError
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of

CHANGES = {
    "scaled_memory": lambda model: scaled_memory(model, 0.5),
    "without_memory": without_memory,
    "silenced": lambda model: silenced(model, [1]),
    "with_parameter, cell": lambda model: with_parameter(model, "weight_hh", (0, 1), 0.25),
    "with_parameter, readout": lambda model: with_parameter(model, "fc.bias", (1,), 0.25),
}
TOUCHED = {
    "scaled_memory": {"rnn.weight_hh_l0"},
    "without_memory": {"rnn.weight_hh_l0", "rnn.bias_hh_l0"},
    "silenced": {"rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0"},
    "with_parameter, cell": {"rnn.weight_hh_l0"},
    "with_parameter, readout": {"fc.bias"},
}
KINDS = [(*cell, readout) for cell in CELL_KINDS for readout in READOUT_KINDS]


@pytest.fixture(params=KINDS, ids=lambda kind: "-".join(filter(None, kind)))
def model(request):
    cell, activation, readout = request.param
    return build(cell, activation, readout, inputs="embedding")


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_leaves_the_original_alone_and_shares_what_stays(model, name):
    # given a model, what its arrays hold, and what it computes
    before = {tensor: array.copy() for tensor, array in model.tensors().items()}
    logits = trace_of(model).values["logits"].copy()
    # when it is changed
    changed = CHANGES[name](model)
    # then the original holds and computes the same
    assert all(np.array_equal(array, before[tensor]) for tensor, array in model.tensors().items())
    assert np.array_equal(trace_of(model).values["logits"], logits)
    # and of the changed one all other arrays are the very same, and none can be written to
    arrays = changed.tensors()
    assert {tensor for tensor, array in arrays.items() if array is not model.tensors()[tensor]} == TOUCHED[name]
    assert not any(arrays[tensor].flags.writeable for tensor in TOUCHED[name])
    # and it computes something else
    assert not np.array_equal(trace_of(changed).values["logits"], logits)
    # and is the same model otherwise
    assert (changed.name, changed.vocabulary, changed.labels) == (model.name, model.vocabulary, model.labels)
    assert (changed.cell.kind, changed.readout.kind, changed.activation) == (
        model.cell.kind,
        model.readout.kind,
        model.activation,
    )
    assert {array.dtype for array in arrays.values()} == {np.dtype(np.float32)}


@pytest.mark.parametrize("factor", [0.0, 0.5, 1.0, 2.0])
def test_the_memory_is_scaled(model, factor):
    weight_hh = scaled_memory(model, factor).cell.weight_hh

    assert np.array_equal(weight_hh, model.cell.weight_hh * np.float32(factor))


@pytest.mark.parametrize("factor", [-0.5, float("nan"), float("inf")])
def test_a_factor_is_0_or_above(factor):
    with pytest.raises(InputError, match="a factor is 0 or above"):
        scaled_memory(build(), factor)


@pytest.mark.parametrize("factor", [3.3e38, 1e39, 1e300])
def test_a_factor_that_makes_infinite_weights_is_refused(factor, recwarn):
    with pytest.raises(InputError, match="its weights would be larger than numbers go"):
        scaled_memory(build(scale=9), factor)
    assert not recwarn.list


def test_without_memory_a_word_reads_the_same_wherever_it_stands():
    # given a plain cell of every activation, whose only way to the past is weight_hh
    for cell, activation in CELL_KINDS[:3]:
        forgetful = without_memory(build(cell, activation))
        # when a word comes after others
        alone, after = trace_of(forgetful, "dog"), trace_of(forgetful, "the cat barked dog")
        # then the hidden state is that of the word alone
        assert np.array_equal(after[-1].h, alone[-1].h)
        assert not after.values["hh"].any()


def test_without_memory_gates_hear_the_word_alone(model):
    values = trace_of(without_memory(model)).values

    assert not values["hh"].any()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_another_activation(activation):
    model = build(activation="tanh")

    changed = with_activation(model, activation)

    assert (changed.activation, model.activation) == (activation, "tanh")
    assert changed.cell.weight_hh is model.cell.weight_hh
    values = trace_of(changed).values
    assert np.array_equal(values["h"], ACTIVATIONS[activation].function(values["pre_activation"]))


def test_an_activation_that_there_is_not():
    with pytest.raises(InputError, match="no activation is called “gelu”; there are tanh, relu, identity"):
        with_activation(build(), "gelu")


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_a_gated_cells_functions_are_fixed(cell):
    with pytest.raises(InputError, match=f"“small” is {cell.upper()}, whose functions are fixed; only Elman's"):
        with_activation(build(cell, None), "relu")


@pytest.mark.parametrize("inputs", INPUT_KINDS)
@pytest.mark.parametrize("cell", CELL_KINDS, ids=lambda cell: "-".join(filter(None, cell)))
@pytest.mark.parametrize("units", [[0], [1], [0, 2], [0, 1, 2]])
def test_a_silenced_unit_is_0_at_every_step_and_the_others_are_not(cell, inputs, units):
    # given a network in which every unit says something, relu too
    model = build(*cell, inputs=inputs)
    for unit in range(3):
        model = with_parameter(model, "bias_ih", (unit,), 4.0)
    assert trace_of(model).values["h"].any(axis=0).all()
    # when some are silenced
    values = trace_of(silenced(model, units)).values
    # then these are exactly 0 in everything that is carried on, and the others are not
    others = [unit for unit in range(3) if unit not in units]
    for name in model.cell.state_names:
        assert not values[name][:, units].any()
        assert values[name][:, others].any(axis=0).all()


def test_what_a_silenced_unit_told_the_others_is_missing(model):
    # given the network without a unit, its row and its column taken out
    quiet = silenced(model, [1])
    deaf = quiet
    for row in range(model.cell.weight_hh.shape[0]):
        deaf = with_parameter(deaf, "weight_hh", (row, 1), 0.0)
    # then the column makes no difference, since the unit is 0
    assert np.array_equal(trace_of(quiet).values["h"], trace_of(deaf).values["h"])


@pytest.mark.parametrize("unit", [3, -1])
def test_a_unit_that_there_is_not(unit):
    with pytest.raises(InputError, match=f"there is no unit {unit + 1}; the model has 3 hidden units, so 1 to 3"):
        silenced(build(), [unit])


@pytest.mark.parametrize("name", SETTABLE)
def test_every_number_of_every_parameter_can_be_set(model, name):
    for index in np.ndindex(parameter(model, name).shape):
        changed = parameter(with_parameter(model, name, index, -0.375), name)
        expected = parameter(model, name).copy()
        expected[index] = -0.375
        assert np.array_equal(changed, expected)


def test_parameters_are_those_of_the_module(model):
    tensors = model.tensors()

    for name in SETTABLE:
        assert parameter(model, name) is tensors[name if name.startswith("fc.") else f"rnn.{name}_l0"]


@pytest.mark.parametrize(
    ("name", "index", "says"),
    [
        ("weight_hh", (3, 0), r"there is no weight_hh\[4,1\]; weight_hh is 3 × 3, counted from 1"),
        ("weight_hh", (0,), r"there is no weight_hh\[1\]; weight_hh is 3 × 3"),
        ("weight_hh", (-1, 0), r"there is no weight_hh\[0,1\]"),
        ("bias_ih", (0, 0), r"there is no bias_ih\[1,1\]; bias_ih is 3, counted from 1"),
        ("fc.weight", (2, 0), r"there is no fc.weight\[3,1\]; fc.weight is 2 × 3"),
        (
            "weight_xh",
            (0, 0),
            "no parameter is called “weight_xh”; there are weight_ih, weight_hh, bias_ih, bias_hh, fc",
        ),
        ("__init__", (0,), "no parameter is called “__init__”"),
    ],
)
def test_a_place_that_there_is_not(name, index, says):
    with pytest.raises(InputError, match=says):
        with_parameter(build(), name, index, 1.0)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e39])
@pytest.mark.parametrize("name", ["bias_hh", "fc.bias"])
def test_a_weight_is_a_finite_number_of_its_type(name, value, recwarn):
    with pytest.raises(InputError, match=r"is no number that a weight can have; the largest is 3.4e\+38"):
        with_parameter(build(), name, (0,), value)
    assert not recwarn.list
