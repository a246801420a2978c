"""The weights that move: each stands in its cell, and what a batch has made of one is a sum that is true as shown."""

from __future__ import annotations

import re

import numpy as np
import pytest
from rich.style import Style

from rnn_tui.learning.watching.messages import AFTER, BEFORE, GRADIENT, MEAN, ROOT, Stepped
from rnn_tui.pictures.moving import EMBEDDING, WeightsView, signed, summed, unit_weights, weights
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import text_of, width_of
from tests.deep import deep_model

KINDS = [
    {"cell": "elman", "layers": 1},
    {"cell": "gru", "layers": 2, "bidirectional": True},
    {"cell": "lstm", "layers": 1, "readout": "attention"},
]


def view_of(made, block, *, unit=1, picked=None, step=False, seed=0, **changes):
    now = deep_model(**made).tensors()
    rng = np.random.default_rng(seed)
    before = {name: array - rng.normal(0, 0.1, array.shape).astype(np.float32) for name, array in now.items()}
    moved = {name: 0.01 * (k + 1) for k, name in enumerate(now)}
    taken = stepped(now, before) if step else None
    return WeightsView(now, before, block, unit, picked, moved=moved, step=taken, **changes)


def stepped(now, before, norm=2.0, clip_norm=1.0, rate=0.01):
    rng = np.random.default_rng(1)
    gradient = {name: rng.normal(size=array.shape).astype(np.float32) for name, array in now.items()}
    root = {name: abs(array) + np.float32(0.1) for name, array in gradient.items()}
    mean = {name: (before[name] - now[name]) * root[name] / np.float32(rate) for name in now}
    tensors = {BEFORE: before, AFTER: now, GRADIENT: gradient, MEAN: mean, ROOT: root}
    return Stepped(3, 4, 40, 8, 0.7, norm, clip_norm, rate, tensors)


def drawn(view, width=90, height=30):
    rows = weights(view, width, height, Palette())
    assert len(rows) == height
    assert all(width_of(row) == width for row in rows)
    return [text_of(row) for row in rows]


def sign(value, scale):
    return "·" if abs(value) < scale * 0.02 else "+" if value > 0 else "−"


@pytest.mark.parametrize("made", KINDS, ids=lambda made: made["cell"])
def test_every_weight_stands_in_its_cell_and_its_way_beside_it(made):
    for block, name in enumerate(deep_model(**made).tensors()):
        view = view_of(made, block)
        matrix, change = view.matrix, view.change
        lines = drawn(view, 160, 60)
        assert name.removeprefix("rnn.") in lines[0]
        rows = {label: index for index, label in view.labels}
        body = [line for line in lines[2:-1] if (first := line[2:].split()) and first[0].lstrip("▸") in rows]
        assert body
        for line in body[: len(matrix)]:
            label, *cells = line[2:-1].replace("▸", " ").split()
            row = rows[label]
            expected = [sign(value, np.abs(matrix).max()) for value in matrix[row]]
            expected += [sign(value, np.abs(change).max()) for value in change[row]]
            assert "".join(cells)[: len(expected)] == "".join(expected), (name, label)


@pytest.mark.parametrize("made", KINDS, ids=lambda made: made["cell"])
def test_the_rows_of_a_unit_are_one_a_gate(made):
    model = deep_model(**made)
    tensors = model.tensors()
    gates = {"elman": 1, "gru": 3, "lstm": 4}[made["cell"]]
    for name, array in tensors.items():
        found = unit_weights(name, tensors, 1, 0)
        marked = sorted({row for row, _ in found})
        if name.startswith("rnn."):
            hidden = len(array) // gates
            assert marked == [gate * hidden + 1 for gate in range(gates)]
        elif name == EMBEDDING:
            assert marked == [0]
        else:  # what leads away from it to each output, or all of a bias
            column = 1 if array.ndim == 2 else 0
            assert found == [(row, column) for row in range(len(array))]


@pytest.mark.parametrize("made", KINDS, ids=lambda made: made["cell"])
def test_the_weight_that_is_picked_goes_through_all_of_the_unit(made):
    for block in range(len(deep_model(**made).tensors())):
        view = view_of(made, block)
        count = len(view.candidates)
        picked = [view_of(made, block, picked=k).weight for k in range(count + 1)]
        assert len(set(picked)) == count
        assert picked[0] == picked[-1]
        row, column = view.weight
        assert abs(view.change[row, column]) == max(abs(view.change[one]) for one in view.candidates)
        assert row in view.marked


