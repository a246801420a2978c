"""The figure of a model in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rnn_tui import shelf
from rnn_tui.learning.figures import figure_in_words, verified_in_words
from rnn_tui.network.storage import load_metadata
from rnn_tui.network.tokens import CharacterTokenizer, NumberTokenizer

MODELS = Path(__file__).parents[2] / "models"
SENTENCES, _ = load_metadata(MODELS / "sentiment.safetensors")


def in_words(metric, figure, *, readout="last", tokenizer=SENTENCES.tokenizer, labels=("no", "yes"), **known):
    """A figure of a model that reads words, unless something else is said."""
    provenance = {"metric": metric, "figure": figure, **known}
    return figure_in_words(
        replace(SENTENCES, provenance=provenance, readout=readout, tokenizer=tokenizer, labels=labels)
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("kicking-and-screaming", "agrees with plain counting on 83 of 100 patterns"),
        ("names", "narrows the next letter down to about 8 of 27 (2.93 bits; chance: 4.75)"),
        ("recall-elman", "right on 19 of 100 at distance 40 (guessing: 20)"),
        ("recall-lstm", "right on 100 of 100 at distance 40 (guessing: 20)"),
        ("sentiment", "right on 84 of 100 sentences it never saw"),
        ("sentiment-attention", "right on 83 of 100 sentences it never saw"),
        ("sunspots", "right on 71 of 80 years it never saw"),
        ("tagger", "right on 88 of 100 words in sentences it never saw"),
    ],
)
def test_a_shipped_models_figure_is_said_plainly(name, said):
    metadata, _ = load_metadata(MODELS / f"{name}.safetensors")

    assert figure_in_words(metadata) == said


def test_every_shipped_model_has_words_for_its_figure():
    found = [figure_in_words(listed.metadata) for listed in shelf.listing()]

    assert len(found) >= 11
    shares = [said for said in found if not said.startswith("off by ")]
    assert len(shares) == len(found) - 1  # one answers with a number
    assert not [said for said in shares if not said or "accuracy" in said or "0." in said]


def test_what_the_figure_was_measured_on_is_said_as_far_as_it_is_known():
    assert in_words("accuracy", 0.9) == "right on 90 of 100 sentences"
    assert in_words("validation accuracy", 0.9, n=1000) == "right on 90 of 100 sentences kept out of its training"
    assert in_words("validation accuracy", 0.75, n=8) == "right on 6 of 8 sentences kept out of its training"
    assert in_words("test accuracy", 0.5, tokenizer=CharacterTokenizer()) == "right on 50 of 100 texts it never saw"
    assert in_words("test accuracy", 0.5, tokenizer=NumberTokenizer()) == "right on 50 of 100 series it never saw"
    assert in_words("validation accuracy", 0.5, readout="each", tokenizer=CharacterTokenizer()) == (
        "right on 50 of 100 characters in texts kept out of its training"
    )


def test_a_share_is_no_certainty_that_is_none():
    assert in_words("accuracy", 0.9991) == "right on more than 99 of 100 sentences"
    assert in_words("accuracy", 0.001) == "right on fewer than 1 of 100 sentences"
    assert in_words("accuracy", 1.0) == "right on 100 of 100 sentences"
    assert in_words("accuracy", 0) == "right on 0 of 100 sentences"


def test_bits_are_as_many_equal_chances():
    assert in_words("validation bits a word", 3.0, labels=tuple("abcdefghijklmnop")) == (
        "narrows the next word down to about 8 of 16 (3.00 bits; chance: 4.00)"
    )
    assert "next character down" in in_words("test bits a character", 1.0, labels=("1", "2", "3"))


def test_an_error_is_beside_what_anybody_could_say():
    rules = {"baselines": {"mean": 26.238, "last value": 4.8883, "other": 1}}
    assert in_words("mean absolute error", 2.46) == "off by 2.46 on average"
    assert in_words("mean absolute error", 2.46, unit="°C") == "off by 2.46 °C on average"
    assert in_words("validation mean absolute error", 2.46, tokenizer=NumberTokenizer(), **rules) == (
        "off by 2.46 on average, in series kept out of its training "
        "(the last value again: 4.888, always the mean: 26.24)"
    )
    assert in_words("test mean absolute error", 12345.6, counted="months", baselines={"mean": "much"}) == (
        "off by 12346 on average, in months it never saw"
    )
    assert in_words("mean absolute error", -1) == "mean absolute error: -1"


def test_a_metric_without_words_stands_as_it_is():
    assert in_words("mean error", 0.25) == "mean error: 0.25"
    assert in_words("accuracy", 3.5) == "accuracy: 3.5"


@pytest.mark.parametrize("figure", [None, "much", float("nan"), True])
def test_a_figure_that_is_no_number_is_not_said(figure):
    assert in_words("accuracy", figure) == ""


def test_without_a_metric_nothing_is_said():
    assert in_words(None, 0.5) == ""


@pytest.mark.parametrize(
    ("verified", "said"),
    [
        ({"against": "its own forward", "largest_difference": 2.96e-7}, "verified against its own forward, 3e-7"),
        ({"against": "its own forward", "largest_difference": 9.7e-8}, "verified against its own forward, 1e-7"),
        ({"against": "its own forward", "largest_difference": 0.0}, "verified against its own forward, no difference"),
        ({"against": None, "reason": "weights alone"}, "not verified: weights alone"),
        ({"against": None}, "not verified"),
        ({"against": "its own forward"}, ""),
        ({"against": "its own forward", "largest_difference": float("nan")}, ""),
        ({"against": 3, "largest_difference": 1e-7}, ""),
        ("yes", ""),
        (None, ""),
    ],
)
def test_a_comparison_with_the_network_that_was_imported_is_said(verified, said):
    assert verified_in_words({"verified": verified}) == said
    assert in_words("accuracy", None, verified=verified) == said
    beside = f" · {said}" if said else ""
    assert in_words("accuracy", 0.9, verified=verified) == f"right on 90 of 100 sentences{beside}"
