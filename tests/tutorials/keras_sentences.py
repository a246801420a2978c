"""Keras models that classify or tag a sentence, as the books and courses of list.csv write them.

A TextVectorization needs TensorFlow: those that begin with one are written from the rows on that it gives.
"""

import keras
from keras import layers, ops

from tests.tutorials.keras_networks import (
    PADDED,
    SENTIMENT,
    TAGS,
    UNITS,
    embedding,
    functional,
    predict,
    sequential,
    words,
    yes,
)
from tests.tutorials.networks import SIX, network

TOPICS = ("world", "sports", "business", "science")
EMOJI = ("heart", "ball", "smile", "frown", "fork")
MASKED = {**SENTIMENT, "vocabulary": PADDED}
TITLE = {"labels": TOPICS, "probabilities": True, "ask": predict}
TAGGER = {"labels": TAGS, "probabilities": True, "ask": predict}


def both_ways(cell, units=UNITS, **options):
    return layers.Bidirectional(cell(units, **options))


def relu():
    return layers.Dense(6, activation="relu")


def softmax(labels):
    return layers.Dense(len(labels), activation="softmax")


def sigmoid_by_itself():
    return layers.Dense(1), layers.Activation("sigmoid")


def of_six_words():
    return keras.Input((6,), dtype="int32")


@network("reviews-three-gru", **SENTIMENT, lengths=SIX)
def reviews_three_gru():
    lower, middle = layers.GRU(6, return_sequences=True), layers.GRU(UNITS, return_sequences=True)
    return sequential(of_six_words(), embedding(), lower, middle, layers.GRU(4), yes())


@network("emoji-lstm", labels=EMOJI, probabilities=True, lengths=SIX, ask=predict)
def emoji_lstm():
    lower, upper = layers.LSTM(UNITS, return_sequences=True), layers.LSTM(UNITS, return_sequences=False)
    head = layers.Dense(len(EMOJI)), layers.Activation("softmax")
    return functional(of_six_words(), embedding(), lower, layers.Dropout(0.5), upper, layers.Dropout(0.5), *head)


@network("imdb-rnn-dropout", **SENTIMENT)
def imdb_rnn_dropout():
    return sequential(words(), embedding(), layers.SimpleRNN(UNITS), layers.Dropout(0.5), *sigmoid_by_itself())


@network("imdb-lstm-dropout", **SENTIMENT)
def imdb_lstm_dropout():
    return sequential(words(), embedding(), layers.LSTM(UNITS), layers.Dropout(0.5), *sigmoid_by_itself())


@network("subwords-bilstm", **SENTIMENT)
def subwords_bilstm():
    return sequential(words(), embedding(), both_ways(layers.LSTM), relu(), yes())


@network("subwords-two-bilstm", **SENTIMENT)
def subwords_two_bilstm():
    lower = both_ways(layers.LSTM, return_sequences=True)
    return sequential(words(), embedding(), lower, both_ways(layers.LSTM, 4), relu(), yes())


@network("imdb-bigru", **SENTIMENT, lengths=SIX)
def imdb_bigru():
    return sequential(of_six_words(), embedding(), both_ways(layers.GRU), relu(), yes())


@network("tweets-conv", **SENTIMENT, lengths=(13,) * 6)
def tweets_conv():
    conv = layers.Conv1D(6, 5, activation="relu"), layers.MaxPooling1D(pool_size=4)
    frozen = embedding(trainable=False)
    return sequential(words(), frozen, layers.Dropout(0.2), *conv, layers.LSTM(UNITS), yes())


@network("tweets-lstm", **SENTIMENT)
def tweets_lstm():
    return functional(words(), embedding(), layers.LSTM(UNITS), yes())


@network("tweets-gru", **SENTIMENT)
def tweets_gru():
    return functional(words(), embedding(), layers.GRU(UNITS), yes())


@network("tweets-bilstm", **SENTIMENT)
def tweets_bilstm():
    return functional(words(), embedding(), both_ways(layers.LSTM), yes())


def reviews(*parts):
    return sequential(of_six_words(), embedding(), layers.SpatialDropout1D(0.2), *parts, yes())


@network("reviews-simple", **SENTIMENT, lengths=SIX)
def reviews_simple():
    return reviews(layers.SimpleRNN(UNITS, dropout=0.2))


@network("reviews-lstm", **SENTIMENT, lengths=SIX)
def reviews_lstm():
    return reviews(layers.LSTM(UNITS, dropout=0.2))


@network("reviews-gru", **SENTIMENT, lengths=SIX)
def reviews_gru():
    return reviews(layers.GRU(UNITS, dropout=0.2))


@network("reviews-bilstm-dropout", **SENTIMENT, lengths=SIX)
def reviews_bilstm_dropout():
    return reviews(both_ways(layers.LSTM, dropout=0.2))


@network("reviews-two-bilstm", **SENTIMENT, lengths=SIX)
def reviews_two_bilstm():
    lower = both_ways(layers.LSTM, dropout=0.2, return_sequences=True)
    return reviews(lower, both_ways(layers.LSTM, 4, dropout=0.2))


@network("reviews-conv-bilstm", **SENTIMENT, lengths=(13,) * 6)
def reviews_conv_bilstm():
    conv = layers.Conv1D(6, 3, activation="relu"), layers.MaxPooling1D(4)
    both = both_ways(layers.LSTM, dropout=0.2)
    return sequential(words(), embedding(), layers.SpatialDropout1D(0.2), *conv, both, yes())


