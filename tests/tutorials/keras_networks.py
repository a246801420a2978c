"""Keras models as the tutorials of list.csv write them."""

import os

import numpy as np

from tests.tutorials.networks import EIGHT, LETTERS, PAD, SENTIMENTS, SIX, WORDS, network

os.environ.setdefault("KERAS_BACKEND", "torch")  # read when Keras is imported

import keras
from keras import layers

N, EMBEDDING, UNITS = len(WORDS), 4, 5
PADDED = (PAD, *(word for word in WORDS if word != PAD))  # Keras masks row 0
NUMBERS = {"vocabulary": (), "says": lambda model: {"tokenizer": "numbers"}}
TAGS = ("noun", "verb", "other")
LABELS = ("toxic", "rude", "threat")
REGRESSION = ("next",)


def predict(model, x):
    return model.predict(x[None], verbose=0)


def predict_numbers(model, x):
    return model.predict(x[None, :, None] if x.ndim == 1 else x[None], verbose=0)


def predict_one_hot(model, x):
    return model.predict(np.eye(len(LETTERS), dtype=np.float32)[x][None], verbose=0)


SENTIMENT = {"one": True, "probabilities": True, "ask": predict}
SERIES = {**NUMBERS, "number": True, "labels": REGRESSION, "ask": predict_numbers}
WEATHER = {**SERIES, "features": 3}


def sequential(*parts):
    return keras.Sequential(list(parts))


def functional(inputs, *parts):
    x = inputs
    for part in parts:
        x = part(x)
    return keras.Model(inputs, x)


def embedding(**options):
    return layers.Embedding(N, EMBEDDING, **options)


def words():
    return keras.Input((None,), dtype="int32")


def numbers(features=1):
    return keras.Input((None, features))


def yes():
    return layers.Dense(1, activation="sigmoid")


@network("imdb-simple", **SENTIMENT)
def imdb_simple():
    return sequential(words(), embedding(), layers.SimpleRNN(UNITS), yes())


@network("imdb-lstm", **SENTIMENT)
def imdb_lstm():
    return sequential(words(), embedding(), layers.LSTM(UNITS), yes())


@network("jena-gru", **WEATHER)
def jena_gru():
    return sequential(numbers(3), layers.GRU(UNITS), layers.Dense(1))


@network("jena-stacked", **WEATHER)
def jena_stacked():
    lower = layers.GRU(UNITS, dropout=0.1, recurrent_dropout=0.5, return_sequences=True)
    upper = layers.GRU(6, activation="relu", dropout=0.1, recurrent_dropout=0.5)
    return sequential(numbers(3), lower, upper, layers.Dense(1))


@network("imdb-bidirectional", **SENTIMENT)
def imdb_bidirectional():
    return sequential(words(), embedding(), layers.Bidirectional(layers.LSTM(UNITS)), yes())


@network("nietzsche", vocabulary=LETTERS, labels=LETTERS, probabilities=True, lengths=SIX, ask=predict_one_hot)
def nietzsche():
    n = len(LETTERS)
    return sequential(keras.Input((6, n)), layers.LSTM(UNITS), layers.Dense(n, activation="softmax"))


@network("jena-lstm-dropout", **WEATHER, lengths=SIX)
def jena_lstm_dropout():
    inputs = keras.Input((6, 3))
    return functional(inputs, layers.LSTM(UNITS, recurrent_dropout=0.25), layers.Dropout(0.5), layers.Dense(1))


@network("imdb-masked", **SENTIMENT, vocabulary=PADDED)
def imdb_masked():
    both = layers.Bidirectional(layers.LSTM(UNITS))
    return functional(words(), embedding(mask_zero=True), both, layers.Dropout(0.5), yes())


@network("series-one-unit", **SERIES)
def series_one_unit():
    return sequential(numbers(), layers.SimpleRNN(1))


@network("series-deep", **SERIES)
def series_deep():
    return sequential(
        numbers(), layers.SimpleRNN(UNITS, return_sequences=True), layers.SimpleRNN(UNITS), layers.Dense(1)
    )


TEN = tuple(f"step {number}" for number in range(1, 11))


@network("series-every-step", **{**SERIES, "labels": TEN})
def series_every_step():
    lower, upper = (layers.GRU(UNITS, return_sequences=True) for _ in range(2))
    return sequential(numbers(), lower, upper, layers.TimeDistributed(layers.Dense(10)))


@network("series-conv", **{**SERIES, "labels": TEN}, lengths=EIGHT)
def series_conv():
    conv = layers.Conv1D(filters=4, kernel_size=4, strides=2, padding="valid")
    lower, upper = (layers.GRU(UNITS, return_sequences=True) for _ in range(2))
    return sequential(numbers(), conv, lower, upper, layers.TimeDistributed(layers.Dense(10)))


