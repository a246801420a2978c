"""The answers that an epoch has changed are those that the networks before and after it give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.learning.making import TrainingPlan, model_of, prepare, starting_parameters
from rnn_tui.learning.samples import Sample, Samples
from rnn_tui.learning.watching.judging import MOST_SHOWN, MOST_TEXTS, Judge
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.trace import run
from tests.learning.test_making import first_word_decides


def changed(parameters, seed):
    """Other parameters, drawn around these."""
    rng = np.random.default_rng(seed)
    return {name: array + rng.normal(size=array.shape).astype(np.float32) for name, array in parameters.items()}


def answers(prepared, plan, parameters, texts):
    """For each text the labels that the network gives: after its last word, or after each."""
    model = model_of(prepared.encoding, plan.architecture, parameters, name="m", title="m", summary="")
    each = plan.architecture.readout == "each"
    found = {}
    for sample in texts:
        probs = run(model, model.tokenize(sample.text)).values["probs"]
        found[sample.text] = [model.labels[k] for k in np.argmax(probs if each else probs[-1:], axis=-1)]
    return found


def tagged():
    texts = ("the dog barks", "a cat", "dogs bark loudly now", "cats", "the cat sleeps", "a dog", "now sleeps", "bark")
    tags = {"the": "D", "a": "D", "dog": "N", "cat": "N", "dogs": "N", "cats": "N"}
    samples = [
        Sample(row, text, tuple(tags.get(word, "V") for word in text.split())) for row, text in enumerate(texts, 1)
    ]
    return Samples(first_word_decides(8).path, "tags", tuple(samples))


@pytest.mark.parametrize(
    ("samples", "plan"),
    [
        (first_word_decides(), TrainingPlan("m", validation=0.3)),
        (
            replace(first_word_decides(), output="yes_no"),
            TrainingPlan("m", validation=0.3, architecture=Architecture(output="yes_no")),
        ),
        (tagged(), TrainingPlan("m", validation=0.5, architecture=Architecture(readout="each"))),
    ],
    ids=["labels", "yes or no", "tags"],
)
def test_the_changes_are_those_of_the_answers(samples, plan):
    prepared = prepare(samples, plan)
    judge = Judge(prepared, plan.architecture)
    before = starting_parameters(plan, prepared.encoding)
    assert judge.changes(before) == ((), (), 0, 0, 0)
    for seed in range(3):
        after = changed(before, seed)
        old, new = (answers(prepared, plan, each, prepared.validation) for each in (before, after))
        truth = {sample.text: sample.answers for sample in prepared.validation}
        gains, losses = 0, 0
        for text, right in truth.items():
            for was, now, label in zip(old[text], new[text], right, strict=True):
                gains += was != label and now == label
                losses += was == label and now != label
        gained, lost, *counted = judge.changes(after)
        assert counted == [gains, losses, 0]  # all are looked at
        assert (len(gained), len(lost)) == (min(gains, MOST_SHOWN), min(losses, MOST_SHOWN))
        for answer in (*gained, *lost):
            words = answer.text.split()
            index = words.index(answer.word) if answer.word else 0
            assert answer.right == truth[answer.text][index]
            assert answer.given == new[answer.text][index]
        assert all(answer.given == answer.right for answer in gained)
        assert all(answer.given != answer.right for answer in lost)
        before = after


def test_at_most_so_many_texts_are_looked_at():
    samples = first_word_decides(400)
    plan = TrainingPlan("m", validation=0.5)
    judge = Judge(prepare(samples, plan), plan.architecture)
    assert len(judge.picked) == MOST_TEXTS
    start = starting_parameters(plan, judge.prepared.encoding)
    judge.changes(start)
    assert judge.changes(changed(start, 1))[-1] == MOST_TEXTS


def test_the_next_word_is_neither_right_nor_wrong():
    texts = Samples(first_word_decides(8).path, "next", tuple(Sample(k, text) for k, text in enumerate("abcd" * 5)))
    plan = TrainingPlan("m", tokenizer="characters", architecture=Architecture(readout="each"))
    prepared = prepare(texts, plan)
    judge = Judge(prepared, plan.architecture)
    start = starting_parameters(plan, prepared.encoding)
    assert judge.changes(start) == judge.changes(changed(start, 1)) == ((), (), 0, 0, 0)
