"""Modules that tutorials write by hand are run beside the model that is made of them, letter by letter or whole."""

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop.forward import SEQUENCES
from tests.interop.networks import LABELS, TOLERANCE, WORDS, refused, states

torch = pytest.importorskip("torch")
nets = pytest.importorskip("tests.interop.torch_handwritten")

ROWS = (3, 1, 4, 4, 0)
STATE = ", hidden=init_hidden()"
SQUARE = {"words": 5, "hidden": 5, "outputs": 5}
IDENTITY = "the hidden state is the output (fc.weight is the identity, fc.bias is 0)"
TAKEN = {
    # name: module, activation, readout, called, how its weights are read
    "i2h, h2h, h2o": (nets.Letters(), "tanh", "last", f"one-hot, one step{STATE}", None),
    "without biases": (nets.Letters(bias=False), "tanh", "last", f"one-hot, one step{STATE}", None),
    "relu": (nets.LettersRelu(), "relu", "last", f"one-hot, one step{STATE}", None),
    "the state first": (nets.StateFirst(), "tanh", "last", f"one-hot, one step{STATE}, the state answered first", None),
    "a state of its own": (nets.OwnState(), "tanh", "last", "one-hot, one step", None),
    "names of its own": (nets.Embedded(), "tanh", "last", "rows, batch first", None),
    "usual names": (nets.Named(), "tanh", "last", "rows, batch first", None),
    "an embedding as i2h": (
        nets.Table(),
        "tanh",
        "last",
        f"rows, one step{STATE}",
        "i2h.weight is an embedding, a row of it for each input",
    ),
    "a square one": (
        nets.Table(**SQUARE),
        "tanh",
        "last",
        f"rows, one step{STATE}",
        "i2h.weight is an embedding, a row of it for each input",
    ),
    "[x, h]": (nets.Combined(), "tanh", "last", f"one-hot, one step{STATE}", "i2h.weight reads [x, h], x first"),
    "[h, x]": (nets.HiddenFirst(), "tanh", "last", f"one-hot, one step{STATE}", "i2h.weight reads [h, x], h first"),
    "[h, x] of one size": (
        nets.HiddenFirst(**SQUARE),
        "tanh",
        "last",
        f"one-hot, one step{STATE}",
        "i2h.weight reads [h, x], h first",
    ),
    "no activation": (
        nets.CombinedWithoutTanh(),
        "identity",
        "last",
        f"one-hot, one step{STATE}",
        "i2h.weight reads [x, h], x first",
    ),
    "parameters": (nets.Parameters(), "tanh", "each", "rows, batch first", None),
    "square parameters": (
        nets.Parameters(**SQUARE),
        "tanh",
        "each",
        "rows, batch first",
        "matrices stand to the right (x·W)",
    ),
    "turned": (
        nets.ParametersToTheLeft(**SQUARE),
        "tanh",
        "each",
        "rows, batch first",
        "matrices stand to the left (W·x)",
    ),
    "columns": (
        nets.Columns(),
        "tanh",
        "last",
        "one-hot, one step as a column, h=a column of zeros",
        "b is the bias of the hidden state",
    ),
    "a bias outside": (
        nets.PlainBias(**SQUARE),
        "tanh",
        "last",
        f"one-hot, one step{STATE}",
        "i2h.weight is a linear layer; b is the bias of the output",
    ),
    "a bias inside": (
        nets.PlainBiasInside(**SQUARE),
        "tanh",
        "last",
        f"one-hot, one step{STATE}",
        "i2h.weight is a linear layer; b is the bias of the hidden state",
    ),
    "an output bias of its own": (
        nets.OutputBias(),
        "tanh",
        "last",
        "one-hot, batch first",
        "bias is the bias of out.weight",
    ),
    "an output of parameters": (
        nets.OutputMatrix(**SQUARE),
        "tanh",
        "last",
        "one-hot, batch first",
        "W_hy stands to the right (h·W); b_y is the bias of W_hy",
    ),
    "the same, turned": (
        nets.OutputMatrixToTheLeft(**SQUARE),
        "tanh",
        "last",
        "one-hot, batch first",
        "W_hy stands to the left (W·h); b_y is the bias of W_hy",
    ),
    "the state is the output": (nets.StateIsOutput(), "tanh", "last", "one-hot, batch first", IDENTITY),
    "the same by hand": (nets.StateIsOutputByHand(), "tanh", "last", f"one-hot, one step{STATE}", IDENTITY),
    "the state before the sequence": (
        nets.StateBeforeSequence(),
        "tanh",
        "last",
        "one-hot, batch first, hidden=None",
        "b is the bias of W.weight",
    ),
    "in bfloat16": (nets.Letters().bfloat16(), "tanh", "last", f"one-hot, one step{STATE}", None),
    "in float16": (
        nets.HiddenFirst().half(),
        "tanh",
        "last",
        f"one-hot, one step{STATE}",
        "i2h.weight reads [h, x], h first",
    ),
    "nn.RNN in bfloat16": (
        nets.OutputBias().bfloat16(),
        "tanh",
        "last",
        "one-hot, batch first",
        "bias is the bias of out.weight",
    ),
}


