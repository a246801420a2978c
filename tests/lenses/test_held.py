"""The lenses while a value is held: each measures what the network computes with it."""

import numpy as np
import pytest

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.lenses.attention import attention
from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.lenses.path import path
from rnn_tui.lenses.stepping import doubled
from rnn_tui.lenses.units import units
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, build
from tests.lenses.factors import jacobian_of

TEXT = "the dog barked and slept"
each_cell = pytest.mark.parametrize("cell", CELL_KINDS, ids=str)


def traced(model, *typed):
    return run(*apply_edits(model, model.tokenize(TEXT), [parse_edit(edit) for edit in typed]))


@each_cell
def test_memory_reads_again_with_the_value_held(cell):
    # given a network with embedded words, of which one word reads zeros
    model = build(*cell, inputs="embedding")
    trace = traced(model, "hold h[2] 0.75 at 3")
    found = memory(trace).influence
    # when each word is silent, then the distance is that of two runs that both hold the value
    for k in range(5):
        tokens = list(trace.tokens)
        tokens[k] = type(tokens[k])("", "", None, unknown=True, held=tokens[k].held)
        other = run(trace.model, tokens)
        expected = np.linalg.norm(other.values["h"] - trace.values["h"], axis=1)
        expected[:k] = 0
        np.testing.assert_allclose(found[k], expected, atol=1e-5)


@each_cell
def test_the_way_back_ends_where_all_is_held(cell):
    names = "hc" if cell[0] == "lstm" else "h"
    holds = [f"hold {name}[{unit}] 0.5 at 3" for name in names for unit in (1, 2, 3)]
    found = gradient(traced(build(*cell), *holds))
    np.testing.assert_array_equal(found.norm[:2], 0)  # nothing before the third word reaches the end
    assert (found.norm[2:] > 0).all()
    assert found.kept[2] == 0


def test_the_jacobian_is_that_of_the_step_with_the_value_held():
    trace = doubled(traced(build("lstm", None), "hold c[2] 0.5 at 3"))
    jacobian = jacobian_of(trace, 2)
    assert not jacobian[3 + 1].any()  # c of unit 2 depends on nothing
    assert jacobian[1].any()  # and its h on h_prev alone, through the show gate
    assert not jacobian[1, 3:].any()
    plain = doubled(traced(build("lstm", None)))
    np.testing.assert_allclose(jacobian_of(trace, 1), jacobian_of(plain, 1), rtol=1e-12)


@each_cell
@pytest.mark.parametrize("readout", ["last", "each", "attention"])
def test_a_silenced_unit_is_silent_and_another_is_held(cell, readout):
    model = build(*cell, readout=readout)
    found = units(traced(model, "hold h[2] 0.75 at 3"))
    for measured in found.units:
        silent = traced(model, "hold h[2] 0.75 at 3", f"silence {measured.unit + 1}")
        assert measured.silenced == pytest.approx(silent.probability(found.label), abs=1e-5)


def test_path_and_attention_are_those_of_the_held_states():
    trace = traced(build(readout="attention"), "hold h[2] 0.75 at 3")
    np.testing.assert_allclose(attention(trace).probs_attention, trace.values["probs"][-1], atol=1e-6)
    assert path(trace).points[3] == pytest.approx(_projected(trace)[3], abs=1e-5)


def _projected(trace):
    states = np.concatenate((trace.initial["h"][None], trace.values["h"])).astype(np.float64)
    centred = states - states.mean(axis=0)
    directions = np.linalg.svd(centred)[2][:2]
    inside = centred @ directions.T
    signs = np.sign((inside * path(trace).points).sum(axis=0))  # a direction may point either way
    return inside * signs
