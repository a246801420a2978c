"""Adam and clipping."""

import numpy as np
import pytest

from rnn_tui.network.optimizer import Adam, FlatParameters, clip_norm


def test_parameters_and_gradients_are_views_into_one_vector():
    flat = FlatParameters({"a": np.ones((2, 2), np.float32), "b": np.zeros(3, np.float32)})

    flat.parameters["b"][:] = 5
    flat.gradients["a"][0, 1] = 7

    assert flat.vector.tolist() == [1, 1, 1, 1, 5, 5, 5]
    assert flat.gradient.tolist() == [0, 7, 0, 0, 0, 0, 0]


def by_hand(theta, gradients, rate, decay):
    """The equations of the paper, one number at a time."""
    m = v = 0.0
    for t, g in enumerate(gradients, start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        theta -= rate * decay * theta
        theta -= rate * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
    return theta


@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_adam_takes_the_steps_of_the_paper(decay):
    gradients = [0.3, -2.0, 0.7, 0.0, 1e-3]
    vector, adam = np.array([1.5]), Adam(1, np.dtype(np.float64))

    for gradient in gradients:
        adam.step(vector, np.array([gradient]), 0.01, decay)

    assert vector[0] == pytest.approx(by_hand(1.5, gradients, 0.01, decay), rel=1e-12)


def test_adam_takes_pytorchs_steps():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    start, gradients = rng.normal(size=5), rng.normal(size=(20, 5))
    theirs = torch.nn.Parameter(torch.tensor(start))
    optimizer = torch.optim.AdamW([theirs], lr=0.02, weight_decay=0.05)
    ours, adam = start.copy(), Adam(5, np.dtype(np.float64))

    for gradient in gradients:
        theirs.grad = torch.tensor(gradient)
        optimizer.step()
        adam.step(ours, gradient, 0.02, 0.05)

    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-9)


def test_a_long_gradient_is_cut_to_the_largest_norm_and_keeps_its_direction():
    gradient = np.array([3.0, 4.0])

    norm = clip_norm(gradient, 1.0)

    assert norm == 5.0
    np.testing.assert_allclose(gradient, [0.6, 0.8])
    assert clip_norm(gradient, 2.0) == pytest.approx(1.0)
    np.testing.assert_allclose(gradient, [0.6, 0.8])
