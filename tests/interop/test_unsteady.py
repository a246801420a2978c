"""Forwards that answer otherwise another time, or read some lengths alone: told without a framework."""

import re

import numpy as np
import pytest

import rnn_tui
from rnn_tui.interop.forward import LONGEST, Again, Forward, Way
from rnn_tui.interop.verifying import verified
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from tests.interop.keras_models import KerasModel, softmax
from tests.interop.networks import LABELS, WORDS, refused

LAST = KerasModel(softmax=False)
EACH = KerasModel("each", softmax=False)
PAIRS = KerasModel("last two", softmax=False)


def compared(*ways, **options):
    return verified(
        lambda changed: rnn_tui.from_keras(LAST.named, WORDS, LABELS, **changed),
        {},
        Forward(lambda _: ways, **options),
        "mine",
    )


def refusal(*ways, **options):
    with pytest.raises(UserError) as raised:
        compared(*ways, **options)
    return str(raised.value)


# Another answer another time


def shaken(model, rng):
    """The logits of a model whose last layer reads half of the hidden state, another half every time."""

    def answer(rows):
        h = run(OURS, OURS.tokens_of([WORDS[row] for row in rows])).values["h"][-1]
        return (h * rng.integers(2, size=len(h)) * 2) @ model.ending("dense/kernel") + model.ending("dense/bias")

    return answer


OURS = rnn_tui.from_keras(LAST.named, WORDS, LABELS)


def test_a_random_forward_is_told_from_one_that_does_not_fit():
    # given a Keras model whose dropout is never switched off
    model = KerasModel(softmax=False)
    answer = shaken(model, np.random.default_rng(5))
    model.predict = lambda x: answer(x[0])[None]
    # then both answers to a sequence are said
    message = refused(rnn_tui.from_keras, model)
    found = re.fullmatch(
        r"the Keras model: its own forward answers differently each time, as with a Dropout that is called with "
        r"training=True or a layer with stateful=True; expected one answer, but “[a-g ]+” is [xyz] ([01]\.\d{4}) and "
        r"then ([01]\.\d{4}); leave that out",
        message,
    )
    first, second = map(float, found.groups())
    assert abs(first - second) > 1e-4


def test_both_answers_are_those_of_the_label_where_they_are_furthest_apart():
    # given two answers to every sequence
    first, second = np.array([0.0, 1, 2]), np.array([0.0, 3, 2])
    again = Again("is never sure", "make it so", lambda rows: ([first], [second]))
    message = refusal(Way("so", lambda rows: [PAIRS.answer(rows)], again=(again,)))
    # then the middle one is named
    p, q = softmax(first)[1], softmax(second)[1]
    assert message == (
        f"mine: its own forward is never sure; expected one answer, but “e b g g a b” is y {p:.4f} and then {q:.4f}; "
        "make it so"
    )


def test_a_forward_that_keeps_something_is_told_with_what_was_tried():
    def raising(rows):
        raise RuntimeError("not twice")

    tells = Again("keeps a state", "begin it anew", lambda rows: ([np.zeros(3)], [np.ones(3) * rows]), random=False)
    one, other = np.array([0.0, 1, 2]), np.array([2.0, 1, 0])
    same = Again("is never sure", "make it so", lambda rows: ([one], [one]))
    never = Again("is never called", "call it", raising)
    kept = Again(tells.cause, tells.mend, lambda rows: ([one], [other]), random=False)
    answer = lambda rows: [PAIRS.answer(rows)]  # noqa: E731
    # given one that answers the same each time, but not twice in a row
    message = refusal(Way("so", answer, again=(same, never, kept)))
    assert message.startswith("mine: on “e b g g a b” its own forward says ")
    assert message.endswith(
        "two part); it keeps a state, and none of the readouts last, each, mean, max fits, with tanh, relu or identity "
        "in the cell and nothing, relu, tanh or sigmoid before the last layer; begin it anew"
    )
    # and where nothing tells, or an answer has no such shape, it may be called otherwise
    for again in ((), (same, never), (tells,)):
        assert "; none of the readouts last, each, mean, max fits, with" in refusal(Way("so", answer, again=again))


def test_a_cause_that_is_known_comes_before_a_state_that_is_kept():
    kept = Again("keeps a state", "begin it anew", lambda rows: ([np.zeros(3)], [np.eye(3)[0]]), random=False)
    sums = KerasModel("relu of the sum", softmax=False)
    message = refusal(Way("so", lambda rows: [sums.answer(rows)], again=(kept,)))
    assert "its last layer reads the sum of the hidden states, after relu, which no network here does" in message


# Some lengths alone


def reading(*lengths, model=LAST):
    """Answers sequences of these lengths, and no others."""

    def answer(rows):
        if len(rows) not in lengths:
            raise ValueError("another length was trained")
        return [model.answer(rows)]

    return answer


@pytest.mark.parametrize(
    ("lengths", "said", "longest"),
    [
        ((6,), "6 steps alone", 6),
        ((17,), "17 steps alone", 17),
        (range(2, 11), "2 to 10 steps alone", 10),
        ((6, 12, 18), "6 steps alone", 6),
        ((6, 7), "6 to 7 steps alone", 7),
    ],
    ids=str,
)
def test_a_forward_of_some_lengths_is_verified_on_them_and_it_is_said(lengths, said, longest):
    model = compared(Way("so", reading(*lengths)))
    found = dict(model.provenance["verified"])
    assert found.pop("largest_difference") < 1e-5
    assert found == {
        "against": "its own forward",
        "sequences": 36,
        "longest": longest,
        "called": f"so, of {said}",
        "answers": "logits of the last step",
    }
    np.testing.assert_array_equal(model.fc.weight, OURS.fc.weight)


def test_a_length_is_looked_for_even_where_a_less_likely_way_answers():
    # given a way that answers, though not as the network does, after one that reads six steps
    model = compared(Way("so", reading(6)), Way("otherwise", lambda rows: [PAIRS.answer(rows)]))
    assert model.provenance["verified"]["called"] == "so, of 6 steps alone"
    # where neither fits, the one that answers everything is told of
    message = refusal(Way("so", reading(6, model=PAIRS)), Way("otherwise", lambda rows: [EACH.answer(rows)[0]]))
    assert "36 sequences where the two part); its last layer reads the first hidden state, which no network" in message
    # and where it alone answers, it is
    message = refusal(Way("so", reading(6, model=PAIRS)))
    assert re.match(r"mine: on “([a-g] ){5}[a-g]” its own forward says", message)


def test_a_length_of_one_step_or_of_too_many_is_not_looked_for():
    for lengths in ((1,), (LONGEST + 1,)):
        message = refusal(Way("so", reading(*lengths)))
        assert "called with so it raised ValueError: another length was trained; say how it is called" in message


def test_a_way_that_mixes_a_batch_is_asked_with_a_length_that_it_reads():
    asked = []

    def mixes(size):
        asked.append(size)
        return False

    other = verified(
        lambda changed: rnn_tui.from_keras(EACH.named, WORDS, LABELS, **changed),
        {},
        Forward(lambda _: [Way("so", reading(6, model=EACH), mixes=mixes)]),
        "mine",
    )
    assert other.readout.kind == "each"
    assert asked == [6]
    compared(Way("so", lambda rows: [EACH.answer(rows)], mixes=mixes))
    assert asked == [6, 5]
