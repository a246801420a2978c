"""Softmax, sigmoid and read-only views."""

import numpy as np
import pytest

from rnn_tui.network.arrays import CACHE_LINE, aligned, frozen, sigmoid, softmax


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


def test_sigmoid_can_write_over_its_argument():
    z = np.array([-2.0, 0.0, 3.0], np.float32)

    result = sigmoid(z, z)

    assert result is z
    np.testing.assert_allclose(z, 1 / (1 + np.exp([2.0, 0.0, -3.0])), atol=1e-7)


def test_a_frozen_array_cannot_be_written_to():
    array = np.zeros(3)

    view = frozen(array)

    with pytest.raises(ValueError, match="read-only"):
        view[0] = 1
    array[0] = 1
    assert view[0] == 1


@pytest.mark.parametrize("shape", [(), (1,), (3,), (5, 7)])
def test_an_aligned_copy_has_the_same_numbers_and_starts_on_a_cache_line(shape):
    for offset in range(4):
        array = np.arange(100, dtype=np.float32)[offset : offset + int(np.prod(shape))].reshape(shape)

        copy = aligned(array)

        np.testing.assert_array_equal(copy, array)
        assert copy.dtype == array.dtype
        assert copy.ctypes.data % CACHE_LINE == 0
        assert copy.flags.c_contiguous


def test_an_aligned_copy_shares_nothing_with_the_array():
    array = np.zeros(3)

    aligned(array)[0] = 1

    assert array[0] == 0
