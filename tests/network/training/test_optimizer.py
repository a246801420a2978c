"""Adam on one vector, clipping, and parameters as one vector."""

import numpy as np
import pytest

from rnn_tui.network.training.optimizer import Adam, FlatParameters, clip_norm


def test_the_first_step_of_adam_is_the_learning_rate_against_the_sign():
    # given a gradient; after one step both moments, with their bias corrected, are g and g²
    vector, gradient = np.array([1.0, 2.0, 3.0]), np.array([0.5, -4.0, 0.0])

    Adam(3, vector.dtype).step(vector, gradient, learning_rate=0.1)

    # then g / √g² is the sign
    assert vector == pytest.approx([0.9, 2.1, 3.0])


@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
def test_many_steps_equal_torch(weight_decay):
    torch = pytest.importorskip("torch")
    # given the same start and the same gradients here and in PyTorch
    rng = np.random.default_rng(0)
    vector = rng.normal(size=7)
    theirs = torch.nn.Parameter(torch.tensor(vector.copy()))
    optimizer = torch.optim.AdamW([theirs], lr=0.03, weight_decay=weight_decay)
    adam = Adam(7, vector.dtype)

    # when both take 50 steps
    for _ in range(50):
        gradient = rng.normal(size=7)
        theirs.grad = torch.tensor(gradient)
        optimizer.step()
        adam.step(vector, gradient, 0.03, weight_decay)

    # then they are at the same place
    np.testing.assert_allclose(vector, theirs.detach().numpy(), rtol=1e-10)


def test_clipping_keeps_the_direction_and_leaves_small_gradients_alone():
    gradient = np.array([3.0, 4.0])
    assert clip_norm(gradient, 10) == 5
    assert gradient.tolist() == [3, 4]

    assert clip_norm(gradient, 1) == 5
    assert gradient == pytest.approx([0.6, 0.8])


def test_flat_parameters_are_views_into_one_vector():
    # given two arrays
    first, second = np.ones((2, 3), np.float32), np.zeros(4, np.float32)
    flat = FlatParameters({"first": first, "second": second})

    # when the vector and a gradient change
    flat.vector += 1
    flat.gradients["second"][:] = 7

    # then the parameters have followed, the gradient's vector too, and the originals are untouched
    assert flat.parameters["first"].tolist() == [[2, 2, 2], [2, 2, 2]]
    assert flat.gradient.tolist() == [0] * 6 + [7] * 4
    assert first.max() == 1


@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_a_few_steps_are_those_of_the_paper_one_number_at_a_time(decay):
    gradients, rate = [0.3, -2.0, 0.7, 0.0, 1e-3], 0.01
    vector, adam = np.array([1.5]), Adam(1, np.dtype(np.float64))

    for gradient in gradients:
        adam.step(vector, np.array([gradient]), rate, decay)

    theta, m, v = 1.5, 0.0, 0.0
    for t, g in enumerate(gradients, start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        theta -= rate * decay * theta
        theta -= rate * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
    assert vector[0] == pytest.approx(theta, rel=1e-12)
