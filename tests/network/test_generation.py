"""Writing on: the draw of the next token, and a network that runs on its own answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.errors import InputError
from rnn_tui.network.generation import Writing, generate, next_token, opening, writing_of
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, build

WORDS = ("^", "<unk>", "a", "b", "c")
LABELS = ("<unk>", "a", "b", "c", "<end>")


def writer(cell="elman", activation="tanh", *, words=WORDS, labels=LABELS, **fields):
    fields = {"readout": "each", "provenance": {"start": "^"}, **fields}
    return build(cell, activation, words=words, labels=labels, **fields)


def rng(seed=0):
    return np.random.default_rng(seed)


def texts(tokens):
    return [token.text for token in tokens]


def test_temperature_0_is_the_most_probable():
    assert [next_token(np.array([0.2, 0.5, 0.3]), 0, rng(seed)) for seed in range(20)] == [1] * 20


@pytest.mark.parametrize(("temperature", "expected"), [(1, [0.2, 0.8]), (0.5, [1 / 17, 16 / 17]), (2, [1 / 3, 2 / 3])])
def test_temperature_sharpens_or_flattens(temperature, expected):
    # 0.2² : 0.8² = 1 : 16, and √0.2 : √0.8 = 1 : 2
    draw = rng()
    drawn = [next_token(np.array([0.2, 0.8]), temperature, draw) for _ in range(4000)]
    np.testing.assert_allclose(np.bincount(drawn) / 4000, expected, atol=0.025)


def test_probabilities_need_not_add_to_1_and_0_is_never_drawn():
    drawn = {next_token(np.array([0.1, 0, 0.1], np.float32), 5, rng(seed)) for seed in range(50)}
    assert drawn == {0, 2}


def test_a_temperature_close_to_0_does_not_overflow():
    assert next_token(np.array([0.3, 0.4, 0.3]), 1e-300, rng()) == 1


@pytest.mark.parametrize("temperature", [-1, float("nan"), float("inf")])
def test_a_temperature_that_is_none(temperature):
    with pytest.raises(InputError, match="a temperature of"):
        next_token(np.array([0.5, 0.5]), temperature, rng())


@pytest.mark.parametrize("probs", [[0, 0], [np.nan, 1]])
def test_nothing_to_draw_from(probs):
    with pytest.raises(InputError, match="gives nothing that could come next"):
        next_token(np.array(probs), 1, rng())


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_step_by_step_is_the_same_as_all_at_once(cell, activation):
    # given a network that hardly ever ends, and always writes what is most probable
    model = writer(cell, activation, seed=3)
    bias = model.fc.bias - np.array([0, 0, 0, 0, 9], np.float32)
    model = replace(model, fc=replace(model.fc, bias=bias))
    written = list(generate(model, model.tokenize("a b"), 6, 0, rng()))
    # when the whole text is read at once
    trace = run(model, opening(Writing(4, "^"), model, [*model.tokenize("a b"), *written]))
    # then every written token is the most probable one there (no start, no unknown)
    assert len(written) == 6
    for t, token in enumerate(written, start=2):
        probs = np.where([label == "<unk>" for label in model.labels], 0, trace[t].probs)
        assert model.labels[probs.argmax()] == token.text


def test_the_seed_repeats_the_text():
    model = writer()
    assert texts(generate(model, [], 20, 1, rng(5))) == texts(generate(model, [], 20, 1, rng(5)))
    different = {tuple(texts(generate(model, [], 20, 1, rng(seed)))) for seed in range(10)}
    assert len(different) > 5


def test_it_stops_at_the_end_mark_and_at_the_length():
    model = writer()
    lengths = [len(list(generate(model, [], 8, 1, rng(seed)))) for seed in range(40)]
    assert min(lengths) < 8
    assert max(lengths) == 8


def test_start_and_unknown_are_never_written():
    model = writer(labels=("^", "<unk>", "a", "b", "c", "<end>"), scale=0.01)
    said = {word for seed in range(60) for word in texts(generate(model, [], 10, 1, rng(seed)))}
    assert said == {"a", "b", "c"}


def test_the_start_is_read_once():
    model = writer()
    assert texts(opening(writing_of(model), model, model.tokenize("a"))) == ["^", "a"]
    assert texts(opening(writing_of(model), model, model.tokenize("^ a"))) == ["^", "a"]


def test_without_a_start_token_it_needs_a_beginning():
    model = writer(words=WORDS[1:], provenance={})
    assert len(list(generate(model, model.tokenize("a"), 1, 0, rng()))) <= 1
    with pytest.raises(InputError, match="needs a beginning"):
        list(generate(model, [], 1, 0, rng()))


@pytest.mark.parametrize(
    "model",
    [
        build(),
        build(readout="last", words=WORDS, labels=LABELS),
        build(readout="each", labels=("DET", "NOUN")),
        build(readout="each", inputs="number", labels=("falls", "rises")),
        build(readout="each", words=WORDS, labels=("a", "b", "c")),  # no end mark
        build(readout="each", words=WORDS, labels=("a", "b", "<end>")),  # c is read, but never said
        build(readout="each", words=WORDS, labels=("a", "b", "c", "<end>", "<more>")),
    ],
)
def test_other_models_say_what_is_needed(model):
    assert writing_of(model) is None
    with pytest.raises(InputError, match="that needs a next-token model"):
        list(generate(model, [], 1, 1, rng()))
