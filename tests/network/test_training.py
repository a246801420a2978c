"""Training: it learns what can't be guessed, stops by itself, and is the same again with the same seed."""

import dataclasses

import numpy as np
import pytest

from rnn_tui.network.backprop import Architecture
from rnn_tui.network.corpus import Corpus, labelled
from rnn_tui.network.training import (
    TrainingError,
    TrainingSettings,
    initial_parameters,
    measure,
    train,
)

SETTINGS = TrainingSettings(epochs=40, batch_size=8, learning_rate=0.02, patience=40, seed=1)


def first_word(n, seed):
    """Sequences of 2 to 6 tokens whose label is their first token: chance is a half."""
    rng = np.random.default_rng(seed)
    texts = [rng.integers(0, 2, rng.integers(2, 7)) for _ in range(n)]
    return labelled(texts, [int(text[0]) for text in texts])


def start(cell="gru", readout="last", hidden=8, **options):
    architecture = Architecture(cell=cell, readout=readout, **options)
    return architecture, initial_parameters(architecture, 4, hidden, 2, seed=0, vocab_size=3)


@pytest.mark.parametrize(("cell", "readout"), [("gru", "last"), ("lstm", "last"), ("elman", "attention")])
def test_it_learns_to_remember_the_first_word(cell, readout):
    options = {"activation": "tanh"} if cell == "elman" else {}
    architecture, parameters = start(cell, readout, **options)

    trained = train(architecture, parameters, first_word(200, 1), first_word(60, 2), SETTINGS)

    assert measure(architecture, trained.parameters, first_word(200, 3)).accuracy > 0.9
    assert trained.history[-1].training_loss < trained.history[0].training_loss / 2


def test_the_best_weights_are_kept_not_the_last():
    architecture, parameters = start()
    validation = first_word(60, 2)

    trained = train(architecture, parameters, first_word(60, 1), validation, SETTINGS)

    assert trained.best is not None
    assert trained.best.validation == max(
        (epoch.validation for epoch in trained.history), key=lambda figures: (figures.accuracy, -figures.loss)
    )
    again = measure(architecture, trained.parameters, validation, SETTINGS.batch_size)
    assert again.accuracy == trained.best.validation.accuracy
    assert again.loss == pytest.approx(trained.best.validation.loss, rel=1e-5)


def test_the_loss_can_be_the_judge():
    architecture, parameters = start()
    settings = dataclasses.replace(SETTINGS, judge="loss", epochs=10)

    trained = train(architecture, parameters, first_word(60, 1), first_word(60, 2), settings)

    assert trained.best is not None
    assert trained.best.validation.loss == min(epoch.validation.loss for epoch in trained.history)


def test_it_stops_when_nothing_gets_better():
    architecture, parameters = start()
    settings = dataclasses.replace(SETTINGS, learning_rate=0.0, patience=3)

    trained = train(architecture, parameters, first_word(20, 1), first_word(20, 2), settings)

    assert len(trained.history) == 4


def test_the_same_seed_gives_the_same_bytes():
    settings = dataclasses.replace(SETTINGS, epochs=3, unknown_rate=0.2, every_word=0.3, weight_decay=0.01)

    one, two = (train(*start(), first_word(40, 1), first_word(20, 2), settings, unknown=2).parameters for _ in range(2))

    assert {name: array.tobytes() for name, array in one.items()} == {
        name: array.tobytes() for name, array in two.items()
    }


def test_frozen_parameters_stay_and_the_others_move():
    architecture, parameters = start()
    settings = dataclasses.replace(SETTINGS, epochs=2, frozen=("embedding.weight",))

    trained = train(architecture, parameters, first_word(40, 1), first_word(20, 2), settings)

    np.testing.assert_array_equal(trained.parameters["embedding.weight"], parameters["embedding.weight"])
    assert (trained.parameters["fc.weight"] != parameters["fc.weight"]).any()


def test_the_unknown_word_is_learned_from_words_that_are_hidden():
    architecture, parameters = start()
    settings = dataclasses.replace(SETTINGS, epochs=2, unknown_rate=0.5)

    trained = train(architecture, parameters, first_word(40, 1), first_word(20, 2), settings, unknown=2)

    assert (trained.parameters["embedding.weight"][2] != parameters["embedding.weight"][2]).any()


def test_an_interrupt_keeps_the_best_so_far():
    architecture, parameters = start()

    def interrupt(epoch):
        if epoch.number == 2:
            raise KeyboardInterrupt

    trained = train(architecture, parameters, first_word(40, 1), first_word(20, 2), SETTINGS, on_epoch=interrupt)

    assert trained.interrupted
    assert len(trained.history) == 2
    assert trained.best in trained.history


def test_an_interrupt_before_the_first_epoch_leaves_the_start(monkeypatch):
    architecture, parameters = start()

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("rnn_tui.network.training._Loop.epoch", interrupt)
    trained = train(architecture, parameters, first_word(40, 1), first_word(20, 2), SETTINGS)

    assert trained.interrupted
    assert trained.best is None
    np.testing.assert_array_equal(trained.parameters["fc.weight"], parameters["fc.weight"])


def test_a_loss_that_is_no_number_is_said_with_how_to_mend_it():
    architecture, parameters = start()
    parameters["fc.bias"][:] = np.nan

    with pytest.raises(TrainingError, match="in epoch 1; a smaller learning rate mends it"):
        train(architecture, parameters, first_word(20, 1), first_word(20, 2), SETTINGS)


def test_the_learning_rate_falls_evenly():
    architecture, parameters = start()
    settings = dataclasses.replace(SETTINGS, epochs=3, final_learning_rate=0.0)

    trained = train(architecture, parameters, first_word(40, 1), first_word(40, 1), settings)
    without = train(
        architecture, parameters, first_word(40, 1), first_word(40, 1), dataclasses.replace(settings, epochs=2)
    )

    assert len(trained.history) == 3
    # in the last epoch the rate is 0, so nothing changes any more
    assert trained.history[2].validation == trained.history[1].validation
    assert without.history[0].training_loss == trained.history[0].training_loss


def test_every_token_can_be_asked():
    rng = np.random.default_rng(0)
    texts = [rng.integers(0, 2, 5) for _ in range(60)]
    corpus = Corpus(tuple(texts), tuple(np.array(text) for text in texts))
    architecture, parameters = start(readout="each")

    trained = train(architecture, parameters, corpus, corpus, dataclasses.replace(SETTINGS, epochs=10))

    figures = measure(architecture, trained.parameters, corpus)
    assert figures.n == 300
    assert figures.accuracy > 0.95


def test_fresh_parameters_have_pytorchs_shapes_and_bounds():
    architecture = Architecture(cell="lstm", readout="attention")

    parameters = initial_parameters(architecture, 4, 9, 3, seed=0)

    assert parameters["rnn.weight_ih_l0"].shape == (36, 4)
    assert parameters["attention.weight"].shape == (1, 9)
    assert "embedding.weight" not in parameters
    assert max(float(np.abs(array).max()) for array in parameters.values()) <= 1 / 3
