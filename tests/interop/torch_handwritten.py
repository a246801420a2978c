"""Networks that tutorials and courses write by hand in PyTorch, one letter or a whole sequence at a time."""

import torch
from torch import nn

from tests.interop.networks import LABELS, WORDS

N, H, K = len(WORDS), 5, len(LABELS)


class ByHand(nn.Module):
    """Parameters large enough to tell one forward from another."""

    def __init__(self, *, words=N, hidden=H, outputs=K, bias=True):
        super().__init__()
        torch.manual_seed(4)
        self.words, self.size = words, hidden
        self.layers(words, hidden, outputs, bias)
        for parameter in self.parameters():
            nn.init.normal_(parameter, std=0.7)

    def init_hidden(self):
        return torch.zeros(1, self.size)


class Letters(ByHand):
    """i2h, h2h and h2o: `output, hidden = rnn(letter, hidden)`."""

    def layers(self, words, hidden, outputs, bias):
        self.i2h = nn.Linear(words, hidden, bias=bias)
        self.h2h = nn.Linear(hidden, hidden, bias=bias)
        self.h2o = nn.Linear(hidden, outputs, bias=bias)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, x, hidden):
        hidden = torch.tanh(self.i2h(x) + self.h2h(hidden))
        return self.softmax(self.h2o(hidden)), hidden


class LettersRelu(Letters):
    def forward(self, x, hidden):
        hidden = torch.relu(self.i2h(x) + self.h2h(hidden))
        return self.h2o(hidden), hidden


class StateFirst(Letters):
    def forward(self, x, hidden):
        hidden = torch.tanh(self.i2h(x) + self.h2h(hidden))
        return hidden, self.h2o(hidden)


class OwnState(Letters):
    """Keeps its state itself."""

    hidden = None

    def forward(self, x):
        before = self.init_hidden() if self.hidden is None else self.hidden
        self.hidden = torch.tanh(self.i2h(x) + self.h2h(before))
        return self.h2o(self.hidden)


class Embedded(ByHand):
    """An embedding and the layers under names of their own; reads whole sequences."""

    def layers(self, words, hidden, outputs, bias):
        self.embed = nn.Embedding(words, 4)
        self.first = nn.Linear(4, hidden, bias=False)
        self.again = nn.Linear(hidden, hidden)
        self.last = nn.Linear(hidden, outputs)

    def forward(self, x):
        hidden = torch.zeros(len(x), self.size)
        for letter in self.embed(x).unbind(1):
            hidden = torch.tanh(self.first(letter) + self.again(hidden))
        return self.last(hidden)


class Named(Embedded):
    """The same under usual names."""

    def layers(self, words, hidden, outputs, bias):
        self.embedding = nn.Embedding(words, 4)
        self.input_to_hidden = nn.Linear(4, hidden, bias=False)
        self.hidden_to_hidden = nn.Linear(hidden, hidden)
        self.hidden_to_output = nn.Linear(hidden, outputs)

    def forward(self, x):
        hidden = torch.zeros(len(x), self.size)
        for letter in self.embedding(x).unbind(1):
            hidden = torch.tanh(self.input_to_hidden(letter) + self.hidden_to_hidden(hidden))
        return self.hidden_to_output(hidden)


class Table(Letters):
    """i2h is an embedding: a row of the hidden layer's size for each letter."""

    def layers(self, words, hidden, outputs, bias):
        super().layers(words, hidden, outputs, bias)
        self.i2h = nn.Embedding(words, hidden)


class Combined(ByHand):
    """One linear layer over [x, h]."""

    def layers(self, words, hidden, outputs, bias):
        self.i2h = nn.Linear(words + hidden, hidden)
        self.h2o = nn.Linear(hidden, outputs)

    def forward(self, x, hidden):
        hidden = torch.tanh(self.i2h(torch.cat((x, hidden), 1)))
        return self.h2o(hidden), hidden


