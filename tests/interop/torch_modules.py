"""Modules as they are usually written: the same layers, and forwards that do one thing or another with them."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from tests.interop.networks import WORDS


class Layers(nn.Module):
    """An embedding, a recurrent layer and a linear layer with weights large enough to tell one forward from another."""

    def __init__(self, kind="GRU", outputs=3, *, batch_first=True, embedded=True, numbers=False, **options):
        super().__init__()
        torch.manual_seed(7)
        inputs = 1 if numbers else 4 if embedded else len(WORDS)
        if embedded and not numbers:
            self.emb = nn.Embedding(len(WORDS), inputs)
        self.rnn = getattr(nn, kind)(inputs, 5, batch_first=batch_first, **options)
        self.fc = nn.Linear(5, outputs)
        for parameter in self.parameters():
            nn.init.normal_(parameter, std=0.8)


class LastOfOutput(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0][:, -1])


class LastHidden(Layers):
    def forward(self, x):
        _, h = self.rnn(self.emb(x))
        return self.fc((h[0] if isinstance(h, tuple) else h)[-1])


class LogProbabilities(Layers):
    def forward(self, x):
        return torch.log_softmax(self.fc(self.rnn(self.emb(x))[0][:, -1]), -1)


class Probabilities(Layers):
    def forward(self, x):
        return torch.softmax(self.fc(self.rnn(self.emb(x))[0][:, -1]), -1)


class SigmoidOfOne(Layers):
    def forward(self, x):
        return torch.sigmoid(self.fc(self.rnn(self.emb(x))[0][:, -1])).squeeze(1)


class TimeFirst(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0][-1])


class Unbatched(Layers):
    def forward(self, sentence):
        out, _ = self.rnn(self.emb(sentence).view(len(sentence), 1, -1))
        return torch.log_softmax(self.fc(out.view(len(sentence), -1)), 1)


class EveryStep(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0])


class EveryStepTransposed(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0]).transpose(1, 2)


class EveryStepTimeFirst(Layers):
    def forward(self, x):
        out, h = self.rnn(self.emb(x))
        return self.fc(out), h


class Packed(Layers):
    def forward(self, text, text_lengths):
        packed = pack_padded_sequence(self.emb(text), text_lengths.to("cpu"), batch_first=True)
        _, h = self.rnn(packed)
        return self.fc(h[-1])


class PackedAndPadded(Layers):
    def forward(self, x, lengths=None):
        packed = pack_padded_sequence(self.emb(x), lengths, batch_first=True, enforce_sorted=False)
        out, _ = pad_packed_sequence(self.rnn(packed)[0], batch_first=True)
        return self.fc(out[torch.arange(len(x)), torch.as_tensor(lengths) - 1])


class WithState(Layers):
    def forward(self, x, hidden):
        out, hidden = self.rnn(self.emb(x), hidden)
        return self.fc(out), hidden

    def init_hidden(self, batch_size):
        return torch.zeros(1, batch_size, 5), torch.zeros(1, batch_size, 5)


class OneStep(Layers):
    def forward(self, x, hidden):
        out, hidden = self.rnn(self.emb(x).view(1, 1, -1), hidden)
        return self.fc(out[0]), hidden


class OneHot(Layers):
    def forward(self, x):
        return self.fc(self.rnn(x)[0][:, -1])


class OneHotInside(Layers):
    def forward(self, x):
        return self.fc(self.rnn(nn.functional.one_hot(x, len(WORDS)).float())[0][:, -1])


class Numbers(Layers):
    def forward(self, x):
        return self.fc(self.rnn(x)[0][:, -1])


class WithDropout(Layers):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return self.fc(self.dropout(self.rnn(self.dropout(self.emb(x)))[0][:, -1]))


class KeepsState(Layers):
    """Keeps the state that it ended with, as older tutorials do."""

    hidden = None

    def forward(self, x):
        out, self.hidden = self.rnn(self.emb(x), self.hidden)
        return self.fc(out[:, -1])


class Mapped(Layers):
    def forward(self, x):
        out, h = self.rnn(self.emb(x))
        return {"hidden": h, "logits": self.fc(out[:, -1])}


class AttentionPooling(Layers):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.attention = nn.Linear(5, 1)
        nn.init.normal_(self.attention.weight, std=2)

    def forward(self, x):
        h, _ = self.rnn(self.emb(x))
        return self.fc((torch.softmax(self.attention(h), 1) * h).sum(1))


class MeanPooling(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0].mean(1))


class MaxPooling(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0].max(1).values)


class MaxOfTuple(Layers):
    def forward(self, x):
        return self.fc(torch.max(self.rnn(self.emb(x))[0], 1)[0])


class AdaptiveMean(Layers):
    def forward(self, x):
        pooled = nn.functional.adaptive_avg_pool1d(self.rnn(self.emb(x))[0].permute(0, 2, 1), 1)
        return self.fc(pooled.squeeze(-1))


class AdaptiveMax(Layers):
    """Pools after relu, with dropout, as a text classifier is often written."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.pool, self.dropout = nn.AdaptiveMaxPool1d(1), nn.Dropout(0.3)

    def forward(self, x):
        out = torch.relu(self.rnn(self.emb(x))[0])
        return self.fc(self.dropout(self.pool(out.transpose(1, 2)).flatten(1)))


