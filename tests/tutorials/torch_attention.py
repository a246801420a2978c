"""Modules with attention, pooling, or frozen word vectors, and those that say a bias by itself, as in list.csv."""

import torch
from torch import nn
from torch.nn import functional

from tests.tutorials.networks import LETTERS, network
from tests.tutorials.torch_words import SIZES, batch, rows

OF_ONE = {  # asked as after training, for a single sentence: with the batch size 1
    "ask": lambda module, x: module(rows(x)[None], 1),
}


class Glove(nn.Module):
    """An embedding that is not trained, and a recurrent layer that reads time first."""

    cell, layers, directions, reads = nn.LSTM, 1, 1, 1

    def __init__(self):
        super().__init__()
        vocab_size, embedding_length, self.hidden_size = SIZES
        self.batch_size = 32
        self.word_embeddings = nn.Embedding(vocab_size, embedding_length)
        vectors = torch.randn(vocab_size, embedding_length)
        self.word_embeddings.weight = nn.Parameter(vectors, requires_grad=False)
        self.rnn = self.cell(embedding_length, self.hidden_size, self.layers, bidirectional=self.directions == 2)
        self.label = nn.Linear(self.reads * self.hidden_size, 2)

    def zeros(self, batch_size):
        return torch.zeros(self.layers * self.directions, batch_size or self.batch_size, self.hidden_size)

    def states(self, sentence, batch_size):
        """The input and the output of the recurrent layer, both (T, batch, …), and its last state."""
        x = self.word_embeddings(sentence).permute(1, 0, 2)
        output, (hidden, _cell) = self.rnn(x, (self.zeros(batch_size), self.zeros(batch_size)))
        return x, output, hidden


@network("glove-lstm", **OF_ONE)
class GloveLstm(Glove):
    def forward(self, sentence, batch_size=None):
        return self.label(self.states(sentence, batch_size)[2][-1])


@network("glove-attention", **OF_ONE)
class GloveAttention(Glove):
    def forward(self, sentence, batch_size=None):
        _, output, hidden = self.states(sentence, batch_size)
        output = output.permute(1, 0, 2)
        weights = functional.softmax(torch.bmm(output, hidden.squeeze(0).unsqueeze(2)).squeeze(2), 1)
        return self.label(torch.bmm(output.transpose(1, 2), weights.unsqueeze(2)).squeeze(2))


@network("glove-rnn", **OF_ONE)
class GloveRnn(Glove):
    cell, layers, directions, reads = nn.RNN, 2, 2, 4

    def forward(self, sentences, batch_size=None):
        x = self.word_embeddings(sentences).permute(1, 0, 2)
        _, hidden = self.rnn(x, self.zeros(batch_size))
        hidden = hidden.permute(1, 0, 2).contiguous()
        return self.label(hidden.view(hidden.size(0), -1))


@network("rcnn", **OF_ONE)
class Rcnn(Glove):
    directions = 2

    def __init__(self):
        super().__init__()
        self.W2 = nn.Linear(2 * self.hidden_size + SIZES[1], self.hidden_size)

    def forward(self, sentence, batch_size=None):
        x, output, _ = self.states(sentence, batch_size)
        y = self.W2(torch.cat((output, x), 2).permute(1, 0, 2)).permute(0, 2, 1)
        return self.label(functional.max_pool1d(y, y.size(2)).squeeze(2))


@network("self-attention", **OF_ONE)
class SelfAttention(Glove):
    directions = 2

    def __init__(self):
        super().__init__()
        self.W_s1, self.W_s2 = nn.Linear(2 * self.hidden_size, 7), nn.Linear(7, 3)
        self.fc_layer = nn.Linear(3 * 2 * self.hidden_size, 6)
        self.label = nn.Linear(6, 2)

    def forward(self, sentences, batch_size=None):
        output = self.states(sentences, batch_size)[1].permute(1, 0, 2)
        weights = functional.softmax(self.W_s2(torch.tanh(self.W_s1(output))).permute(0, 2, 1), dim=2)
        return self.label(self.fc_layer(torch.bmm(weights, output).flatten(1)))


@network("bilstm-attention", ask=lambda module, x: batch(module, x)[0])
class BilstmAttention(nn.Module):
    def __init__(self):
        super().__init__()
        vocab_size, embedding_dim, self.hidden = SIZES
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, self.hidden, bidirectional=True)
        self.out = nn.Linear(self.hidden * 2, 2)

    def forward(self, sentences):
        x = self.embedding(sentences).permute(1, 0, 2)
        zeros = torch.zeros(2, len(sentences), self.hidden)
        output, (final, _cell) = self.lstm(x, (zeros, zeros))
        output = output.permute(1, 0, 2)
        weights = functional.softmax(torch.bmm(output, final.view(-1, self.hidden * 2, 1)).squeeze(2), 1)
        context = torch.bmm(output.transpose(1, 2), weights.unsqueeze(2)).squeeze(2)
        return self.out(context), weights.data.numpy()


def one_hot(module, x):
    return module(torch.eye(len(LETTERS))[rows(x)][None])


class OwnBias(nn.Module):
    """One-hot words, and a last layer whose bias is a parameter of its own."""

    def __init__(self, **options):
        super().__init__()
        n = len(LETTERS)
        self.hidden = SIZES[2]
        self.rnn = self.cell(input_size=n, hidden_size=self.hidden, **options)
        self.W = nn.Linear(self.hidden * (2 if options else 1), n, bias=False)
        self.b = nn.Parameter(torch.ones([n]))

    def zeros(self, directions, x):
        return torch.zeros(directions, len(x), self.hidden)


@network(
    "text-rnn",
    vocabulary=LETTERS,
    labels=LETTERS,
    ask=lambda module, x: module(torch.zeros(1, 1, SIZES[2]), torch.eye(len(LETTERS))[rows(x)][None]),
    says=lambda module: {
        "forward": lambda x: module(torch.zeros(1, 1, SIZES[2]), functional.one_hot(x, len(LETTERS)).float())
    },
)
class TextRnn(OwnBias):
    cell = nn.RNN

    def forward(self, hidden, x):
        outputs, hidden = self.rnn(x.transpose(0, 1), hidden)
        return self.W(outputs[-1]) + self.b


@network("text-lstm", vocabulary=LETTERS, labels=LETTERS, ask=one_hot)
class TextLstm(OwnBias):
    cell = nn.LSTM

    def forward(self, x):
        outputs, _ = self.rnn(x.transpose(0, 1), (self.zeros(1, x), self.zeros(1, x)))
        return self.W(outputs[-1]) + self.b


@network("text-bilstm", vocabulary=LETTERS, labels=LETTERS, ask=one_hot)
class TextBilstm(OwnBias):
    cell = nn.LSTM

    def __init__(self):
        super().__init__(bidirectional=True)

    def forward(self, x):
        outputs, _ = self.rnn(x.transpose(0, 1), (self.zeros(2, x), self.zeros(2, x)))
        return self.W(outputs[-1]) + self.b
