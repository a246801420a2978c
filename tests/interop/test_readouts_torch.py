"""Modules that pool their hidden states, or have an activation before the last layer: what they compute is found."""

import numpy as np
import pytest

import rnn_tui
from tests.interop.networks import LABELS, TOLERANCE, WORDS, refused, states

torch = pytest.importorskip("torch")
modules = pytest.importorskip("tests.interop.torch_modules")

ROWS = (3, 1, 6, 6, 0)
RELU = {"nonlinearity": "relu"}

FOUND = {
    # name: module, readout, head
    "out.mean(1)": (modules.MeanPooling(), "mean", ()),
    "out.mean(1) of an LSTM": (modules.MeanPooling("LSTM"), "mean", ()),
    "out.mean(1) of a relu net": (modules.MeanPooling("RNN", **RELU), "mean", ()),
    "torch.mean(out, dim=0)": (modules.MeanOverTime(batch_first=False), "mean", ()),
    "the sum over the lengths": (modules.MeanOfPacked(), "mean", ()),
    "adaptive_avg_pool1d": (modules.AdaptiveMean(), "mean", ()),
    "out.max(1).values": (modules.MaxPooling("LSTM"), "max", ()),
    "torch.max(out, 1)[0]": (modules.MaxOfTuple(), "max", ()),
    "max in a relu net": (modules.MaxPooling("RNN", **RELU), "max", ()),
    "relu, then AdaptiveMaxPool1d": (modules.AdaptiveMax(), "max", ("relu",)),
    "relu of the last state": (modules.ReluBefore(), "last", ("relu",)),
    "relu in a relu net": (modules.ReluBefore("RNN", **RELU), "last", ()),
    "tanh of the last state": (modules.TanhBefore("LSTM"), "last", ("tanh",)),
    "tanh in a relu net": (modules.TanhBefore("RNN", **RELU), "last", ("tanh",)),
    "sigmoid of the last state": (modules.SigmoidBefore("LSTM"), "last", ("sigmoid",)),
    "tanh of the mean": (modules.MeanThenTanh("RNN"), "mean", ("tanh",)),
    "nn.Sequential(nn.ReLU(), nn.Linear)": (modules.HeadInSequential(), "last", ("relu",)),
    "relu at every step": (modules.EveryStepRelu(), "each", ("relu",)),
    "relu, one step after the other": (modules.OneStepRelu(batch_first=False), "last", ("relu",)),
    "attention, then relu": (modules.AttentionThenRelu(), "attention", ("relu",)),
}


def answer_of(module, rows, *, time_first=False, lengths=False, steps=False):
    """The probabilities that a module gives itself: of the last word, or of every word."""
    with torch.no_grad():
        x = torch.tensor([rows]).T if time_first else torch.tensor([rows])
        if steps:
            hidden, answers = None, []
            for row in rows:
                answer, hidden = module.eval()(torch.tensor(row), hidden)
                answers.append(answer[0])
            return torch.softmax(torch.stack(answers), -1).numpy()
        answer = module.eval()(x, torch.tensor([len(rows)])) if lengths else module.eval()(x)
        return torch.softmax(answer[0], -1).numpy()


@pytest.mark.parametrize("name", FOUND)
def test_what_a_module_does_with_its_states_is_found(name):
    # given a module of which nothing is asked for
    module, readout, head = FOUND[name]
    # when it is imported
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    # then readout and head are what it does, and it was verified
    assert (model.readout.kind, tuple(entry.activation for entry in model.head)) == (readout, head)
    assert model.provenance["verified"]["largest_difference"] <= TOLERANCE
    assert ("found" in model.provenance["verified"]) == ((readout, head) != ("last", ()))
    # and its answers to another sequence are the module's
    ways = {"time_first": "dim=0" in name, "lengths": "lengths" in name, "steps": "one step" in name}
    expected = answer_of(module, ROWS, **ways)
    probs = states(model, ROWS)["probs"]
    np.testing.assert_allclose(probs if expected.ndim == 2 else probs[-1], expected, atol=TOLERANCE)
    # and so are those of a shorter one, whose answer is not that of the last state alone
    np.testing.assert_allclose(
        states(model, ROWS[:2])["probs"][-1], np.atleast_2d(answer_of(module, ROWS[:2], **ways))[-1], atol=TOLERANCE
    )


def test_weights_alone_of_a_sequential_are_read_with_the_head_that_is_said():
    # given the state_dict of nn.Sequential(nn.ReLU(), nn.Dropout(0.2), nn.Linear(5, 3))
    module = modules.HeadInSequential()
    # when it is said what stands before the last layer
    model = rnn_tui.from_torch(module.state_dict(), WORDS, LABELS, head=("relu",))
    # then it is computed so
    np.testing.assert_allclose(states(model, ROWS)["probs"][-1], answer_of(module, ROWS), atol=TOLERANCE)
    assert np.array_equal(states(model, ROWS)["head.0"], np.maximum(states(model, ROWS)["h"], 0))


def test_the_weights_of_a_relu_net_and_its_forward_tell_all():
    # given weights that say neither that it is a relu net nor that it pools
    module = modules.MeanPooling("RNN", **RELU)
    model = rnn_tui.from_torch(module.state_dict(), WORDS, LABELS, forward=module)
    assert (model.activation, model.readout.kind) == ("relu", "mean")
    assert model.provenance["verified"]["found"] == "the readout mean with relu"


def test_what_is_asked_for_and_not_computed_is_refused_with_what_is():
    message = refused(rnn_tui.from_torch, modules.MeanThenTanh(), readout="max", head=("tanh",))
    assert message.endswith("it answers as the readout mean, tanh before the last layer does; leave readout out")
    message = refused(rnn_tui.from_torch, modules.TanhBefore("LSTM"), head=())
    assert message.endswith("it answers as the readout last, tanh before the last layer does; leave head out")
