"""Modules that read a name letter by letter: hand-written cells, loops over cells, last states, as in list.csv."""

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence

from tests.tutorials.networks import LETTERS, PAD, network
from tests.tutorials.torch_words import batch, rows

LANGUAGES = ("Czech", "Greek", "Irish")
N, HIDDEN = len(LETTERS), 5
PADDED = (PAD, *LETTERS)


def one_hot(x):
    """The letters of a name as lines of one matrix: (T, 1, letters)."""
    return torch.eye(N)[rows(x)][:, None]


def letter_by_letter(module, x):
    """The last answer of a module that is called with every letter and the state of the call before."""
    hidden = module.init_hidden()
    for letter in one_hot(x):
        output, hidden = module(letter, hidden)
    return output


class Handwritten(nn.Module):
    def init_hidden(self):
        return torch.zeros(1, HIDDEN)


@network("char-names-h2h", vocabulary=LETTERS, labels=LANGUAGES, ask=letter_by_letter)
class CharNames(Handwritten):
    def __init__(self):
        super().__init__()
        self.i2h = nn.Linear(N, HIDDEN)
        self.h2h = nn.Linear(HIDDEN, HIDDEN)
        self.h2o = nn.Linear(HIDDEN, len(LANGUAGES))
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, input, hidden):  # as tutorials call it
        hidden = torch.tanh(self.i2h(input) + self.h2h(hidden))
        return self.softmax(self.h2o(hidden)), hidden


class Joined(Handwritten):
    """Two linear layers on the input and the state side by side; nothing squashes the state."""

    beside, outputs = 0, len(LANGUAGES)

    def __init__(self):
        super().__init__()
        self.i2h = nn.Linear(self.beside + N + HIDDEN, HIDDEN)
        self.i2o = nn.Linear(self.beside + N + HIDDEN, self.outputs)
        self.softmax = nn.LogSoftmax(dim=1)


@network("names-i2h", vocabulary=LETTERS, labels=LANGUAGES, ask=letter_by_letter)
class NamesI2h(Joined):
    def forward(self, input, hidden):
        combined = torch.cat((input, hidden), 1)
        hidden = self.i2h(combined)
        return self.softmax(self.i2o(combined)), hidden


@network("names-classifier", vocabulary=LETTERS, labels=LANGUAGES, ask=letter_by_letter)
class NamesClassifier(Joined):
    def forward(self, input_tensor, hidden_tensor):
        combined = torch.cat((input_tensor, hidden_tensor), 1)
        hidden = self.i2h(combined)
        return self.softmax(self.i2o(combined)), hidden


CATEGORY = torch.eye(len(LANGUAGES))[1:2]


def of_a_category(module, x):
    """The answers after every letter of a name of the second category."""
    hidden, outputs = module.init_hidden(), []
    for letter in one_hot(x):
        output, hidden = module(CATEGORY, letter, hidden)
        outputs.append(output)
    return torch.cat(outputs)


class OfACategory(Joined):
    beside, outputs = len(LANGUAGES), N

    def __init__(self):
        super().__init__()
        self.o2o = nn.Linear(HIDDEN + N, N)
        self.dropout = nn.Dropout(0.1)


@network("names-by-category", vocabulary=LETTERS, labels=LETTERS, ask=of_a_category)
class NamesByCategory(OfACategory):
    def forward(self, category, input, hidden):
        combined = torch.cat((category, input, hidden), 1)
        hidden = self.i2h(combined)
        output = self.o2o(torch.cat((hidden, self.i2o(combined)), 1))
        return self.softmax(self.dropout(output)), hidden


@network("conditional-names", vocabulary=LETTERS, labels=LETTERS, ask=of_a_category)
class ConditionalNames(OfACategory):
    def forward(self, category, input, hidden):
        combined = torch.cat((category, input, hidden), 1)
        hidden = self.i2h(combined)
        return self.o2o(torch.cat((hidden, self.i2o(combined)), 1)), hidden


class NameClassifier(nn.Module):
    """An embedding as wide as the hidden state, and a GRU that reads time first."""

    def __init__(self, layers=1, directions=1):
        super().__init__()
        self.layers, self.directions = layers, directions
        self.embedding = nn.Embedding(N, HIDDEN)
        self.gru = nn.GRU(HIDDEN, HIDDEN, layers, bidirectional=directions == 2)
        self.fc = nn.Linear(HIDDEN, len(LANGUAGES))

    def _init_hidden(self, batch_size):
        return torch.zeros(self.layers * self.directions, batch_size, HIDDEN)


@network("name-gru", vocabulary=LETTERS, labels=LANGUAGES, ask=batch)
class NameGru(NameClassifier):
    def forward(self, names):
        embedded = self.embedding(names.t())
        _, hidden = self.gru(embedded, self._init_hidden(names.size(0)))
        return self.fc(hidden)


@network(
    "name-bigru",
    vocabulary=LETTERS,
    labels=LANGUAGES,
    ask=lambda module, x: module(rows(x)[None], torch.tensor([len(x)])),
)
class NameBigru(NameClassifier):
    def __init__(self):
        super().__init__(layers=2, directions=2)

    def forward(self, names, seq_lengths):
        names = names.t()
        packed = pack_padded_sequence(self.embedding(names), seq_lengths.data.cpu().numpy())
        self.gru.flatten_parameters()
        _, hidden = self.gru(packed, self._init_hidden(names.size(1)))
        return self.fc(hidden[-1])


class Elman(nn.Module):
    """A recurrent layer that is a loop over a cell."""

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.rnn_cell = nn.RNNCell(input_size, hidden_size)
        self.hidden_size = hidden_size

    def forward(self, x, initial_hidden=None):
        hidden = torch.zeros(len(x), self.hidden_size) if initial_hidden is None else initial_hidden
        states = []
        for step in x.permute(1, 0, 2):
            hidden = self.rnn_cell(step, hidden)
            states.append(hidden)
        return torch.stack(states).permute(1, 0, 2)


@network("surname-cells", vocabulary=PADDED, labels=LANGUAGES, ask=batch)
class SurnameCells(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(len(PADDED), 4, padding_idx=0)
        self.rnn = Elman(4, HIDDEN)
        self.fc1 = nn.Linear(HIDDEN, HIDDEN)
        self.fc2 = nn.Linear(HIDDEN, len(LANGUAGES))

    def forward(self, x_in, x_lengths=None, apply_softmax=False):
        states = self.rnn(self.emb(x_in))
        if x_lengths is None:
            read = states[:, -1, :]
        else:
            read = torch.stack([states[row, length - 1] for row, length in enumerate(x_lengths)])
        read = functional.relu(self.fc1(functional.dropout(read, 0.5)))  # in training and after it
        read = self.fc2(functional.dropout(read, 0.5))
        return functional.softmax(read, dim=1) if apply_softmax else read
