"""Modules that classify or tag a sentence, as the books and courses of list.csv write them: deep, both ways, a head."""

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence

from tests.tutorials.networks import PAD, WORDS, network
from tests.tutorials.torch_words import SIZES, TAGS, TOPICS, batch, batch_and_length, column, column_and_length, rows

N, EMBEDDING, HIDDEN = SIZES
PADDING = WORDS.index(PAD)


class Reader(nn.Module):
    """An embedding, a recurrent layer (`between` is its dropout) and a linear layer."""

    cell, layers, both, outputs, batch_first, padding, between = nn.LSTM, 1, False, 2, True, None, 0.0

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(N, EMBEDDING, padding_idx=self.padding)
        self.rnn = self.cell(
            EMBEDDING, HIDDEN, self.layers, batch_first=self.batch_first, bidirectional=self.both, dropout=self.between
        )
        self.fc = nn.Linear(HIDDEN * (1 + self.both), self.outputs)


@network("news-rnn-mean", labels=TOPICS, ask=batch)
class NewsRnnMean(Reader):
    cell, outputs = nn.RNN, len(TOPICS)

    def forward(self, x):
        x, _hidden = self.rnn(self.embedding(x))
        return self.fc(x.mean(dim=1))


@network("news-lstm", labels=TOPICS, ask=batch)
class NewsLstm(Reader):
    outputs = len(TOPICS)

    def forward(self, x):
        _, (h, _c) = self.rnn(self.embedding(x))
        return self.fc(h[-1])


@network("news-lstm-packed", labels=TOPICS, ask=batch_and_length)
class NewsLstmPacked(Reader):
    outputs = len(TOPICS)

    def forward(self, x, lengths):
        packed = pack_padded_sequence(self.embedding(x), lengths, batch_first=True, enforce_sorted=False)
        _, (h, _c) = self.rnn(packed)
        return self.fc(h[-1])


@network("reviews-two-layers", one=True, probabilities=True, ask=lambda module, x: batch(module, x)[0])
class ReviewsTwoLayers(Reader):
    layers, outputs, between = 2, 1, 0.8

    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout(0.8)
        self.sigmoid = nn.Sigmoid()

    def forward(self, input_words):
        states, h = self.rnn(self.embedding(input_words))
        states = self.dropout(states).contiguous().view(-1, HIDDEN)
        answers = self.sigmoid(self.fc(states)).view(len(input_words), -1)
        return answers[:, -1], h


@network("reviews-birnn", ask=batch)
class ReviewsBirnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(N, EMBEDDING)
        self.encoder = nn.LSTM(input_size=EMBEDDING, hidden_size=HIDDEN, num_layers=2, bidirectional=True)
        self.decoder = nn.Linear(4 * HIDDEN, 2)

    def forward(self, inputs):
        outputs, _ = self.encoder(self.embedding(inputs.permute(1, 0)))
        return self.decoder(torch.cat((outputs[0], outputs[-1]), -1))


class Movies(nn.Module):
    """An embedding with padding, a packed LSTM, and two linear layers with relu between and sigmoid after them."""

    both = False

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(N, EMBEDDING, padding_idx=PADDING)
        self.rnn = nn.LSTM(EMBEDDING, HIDDEN, batch_first=True, bidirectional=self.both)
        self.fc1 = nn.Linear(HIDDEN * (1 + self.both), 6)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(6, 1)
        self.sigmoid = nn.Sigmoid()

    def last(self, text, lengths):
        out = pack_padded_sequence(self.embedding(text), lengths.cpu().numpy(), enforce_sorted=False, batch_first=True)
        _, (hidden, _cell) = self.rnn(out)
        return hidden

    def answered(self, out):
        return self.sigmoid(self.fc2(self.relu(self.fc1(out))))


@network("movies-lstm-head", one=True, probabilities=True, ask=batch_and_length)
class MoviesLstmHead(Movies):
    def forward(self, text, lengths):
        return self.answered(self.last(text, lengths)[-1, :, :])


