"""The model that is wired by hand does what its card says."""

import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.network import storage
from rnn_tui.network.heads import Linear
from rnn_tui.network.trace import run

FOLDER = Path(__file__).parents[2] / "models"
PATH = FOLDER / "kicking-and-screaming.safetensors"
MODEL = storage.load(PATH)


def trace_of(text):
    return run(MODEL, MODEL.tokenize(text))


def answer(text):
    label, probability = trace_of(text).prediction()
    return MODEL.labels[label], round(100 * probability)


def test_its_units_have_the_names_of_concepts():
    assert MODEL.unit_names == ("verb", "noun", "glue", "mood")
    assert MODEL.labels == ("Negative", "Positive")
    assert len(MODEL.vocabulary) >= 60


def test_add_is_literally_adding_the_previous_hidden_state():
    np.testing.assert_array_equal(MODEL.cell.weight_hh, np.eye(4))
    for step in trace_of("Kicking and screaming"):
        np.testing.assert_array_equal(step["hh"], step.h_prev)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kicking and screaming", ("Negative", 87)),
        ("Running in the rain", ("Positive", 64)),
        ("In the rain, running", ("Negative", 54)),
        ("Kicking and yodelling", ("Negative", 76)),
        ("The sunshine in the garden and the smile of a friend", ("Positive", 89)),
        ("the sad child", ("Positive", 83)),
        ("Not kicking, not screaming", ("Negative", 87)),
        ("kicking and screaming the music", ("Positive", 56)),
    ],
)
def test_it_answers_as_its_card_says(text, expected):
    assert answer(text) == expected


def test_one_of_its_examples_has_a_word_that_it_does_not_know():
    unknown = [token.text for example in MODEL.examples for token in MODEL.tokenize(example.text) if token.unknown]

    assert unknown == ["yodelling"]


def test_the_verb_fades_and_fills_up_again():
    verb = trace_of("Kicking and screaming").values["h"][:, 0]

    assert [f"{value:.2f}" for value in verb] == ["0.72", "0.61", "0.91"]


def test_the_recipe_makes_the_same_file_again(tmp_path):
    recipe = runpy.run_path(str(FOLDER / "recipes" / "kicking_and_screaming.py"))

    storage.save(recipe["build"](), tmp_path / "again.safetensors")

    assert (tmp_path / "again.safetensors").read_bytes() == PATH.read_bytes()


def test_the_recipe_checks_its_own_promises_and_notices_a_broken_one():
    recipe = runpy.run_path(str(FOLDER / "recipes" / "kicking_and_screaming.py"))
    silenced = replace(MODEL, fc=Linear(np.zeros_like(MODEL.fc.weight), MODEL.fc.bias))

    recipe["check"](MODEL)
    with pytest.raises(AssertionError, match="sunshine"):
        recipe["check"](silenced)


def test_its_figure_is_measured_anew():
    recipe = runpy.run_path(str(FOLDER / "recipes" / "kicking_and_screaming.py"))

    agreed, patterns = recipe["agreement"](MODEL, longest=6)

    assert 0.8 < agreed / patterns < 1
    assert MODEL.provenance["figure"] == recipe["build"]().provenance["figure"]
