"""Training: that it learns, keeps the best, stops cleanly, and gives the same bytes for the same seed."""

import numpy as np
import pytest

from rnn_tui.network.backprop import Architecture
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.training import (
    Figures,
    TrainingError,
    TrainingLoop,
    TrainingSettings,
    initial_parameters,
    loop,
    measure,
    train,
)
from rnn_tui.network.training.corpus import Corpus, labelled

ELMAN = Architecture()
ARCHITECTURES = [
    ELMAN,
    Architecture((LayerKind("gru", None),)),
    Architecture((LayerKind("lstm", None),)),
    Architecture((LayerKind("elman", "relu"),), "attention"),
]
QUICK = TrainingSettings(epochs=30, batch_size=16, learning_rate=0.02, patience=30)


def first_word_corpus(n, seed, longest=6):
    """Sequences of words 0 to 4 whose label is 1 where the first word is 0 or 1."""
    rng = np.random.default_rng(seed)
    inputs = [rng.integers(0, 5, rng.integers(1, longest + 1)) for _ in range(n)]
    return labelled(inputs, [int(tokens[0] < 2) for tokens in inputs])


def fresh(architecture=ELMAN, seed=0, labels=2):
    return initial_parameters(architecture, 4, 8, labels, seed, vocab_size=5)


TRAINING, VALIDATION = first_word_corpus(300, 1), first_word_corpus(100, 2)


@pytest.mark.parametrize("architecture", ARCHITECTURES, ids=lambda a: f"{a.layers[0].cell} {a.readout}")
def test_every_network_learns_to_remember_the_first_word(architecture):
    # given sequences that are told apart by their first word alone
    before = measure(architecture, fresh(architecture), VALIDATION)

    # when
    trained = train(architecture, fresh(architecture), TRAINING, VALIDATION, QUICK)

    # then it is nearly always right on sequences it has not seen
    after = measure(architecture, trained.parameters, VALIDATION)
    assert before.accuracy < 0.8
    assert after.accuracy > 0.95
    assert after.n == 100


def test_targets_at_every_token_are_learned():
    # given sequences where every token asks for the token before it (0 at first)
    rng = np.random.default_rng(0)
    inputs = tuple(rng.integers(0, 5, rng.integers(2, 9)) for _ in range(200))
    corpus = Corpus(inputs, tuple(np.concatenate(([0], tokens[:-1])) for tokens in inputs))
    architecture = Architecture(readout="each")

    # when
    trained = train(architecture, fresh(architecture, labels=5), corpus, corpus, QUICK)

    # then each is right, and each is counted
    figures = measure(architecture, trained.parameters, corpus)
    assert figures.accuracy > 0.95
    assert figures.n == sum(len(tokens) for tokens in inputs)


def test_numbers_are_learned():
    # given series of numbers that ask whether the last is larger than the first
    rng = np.random.default_rng(0)
    inputs = [rng.normal(size=(5, 1)).astype(np.float32) for _ in range(300)]
    corpus = labelled(inputs, [int(series[-1, 0] > series[0, 0]) for series in inputs])
    parameters = initial_parameters(ELMAN, 1, 8, 2, seed=0)

    trained = train(ELMAN, parameters, corpus, corpus, QUICK)

    assert measure(ELMAN, trained.parameters, corpus).accuracy > 0.9


def test_one_hot_words_are_learned():
    parameters = initial_parameters(ELMAN, 5, 8, 2, seed=0)

    trained = train(ELMAN, parameters, TRAINING, VALIDATION, QUICK)

    assert measure(ELMAN, trained.parameters, VALIDATION).accuracy > 0.95


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    def bytes_of(seed):
        settings = TrainingSettings(epochs=3, unknown_rate=0.2, seed=seed)
        trained = train(ELMAN, fresh(), TRAINING, VALIDATION, settings, unknown=0)
        return b"".join(array.tobytes() for array in trained.parameters.values())

    assert bytes_of(1) == bytes_of(1)
    assert bytes_of(1) != bytes_of(2)


