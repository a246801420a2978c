"""Keras models that read numbers: series and rows of pixels, as the books and courses of list.csv write them."""

import keras
import numpy as np
from keras import layers, ops

from tests.tutorials.keras_networks import (
    LABELS,
    NUMBERS,
    SERIES,
    UNITS,
    WEATHER,
    functional,
    numbers,
    predict,
    predict_numbers,
    sequential,
)
from tests.tutorials.keras_sentences import both_ways, softmax
from tests.tutorials.networks import EIGHT, SIX, network

DIGITS = ("0", "1", "2", "3")
PIXELS = {**NUMBERS, "labels": DIGITS, "features": 6, "probabilities": True, "ask": predict_numbers, "lengths": SIX}
WEATHER_SIGNS = ("temperature", "wind", "pressure")
DAYS = ("in 1 day", "in 2 days")
AHEAD = {**WEATHER, "labels": DAYS}


def anew(model, x):
    """As a course asks it: the state of the series before is forgotten."""
    for layer in model.layers:
        if hasattr(layer, "reset_states"):
            layer.reset_states()
    return predict_numbers(model, x)


STATEFUL = {
    **SERIES,
    "ask": anew,
    "says": lambda model: {"tokenizer": "numbers", "forward": lambda rows: anew(model, np.asarray(rows)[0])},
}


def times(number):
    return layers.Lambda(lambda x: x * number)


def series():
    """A series without an axis of features, which a Lambda adds."""
    return keras.Input((None,)), layers.Lambda(lambda x: ops.expand_dims(x, axis=-1))


def causal():
    return layers.Conv1D(filters=4, kernel_size=5, strides=1, padding="causal", activation="relu")


def two(cell, **options):
    """Two layers that hand on every state."""
    return [cell(UNITS, return_sequences=True, **options) for _ in range(2)]


def softmax_by_itself():
    return layers.Dense(len(DIGITS)), layers.Activation("softmax")


@network("climate-gru", **{**WEATHER, "labels": WEATHER_SIGNS})
def climate_gru():
    return sequential(numbers(3), layers.GRU(UNITS, return_sequences=True), layers.Dense(3, activation="sigmoid"))


@network("pixel-simple", **PIXELS)
def pixel_simple():
    return sequential(keras.Input((6, 6)), layers.SimpleRNN(UNITS, unroll=True), *softmax_by_itself())


@network("sine-stateful", **STATEFUL, lengths=SIX)
def sine_stateful():
    states = layers.LSTM(UNITS, return_sequences=True, stateful=True)
    return sequential(keras.Input(batch_shape=(1, 6, 1)), states, layers.TimeDistributed(layers.Dense(1)))


@network("pixel-dropout", **PIXELS)
def pixel_dropout():
    return sequential(keras.Input((6, 6)), layers.SimpleRNN(units=UNITS, dropout=0.2), *softmax_by_itself())


@network("colour-lstm", **{**SERIES, "number": False, "probabilities": True, "labels": LABELS})
def colour_lstm():
    dense = layers.Dense(len(LABELS), activation="sigmoid")
    return sequential(numbers(), layers.LSTM(UNITS, dropout=0.2, recurrent_dropout=0.2), dense)


@network("sunspots-head", **SERIES)
def sunspots_head():
    return sequential(numbers(), layers.LSTM(UNITS), layers.Dense(6), layers.Dense(1))


@network("series-sum", **{**SERIES, "features": 2}, lengths=SIX)
def series_sum():
    return functional(keras.Input((6, 2)), layers.SimpleRNN(UNITS), layers.Dense(1))


@network("pixel-two-ways", **PIXELS)
def pixel_two_ways():
    rows = keras.Input((6, 6))
    columns = layers.Lambda(lambda x: ops.transpose(x, (0, 2, 1)))(rows)
    read = [both_ways(layers.LSTM, 4, return_sequences=True)(x) for x in (rows, columns)]
    joined = layers.Concatenate(axis=1)([layers.GlobalMaxPooling1D()(states) for states in read])
    return keras.Model(inputs=rows, outputs=softmax(DIGITS)(joined))


SEASONS = {**SERIES, "ask": predict}


@network("seasons-rnn", **SEASONS)
def seasons_rnn():
    lower, upper = layers.SimpleRNN(UNITS, return_sequences=True), layers.SimpleRNN(UNITS)
    return sequential(*series(), lower, upper, layers.Dense(1), times(100.0))


@network("seasons-bilstm", **SEASONS)
def seasons_bilstm():
    lower, upper = both_ways(layers.LSTM, return_sequences=True), both_ways(layers.LSTM)
    return sequential(*series(), lower, upper, layers.Dense(1), times(100.0))


@network("seasons-conv-bilstm", **SERIES)
def seasons_conv_bilstm():
    lower, upper = (both_ways(layers.LSTM, return_sequences=True) for _ in range(2))
    return sequential(numbers(), causal(), lower, upper, layers.Dense(1), times(200))


