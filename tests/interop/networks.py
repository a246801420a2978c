"""Recorded networks of PyTorch for the tests of what is imported, whole or with a fault."""

from types import SimpleNamespace

import numpy as np
import pytest
from safetensors.numpy import load_file

from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from tests.network import record_pytorch

TOLERANCE = 1e-5
WORDS = tuple("abcdefg")
LABELS = ("x", "y", "z")
NOT_VERIFIED = {"against": None, "reason": "weights alone"}
ODD_NAMES = {"embedding": "encoder.lookup", "rnn": "_orig_mod.module.memory", "fc": "heads.0"}


def recorded(kind, names=None):
    """The recorded state_dict of one kind of network under other attribute names, and what PyTorch computed."""
    tensors = load_file(record_pytorch.RECORDED / f"{kind}.safetensors")
    results = {name: tensors.pop(name) for name in ("tokens", "h", "c", "logits", "probs") if name in tensors}
    for old, new in (names or {}).items():
        tensors = {name.replace(f"{old}.", f"{new}.", 1): tensor for name, tensor in tensors.items()}
    return tensors, results


def states(model, tokens):
    """The values of a trace over rows of the vocabulary."""
    return run(model, model.tokens_of([model.vocabulary.words[row] for row in tokens])).values


def refused(importing, weights, vocabulary=WORDS, labels=LABELS, **options):
    """The one line with which `from_torch` or `from_keras` refuses the weights."""
    with pytest.raises(UserError) as raised:
        importing(weights, vocabulary, labels, **options)
    message = str(raised.value)
    assert "\n" not in message
    return message


def square(words):
    """A network whose embedding and linear layer have one shape, (words, 5)."""
    rng = np.random.default_rng(0)
    draw = lambda *shape: rng.normal(size=shape).astype(np.float32)  # noqa: E731
    return {
        "r.weight_ih": draw(5, 5),
        "r.weight_hh": draw(5, 5),
        "a.weight": draw(words, 5),
        "b.weight": draw(words, 5),
    }


def changed(kind="gru", drop=(), **tensors):
    """The recorded state_dict with tensors left out or put in its place; in names, __ stands for a dot."""
    state_dict, _ = recorded(kind)
    for name in drop:
        del state_dict[name]
    added = {name.replace("__", "."): np.asarray(tensor) for name, tensor in tensors.items()}
    return state_dict | {name: t.astype(np.float32) if t.dtype == float else t for name, t in added.items()}


class Tensor:
    """A tensor as far as it is looked at: it leaves the graph and the GPU before it is an array."""

    dtype = "torch.float32"

    def __init__(self, array, *, held=True):
        self.array, self.held, self.left = array, held, []

    def detach(self):
        self.left.append("graph")
        return self

    def cpu(self):
        self.left.append("GPU")
        return self

    def float(self):
        self.left.append("half precision")
        return self

    def numpy(self):
        if not self.held:
            raise TypeError("Got unsupported ScalarType")
        assert self.left[:2] == ["graph", "GPU"]
        return self.array


def module_of(state_dict, *parts):
    """A module as far as it is looked at."""
    return SimpleNamespace(state_dict=lambda: state_dict, modules=lambda: parts)
