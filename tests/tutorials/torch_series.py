"""Modules that read numbers: series, rows of pixels, corners of a square, as the books of list.csv write them."""

from functools import partial

import torch
from torch import nn
from torch.nn.utils import rnn as rnn_utils

from tests.tutorials.networks import SIX, network
from tests.tutorials.torch_numbers import NUMBERS, ROWS, SERIES, batch, numbers, without_a_state

HIDDEN = 5
NEXT = {**SERIES, "labels": ("next",)}
DAYS = ("in 1 day", "in 2 days", "in 3 days")
AHEAD = {**SERIES, "labels": DAYS, "features": 2}
CLOCKWISE = {**NUMBERS, "labels": ("counterclockwise", "clockwise"), "one": True, "features": 2}


@network("echo-rnn", **NUMBERS, labels=("0", "1"), one=True, ask=without_a_state)
class EchoRnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(1, HIDDEN, num_layers=1, nonlinearity="relu", batch_first=True)
        self.linear = nn.Linear(in_features=HIDDEN, out_features=1)

    def forward(self, x, hidden):
        x, hidden = self.rnn(x, hidden)
        return self.linear(x), hidden


class Pixels(nn.Module):
    """Rows of an image, a recurrent layer from zero states, its last step, a linear layer."""

    cell, layers = nn.RNN, 1

    def __init__(self):
        super().__init__()
        self.rnn = self.cell(6, HIDDEN, self.layers, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 4)

    def forward(self, x):
        h0 = torch.zeros(self.layers, x.size(0), HIDDEN).requires_grad_()
        out, _hn = self.rnn(x, h0.detach())
        return self.fc(out[:, -1, :])


@network("pixel-rnn-relu", **ROWS, ask=batch)
class PixelRnnRelu(Pixels):
    cell = partial(nn.RNN, nonlinearity="relu")


@network("pixel-rnn-relu-deep", **ROWS, ask=batch)
class PixelRnnReluDeep(PixelRnnRelu):
    layers = 2


@network("pixel-rnn-deep", **ROWS, ask=batch)
class PixelRnnDeep(Pixels):
    layers = 2


@network("pixel-lstm", **ROWS, ask=batch)
class PixelLstm(Pixels):
    cell = nn.LSTM

    def forward(self, x):
        h0, c0 = (torch.zeros(self.layers, x.size(0), HIDDEN).requires_grad_() for _ in range(2))
        out, (_hn, _cn) = self.rnn(x, (h0.detach(), c0.detach()))
        return self.fc(out[:, -1, :])


@network("pixel-lstm-deep", **ROWS, ask=batch)
class PixelLstmDeep(PixelLstm):
    layers = 3


