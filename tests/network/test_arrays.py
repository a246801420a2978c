"""Softmax, sigmoid and read-only views."""

import numpy as np
import pytest

from rnn_tui.network.arrays import frozen, sigmoid, softmax


def test_softmax_is_the_share_of_each_exponential():
    probs = softmax(np.log(np.array([1.0, 2.0, 5.0])))

    np.testing.assert_allclose(probs, [0.125, 0.25, 0.625])


def test_softmax_does_not_overflow():
    probs = softmax(np.array([1000.0, 1000.0, -1000.0], np.float32))

    np.testing.assert_allclose(probs, [0.5, 0.5, 0.0])


def test_sigmoid_agrees_with_its_definition_and_does_not_overflow():
    z = np.linspace(-20, 20, 81)

    np.testing.assert_allclose(sigmoid(z), 1 / (1 + np.exp(-z)), atol=1e-12)
    assert sigmoid(np.array([-1e6, 1e6], np.float32)).tolist() == [0, 1]


def test_a_frozen_array_cannot_be_written_to():
    array = np.zeros(3)

    view = frozen(array)

    with pytest.raises(ValueError, match="read-only"):
        view[0] = 1
    array[0] = 1
    assert view[0] == 1
