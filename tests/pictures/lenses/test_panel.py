"""The frame around a lens, where the lens has nothing, or not all, to show for a model."""

from __future__ import annotations

import pytest

from rnn_tui import shelf
from rnn_tui.lenses.measuring import measure, question
from rnn_tui.network.errors import InputError
from rnn_tui.network.trace import run
from rnn_tui.pictures.lenses.panel import lens_panel, under_ribbon
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.ribbon import laid_out
from rnn_tui.pictures.rows import text_of
from rnn_tui.pictures.view import Measurement, View
from rnn_tui.scene import Reading, Scene

SIZES = [(80, 7), (80, 14), (100, 8), (100, 20), (120, 26)]


def seen(name, lens, **scene):
    """The view of a shipped model's first example through a lens, refused where it is."""
    model = shelf.load(name)
    trace = run(model, model.tokenize(model.examples[0].text))
    shown = Scene(Reading(name, ""), lens=lens, **scene)
    try:
        measurement = Measurement(lens, measure(question(lens, trace, 0, shown.unit_in(trace)), trace))
    except InputError as refused:
        measurement = Measurement(lens, refused=str(refused))
    return View(trace, shown, count=model.hidden_size, measurement=measurement)


def panel(view, width, height):
    """All that the panel says, on one line."""
    rows = [text_of(row).strip("│╭╮╰╯─ ") for row in lens_panel(view, width, height, Palette())]
    return " ".join(" ".join(rows).split())


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(
    ("name", "reads"), [("sunspots", "numbers"), ("names", "characters"), ("recall-elman", "characters")]
)
def test_where_no_model_can_read_the_text_it_says_so_and_where_the_models_are(name, reads, width, height):
    said = panel(seen(name, "attention"), width, height)

    assert f"sentiment-attention reads words, so it can't read these {reads}: m opens the models." in said
    assert "O opens" not in said


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_where_a_model_can_read_the_text_its_key_is_named_alone(width, height):
    said = panel(seen("tagger", "attention"), width, height)

    assert "O opens these words in sentiment-attention" in said
    assert "m opens" not in said


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(("name", "reads"), [("sunspots", "numbers"), ("names", "characters")])
def test_a_lens_that_has_little_to_say_names_a_model_in_which_it_has_more(name, reads, width, height):
    said = panel(seen(name, "units"), width, height)

    assert f"“{name}” reads {reads}, “sentiment” words." in said
    assert "m opens the models, among them sentiment" in said


def test_a_lens_that_has_all_to_say_names_no_other_model():
    assert "opens" not in panel(seen("sentiment", "units"), 100, 20)
    assert "opens" not in panel(seen("sunspots", "recency"), 100, 20)


@pytest.mark.parametrize("lens", ["recency", "attention"])
def test_while_the_answer_is_covered_nothing_stands_under_the_words(lens):
    for hidden in (False, True):
        view = seen("sentiment-attention", lens, hidden=hidden)
        row = text_of(under_ribbon(view, laid_out(view.trace), 100, Palette()))
        assert bool(row.strip()) != hidden


def test_while_the_answer_is_covered_the_two_answers_of_attention_are():
    said = panel(seen("sentiment-attention", "attention", hidden=True), 100, 20)

    assert "Negative ?" in said
    assert "Positive ?" in said