@network("char-shakespeare", vocabulary=LETTERS, labels=LETTERS, probabilities=True, ask=predict_one_hot)
def char_shakespeare():
    n = len(LETTERS)
    lower, upper = (layers.GRU(UNITS, return_sequences=True, dropout=0.2) for _ in range(2))
    return sequential(numbers(n), lower, upper, layers.TimeDistributed(layers.Dense(n, activation="softmax")))


@network("sentiment-gru-mask", **SENTIMENT, vocabulary=PADDED)
def sentiment_gru_mask():
    lower, upper = layers.GRU(UNITS, return_sequences=True), layers.GRU(UNITS)
    return sequential(words(), embedding(mask_zero=True), lower, upper, yes())


@network("reber-gru", **SENTIMENT)
def reber_gru():
    return sequential(words(), embedding(), layers.GRU(UNITS), yes())


@network("sentiment-five", labels=SENTIMENTS, probabilities=True, lengths=SIX, ask=predict)
def sentiment_five():
    inputs = keras.Input((6,))
    return functional(inputs, embedding(), layers.LSTM(UNITS), layers.Dense(2, activation="softmax"))


@network("sine-simple", **SERIES, lengths=SIX)
def sine_simple():
    return functional(keras.Input((6, 1)), layers.SimpleRNN(UNITS), layers.Dense(1))


@network("pos-gru", labels=TAGS, probabilities=True, lengths=SIX, ask=predict)
def pos_gru():
    states = layers.GRU(UNITS, return_sequences=True)
    return functional(keras.Input((6,)), embedding(), states, layers.Dense(len(TAGS), activation="softmax"))


@network("toxic-lstm", labels=LABELS, probabilities=True, lengths=SIX, ask=predict)
def toxic_lstm():
    states = layers.LSTM(UNITS, return_sequences=True)
    labels = layers.Dense(len(LABELS), activation="sigmoid")
    return functional(keras.Input((6,)), embedding(), states, layers.GlobalMaxPooling1D(), labels)


@network("imdb-two-bilstm", **SENTIMENT)
def imdb_two_bilstm():
    lower = layers.Bidirectional(layers.LSTM(UNITS, return_sequences=True))
    return functional(words(), embedding(), lower, layers.Bidirectional(layers.LSTM(UNITS)), yes())


@network("weather-lstm", **WEATHER, lengths=SIX)
def weather_lstm():
    return functional(keras.Input((6, 3)), layers.LSTM(UNITS), layers.Dense(1))


@network("guide-lstm", labels=LABELS, ask=predict)
def guide_lstm():
    return sequential(embedding(), layers.LSTM(UNITS), layers.Dense(len(LABELS)))


@network("guide-gru-simple", labels=LABELS, ask=predict)
def guide_gru_simple():
    lower = layers.GRU(UNITS, return_sequences=True)
    return sequential(embedding(), lower, layers.SimpleRNN(6), layers.Dense(len(LABELS)))


@network("guide-cells", **{**WEATHER, "number": False, "labels": LABELS})
def guide_cells():
    cell = layers.RNN(layers.LSTMCell(UNITS))
    return sequential(numbers(3), cell, layers.BatchNormalization(), layers.Dense(len(LABELS)))


@network("weather-every-step", **WEATHER)
def weather_every_step():
    return sequential(numbers(3), layers.LSTM(UNITS, return_sequences=True), layers.Dense(1))


def predict_pitch(model, x):
    return predict_numbers(model, x)["pitch"]


@network("music-heads", **{**WEATHER, "number": False, "labels": ("C", "D", "E"), "ask": predict_pitch}, lengths=SIX)
def music_heads():
    inputs = keras.Input((6, 3))
    x = layers.LSTM(UNITS)(inputs)
    heads = {
        "pitch": layers.Dense(3, name="pitch")(x),
        "step": layers.Dense(1, name="step")(x),
        "duration": layers.Dense(1, name="duration")(x),
    }
    return keras.Model(inputs, heads)


@network("reviews-bilstm", one=True, vocabulary=PADDED, ask=predict)
def reviews_bilstm():
    both = layers.Bidirectional(layers.LSTM(UNITS))
    return sequential(embedding(mask_zero=True), both, layers.Dense(6, activation="relu"), layers.Dense(1))


@network("shakespeare-subclass", vocabulary=WORDS, labels=WORDS, ask=lambda model, x: model(x[None]))
class ShakespeareSubclass(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = embedding()
        self.gru = layers.GRU(UNITS, return_sequences=True, return_state=True)
        self.dense = layers.Dense(N)

    def call(self, inputs, states=None, return_state=False, training=False):
        states, last = self.gru(self.embedding(inputs), initial_state=states, training=training)
        logits = self.dense(states, training=training)
        return (logits, last) if return_state else logits
