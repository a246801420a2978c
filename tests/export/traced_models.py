"""Networks of every kind with a sentence each, and what a trace holds, for the tests of files of numbers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.export.request import Request
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from tests.builders import TEXTS
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model

MODELS = Path(__file__).resolve().parents[2] / "models"
SHIPPED = sorted(path.stem for path in MODELS.glob("*.safetensors"))
LONG_HEAD = (EntryKind(False, "tanh"), EntryKind(True, "sigmoid"), EntryKind(True, "identity"))
DRAWN = {
    "elman": {"cell": "elman", "layers": 1, "inputs": "one-hot"},
    "gru both ways": {"cell": "gru", "layers": 1, "bidirectional": True, "readout": "each"},
    "lstm stack": {"cell": "lstm", "layers": 3, "readout": "last_step", "head": HIDDEN_LAYER},
    "two-way stack, summed": {"cell": "lstm", "layers": 2, "bidirectional": True, "merge": "sum", "output": "yes_no"},
    "two-way relu": {
        "kinds": (LayerKind("elman", "relu", True), LayerKind("elman", "tanh")), "readout": "last_step", "scale": 0.3,
    },
    "mixed": {"kinds": (LayerKind("gru", None), LayerKind("lstm", None, True)), "readout": "attention"},
    "two relus": {"kinds": (LayerKind("elman", "relu"), LayerKind("elman", "tanh")), "inputs": "number", "scale": 0.3},
    "mean": {"cell": "gru", "layers": 1, "readout": "mean", "head": LONG_HEAD, "inputs": "vectors"},
    "max": {"cell": "gru", "layers": 2, "bidirectional": True, "readout": "max", "output": "number"},
    "mean both ways": {"cell": "elman", "layers": 1, "bidirectional": True, "readout": "mean"},
    "max forward": {"cell": "elman", "layers": 1, "readout": "max", "output": "yes_no"},
    "attention": {"cell": "lstm", "layers": 1, "readout": "attention", "output": "number", "inputs": "vectors"},
    "unknown reads nothing": {"cell": "lstm", "layers": 1, "bidirectional": True, "unknown": None},
    "unknown, one-hot": {"cell": "gru", "layers": 1, "unknown": None, "inputs": "one-hot"},
}  # fmt: skip
"""Drawn networks: every cell, readout, output, head, input, merge and direction is among them."""


@cache
def shipped(name):
    """A shipped model's trace of its first example."""
    model = load(MODELS / f"{name}.safetensors")
    return run(model, model.tokenize(model.examples[0].text))


@cache
def drawn(name):
    """The trace of a drawn network."""
    fields = DRAWN[name]
    model = deep_model(**fields)
    text = VECTORS if fields.get("inputs") == "vectors" else TEXTS[fields.get("inputs", "embedding")]
    return run(model, model.tokenize(text if "unknown" not in fields else "the zebra barked"))


def edited(trace, *edits):
    """A trace with edits."""
    return run(*apply_edits(trace.model, trace.tokens, [parse_edit(edit) for edit in edits]))


def request(trace, path, **options):
    """The request of a file for a trace."""
    return Request(Scene(Reading(trace.model.name, trace.text)), trace, path, **options)


ALL = [*(("shipped", name) for name in SHIPPED), *(("drawn", name) for name in DRAWN)]


def trace_of(kind):
    """The trace of one of `ALL`."""
    return shipped(kind[1]) if kind[0] == "shipped" else drawn(kind[1])
