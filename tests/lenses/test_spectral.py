"""Spectral norms are the largest singular values, the quick way, too."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnn_tui.lenses.spectral import leading, spectral_norm


@pytest.mark.parametrize("size", [1, 2, 7, 40])
@pytest.mark.parametrize("scale", [1e-320, 1e-160, 1.0, 1e160, 1e300])
def test_spectral_norms_are_the_largest_singular_values(size, scale, recwarn):
    # given matrices whose squares may overflow, one of low rank among them
    rng = np.random.default_rng(size)
    matrices = rng.normal(size=(4, size, size)) * scale
    matrices[1] = np.outer(matrices[0][0], np.full(size, 0.5))
    matrices[2, :, 0] = 0
    # when their norms are asked for, then they are those of the singular value decomposition
    tiny = 1e-3 if scale < 1e-300 else 1e-12  # below 1e-308 a float has few digits left
    expected = np.linalg.norm(matrices, 2, axis=(1, 2))
    assert [spectral_norm(matrix) for matrix in matrices] == pytest.approx(expected, rel=tiny)
    assert not recwarn.list


def test_spectral_norms_of_nothing_and_of_no_numbers(recwarn):
    # given zeros, NaN and infinities, when their norms are asked for, then they are 0 and no number
    assert spectral_norm(np.zeros((2, 2))) == 0.0
    for lost in (math.nan, math.inf):
        assert math.isnan(spectral_norm(np.array([[1, lost], [0, 1]])))
        assert math.isnan(leading(np.array([[1, lost], [0, 1]]), np.array([1.0, 0.0]))[0])
    assert leading(np.zeros((2, 2)), np.array([1.0, 0.0]))[0] == 0.0
    assert not recwarn.list


def test_the_quick_way_to_a_norm_never_takes_a_smaller_one():
    # given two singular values, the larger of them across the direction that is looked along
    along, across = np.diag([1.0, 0.0]), np.diag([1.0, 1.0 + 1e-9])
    start = np.array([1.0, 0.0])
    # when the norm is asked for, then it is the larger, though it can't be seen from there
    assert leading(along, start)[0] == pytest.approx(1.0, rel=1e-14)
    assert leading(across, start)[0] == pytest.approx(1 + 1e-9, rel=1e-14)
    assert leading(np.diag([0.0, 3.0]), start)[0] == pytest.approx(3.0, rel=1e-14)
    # and of many matrices of every rank and spread it is that of the singular values
    rng = np.random.default_rng(0)
    for spread in (0.0, 1.0, 3.0, 8.0):
        for _ in range(20):
            left, right = (np.linalg.qr(rng.normal(size=(12, 12)))[0] for _ in range(2))
            matrix = left @ np.diag(np.exp(-spread * np.sort(rng.random(12)))) @ right
            found, direction = leading(matrix, np.full(12, 12**-0.5))
            assert found == pytest.approx(np.linalg.norm(matrix, 2), rel=2e-14)
            assert np.linalg.norm(direction) == pytest.approx(1.0)
