"""The lens path, against an eigendecomposition and a case worked by hand."""

from __future__ import annotations

import json
import warnings
from itertools import product

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.path import path, to_json
from rnn_tui.lenses.stepping import doubled
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired


def states_of(trace):
    exact = doubled(trace)
    return np.concatenate((exact.initial["h"][None], exact.values["h"]))


@pytest.mark.parametrize(("kind", "readout", "inputs"), product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS))
def test_points_are_the_principal_components(kind, readout, inputs):
    trace = trace_of(build(*kind, readout, inputs, hidden=5, scale=0.5))
    found = path(trace)
    states = states_of(trace)
    centred = states - states.mean(axis=0)
    sizes, vectors = np.linalg.eigh(centred.T @ centred)
    projected = centred @ vectors[:, ::-1][:, :2]
    assert np.abs(found.points) == pytest.approx(np.abs(projected), abs=1e-9)
    assert found.explained == pytest.approx(sizes[::-1][:2] / sizes.sum(), abs=1e-12)
    assert found.points.shape == (len(trace) + 1, 2)
    assert (found.points[-1] >= found.points[0]).all()


def test_by_hand():
    # given two units that never forget and are not squashed: the first word adds (3, 0), the second (0, 4)
    trace = trace_of(wired([[3.0, 0.0], [0.0, 4.0]], activation="identity", words=("a", "b")), "a b")
    # then the states are (0, 0), (3, 0), (3, 4); their mean is (2, 4/3), and all of the plane is shown
    found = path(trace)
    assert found.shown == pytest.approx(1.0)
    distances = [np.linalg.norm(found.points[i] - found.points[j]) for i, j in ((0, 1), (1, 2), (0, 2))]
    assert distances == pytest.approx([3, 4, 5])
    assert found.moves == pytest.approx([3, 4])


def test_the_line_is_where_the_answer_flips():
    # given a net of two units, so that the plane holds all
    trace = trace_of(build(hidden=2, scale=1.0, seed=3))
    found = path(trace)
    boundary = found.boundary
    assert found.exact
    # when a point of the line is put back where it lies among the states
    states = states_of(trace)
    centre = states.mean(axis=0)
    axes, *_ = np.linalg.lstsq(found.points, states - centre, rcond=None)
    on_line = boundary.normal * boundary.offset / (boundary.normal @ boundary.normal)
    fc = trace.model.fc
    logits = fc.weight.astype(float) @ (centre + on_line @ axes) + fc.bias
    # then neither label is ahead
    assert logits[0] == pytest.approx(logits[1], abs=1e-12)


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("hidden", [1, 2, 6])
def test_the_sides_of_an_exact_line_are_the_answers(cell, activation, hidden):
    trace = trace_of(build(cell, activation, hidden=hidden, seed=2), "the dog")  # three states lie in one plane
    found = path(trace)
    assert found.exact
    boundary = found.boundary
    logits = states_of(trace) @ (trace.model.fc.weight.T.astype(float)) + trace.model.fc.bias
    assert found.points @ boundary.normal - boundary.offset == pytest.approx(logits[:, 1] - logits[:, 0], abs=1e-9)
    assert boundary.margin == pytest.approx(logits[:, 1] - logits[:, 0], abs=1e-12)


def test_more_dimensions_than_the_plane_has_make_it_a_projection():
    found = path(trace_of(build(hidden=6)))
    assert found.boundary is not None
    assert not found.exact


def test_where_nothing_outside_the_plane_has_a_say_the_line_is_exact():
    # given three units that move, of which the answer reads two, and these move most
    weights = np.diag([5.0, 4.0, 0.1])
    fc = [[1, 0, 0], [0, 1, 0]]
    trace = trace_of(wired(weights, activation="identity", words=("a", "b", "c"), fc=fc), "a b a b c b a c")
    found = path(trace)
    assert found.shown < 1
    assert not found.exact  # the third unit leans on the others, so the plane is a little tilted
    weights[2] = 0
    still = wired(weights, activation="identity", words=("a", "b", "c"), fc=fc)
    assert path(trace_of(still, "a b a b c b a c")).exact


@pytest.mark.parametrize("fields", [{"labels": ("A", "B", "C")}, {"readout": "attention"}, {"labels": ("A",)}])
def test_no_line_for_other_labels_or_readouts(fields):
    found = path(trace_of(build(**fields)))
    assert found.boundary is None
    assert not found.exact


def test_no_line_where_the_labels_read_the_same():
    trace = trace_of(wired(np.eye(2), fc=[[1, 1], [1, 1]], words=("a", "b")), "a b")
    assert path(trace).boundary is None


def test_one_unit_lies_on_a_line():
    found = path(trace_of(build(hidden=1)))
    assert not found.points[:, 1].any()
    assert found.explained == pytest.approx([1, 0])


def test_one_word_is_two_points():
    found = path(trace_of(build(), "dog"))
    assert found.points.shape == (2, 2)
    assert not found.points[:, 1].any()
    assert found.exact


def test_a_net_that_does_not_move():
    found = path(trace_of(build(scale=0.0)))
    assert not found.points.any()
    assert not found.explained.any()
    assert found.boundary is None


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_an_overflow_is_no_crash_and_no_warning(activation):
    trace = trace_of(build(activation=activation, scale=1e20, hidden=2), "the dog " * 20)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = path(trace)
    assert np.isfinite(found.points[0]).all()
    assert np.isnan(found.points[-1]).all()
    assert found.boundary is None


def test_very_large_states_do_not_overflow():
    trace = trace_of(wired([[1e25, 0], [0, 1e20]], activation="identity", words=("a", "b")), "a b b b")
    found = path(trace)
    assert np.isfinite(found.points).all()
    assert found.shown == pytest.approx(1.0)


def test_it_does_not_depend_on_chance():
    trace = trace_of(shelf.load("sentiment"))
    assert np.array_equal(path(trace).points, path(trace).points)


def test_it_can_be_cancelled():
    def stop(_):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        path(trace_of(build()), progress=stop)


def test_json_has_plain_numbers():
    found = path(trace_of(shelf.load("kicking-and-screaming")))
    read = json.loads(json.dumps(to_json(found)))
    assert read["points"] == found.points.tolist()
    assert read["explained"] == found.explained.tolist()
    assert read["boundary"]["normal"] == found.boundary.normal.tolist()
    assert read["exact"] is found.exact
    assert to_json(path(trace_of(build(labels=("A", "B", "C")))))["boundary"] is None
