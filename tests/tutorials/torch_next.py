"""Modules that say at every letter or word what comes next, as the books and courses of list.csv write them."""

from functools import partial

import torch
from torch import nn
from torch.nn import functional

from tests.tutorials.networks import LETTERS, WORDS, network
from tests.tutorials.torch_letters import NEXT_LETTER, encoded, zeros
from tests.tutorials.torch_models import NEXT_WORD
from tests.tutorials.torch_words import batch, rows

N, HIDDEN = len(LETTERS), 5


class OneHot(nn.Module):
    """A recurrent layer that reads one-hot letters, and a linear layer at every one."""

    cell = nn.RNN

    def __init__(self):
        super().__init__()
        self.rnn = self.cell(N, HIDDEN, batch_first=True)
        self.linear = nn.Linear(HIDDEN, N)

    def forward(self, x):
        return self.linear(self.rnn(x)[0])


LETTER_BY_LETTER = {**NEXT_LETTER, "ask": lambda module, x: module(encoded(x))}


@network("qrsu-rnn", **LETTER_BY_LETTER)
class QrsuRnn(OneHot):
    cell = partial(nn.RNN, nonlinearity="relu")


@network("qrsu-lstm", **LETTER_BY_LETTER)
class QrsuLstm(OneHot):
    cell = nn.LSTM


@network("apple-rnn", **LETTER_BY_LETTER)
class AppleRnn(OneHot):
    pass


@network("sentence-rnn", **LETTER_BY_LETTER)
class SentenceRnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(N, N, num_layers=2, batch_first=True)
        self.fc = nn.Linear(N, N, bias=True)

    def forward(self, x):
        states, _status = self.rnn(x)
        return self.fc(states)


@network("walk-rnn", **NEXT_LETTER, ask=lambda module, x: module(encoded(x))[0])
class WalkRnn(OneHot):
    def init_hidden(self, batch_size):
        return torch.zeros(1, batch_size, HIDDEN)

    def forward(self, x):
        states, hidden = self.rnn(x, self.init_hidden(x.size(0)))
        return self.linear(states.contiguous().view(-1, HIDDEN)), hidden


@network("news-generator", **NEXT_LETTER, ask=lambda module, x: batch(module, x)[0])
class NewsGenerator(OneHot):
    cell = nn.LSTM

    def forward(self, x, s=None):
        x, s = self.rnn(functional.one_hot(x, N).to(torch.float32), s)
        return self.linear(x), s


@network("karenina-lstm", **NEXT_LETTER, ask=lambda module, x: module(encoded(x), module.init_hidden(1))[0])
class KareninaLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.chars = LETTERS
        self.lstm = nn.LSTM(N, HIDDEN, 2, dropout=0.5, batch_first=True)
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(HIDDEN, N)

    def init_hidden(self, n_seqs):
        weight = next(self.parameters()).data
        return weight.new(2, n_seqs, HIDDEN).zero_(), weight.new(2, n_seqs, HIDDEN).zero_()

    def forward(self, x, hc):
        x, (h, c) = self.lstm(x, hc)
        x = self.dropout(x)
        return self.fc(x.view(x.size()[0] * x.size()[1], HIDDEN)), (h, c)


class Lyrics(nn.Module):
    """Makes one-hot letters of rows itself, and keeps its last state without using it again."""

    cell = nn.RNN

    def __init__(self):
        super().__init__()
        self.rnn = self.cell(input_size=N, hidden_size=HIDDEN)
        self.dense = nn.Linear(HIDDEN, N)
        self.state = None

    def forward(self, inputs, state):
        letters = [functional.one_hot(inputs[:, step], N).float() for step in range(inputs.shape[1])]
        states, self.state = self.rnn(torch.stack(letters), state)
        return self.dense(states.view(-1, states.shape[-1])), self.state


LYRICS = {**NEXT_LETTER, "ask": lambda module, x: module(rows(x)[None], None)[0]}


@network("lyrics-rnn", **LYRICS)
class LyricsRnn(Lyrics):
    pass


@network("lyrics-gru", **LYRICS)
class LyricsGru(Lyrics):
    cell = nn.GRU


@network("lyrics-lstm", **LYRICS)
class LyricsLstm(Lyrics):
    cell = nn.LSTM


class Embedded(nn.Module):
    """An embedding, a recurrent layer, and a linear layer at every word."""

    cell, layers, words = nn.LSTM, 1, len(WORDS)

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(self.words, 4)
        self.rnn = self.cell(4, HIDDEN, self.layers, batch_first=True)
        self.linear = nn.Linear(HIDDEN, self.words)


STATES_HANDED_IN = {**NEXT_WORD, "ask": lambda module, x: module(rows(x)[None], zeros(1, 1, HIDDEN))[0]}


@network("penn-lstm", **STATES_HANDED_IN)
class PennLstm(Embedded):
    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout(0.5)

    def forward(self, inputs, hidden, is_training=False):
        embeds = self.embed(inputs)
        if is_training:
            embeds = self.dropout(embeds)
        out, hidden = self.rnn(embeds, hidden)
        return self.linear(out.contiguous().view(out.size(0) * out.size(1), -1)), hidden


