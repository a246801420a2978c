"""From tokens to input vectors."""

import numpy as np
import pytest

from rnn_tui.network.embedding import Learned, OneHot, Scalar, Vector
from rnn_tui.network.tokens import Token

KNOWN, UNKNOWN, NUMBER = Token("b", "b", 1), Token("?", "?", None, unknown=True), Token("3", "3", values=(1.5,))
TIMESTEPS = [Token("3,4", "3,4", values=(1.5, -2.0)), Token("5,6", "5,6", values=(0.25, 8.0))]
TABLE = np.arange(6, dtype=np.float32).reshape(3, 2)


def test_a_learned_embedding_reads_a_row_and_zeros_for_nothing():
    assert Learned(TABLE).x(KNOWN).tolist() == [2, 3]
    assert Learned(TABLE).x(UNKNOWN).tolist() == [0, 0]
    assert Learned(TABLE).input_size == 2


def test_one_hot_is_a_one_at_the_place_of_the_word():
    assert OneHot(3).x(KNOWN).tolist() == [0, 1, 0]
    assert OneHot(3).x(UNKNOWN).tolist() == [0, 0, 0]
    assert OneHot(3).input_size == 3


def test_a_number_is_itself():
    assert Scalar().x(NUMBER).tolist() == [1.5]
    assert Scalar().input_size == 1


def test_several_features_are_themselves_and_too_large_ones_infinite():
    assert Vector(2).x(TIMESTEPS[0]).tolist() == [1.5, -2.0]
    assert Vector(2).x(TIMESTEPS[0]).dtype == np.float32
    assert Vector(2).input_size == 2
    assert Vector(2).x(Token("", "", values=(1e300, -1e300))).tolist() == [np.inf, -np.inf]
    assert (Scalar().kind, Vector(2).kind) == ("number", "vector")


@pytest.mark.parametrize(
    ("embedding", "tokens"),
    [
        (Learned(TABLE), [KNOWN, UNKNOWN]),
        (OneHot(3), [KNOWN, UNKNOWN]),
        (Scalar(), [NUMBER, NUMBER]),
        (Vector(2), TIMESTEPS),
    ],
)
def test_multiplying_all_at_once_is_multiplying_one_by_one(embedding, tokens):
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(4, embedding.input_size)).astype(np.float32)
    bias = rng.normal(size=4).astype(np.float32)

    ih = embedding.multiply(tokens, weight, bias)

    expected = [weight @ embedding.x(token) + bias for token in tokens]
    np.testing.assert_allclose(ih, expected, atol=1e-6)