@network("movies-bilstm-head", one=True, probabilities=True, ask=batch_and_length)
class MoviesBilstmHead(Movies):
    both = True

    def forward(self, text, lengths):
        hidden = self.last(text, lengths)
        return self.answered(torch.cat((hidden[-2, :, :], hidden[-1, :, :]), dim=1))


@network("movies-lstm", ask=column)
class MoviesLstm(Reader):
    batch_first = False

    def forward(self, text):
        _, (hidden, _cell) = self.rnn(self.embedding(text))
        hidden.squeeze_(0)
        return self.fc(hidden)


@network("movies-lstm-packed", ask=column_and_length)
class MoviesLstmPacked(Reader):
    batch_first = False

    def forward(self, text, text_length):
        packed = pack_padded_sequence(self.embedding(text), text_length.to("cpu"))
        _, (hidden, _cell) = self.rnn(packed)
        hidden.squeeze_(0)
        return self.fc(hidden)


@network("imdb-gru", ask=batch)
class ImdbGru(Reader):
    cell = nn.GRU

    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout(0.5)

    def _init_state(self, batch_size=1):
        weight = next(self.parameters()).data
        return weight.new(self.layers, batch_size, HIDDEN).zero_()

    def forward(self, x):
        states, _ = self.rnn(self.embedding(x), self._init_state(batch_size=x.size(0)))
        last = states[:, -1, :]
        self.dropout(last)  # without taking what it gives
        return self.fc(last)


@network("reviews-bilstm-deep", one=True, ask=column)
class ReviewsBilstmDeep(Reader):
    batch_first, layers, both, outputs, between = False, 2, True, 1, 0.5

    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        _, (hidden, _cell) = self.rnn(self.dropout(self.embedding(x)))
        return self.fc(self.dropout(torch.cat([hidden[-2], hidden[-1]], dim=1)))


@network("naver-lstm", ask=batch)
class NaverLstm(Reader):
    def forward(self, x):
        _, (hidden, _cell) = self.rnn(self.embedding(x))
        return self.fc(hidden.squeeze(0))


@network("imdb-gru-last", ask=batch)
class ImdbGruLast(Reader):
    cell = nn.GRU

    def forward(self, x):
        _, hidden = self.rnn(self.embedding(x))
        return self.fc(hidden.squeeze(0))


class Tagger(Reader):
    outputs = len(TAGS)

    def forward(self, x):
        states, _ = self.rnn(self.embedding(x))
        return self.fc(states)


@network("entity-gru", labels=TAGS, ask=batch)
class EntityGru(Tagger):
    cell = nn.GRU


@network("entity-bilstm", labels=TAGS, ask=batch)
class EntityBilstm(Tagger):
    layers, both = 2, True


def encodings(x):
    """What a tokenizer hands to a module: a mapping."""
    return {"input_ids": x, "attention_mask": torch.ones_like(x)}


OPINION = {
    "one": True,
    "ask": lambda module, x: module(encodings(rows(x)[None])),
    "says": lambda module: {"forward": lambda x: module(encodings(x))},
}


class Opinion(Reader):
    cell, layers, outputs, padding, between = nn.GRU, 2, 1, PADDING, 0.2

    def packed(self, given):
        lengths = given["attention_mask"].sum(dim=1)
        embedded = self.embedding(given["input_ids"])
        return pack_padded_sequence(embedded, lengths=lengths.cpu(), batch_first=True, enforce_sorted=False)


@network("opinion-gru", **OPINION)
class OpinionGru(Opinion):
    def forward(self, encodings):
        _, hidden_states = self.rnn(self.embedding(encodings["input_ids"]))
        return self.fc(hidden_states[-1])


@network("opinion-gru-packed", **OPINION)
class OpinionGruPacked(Opinion):
    def forward(self, encodings):
        _, hidden_states = self.rnn(self.packed(encodings))
        return self.fc(hidden_states[-1])


