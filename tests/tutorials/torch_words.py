"""Modules that read words and classify or tag a sentence, as the tutorials of list.csv write them."""

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from tests.tutorials.networks import EIGHT, PAD, WORDS, network

SIZES = len(WORDS), 4, 5  # words, embedding, hidden units
PADDING = WORDS.index(PAD)
TOPICS = ("world", "sports", "science")
TAGS = ("noun", "verb", "other")


def rows(x):
    return torch.from_numpy(x)


def batch(module, x):
    return module(rows(x)[None])


def column(module, x):
    return module(rows(x)[:, None])


def batch_and_length(module, x):
    return module(rows(x)[None], torch.tensor([len(x)]))


def column_and_length(module, x):
    return module(rows(x)[:, None], torch.tensor([len(x)]))


def from_zeros(module, x):
    """As the tutorial asks it: the state of the sentence before is forgotten."""
    module.hidden = module.init_hidden()
    return module(x)


@network(
    "pos-tagger",
    labels=TAGS,
    ask=lambda module, x: from_zeros(module, rows(x)),
)
class PosTagger(nn.Module):
    def __init__(self):
        super().__init__()
        vocab_size, embedding_dim, self.hidden_dim = SIZES
        self.word_embeddings = nn.Embedding(vocab_size, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, self.hidden_dim)
        self.hidden2tag = nn.Linear(self.hidden_dim, len(TAGS))
        self.hidden = self.init_hidden()

    def init_hidden(self):
        return torch.zeros(1, 1, self.hidden_dim), torch.zeros(1, 1, self.hidden_dim)

    def forward(self, sentence):
        n = len(sentence)
        states, self.hidden = self.lstm(self.word_embeddings(sentence).view(n, 1, -1), self.hidden)
        return functional.log_softmax(self.hidden2tag(states.view(n, -1)), dim=1)


class Simple(nn.Module):
    cell = nn.RNN

    def __init__(self):
        super().__init__()
        vocab_size, embedding_dim, hidden_dim = SIZES
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.rnn = self.cell(embedding_dim, hidden_dim)
        self.fc = nn.Linear(hidden_dim, 1)


@network("sentiment-simple", one=True, ask=column)
class SentimentSimple(Simple):
    def forward(self, text):
        output, hidden = self.rnn(self.embedding(text))
        assert torch.equal(output[-1], hidden.squeeze(0))
        return self.fc(hidden.squeeze(0))


@network("imdb-rnn", one=True, ask=column)
class ImdbRnn(Simple):
    def forward(self, text):
        _, hidden = self.rnn(self.embedding(text))
        return self.fc(hidden.squeeze(0)).view(-1)


@network("imdb-rnn-packed", one=True, ask=column_and_length)
class ImdbRnnPacked(Simple):
    def forward(self, text, text_length):
        packed = pack_padded_sequence(self.embedding(text), text_length)
        _, hidden = self.rnn(packed)
        return self.fc(hidden.squeeze(0)).view(-1)


@network("imdb-gru-packed", one=True, ask=column_and_length)
class ImdbGruPacked(ImdbRnnPacked):
    cell = nn.GRU


@network("imdb-lstm-packed", one=True, ask=column_and_length)
class ImdbLstmPacked(Simple):
    cell = nn.LSTM

    def forward(self, text, text_length):
        packed = pack_padded_sequence(self.embedding(text), text_length)
        _, (hidden, _cell) = self.rnn(packed)
        return self.fc(hidden.squeeze(0)).view(-1)


class TwoBothWays(nn.Module):
    """An embedding, and an LSTM of 2 layers in both directions."""

    batch_first, outputs = False, 1

    def __init__(self, dropout=0.5):
        super().__init__()
        vocab_size, embedding_dim, hidden_dim = SIZES
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=PADDING)
        self.rnn = nn.LSTM(
            embedding_dim, hidden_dim, 2, bidirectional=True, dropout=dropout, batch_first=self.batch_first
        )
        self.fc = nn.Linear(hidden_dim * 2, self.outputs)
        self.dropout = nn.Dropout(dropout)


@network("sentiment-upgraded", one=True, ask=column_and_length)
class SentimentUpgraded(TwoBothWays):
    def forward(self, text, text_lengths):
        embedded = self.dropout(self.embedding(text))
        packed = pack_padded_sequence(embedded, text_lengths.to("cpu"))
        output, (hidden, _cell) = self.rnn(packed)
        pad_packed_sequence(output)
        return self.fc(self.dropout(torch.cat((hidden[-2], hidden[-1]), dim=1)))


@network("sentiment-lstm", labels=("negative", "positive", "mixed"), ask=batch_and_length)
class SentimentLstm(TwoBothWays):
    batch_first, outputs = True, 3

    def forward(self, ids, length):
        embedded = self.dropout(self.embedding(ids))
        packed = pack_padded_sequence(embedded, length, batch_first=True, enforce_sorted=False)
        _, (hidden, _cell) = self.rnn(packed)
        return self.fc(self.dropout(torch.cat([hidden[-1], hidden[-2]], dim=-1)))