@network("shop-bilstm-head", **SENTIMENT, lengths=SIX)
def shop_bilstm_head():
    return sequential(of_six_words(), embedding(), both_ways(layers.LSTM), relu(), yes())


@network("shop-two-bilstm-head", **SENTIMENT, lengths=SIX)
def shop_two_bilstm_head():
    lower = both_ways(layers.LSTM, return_sequences=True)
    return sequential(of_six_words(), embedding(), lower, both_ways(layers.LSTM), relu(), yes())


@network("shop-bigru", **SENTIMENT, lengths=SIX)
def shop_bigru():
    return sequential(of_six_words(), embedding(), both_ways(layers.GRU), yes())


@network("shop-bilstm", **SENTIMENT, lengths=SIX)
def shop_bilstm():
    return sequential(of_six_words(), embedding(), both_ways(layers.LSTM), yes())


@network("shop-two-bilstm", **SENTIMENT, lengths=SIX)
def shop_two_bilstm():
    lower = both_ways(layers.LSTM, return_sequences=True)
    return sequential(of_six_words(), embedding(), lower, both_ways(layers.LSTM), yes())


@network("opinion-vectors", **SENTIMENT)
def opinion_vectors():
    return sequential(words(), embedding(), layers.GRU(UNITS), yes())


@network("opinion-masked", **MASKED)
def opinion_masked():
    return sequential(words(), embedding(mask_zero=True), layers.GRU(UNITS), yes())


@network("opinion-own-mask", **MASKED)
def opinion_own_mask():
    token_ids = words()
    mask = ops.not_equal(token_ids, 0)
    z = layers.GRU(UNITS, dropout=0.2)(embedding()(token_ids), mask=mask)
    return keras.Model(inputs=[token_ids], outputs=[yes()(z)])


@network("grammar-gru", **SENTIMENT)
def grammar_gru():
    return sequential(words(), embedding(), layers.GRU(UNITS), yes())


@network("titles-rnn", **TITLE)
def titles_rnn():
    return sequential(words(), embedding(), layers.SimpleRNN(UNITS), softmax(TOPICS))


@network("titles-masked", **TITLE, vocabulary=PADDED)
def titles_masked():
    return sequential(words(), embedding(mask_zero=True), layers.SimpleRNN(UNITS), softmax(TOPICS))


@network("titles-lstm", **TITLE)
def titles_lstm():
    return sequential(words(), embedding(), layers.LSTM(UNITS), softmax(TOPICS))


@network("titles-two-bilstm", **TITLE, vocabulary=PADDED)
def titles_two_bilstm():
    lower = both_ways(layers.LSTM, return_sequences=True)
    return sequential(words(), embedding(mask_zero=True), lower, both_ways(layers.LSTM), softmax(TOPICS))


@network("spam-rnn", **SENTIMENT)
def spam_rnn():
    return sequential(embedding(), layers.SimpleRNN(UNITS), yes())


@network("movie-gru", **SENTIMENT)
def movie_gru():
    return sequential(embedding(), layers.GRU(UNITS), yes())


@network("movie-lstm", **SENTIMENT)
def movie_lstm():
    return sequential(embedding(), layers.LSTM(UNITS), yes())


@network("steam-bigru", **SENTIMENT)
def steam_bigru():
    return sequential(embedding(), both_ways(layers.GRU), yes())


@network("speech-bilstm", **TAGGER, vocabulary=PADDED)
def speech_bilstm():
    both = both_ways(layers.LSTM, return_sequences=True)
    return sequential(embedding(mask_zero=True), both, layers.TimeDistributed(softmax(TAGS)))


@network("entity-two-bilstm", **TAGGER, lengths=SIX)
def entity_two_bilstm():
    lower, upper = (both_ways(layers.LSTM, activation="tanh", return_sequences=True) for _ in range(2))
    return sequential(of_six_words(), embedding(), lower, upper, layers.TimeDistributed(softmax(TAGS)))


class Crf(layers.Layer):
    """The tags of the best path as 0 and 1, from scores of each word and of each step from one tag to the next."""

    def build(self, shape):
        tags = len(TAGS)
        self.kernel = self.add_weight(shape=(shape[-1], tags), name="kernel")
        self.chain = self.add_weight(shape=(tags, tags), name="chain_kernel")

    def call(self, inputs):
        scores = ops.matmul(inputs, self.kernel)
        best, pointers = scores[:, 0], []
        for step in range(1, scores.shape[1]):
            ways = best[:, :, None] + self.chain[None]
            pointers.append(ops.argmax(ways, axis=1))
            best = ops.max(ways, axis=1) + scores[:, step]
        path = [ops.argmax(best, axis=1)]
        for pointer in reversed(pointers):
            path.insert(0, ops.take_along_axis(pointer, path[0][:, None], axis=1)[:, 0])
        return ops.one_hot(ops.stack(path, axis=1), len(TAGS))


@network("entity-crf-layer", **TAGGER, lengths=SIX)
def entity_crf_layer():
    both = both_ways(layers.LSTM, return_sequences=True)
    dropout = layers.TimeDistributed(layers.Dropout(0.3))
    dense = layers.TimeDistributed(layers.Dense(len(TAGS), activation="relu"))
    return functional(of_six_words(), embedding(), both, dropout, dense, Crf())
