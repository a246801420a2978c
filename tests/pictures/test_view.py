from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.heads import Linear
from tests.builders import HEAD_KINDS, READOUT_KINDS, build, trace_of, wired
from tests.pictures.views import model, view_of


def test_phases_are_done_at_work_or_to_come():
    view = view_of(phase="add")

    assert [view.progress(phase) for phase in view.model.phases] == [-1, -1, 0, 1, 1]


@pytest.mark.parametrize(
    ("phase", "known"),
    [
        ("read", {"x"}),
        ("multiply", {"x", "ih"}),
        ("add", {"x", "ih", "hh", "pre_activation"}),
        ("squash", {"x", "ih", "hh", "pre_activation", "h"}),
        ("check", {"x", "ih", "hh", "pre_activation", "h", "logits", "probs"}),
    ],
)
def test_a_value_is_known_from_its_phase_on(phase, known):
    view = view_of(t=1, phase=phase)
    names = ("x", "ih", "hh", "pre_activation", "h", "logits", "probs")

    assert {name for name in names if view.knows(name, 1)} == known
    assert all(view.knows(name, 0) for name in names)
    assert not any(view.knows(name, 2) for name in names)


def test_the_answer_is_the_last_that_was_computed_and_final_after_the_last_word():
    places = [(0, "read"), (0, "check"), (1, "squash"), (2, "squash"), (2, "check")]
    views = [view_of(t=t, phase=phase) for t, phase in places]

    assert [view.answered for view in views] == [None, 0, 0, 1, 2]
    assert [view.final for view in views] == [False, False, False, False, True]


def test_of_many_units_the_page_of_the_picked_one_is_visible_and_the_last_page_is_full():
    trace = trace_of(build(hidden=10), "the")

    pages = [view_of(trace, scene={"unit": unit}, count=4).units for unit in range(10)]

    assert pages == [range(4)] * 4 + [range(4, 8)] * 4 + [range(6, 10)] * 2
    assert all(unit in page for unit, page in enumerate(pages))
    assert view_of(trace, scene={"unit": 3}, count=20).units == range(10)


def test_the_labels_take_the_same_room_wherever_one_scrolls():
    trace = trace_of(build(hidden=120), "the")

    assert {view_of(trace, scene={"unit": unit}, count=9).label_width for unit in (0, 50, 110)} == {3}
    assert view_of(trace_of(model(unit_names=("a", "x" * 40)), "dog"), count=1).label_width == 12


def test_of_two_labels_votes_are_always_for_the_second():
    trace = trace_of(build(labels=("a", "b"), hidden=3, seed=1), "the dog barked and slept not the cat")
    leading = {trace.prediction(t)[0] for t in range(len(trace))}
    assert leading == {0, 1}

    for t in range(len(trace)):
        votes, label = view_of(trace, t=t, phase="check").votes()
        assert label == "b"
        np.testing.assert_allclose(votes, trace.model.fc.weight[1] * trace[t].h)


def test_of_more_labels_votes_are_for_the_one_that_leads():
    trace = trace_of(build(labels=("a", "b", "c"), hidden=3), "the dog")
    best = trace.prediction(1)[0]

    votes, label = view_of(trace, t=1, phase="check").votes()

    assert label == "abc"[best]
    np.testing.assert_allclose(votes.sum() + trace.model.fc.bias[best], trace[1].logits[best], atol=1e-6)


def test_with_attention_the_output_nodes_read_the_context():
    trace = trace_of(build(readout="attention"), "the dog")

    votes, _ = view_of(trace, t=1, phase="check").votes()

    np.testing.assert_allclose(votes, trace.model.fc.weight[1] * trace[1]["context"])


@pytest.mark.parametrize("head", HEAD_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_no_vote_is_beyond_the_scale(readout, head):
    trace = trace_of(build(readout=readout, head=head, hidden=5, scale=0.05), "the dog barked and slept")
    trace = trace_of(replace(trace.model, fc=Linear(np.ones((2, 5)), np.zeros(2))), "the dog barked and slept")

    assert all(np.abs(view_of(trace, t=t).votes()[0]).max() <= view_of(trace).vote_scale + 1e-6 for t in range(5))


def test_the_scale_of_votes_is_never_zero():
    assert view_of(trace_of(wired([[0.0]], fc=[[0], [0]]), "<unk>")).vote_scale == 1.0
