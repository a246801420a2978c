"""Numbers as answers, and several numbers a timestep: found out, compared in units of the largest, and refused."""

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop.answers import readings
from rnn_tui.network.trace import run
from tests.deep import deep_model
from tests.interop.networks import TOLERANCE, refused


def network(**more):
    return deep_model(cell="gru", layers=1, inputs="vectors", output="number", labels=("a", "b"), **more)


def forward_of(model, factor=1.0, addend=0.0):
    """The logits of a network of vectors, which it reads as they are."""

    def forward(values):
        texts = [",".join(map(repr, step)) for step in np.asarray(values, np.float64)[0].tolist()]
        plain = rnn_tui.from_torch(model.tensors(), (), model.labels, tokenizer="numbers", output="number")
        return run(plain, plain.tokens_of(texts)).values["outputs"][-1:] * factor + addend

    return forward


def test_numbers_are_found_beside_a_forward_where_they_are_said():
    model = network()
    found = rnn_tui.from_torch(
        model.tensors(), (), model.labels, tokenizer="numbers", output="number", forward=forward_of(model)
    )
    assert found.output.is_number
    assert found.embedding.features == found.tokenizer.features == 3
    assert found.provenance["verified"]["answers"] == "numbers of the last step"
    assert found.provenance["outputs"] == "2, read as numbers"


def test_numbers_come_back_in_their_unit():
    model = network()
    found = rnn_tui.from_torch(
        model.tensors(), (), model.labels, tokenizer="numbers", output="number", output_mean=7.0, output_std=200.0,
        forward=forward_of(model, 200, 7),
    )  # fmt: skip
    assert (found.output.mean, found.output.std) == ((7.0, 7.0), (200.0, 200.0))
    assert found.provenance["verified"]["largest_difference"] < 200 * TOLERANCE


def test_other_numbers_are_refused_with_the_first_sequence():
    model = network()
    message = refused(
        rnn_tui.from_torch, model.tensors(), (), model.labels,
        tokenizer="numbers", output="number", forward=forward_of(model, 1.001),
    )  # fmt: skip
    assert "(the first of 36 sequences where the two part)" in message
    assert "its own forward says " in message


def test_numbers_are_the_same_within_a_part_of_the_largest():
    answers = [[np.array([[1000.0, 0.0]])], [np.array([[1.0, 0.0]])]]
    [reading] = [one for one in readings("so", answers, [3, 3], 2, numbers=True) if not one.every]
    assert reading.allowed == pytest.approx(0.05)
    infinite = [[np.array([[np.inf, 0.0]])]]
    assert next(readings("so", infinite, [3], 2, numbers=True)).allowed == 0


def test_one_label_is_the_name_of_a_number():
    model = deep_model(cell="gru", layers=1, output="number")
    found = rnn_tui.from_torch(model.tensors(), model.vocabulary.words, ("price",))
    assert (found.output.kind, found.labels) == ("number", ("price",))
    as_nothing_else = refused(
        rnn_tui.from_torch, model.tensors(), model.vocabulary.words, ("price",), output="classes", output_mean=np.inf
    )
    assert "output_mean: found inf, expected a number" in as_nothing_else


def test_a_feature_network_has_no_embedding_and_one_size():
    model = network()
    message = refused(rnn_tui.from_torch, model.tensors(), ("x", "y"), model.labels)
    assert "each of the 3 inputs is a word, but the vocabulary has 2" in message
    assert "tokenizer numbers for a network that reads several numbers at a time" in message
