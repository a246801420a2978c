"""Modules that keep their state from one call to the next, from a course and a book of list.csv."""

import torch
from torch import nn
from torch.nn import functional

from tests.tutorials.networks import LETTERS, SIX, WORDS, network
from tests.tutorials.torch_letters import NEXT_LETTER
from tests.tutorials.torch_models import NEXT_WORD
from tests.tutorials.torch_words import batch, rows

N, HIDDEN = len(LETTERS), 5


class Bard(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(N, 4)
        self.gru = nn.GRU(4, HIDDEN, num_layers=2, batch_first=True, dropout=0.1)
        self.output = nn.Linear(HIDDEN, N)
        self.hidden_states = None

    def forward(self, x):
        outputs, _states = self.gru(self.embed(x))
        return self.output(outputs).permute(0, 2, 1)


def letters_last(module, x):
    """The answers as they are written elsewhere: the letters' axis is the last."""
    module.hidden_states = None
    return module(x).permute(0, 2, 1)


BARD = {
    **NEXT_LETTER,
    "ask": lambda module, x: letters_last(module, rows(x)[None]),
    "says": lambda module: {"forward": lambda x: letters_last(module, x)},
}


@network("bard-gru", **BARD)
class BardGru(Bard):
    pass


@network("bard-stateful", **BARD)
class BardStateful(Bard):
    def forward(self, x):
        outputs, hidden_states = self.gru(self.embed(x), self.hidden_states)
        self.hidden_states = hidden_states.detach()
        return self.output(outputs).permute(0, 2, 1)


class Counting(nn.Module):
    """An embedding as wide as the hidden state."""

    def __init__(self):
        super().__init__()
        self.i_h = nn.Embedding(len(WORDS), HIDDEN)
        self.h_o = nn.Linear(HIDDEN, len(WORDS))


def anew(module, x):
    module.reset()
    return module(rows(x)[None])


@network("counting-loop", **NEXT_WORD, lengths=(3,) * 6, ask=batch)
class CountingLoop(Counting):
    def __init__(self):
        super().__init__()
        self.h_h = nn.Linear(HIDDEN, HIDDEN)

    def forward(self, x):
        h = 0
        for i in range(3):
            h = h + self.i_h(x[:, i])
            h = functional.relu(self.h_h(h))
        return self.h_o(h)


@network("counting-stateful", **NEXT_WORD, lengths=SIX, ask=anew)
class CountingStateful(CountingLoop):
    def __init__(self):
        super().__init__()
        self.h = 0

    def forward(self, x):
        outs = []
        for i in range(6):
            self.h = self.h + self.i_h(x[:, i])
            self.h = functional.relu(self.h_h(self.h))
            outs.append(self.h_o(self.h))
        self.h = self.h.detach()
        return torch.stack(outs, dim=1)

    def reset(self):
        self.h = 0


@network("counting-rnn", **NEXT_WORD, ask=anew)
class CountingRnn(Counting):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(HIDDEN, HIDDEN, 2, batch_first=True)
        self.h = torch.zeros(2, 1, HIDDEN)

    def forward(self, x):
        res, h = self.rnn(self.i_h(x), self.h)
        self.h = h.detach()
        return self.h_o(res)

    def reset(self):
        self.h.zero_()


class TwoStates(Counting):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(HIDDEN, HIDDEN, 2, batch_first=True)
        self.h = [torch.zeros(2, 1, HIDDEN) for _ in range(2)]

    def reset(self):
        for h in self.h:
            h.zero_()


@network("counting-lstm", **NEXT_WORD, ask=anew)
class CountingLstm(TwoStates):
    def forward(self, x):
        res, h = self.rnn(self.i_h(x), self.h)
        self.h = [each.detach() for each in h]
        return self.h_o(res)


@network("counting-tied", **NEXT_WORD, ask=lambda module, x: anew(module, x)[0])
class CountingTied(TwoStates):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.5)
        self.h_o.weight = self.i_h.weight

    def forward(self, x):
        raw, h = self.rnn(self.i_h(x), self.h)
        out = self.drop(raw)
        self.h = [each.detach() for each in h]
        return self.h_o(out), raw, out