@network("digit-rows", **ROWS, ask=batch)
class DigitRows(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(6, HIDDEN, 2, batch_first=True)
        self.classifier = nn.Linear(HIDDEN, 4)

    def forward(self, x):
        out, _ = self.lstm(x)
        return self.classifier(out[:, -1, :])


def kept(module, x):
    module.reset_hidden_state()
    return module(numbers(x))


@network("covid-lstm", **NEXT, lengths=SIX, ask=kept)
class CovidLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.seq_len, self.n_layers = 6, 2
        self.lstm = nn.LSTM(input_size=1, hidden_size=HIDDEN, num_layers=2, dropout=0.5)
        self.linear = nn.Linear(in_features=HIDDEN, out_features=1)

    def reset_hidden_state(self):
        self.hidden = tuple(torch.zeros(self.n_layers, self.seq_len, HIDDEN) for _ in range(2))

    def forward(self, sequences):
        out, self.hidden = self.lstm(sequences.view(len(sequences), self.seq_len, -1), self.hidden)
        return self.linear(out.view(self.seq_len, len(sequences), HIDDEN)[-1])


class Square(nn.Module):
    cell, both = nn.RNN, False

    def __init__(self):
        super().__init__()
        self.n_outputs, self.hidden = 1, None
        self.basic_rnn = self.cell(2, HIDDEN, batch_first=True)
        self.classifier = nn.Linear(HIDDEN, self.n_outputs)

    def forward(self, x):
        output, self.hidden = self.basic_rnn(x)
        return self.classifier(output[:, -1]).view(-1, self.n_outputs)


@network("square-rnn", **CLOCKWISE, ask=batch)
class SquareRnn(Square):
    pass


@network("square-gru", **CLOCKWISE, ask=batch)
class SquareGru(Square):
    cell = nn.GRU


@network("square-lstm", **CLOCKWISE, ask=batch)
class SquareLstm(Square):
    cell = nn.LSTM

    def forward(self, x):
        output, (self.hidden, self.memory) = self.basic_rnn(x)
        return self.classifier(output[:, -1]).view(-1, self.n_outputs)


def packed(module, x):
    return module(rnn_utils.pack_sequence([x]))


@network(
    "square-packed",
    **{**CLOCKWISE, "says": lambda module: {"tokenizer": "numbers", "forward": lambda x: packed(module, x[0])}},
    ask=lambda module, x: packed(module, torch.from_numpy(x)),
)
class SquarePacked(nn.Module):
    def __init__(self):
        super().__init__()
        self.n_outputs = 1
        self.basic_rnn = nn.LSTM(2, HIDDEN, bidirectional=True)
        self.classifier = nn.Linear(2 * HIDDEN, self.n_outputs)

    def forward(self, x):
        out, (self.hidden, self.memory) = self.basic_rnn(x)
        output, sizes = rnn_utils.pad_packed_sequence(out, batch_first=True)
        return self.classifier(output[torch.arange(sizes.size(0)), sizes - 1]).view(-1, self.n_outputs)


class Power(nn.Module):
    cell = nn.GRU

    def __init__(self):
        super().__init__()
        self.rnn = self.cell(5, HIDDEN, 2, batch_first=True, dropout=0.2)
        self.fc = nn.Linear(HIDDEN, 1)
        self.relu = nn.ReLU()

    def forward(self, x, h):
        out, h = self.rnn(x, h)
        return self.fc(self.relu(out[:, -1])), h

    def init_hidden(self, batch_size):
        return next(self.parameters()).data.new(2, batch_size, HIDDEN).zero_()


POWER = {
    **SERIES,
    "labels": ("load",),
    "features": 5,
    "ask": lambda module, x: module(numbers(x), module.init_hidden(1))[0],
}


@network("power-gru", **POWER)
class PowerGru(Power):
    pass


@network("power-lstm", **POWER)
class PowerLstm(Power):
    cell = nn.LSTM

    def init_hidden(self, batch_size):
        weight = next(self.parameters()).data
        return weight.new(2, batch_size, HIDDEN).zero_(), weight.new(2, batch_size, HIDDEN).zero_()


@network("vectors-rnn", **SERIES, features=4, labels=("score",), ask=batch)
class VectorsRnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(4, HIDDEN, num_layers=2, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 1)

    def forward(self, x):
        _, hidden = self.rnn(x)
        return self.fc(hidden[-1, :, :])


@network("sine-rnn", **NEXT, ask=without_a_state)
class SineRnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(input_size=1, hidden_size=HIDDEN, num_layers=1, batch_first=True)
        self.out = nn.Linear(HIDDEN, 1)

    def forward(self, x, h_state):
        r_out, h_state = self.rnn(x, h_state)
        return torch.stack([self.out(r_out[:, step, :]) for step in range(r_out.size(1))], dim=1), h_state


@network("sine-next", **NEXT, ask=lambda module, x: module(numbers(x), torch.zeros(1, 1, HIDDEN))[0])
class SineNext(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(input_size=1, hidden_size=HIDDEN, num_layers=1, batch_first=True)
        self.linear = nn.Linear(HIDDEN, 1)

    def forward(self, x, hidden_prev):
        out, hidden_prev = self.rnn(x, hidden_prev)
        return self.linear(out.view(-1, HIDDEN)).unsqueeze(dim=0), hidden_prev


class Riders(nn.Module):
    """A recurrent layer, its last step, a linear layer."""

    cell, features, layers = nn.RNN, 2, 1

    def __init__(self):
        super().__init__()
        self.rnn = self.cell(self.features, HIDDEN, num_layers=self.layers, batch_first=True)
        self.output = nn.Linear(HIDDEN, 1 if self.features == 1 else len(DAYS))

    def forward(self, x):
        outputs, _last_state = self.rnn(x)
        return self.output(outputs[:, -1])


@network("riders-rnn", **NEXT, ask=batch)
class RidersRnn(Riders):
    features = 1


@network("riders-deep", **NEXT, ask=batch)
class RidersDeep(Riders):
    features, layers = 1, 3


@network("riders-ahead", **AHEAD, ask=batch)
class RidersAhead(Riders):
    pass


@network("riders-every-day", **AHEAD, ask=batch)
class RidersEveryDay(Riders):
    def forward(self, x):
        outputs, _last_state = self.rnn(x)
        return self.output(outputs)


@network("riders-lstm", **AHEAD, ask=batch)
class RidersLstm(Riders):
    cell = nn.LSTM


@network("riders-gru", **AHEAD, ask=batch)
class RidersGru(Riders):
    cell = nn.GRU
