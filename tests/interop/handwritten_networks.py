"""One network written by hand, in NumPy: what it computes, and its weights under the names of many tutorials."""

import numpy as np

from tests.interop.networks import LABELS, WORDS

N, H, K = len(WORDS), 5, len(LABELS)


class Network:
    """h = f(W·x + U·h_prev + b), logits = V·h + c, with one-hot words."""

    def __init__(self, words=N, hidden=H, outputs=K, *, seed=12):
        rng = np.random.default_rng(seed)
        draw = lambda *shape: rng.normal(size=shape).astype(np.float32)  # noqa: E731
        self.input, self.hidden, self.output = draw(hidden, words), draw(hidden, hidden), draw(outputs, hidden)
        self.bias, self.second, self.output_bias = draw(hidden), draw(hidden), draw(outputs)

    def states(self, rows, function=np.tanh):
        """The hidden states (T, hidden), in float64."""
        h, states = np.zeros(len(self.hidden)), []
        for row in rows:
            h = function(self.input[:, row].astype(float) + self.hidden @ h + self.bias + self.second)
            states.append(h)
        return np.array(states)

    def logits(self, rows, function=np.tanh):
        """The logits (T, outputs), in float64."""
        return self.states(rows, function) @ self.output.T + self.output_bias

    def without(self, *names):
        """The same network with zeros for these."""
        other = Network.__new__(Network)
        vars(other).update({name: array * (name not in names) for name, array in vars(self).items()})
        return other

    def forward(self, function=np.tanh):
        """A forward that answers a batch with the logits after the last word."""
        return lambda rows: self.logits([int(row) for row in np.asarray(rows)[0]], function)[-1:]

    def linear_layers(self, names=("i2h", "h2h", "h2o")):
        """Three linear layers with biases, in PyTorch's shapes."""
        first, again, last = names
        return {
            f"{first}.weight": self.input,
            f"{first}.bias": self.bias,
            f"{again}.weight": self.hidden,
            f"{again}.bias": self.second,
            f"{last}.weight": self.output,
            f"{last}.bias": self.output_bias,
        }

    def combined(self, *, x_first=True, names=("i2h", "h2o")):
        """One linear layer over [x, h] or [h, x], and one on h."""
        halves = (self.input, self.hidden) if x_first else (self.hidden, self.input)
        return {
            f"{names[0]}.weight": np.concatenate(halves, 1),
            f"{names[0]}.bias": self.bias + self.second,
            f"{names[1]}.weight": self.output,
            f"{names[1]}.bias": self.output_bias,
        }

    def matrices(self, names=("W_xh", "W_hh", "b_h", "W_hq", "b_q"), *, turned=True):
        """Parameters that stand to the right of what they multiply, or to the left."""
        arrays = (self.input, self.hidden, self.bias + self.second, self.output, self.output_bias)
        return {name: array.T.copy() if turned else array for name, array in zip(names, arrays, strict=True)}
