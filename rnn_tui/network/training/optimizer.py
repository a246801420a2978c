"""Adam, on all parameters as one vector, and gradient clipping."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnn_tui.network.arrays import Array


class FlatParameters:
    """Parameters, and their gradients, as one vector each; by name they are views into it.

    An optimizer then works on everything in a handful of NumPy calls, however many arrays there are.
    """

    def __init__(self, parameters: Mapping[str, Array]) -> None:
        """Copy the parameters, all of one dtype, into one vector; the gradient starts as zeros."""
        self.vector = np.concatenate([array.reshape(-1) for array in parameters.values()])
        self.gradient = np.zeros_like(self.vector)
        self.parameters = _views(self.vector, parameters)
        self.gradients = _views(self.gradient, parameters)

    def named(self, vector: Array) -> dict[str, Array]:
        """Another vector as long as this one, as views by the parameters' names."""
        return _views(vector, self.parameters)


def _views(vector: Array, parameters: Mapping[str, Array]) -> dict[str, Array]:
    views, start = {}, 0
    for name, array in parameters.items():
        views[name] = vector[start : start + array.size].reshape(array.shape)
        start += array.size
    return views


class Adam:
    """Kingma & Ba (2015), as torch.optim.AdamW: weight decay, if any, is kept out of the moments.

    m = β1·m + (1 − β1)·g;  v = β2·v + (1 − β2)·g²;
    θ ← θ − rate·decay·θ − rate · (m / (1 − β1ᵗ)) / (√(v / (1 − β2ᵗ)) + ε)
    """

    def __init__(
        self,
        size: int,
        dtype: np.dtype[np.floating],
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
    ) -> None:
        """Start with moments of zero for a vector of `size` parameters."""
        self.betas, self.epsilon, self.t = betas, epsilon, 0
        self._m, self._v = np.zeros(size, dtype), np.zeros(size, dtype)
        self._update, self._scratch = np.empty(size, dtype), np.empty(size, dtype)

    @property
    def moments(self) -> tuple[Array, Array]:
        """The mean of the gradients so far and the root of the mean of their squares, both without their bias.

        The last step, but for weight decay, was −rate · mean / (root + ε).
        """
        t = max(1, self.t)
        beta1, beta2 = self.betas
        return self._m / (1 - beta1**t), np.sqrt(self._v / (1 - beta2**t))

    def step(self, vector: Array, gradient: Array, learning_rate: float, weight_decay: float = 0.0) -> None:
        """Move `vector` in place, one step against the gradient."""
        self.t += 1
        beta1, beta2 = self.betas
        m, v, update, scratch = self._m, self._v, self._update, self._scratch
        np.subtract(gradient, m, out=scratch)
        np.multiply(scratch, 1 - beta1, out=scratch)
        np.add(m, scratch, out=m)
        np.multiply(gradient, gradient, out=scratch)
        np.subtract(scratch, v, out=scratch)
        np.multiply(scratch, 1 - beta2, out=scratch)
        np.add(v, scratch, out=v)
        np.sqrt(v, out=scratch)
        root = float(np.sqrt(1 - beta2**self.t))
        np.add(scratch, self.epsilon * root, out=scratch)
        np.divide(m, scratch, out=update)
        np.multiply(update, learning_rate * root / (1 - beta1**self.t), out=update)
        if weight_decay:
            vector *= 1 - learning_rate * weight_decay
        np.subtract(vector, update, out=vector)


def clip_norm(gradient: Array, largest: float) -> float:
    """Scale the gradient in place so that its norm is at most `largest` (torch.nn.utils.clip_grad_norm_).

    Returns the norm that it had.
    """
    norm = float(np.sqrt(np.dot(gradient, gradient)))
    if norm > largest:
        gradient *= largest / norm
    return norm
