"""From hidden states to probabilities."""

import numpy as np
import pytest

from rnn_tui.network.arrays import softmax
from rnn_tui.network.readouts import READOUTS, Attention, Last


def random(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def test_the_last_state_is_read_after_every_word():
    h, weight, bias = random(5, 3), random(2, 3, seed=1), random(2, seed=2)

    values = Last(weight, bias).read(h)

    np.testing.assert_allclose(values["logits"][3], weight @ h[3] + bias, atol=1e-6)
    np.testing.assert_allclose(values["probs"].sum(axis=1), 1, atol=1e-6)
    assert READOUTS["each"](weight, bias).read(h)["logits"].tolist() == values["logits"].tolist()


def test_attention_weighs_all_words_so_far():
    h, weight, bias = random(6, 3), random(2, 3, seed=1), random(2, seed=2)
    readout = Attention(weight, bias, random(1, 3, seed=3), random(1, seed=4))

    values = readout.read(h)

    for t in range(6):
        scores = h[: t + 1] @ readout.attention_weight[0] + readout.attention_bias
        context = softmax(scores) @ h[: t + 1]
        np.testing.assert_allclose(values["context"][t], context, atol=1e-5)
        np.testing.assert_allclose(values["logits"][t], weight @ context + bias, atol=1e-5)


def test_attention_does_not_overflow_on_large_scores():
    h = np.array([[100.0], [-100.0], [300.0]], np.float32)
    readout = Attention(*(np.ones(shape, np.float32) for shape in ((2, 1), (2,), (1, 1), (1,))))

    context = readout.read(h)["context"][:, 0]

    assert context == pytest.approx([100, 100, 300])
