"""Keras models that say what letter, word or note comes next, as the books and courses of list.csv write them."""

import keras
import numpy as np
from keras import layers

from tests.tutorials.keras_networks import UNITS, N, embedding, functional, predict, predict_one_hot, sequential, words
from tests.tutorials.keras_sentences import both_ways, of_six_words, softmax
from tests.tutorials.networks import LETTERS, SIX, WORDS, network

LETTER = {"vocabulary": LETTERS, "labels": LETTERS, "probabilities": True}
ONE_HOT = {**LETTER, "ask": predict_one_hot}
WORD = {"labels": WORDS, "probabilities": True, "ask": predict}


def letters(steps=None):
    return keras.Input((steps, len(LETTERS)))


def letter_rows():
    return layers.Embedding(len(LETTERS), 4)


def anew(model, x):
    """As a course asks it: the state of the text before is forgotten."""
    for layer in model.layers:
        if hasattr(layer, "reset_states"):
            layer.reset_states()
    return predict(model, x)


def with_zeros(model, x):
    """As a course asks it: with two first states of zeros."""
    answer = model.predict([x, np.zeros((1, UNITS)), np.zeros((1, UNITS))], verbose=0)
    return np.concatenate(answer) if isinstance(answer, list) else answer


def as_one_hot(rows):
    return np.eye(len(LETTERS), dtype=np.float32)[np.asarray(rows)]


@network(
    "jazz-lstm",
    **LETTER,
    lengths=SIX,
    ask=lambda model, x: with_zeros(model, as_one_hot(x[None])),
    says=lambda model: {"forward": lambda rows: with_zeros(model, as_one_hot(rows))},
)
def jazz_lstm():
    n = len(LETTERS)
    reshape, cell, dense = layers.Reshape((1, n)), layers.LSTM(UNITS, return_state=True), softmax(LETTERS)
    notes, a0, c0 = letters(6), keras.Input((UNITS,), name="a0"), keras.Input((UNITS,), name="c0")
    a, c, outputs = a0, c0, []
    for step in range(6):
        x = reshape(layers.Lambda(lambda notes, step=step: notes[:, step, :])(notes))
        a, _, c = cell(x, initial_state=[a, c])
        outputs.append(dense(a))
    return keras.Model(inputs=[notes, a0, c0], outputs=outputs)


STATEFUL = {"ask": anew, "says": lambda model: {"forward": lambda rows: anew(model, np.asarray(rows)[0])}}


@network("songs-stateful", vocabulary=LETTERS, labels=LETTERS, **STATEFUL)
def songs_stateful():
    states = layers.LSTM(UNITS, return_sequences=True, stateful=True)
    first = keras.Input(batch_shape=(1, None), dtype="int32")
    return sequential(first, letter_rows(), states, layers.Dense(len(LETTERS)))


@network("treasure-lstm", **ONE_HOT, lengths=SIX)
def treasure_lstm():
    return sequential(letters(6), layers.LSTM(UNITS), softmax(LETTERS))


@network(
    "poetry-states",
    **{**WORD, "ask": lambda model, x: with_zeros(model, x[None])},
    lengths=SIX,
    says=lambda model: {"forward": lambda rows: with_zeros(model, np.asarray(rows))},
)
def poetry_states():
    sentence, h, c = of_six_words(), keras.Input((UNITS,)), keras.Input((UNITS,))
    lstm = layers.LSTM(UNITS, return_sequences=True, return_state=True)
    states, _, _ = lstm(embedding()(sentence), initial_state=[h, c])
    return keras.Model([sentence, h, c], softmax(WORDS)(states))


@network("names-lstm", **ONE_HOT, lengths=SIX)
def names_lstm():
    return sequential(letters(6), layers.LSTM(UNITS), layers.Dense(len(LETTERS)), layers.Activation("softmax"))


@network("irish-bilstm", **WORD, lengths=SIX)
def irish_bilstm():
    return sequential(of_six_words(), embedding(), both_ways(layers.LSTM), softmax(WORDS))


@network("sonnets-bilstm", **WORD, lengths=SIX)
def sonnets_bilstm():
    lower, upper = both_ways(layers.LSTM, return_sequences=True), layers.LSTM(4)
    dense = layers.Dense(N // 2, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01))
    return sequential(of_six_words(), embedding(), lower, layers.Dropout(0.2), upper, dense, softmax(WORDS))


@network("lyrics-bilstm", **WORD, lengths=SIX)
def lyrics_bilstm():
    return sequential(of_six_words(), embedding(), both_ways(layers.LSTM), softmax(WORDS))


@network("bach-conv", **LETTER, ask=predict)
def bach_conv():
    parts = []
    for rate in (1, 2, 4, 8):
        conv = layers.Conv1D(4, kernel_size=2, padding="causal", activation="relu", dilation_rate=rate)
        parts += [conv, layers.BatchNormalization()]
    states = layers.LSTM(UNITS, return_sequences=True)
    return sequential(words(), letter_rows(), *parts, states, softmax(LETTERS))


@network("bard-letters", **LETTER, ask=predict)
def bard_letters():
    return sequential(letter_rows(), layers.GRU(UNITS, return_sequences=True), softmax(LETTERS))


@network("bard-letters-stateful", **LETTER, **STATEFUL)
def bard_letters_stateful():
    states = layers.GRU(UNITS, return_sequences=True, stateful=True)
    return sequential(keras.Input(batch_shape=(1, None), dtype="int32"), letter_rows(), states, softmax(LETTERS))


@network("titles-letters", **ONE_HOT)
def titles_letters():
    return sequential(letters(), layers.Masking(), layers.LSTM(UNITS, return_sequences=True), softmax(LETTERS))


@network("next-word-simple", **WORD)
def next_word_simple():
    return sequential(embedding(), layers.SimpleRNN(UNITS), softmax(WORDS))


@network("next-word-lstm", **WORD)
def next_word_lstm():
    return sequential(embedding(), layers.LSTM(UNITS), softmax(WORDS))


@network("alice-two-lstm", **ONE_HOT)
def alice_two_lstm():
    lower, upper = (layers.LSTM(UNITS, return_sequences=True) for _ in range(2))
    return sequential(letters(), lower, upper, layers.TimeDistributed(softmax(LETTERS)))


@network("song-lstm", **ONE_HOT, lengths=SIX)
def song_lstm():
    return functional(letters(6), layers.LSTM(UNITS), softmax(LETTERS))
