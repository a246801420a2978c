"""Networks that read numbers or vectors, and that answer with numbers or by one logit, each with a text."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from rnn_tui.network.outputs import number_of
from rnn_tui.network.tokens import NumberTokenizer
from tests.builders import CELL_KINDS, READOUT_KINDS, trace_of
from tests.deep import VECTORS, deep_model

SERIES = {"task": "series", "unit": "passengers"}
NUMBERS = "112 118 132.5 −129 121 0.5"
PIXELS = "0,1,16,15,14,1,0,0 0,3,0,0,12,2,0,0 1,0,0,9,16,0,0,2 0,0,7,15,2,0,0,0 0,0,0,0,0,0,0,0"
WORDS = "the dog barked and the cat slept"


def one_floor(cell="elman", **fields):
    """A network of one forward layer."""
    return deep_model(cell, 1, **fields)


def forecasting(cell="elman", *, std=90.5, mean=286.7, **fields):
    """A network that answers with the number that comes next, in passengers."""
    made = one_floor(cell, output="number", inputs="number", provenance=SERIES, labels=("next month",), **fields)
    tokenizer = replace(made.tokenizer, mean=110.0, scale=40.0)
    return replace(made, tokenizer=tokenizer, output=number_of(mean, std, 1))


def weather(**fields):
    """A network that reads three features and answers with the next wind."""
    known = {"task": "series", "target": "wind", "columns": ["rain", "wind", "sun"]}
    return one_floor("gru", output="number", inputs="vectors", labels=("wind",), provenance=known, **fields)


def number_networks():
    """One of every kind: cells × readouts × outputs × inputs, as far as what is told of them differs."""
    for (cell, _), readout in product(CELL_KINDS[2:], READOUT_KINDS):
        yield trace_of(one_floor(cell, output="yes_no", readout=readout, seed=3), WORDS)
        yield trace_of(forecasting(cell, readout=readout, seed=4), NUMBERS)
        yield trace_of(one_floor(cell, output="number", inputs="embedding", readout=readout, seed=5), WORDS)
    for seed in range(4):
        yield trace_of(weather(seed=seed), VECTORS)
        yield trace_of(forecasting(std=0.0004, mean=-0.002, seed=seed), NUMBERS)
        yield trace_of(forecasting(std=123456.0, mean=5e9, seed=seed), NUMBERS)
        labels = ("rain", "wind", "sun", "frost", "fog")
        yield trace_of(one_floor(output="number", inputs="vectors", labels=labels, seed=seed), VECTORS)
        yield trace_of(one_floor("lstm", inputs="vectors", features=8, seed=seed), PIXELS)
        rows = replace(weather(features=8, seed=seed), provenance={"rows": 8})
        yield trace_of(rows, PIXELS)
        yield trace_of(replace(rows, tokenizer=NumberTokenizer(0.0, (1.0, 16.0)[seed % 2], 8)), PIXELS)
    still = forecasting(hidden=1, scale=0.0)
    yield trace_of(still, "5 5 5")
    yield trace_of(replace(still, output=number_of(5.0, 1.0, 1)), "5 5 5")
    lost = replace(still, fc=replace(still.fc, bias=np.array([np.nan], np.float32)))
    yield trace_of(lost, "5 5 5")
