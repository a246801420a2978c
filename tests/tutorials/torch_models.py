"""Modules that say at every word what comes next, or what it is, as the tutorials of list.csv write them."""

import torch
from torch import nn
from torch.nn import functional

from tests.tutorials.networks import WORDS, network
from tests.tutorials.torch_words import TAGS, rows

HIDDEN = 5
NEXT_WORD = {"vocabulary": WORDS, "labels": WORDS}


def with_hidden(module, x):
    return module(rows(x)[:, None], module.init_hidden(1))[0]


class WordModel(nn.Module):
    """Reads time first; its state is handed in and out."""

    layers = 2

    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.5)
        self.encoder = nn.Embedding(len(WORDS), 4)
        self.rnn = nn.LSTM(4, HIDDEN, self.layers, dropout=0.5)
        self.decoder = nn.Linear(HIDDEN, len(WORDS))

    def init_hidden(self, bsz):
        weight = next(self.parameters())
        return tuple(weight.new_zeros(self.layers, bsz, HIDDEN) for _ in range(2))

    def decoded(self, words, hidden):
        output, hidden = self.rnn(self.drop(self.encoder(words)), hidden)
        return self.decoder(self.drop(output)), hidden


@network("word-model-2-layers", **NEXT_WORD, ask=with_hidden)
class WordModel2(WordModel):
    def forward(self, input, hidden):
        decoded, hidden = self.decoded(input, hidden)
        return functional.log_softmax(decoded.view(-1, len(WORDS)), dim=1), hidden


@network("word-model-5-layers", **NEXT_WORD, ask=with_hidden)
class WordModel5(WordModel):
    layers = 5

    def forward(self, input, hidden):
        return self.decoded(input, hidden)


def zeros(*shape):
    return torch.zeros(shape), torch.zeros(shape)


@network("word-model", **NEXT_WORD, ask=lambda module, x: module(rows(x)[None], zeros(1, 1, HIDDEN))[0])
class RnnLm(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(len(WORDS), 4)
        self.lstm = nn.LSTM(4, HIDDEN, 1, batch_first=True)
        self.linear = nn.Linear(HIDDEN, len(WORDS))

    def forward(self, x, h):
        states, h = self.lstm(self.embed(x), h)
        return self.linear(states.reshape(states.size(0) * states.size(1), states.size(2))), h


@network("char-word-tagger", labels=TAGS, ask=lambda module, x: module(rows(x)[None], [WORDS[row] for row in x]))
class CharWordTagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.word_embed = nn.Embedding(len(WORDS), 4)
        self.char_embed = nn.Embedding(128, 3)
        self.char_lstm = nn.LSTM(3, 3)
        self.word_lstm = nn.LSTM(4 + 3, HIDDEN)
        self.classify = nn.Linear(HIDDEN, len(TAGS))

    def forward(self, x, words):
        letters = [torch.tensor([[ord(letter)] for letter in word]) for word in words]
        endings = torch.stack([self.char_lstm(self.char_embed(word))[0][-1] for word in letters])
        states, _ = self.word_lstm(torch.cat((self.word_embed(x).permute(1, 0, 2), endings), dim=2))
        return self.classify(states.view(-1, HIDDEN))
