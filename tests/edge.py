"""Networks with weights of an edge's size, and what may not stand in anything that is shown of them."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from rnn_tui.network.cells import PARAMETERS
from rnn_tui.network.heads import Linear
from tests.builders import CELL_KINDS, HEAD_KINDS, INPUT_KINDS, READOUT_KINDS, build

SIZES = (1e4, 1e30, 3e38)
FORBIDDEN = re.compile(
    r"\b(nan|inf|infinity)\b|[=≈] \?|times \?|\? times|\bis \?[.,;]|now \?|so far \?|keeps \?|from \?", re.I
)
MARKS = re.compile(r"∞|(?<![\w“])\?(?! guess)")
"""What is infinite, and what is no number; "<unk>?" and the ? of the words that tell of it are none."""


def edge_model(size, *kind, seed=0, **fields):
    """A network of some kind (`tests.builders.build`), half of whose weights are size, and half −size."""
    model = build(*kind, seed=seed, **fields)
    rng = np.random.default_rng(seed)

    def drawn(array):
        return rng.choice([-size, size], array.shape).astype(np.float32)

    cell = replace(model.cell, **{name: drawn(getattr(model.cell, name)) for name in PARAMETERS})
    return replace(model.with_cell(cell), fc=Linear(drawn(model.fc.weight), drawn(model.fc.bias)))


def edge_models(count, seed):
    """Some of all kinds, drawn from a seed: each a model and its kind. Cells and sizes come in turn."""
    rng = np.random.default_rng(seed)
    for n in range(count):
        cell = CELL_KINDS[n % len(CELL_KINDS)]
        size = SIZES[n // len(CELL_KINDS) % len(SIZES)]
        readout, head, inputs = (kinds[rng.integers(len(kinds))] for kinds in (READOUT_KINDS, HEAD_KINDS, INPUT_KINDS))
        yield (*cell, readout, inputs, head, size), edge_model(size, *cell, readout, inputs, head=head, seed=n)
