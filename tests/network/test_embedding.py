"""From tokens to input vectors."""

import numpy as np
import pytest

from rnn_tui.network.embedding import Learned, OneHot, Scalar
from rnn_tui.network.tokens import Token

KNOWN, UNKNOWN, NUMBER = Token("b", "b", 1), Token("?", "?", None, unknown=True), Token("3", "3", value=1.5)
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


@pytest.mark.parametrize(
    ("embedding", "tokens"), [(Learned(TABLE), [KNOWN, UNKNOWN]), (OneHot(3), [KNOWN, UNKNOWN]), (Scalar(), [NUMBER])]
)
def test_multiplying_all_at_once_is_multiplying_one_by_one(embedding, tokens):
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(4, embedding.input_size)).astype(np.float32)
    bias = rng.normal(size=4).astype(np.float32)

    ih = embedding.multiply(tokens, weight, bias)

    expected = [weight @ embedding.x(token) + bias for token in tokens]
    np.testing.assert_allclose(ih, expected, atol=1e-6)
