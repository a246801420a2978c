"""What a forward may answer, and what is made of it: taken, found out, or refused with a line that says why."""

import re
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop.answers import parts_of, readings
from rnn_tui.interop.forward import Forward, Way
from rnn_tui.interop.verifying import verified
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from tests.interop.keras_models import Attention, CellState, KerasModel, Numbers, OneHot, softmax
from tests.interop.networks import LABELS, TOLERANCE, WORDS, refused, states

ROWS = (3, 1, 6, 6, 0)


class Tensor:
    """A tensor of PyTorch as Keras answers with it there: it leaves the graph and the GPU before it is an array."""

    def __init__(self, array, *left):
        self.array, self.left = array, left

    def detach(self):
        return Tensor(self.array, *self.left, "graph")

    def cpu(self):
        return Tensor(self.array, *self.left, "GPU")

    def is_floating_point(self):
        return self.array.dtype.kind == "f"

    def float(self):
        return Tensor(self.array.astype(np.float32), *self.left)

    def numpy(self):
        assert self.left == ("graph", "GPU")
        return self.array


FORMS = {
    "a mapping": lambda probs: {"length": np.array([4]), "probs": probs},
    "a tuple": lambda probs: (probs, np.zeros((1, 5))),
    "lists in a list": lambda probs: [[np.zeros((1, 5)), np.array([True])], [probs]],
    "a tensor": Tensor,
    "tensors": lambda probs: (Tensor(np.array([4])), Tensor(probs)),
    "beside nothing": lambda probs: (None, "probs", probs),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_is_found_in_whatever_it_comes_in(form):
    model = rnn_tui.from_keras(KerasModel(answers=FORMS[form]), WORDS, LABELS)
    assert model.provenance["verified"]["answers"] == "probabilities of the last step"
    assert model.provenance["verified"]["largest_difference"] <= TOLERANCE
    # and one at every step too
    model = rnn_tui.from_keras(KerasModel("each", answers=FORMS[form]), WORDS, LABELS)
    assert model.provenance["verified"]["answers"] == "probabilities of every step"


def test_the_parts_of_an_answer_are_its_numbers_with_a_decimal_point():
    half = Tensor(np.array([1.5, 2], np.float16))
    parts = parts_of({"a": [np.float32(0.5), np.array([1])], "b": (half, Tensor(np.array([3]))), "c": "text"})
    assert [part.tolist() for part in parts] == [0.5, [1.5, 2]]
    assert all(part.dtype == np.float64 for part in parts)
    assert parts_of(np.array([1, 2])) == parts_of(None) == parts_of(()) == []


def test_what_is_no_probability_is_read_as_logits_alone():
    # given one answer of two labels that are probabilities, two that are none, and those of one label
    def scales(row, n):
        return [one.scale for one in readings("so", [[np.array([row])]], [1], n) if not one.every]

    assert scales([0.25, 0.75], 2) == ["logits", "probabilities"]
    assert scales([-0.25, 1.25], 2) == ["logits"]
    assert scales([0.25, 0.25], 2) == ["logits"]
    assert scales([0.25], 1) == ["logits", "probabilities"]
    assert scales([1.25], 1) == ["logits"]
    # and of one label the probability is that of the second
    _, reading, *_ = readings("so", [[np.array([[0.25]])]], [1], 1)
    np.testing.assert_array_equal(reading.probs[0], [[0.75, 0.25]])
    assert reading.logs is None


@pytest.mark.parametrize("off", [0, 2e-5])
def test_the_largest_difference_is_measured(off):
    away = np.array([off, -off, 0])
    model = rnn_tui.from_keras(KerasModel(answers=lambda probs: probs + away), WORDS, LABELS)
    assert model.provenance["verified"]["largest_difference"] == pytest.approx(off, abs=1e-6)


def test_a_larger_difference_is_refused_and_said():
    away = np.array([0.003, -0.003, 0])
    message = refused(rnn_tui.from_keras, KerasModel(answers=lambda probs: probs + away))
    assert re.search(
        r"its own forward says [xy] [01]\.\d{4}, this program's network [01]\.\d{4}, 0\.003 apart", message
    )


def test_one_hot_words_are_handed_over_first():
    # given a network without an embedding
    keras = OneHot()
    model = rnn_tui.from_keras(keras, WORDS, LABELS)
    # then it is asked with one-hot words, every one of them
    assert model.provenance["verified"]["called"] == "one-hot, batch first"
    assert {row for rows in keras.seen for row in rows} == set(range(7))
    assert model.provenance["verified"]["largest_difference"] <= TOLERANCE
    # and where it embeds them itself, with their rows
    keras.inputs = lambda rows: np.eye(7)[rows]
    assert rnn_tui.from_keras(keras, WORDS, LABELS).provenance["verified"]["called"] == "rows, batch first"


def test_a_network_that_reads_numbers_is_handed_columns_of_them():
    keras = Numbers()
    model = rnn_tui.from_keras(keras, (), LABELS, tokenizer="numbers")
    assert model.provenance["verified"]["called"] == "numbers in columns, batch first"
    assert model.provenance["verified"]["largest_difference"] <= TOLERANCE
    # and the numbers are of both signs, in sequences of several lengths, and the same ones again
    first, keras.seen = keras.seen, []
    numbers = [number for sequence in first for number in sequence]
    assert min(numbers) < -1
    assert max(numbers) > 1
    assert {1, 2, 20} <= {len(sequence) for sequence in first}
    rnn_tui.from_keras(keras, (), LABELS, tokenizer="numbers")
    assert keras.seen == first
    # and its answers are the model's
    answer = keras.answer(np.array([[0.5], [-2]], np.float32))
    np.testing.assert_allclose(run(model, model.tokenize("0.5 -2")).values["probs"][-1], answer, atol=TOLERANCE)


class Compiled:
    """A predict that doesn't tell its parameters."""

    __signature__ = 0

    def __init__(self, model):
        self.model = model

    def __call__(self, x):
        return self.model.answer(x[0])[None]


@pytest.mark.parametrize("predict", [Compiled, lambda model: Compiled(model).__call__], ids=["untold", "without"])
def test_a_predict_that_knows_no_verbose_is_called_without_it(predict):
    model = KerasModel()
    model.predict = predict(model)
    imported = rnn_tui.from_keras(model, WORDS, LABELS)
    assert imported.provenance["verified"]["largest_difference"] <= TOLERANCE


def test_attention_is_found_where_no_other_readout_has_such_weights():
    model = rnn_tui.from_keras(Attention(), WORDS, LABELS)
    assert model.readout.kind == "attention"
    assert model.provenance["verified"]["found"] == "the readout attention with tanh"
    np.testing.assert_allclose(states(model, ROWS)["probs"][-1], Attention().answer(np.array(ROWS)), atol=TOLERANCE)


def test_attention_at_every_step_is_to_be_asked_for():
    # given attention that answers after every word, where this program's has one answer
    message = refused(rnn_tui.from_keras, Attention("each"))
    assert "2 linear layers: dense/kernel (3, 5) and attention/kernel (1, 5); supported are those" in message
    # when it is asked for
    model = rnn_tui.from_keras(Attention("each"), WORDS, LABELS, readout="attention")
    # then it is taken
    assert model.readout.kind == "attention"
    assert model.provenance["verified"]["answers"] == "probabilities of every step"
    assert model.provenance["verified"]["largest_difference"] <= TOLERANCE


@pytest.mark.parametrize("readout", ["last", "each"])
def test_a_readout_that_is_asked_for_is_not_replaced(readout):
    model = rnn_tui.from_keras(KerasModel("each"), WORDS, LABELS, readout=readout)
    assert model.readout.kind == readout
    assert model.provenance["verified"]["answers"] == "probabilities of every step"
    assert "found" not in model.provenance["verified"]
    # and its labels, which fit no readout, are told of as ever
    message = refused(rnn_tui.from_keras, KerasModel("each"), labels=("x", "y"), readout=readout)
    assert "has 3 outputs, but there are 2 labels (x, y)" in message


def test_weights_that_fit_no_readout_are_refused_before_anything_is_called():
    model = KerasModel()
    message = refused(rnn_tui.from_keras, model, labels=("x", "y"))
    assert "dense/kernel (3, 5) has 3 outputs, but there are 2 labels (x, y)" in message
    assert not model.seen


def test_activations_that_answer_the_same_are_to_be_chosen_from():
    # given a relu net that never sees a number below zero, so that it could be without an activation
    model = KerasModel(squash=lambda z: np.maximum(z, 0))
    model.named = {name: np.abs(tensor) / 5 for name, tensor in model.named.items()}
    message = refused(rnn_tui.from_keras, model)
    # then they are named, and not the heads that would change nothing
    assert message == (
        "the Keras model: its own forward answers as the readout last with relu and the readout last with identity do; "
        "say which with readout=… or nonlinearity=…"
    )
    # when one is said, it is that
    for said in ("relu", "identity"):
        assert rnn_tui.from_keras(model, WORDS, LABELS, nonlinearity=said).activation == said


CAUSES = {
    "the cell state": (
        CellState(),
        {},
        "its last layer reads the cell state c, not the hidden state, which no network here does; train it with the "
        "readout last, each, mean or max, and nothing, relu, tanh or sigmoid before the last layer",
    ),
    "the sum after relu, by logits": (
        KerasModel("relu of the sum", softmax=False),
        {},
        "its last layer reads the sum of the hidden states, after relu, which no network here does; train it with",
    ),
    "two states": (
        KerasModel("last two", softmax=False),
        {},
        "none of the readouts last, each, mean, max fits, with tanh, relu or identity in the cell and nothing, relu, "
        "tanh or sigmoid before the last layer; if it is called otherwise, say how with forward=lambda rows: …",
    ),
    "another attention": (
        Attention(scale=2, softmax=False),
        {"readout": "attention"},
        "the readout attention doesn't fit, with tanh, relu or identity in the cell and nothing, relu, tanh or sigmoid "
        "before the last layer; if it is called otherwise",
    ),
}


@pytest.mark.parametrize("name", CAUSES)
def test_a_model_that_computes_something_else_is_refused_with_both_answers(name):
    keras, options, says = CAUSES[name]
    message = refused(rnn_tui.from_keras, keras, **options)
    assert says in message
    # and the line has a sequence, and what the two say of it
    found = re.match(
        r"the Keras model: on “([a-g ]+)” its own forward says ([xyz]) ([01]\.\d{4}), this program's network "
        r"([01]\.\d{4}), (\S+) apart \(the first of 36 sequences where the two part\); ",
        message,
    )
    text, label, theirs, ours, apart = found.groups()
    assert float(apart) == pytest.approx(abs(float(theirs) - float(ours)), rel=0.1, abs=2e-4)
    answer = keras.answer(np.array([WORDS.index(word) for word in text.split()]))
    probs = answer if keras.softmax else softmax(answer)
    assert probs[LABELS.index(label)] == pytest.approx(float(theirs), abs=1e-4)


@pytest.mark.parametrize(("reads", "readout"), [("last", "last"), ("mean", "mean"), ("tanh of the mean", "mean")])
def test_a_network_that_amplifies_every_rounding_is_compared_where_it_tells_something(reads, readout):
    # given states that grow from step to step, so that float32 parts from float64 more and more
    model = KerasModel(reads, squash=lambda z: z, softmax=False)
    model.named = {name: tensor * (2 if "recurrent" in name else 1) for name, tensor in model.named.items()}
    importing = partial(rnn_tui.from_keras, nonlinearity="identity")
    # then the shorter of the sequences tell what it computes
    imported = importing(model, WORDS, LABELS)
    assert imported.readout.kind == readout
    assert imported.provenance["verified"]["sequences"] == 36
    assert 3 <= imported.provenance["verified"]["longest"] < 20
    # and another readout that is asked for is none
    wrong = "max" if readout == "mean" else "mean"
    assert "leave readout out" in refused(importing, model, readout=wrong)


def raising(*_):
    raise RuntimeError("no such thing\nsecond line")


UNCALLED = {
    "a fault": (
        KerasModel(answers=raising),
        "called with rows, batch first it raised RuntimeError: no such thing; say",
    ),
    "a fault without a line": (
        SimpleNamespace(weights=KerasModel().weights, predict=lambda x: next(iter(()))),
        "called with rows, batch first it raised StopIteration: ; say how it is called with forward=lambda rows: …",
    ),
    "another shape": (
        KerasModel(answers=lambda probs: np.zeros((4, 2))),
        "called with rows, batch first of 6 steps it answered (4, 2), not 3 outputs; say how",
    ),
    "two of them": (
        KerasModel(answers=lambda probs: (np.zeros((1, 4)), np.zeros(2))),
        "of 6 steps it answered (1, 4), (2,), not 3 outputs",
    ),
    "the label": (
        KerasModel(answers=lambda probs: probs.argmax(-1)),
        "of 6 steps it answered nothing with a decimal point, not 3 outputs; say how",
    ),
    "several ways": (
        OneHot(answers=raising),
        "called with one-hot, batch first it raised RuntimeError: no such thing (2 ways were tried); say how",
    ),
}


@pytest.mark.parametrize("name", UNCALLED)
def test_a_forward_without_an_answer_to_compare_with_is_refused(name):
    model, says = UNCALLED[name]
    message = refused(rnn_tui.from_keras, model)
    assert message.startswith("the Keras model: its own forward gave no answer to compare with: called with ")
    assert says in message
    assert message.endswith("or give its weights alone, which are then not verified")


def test_one_output_that_is_not_answered_is_one_output():
    message = refused(
        rnn_tui.from_keras, KerasModel(outputs=1, answers=lambda probs: np.zeros(4)), labels=("no", "yes")
    )
    assert "it answered (4,), not 1 output; say how" in message


def compared(*ways):
    """The recorded network beside a forward that is called in these ways."""
    keras = KerasModel()
    return verified(
        lambda changed: rnn_tui.from_keras(keras.named, WORDS, LABELS, **changed), {}, Forward(lambda _: ways), "mine"
    )


def test_a_way_that_takes_a_batch_for_time_is_not_taken():
    # given a way to call the network that answers at every step, and may mix the sequences of a batch
    each = KerasModel("each")
    mixing = Way("rows, time first", lambda rows: [each.answer(rows)], mixes=lambda _: True)
    apart = Way("rows, time first", lambda rows: [each.answer(rows)], mixes=lambda _: False)
    # then it is taken only where it doesn't
    assert compared(apart).provenance["verified"]["called"] == "rows, time first"
    with pytest.raises(UserError) as raised:
        compared(mixing)
    assert str(raised.value) == (
        "mine: its own forward takes the last sequence of a batch for the last word; give its recurrent layer "
        "batch_first=True and train it again, or read its last step with output[-1]"
    )
    # and another way that fits is taken after it
    last = Way("rows", lambda rows: [KerasModel().answer(rows)])
    assert compared(mixing, last).provenance["verified"]["called"] == "rows"


def test_a_forward_that_no_way_is_known_for_is_refused():
    with pytest.raises(
        UserError, match="mine: its own forward gave no answer to compare with: no way is known to call"
    ):
        compared()