def test_training_leaves_the_parameters_it_was_given_alone():
    parameters = fresh()
    before = {name: array.copy() for name, array in parameters.items()}

    train(ELMAN, parameters, TRAINING, VALIDATION, TrainingSettings(epochs=1))

    for name, array in parameters.items():
        np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize("judge", ["accuracy", "loss"])
def test_the_best_epoch_is_kept_whichever_is_the_last(judge):
    # given a learning rate that makes the figures go up and down
    settings = TrainingSettings(epochs=12, learning_rate=0.1, judge=judge, patience=12)

    # when
    trained = train(ELMAN, fresh(), TRAINING, VALIDATION, settings)

    # then what was kept has the best figures of the history
    kept = measure(ELMAN, trained.parameters, VALIDATION, settings.batch_size)
    figures = [epoch.validation for epoch in trained.history]
    if judge == "loss":
        assert kept.loss == min(figure.loss for figure in figures)
    else:
        assert kept.accuracy == max(figure.accuracy for figure in figures)
    assert trained.best.validation == kept
    assert [epoch.number for epoch in trained.history] == list(range(1, 13))


def test_it_stops_when_nothing_has_become_better_for_a_while():
    # given weights that can't move, so that no epoch after the first is better
    settings = TrainingSettings(epochs=50, patience=4, frozen=tuple(fresh()))

    trained = train(ELMAN, fresh(), TRAINING, VALIDATION, settings)

    assert [epoch.best for epoch in trained.history] == [True, False, False, False, False]
    assert trained.best.number == 1


def test_frozen_parameters_stay_as_they_are():
    parameters = fresh()
    settings = TrainingSettings(epochs=2, frozen=("embedding.weight",))

    trained = train(ELMAN, parameters, TRAINING, VALIDATION, settings)

    np.testing.assert_array_equal(trained.parameters["embedding.weight"], parameters["embedding.weight"])
    assert not np.array_equal(trained.parameters["fc.weight"], parameters["fc.weight"])


def test_every_epoch_is_told_and_an_interruption_keeps_the_best_so_far():
    # given someone who presses Ctrl-C after the third epoch
    told = []

    def interrupt(epoch):
        told.append(epoch)
        if epoch.number == 3:
            raise KeyboardInterrupt

    # when
    trained = train(ELMAN, fresh(), TRAINING, VALIDATION, QUICK, on_epoch=interrupt)

    # then what was best is there, and was told
    assert trained.interrupted
    assert [epoch.number for epoch in told] == [1, 2, 3]
    assert trained.history == tuple(told)
    assert measure(ELMAN, trained.parameters, VALIDATION, QUICK.batch_size) == trained.best.validation


def test_interrupted_before_the_first_epoch_ended_it_returns_what_it_started_from(monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("rnn_tui.network.training.loop.measure", interrupt)

    trained = train(ELMAN, fresh(), TRAINING, VALIDATION, QUICK)

    assert trained.interrupted
    assert trained.best is None
    np.testing.assert_array_equal(trained.parameters["fc.weight"], fresh()["fc.weight"])


def test_a_loss_that_is_no_number_ends_it_with_one_line():
    # given an activation without bounds, and far too large steps
    architecture = Architecture((LayerKind(activation="identity"),))
    settings = TrainingSettings(learning_rate=1e6, clip_norm=1e9)

    with pytest.raises(TrainingError, match="smaller learning rate") as raised, np.errstate(all="ignore"):
        train(architecture, fresh(architecture), TRAINING, VALIDATION, settings)

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("activation", ["tanh", "relu", "identity"])
@pytest.mark.parametrize("learning_rate", [1e30, 1e38, 1e300])
@pytest.mark.parametrize("batch", [8, 10_000])
def test_a_training_that_diverges_ends_in_one_line_and_without_a_warning(activation, learning_rate, batch, recwarn):
    architecture = Architecture((LayerKind("elman", activation),), "last")
    settings = TrainingSettings(epochs=3, learning_rate=learning_rate, batch_size=batch)
    with pytest.raises(TrainingError, match=r"in epoch [123]; a smaller learning rate mends it"):
        train(architecture, fresh(architecture), TRAINING, VALIDATION, settings)
    assert not recwarn.list


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [("fc.bias", "the weights grew beyond all bounds in epoch 1"), (None, "the validation loss is nan in epoch 1")],
)
def test_what_is_no_number_after_the_last_step_is_found_too(monkeypatch, spoilt, expected):
    def epoch(self, *_):
        if spoilt:
            self.flat.parameters[spoilt][0] = np.inf
        return 0.5  # the loss before the step that went too far

    monkeypatch.setattr(loop.TrainingLoop, "epoch", epoch)
    if not spoilt:
        monkeypatch.setattr(loop, "measure", lambda *_: Figures(float("nan"), 0.5, 1))
    with pytest.raises(TrainingError, match=expected):
        train(ELMAN, fresh(), TRAINING, VALIDATION, TrainingSettings(epochs=1))


