"""Somebody who looks on at a training sees every step as it was, and changes nothing of it."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.backprop import loss_and_gradients
from rnn_tui.network.training import TrainingLoop, loop, train
from tests.network.training.test_loop import ELMAN, QUICK, TRAINING, VALIDATION, fresh


class Onlooker:
    """Keeps a copy of all that it sees; calls `at_step` at every step."""

    def __init__(self, at_step=lambda loop, step: None):
        self.at_step = at_step
        self.begun, self.steps_seen, self.epochs = None, [], []
        self.before = None

    def begins(self, loop, validation):
        self.begun = validation
        self.before = loop.copied_parameters()

    def steps(self, loop, step):
        after = loop.copied_parameters()
        gradient = {name: array.copy() for name, array in loop.flat.gradients.items()}
        mean, root = (loop.flat.named(vector) for vector in loop.adam.moments)
        self.steps_seen.append((step, self.before, after, gradient, mean, root))
        self.before = after
        self.at_step(loop, step)

    def ends(self, loop, epoch):
        self.epochs.append(epoch)


def settings(**changes):
    return QUICK.__class__(**{**QUICK.__dict__, "epochs": 2, **changes})


def observed(onlooker, **changes):
    return train(ELMAN, fresh(), TRAINING, VALIDATION, settings(**changes), observer=onlooker)


def test_looking_on_changes_no_bit():
    seen, unseen = observed(Onlooker()), train(ELMAN, fresh(), TRAINING, VALIDATION, settings())
    assert all(np.array_equal(seen.parameters[name], unseen.parameters[name]) for name in unseen.parameters)
    assert [epoch.training_loss for epoch in seen.history] == [epoch.training_loss for epoch in unseen.history]


def test_every_step_is_what_adam_makes_of_its_gradient():
    onlooker = Onlooker()
    observed(onlooker)
    per_epoch = -(-len(TRAINING) // QUICK.batch_size)
    assert [step.number for step, *_ in onlooker.steps_seen] == [*range(1, per_epoch + 1)] * 2
    for step, before, after, gradient, mean, root in onlooker.steps_seen:
        for name in before:
            expected = before[name] - step.learning_rate * mean[name] / (root[name] + 1e-8)
            assert np.allclose(after[name], expected, atol=1e-6), name
        norm = np.sqrt(sum(float((array.astype(np.float64) ** 2).sum()) for array in gradient.values()))
        assert norm == pytest.approx(min(step.norm, QUICK.clip_norm), rel=1e-4)
        assert step.batch.weights.shape[1] <= QUICK.batch_size
    losses = [step.loss for step, *_ in onlooker.steps_seen[:per_epoch]]
    assert onlooker.epochs[0].training_loss == pytest.approx(np.mean(losses))


def test_the_first_means_are_those_of_the_first_gradient():
    onlooker = Onlooker()
    observed(onlooker, epochs=1)
    _, _, _, gradient, mean, root = onlooker.steps_seen[0]
    for name in gradient:
        assert np.allclose(mean[name], gradient[name], atol=1e-6)
        assert np.allclose(root[name], np.abs(gradient[name]), atol=1e-6)


def test_before_any_step_there_are_no_means():
    adam = TrainingLoop(ELMAN, fresh(), QUICK).adam
    mean, root = adam.moments
    assert not mean.any()
    assert not root.any()


def test_who_looks_on_can_stop_it_and_the_best_is_kept():
    def stop(loop, step):
        if step.number == 3 and len(onlooker.epochs) == 1:
            raise KeyboardInterrupt

    onlooker = Onlooker(stop)
    trained = observed(onlooker)
    assert trained.interrupted
    assert trained.kept().number == 1
    assert all(np.array_equal(trained.parameters[name], array) for name, array in after_first(onlooker).items())


def after_first(onlooker):
    per_epoch = -(-len(TRAINING) // QUICK.batch_size)
    return onlooker.steps_seen[per_epoch - 1][2]


def test_the_time_for_which_it_was_held_up_is_none_of_its_own(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(loop.time, "perf_counter", lambda: now[0])

    def hold(training, step):
        now[0] += 1
        if step.number == 1:
            now[0] += 100
            training.held += 100

    trained = observed(Onlooker(hold))
    per_epoch = -(-len(TRAINING) // QUICK.batch_size)
    assert [epoch.seconds for epoch in trained.history] == [per_epoch, 2 * per_epoch]


def test_the_gradient_of_a_step_is_that_of_its_batch_cut_to_the_norm():
    """That of any batch equals PyTorch's autograd, as it is recorded: tests/network/test_deep_gradients.py."""
    onlooker = Onlooker()
    observed(onlooker, clip_norm=0.05)
    for step, before, _, gradient, _, _ in onlooker.steps_seen:
        loss, exact = loss_and_gradients(ELMAN, before, step.batch)
        assert loss == pytest.approx(step.loss, rel=1e-4)
        norm = np.sqrt(sum(float((array.astype(np.float64) ** 2).sum()) for array in exact.values()))
        assert norm == pytest.approx(step.norm, rel=1e-4)
        for name, array in exact.items():
            assert np.allclose(gradient[name], array * min(1, 0.05 / norm), atol=1e-6), name
    assert any(step.norm > 0.05 for step, *_ in onlooker.steps_seen)