@network("opinion-bigru", **OPINION)
class OpinionBigru(Opinion):
    both = True

    def forward(self, encodings):
        _, hidden_states = self.rnn(self.packed(encodings))
        n_dims = self.fc.in_features
        return self.fc(hidden_states[-2:].permute(1, 0, 2).reshape(-1, n_dims))


def from_zeros(module, x):
    """As the course asks it: the state of the sentence before is forgotten."""
    module.hidden = module.init_hidden()
    return module(rows(x))


@network("speech-tagger", labels=TAGS, ask=from_zeros)
class SpeechTagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.word_embeddings = nn.Embedding(N, EMBEDDING)
        self.lstm = nn.LSTM(EMBEDDING, HIDDEN)
        self.hidden2tag = nn.Linear(HIDDEN, len(TAGS))
        self.hidden = self.init_hidden()

    def init_hidden(self):
        return torch.zeros(1, 1, HIDDEN), torch.zeros(1, 1, HIDDEN)

    def forward(self, sentence):
        embeds = self.word_embeddings(sentence)
        states, self.hidden = self.lstm(embeds.view(len(sentence), 1, -1), self.hidden)
        return functional.log_softmax(self.hidden2tag(states.view(len(sentence), -1)), dim=1)


class Letters(nn.Module):
    def __init__(self):
        super().__init__()
        self.char_embedding = nn.Embedding(128, 3)
        self.char_lstm = nn.LSTM(3, 3, batch_first=True)

    def forward(self, x):
        _, h = self.char_lstm(self.char_embedding(x))
        return h[0]


@network("char-lstm-tagger", labels=TAGS, ask=lambda module, x: module(rows(x), [WORDS[row] for row in x]))
class CharLstmTagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.word_embedding = nn.Embedding(N, EMBEDDING)
        self.char_lstm = Letters()
        self.lstm = nn.LSTM(EMBEDDING + 3, HIDDEN, batch_first=True)
        self.linear1 = nn.Linear(HIDDEN, len(TAGS))

    def forward(self, x, word):
        read = [self.char_lstm(torch.tensor([[ord(letter) for letter in each]])).squeeze(0) for each in word]
        x = torch.cat((self.word_embedding(x), torch.cat(read)), 1).unsqueeze(0)
        states, _ = self.lstm(x)
        return functional.log_softmax(self.linear1(states.squeeze(0)), dim=1)


START, STOP = len(TAGS), len(TAGS) + 1


def best_path(module, x):
    """The tags of the best path, as probabilities of 0 and 1."""
    _score, path = module(rows(x))
    return torch.eye(len(TAGS) + 2)[path][:, : len(TAGS)]


@network("entity-crf", labels=TAGS, probabilities=True, ask=best_path)
class EntityCrf(nn.Module):
    def __init__(self):
        super().__init__()
        tags = len(TAGS) + 2
        self.word_embeds = nn.Embedding(N, EMBEDDING)
        self.lstm = nn.LSTM(EMBEDDING, HIDDEN - 2, num_layers=1, bidirectional=True)
        self.hidden2tag = nn.Linear(2 * (HIDDEN - 2), tags)
        self.transitions = nn.Parameter(torch.randn(tags, tags))
        self.transitions.data[START, :] = -10000
        self.transitions.data[:, STOP] = -10000

    def init_hidden(self):
        return torch.randn(2, 1, HIDDEN - 2), torch.randn(2, 1, HIDDEN - 2)

    def features(self, sentence):
        embeds = self.word_embeds(sentence).view(len(sentence), 1, -1)
        states, _ = self.lstm(embeds, self.init_hidden())
        return self.hidden2tag(states.view(len(sentence), -1))

    def forward(self, sentence):
        best, pointers = torch.full((len(self.transitions),), -10000.0), []
        best[START] = 0
        for feature in self.features(sentence):
            best, pointer = (best + self.transitions).max(dim=1)
            best = best + feature
            pointers.append(pointer)
        score, tag = (best + self.transitions[STOP]).max(dim=0)
        path = [int(tag)]
        for pointer in reversed(pointers):
            path.append(int(pointer[path[-1]]))
        path.pop()
        return score, path[::-1]