@network("seasons-conv-lstm", **SERIES)
def seasons_conv_lstm():
    return sequential(numbers(), causal(), *two(layers.LSTM), layers.Dense(1), times(200))


@network("sunspots-conv", **SERIES)
def sunspots_conv():
    dense = layers.Dense(6, activation="relu"), layers.Dense(4, activation="relu"), layers.Dense(1)
    return sequential(numbers(), causal(), *two(layers.LSTM), *dense, times(400))


@network("bitcoin-lstm", **{**SERIES, "ask": predict}, lengths=(7,) * 6)
def bitcoin_lstm():
    step = layers.Lambda(lambda x: ops.expand_dims(x, axis=1))
    return functional(keras.Input((7,)), step, layers.LSTM(UNITS, activation="relu"), layers.Dense(1))


@network("forecast-rnn", **SEASONS)
def forecast_rnn():
    lower, upper = layers.SimpleRNN(UNITS, return_sequences=True), layers.SimpleRNN(UNITS)
    return sequential(*series(), lower, upper, layers.Dense(1), times(200.0))


@network("forecast-every-step", **SERIES)
def forecast_every_step():
    return sequential(numbers(), *two(layers.SimpleRNN), layers.Dense(1), times(200.0))


def of_one_series(*parts):
    return sequential(keras.Input(batch_shape=(1, None, 1)), *parts, layers.Dense(1), times(200.0))


@network("forecast-stateful-rnn", **STATEFUL)
def forecast_stateful_rnn():
    return of_one_series(*two(layers.SimpleRNN, stateful=True))


@network("forecast-stateful-lstm", **STATEFUL)
def forecast_stateful_lstm():
    return of_one_series(*two(layers.LSTM, stateful=True))


@network("forecast-conv", **SERIES)
def forecast_conv():
    return sequential(numbers(), causal(), *two(layers.LSTM), layers.Dense(1), times(200))


@network("transit-one-unit", **SERIES)
def transit_one_unit():
    return sequential(numbers(), layers.SimpleRNN(1))


@network("transit-rnn", **SERIES)
def transit_rnn():
    return sequential(numbers(), layers.SimpleRNN(UNITS), layers.Dense(1))


@network("transit-deep", **SERIES)
def transit_deep():
    return sequential(numbers(), *two(layers.SimpleRNN), layers.SimpleRNN(UNITS), layers.Dense(1))


@network("transit-features", **WEATHER)
def transit_features():
    return sequential(numbers(3), layers.SimpleRNN(UNITS), layers.Dense(1))


@network("transit-ahead", **AHEAD)
def transit_ahead():
    return sequential(numbers(3), layers.SimpleRNN(UNITS), layers.Dense(len(DAYS)))


def every_day(states):
    return sequential(numbers(3), states, layers.Dense(len(DAYS)))


@network("transit-every-day", **AHEAD)
def transit_every_day():
    return every_day(layers.SimpleRNN(UNITS, return_sequences=True))


class LayerNormCell(layers.Layer):
    """A cell of SimpleRNN without its squashing, then layer norm, then tanh."""

    def __init__(self, units, **options):
        super().__init__(**options)
        self.state_size = self.output_size = units
        self.simple_rnn_cell = layers.SimpleRNNCell(units, activation=None)
        self.layer_norm = layers.LayerNormalization()
        self.activation = keras.activations.tanh

    def call(self, inputs, states):
        outputs, _new_states = self.simple_rnn_cell(inputs, states)
        outputs = self.activation(self.layer_norm(outputs))
        return outputs, [outputs]


@network("transit-layer-norm", **AHEAD)
def transit_layer_norm():
    return every_day(layers.RNN(LayerNormCell(UNITS), return_sequences=True))


@network("transit-lstm", **AHEAD)
def transit_lstm():
    return every_day(layers.LSTM(UNITS, return_sequences=True))


@network("transit-gru", **AHEAD)
def transit_gru():
    return every_day(layers.GRU(UNITS, return_sequences=True))


@network("transit-conv", **AHEAD, lengths=EIGHT)
def transit_conv():
    conv = layers.Conv1D(filters=4, kernel_size=4, strides=2, activation="relu")
    return sequential(numbers(3), conv, layers.GRU(UNITS, return_sequences=True), layers.Dense(len(DAYS)))


@network("sketch-conv", **{**WEATHER, "number": False, "labels": DIGITS, "probabilities": True}, lengths=(40,) * 3)
def sketch_conv():
    parts = []
    for filters, kernel in ((4, 5), (6, 5), (8, 3)):
        parts += [layers.Conv1D(filters, kernel, strides=2, activation="relu"), layers.BatchNormalization()]
    lower, upper = layers.LSTM(UNITS, return_sequences=True), layers.LSTM(UNITS)
    return sequential(numbers(3), *parts, lower, upper, softmax(DIGITS))