def test_the_learning_rate_falls_to_its_final_share(monkeypatch):
    # given an optimizer that writes down its learning rates
    rates = []

    class Listening:
        def __init__(self, *_):
            pass

        def step(self, _vector, _gradient, learning_rate, _weight_decay):
            rates.append(learning_rate)

    monkeypatch.setattr("rnn_tui.network.training.loop.Adam", Listening)
    settings = TrainingSettings(epochs=5, batch_size=300, learning_rate=0.4, final_learning_rate=0.5)

    train(ELMAN, fresh(), TRAINING, VALIDATION, settings)

    assert rates == pytest.approx([0.4, 0.35, 0.3, 0.25, 0.2])


def test_words_are_read_as_unknown_in_training_alone():
    # given a word that is always read as unknown
    settings = TrainingSettings(epochs=2, unknown_rate=1.0, learning_rate=0.1)
    parameters = fresh()

    # when
    trained = train(ELMAN, parameters, TRAINING, VALIDATION, settings, unknown=3)

    # then its row alone has moved
    moved = np.abs(trained.parameters["embedding.weight"] - parameters["embedding.weight"]).max(axis=1) > 0
    assert moved.tolist() == [False, False, False, True, False]


@pytest.mark.parametrize(("cell", "gates"), [("elman", 1), ("gru", 3), ("lstm", 4)])
def test_fresh_parameters_have_the_shapes_and_bounds_of_pytorch(cell, gates):
    parameters = initial_parameters(Architecture((LayerKind(cell),), "attention"), 3, 16, 2, seed=1, vocab_size=500)

    shapes = {name: array.shape for name, array in parameters.items()}
    assert shapes == {
        "rnn.weight_ih_l0": (gates * 16, 3),
        "rnn.weight_hh_l0": (gates * 16, 16),
        "rnn.bias_ih_l0": (gates * 16,),
        "rnn.bias_hh_l0": (gates * 16,),
        "fc.weight": (2, 16),
        "fc.bias": (2,),
        "attention.weight": (1, 16),
        "attention.bias": (1,),
        "embedding.weight": (500, 3),
    }
    assert all(array.dtype == np.float32 for array in parameters.values())
    assert 0.2 < np.abs(parameters["rnn.weight_hh_l0"]).max() <= 0.25
    assert parameters["embedding.weight"].std() == pytest.approx(1, abs=0.1)


def test_a_constraint_holds_after_every_step():
    # given a loop that keeps fc.bias at zero
    seen = []

    def constrain(parameters):
        seen.append(float(np.abs(parameters["fc.bias"]).max()))
        parameters["fc.bias"][:] = 0

    loop = TrainingLoop(ELMAN, fresh(), QUICK, after_step=constrain)

    # when
    first, second = loop.epoch(TRAINING, 0.02), loop.epoch(TRAINING, 0.02)

    # then every step has moved it from zero, and it is zero at the end
    assert second < first
    assert len(seen) == 2 * -(-len(TRAINING) // QUICK.batch_size)
    assert all(seen[1:])
    assert not loop.parameters["fc.bias"].any()


def test_what_was_interrupted_at_once_has_no_epoch_to_keep(monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("rnn_tui.network.training.loop.measure", interrupt)
    trained = train(ELMAN, fresh(), TRAINING, VALIDATION, QUICK)

    with pytest.raises(KeyboardInterrupt):
        trained.kept()