class HiddenFirst(Combined):
    def forward(self, x, hidden):
        hidden = torch.tanh(self.i2h(torch.cat((hidden, x), 1)))
        return self.h2o(hidden), hidden


class CombinedWithoutTanh(Combined):
    """As the tutorial on names had it from 2022: no activation."""

    def forward(self, x, hidden):
        hidden = self.i2h(torch.cat((x, hidden), 1))
        return torch.log_softmax(self.h2o(hidden), 1), hidden


class OlderTutorial(ByHand):
    """As the tutorial on names had it before: the output reads [x, h] too."""

    def layers(self, words, hidden, outputs, bias):
        self.i2h = nn.Linear(words + hidden, hidden)
        self.i2o = nn.Linear(words + hidden, outputs)

    def forward(self, x, hidden):
        combined = torch.cat((x, hidden), 1)
        return torch.log_softmax(self.i2o(combined), 1), self.i2h(combined)


class Parameters(ByHand):
    """W_xh, W_hh, b_h, W_hq and b_q to the right of what they multiply; time first inside, an answer at every step."""

    def layers(self, words, hidden, outputs, bias):
        self.W_xh = nn.Parameter(torch.empty(words, hidden))
        self.W_hh = nn.Parameter(torch.empty(hidden, hidden))
        self.b_h = nn.Parameter(torch.empty(hidden))
        self.W_hq = nn.Parameter(torch.empty(hidden, outputs))
        self.b_q = nn.Parameter(torch.empty(outputs))

    def forward(self, x, state=None):
        state = torch.zeros(len(x), self.size) if state is None else state
        answers = []
        for letters in nn.functional.one_hot(x.T, self.words).float():
            state = torch.tanh(letters @ self.W_xh + state @ self.W_hh + self.b_h)
            answers.append(state @ self.W_hq + self.b_q)
        return torch.stack(answers, 1), state


class Columns(Parameters):
    """The same to the left of columns; one letter at a time."""

    def layers(self, words, hidden, outputs, bias):
        self.U = nn.Parameter(torch.empty(hidden, words))
        self.W = nn.Parameter(torch.empty(hidden, hidden))
        self.V = nn.Parameter(torch.empty(outputs, hidden))
        self.b = nn.Parameter(torch.empty(hidden, 1))
        self.c = nn.Parameter(torch.empty(outputs, 1))

    def forward(self, x, h):
        h = torch.tanh(self.U @ x + self.W @ h + self.b)
        return self.V @ h + self.c, h


class ParametersToTheLeft(Parameters):
    def forward(self, x, state=None):
        state = torch.zeros(len(x), self.size) if state is None else state
        answers = []
        for letters in nn.functional.one_hot(x.T, self.words).float():
            state = torch.tanh(letters @ self.W_xh.T + state @ self.W_hh.T + self.b_h)
            answers.append(state @ self.W_hq.T + self.b_q)
        return torch.stack(answers, 1), state


class PlainBias(Letters):
    """Linear layers without biases, and one bias that isn't said what of."""

    def layers(self, words, hidden, outputs, bias):
        super().layers(words, hidden, outputs, bias=False)
        self.b = nn.Parameter(torch.empty(outputs))

    def forward(self, x, hidden):
        hidden = torch.tanh(self.i2h(x) + self.h2h(hidden))
        return self.h2o(hidden) + self.b, hidden


class PlainBiasInside(PlainBias):
    def forward(self, x, hidden):
        hidden = torch.tanh(self.i2h(x) + self.h2h(hidden) + self.b)
        return self.h2o(hidden), hidden


class OutputBias(ByHand):
    """nn.RNN, and a last layer whose bias is a parameter of its own."""

    def layers(self, words, hidden, outputs, bias):
        self.rnn = nn.RNN(words, hidden, batch_first=True)
        self.out = nn.Linear(hidden, outputs, bias=False)
        self.bias = nn.Parameter(torch.empty(outputs))

    def forward(self, x):
        return self.out(self.rnn(x)[0][:, -1]) + self.bias


