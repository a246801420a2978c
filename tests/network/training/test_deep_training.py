"""Training of deep networks, of one logit and of numbers: that they learn, and learn the same again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.training import (
    Epoch,
    Figures,
    TrainingError,
    TrainingLoop,
    TrainingSettings,
    initial_parameters,
    loop,
    measure,
    train,
)
from rnn_tui.network.training.corpus import Corpus, labelled, numbered
from tests.network.deep import case_of

QUICK = TrainingSettings(epochs=30, batch_size=16, learning_rate=0.02, patience=30)
DEEP = [
    case_of(["elman"] * 2, "→→", "last"),
    case_of(["gru"], "⇄", "last", output="yes_no"),
    case_of(["lstm"] * 2, "⇄⇄", "mean", head=(8, "relu")),
    case_of(["gru", "elman"], ["⇄+", "→"], "last_step", output="yes_no"),
    case_of(["gru", "lstm"], ["→", "⇄"], "max"),
    case_of(["elman"] * 2, ["⇄", "⇄+"], "attention", head=("tanh",)),
]


def start(case, *, labels=2, input_size=4, vocab_size=5, seed=0):
    architecture = case.architecture
    return initial_parameters(
        architecture, input_size, 8, architecture.nodes(labels), seed, vocab_size, case.head_sizes
    )  # fmt: skip


def first_word_corpus(n, seed):
    """Sequences of words 0 to 4 whose label is 1 where the first word is 0 or 1."""
    rng = np.random.default_rng(seed)
    inputs = [rng.integers(0, 5, rng.integers(1, 7)) for _ in range(n)]
    return labelled(inputs, [int(tokens[0] < 2) for tokens in inputs])


def sums_corpus(n, seed):
    """Sequences of two numbers a timestep, that ask for the mean of the first and the last of the second."""
    rng = np.random.default_rng(seed)
    inputs = [rng.normal(size=(rng.integers(2, 6), 2)).astype(np.float32) for _ in range(n)]
    return numbered(inputs, [(rows[:, 0].mean(), rows[-1, 1]) for rows in inputs])


TRAINING, VALIDATION = first_word_corpus(300, 1), first_word_corpus(100, 2)


@pytest.mark.parametrize("case", DEEP, ids=lambda case: case.short)
def test_every_network_learns_to_remember_the_first_word(case):
    parameters = start(case)
    before = measure(case.architecture, parameters, VALIDATION)

    trained = train(case.architecture, parameters, TRAINING, VALIDATION, QUICK)

    after = measure(case.architecture, trained.parameters, VALIDATION)
    assert before.accuracy < 0.8
    assert after.accuracy > 0.95


def test_what_comes_later_is_learned_by_what_reads_backward_alone():
    # given sequences where every token asks for the token after it (0 at the end)
    rng = np.random.default_rng(0)
    inputs = tuple(rng.integers(0, 5, rng.integers(2, 9)) for _ in range(200))
    corpus = Corpus(inputs, tuple(np.concatenate((tokens[1:], [0])) for tokens in inputs))
    accuracies = []
    for way in "→⇄":
        case = case_of(["elman"], way, "each", labels=5)
        trained = train(case.architecture, start(case, labels=5), corpus, corpus, QUICK)
        accuracies.append(trained.best.validation.accuracy)
    assert accuracies[0] < 0.5
    assert accuracies[1] > 0.95


@pytest.mark.parametrize("ways", ["→→", "⇄"])
def test_numbers_are_learned(ways):
    case = case_of(["gru"] * len(ways), ways, "last", head=(8, "tanh"), output="number")
    parameters = start(case, input_size=2, vocab_size=None)
    training, validation = sums_corpus(300, 1), sums_corpus(100, 2)
    before = measure(case.architecture, parameters, validation)

    trained = train(case.architecture, parameters, training, validation, replace(QUICK, judge="accuracy"))

    # then the best epoch is that of the smallest loss, since there is no accuracy
    assert before.loss > 0.4
    assert trained.best.validation.loss < 0.05
    assert trained.best.validation.loss == min(epoch.validation.loss for epoch in trained.history)
    assert all(epoch.validation.accuracy is None for epoch in trained.history)
    assert measure(case.architecture, trained.parameters, validation, QUICK.batch_size) == trained.best.validation


def test_numbers_stop_when_the_loss_gets_no_smaller(monkeypatch):
    # given losses that fall twice, and then rise
    losses = iter([3.0, 2.0, 2.5, 4.0, 3.0, 1.0])
    monkeypatch.setattr(loop, "measure", lambda *_: Figures(next(losses), None, 10))
    case = case_of(["gru"], "→", "last", output="number")
    corpus = sums_corpus(20, 1)

    settings = TrainingSettings(epochs=6, patience=3)
    trained = train(case.architecture, start(case, input_size=2, vocab_size=None), corpus, corpus, settings)

    assert [epoch.best for epoch in trained.history] == [True, True, False, False, False]


@pytest.mark.parametrize("case", DEEP[1:4], ids=lambda case: case.short)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(case):
    def bytes_of(seed):
        settings = TrainingSettings(epochs=2, unknown_rate=0.2, seed=seed)
        trained = train(case.architecture, start(case), TRAINING, VALIDATION, settings, unknown=0)
        return b"".join(array.tobytes() for array in trained.parameters.values())

    assert bytes_of(1) == bytes_of(1)
    assert bytes_of(1) != bytes_of(2)


@pytest.mark.parametrize("output", ["classes", "yes_no", "number"])
@pytest.mark.parametrize("ways", ["→→", "⇄"])
@pytest.mark.parametrize("learning_rate", [1e30, 1e300])
def test_a_training_that_diverges_ends_in_one_line_and_without_a_warning(ways, output, learning_rate, recwarn):
    case = case_of(["elman-relu"] * len(ways), ways, "mean", head=(4, "relu"), output=output)
    corpus = sums_corpus(40, 1)
    if output != "number":
        corpus = labelled(corpus.inputs, [k % 2 for k in range(40)])
    settings = TrainingSettings(epochs=3, learning_rate=learning_rate)
    with pytest.raises(TrainingError, match=r"in epoch [123]; a smaller learning rate mends it"):
        train(case.architecture, start(case, input_size=2, vocab_size=None), corpus, corpus, settings)
    assert not recwarn.list


def test_a_loss_at_every_word_needs_an_answer_at_every_word():
    case = case_of(["gru"], "⇄", "last")
    with pytest.raises(TrainingError, match="reads in both directions has one after the last alone") as raised:
        TrainingLoop(case.architecture, start(case), TrainingSettings(every_word=0.5))
    assert "\n" not in str(raised.value)


def test_a_loss_at_every_word_trains_a_stack_that_reads_forward():
    case = case_of(["gru"] * 2, "→→", "mean", output="yes_no")
    told: list[Epoch] = []
    settings = replace(QUICK, every_word=0.5)
    train(case.architecture, start(case), TRAINING, VALIDATION, settings, on_epoch=told.append)
    assert max(epoch.validation.accuracy for epoch in told) > 0.95
