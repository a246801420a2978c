"""Two cells that take their steps together give what each gives by itself, step by step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.cells import CELLS
from rnn_tui.network.cells.abreast import MOST_ABREAST, MOST_IN_ONE
from rnn_tui.network.layers import Layer, record
from tests.builders import trace_of
from tests.deep import deep_model

SIZES = (1, 3, MOST_IN_ONE, MOST_IN_ONE + 1, MOST_ABREAST)


def drawn(cell, size, seed, inputs=5, dtype=np.float32):
    rng, rows = np.random.default_rng(seed), {"lstm": 4, "gru": 3, "elman": 1}[cell] * size
    shapes = {"weight_ih": (rows, inputs), "weight_hh": (rows, size), "bias_ih": (rows,), "bias_hh": (rows,)}
    parameters = {name: rng.normal(0, size**-0.5, shape).astype(dtype) for name, shape in shapes.items()}
    return CELLS[cell].made(parameters, "tanh" if cell == "elman" else None)


def by_definition(cell, ih, state):
    """Every value, from one step of the definition after the other."""
    steps = []
    for ih_t in ih:
        steps.append(cell.step(ih_t, state))
        state = tuple(steps[-1][name] for name in cell.state_names)
    return {name: np.stack([step[name] for step in steps]) for name in steps[0]}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("cell", ["gru", "lstm"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("length", [1, 7])
def test_abreast_is_what_the_definition_gives_of_each(cell, size, dtype, length):
    # given two cells, and what each remembers before its first step
    cells = [drawn(cell, size, seed, dtype=dtype) for seed in (0, 1)]
    rng = np.random.default_rng(2)
    ih = [rng.normal(size=(length, len(cells[0].weight_ih))).astype(dtype) for _ in cells]
    states = [tuple(rng.normal(size=size).astype(dtype) for _ in one.state_names) for one in cells]
    # when they take their steps together
    both = cells[0].beside(cells[1]).unroll(ih, states)
    # then every value of each is what its own definition gives, and of its own type
    for one, own, state, found in zip(cells, ih, states, both, strict=True):
        expected = by_definition(one, own, state)
        assert found.keys() == expected.keys()
        for name, array in expected.items():
            assert found[name].dtype == dtype
            np.testing.assert_allclose(found[name], array, atol=2e-6 if dtype == np.float32 else 1e-13, rtol=0)


def test_cells_that_differ_take_their_steps_by_themselves():
    one = drawn("gru", 3, 0)
    assert one.beside(drawn("gru", 4, 0)) is None
    assert one.beside(drawn("lstm", 3, 0)) is None
    assert one.beside(drawn("gru", 3, 0, dtype=np.float64)) is None
    assert drawn("elman", 3, 0).beside(drawn("elman", 3, 1)) is None
    large = drawn("lstm", MOST_ABREAST + 1, 0)
    assert large.beside(large) is None


def test_numbers_beyond_all_bounds_in_one_lane_leave_the_other_as_it_is():
    # given a lane whose weights are so large that its sums are no numbers
    sound, lost = drawn("gru", 3, 0), drawn("gru", 3, 1)
    lost = replace(lost, weight_hh=np.full_like(lost.weight_hh, np.inf))
    x = np.random.default_rng(0).normal(size=(6, 5)).astype(np.float32)

    def multiplied(weight, bias):
        return x @ weight.T + bias

    with np.errstate(over="ignore", invalid="ignore"):
        both = record([Layer(sound, lost)], multiplied)[0]
        alone = record([Layer(sound)], multiplied)[0]
    # then the other lane is what it is without it
    assert not np.isfinite(both.backward.values["h"][0]).all()
    np.testing.assert_allclose(both.forward.values["h"], alone.forward.values["h"], atol=1e-6)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_a_layer_runs_its_cells_together(cell):
    model = deep_model(cell, 1, bidirectional=True)
    layer = model.layers[0]
    assert layer.together is not None
    trace = trace_of(model, "the dog barked")
    lanes = trace.layers[0]
    for lane, own in ((lanes.forward, slice(None)), (lanes.backward, slice(None, None, -1))):
        expected = by_definition(lane.cell, lane.values["ih"][own], lane.cell.zero_state())
        for name, array in expected.items():
            np.testing.assert_allclose(lane.values[name][own], array, atol=2e-6)
            assert not lane.values[name].flags.writeable
