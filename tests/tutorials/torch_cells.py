"""Modules that read numbers in a loop over a cell, or behind a convolution, from a book of list.csv."""

import torch
from torch import nn

from tests.tutorials.networks import EIGHT, network
from tests.tutorials.torch_numbers import SERIES, batch
from tests.tutorials.torch_series import AHEAD, DAYS, HIDDEN, NEXT


class Loop(nn.Module):
    """A cell of one's own on the input and the state joined, in a loop over the time; the last state is read."""

    features = 2

    def __init__(self):
        super().__init__()
        self.memory_cell = nn.Sequential(nn.Linear(self.features + HIDDEN, HIDDEN), *self.squashing())
        self.output = nn.Linear(HIDDEN, 1 if self.features == 1 else len(DAYS))

    def squashing(self):
        return [nn.Tanh()]

    def forward(self, x):
        h = torch.zeros(len(x), HIDDEN, device=x.device)
        for step in x.transpose(0, 1):
            h = self.memory_cell(torch.cat((step, h), dim=1))
        return self.output(h)


@network("riders-cell", **NEXT, ask=batch)
class RidersCell(Loop):
    features = 1


@network("riders-layer-norm", **AHEAD, ask=batch)
class RidersLayerNorm(Loop):
    def squashing(self):
        return [nn.LayerNorm(HIDDEN), nn.Tanh()]


class Cells(nn.Module):
    """A loop over a cell of PyTorch."""

    def __init__(self):
        super().__init__()
        self.hidden_size = HIDDEN
        self.memory_cell = self.cell(2, HIDDEN)
        self.output = nn.Linear(HIDDEN, len(DAYS))


@network("riders-lstm-cell", **AHEAD, ask=batch)
class RidersLstmCell(Cells):
    cell = nn.LSTMCell

    def forward(self, x):
        size, _length, _features = x.shape
        h, c = (torch.zeros(size, self.hidden_size, device=x.device) for _ in range(2))
        for step in x.transpose(0, 1):
            h, c = self.memory_cell(step, (h, c))
        return self.output(h)


@network("riders-gru-cell", **AHEAD, ask=batch)
class RidersGruCell(Cells):
    cell = nn.GRUCell

    def forward(self, x):
        size, _length, _features = x.shape
        h = torch.zeros(size, self.hidden_size, device=x.device)
        for step in x.transpose(0, 1):
            h = self.memory_cell(step, h)
        return self.output(h)


@network("riders-conv", **SERIES, labels=DAYS, lengths=EIGHT, ask=batch)
class RidersConv(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, HIDDEN, kernel_size=4, stride=2)
        self.gru = nn.GRU(HIDDEN, HIDDEN, batch_first=True)
        self.linear = nn.Linear(HIDDEN, len(DAYS))

    def forward(self, x):
        z = torch.relu(self.conv(x.permute(0, 2, 1)).permute(0, 2, 1))
        z, _states = self.gru(z)
        return self.linear(z)
