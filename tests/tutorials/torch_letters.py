"""Modules that say at every step what letter comes next, as the tutorials of list.csv write them."""

import torch
from torch import nn
from torch.nn import functional

from tests.tutorials.networks import LETTERS, PAD, SIX, network
from tests.tutorials.torch_words import rows

N, HIDDEN = len(LETTERS), 5
PADDED = (PAD, *LETTERS)
NEXT_LETTER = {"vocabulary": LETTERS, "labels": LETTERS}


def zeros(*shape):
    return torch.zeros(shape), torch.zeros(shape)


def letter_by_letter(module, x, first=None):
    """The answers of a module that is called with every letter and the state of the call before."""
    hidden, outputs = (first or module.init_hidden)(), []
    for letter in rows(x):
        output, hidden = module(letter, hidden)
        outputs.append(output)
    return torch.cat(outputs)


class OneLetter(nn.Module):
    """Called with one letter at a time; the embedding is as wide as the hidden state."""

    layers = 1

    def __init__(self):
        super().__init__()
        self.encoder = nn.Embedding(N, HIDDEN)
        self.gru = nn.GRU(HIDDEN, HIDDEN, self.layers)
        self.decoder = nn.Linear(HIDDEN, N)

    def init_hidden(self):
        return torch.zeros(self.layers, 1, HIDDEN)


@network("shakespeare-gru", **NEXT_LETTER, ask=letter_by_letter)
class ShakespeareGru(OneLetter):
    def forward(self, input, hidden):
        embedded = self.encoder(input.view(1, -1))
        output, hidden = self.gru(embedded.view(1, 1, -1), hidden)
        return self.decoder(output.view(1, -1)), hidden


