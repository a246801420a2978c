"""Small networks with several layers, both directions, a head and any output, drawn from a seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnn_tui.network.cells import CELLS
from rnn_tui.network.embedding import Vector
from rnn_tui.network.heads import EntryKind, Linear, made
from rnn_tui.network.layers import LayerKind, layer_of
from rnn_tui.network.outputs import OUTPUTS, number_of
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.shapes import parameter_shapes
from rnn_tui.network.tokens import NumberTokenizer
from tests.builders import build

HIDDEN_LAYER = (EntryKind(True, "relu"),)
"""A head with one hidden layer of 4 units."""
FEATURES = 3
VECTORS = "0.1,0.7,-1 0.2,0.6,2 0.4,-0.5,1 1,0,-0.25"


def deep_model(
    cell="lstm",
    layers=2,
    *,
    bidirectional=False,
    merge="concat",
    readout="last",
    head=(),
    output="classes",
    inputs="embedding",
    hidden=3,
    head_size=4,
    labels=None,
    scale=0.7,
    seed=0,
    kinds=None,
    features=FEATURES,
    **fields,
):
    """A model with random parameters; `kinds` are the layers where they differ.

    `inputs` are as in `build`, or "vectors" of so many `features`, which have names where they are three.
    """
    rng = np.random.default_rng(seed)
    activation = "tanh" if CELLS[cell].activations else None
    kinds = kinds or (LayerKind(cell, activation, bidirectional, merge),) * layers
    labels = labels or {"number": ("next",), "yes_no": ("No", "Yes")}.get(output, ("Negative", "Positive"))
    plain = build(inputs="number" if inputs == "vectors" else inputs, labels=labels, seed=seed, **fields)
    embedding, tokenizer = plain.embedding, plain.tokenizer
    if inputs == "vectors":
        named = ("rain", "wind", "sun") if features == FEATURES else ()
        scaling = ((0.5, 0.0, -1.0), (2.0, 1.0, 0.5)) if named else (5.0, 4.0)
        tokenizer = NumberTokenizer(*scaling, features, named)
        embedding = Vector(features)
    shapes = parameter_shapes(
        kinds,
        readout,
        input_size=embedding.input_size,
        hidden_size=hidden,
        output_size=OUTPUTS[output]().nodes(len(labels)),
        head=head,
        head_sizes=[head_size for entry in head if entry.linear],
    )
    drawn = {name: rng.normal(0, scale, shape).astype(np.float32) for name, shape in shapes.items()}
    return replace(
        plain,
        tokenizer=tokenizer,
        embedding=embedding,
        layers=tuple(layer_of(kind, drawn, index) for index, kind in enumerate(kinds)),
        readout=READOUTS[readout].made(drawn),
        head=made(head, drawn),
        fc=Linear(drawn["fc.weight"], drawn["fc.bias"]),
        output=number_of(20.0, 5.0, len(labels)) if output == "number" else OUTPUTS[output](),
        unit_names=None,
    )
