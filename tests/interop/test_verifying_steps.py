"""A forward of one step is told from one of sequences: a network that pools is not taken for its steps."""

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop.answers import readings
from rnn_tui.interop.forward import Forward, Way
from rnn_tui.interop.verifying import verified
from rnn_tui.network.errors import UserError
from tests.interop.keras_models import KerasModel
from tests.interop.networks import LABELS, WORDS

EACH = KerasModel("each", softmax=False)
STEPS = Way("one step", lambda rows: [EACH.answer(rows)], stepwise=True)


def alone(rows):
    """The answers of a forward of one step to a batch of them."""
    return np.concatenate([EACH.answer(rows[t : t + 1]) for t in range(len(rows))])


def mixed(rows):
    """The same with a softmax over the batch."""
    logits = alone(rows)
    return logits - np.log(np.exp(logits).sum(0))


def compared(*ways):
    return verified(
        lambda changed: rnn_tui.from_keras(EACH.named, WORDS, LABELS, **changed), {}, Forward(lambda _: ways), "mine"
    )


def way(answer, **options):
    return Way("rows", lambda rows: [answer(rows)], **options)


@pytest.mark.parametrize(
    "others",
    [
        [],
        [way(alone)],
        [way(alone, as_batch=True)],
        [way(mixed), way(alone, as_batch=True)],
    ],
    ids=["steps", "a batch", "said to be a batch", "a softmax over another axis"],
)
def test_a_forward_of_one_step_is_taken(others):
    model = compared(*others, STEPS)
    assert model.readout.kind == "last"
    assert model.provenance["verified"]["called"] == "one step"
    assert model.provenance["verified"]["answers"] == "logits of every step"


PAIRS = KerasModel("last two", softmax=False)


@pytest.mark.parametrize(
    "whole",
    [way(PAIRS.answer), way(mixed), way(mixed, as_batch=True), way(lambda rows: np.cumsum(EACH.answer(rows), 0))],
    ids=["one answer", "answers that depend on one another", "even where they are a batch's", "summed answers"],
)
def test_a_forward_of_sequences_is_not_taken_for_its_steps(whole):
    # given a forward that makes more of a sequence than of its steps, each of which alone is our network's
    with pytest.raises(UserError) as raised:
        compared(whole, STEPS)
    assert str(raised.value).startswith("mine: on “e b g g a b” its own forward says ")


def test_a_forward_that_can_not_be_called_with_one_step_is_none_of_one():
    # given a forward that answers every sequence, but none of one step
    def answer(rows):
        if len(rows) == 1:
            raise IndexError("one step is too few")
        return mixed(rows)

    forward = Forward(lambda _: (way(answer, as_batch=True), STEPS), lengths=(5, 6, 9))
    build = lambda changed: rnn_tui.from_keras(EACH.named, WORDS, LABELS, **changed)  # noqa: E731
    with pytest.raises(UserError, match="mine: on “"):
        verified(build, {}, forward, "mine")


def test_the_cause_is_looked_for_in_the_steps():
    # given a forward of one step that squashes its outputs, and answers a batch as if each word came alone
    squashed = Way("one step", lambda rows: [np.tanh(EACH.answer(rows))], stepwise=True)
    with pytest.raises(UserError) as raised:
        compared(way(alone, as_batch=True), squashed)
    assert "its last layer reads the hidden state, and tanh squashes its outputs" in str(raised.value)


def test_an_answer_without_a_step_is_none():
    # given a forward that leaves out the last of its steps, and a sequence of one
    assert list(readings("so", [[np.zeros((1, 0, 3))]], [1], 3)) == []


def test_several_ways_to_read_weights_are_tried_in_their_order():
    # given weights that can be read in two ways, the second of which is the forward's
    other = KerasModel("each", softmax=False)
    other.named = {name: tensor[..., ::-1] if "dense" in name else tensor for name, tensor in EACH.named.items()}

    def builds(*models):
        return [lambda changed, named=m.named: rnn_tui.from_keras(named, WORDS, LABELS, **changed) for m in models]

    def broken(_):
        raise UserError("mine: this way they don't fit")

    forward = Forward(lambda _: (way(EACH.answer),))
    for build in (builds(other, EACH), [broken, *builds(EACH)], builds(EACH, other)):
        model = verified(build, {}, forward, "mine")
        np.testing.assert_array_equal(model.fc.bias, EACH.ending("dense/bias"))
    # and where none fits, the first is told of
    with pytest.raises(UserError, match="this way they don't fit"):
        verified([broken, broken], {}, forward, "mine")


def test_answers_of_every_step_may_have_their_labels_first():
    # given answers as a loss over (batch, labels, steps) wants them
    answers = EACH.answer(np.array([3, 1, 6, 6]))
    shaped = [one for one in readings("so", [[answers.T[None]]], [4], 3) if one.scale == "logits"]
    assert [one.every for one in shaped] == [True]
    np.testing.assert_allclose(shaped[0].logs[0], answers - np.log(np.exp(answers).sum(1, keepdims=True)), atol=1e-6)
