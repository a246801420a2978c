"""Small networks of every kind for tests, drawn from a seed."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.cells import CELLS, Elman
from rnn_tui.network.embedding import Learned, OneHot, Scalar
from rnn_tui.network.heads import Entry, Linear
from rnn_tui.network.layers import Layer
from rnn_tui.network.model import Example, Model
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.tokens import NumberTokenizer, Vocabulary, WordTokenizer
from rnn_tui.network.trace import run
from rnn_tui.scene import Position, Reading, Scene

CELL_KINDS = (("elman", "tanh"), ("elman", "relu"), ("elman", "identity"), ("gru", None), ("lstm", None))
READOUT_KINDS = ("last", "each", "mean", "max", "attention")
HEAD_KINDS = ((), ("relu",), ("tanh",), ("sigmoid",), ("relu", "tanh"))
INPUT_KINDS = ("one-hot", "embedding", "number")
WORDS = ("<unk>", "the", "dog", "cat", "barked", "slept", "and", "not")
TEXTS = {"one-hot": "the dog barked and slept", "embedding": "the dog barked and slept", "number": "1.5 −2 0.25 3"}


def build(
    cell="elman",
    activation="tanh",
    readout="last",
    inputs="one-hot",
    *,
    head=(),
    hidden=3,
    labels=("Negative", "Positive"),
    unit_names=None,
    unknown="<unk>",
    words=WORDS,
    scale=0.8,
    seed=0,
    **fields,
):
    """A model with random parameters; `scale` is their standard deviation."""
    rng = np.random.default_rng(seed)
    blocks = CELLS[cell].row_blocks()

    def draw(*shape):
        return rng.normal(0, scale, shape).astype(np.float32)

    numbers = inputs == "number"
    vocabulary = Vocabulary(()) if numbers else Vocabulary(words, unknown)
    embedding = {
        "number": Scalar,
        "one-hot": lambda: OneHot(len(words)),
        "embedding": lambda: Learned(draw(len(words), 5)),
    }[inputs]()
    parameters = {
        "weight_ih": draw(blocks * hidden, embedding.input_size),
        "weight_hh": draw(blocks * hidden, hidden),
        "bias_ih": draw(blocks * hidden),
        "bias_hh": draw(blocks * hidden),
    }
    made = CELLS[cell].made(parameters, activation)
    fc = Linear(draw(len(labels), hidden), draw(len(labels)))
    learned = {name: draw(*shape) for name, shape in READOUTS[readout].shapes(hidden).items()}
    return Model(
        name=fields.pop("name", "small"),
        tokenizer=NumberTokenizer(mean=0.5, scale=2.0) if numbers else WordTokenizer(),
        vocabulary=vocabulary,
        embedding=embedding,
        layers=(Layer(made),),
        readout=READOUTS[readout].made(learned),
        fc=fc,
        head=tuple(map(Entry, head)),
        labels=labels,
        unit_names=unit_names,
        examples=fields.pop("examples", (Example(TEXTS[inputs], "a test"),)),
        **fields,
    )


def wired(weight_ih, *, weight_hh=None, bias_ih=None, bias_hh=None, fc=None, fc_bias=None, activation="tanh", **fields):
    """An Elman model with one-hot words whose weights are given by hand; the identity where none are given."""
    weight_ih = np.array(weight_ih, np.float32)
    hidden, size = weight_ih.shape
    zeros = np.zeros(hidden, np.float32)
    fc = np.array(np.stack([np.ones(hidden), -np.ones(hidden)]) if fc is None else fc, np.float32)
    fc_bias = np.zeros(len(fc), np.float32) if fc_bias is None else np.array(fc_bias, np.float32)
    words = fields.pop("words", WORDS[:size])
    cell = Elman(
        weight_ih,
        np.eye(hidden, dtype=np.float32) if weight_hh is None else np.array(weight_hh, np.float32),
        zeros if bias_ih is None else np.array(bias_ih, np.float32),
        zeros if bias_hh is None else np.array(bias_hh, np.float32),
        activation,
    )
    return Model(
        name="wired",
        tokenizer=WordTokenizer(),
        vocabulary=Vocabulary(words, fields.pop("unknown", None)),
        embedding=OneHot(size),
        layers=(Layer(cell),),
        readout=READOUTS["last"](),
        fc=Linear(fc, fc_bias),
        labels=fields.pop("labels", ("Negative", "Positive")),
        **fields,
    )


def trace_of(model, text=None):
    """The trace of a text, or of the model's first example."""
    return run(model, model.tokenize(model.examples[0].text if text is None else text))


def scene_at(trace, t, phase, edits=(), **fields):
    """A scene at a timestep (from 0) and a phase by its name."""
    names = [known.name for known in trace.model.phases]
    return Scene(Reading(trace.model.name, "", edits), position=Position(t, names.index(phase)), **fields)
