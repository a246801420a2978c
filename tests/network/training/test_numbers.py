"""The figures of answers that are numbers."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.training import NumberEvaluation, NumberFigures, number_figures


def evaluation(targets, outputs):
    targets, outputs = np.array(targets, float), np.array(outputs, float)
    return NumberEvaluation(
        sequences=np.arange(len(targets)),
        timesteps=np.zeros(len(targets), int),
        targets=targets,
        outputs=outputs,
        losses=np.square(outputs - targets).mean(axis=1),
    )


def test_figures_by_hand():
    # given targets 1, 2, 3, 6 (mean 3, squares around it 4 + 1 + 0 + 9) and outputs that are off by 1, 0, −2, 1
    figures = number_figures(np.array([[1.0], [2], [3], [6]]), np.array([[2.0], [2], [1], [7]]))
    assert figures == NumberFigures(mae=1.0, mse=1.5, r2=pytest.approx(1 - 6 / 14), n=4)


def test_several_numbers_have_the_means_of_their_figures_and_each_its_own():
    # given two numbers, of which the second is said without a fault
    found = evaluation([[1, 10], [2, 20], [3, 30], [6, 90]], [[2, 10], [2, 20], [1, 30], [7, 90]])
    first, second = number_figures(found.targets[:, :1], found.outputs[:, :1]), NumberFigures(0, 0, 1, 4)
    assert (found.figures_of(0), found.figures_of(1)) == (first, second)
    assert found.figures == NumberFigures(first.mae / 2, first.mse / 2, pytest.approx((first.r2 + 1) / 2), 4)


def test_a_baseline_is_measured_on_the_same_targets():
    # given targets, the last values before them, and the mean of a training
    found = evaluation([[1], [2], [4]], [[1], [2], [3]])
    last, mean = found.baseline(np.array([[0.0], [1], [2]])), found.baseline(2.0)
    assert last == NumberFigures(pytest.approx(4 / 3), 2.0, pytest.approx(1 - 6 / (14 / 3)), 3)
    assert (mean.mae, mean.mse) == (1.0, pytest.approx(5 / 3))
    assert found.baseline(found.targets.mean()).r2 == pytest.approx(0)
    # and of one number of several likewise
    both = evaluation([[1, 5], [2, 5], [4, 6]], [[1, 5], [2, 5], [3, 5]])
    assert both.baseline(np.array([0.0, 1, 2]), 0) == last
    assert both.baseline(2.0, 0) == mean


@pytest.mark.parametrize("targets", [[[3.0]], [[2.0], [2]], [[1.0, 2], [3, 2]]])
def test_targets_that_do_not_vary_have_no_share_that_is_explained(targets, recwarn):
    targets = np.array(targets)
    assert number_figures(targets, targets + 1) == NumberFigures(1.0, 1.0, None, len(targets))
    assert not recwarn.list


def test_what_has_overflowed_gives_no_warning(recwarn):
    figures = number_figures(np.array([[0.0], [1]]), np.array([[np.inf], [1]]))
    assert (figures.mae, figures.mse, figures.r2) == (np.inf, np.inf, -np.inf)
    assert not recwarn.list


def test_the_farthest_off_come_first():
    found = evaluation([[1], [2], [4], [0]], [[1], [5], [3], [3]])
    assert found.worst(3).tolist() == [1, 3, 2]
    assert found.loss == pytest.approx(19 / 4)
