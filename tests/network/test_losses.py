"""The loss of each kind of output, by hand and against central differences."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.backprop import LOSSES, binary_cross_entropy, cross_entropy, squared_error
from rnn_tui.network.outputs import OUTPUTS


def test_cross_entropy_by_hand():
    # given logits 0 and ln 3, so probabilities 1/4 and 3/4
    logits = np.array([[0.0, np.log(3)], [0.0, np.log(3)]])

    # when the first is right once (weight 1) and the second once (weight 2)
    loss, d_logits = cross_entropy(logits, np.array([0, 1]), np.array([1.0, 2.0]))

    # then the loss is −ln 1/4 − 2 ln 3/4, and its gradient weights · (probs − one-hot)
    assert loss == pytest.approx(np.log(4) - 2 * np.log(3 / 4))
    assert d_logits == pytest.approx(np.array([[-0.75, 0.75], [0.5, -0.5]]))


def test_binary_cross_entropy_by_hand():
    # given a logit of ln 3, so a probability of yes of 3/4, that is wrong once (weight 1) and right once (weight 2)
    logits = np.array([[np.log(3)], [np.log(3)]])

    loss, d_logits = binary_cross_entropy(logits, np.array([0, 1]), np.array([1.0, 2.0]))

    assert loss == pytest.approx(np.log(4) - 2 * np.log(3 / 4))
    assert d_logits == pytest.approx(np.array([[0.75], [-0.5]]))


def test_yes_or_no_costs_what_two_classes_cost_of_which_no_has_the_logit_0():
    rng = np.random.default_rng(0)
    logits, targets, weights = rng.normal(0, 3, (20, 1)), rng.integers(0, 2, 20), rng.uniform(size=20)

    loss, d_logits = binary_cross_entropy(logits, targets, weights)
    expected, d_both = cross_entropy(np.concatenate((0 * logits, logits), axis=1), targets, weights)

    assert loss == pytest.approx(expected)
    np.testing.assert_allclose(d_logits, d_both[:, 1:], rtol=1e-12)


def test_squared_error_by_hand():
    # given two answers of two numbers, off by 1 and −2 (weight 1), and by 0 and 3 (weight 2)
    logits, targets = np.array([[2.0, 1.0], [5.0, 4.0]]), np.array([[1.0, 3.0], [5.0, 1.0]])

    loss, d_logits = squared_error(logits, targets, np.array([1.0, 2.0]))

    # then the loss is (1 + 4) / 2 + 2 · 9 / 2, and its gradient the distances, times the weights
    assert loss == pytest.approx(11.5)
    assert d_logits == pytest.approx(np.array([[1.0, -2.0], [0.0, 6.0]]))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("output", OUTPUTS)
def test_gradients_keep_the_dtype_of_the_logits_and_equal_central_differences(output, dtype):
    rng, nodes = np.random.default_rng(1), OUTPUTS[output]().nodes(2)
    logits, weights = rng.normal(size=(5, nodes)), rng.uniform(size=5)
    targets = rng.normal(size=(5, 2)) if output == "number" else rng.integers(0, 2, 5)

    _, d_logits = LOSSES[output](logits.astype(dtype), targets, weights.astype(dtype))

    assert d_logits.dtype == dtype
    for place in np.ndindex(logits.shape):
        step = np.zeros_like(logits)
        step[place] = 1e-6
        losses = [LOSSES[output](logits + sign * step, targets, weights)[0] for sign in (1, -1)]
        assert d_logits[place] == pytest.approx((losses[0] - losses[1]) / 2e-6, abs=1e-6)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_large_logit_does_not_overflow(sign, recwarn):
    large = np.array([[sign * 1e4]], np.float32)
    for target in (0, 1):
        loss, d_logits = binary_cross_entropy(large, np.array([target]), np.ones(1, np.float32))
        wrong = target == (sign < 0)
        assert (loss, d_logits.tolist()) == (1e4 * wrong, [[sign * float(wrong)]])
    loss, both = cross_entropy(np.array([[1e4, 0.0]], np.float32), np.array([1]), np.ones(1, np.float32))
    assert (loss, both.tolist()) == (1e4, [[1.0, -1.0]])
    assert not recwarn.list