@network("dickens-gru", **NEXT_LETTER, ask=lambda module, x: letter_by_letter(module, x, module.init_zero_state))
class DickensGru(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(N, HIDDEN)
        self.gru = nn.GRU(HIDDEN, HIDDEN, 1)
        self.fc = nn.Linear(HIDDEN, N)
        self.init_hidden = nn.Parameter(torch.zeros(1, 1, HIDDEN))

    def init_zero_state(self):
        return torch.zeros(1, 1, HIDDEN)

    def forward(self, features, hidden):
        embedded = self.embed(features.view(1, -1))
        output, hidden = self.gru(embedded.view(1, 1, -1), hidden)
        return self.fc(output.view(1, -1)), hidden


@network("char-gru", **NEXT_LETTER, ask=letter_by_letter)
class CharGru(OneLetter):
    layers = 3

    def forward(self, input, hidden):
        embedded = self.encoder(input.view(1, -1)).view(1, 1, -1)
        output, hidden = self.gru(embedded, hidden)
        return self.decoder(output.view(1, -1)), hidden


def with_two_states(module, x):
    hidden, cell = module.init_hidden(batch_size=1)
    outputs = []
    for letter in rows(x):
        output, (hidden, cell) = module(letter.view(1), hidden, cell)
        outputs.append(output)
    return torch.cat(outputs)


@network("baby-names", **NEXT_LETTER, ask=with_two_states)
class BabyNames(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(N, HIDDEN)
        self.lstm = nn.LSTM(HIDDEN, HIDDEN, 2, batch_first=True)
        self.fc = nn.Linear(HIDDEN, N)

    def init_hidden(self, batch_size):
        return zeros(2, batch_size, HIDDEN)

    def forward(self, x, hidden, cell):
        states, (hidden, cell) = self.lstm(self.embed(x).unsqueeze(1), (hidden, cell))
        return self.fc(states.reshape(states.shape[0], -1)), (hidden, cell)


@network(
    "hello-rnn",
    **NEXT_LETTER,
    ask=lambda module, x: module(torch.zeros(1, 1, N), torch.eye(N)[rows(x)])[1],
    says=lambda module: {"forward": lambda x: module(torch.zeros(1, 1, N), functional.one_hot(x, N).float())[1]},
)
class HelloRnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(N, N, batch_first=True)

    def forward(self, hidden, x):
        states, hidden = self.rnn(x.view(1, -1, N), hidden)
        return hidden, states.view(-1, N)


@network("hello-embedding", **NEXT_LETTER, lengths=SIX, ask=lambda module, x: module(rows(x)[None]))
class HelloEmbedding(nn.Module):
    batch_size, sequence_length = 1, 6

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(N, 4)
        self.rnn = nn.RNN(4, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, N)

    def forward(self, x):
        first = torch.zeros(1, x.size(0), HIDDEN)
        embedded = self.embedding(x).view(self.batch_size, self.sequence_length, -1)
        states, _ = self.rnn(embedded, first)
        return self.fc(states.view(-1, HIDDEN))


def encoded(x):
    return torch.eye(N)[rows(x)][None]


@network("anna-lstm", **NEXT_LETTER, ask=lambda module, x: module(encoded(x), module.init_hidden(1))[0])
class AnnaLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(N, HIDDEN, 2, dropout=0.5, batch_first=True)
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(HIDDEN, N)

    def init_hidden(self, batch_size):
        weight = next(self.parameters()).data
        return tuple(weight.new(2, batch_size, HIDDEN).zero_() for _ in range(2))

    def forward(self, x, hidden):
        states, hidden = self.lstm(x, hidden)
        return self.fc(self.dropout(states).contiguous().view(-1, HIDDEN)), hidden


@network("longseq-rnn", **NEXT_LETTER, ask=lambda module, x: module(encoded(x)))
class LongseqRnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(N, N, num_layers=2, batch_first=True)
        self.fc = nn.Linear(N, N, bias=True)

    def forward(self, x):
        states, _ = self.rnn(x)
        return self.fc(states)


@network("poetry-gru", **NEXT_LETTER, ask=lambda module, x: module(rows(x)[None])[0])
class PoetryGru(nn.Module):
    def __init__(self):
        super().__init__()
        self.word_to_vec = nn.Embedding(N, 4)
        self.rnn = nn.GRU(4, HIDDEN, 2)
        self.project = nn.Linear(HIDDEN, N)

    def forward(self, x, hs=None):
        hs = torch.zeros(2, x.shape[0], HIDDEN) if hs is None else hs
        states, last = self.rnn(self.word_to_vec(x).permute(1, 0, 2), hs)
        steps, size, width = states.shape
        logits = self.project(states.view(steps * size, width)).view(steps, size, -1)
        return logits.permute(1, 0, 2).contiguous().view(-1, N), last


@network("time-machine", **NEXT_LETTER, ask=lambda module, x: module(rows(x)[None], torch.zeros(1, 1, HIDDEN))[0])
class TimeMachine(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(N, HIDDEN)
        self.linear = nn.Linear(HIDDEN, N)

    def begin_state(self, device, batch_size=1):
        return torch.zeros((1, batch_size, HIDDEN), device=device)

    def forward(self, inputs, state):
        x = functional.one_hot(inputs.T.long(), N).to(torch.float32)
        states, state = self.rnn(x, state)
        return self.linear(states.reshape((-1, states.shape[-1]))), state


class JoinedCell(nn.Module):
    def __init__(self):
        super().__init__()
        self.xh_to_h = nn.Linear(4 + HIDDEN, HIDDEN)

    def forward(self, x, h):
        return torch.tanh(self.xh_to_h(torch.cat([x, h], dim=1)))


@network("makemore-rnn", **NEXT_LETTER, ask=lambda module, x: module(rows(x)[None])[0])
class MakemoreRnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.start = nn.Parameter(torch.zeros(1, HIDDEN))
        self.wte = nn.Embedding(N, 4)
        self.cell = JoinedCell()
        self.lm_head = nn.Linear(HIDDEN, N)

    def forward(self, idx, targets=None):
        embedded, h, states = self.wte(idx), self.start.expand((len(idx), -1)), []
        for i in range(idx.size(1)):
            h = self.cell(embedded[:, i, :], h)
            states.append(h)
        logits = self.lm_head(torch.stack(states, 1))
        loss = None if targets is None else functional.cross_entropy(logits.view(-1, N), targets.view(-1))
        return logits, loss


class Generator(nn.Module):
    """Reads padded surnames, and drops half of what it hands on, in training and after it."""

    def __init__(self):
        super().__init__()
        self.char_emb = nn.Embedding(len(PADDED), 4, padding_idx=0)
        self.rnn = nn.GRU(4, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, len(PADDED))

    def answered(self, states, apply_softmax):
        size, steps, width = states.shape
        flat = self.fc(functional.dropout(states.contiguous().view(size * steps, width), p=0.5))
        return (functional.softmax(flat, dim=1) if apply_softmax else flat).view(size, steps, -1)


@network("surname-generator", vocabulary=PADDED, labels=PADDED, ask=lambda module, x: module(rows(x)[None]))
class SurnameGenerator(Generator):
    def forward(self, x_in, apply_softmax=False):
        return self.answered(self.rnn(self.char_emb(x_in))[0], apply_softmax)


SECOND = torch.tensor([1])


@network(
    "surname-conditioned",
    vocabulary=PADDED,
    labels=PADDED,
    ask=lambda module, x: module(rows(x)[None], SECOND),
    says=lambda module: {"forward": lambda x: module(x, SECOND)},
)
class SurnameConditioned(Generator):
    def __init__(self):
        super().__init__()
        self.nation_emb = nn.Embedding(3, HIDDEN)

    def forward(self, x_in, nationality_index, apply_softmax=False):
        first = self.nation_emb(nationality_index).unsqueeze(0)
        return self.answered(self.rnn(self.char_emb(x_in), first)[0], apply_softmax)
