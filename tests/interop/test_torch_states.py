"""Modules that keep a state, drop at random, read one length or want the size of a batch: found out, or said so."""

import numpy as np
import pytest

import rnn_tui
from tests.interop.networks import LABELS, TOLERANCE, WORDS, refused, states

torch = pytest.importorskip("torch")
modules = pytest.importorskip("tests.interop.torch_modules")
functional = torch.nn.functional

ROWS = (3, 1, 6, 6, 0)


def drawn(*shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(1))


class Keeps(modules.Layers):
    """Begins with the state that it ended with; there is none unless it is set."""

    def forward(self, x):
        out, self.hidden = self.rnn(self.emb(x), self.hidden)
        return self.fc(out[:, -1])


class Begins(Keeps):
    """As a tutorial does that calls init_hidden itself, before every sentence."""

    hidden_dim = 5

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.hidden_size, self.hidden = 5, self.init_hidden(1)

    def init_hidden(self, batch_size):
        zeros = torch.zeros(1, batch_size, 5)
        return (zeros, zeros) if isinstance(self.rnn, torch.nn.LSTM) else zeros


class BeginsNever(Keeps):
    def init_hidden(self):
        return torch.zeros(1, 1, 5)


class Resets(modules.Layers):
    """Writes its state into a tensor of another name, and sets that to zeros itself."""

    def __init__(self):
        super().__init__()
        self.past = drawn(1, 1, 5)

    def reset_state(self):
        self.past.zero_()

    def forward(self, x):
        out, last = self.rnn(self.emb(x), self.past.clone())
        self.past.copy_(last)
        return self.fc(out[:, -1])


class Inner(torch.nn.Module):
    def __init__(self, rnn):
        super().__init__()
        self.rnn, self.state = rnn, drawn(1, 1, 5)

    def forward(self, x):
        out, self.state = self.rnn(x, self.state)
        return out


class KeepsInside(modules.Layers):
    def __init__(self):
        super().__init__()
        self.rnn = Inner(self.rnn)

    def forward(self, x):
        return self.fc(self.rnn(self.emb(x))[:, -1])


class OneStepKept(Keeps):
    def __init__(self):
        super().__init__(batch_first=False)
        self.hidden = drawn(1, 1, 5)

    def forward(self, x):
        out, self.hidden = self.rnn(self.emb(x).view(1, 1, -1), self.hidden)
        return self.fc(out[0])


def after(module, hidden):
    module.hidden = hidden
    return module


def trained(module):
    """After a sentence, with the graph that its state is of."""
    module(torch.tensor([[1, 2, 3]]))
    return module


