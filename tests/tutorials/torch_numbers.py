"""Modules that read numbers: series, and images row by row, as the tutorials of list.csv write them."""

import torch
from torch import nn
from torch.nn import functional

from tests.tutorials.networks import SIX, network

HIDDEN = 5
DIGITS = ("0", "1", "2", "3")
NUMBERS = {"vocabulary": (), "says": lambda module: {"tokenizer": "numbers"}}
SERIES = {**NUMBERS, "number": True}
ROWS = {**NUMBERS, "labels": DIGITS, "features": 6}


def numbers(x):
    """A batch of one series: (1, T, features)."""
    x = torch.from_numpy(x)
    return x[None, :, None] if x.ndim == 1 else x[None]


def batch(module, x):
    return module(numbers(x))


@network("sine-cells", **SERIES, labels=("next",), ask=lambda module, x: module(numbers(x)[..., 0].double()))
class SineCells(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm1, self.lstm2 = nn.LSTMCell(1, HIDDEN), nn.LSTMCell(HIDDEN, HIDDEN)
        self.linear = nn.Linear(HIDDEN, 1)
        self.double()

    def forward(self, input, future=0):
        h1, c1, h2, c2 = (torch.zeros(input.size(0), HIDDEN, dtype=torch.double) for _ in range(4))
        outputs = []
        for step in input.split(1, dim=1):
            h1, c1 = self.lstm1(step, (h1, c1))
            h2, c2 = self.lstm2(h1, (h2, c2))
            outputs.append(self.linear(h2))
        for _ in range(future):
            h1, c1 = self.lstm1(outputs[-1], (h1, c1))
            h2, c2 = self.lstm2(h1, (h2, c2))
            outputs.append(self.linear(h2))
        return torch.cat(outputs, dim=1)


@network("image-rows", **ROWS, lengths=SIX, ask=batch)
class ImageRows(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(input_size=6, hidden_size=HIDDEN, batch_first=True)
        self.batchnorm = nn.BatchNorm1d(HIDDEN)
        self.dropout1, self.dropout2 = nn.Dropout(0.25), nn.Dropout(0.5)
        self.fc1, self.fc2 = nn.Linear(HIDDEN, 7), nn.Linear(7, len(DIGITS))

    def forward(self, images):
        output, _ = self.rnn(images.reshape(-1, 6, 6))
        output = self.dropout1(self.batchnorm(output[:, -1, :]))
        output = self.dropout2(functional.relu(self.fc1(output)))
        return functional.log_softmax(self.fc2(output), dim=1)


class Rows(nn.Module):
    """A recurrent layer from zero states, and a linear layer on its last output."""

    cell, layers, directions = nn.LSTM, 2, 1

    def __init__(self):
        super().__init__()
        self.lstm = self.cell(6, HIDDEN, self.layers, batch_first=True, bidirectional=self.directions == 2)
        self.fc = nn.Linear(HIDDEN * self.directions, len(DIGITS))

    def zeros(self, x):
        return torch.zeros(self.layers * self.directions, x.size(0), HIDDEN)

    def forward(self, x):
        states, _ = self.lstm(x, (self.zeros(x), self.zeros(x)))
        return self.fc(states[:, -1, :])


@network("rows-lstm", **ROWS, ask=batch)
class RowsLstm(Rows):
    pass


@network("rows-bilstm", **ROWS, ask=batch)
class RowsBilstm(Rows):
    directions = 2


@network("rows-brnn", **ROWS, ask=batch)
class RowsBrnn(Rows):
    directions = 2


@network("rows-rnn", **ROWS, ask=batch)
class RowsRnn(Rows):
    cell = nn.RNN

    def forward(self, x):
        states, _ = self.lstm(x, self.zeros(x))
        return self.fc(states[:, -1, :])


@network("rows-all-steps", **ROWS, lengths=SIX, ask=batch)
class RowsAllSteps(Rows):
    cell = nn.GRU

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(HIDDEN * 6, len(DIGITS))

    def forward(self, x):
        states, _ = self.lstm(x, self.zeros(x))
        return self.fc(states.reshape(states.shape[0], -1))


@network("image-lstm", **ROWS, ask=batch)
class ImageLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(input_size=6, hidden_size=HIDDEN, num_layers=1, batch_first=True)
        self.out = nn.Linear(HIDDEN, len(DIGITS))

    def forward(self, x):
        states, _ = self.rnn(x, None)
        return self.out(states[:, -1, :])


def without_a_state(module, x):
    return module(numbers(x), None)[0]


class Series(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(1, HIDDEN, 1, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 1)


@network("series-rnn", **SERIES, labels=("next",), ask=without_a_state)
class SeriesRnn(Series):
    def forward(self, x, hidden):
        states, hidden = self.rnn(x, hidden)
        return self.fc(states.view(-1, HIDDEN)), hidden


@network("cosine-rnn", **SERIES, labels=("cosine",), ask=without_a_state)
class CosineRnn(Series):
    def forward(self, x, h_state):
        states, h_state = self.rnn(x, h_state)
        return torch.stack([self.fc(states[:, step, :]) for step in range(states.size(1))], dim=1), h_state


@network("stock-lstm", **SERIES, features=5, labels=("close",), ask=batch)
class StockLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(5, HIDDEN, num_layers=1, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 1, bias=True)

    def forward(self, x):
        states, _ = self.rnn(x)
        return self.fc(states[:, -1])


@network(
    "flights-lstm",
    **SERIES,
    features=2,
    labels=("flights",),
    ask=lambda module, x: module(torch.from_numpy(x)[:, None]),
)
class FlightsLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(2, HIDDEN, 2)
        self.reg = nn.Linear(HIDDEN, 1)

    def forward(self, x):
        states, _ = self.rnn(x)
        steps, size, width = states.shape
        return self.reg(states.view(steps * size, width)).view(steps, size, -1)