def labels_of(module):
    return WORDS[:5] if isinstance(module, nets.ByHand) and module.words == 5 else LABELS


@pytest.mark.parametrize("name", TAKEN)
def test_a_module_by_hand_is_taken_as_it_computes(name):
    module, activation, readout, called, read = TAKEN[name]
    model = rnn_tui.from_torch(module, WORDS[: module.words], labels_of(module))
    verified = model.provenance["verified"]
    assert (model.activation, model.readout.kind) == (activation, readout)
    assert (verified["called"], model.provenance.get("read")) == (called, read)
    assert verified["sequences"] == SEQUENCES
    assert verified["largest_difference"] < 1e-4


@pytest.mark.parametrize("module", [nets.Combined(), nets.HiddenFirst()], ids=["x first", "h first"])
def test_its_answers_are_the_modules_own(module):
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    with torch.no_grad():
        hidden = module.init_hidden()
        for row in ROWS:
            answer, hidden = module(torch.eye(7)[row][None], hidden)
    values = states(model, ROWS)
    np.testing.assert_allclose(values["h"][-1], hidden[0], atol=TOLERANCE)
    np.testing.assert_allclose(values["logits"][-1], answer[0], atol=TOLERANCE)


REFUSED = {
    "the older tutorial": (
        nets.OlderTutorial(),
        "i2o.weight (3, 12) reads what i2h.weight (5, 12) reads, the input and the hidden state before it, and not the "
        "new hidden state; supported is an output that reads the new hidden state alone: train it with output = "
        "h2o(hidden)",
    ),
    "a learned start": (
        nets.LearnedStart(),
        "start is a first hidden state that is not zeros; supported is one of zeros: train it without",
    ),
    "one tanh more": (nets.AddedTanh(), "with tanh, relu or identity in the cell and nothing, relu, tanh or sigmoid"),
    "the state before": (nets.OutputOfTheStateBefore(), "reads the hidden state before the newest word, which no"),
    "a sigmoid": (nets.SigmoidState(), "with tanh, relu or identity in the cell and nothing, relu, tanh or sigmoid"),
    "exp before the output": (nets.ExpBeforeOutput(), "none of the readouts last, each, mean, max fits, with tanh"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_module_that_computes_something_else_is_refused(name):
    module, says = REFUSED[name]
    assert says in refused(rnn_tui.from_torch, module)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_a_forward_that_is_said_is_called_in_single_precision(dtype):
    # given a module in half precision and a function that calls it
    module = nets.OutputBias().to(dtype)
    seen = []

    def forward(rows):
        seen.append(module.bias.dtype)
        return module(torch.nn.functional.one_hot(rows, 7).to(module.bias.dtype))

    model = rnn_tui.from_torch(module, WORDS, LABELS, forward=forward)
    # then it was called in float32, and is as it was
    assert model.provenance["verified"]["largest_difference"] < TOLERANCE
    assert set(seen) == {torch.float32}
    assert {parameter.dtype for parameter in module.parameters()} == {dtype}


def test_a_module_that_pools_is_not_taken_for_its_steps():
    # given a module of which one step is a network of ours
    module = nets.Pooled()
    one_hot = torch.eye(7)

    def by_steps(rows):
        hidden = torch.zeros(1, 1, 5)
        for row in rows[0]:
            answer, hidden = module(one_hot[row][None, None], hidden)
        return answer

    assert rnn_tui.from_torch(module, WORDS, LABELS, forward=by_steps).provenance["verified"]["called"] == "forward=…"
    # then it is refused, since it reads sequences
    assert "none of the readouts last, each, mean, max fits" in refused(rnn_tui.from_torch, module)


def test_a_start_of_zeros_is_none():
    module = nets.LearnedStart()
    with torch.no_grad():
        module.start.zero_()
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    assert model.provenance["read"] == "xh_to_h.weight reads [x, h], x first"
    assert model.readout.kind == "each"
    # and the weights alone are the same network
    again = rnn_tui.from_torch(module.state_dict(), WORDS, LABELS, readout="each")
    np.testing.assert_array_equal(states(again, ROWS)["logits"], states(model, ROWS)["logits"])
