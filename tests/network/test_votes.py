"""Which hidden unit counts most for the answer."""

import numpy as np
import pytest

from rnn_tui.network.trace import run
from rnn_tui.network.votes import units_by_vote
from rnn_tui.shelf import load


@pytest.mark.parametrize("name", ["kicking-and-screaming", "sentiment", "sentiment-lstm", "recall-gru"])
def test_the_order_is_that_of_the_margins_after_the_last_word(name):
    model = load(name)
    trace = run(model, model.tokenize(model.examples[0].text))
    best = int(trace.values["probs"][-1].argmax())
    weight = model.fc.weight
    margin = [
        abs(sum(weight[best][unit] - weight[other][unit] for other in range(len(weight))) * trace[-1].h[unit])
        for unit in range(model.hidden_size)
    ]
    ordered = [margin[unit] for unit in units_by_vote(trace)]
    assert sorted(units_by_vote(trace)) == list(range(model.hidden_size))
    np.testing.assert_allclose(ordered, sorted(margin, reverse=True), rtol=1e-4)


def test_with_attention_the_looked_back_state_counts():
    model = load("sentiment-attention")
    trace = run(model, model.tokenize("this movie is not good"))
    context, weight = trace[-1]["context"], model.fc.weight
    assert units_by_vote(trace)[0] == int(np.abs((weight[0] - weight[1]) * context).argmax())


def test_where_each_word_has_an_answer_all_words_count():
    model = load("tagger")
    trace = run(model, model.tokenize("the dog barked"))
    counts = np.zeros(model.hidden_size)
    for step in trace:
        best = int(step.probs.argmax())
        others = np.delete(model.fc.weight, best, axis=0).mean(axis=0)
        counts += np.abs((model.fc.weight[best] - others) * step.h)
    assert units_by_vote(trace)[0] == int(counts.argmax())
