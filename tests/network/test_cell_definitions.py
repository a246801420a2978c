"""What every cell is by its definition: `step` and its chain rule, and that all quicker versions agree with them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.network.cells import ACTIVATIONS, CELLS, PARAMETERS, Elman, cell_class, cell_title, cell_titles, register
from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.cell import Cell
from rnn_tui.network.errors import InputError
from rnn_tui.network.workspace import Workspace
from tests.builders import CELL_KINDS

EVERY_CELL = pytest.mark.parametrize(("kind", "activation"), CELL_KINDS)


def drawn(kind, activation, rng, *, hidden=4, inputs=3):
    """A cell with random parameters."""
    rows = cell_class(kind).row_blocks() * hidden
    shapes = zip(PARAMETERS, ((rows, inputs), (rows, hidden), (rows,), (rows,)), strict=True)
    return cell_class(kind).made({name: rng.normal(0, 0.6, shape) for name, shape in shapes}, activation)


def state_of(cell, rng, *leading):
    return tuple(rng.normal(0, 0.6, (*leading, cell.hidden_size)) for _ in cell.state_names)


def carried(cell, values):
    return tuple(values[name] for name in cell.state_names)


@EVERY_CELL
@given(seed=st.integers(0, 2**32 - 1), hidden=st.integers(1, 5), length=st.integers(1, 6), zero=st.booleans())
@settings(max_examples=20, deadline=None)
def test_unrolling_is_a_step_after_the_other(kind, activation, seed, hidden, length, zero):
    # given a cell, a sentence and a state to begin with
    rng = np.random.default_rng(seed)
    cell = drawn(kind, activation, rng, hidden=hidden)
    ih = rng.normal(size=(length, len(cell.weight_ih)))
    state = cell.zero_state() if zero else state_of(cell, rng)
    # when it is unrolled, and derived from the definition
    fast, derived = cell.unroll(ih, state), Cell.unroll(cell, ih, state)
    # then every value is the same, in the same order, and each step is the definition's
    assert list(fast) == list(derived)
    for name, values in derived.items():
        np.testing.assert_allclose(fast[name], values, rtol=1e-11, atol=1e-12, err_msg=name)
    for name, value in cell.step(ih[0], state).items():
        np.testing.assert_array_equal(derived[name][0], value)


@EVERY_CELL
@pytest.mark.parametrize("shared", [False, True])
def test_many_sequences_advance_as_each_alone(kind, activation, shared):
    # given seven sequences, which read the same or each its own
    rng = np.random.default_rng(1)
    cell = drawn(kind, activation, rng)
    state = state_of(cell, rng, 7)
    ih = rng.normal(size=len(cell.weight_ih)) if shared else rng.normal(size=(7, len(cell.weight_ih)))
    before = tuple(array.copy() for array in state)
    # when they advance
    fast, derived = cell.advance(ih, state), Cell.advance(cell, ih, state)
    # then as the definition has it for each alone, and nothing that was handed in is written to
    for k in range(7):
        alone = carried(cell, cell.step(ih if shared else ih[k], tuple(array[k] for array in state)))
        for one, many, other in zip(alone, fast, derived, strict=True):
            np.testing.assert_allclose(many[k], one, rtol=1e-12, atol=1e-14)
            np.testing.assert_allclose(other[k], one, rtol=1e-12, atol=1e-14)
    for array, was in zip(state, before, strict=True):
        np.testing.assert_array_equal(array, was)


@EVERY_CELL
def test_the_chain_rule_of_a_step_is_that_of_central_differences(kind, activation):
    # given a step, and what is asked of all that it carries on
    rng = np.random.default_rng(2)
    cell = drawn(kind, activation, rng)
    ih, state = rng.normal(size=len(cell.weight_ih)), state_of(cell, rng)
    asked = state_of(cell, rng)

    def loss(ih, state):
        return sum(a @ b for a, b in zip(asked, carried(cell, cell.step(ih, state)), strict=True))

    def differences(loss_of, array):
        nudges = 1e-6 * np.eye(len(array))
        return np.array([(loss_of(array + nudge) - loss_of(array - nudge)) / 2e-6 for nudge in nudges])

    # when it is followed backward
    found = cell.step_backward(cell.step(ih, state), state, asked)
    # then each derivative is what a tiny change does, that by h with the way through hh
    assert found.d_ih == pytest.approx(differences(lambda ih: loss(ih, state), ih), rel=1e-7, abs=1e-9)
    for k in range(len(state)):
        expected = differences(lambda array, k=k: loss(ih, (*state[:k], array, *state[k + 1 :])), state[k])
        whole = found.d_state[k] + (found.d_hh @ cell.weight_hh if k == 0 else 0)
        assert whole == pytest.approx(expected, rel=1e-7, abs=1e-9)


@EVERY_CELL
def test_the_jacobian_and_what_is_kept_follow_from_the_chain_rule(kind, activation):
    # given the steps of a sentence
    rng = np.random.default_rng(3)
    cell = drawn(kind, activation, rng)
    values = cell.unroll(rng.normal(size=(5, len(cell.weight_ih))), cell.zero_state())
    before = tuple(np.concatenate([np.zeros((1, 4)), values[name][:-1]]) for name in cell.state_names)
    # when both are asked for, then the quicker versions are what the definition gives
    for t in range(5):
        step, state = {name: array[t] for name, array in values.items()}, tuple(array[t] for array in before)
        np.testing.assert_allclose(cell.jacobian(step, state), Cell.jacobian(cell, step, state), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(cell.kept(values, before), Cell.kept(cell, values, before), rtol=1e-12)


@EVERY_CELL
@given(
    seed=st.integers(0, 2**32 - 1),
    hidden=st.integers(1, 4),
    steps=st.integers(1, 5),
    batch=st.integers(1, 3),
    last=st.booleans(),
)
@settings(max_examples=20, deadline=None)
def test_the_passes_over_a_batch_follow_from_the_definition(kind, activation, seed, hidden, steps, batch, last):
    # given a batch of any size, and a readout that asks at the last step or at each
    rng = np.random.default_rng(seed)
    cell = drawn(kind, activation, rng, hidden=hidden)
    stack = np.empty((steps + 1, 3 + 1 + hidden, batch))
    stack[:, :3], stack[:, 3], stack[0, 4:] = rng.normal(size=(steps + 1, 3, batch)), 1, 0
    d_h = [None] * steps if last else list(rng.normal(size=(steps, hidden, batch)))
    d_h[-1] = rng.normal(size=(hidden, batch))
    # when it goes forward and backward, quickly and by the definition
    fast = cell.forward_pass(stack.copy(), Workspace(np.dtype(np.float64)))
    derived = Cell.forward_pass(cell, stack.copy(), Workspace(np.dtype(np.float64)))
    quick = cell.backward_pass(d_h, fast, Workspace(np.dtype(np.float64)))
    slow = Cell.backward_pass(cell, d_h, derived, Workspace(np.dtype(np.float64)))
    # then states and derivatives are the same
    np.testing.assert_allclose(fast.h, derived.h, rtol=1e-11, atol=1e-12)
    for one, other in zip(quick, slow, strict=True):
        assert one.shape == (steps, len(cell.weight_ih), batch)
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


@EVERY_CELL
def test_every_equation_of_a_phase_gives_the_value_that_the_definition_gives(kind, activation):
    # given a step of a cell with large sums
    rng = np.random.default_rng(4)
    cell = drawn(kind, activation, rng)
    state = state_of(cell, rng)
    values = cell.step(rng.normal(size=len(cell.weight_ih)), state)
    values |= {f"{name}_prev": array for name, array in zip(cell.state_names, state, strict=True)}

    def look(value):
        return cell.block(values[value.name], value.gate) if value.gate else values[value.name]

    # when the equations with a name are computed, then each value comes out, and every phase ends at what it shows
    named = [part for phase in cell.phases for part in phase.parts if getattr(part, "name", "")]
    for part in named:
        np.testing.assert_allclose(part.expression.evaluate(look), values[part.name], rtol=1e-12)
    assert {part.name for part in named} >= {"h", *(gate.letter for gate in cell.gates)}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_slope_of_a_function_is_its_derivative_from_its_output(name):
    function, z = FUNCTIONS[name], np.array([-2.0, -0.3, 0.4, 1.7])
    y = function.function(z)
    expected = (function.function(z + 1e-6) - function.function(z - 1e-6)) / 2e-6
    out = np.empty_like(z)

    assert function.slope(y) == pytest.approx(expected, abs=1e-9)
    assert function.slope(y, out) is out
    np.testing.assert_array_equal(out, function.slope(y))
    assert function.function(z, out) is out
    np.testing.assert_array_equal(out, y)


def test_a_kind_that_is_not_there_is_refused_by_name():
    with pytest.raises(InputError, match="no cell is called “mgu”; there are elman, gru, lstm"):
        cell_class("mgu")


def test_two_cells_can_not_have_one_kind():
    class Other(Elman):
        pass

    with pytest.raises(ValueError, match="there is a cell elman already"):
        register(Other)
    assert register(Elman) is CELLS["elman"] is Elman


def test_a_cell_has_one_title():
    assert cell_titles() == {"elman": "Elman", "gru": "GRU", "lstm": "LSTM"}
    assert [cell_title(*kind) for kind in CELL_KINDS] == ["Elman tanh", "Elman relu", "Elman identity", "GRU", "LSTM"]
    rng = np.random.default_rng(5)
    assert drawn("elman", "relu", rng).title == "Elman relu"
    assert drawn("lstm", None, rng).title == "LSTM"


def test_a_function_can_be_chosen_only_where_there_is_a_choice():
    elman, gru = (drawn(kind, None, np.random.default_rng(6)) for kind in ("elman", "gru"))

    assert elman.with_activation("relu").activation == "relu"
    assert elman.activation == "tanh"
    with pytest.raises(InputError, match="no activation is called “sine”; there are tanh, relu, identity"):
        elman.with_activation("sine")
    with pytest.raises(InputError, match="GRU, whose functions are fixed"):
        gru.with_activation("tanh")
    assert tuple(ACTIVATIONS) == Elman.activations


@pytest.mark.parametrize(
    ("kind", "tables"),
    [
        ("elman", (("h_prev", "ih", "hh", "pre_activation", "h"),)),
        ("gru", (("ih", "hh"), ("h_prev", "r", "z", "n", "h"))),
        ("lstm", (("ih", "hh"), ("h_prev", "c_prev", "i", "f", "g", "o", "c", "h"))),
    ],
)
def test_what_stands_side_by_side_in_a_table_follows_from_the_phases(kind, tables):
    assert drawn(kind, None, np.random.default_rng(7)).tables == tables


def test_gates_have_a_letter_and_a_name_in_words():
    names = {kind: [(gate.letter, gate.name, gate.signed) for gate in cell.gates] for kind, cell in CELLS.items()}

    assert names == {
        "elman": [],
        "gru": [("r", "reset", False), ("z", "keep", False), ("n", "new", True)],
        "lstm": [("i", "write", False), ("f", "keep", False), ("g", "new", True), ("o", "show", False)],
    }