@network("imdb-bilstm", one=True, ask=column_and_length)
class ImdbBilstm(TwoBothWays):
    def __init__(self):
        super().__init__(dropout=0)

    def forward(self, text, text_length):
        _, (hidden, _cell) = self.rnn(pack_padded_sequence(self.embedding(text), text_length))
        return self.fc(torch.cat((hidden[-2], hidden[-1]), dim=1)).view(-1)


@network("news-bilstm", labels=TOPICS, ask=column_and_length)
class NewsBilstm(TwoBothWays):
    outputs = 6

    def __init__(self):
        super().__init__()
        self.fc2 = nn.Linear(6, len(TOPICS))

    def forward(self, text, text_length):
        embedded = self.dropout(self.embedding(text))
        _, (hidden, _cell) = self.rnn(pack_padded_sequence(embedded, text_length))
        hidden = self.fc(self.dropout(torch.cat((hidden[-2], hidden[-1]), dim=1)))
        return self.fc2(self.dropout(hidden))


@network("pos-bilstm", labels=TAGS, ask=column)
class PosBilstm(TwoBothWays):
    outputs = len(TAGS)

    def forward(self, text):
        outputs, _ = self.rnn(self.dropout(self.embedding(text)))
        return self.fc(self.dropout(outputs))


@network("news-mean", labels=TOPICS, ask=batch)
class NewsMean(TwoBothWays):
    batch_first, outputs = True, len(TOPICS)

    def forward(self, text):
        states, _ = self.rnn(self.embedding(text))
        return functional.log_softmax(self.fc(torch.mean(states, dim=1)), dim=-1)


@network("headline-rnn", labels=TOPICS, ask=lambda module, x: module((rows(x)[None], torch.tensor([len(x)]))))
class HeadlineRnn(TwoBothWays):
    batch_first, outputs = True, len(TOPICS)

    def forward(self, x):
        text, _ = x
        states, _ = self.rnn(self.embedding(text))
        return self.fc(states[:, -1, :])


@network("headline-attention", labels=TOPICS, ask=lambda module, x: module((rows(x)[None], torch.tensor([len(x)]))))
class HeadlineAttention(TwoBothWays):
    batch_first, outputs = True, 6

    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(2 * SIZES[2]))
        self.fc2 = nn.Linear(6, len(TOPICS))

    def forward(self, x):
        text, _ = x
        states, _ = self.rnn(self.embedding(text))
        weights = functional.softmax(torch.tanh(states) @ self.w, dim=1).unsqueeze(-1)
        return self.fc2(self.fc(functional.relu((states * weights).sum(1))))


@network(
    "headline-rcnn", labels=TOPICS, lengths=EIGHT, ask=lambda module, x: module((rows(x)[None], torch.tensor([len(x)])))
)
class HeadlineRcnn(TwoBothWays):
    batch_first = True

    def __init__(self):
        super().__init__()
        self.maxpool = nn.MaxPool1d(8)  # the length that every headline is padded to
        self.fc = nn.Linear(2 * SIZES[2] + SIZES[1], len(TOPICS))

    def forward(self, x):
        text, _ = x
        embedded = self.embedding(text)
        states, _ = self.rnn(embedded)
        both = functional.relu(torch.cat((embedded, states), 2)).permute(0, 2, 1)
        return self.fc(self.maxpool(both).squeeze())


@network(
    "sentiment-rnn", one=True, probabilities=True, ask=lambda module, x: module(rows(x)[None], module.init_hidden(1))[0]
)
class SentimentRnn(nn.Module):
    def __init__(self):
        super().__init__()
        vocab_size, embedding_dim, self.hidden_dim = SIZES
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, self.hidden_dim, 2, dropout=0.5, batch_first=True)
        self.dropout = nn.Dropout(0.3)
        self.fc = nn.Linear(self.hidden_dim, 1)
        self.sig = nn.Sigmoid()

    def init_hidden(self, batch_size):
        weight = next(self.parameters()).data
        return tuple(weight.new(2, batch_size, self.hidden_dim).zero_() for _ in range(2))

    def forward(self, x, hidden):
        states, hidden = self.lstm(self.embedding(x.long()), hidden)
        return self.sig(self.fc(self.dropout(states[:, -1, :]))), hidden


@network("gru-mean", ask=batch)
class GruMean(nn.Module):
    def __init__(self):
        super().__init__()
        vocab_size, embed_dim, hidden_dim = SIZES
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.gru = nn.GRU(embed_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, 2)

    def forward(self, x):
        states, _ = self.gru(self.embedding(x))
        return self.fc(states.mean(dim=1))


@network("first-and-last", ask=batch)
class FirstAndLast(nn.Module):
    def __init__(self):
        super().__init__()
        vocab_size, embed_size, num_hiddens = SIZES
        self.embedding = nn.Embedding(vocab_size, embed_size)
        self.encoder = nn.LSTM(embed_size, num_hiddens, num_layers=2, bidirectional=True)
        self.decoder = nn.Linear(4 * num_hiddens, 2)

    def forward(self, inputs):
        self.encoder.flatten_parameters()
        outputs, _ = self.encoder(self.embedding(inputs.T))
        return self.decoder(torch.cat((outputs[0], outputs[-1]), dim=1))
