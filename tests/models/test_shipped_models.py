"""Every model that is shipped: its file, its card, its examples."""

import re
from pathlib import Path

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.network import storage
from rnn_tui.network.trace import run

FOLDER = Path(__file__).parents[2] / "models"
NAMES = sorted(path.stem for path in FOLDER.glob("*.safetensors"))
LARGEST = 400_000  # bytes


def answer(model, text):
    trace = run(model, model.tokenize(text))
    label, probability = trace.prediction()
    return model.labels[label], probability


def test_the_default_and_one_that_learned_are_shipped():
    assert {shelf.DEFAULT_MODEL, "sentiment"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_small_and_bears_its_own_name(name):
    path = FOLDER / f"{name}.safetensors"

    model = storage.load(path)

    assert model.name == name
    assert path.stat().st_size < LARGEST
    assert model.title
    assert model.summary


@pytest.mark.parametrize("name", NAMES)
def test_the_card_names_the_licence_the_figure_and_the_command(name):
    known = storage.load(FOLDER / f"{name}.safetensors").provenance

    card = (FOLDER / f"{name}.md").read_text(encoding="utf-8")

    for field in ("licence", "command"):
        assert str(known[field]) in card, field
    figure = float(known["figure"])
    assert any(abs(float(number) - figure) < 0.0006 for number in re.findall(r"\d+\.\d+", card)), "the figure"


@pytest.mark.parametrize("name", NAMES)
def test_its_examples_can_be_read(name):
    model = storage.load(FOLDER / f"{name}.safetensors")

    assert len(model.examples) >= 3
    for example in model.examples:
        trace = run(model, model.tokenize(example.text))
        answers = trace.values[model.output.answer]
        assert np.isfinite(answers[trace.answered_from :]).all()
        assert np.isnan(answers[: trace.answered_from]).all()
        assert example.why


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("sentiment")])
def test_sentiment_models_hear_the_not(name):
    model = storage.load(FOLDER / f"{name}.safetensors")

    assert answer(model, "this movie is good")[0] == "Positive"
    assert answer(model, "this movie is not good")[0] == "Negative"
    assert float(model.provenance["figure"]) >= 0.78
