"""Keras models as far as they are looked at: the weights that Keras recorded, and its equations in NumPy."""

from types import SimpleNamespace

import numpy as np
from safetensors.numpy import load_file

from tests.network import record_keras

READS = {
    "last": lambda h: h[-1],
    "each": lambda h: h,
    "mean": lambda h: h.mean(0),
    "max": lambda h: h.max(0),
    "relu": lambda h: np.maximum(h[-1], 0),
    "tanh of the mean": lambda h: np.tanh(h.mean(0)),
    "relu of the sum": lambda h: np.maximum(h.sum(0), 0),
    "relu at every step": lambda h: np.maximum(h, 0),
    "last two": lambda h: h[-2:].sum(0),
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    return np.exp(z) / np.exp(z).sum(-1, keepdims=True)


class Layer:
    """A layer as far as it is looked at."""

    layers = ()

    def __init__(self, **options):
        self.options = options

    def get_config(self):
        return {"name": "mine", **self.options}


class Embedding(Layer):
    pass


class KerasModel:
    """A SimpleRNN; `reads` is what Dense is given, `answers` what is made of an answer to a batch."""

    kind = "simple-tanh"

    def __init__(
        self, reads="last", squash=np.tanh, *, softmax=True, mask_zero=False, outputs=3, answers=lambda answer: answer
    ):
        tensors = load_file(record_keras.RECORDED / f"keras-{self.kind}.safetensors")
        named = {name: tensor for name, tensor in tensors.items() if name not in record_keras.RESULTS}
        for end in ("dense/kernel", "dense/bias"):
            [name] = [name for name in named if name.endswith(end)]
            named[name] = named[name][..., :outputs]
        self.named, self.reads, self.squash, self.softmax = named, READS[reads], squash, softmax
        self.answers = answers
        self.layers = (Embedding(mask_zero=mask_zero),)
        self.seen = []

    @property
    def weights(self):
        return [self.variable(*item) for item in self.named.items()]

    @staticmethod
    def variable(name, tensor):
        return SimpleNamespace(name="kernel", path=name, numpy=lambda: tensor)

    def name_ending(self, end):
        """The one path that ends so."""
        [name] = [name for name in self.named if name.endswith(end)]
        return name

    def ending(self, end):
        """The tensor whose path ends so."""
        return self.named[self.name_ending(end)]

    def predict(self, x, batch_size=None, verbose="auto"):
        assert verbose == 0
        return self.answers(np.stack([self.answer(rows) for rows in x]))

    def answer(self, rows):
        """The answer to one sequence."""
        logits = self.reads(self.states(self.inputs(rows))) @ self.ending("dense/kernel") + self.ending("dense/bias")
        if not self.softmax:
            return logits.astype(np.float32)
        return sigmoid(logits) if logits.shape[-1] == 1 else softmax(logits)

    def inputs(self, rows):
        """The vectors (T, input_size) that the recurrent layer reads."""
        assert rows.dtype.kind == "i"
        self.seen.append(tuple(rows.tolist()))
        return self.ending("embeddings")[rows]

    def states(self, inputs):
        """The states (T, units) that Dense may read."""
        h, states = np.zeros(5), []
        for x in inputs:
            z = x @ self.ending("cell/kernel") + h @ self.ending("recurrent_kernel") + self.ending("cell/bias")
            h = self.squash(z)
            states.append(h)
        return np.array(states)


class Callable(KerasModel):
    """A model that is called, as a subclass of keras.Model is."""

    predict = None

    def __call__(self, x, training=None):
        assert training is False
        return SimpleNamespace(numpy=lambda: np.stack([self.answer(rows) for rows in x]))


class OneHot(KerasModel):
    """The same network without its embedding: it reads one-hot words."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        embedding = self.named.pop(self.name_ending("embeddings"))
        self.named[self.name_ending("cell/kernel")] = embedding @ self.ending("cell/kernel")

    def inputs(self, rows):
        if rows.ndim != 2 or rows.shape[1] != 7:
            raise ValueError(f"expected (None, 7), found {rows.shape}\nLayer mine")
        assert ((rows == 0) | (rows == 1)).all()
        assert (rows.sum(1) == 1).all()
        self.seen.append(tuple(rows.argmax(1).tolist()))
        return rows


class Numbers(KerasModel):
    """A network that reads numbers, one a step."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.named[self.name_ending("embeddings")]
        self.named[self.name_ending("cell/kernel")] = self.ending("cell/kernel")[:1]

    def inputs(self, rows):
        assert rows.dtype == np.float32
        assert rows.shape[1:] == (1,)
        self.seen.append(tuple(rows.ravel().tolist()))
        return rows


class CellState(KerasModel):
    """An LSTM whose cell state is read in place of its hidden state."""

    kind = "lstm"

    def states(self, inputs):
        h, c, states = np.zeros(5), np.zeros(5), []
        for x in inputs:
            z = x @ self.ending("cell/kernel") + h @ self.ending("recurrent_kernel") + self.ending("cell/bias")
            i, f, g, o = np.split(z, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            states.append(c)
        return np.array(states)


class Attention(KerasModel):
    """A network with a second Dense layer, whose scores weigh the hidden states so far times `scale`."""

    def __init__(self, *args, scale=1, **options):
        super().__init__(*args, **options)
        self.scale = scale
        self.named["attention/kernel"] = np.array([[2], [-1], [1], [0.5], [-2]], np.float32)

    def states(self, inputs):
        h = super().states(inputs)
        scores = self.scale * (h @ self.named["attention/kernel"])[:, 0]
        return np.array([softmax(scores[: t + 1]) @ h[: t + 1] for t in range(len(h))])