class OutputMatrix(ByHand):
    """nn.RNN, and a last layer of parameters."""

    def layers(self, words, hidden, outputs, bias):
        self.rnn = nn.RNN(words, hidden, batch_first=True)
        self.W_hy = nn.Parameter(torch.empty(hidden, outputs))
        self.b_y = nn.Parameter(torch.empty(outputs))

    def forward(self, x):
        return self.rnn(x)[0][:, -1] @ self.W_hy + self.b_y


class OutputMatrixToTheLeft(OutputMatrix):
    def forward(self, x):
        return self.rnn(x)[0][:, -1] @ self.W_hy.T + self.b_y


class StateIsOutput(ByHand):
    """As many hidden units as outputs, and no last layer."""

    def layers(self, words, hidden, outputs, bias):
        self.rnn = nn.RNN(words, outputs, batch_first=True)

    def forward(self, x):
        return self.rnn(x)[1][0]


class StateIsOutputByHand(ByHand):
    def layers(self, words, hidden, outputs, bias):
        self.size = outputs
        self.i2h = nn.Linear(words, outputs)
        self.h2h = nn.Linear(outputs, outputs)

    def forward(self, x, hidden):
        return torch.tanh(self.i2h(x) + self.h2h(hidden))


class SquashedOutput(StateIsOutput):
    def forward(self, x):
        return torch.tanh(self.rnn(x)[1][0])


class AddedTanh(Letters):
    def forward(self, x, hidden):
        hidden = torch.tanh(torch.tanh(self.i2h(x)) + self.h2h(hidden))
        return self.h2o(hidden), hidden


class OutputOfTheStateBefore(Letters):
    def forward(self, x, hidden):
        return self.h2o(hidden), torch.tanh(self.i2h(x) + self.h2h(hidden))


class SigmoidState(Letters):
    def forward(self, x, hidden):
        hidden = torch.sigmoid(self.i2h(x) + self.h2h(hidden))
        return self.h2o(hidden), hidden


class ExpBeforeOutput(Combined):
    def forward(self, x, hidden):
        hidden = torch.tanh(self.i2h(torch.cat((x, hidden), 1)))
        return self.h2o(torch.exp(hidden)), hidden


class Pooled(ByHand):
    """nn.RNN that is handed a state, whose last step is mixed with the others; of one step it is our network."""

    def layers(self, words, hidden, outputs, bias):
        self.rnn = nn.RNN(words, hidden, batch_first=True)
        self.out = nn.Linear(hidden, outputs)

    def forward(self, x, hidden):
        states, hidden = self.rnn(x, hidden)
        return self.out(states[:, -1] + states.mean(1) - states[:, 0]), hidden


class StateBeforeSequence(ByHand):
    """nn.RNN, whose state is handed in before the sequence."""

    def layers(self, words, hidden, outputs, bias):
        self.rnn = nn.RNN(words, hidden)
        self.W = nn.Linear(hidden, outputs, bias=False)
        self.b = nn.Parameter(torch.empty(outputs))

    def forward(self, hidden, X):  # noqa: N803  # as it is written
        return self.W(self.rnn(X.transpose(0, 1), hidden)[0][-1]) + self.b


class LearnedStart(Embedded):
    """A first hidden state that is learned, and one layer over both in a cell of its own."""

    def layers(self, words, hidden, outputs, bias):
        self.start = nn.Parameter(torch.empty(1, hidden))
        self.wte = nn.Embedding(words, 4)
        self.xh_to_h = nn.Linear(4 + hidden, hidden)
        self.lm_head = nn.Linear(hidden, outputs)

    def forward(self, x, targets=None):
        hidden, states = self.start.expand(len(x), -1), []
        for letter in self.wte(x).unbind(1):
            hidden = torch.tanh(self.xh_to_h(torch.cat([letter, hidden], 1)))
            states.append(hidden)
        return self.lm_head(torch.stack(states, 1)), None