class MeanOverTime(Layers):
    """The mean of a module that reads time first."""

    def forward(self, x):
        return torch.log_softmax(self.fc(torch.mean(self.rnn(self.emb(x))[0], dim=0)), 1)


class MeanOfPacked(Layers):
    """The mean over the words alone, whatever the padding."""

    def forward(self, x, lengths):
        packed = pack_padded_sequence(self.emb(x), lengths, batch_first=True, enforce_sorted=False)
        out, lengths = pad_packed_sequence(self.rnn(packed)[0], batch_first=True)
        return self.fc(out.sum(1) / lengths[:, None])


class MeanThenTanh(Layers):
    def forward(self, x):
        return self.fc(torch.tanh(self.rnn(self.emb(x))[0].mean(dim=1)))


class HeadInSequential(Layers):
    """The activation and the last layer in one nn.Sequential."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.head = nn.Sequential(nn.ReLU(), nn.Dropout(0.2), self.fc)
        del self.fc

    def forward(self, x):
        return self.head(self.rnn(self.emb(x))[1][-1])


class SigmoidBefore(Layers):
    def forward(self, x):
        return self.fc(torch.sigmoid(self.rnn(self.emb(x))[1][0][-1]))


class EveryStepRelu(Layers):
    def forward(self, x):
        return self.fc(nn.functional.relu(self.rnn(self.emb(x))[0]))


class OneStepRelu(Layers):
    def forward(self, x, hidden):
        out, hidden = self.rnn(self.emb(x).view(1, 1, -1), hidden)
        return self.fc(torch.relu(out[0])), hidden


class AttentionThenRelu(Layers):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.attention = nn.Linear(5, 1)
        nn.init.normal_(self.attention.weight, std=2)

    def forward(self, x):
        h, _ = self.rnn(self.emb(x))
        return self.fc(torch.relu((torch.softmax(self.attention(h), 1) * h).sum(1)))


class MeanOfRelu(Layers):
    def forward(self, x):
        return self.fc(torch.relu(self.rnn(self.emb(x))[0]).mean(1))


class MinPooling(Layers):
    def forward(self, x):
        return self.fc(torch.tanh(self.rnn(self.emb(x))[0].min(1).values))


class LeakyBefore(Layers):
    def forward(self, x):
        return self.fc(nn.functional.leaky_relu(self.rnn(self.emb(x))[0].mean(1), 0.2))


class SumPooling(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0].sum(1))


class ReluBefore(Layers):
    def forward(self, x):
        return self.fc(torch.relu(self.rnn(self.emb(x))[0][:, -1]))


class TanhBefore(Layers):
    def forward(self, x):
        return self.fc(torch.tanh(self.rnn(self.emb(x))[0][:, -1]))


class CellState(Layers):
    def forward(self, x):
        _, (_, c) = self.rnn(self.emb(x))
        return self.fc(c[-1])


class DotAttention(Layers):
    def forward(self, x):
        h, _ = self.rnn(self.emb(x))
        weights = torch.softmax(torch.bmm(h, h[:, -1:].transpose(1, 2)), 1)
        return self.fc((weights * h).sum(1))


class SigmoidOfEach(Layers):
    def forward(self, x):
        return torch.sigmoid(self.fc(self.rnn(self.emb(x))[0][:, -1]))


class ReluAfter(Layers):
    def forward(self, x):
        return torch.relu(self.fc(self.rnn(self.emb(x))[0][:, -1]))


class FromTheEnd(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x.flip(1)))[0][:, -1])


class FirstState(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0][:, 0])


class LastTwoStates(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[0][:, -2:].mean(1))


class ScaledInput(Layers):
    def forward(self, x):
        return self.fc(self.rnn(2 * self.emb(x))[0][:, -1])


class RandomStart(Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x), torch.randn(1, len(x), 5))[0][:, -1])


class TwoArguments(Layers):
    def forward(self, x, colour):
        return self.fc(self.rnn(self.emb(x))[0][:, -1]) * {"red": 1, "blue": 2}[colour]


class ResidualInput(Layers):
    def forward(self, x):
        e = self.emb(x)
        return self.fc(self.rnn(e)[0][:, -1] + nn.functional.pad(e[:, -1], (0, 1)))
