"""Evaluation in batches against the trace, one text at a time."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.trace import run
from rnn_tui.network.training.corpus import NO_TARGET, Corpus, labelled
from rnn_tui.network.training.evaluation import Evaluation, evaluate
from tests.builders import CELL_KINDS, READOUT_KINDS, WORDS, build


def random_corpus(model, *, each, n=150, seed=0):
    """Texts of 1 to 9 words, unknown ones among them, and random targets."""
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice([*WORDS[1:], "zebra"], rng.integers(1, 10))) for _ in range(n)]
    tokens = [model.tokenize(text) for text in texts]
    unread = len(model.vocabulary)
    inputs = [np.array([unread if token.index is None else token.index for token in text]) for text in tokens]
    if not each:
        return tokens, labelled(inputs, rng.integers(0, model.output_size, n))
    targets = [rng.integers(NO_TARGET, model.output_size, len(text)) for text in tokens]
    return tokens, Corpus(tuple(inputs), tuple(targets))


@pytest.mark.parametrize("unknown", ["<unk>", None])
@pytest.mark.parametrize("inputs", ["one-hot", "embedding"])
@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_batches_give_what_the_trace_gives(cell, activation, readout, inputs, unknown):
    # given texts with words that the model doesn't know
    model = build(cell, activation, readout, inputs, labels=("A", "B", "C"), unknown=unknown, scale=0.5)
    tokens, corpus = random_corpus(model, each=readout == "each")
    # when they are evaluated, then every place with a target is there, in order, as the trace has it
    found = evaluate(model, corpus)
    place = 0
    for k, (text, targets) in enumerate(zip(tokens, corpus.targets, strict=True)):
        probs = run(model, text).values["probs"]
        for t in np.flatnonzero(targets != NO_TARGET):
            assert (found.sequences[place], found.timesteps[place], found.targets[place]) == (k, t, targets[t])
            assert found.predictions[place] == probs[t].argmax()
            assert found.losses[place] == pytest.approx(-np.log(probs[t, targets[t]]), abs=1e-4)
            assert found.confidences[place] == pytest.approx(probs[t].max(), abs=1e-5)
            place += 1
    assert place == len(found)


def test_numbers_are_read_as_numbers():
    model = build(inputs="number")
    tokens = model.tokenize("1 -2 3.5")
    corpus = labelled([np.array([[token.value] for token in tokens], np.float32)], [1])
    assert evaluate(model, corpus).losses[0] == pytest.approx(-np.log(run(model, tokens).probability(1)), abs=1e-5)


def test_figures_by_hand():
    # given four places: right, wrong, right, wrong, with losses of 0, 2, 1 and 3 nats
    found = Evaluation(
        sequences=np.array([0, 1, 2, 3]),
        timesteps=np.array([0, 0, 0, 0]),
        targets=np.array([0, 0, 1, 1]),
        predictions=np.array([0, 1, 1, 0]),
        losses=np.array([0.0, 2, 1, 3]),
        confidences=np.array([1.0, 0.9, 0.4, 0.8]),
    )
    assert found.accuracy == 0.5
    assert found.loss == 1.5
    assert found.bits == pytest.approx(1.5 / 0.693147, rel=1e-5)
    assert found.confusion(2).tolist() == [[1, 1], [1, 1]]
    assert found.confusion(3).tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    assert found.worst(5).tolist() == [3, 1]
    assert found.worst(1).tolist() == [3]
