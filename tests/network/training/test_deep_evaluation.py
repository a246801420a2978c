"""Evaluation in batches of networks of every shape against the trace, one text at a time."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.network.outputs import Number
from rnn_tui.network.trace import run
from rnn_tui.network.training import evaluate, evaluate_numbers, measure
from rnn_tui.network.training.corpus import NO_TARGET, Corpus, asked_of, input_of, labelled, numbered
from tests.network.deep import INPUT_SIZE, case_of, model_of

STACKS = ("→→", "⇄", "⇄⇄", "+→", "++")
READOUTS = ("last", "last_step", "each", "mean", "max", "attention")
HEADS = ((), ("tanh",), (4, "relu", 3, "sigmoid"))


def texts_of(case, rng, n=40):
    """Texts of 1 to 7 words, unknown ones among them, or of vectors."""
    if case.inputs == "numbers":
        vectors = [rng.normal(size=(rng.integers(1, 8), INPUT_SIZE)) for _ in range(n)]
        return [" ".join(",".join(f"{number:.3f}" for number in row) for row in rows) for rows in vectors]
    return [" ".join(rng.choice([*"abcdef", "zebra"], rng.integers(1, 8))) for _ in range(n)]


def drawn(stack, readout, output, inputs):
    """A model, its architecture, its tokens and their traces."""
    head = HEADS[(len(stack) + READOUTS.index(readout)) % 3]
    ways, cells = ["⇄+" if way == "+" else way for way in stack], ["gru", "elman"][: len(stack)]
    case = case_of(cells, ways, readout, head=head, output=output, labels=2, inputs=inputs)
    rng = np.random.default_rng(READOUTS.index(readout))
    scales = Number((3.0, -100.0), (0.5, 20.0)) if output == "number" else None
    model = model_of(case, case.parameters(rng, np.float32), scales)
    tokens = [model.tokenize(text) for text in texts_of(case, rng)]
    return model, case.architecture, tokens, [run(model, text) for text in tokens], rng


@pytest.mark.parametrize("output", ["classes", "yes_no"])
@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize("stack", STACKS)
def test_batches_give_what_the_trace_gives(stack, readout, output):
    # given texts with labels, after each word where there is an answer for each, or after the last
    model, architecture, tokens, traces, rng = drawn(stack, readout, output, "embedding")
    inputs = [input_of(text, unreadable=len(model.vocabulary)) for text in tokens]
    if readout == "each":
        corpus = Corpus(tuple(inputs), tuple(rng.integers(NO_TARGET, 2, len(text)) for text in inputs))
    else:
        corpus = labelled(inputs, rng.integers(0, 2, len(inputs)))
    # when they are evaluated
    found = evaluate(model, corpus)
    # then every answer is that of the trace, in order
    places = [(k, t) for k, targets in enumerate(corpus.targets) for t in np.flatnonzero(asked_of(targets))]
    assert list(zip(found.sequences, found.timesteps, strict=True)) == places
    probs = np.array([traces[k].outputs["probs"][t] for k, t in places])
    targets = np.array([corpus.targets[k][t] for k, t in places])
    np.testing.assert_array_equal(found.targets, targets)
    np.testing.assert_array_equal(found.predictions, probs.argmax(axis=1))
    np.testing.assert_allclose(found.losses, -np.log(probs[np.arange(len(targets)), targets]), atol=1e-4)
    np.testing.assert_allclose(found.confidences, probs.max(axis=1), atol=1e-5)
    # and the figures that a training is steered by are the same
    figures = measure(architecture, model.tensors(), known(corpus, len(model.vocabulary)))
    beside = evaluate(model, known(corpus, len(model.vocabulary)))
    assert (figures.n, figures.accuracy) == (len(beside), pytest.approx(beside.accuracy))
    assert figures.loss == pytest.approx(beside.loss, rel=1e-5)


def known(corpus, size):
    """The corpus with its unknown words read as the first of the vocabulary: parameters alone have no row for them."""
    return Corpus(tuple(np.where(inputs == size, 0, inputs) for inputs in corpus.inputs), corpus.targets)


@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize("stack", STACKS)
def test_numbers_are_in_their_unit(stack, readout):
    # given vectors with two numbers as the answer, after each where there is an answer for each
    model, architecture, tokens, traces, rng = drawn(stack, readout, "number", "numbers")
    inputs = [np.array([token.values for token in text], np.float32) for text in tokens]
    if readout == "each":
        targets = [rng.normal(size=(len(text), 2)).astype(np.float32) for text in inputs]
        targets[3][0] = np.nan  # none is asked here
        corpus = Corpus(tuple(inputs), tuple(targets))
    else:
        corpus = numbered(inputs, rng.normal(size=(len(inputs), 2)))
    # when they are evaluated
    found = evaluate_numbers(model, corpus)
    # then outputs are those of the trace, and targets stand in the same unit
    places = [(k, t) for k, targets in enumerate(corpus.targets) for t in np.flatnonzero(asked_of(targets))]
    assert list(zip(found.sequences, found.timesteps, strict=True)) == places
    outputs = np.array([traces[k].outputs["outputs"][t] for k, t in places])
    targets = np.array([corpus.targets[k][t] * [0.5, 20] + [3, -100] for k, t in places])
    np.testing.assert_allclose(found.outputs, outputs, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(found.targets, targets, rtol=1e-6)
    expected = np.square((found.outputs - found.targets) / [0.5, 20]).mean(axis=1)
    np.testing.assert_allclose(found.losses, expected, rtol=1e-5)
    assert len(found) == len(places)
    # and a training is steered by the same loss, and by no accuracy
    figures = measure(architecture, model.tensors(), corpus)
    assert (figures.n, figures.accuracy) == (len(found), None)
    assert figures.loss == pytest.approx(found.loss, rel=1e-5)
