"""Networks with what the shipped ones don't have, so that every sentence that can be told is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from rnn_tui.network.heads import Entry
from rnn_tui.network.readouts import READOUTS
from rnn_tui.shelf import load
from tests.builders import CELL_KINDS, HEAD_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired


def odd_networks():
    """Networks with what the shipped ones don't have: other squashes, no bias, no word for unknown ones, one unit."""
    words = ("up", "down", "little", "zero", "far", "back")
    push = [[0.9, -0.9, -0.3, 0, 3, -0.61]]
    texts = (
        "up zero down",
        "little up",
        "zero zero up",
        "zero",
        "far far far",
        "down zero zero",
        "up back zero",
        "up up",
    )
    for text, bias, activation in product(texts, (0, -0.25, 0.004), ("tanh", "relu", "identity")):
        yield trace_of(wired(push, words=words, bias_hh=[bias], activation=activation), text)
    for text in ("up down", "down down"):
        yield trace_of(wired(push, words=words, weight_hh=[[0]]), text)
        yield trace_of(wired(push, words=words, weight_hh=[[1.25]]), text)
    for text, bias_ih, bias_hh in product(("zzzz", "up zzzz", "down zzzz zzzz", "back zzzz"), (0.25, -0.61), (0, 0.25)):
        biases = {"bias_ih": [bias_ih], "bias_hh": [bias_hh]}  # a word whose input is all zeros brings a bias alone
        yield trace_of(wired(push, words=words, **biases), text)
        yield trace_of(wired(push, words=words, weight_hh=[[0]], **biases), text)
    small_sums = replace(load("small-sums"), labels=("Good", "Bad"))
    yield trace_of(small_sums, "and two and three and and")
    yield trace_of(wired(push, words=words, weight_hh=[[-0.9]], activation="identity"), "up down up")
    yield trace_of(
        wired([[3e30], [3e30]], weight_hh=[[1e30, 0], [0, 1e30]], words=("up",), activation="identity"), "up up up"
    )
    for cell, readout, inputs in product(CELL_KINDS, READOUT_KINDS, INPUT_KINDS):
        yield trace_of(build(*cell, readout, inputs, seed=3))
    for cell, readout, head in product(CELL_KINDS, READOUT_KINDS, HEAD_KINDS[1:]):
        yield trace_of(build(*cell, readout, "embedding", head=head, seed=5), "the dog the cat barked")
    for readout, head in product(READOUT_KINDS, (("relu", "sigmoid"), ("tanh", "relu"), ("identity",))):
        yield trace_of(build("elman", "relu", readout, "embedding", head=head, seed=7), "the dog barked and slept not")
        yield trace_of(build(readout=readout, head=head, seed=8), "dog")
    for readout, head in product(READOUT_KINDS, ((), ("relu",), ("tanh",), ("identity",))):
        yield trace_of(build(readout=readout, head=head, hidden=1), "the dog slept")
        ones = {name: np.ones(shape, np.float32) for name, shape in READOUTS[readout].shapes(2).items()}
        grown = wired([[3e30], [3e30]], weight_hh=[[1e30, 0], [0, 1e30]], words=("up",), activation="identity")
        answering = {"readout": READOUTS[readout].made(ones), "head": tuple(map(Entry, head))}
        yield trace_of(replace(grown, **answering), "up up up")
    for cell in ("gru", "lstm", "elman"):
        model = build(cell, None if cell != "elman" else "tanh", inputs="embedding", unknown=None, scale=0.1, hidden=2)
        cells = replace(
            model.cell, bias_hh=np.zeros_like(model.cell.bias_hh), bias_ih=np.zeros_like(model.cell.bias_ih)
        )
        yield trace_of(model.with_cell(cells), "dog zzzz barked")
        yield trace_of(model, "zzzz dog barkd")
    yield trace_of(build(hidden=1), "dog barkd cat")
