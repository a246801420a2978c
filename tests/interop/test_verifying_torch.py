"""A module is run beside the model that is made of it: they answer the same, or the module is refused with a reason."""

import re
import warnings

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop.forward import SEQUENCES
from rnn_tui.network.trace import run
from tests.interop.networks import LABELS, NOT_VERIFIED, TOLERANCE, WORDS, refused, states

torch = pytest.importorskip("torch")
modules = pytest.importorskip("tests.interop.torch_modules")

ROWS = (3, 1, 6, 6, 0)

TAKEN = {
    # name: module, readout, the way that it is called, its answers
    "last of the output": (modules.LastOfOutput(), "last", "rows, batch first", "logits of the last step"),
    "last hidden state": (modules.LastHidden("LSTM"), "last", "rows, batch first", "logits of the last step"),
    "an elman net": (modules.LastHidden("RNN"), "last", "rows, batch first", "logits of the last step"),
    "a relu net": (
        modules.LastHidden("RNN", nonlinearity="relu"),
        "last",
        "rows, batch first",
        "logits of the last step",
    ),
    "no biases": (modules.LastOfOutput(bias=False), "last", "rows, batch first", "logits of the last step"),
    "log-probabilities": (modules.LogProbabilities(), "last", "rows, batch first", "logits of the last step"),
    "probabilities": (modules.Probabilities(), "last", "rows, batch first", "probabilities of the last step"),
    "a mapping": (modules.Mapped(), "last", "rows, batch first", "logits of the last step"),
    "dropout": (modules.WithDropout(), "last", "rows, batch first", "logits of the last step"),
    "a state that is kept": (modules.KeepsState(), "last", "rows, batch first", "logits of the last step"),
    "double precision": (modules.LastOfOutput().double(), "last", "rows, batch first", "logits of the last step"),
    "time first": (modules.TimeFirst(batch_first=False), "last", "rows, time first", "logits of the last step"),
    "lengths": (modules.Packed(), "last", "rows, batch first, text_lengths=tensor([T])", "logits of the last step"),
    "lengths that may be left out": (
        modules.PackedAndPadded(),
        "last",
        "rows, batch first, lengths=tensor([T])",
        "logits of the last step",
    ),
    "one-hot": (modules.OneHot(embedded=False), "last", "one-hot, batch first", "logits of the last step"),
    "one-hot inside": (modules.OneHotInside(embedded=False), "last", "rows, batch first", "logits of the last step"),
    "every step": (modules.EveryStep(), "each", "rows, batch first", "logits of every step"),
    "every step, labels first": (modules.EveryStepTransposed(), "each", "rows, batch first", "logits of every step"),
    "every step and the state": (
        modules.EveryStepTimeFirst(batch_first=False),
        "each",
        "rows, time first",
        "logits of every step",
    ),
    "a tagger without a batch": (
        modules.Unbatched(batch_first=False),
        "each",
        "rows, time first",
        "logits of every step",
    ),
    "a state handed in": (modules.WithState("LSTM"), "each", "rows, batch first, hidden=None", "logits of every step"),
    "one step after the other": (
        modules.OneStep(batch_first=False),
        "last",
        "rows, one step, hidden=None",
        "logits of every step",
    ),
    "attention": (modules.AttentionPooling(), "attention", "rows, batch first", "logits of the last step"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_module_is_taken_as_it_computes(name):
    # given a module that is asked how it is called, and nothing of its readout
    module, readout, called, answers = TAKEN[name]
    # when it is imported
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    # then readout and provenance are what it does
    verified = dict(model.provenance["verified"])
    assert model.readout.kind == readout
    assert verified.pop("largest_difference") <= TOLERANCE
    assert verified.pop("found", None) == (None if readout == "last" else f"the readout {readout}")
    assert verified == {
        "against": "its own forward",
        "sequences": SEQUENCES,
        "longest": 20,
        "called": called,
        "answers": answers,
    }


def test_the_largest_difference_is_measured():
    # given a module whose forward is a little off, by less than two computations may be
    module = modules.Probabilities()
    off = lambda rows: module(rows) + torch.tensor([2e-5, -2e-5, 0])  # noqa: E731
    # when
    model = rnn_tui.from_torch(module, WORDS, LABELS, forward=off)
    # then so much is said
    assert model.provenance["verified"]["largest_difference"] == pytest.approx(2e-5, abs=1e-6)
    assert model.provenance["verified"]["called"] == "forward=…"


def test_sequences_are_many_of_several_lengths_and_without_padding():
    # given a module with a row of padding that counts what it reads
    seen = []

    class Counting(modules.LastOfOutput):
        def forward(self, x):
            seen.append(tuple(x[0].tolist()))
            return super().forward(x)

    module = Counting()
    module.emb.padding_idx = 2
    # when
    rnn_tui.from_torch(module, ("<pad>", *WORDS[1:]), LABELS)
    first, seen[:] = list(seen), []
    rnn_tui.from_torch(module, ("<pad>", *WORDS[1:]), LABELS)
    # then they are drawn by a seed, several lengths, from every other row
    assert seen == first
    assert len(set(first)) >= 32
    assert {1, 2, 20} <= {len(rows) for rows in first}
    assert {row for rows in first for row in rows} == {1, 3, 4, 5, 6}


def test_one_output_is_the_probability_of_the_second_label():
    module = modules.SigmoidOfOne(outputs=1)
    model = rnn_tui.from_torch(module, WORDS, ("no", "yes"))
    with torch.no_grad():
        expected = float(module.eval()(torch.tensor([ROWS])))
    assert states(model, ROWS)["probs"][-1, 1] == pytest.approx(expected, abs=TOLERANCE)
    assert model.provenance["verified"]["answers"] == "probabilities of the last step"


def test_a_network_that_reads_numbers():
    module = modules.Numbers(numbers=True)
    model = rnn_tui.from_torch(module, (), LABELS, tokenizer="numbers")
    with torch.no_grad():
        expected = torch.softmax(module(torch.tensor([[[0.5], [-2.0]]])), -1)[0]
    np.testing.assert_allclose(run(model, model.tokenize("0.5 -2")).values["probs"][-1], expected, atol=TOLERANCE)
    assert model.provenance["verified"]["called"] == "numbers in columns, batch first"


NONE = "none of the readouts last, each, mean, max fits, with nothing, relu, tanh or sigmoid before the last layer; if"
REFUSED = {
    "sum pooling": (modules.SumPooling(), "its last layer reads the sum of the hidden states"),
    "min pooling, then tanh": (modules.MinPooling(), "(min pooling), after tanh, which no network here does; train it"),
    "relu before pooling": (modules.MeanOfRelu(), "the mean of relu of the hidden states (an activation before pool"),
    "leaky relu": (modules.LeakyBefore(), "leaky relu of the mean of the hidden states (an activation before the"),
    "the cell state": (modules.CellState("LSTM"), "its last layer reads the cell state c, not the hidden state"),
    "dot attention": (modules.DotAttention(), "a dot attention of the last hidden state over all"),
    "relu after the last layer": (modules.ReluAfter(), "relu squashes its outputs"),
    "a sigmoid for each label": (modules.SigmoidOfEach(), "sigmoid squashes each output by itself"),
    "read from the end": (modules.FromTheEnd(), "its last layer reads the sequence from its end"),
    "the first state": (modules.FirstState(), "its last layer reads the first hidden state"),
    "the last two states": (modules.LastTwoStates(), NONE),
    "an input twice as large": (modules.ScaledInput(), NONE),
    "a residual input": (modules.ResidualInput(), NONE),
    "without a memory": (modules.Unbatched(), "each word alone, without a memory (its recurrent layer may lack"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_module_that_computes_something_else_is_refused(name):
    # given a module whose weights alone look like those of a network of ours
    module, says = REFUSED[name]
    assert rnn_tui.from_torch(module.state_dict(), WORDS, LABELS).provenance["verified"] == NOT_VERIFIED
    # when it is imported
    message = refused(rnn_tui.from_torch, module)
    # then the line has the first sequence where the two part, both answers, and the cause
    found = re.match(
        r"the module: on “([a-g ]+)” its own forward says ([xyz]) ([01]\.\d{4})(?: after step (\d+))?, "
        r"this program's network ([01]\.\d{4}), (\S+) apart \(the first of 36 sequences where the two part\); ",
        message,
    )
    text, label, theirs, step, ours, apart = found.groups()
    assert says in message
    assert float(apart) == pytest.approx(abs(float(theirs) - float(ours)), rel=0.1, abs=2e-4)
    if name != "a random start":
        rows = torch.tensor([[WORDS.index(word) for word in text.split()]])
        with torch.no_grad():
            answer = module.eval()(rows[0])[int(step) - 1] if step else module.eval()(rows)[0]
        probs = answer if "sigmoid" in name else torch.softmax(answer, -1)
        shown = torch.softmax(probs, -1) if "sigmoid" in name else probs
        assert float(shown[LABELS.index(label)]) == pytest.approx(float(theirs), abs=1e-4)


@pytest.mark.parametrize("readout", ["last", "each"])
def test_a_readout_that_is_asked_for_is_not_replaced(readout):
    # given modules with other readouts
    message = refused(rnn_tui.from_torch, modules.MeanPooling(), readout=readout)
    assert message.endswith("it answers as the readout mean does; leave readout out")
    assert rnn_tui.from_torch(modules.EveryStep(), WORDS, LABELS, readout=readout).readout.kind == readout
    assert "2 linear layers" in refused(rnn_tui.from_torch, modules.AttentionPooling(), readout=readout)


def test_a_batch_that_is_taken_for_time_is_refused():
    # given a module that is written for batches first, but whose recurrent layer isn't
    message = refused(rnn_tui.from_torch, modules.LastOfOutput(batch_first=False))
    assert "its own forward takes the last sequence of a batch for the last word; give its recurrent layer" in message


def test_a_forward_that_can_not_be_called_is_refused_until_it_is_said_how():
    module = modules.TwoArguments()
    message = refused(rnn_tui.from_torch, module)
    assert "gave no answer to compare with: called with rows, batch first, colour=None it raised KeyError" in message
    assert "say how it is called with forward=lambda rows: …" in message
    # when it is said
    model = rnn_tui.from_torch(module, WORDS, LABELS, forward=lambda rows: module(rows, "red"))
    assert model.provenance["verified"]["called"] == "forward=…"
    # and where that makes another network of it, it is refused
    assert NONE in refused(rnn_tui.from_torch, module, forward=lambda rows: module(rows, colour="blue"))


def test_an_answer_of_another_shape_is_refused():
    module = modules.LastOfOutput()
    module.forward = lambda x: torch.zeros(4, 2)
    message = refused(rnn_tui.from_torch, module)
    assert "called with rows, batch first of 6 steps it answered (4, 2), not 3 outputs" in message


def test_weights_alone_with_a_forward_tell_their_activation():
    # given the weights of a relu net, which don't say so, and its forward
    module = modules.LastOfOutput("RNN", nonlinearity="relu")
    model = rnn_tui.from_torch(module.state_dict(), WORDS, LABELS, forward=module)
    # then relu is found
    assert model.activation == "relu"
    assert model.provenance["verified"]["found"] == "the readout last with relu"
    # and tanh isn't taken where it is asked for
    message = refused(rnn_tui.from_torch, module.state_dict(), forward=module, nonlinearity="tanh")
    assert "on “" in message


def test_a_forward_that_is_said_is_run_without_dropout_and_warnings():
    module = modules.WithDropout()

    class Warning(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = module

        def forward(self, x):
            warnings.warn("an old way to call", stacklevel=1)
            return self.inner(x)

    whole = Warning().train()
    for given, said in ((module.state_dict(), whole), (module, module.forward), (whole, None)):
        model = rnn_tui.from_torch(given, WORDS, LABELS, forward=said)
        assert model.provenance["verified"]["largest_difference"] < TOLERANCE
    assert module.training


def test_a_large_network_is_verified():
    # given as many units as a real network has, with the weights that PyTorch begins with
    torch.manual_seed(3)
    module = modules.LastHidden("LSTM")
    module.emb, module.rnn = torch.nn.Embedding(5000, 64), torch.nn.LSTM(64, 256, batch_first=True)
    module.fc = torch.nn.Linear(256, 2)
    words = [f"w{row}" for row in range(5000)]
    assert rnn_tui.from_torch(module, words, ("no", "yes")).provenance["verified"]["largest_difference"] < TOLERANCE
    # then mean pooling is told from it all the same
    module.forward = lambda x: module.fc(module.rnn(module.emb(x))[0].mean(1))
    assert rnn_tui.from_torch(module, words, ("no", "yes")).readout.kind == "mean"
    assert "leave readout out" in refused(rnn_tui.from_torch, module, words, ("no", "yes"), readout="last")


@pytest.mark.parametrize("seed", range(6))
def test_a_network_that_amplifies_every_rounding_is_taken_and_its_pooling_is_not(seed):
    # given weights so large that two computations in float32 part further from step to step
    module = modules.LastHidden("RNN")
    module.rnn, module.fc = torch.nn.RNN(4, 80, batch_first=True), torch.nn.Linear(80, 3)
    torch.manual_seed(seed)
    for parameter in module.parameters():
        torch.nn.init.normal_(parameter, std=0.6)
    # then they are the same network
    verified = rnn_tui.from_torch(module, WORDS, LABELS).provenance["verified"]
    assert verified["largest_difference"] < 0.01
    assert verified["sequences"] >= 32
    assert 3 <= verified["longest"] < 20
    # and short sequences still tell another from it
    module.forward = lambda x: module.fc(module.rnn(module.emb(x))[0].mean(1))
    assert rnn_tui.from_torch(module, WORDS, LABELS).readout.kind == "mean"
    module.forward = lambda x: module.fc(module.rnn(module.emb(x))[0].sum(1))
    assert "reads the sum of the hidden states, which no network" in refused(rnn_tui.from_torch, module)


def test_answers_that_are_all_sure_are_told_apart_by_their_logits():
    # given mean pooling whose probabilities are 0 and 1 to all digits
    module = modules.MeanPooling()
    with torch.no_grad():
        module.fc.weight *= 0.01
        module.fc.bias += torch.tensor([0.0, 60.0, 0.0])
    # then it is found all the same, and is not taken for the last state
    assert rnn_tui.from_torch(module, WORDS, LABELS).readout.kind == "mean"
    assert "leave readout out" in refused(rnn_tui.from_torch, module, readout="last")


@pytest.mark.parametrize("training", [True, False])
def test_the_module_is_left_as_it_was(training):
    # given a module in either mode, one of its layers in the other, that keeps a state and changes a buffer
    module = modules.WithDropout()
    module.train(training)
    module.dropout.train(not training)
    module.register_buffer("calls", torch.zeros(1), persistent=False)
    modes, forward = [], module.forward

    def changing(x):
        modes.append((module.training, module.dropout.training, torch.is_grad_enabled()))
        module.calls += torch.rand(1) + 1
        module.seen = x
        answer = forward(x)
        module.fc.bias.data[0] = 7
        return answer

    module.forward = changing
    before = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    seed = torch.random.get_rng_state()
    # when
    rnn_tui.from_torch(module, WORDS, LABELS)
    # then it was run in eval mode without a gradient, and nothing of it is another
    assert set(modes) == {(False, False, False)}
    assert (module.training, module.dropout.training) == (training, not training)
    assert torch.is_grad_enabled()
    assert not hasattr(module, "seen")
    assert module.calls.item() == 0
    assert all(torch.equal(tensor, before[name]) for name, tensor in module.state_dict().items())
    assert all(parameter.grad is None and parameter.requires_grad for parameter in module.parameters())
    assert torch.equal(torch.random.get_rng_state(), seed)


def test_a_module_in_half_precision_is_compared_in_single():
    module = modules.LastOfOutput().half()
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    assert model.provenance["verified"]["largest_difference"] < TOLERANCE
    assert {parameter.dtype for parameter in module.parameters()} == {torch.float16}


def test_a_module_without_a_forward_is_not_verified():
    module = torch.nn.Module()
    module.emb, module.rnn, module.fc = torch.nn.Embedding(7, 4), torch.nn.RNN(4, 5), torch.nn.Linear(5, 3)
    assert rnn_tui.from_torch(module, WORDS, LABELS).provenance["verified"] == NOT_VERIFIED


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_a_scripted_module_is_verified():
    scripted = torch.jit.script(modules.LastOfOutput())
    model = rnn_tui.from_torch(scripted, WORDS, LABELS)
    assert model.provenance["verified"]["largest_difference"] < TOLERANCE
