"""Networks of several layers, both directions, heads and any output, and scenes of walks through them."""

from __future__ import annotations

from functools import cache

from rnn_tui.network.heads import EntryKind
from rnn_tui.scene import Reading, Scene
from tests.builders import TEXTS, trace_of
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model

KINDS = {
    "stack": {"cell": "elman", "layers": 2, "inputs": "one-hot"},
    "three layers, a number": {
        "cell": "gru",
        "layers": 3,
        "readout": "max",
        "head": (EntryKind(True, "identity"), EntryKind(False, "tanh")),
        "output": "number",
        "hidden": 2,
    },
    "both ways, yes or no": {
        "cell": "gru",
        "layers": 2,
        "bidirectional": True,
        "head": HIDDEN_LAYER,
        "output": "yes_no",
        "hidden": 2,
    },
    "added up, a number": {
        "cell": "lstm",
        "layers": 2,
        "bidirectional": True,
        "merge": "sum",
        "readout": "last",
        "output": "number",
        "inputs": "vectors",
    },
    "an answer for each": {"cell": "elman", "layers": 1, "bidirectional": True, "readout": "each", "hidden": 2},
    "averaged, both ways": {"cell": "elman", "layers": 2, "bidirectional": True, "readout": "mean", "hidden": 2},
    "looked back at": {"cell": "elman", "layers": 1, "bidirectional": True, "readout": "attention", "hidden": 2},
    "last step, two numbers": {
        "cell": "lstm",
        "layers": 1,
        "bidirectional": True,
        "readout": "last_step",
        "output": "number",
        "labels": ("rain", "wind"),
        "hidden": 2,
    },
}
"""What each is built of."""


@cache
def network(name, seed=0):
    """One of these networks."""
    return deep_model(**KINDS[name], seed=seed)


def text_of(name):
    """A short text that it reads."""
    inputs = KINDS[name].get("inputs", "embedding")
    return VECTORS if inputs == "vectors" else " ".join(TEXTS[inputs].split()[:4])


@cache
def recorded(name, seed=0):
    """The trace of that text."""
    return trace_of(network(name, seed), text_of(name))


def scene_at(name, position, **shown):
    """A scene at a position."""
    return Scene(Reading(network(name).name, text_of(name)), position=position, **shown)


def scenes(name, step=1):
    """The scenes of a walk through it, each `step`-th, with the trace."""
    trace = recorded(name)
    for index in range(0, len(trace.order), step):
        yield scene_at(name, trace.order.at(index)), trace
