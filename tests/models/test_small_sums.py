"""The model for practice has round weights, and is worked out by hand here."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.network import storage
from rnn_tui.network.trace import run

FOLDER = Path(__file__).parents[2] / "models"
PATH = FOLDER / "small-sums.safetensors"
MODEL = storage.load(PATH)


def trace_of(text):
    return run(MODEL, MODEL.tokenize(text))


def test_every_weight_is_a_multiple_of_a_quarter():
    for name, array in MODEL.tensors().items():
        np.testing.assert_array_equal(array * 4, np.round(array * 4), err_msg=name)


def test_joy_at_the_first_word_as_it_is_worked_out_by_hand():
    step = trace_of("sun and cake")[0]

    assert step["ih"][0] == 1.0 * 1.0 + 0.0 * 0.0 + 0.25
    assert step["pre_activation"][0] == 1.25
    assert step.h[0] == pytest.approx(np.tanh(1.25), abs=1e-6)


def test_no_slip_leads_to_the_same_weights():
    cell = MODEL.cell
    assert cell.bias_ih.any()
    assert cell.bias_hh.any()
    for unit in range(3):
        assert not np.array_equal(cell.weight_hh[unit], cell.weight_hh[:, unit])
        assert not any(np.array_equal(cell.weight_hh[unit], cell.weight_hh[other]) for other in range(unit))


@pytest.mark.parametrize(
    ("text", "label", "percent"),
    [
        ("sun and cake", "Good day", 96),
        ("exam and friends", "Good day", 73),
        ("friends and exam", "Bad day", 80),
        ("cake and rain", "Bad day", 64),
        ("not rain", "Bad day", 82),
        ("and", "Good day", 62),
    ],
)
def test_it_answers_as_its_card_says(text, label, percent):
    found, probability = trace_of(text).prediction()

    assert (MODEL.labels[found], round(100 * probability)) == (label, percent)


def test_the_recipe_makes_the_same_file_again(tmp_path):
    recipe = runpy.run_path(str(FOLDER / "recipes" / "small_sums.py"))
    model = recipe["build"]()
    recipe["check"](model)

    storage.save(model, tmp_path / "again.safetensors")

    assert (tmp_path / "again.safetensors").read_bytes() == PATH.read_bytes()