def test_of_an_embedding_the_rows_are_those_of_the_words():
    made = {"cell": "elman", "layers": 1}
    names = list(deep_model(**made).tensors())
    if EMBEDDING not in names:
        pytest.skip("this network has none")
    view = view_of(made, names.index(EMBEDDING), words=((3, "dog"), (1, "a\x1b")), word=1)
    lines = drawn(view)
    assert view.weight[0] == 1
    assert any("▸a␛" in line for line in lines)
    assert any(" dog" in line for line in lines)


def test_the_longest_bar_is_that_of_the_block_that_moves_fastest():
    view = view_of(KINDS[0], 0)
    lines = drawn(view)
    found = {name: line.count("█") for name in view.now for line in lines if f" {name.removeprefix('rnn.')} " in line}
    largest = max(view.moved, key=view.moved.get)
    assert found[largest] == max(found.values()) > 0
    for name, share in view.moved.items():
        assert any(name.removeprefix("rnn.") in line and f"{share:.1%}" in line for line in lines)


@pytest.mark.parametrize("made", KINDS, ids=lambda made: made["cell"])
@pytest.mark.parametrize("width", [40, 60, 120])
def test_what_a_batch_has_made_of_a_weight_is_told_in_its_numbers(made, width):
    for block in range(len(deep_model(**made).tensors())):
        view = view_of(made, block, step=True)
        said = " ".join(" ".join(line.strip("│╭╰ ").split()) for line in drawn(view, width, 20))
        row, column = view.weight
        step, name = view.step, view.name
        gradient = step.tensors[GRADIENT][name].reshape(view.matrix.shape)[row, column]
        place = f"[{row + 1}]" if view.now[name].ndim == 1 else f"[{row + 1},{column + 1}]"
        assert f"batch 4 of epoch 3: 8 texts, loss 0.7 {name.removeprefix('rnn.')}{place}" in said
        assert f"gradient {signed(2 * gradient)}, cut to {signed(gradient)} (norm 2 to 1)" in said
        change = float(view.matrix[row, column]) - float(view.matrix[row, column] - view.change[row, column])
        assert f"≈ {signed(change)}" in said


def test_a_gradient_that_is_not_cut_is_said_as_it_is():
    view = view_of(KINDS[0], 0, step=True)
    uncut = WeightsView(view.now, view.before, 0, 1, step=stepped(view.now, view.before, norm=0.5))
    assert "cut to" not in " ".join(drawn(uncut))


def test_of_a_block_that_is_too_large_nothing_is_told_one_by_one():
    view = view_of(KINDS[0], 0, step=True)
    tensors = {of: {} for of in (BEFORE, GRADIENT, MEAN, ROOT)} | {AFTER: view.now}
    large = WeightsView(view.now, {}, 0, 1, step=Stepped(3, 4, 40, 1, 0.7, 2.0, 1.0, 0.01, tensors))
    said = " ".join(drawn(large))
    assert "not told of one by one" in said
    assert "1 text, loss" in said


def test_the_sum_is_true_as_it_is_shown():
    rng = np.random.default_rng(0)
    for _ in range(500):
        before, change = float(rng.normal()), float(rng.normal() * 10.0 ** rng.integers(-7, 2))
        text = summed(before, change, before + change).replace("−", "-")
        found = re.fullmatch(r"(-?[\d.]+) ([+-]) ([\d.]+) ([=≈]) (-?[\d.]+)", text)
        assert found, text
        left, right = float(found[1]) + float(found[2] + found[3]), float(found[5])
        digits = len(found[3].partition(".")[2])
        assert (found[4] == "=") == (abs(left - right) < 0.1 * 10**-digits), text
        assert abs(float(found[2] + found[3]) - change) <= 0.0051 * abs(change) + 1e-9


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 0.0])
def test_what_is_no_number_is_said(value):
    assert signed(value)
    assert "→" in summed(value, value, value) or value == 0
    now = {"rnn.weight_hh_l0": np.full((2, 2), value, np.float32), "fc.bias": np.zeros(2, np.float32)}
    drawn(WeightsView(now, {name: np.zeros_like(array) for name, array in now.items()}, 0, 0))


@pytest.mark.parametrize("size", [(20, 4), (38, 9), (200, 60)])
def test_it_fits_any_panel(size):
    for made in KINDS:
        for step in (False, True):
            drawn(view_of(made, 0, step=step), *size)


def test_signs_are_not_colour_alone():
    assert Palette().positive == Style()
    assert any("−" in line for line in drawn(view_of(KINDS[0], 0)))