@network("corpus-lstm", **STATES_HANDED_IN)
class CorpusLstm(Embedded):
    def forward(self, x, h):
        x, last = self.rnn(self.embed(x), h)
        size, steps, width = x.size()
        return self.linear(x.contiguous().view(size * steps, width)), last


@network("next-word-rnn", **NEXT_WORD, ask=batch)
class NextWordRnn(Embedded):
    cell = nn.RNN

    def forward(self, x):
        output, _hidden = self.rnn(self.embed(x))
        output = self.linear(output)
        return output.view(-1, output.size(2))


@network("songs-lstm", **NEXT_LETTER, ask=batch)
class SongsLstm(Embedded):
    words = N

    def init_hidden(self, batch_size, device):
        return torch.zeros(1, batch_size, HIDDEN).to(device), torch.zeros(1, batch_size, HIDDEN).to(device)

    def forward(self, x, state=None, return_state=False):
        x = self.embed(x)
        if state is None:
            state = self.init_hidden(x.size(0), x.device)
        out, state = self.rnn(x, state)
        out = self.linear(out)
        return (out, state) if return_state else out


@network("names-loop", **NEXT_LETTER, ask=batch)
class NamesLoop(Embedded):
    cell, words = nn.RNN, N

    def forward(self, x):
        states, _ = self.rnn(self.embed(x))
        return functional.log_softmax(self.linear(states), dim=-1)


def state_first(module, x):
    """The answers of a cell that is called with every letter, and gives its state before its answer."""
    state, outputs = module.initial_state(1), []
    for letter in rows(x):
        state, output = module(letter.view(1), state)
        outputs.append(output)
    return torch.cat(outputs)


@network("names-cell", **NEXT_LETTER, ask=state_first)
class NamesCell(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(N, 4)
        self.rnn_update = nn.Linear(4 + HIDDEN, HIDDEN)
        self.rnn_to_logits = nn.Linear(HIDDEN, N)

    def initial_state(self, batch_size):
        return torch.zeros(batch_size, HIDDEN)

    def forward(self, x, h_prev):
        h_next = torch.tanh(self.rnn_update(torch.cat([self.embedding(x), h_prev], dim=-1)))
        return h_next, functional.log_softmax(self.rnn_to_logits(h_next), -1)


@network("names-lstm-cell", **NEXT_LETTER, ask=state_first)
class NamesLstmCell(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(N, 4)
        self.lstm = nn.LSTMCell(4, HIDDEN)
        self.rnn_to_logits = nn.Linear(HIDDEN, N)

    def initial_state(self, batch_size):
        return zeros(batch_size, HIDDEN)

    def forward(self, x, prev_state):
        next_h, next_c = self.lstm(self.emb(x), prev_state)
        return (next_h, next_c), functional.log_softmax(self.rnn_to_logits(next_h), -1)


def states_by_themselves(module, letters, first):
    """The answers of a module that takes and gives its two states each by itself."""
    (hidden, cell), outputs = first(), []
    for letter in letters:
        output, hidden, cell = module(letter.unsqueeze(0), hidden, cell)
        outputs.append(output)
    return torch.cat(outputs)


def by_themselves(first):
    """How such a module is asked, and what is said of it; `first` gives its first states."""
    return {
        **NEXT_LETTER,
        "ask": lambda module, x: states_by_themselves(module, rows(x), lambda: first(module)),
        "says": lambda module: {"forward": lambda x: states_by_themselves(module, x[0], lambda: first(module))},
    }


@network("island-lstm", **by_themselves(lambda module: module.init_hidden(1)))
class IslandLstm(Embedded):
    words = N

    def init_hidden(self, batch_size):
        return zeros(1, batch_size, HIDDEN)

    def forward(self, x, hidden, cell):
        out, (hidden, cell) = self.rnn(self.embed(x).unsqueeze(1), (hidden, cell))
        return self.linear(out).reshape(out.size(0), -1), hidden, cell


def states_in_a_pair(module, x):
    states, outputs = module.init_zero_state(), []
    for letter in rows(x):
        output, states = module(letter, states)
        outputs.append(output)
    return torch.cat(outputs)


@network("letters-lstm", **NEXT_LETTER, ask=states_in_a_pair)
class LettersLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(num_embeddings=N, embedding_dim=4)
        self.rnn = nn.LSTM(input_size=4, hidden_size=HIDDEN, num_layers=1)
        self.fc = nn.Linear(HIDDEN, N)

    def init_zero_state(self):
        return zeros(1, 1, HIDDEN)

    def forward(self, features, hidden_and_cell_state):
        embedded = self.embed(features.view(1, -1))
        output, hidden_and_cell_state = self.rnn(embedded, hidden_and_cell_state)
        output.squeeze_(0)
        return self.fc(output), hidden_and_cell_state


@network("letters-lstm-cell", **by_themselves(lambda module: module.init_zero_state()))
class LettersLstmCell(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(num_embeddings=N, embedding_dim=4)
        self.rnn = nn.LSTMCell(input_size=4, hidden_size=HIDDEN)
        self.fc = nn.Linear(HIDDEN, N)

    def init_zero_state(self):
        return zeros(1, HIDDEN)

    def forward(self, character, hidden, cell_state):
        hidden, cell_state = self.rnn(self.embed(character), (hidden, cell_state))
        return self.fc(hidden), hidden, cell_state