KEPT = {
    "left over": (after(Keeps(), drawn(1, 1, 5)), "rows, batch first, after hidden=zeros"),
    "left over of a batch": (after(Keeps(), drawn(1, 32, 5)), "rows, batch first, after hidden=zeros"),
    "two left over": (
        after(Keeps("LSTM"), (drawn(1, 8, 5), drawn(1, 8, 5))),
        "rows, batch first, after hidden=zeros",
    ),
    "with a graph": (trained(after(Keeps(), None)), "rows, batch first, after hidden=zeros"),
    "zeros": (Begins("LSTM"), "rows, batch first"),
    "init_hidden": (trained(Begins("LSTM")), "rows, batch first, after init_hidden(1)"),
    "init_hidden never called": (BeginsNever(), "rows, batch first, after init_hidden()"),
    "reset_state": (Resets(), "rows, batch first, after reset_state()"),
    "in a part": (KeepsInside(), "rows, batch first, after state=zeros"),
    "one step": (OneStepKept(), "rows, one step, after hidden=zeros"),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_state_that_is_kept_is_set_to_its_first_one(name):
    # given a module that would begin with another state
    module, called = KEPT[name]
    kept = [getattr(module, name, None) for name in ("hidden", "past")]
    values = [one.clone() if torch.is_tensor(one) else one for one in kept]
    # when it is imported
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    # then it was asked from its first state, and that is said
    verified = model.provenance["verified"]
    assert (model.readout.kind, verified["called"]) == ("last", called)
    assert verified["largest_difference"] <= TOLERANCE
    # and it has the state that it had
    for one, before, value in zip(("hidden", "past"), kept, values, strict=True):
        assert getattr(module, one, None) is before
        assert not torch.is_tensor(before) or torch.equal(before, value)


def test_a_state_under_a_name_of_its_own_is_said():
    module = Resets()
    module.reset_state = None
    message = refused(rnn_tui.from_torch, module)
    assert "; it keeps a state from one call to the next, which may not begin with zeros, and none of the" in message
    assert message.endswith("; say how it begins anew with forward=lambda rows: …, which sets that state to zeros and "
                            "calls it")  # fmt: skip

    # when it is said
    def anew(rows):
        module.past = torch.zeros(1, 1, 5)
        return module(rows)

    assert rnn_tui.from_torch(module, WORDS, LABELS, forward=anew).provenance["verified"]["called"] == "forward=…"


def test_a_state_that_is_kept_hides_no_other_cause():
    class Sums(Keeps):
        def forward(self, x):
            out, self.hidden = self.rnn(self.emb(x), self.hidden)
            return self.fc(out.sum(1))

    for hidden in (None, drawn(1, 1, 5)):
        message = refused(rnn_tui.from_torch, after(Sums(), hidden))
        assert "its last layer reads the sum of the hidden states, which no network here does" in message


class OwnStart(modules.Layers):
    """Begins every sentence with a first state of its own, which is no parameter."""

    def __init__(self):
        super().__init__()
        self.h0 = drawn(1, 1, 5)

    def forward(self, x):
        return self.fc(self.rnn(self.emb(x), self.h0)[0][:, -1])


def test_a_first_state_that_is_never_changed_is_not_taken_for_zeros():
    assert "; none of the readouts last, each, mean, max fits, with" in refused(rnn_tui.from_torch, OwnStart())


class Drops(modules.Layers):
    """A dropout that isn't told of eval()."""

    def forward(self, x):
        return self.fc(functional.dropout(self.rnn(self.emb(x))[0][:, -1], p=0.5))


class DropsByNumPy(modules.Layers):
    def forward(self, x):
        kept = torch.from_numpy(np.random.binomial(1, 0.5, 5)).float()
        return self.fc(self.rnn(self.emb(x))[0][:, -1] * kept)


class DropsStep(modules.OneStep):
    def forward(self, x, hidden):
        out, hidden = super().forward(x, hidden)
        return functional.dropout(out, p=0.5), hidden


@pytest.mark.parametrize("module", [Drops(), DropsByNumPy(), DropsStep(batch_first=False), modules.RandomStart()])
@pytest.mark.parametrize("said", [False, True])
def test_a_forward_that_drops_at_random_is_said(module, said):
    step = isinstance(module, DropsStep)
    options = {"forward": lambda rows: module(rows[:, -1:], None)[0] if step else module(rows)} if said else {}
    seed = torch.random.get_rng_state()
    message = refused(rnn_tui.from_torch, module, **options)
    assert message.startswith(
        "the module: its own forward answers differently each time, as with a dropout that eval() doesn't switch off; "
        "expected one answer, but “"
    )
    assert message.endswith("; give functional.dropout training=self.training, or use nn.Dropout")
    assert torch.equal(torch.random.get_rng_state(), seed)


class SixSteps(modules.Layers):
    def forward(self, x):
        return self.fc(self.rnn(self.emb(x).view(1, 6, -1))[0].mean(1))


class SixStepsOfABatch(modules.Layers):
    """Takes twelve steps for two sequences."""

    def forward(self, x):
        return self.fc(self.rnn(self.emb(x).view(-1, 6, 4))[0].reshape(-1, 5))


class NoMoreThanTen(modules.Layers):
    def forward(self, x):
        places = torch.zeros(10, 4)
        return self.fc(self.rnn(self.emb(x) + places[torch.arange(x.shape[1])])[0][:, -1])


@pytest.mark.parametrize(
    ("module", "readout", "said", "longest"),
    [
        (SixSteps(), "mean", "6 steps alone", 6),
        (SixStepsOfABatch(), "each", "6 steps alone", 6),
        (NoMoreThanTen(), "last", "2 to 10 steps alone", 10),
    ],
)
def test_the_lengths_that_a_module_reads_are_found_and_said(module, readout, said, longest):
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    verified = model.provenance["verified"]
    assert (model.readout.kind, verified["longest"]) == (readout, longest)
    assert verified["called"] == f"rows, batch first, of {said}"
    assert verified["largest_difference"] <= TOLERANCE


class Thirty(modules.Layers):
    """Takes 32 sequences for granted."""

    def forward(self, x, batch_size=None):
        return self.fc(self.rnn(self.emb(x), torch.zeros(1, batch_size or 32, 5))[0][:, -1])


class OfABatch(Thirty):
    def forward(self, x, batch_size):
        return super().forward(x, batch_size)


@pytest.mark.parametrize("module", [Thirty(), OfABatch()])
def test_the_size_of_a_batch_is_one(module):
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    assert model.provenance["verified"]["called"] == "rows, batch first, batch_size=1"
    with torch.no_grad():
        expected = torch.softmax(module(torch.tensor([ROWS]), 1), -1)[0]
    np.testing.assert_allclose(states(model, ROWS)["probs"][-1], expected, atol=TOLERANCE)


class HiddenFirst(torch.nn.Module):
    """Handed the state before the sequence, which it turns around; a bias of its own."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(3)
        self.rnn, self.W = torch.nn.RNN(7, 5), torch.nn.Linear(5, 3, bias=False)
        self.b = torch.nn.Parameter(torch.ones(3))

    def forward(self, hidden, inputs):
        states, _ = self.rnn(inputs.transpose(0, 1), hidden)
        return self.W(states[-1]) + self.b


class HiddenFirstOfWords(modules.Layers):
    def forward(self, h_prev, inputs, targets=None):
        return self.fc(self.rnn(self.emb(inputs), h_prev)[0][:, -1])


@pytest.mark.parametrize(
    ("module", "called"),
    [
        (HiddenFirst(), "one-hot, batch first, hidden=None"),
        (HiddenFirstOfWords(), "rows, batch first, h_prev=None"),
    ],
)
def test_a_sequence_that_comes_after_the_state_is_handed_over_as_itself(module, called):
    assert rnn_tui.from_torch(module, WORDS, LABELS).provenance["verified"]["called"] == called


def test_a_module_knows_its_second_embedding():
    class OfANation(modules.LastOfOutput):
        def __init__(self):
            super().__init__()
            self.nation_emb = torch.nn.Embedding(3, 5)

    assert refused(rnn_tui.from_torch, OfANation()) == (
        "the state_dict: nation_emb.weight (3, 5) is a second embedding, beside emb.weight (7, 4); supported is one, "
        "or none (one-hot): train it without"
    )
