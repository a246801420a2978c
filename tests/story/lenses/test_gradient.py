"""What the gradient lens tells of a sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.gradient import gradient
from rnn_tui.network.changes import without_memory
from rnn_tui.network.readouts import READOUTS
from rnn_tui.story import plain
from rnn_tui.story.lenses.gradient import NOTATION, tell
from rnn_tui.text import percent, unsigned
from tests.builders import CELL_KINDS, READOUT_KINDS, build, scene_at, trace_of, wired

HUSH = ("hush",)
SIX = "the dog and the cat slept"


def told(trace, t=0, **scene):
    return [plain(line) for line in tell(gradient(trace), trace, scene_at(trace, t, "read", **scene))]


def one_unit(weight, length, *, brought=0.0, activation="tanh", readout=None):
    """One unit that multiplies what it had by a weight; a word brings it a number."""
    model = wired([[brought]], weight_hh=[[weight]], activation=activation, words=HUSH)
    return trace_of(model if readout is None else replace(model, readout=readout), "hush " * length)


def test_it_tells_the_step_the_product_and_where_the_loss_comes_from():
    # given a shipped network and what was measured
    trace = trace_of(shelf.load("sentiment"), "this movie is not good at all")
    found = gradient(trace)
    # when it is told at the fourth word
    lines = told(trace, t=3)
    # then its figures are the measured ones
    size = f"{found.norm[3]:.2f}"
    assert lines[0] == (
        f"Back from “good” to “not” a change counts at most {found.factor[3]:.2f} times; "
        f"over 3 steps at most {size} times (no one change gets the most of every step)."
    )
    lets = f"At “good” the squash lets {percent(found.kept[4])} through on average; the weights can make up for it"
    assert lines[1] == f"{lets}."
    # and in notation with the number that the weights have
    radius = unsigned(found.spectral_radius)
    assert told(trace, t=3, notation=True)[1] == f"{lets} (spectral radius {radius})."
    assert len(lines) == 3


def test_at_the_end_the_way_back_begins():
    trace = one_unit(0.5, 3)

    assert told(trace, t=2)[:2] == [
        "The way back starts after “hush”: a change there changes the end by as much, 1.00.",
        "The key b goes one word back along it, the key w one on.",
    ]


def test_with_one_word_there_is_no_way_back():
    assert told(one_unit(0.5, 1)) == [
        "The way back starts after “hush”: a change there changes the end by as much, 1.00.",
        "So what? With one word there is no way back; type a longer sentence.",
    ]


@pytest.mark.parametrize(
    ("weight", "brought", "t", "verdict"),
    [
        (0.5, 1.0, 1, "can't make up for it"),
        (1.25, 1.0, 1, "can't make up for it"),
        (4.0, 0.05, 0, "can make up for it"),
    ],
)
def test_the_weights_make_up_for_the_squash_or_they_dont(weight, brought, t, verdict):
    trace = one_unit(weight, 3, brought=brought)
    kept = percent(gradient(trace).kept[t + 1])

    assert told(trace, t=t)[1] == f"At “hush” the squash lets {kept} through on average; the weights {verdict}."


def test_where_nothing_is_squashed_it_says_so():
    assert told(one_unit(0.5, 3))[1] == ("At “hush” the squash takes next to nothing away; the weights let it fade.")
    assert told(one_unit(0.5, 3, activation="identity"))[1] == ("Nothing is squashed here: the weights let it fade.")
    lines = told(one_unit(1.5, 3, brought=-1.0, activation="relu"))
    assert lines[0] == (
        "Back from “hush” to “hush” a change counts at most 0 times; over 2 steps at most 0 times: it has vanished."
    )
    assert lines[1] == "At “hush” the cut at 0 lets 0% through on average; the weights can't make up for it."


@pytest.mark.parametrize(("cell", "gate"), [("gru", "keep gate z"), ("lstm", "keep gate f")])
def test_with_gates_it_tells_what_they_keep(cell, gate):
    trace = trace_of(build(cell, None))
    kept = gradient(trace).kept[2]

    road = "that is the road back" if kept >= 0.5 else "the road back is narrow"
    stays = f"lets {percent(kept)} stay on average: {road}."
    assert told(trace, t=1)[1] == f"At “barked” the keep gate {stays}"
    assert told(trace, t=1, notation=True)[1] == f"At “barked” the {gate} {stays}"


@pytest.mark.parametrize(
    ("weight", "length", "said"),
    [
        (0.1, 6, "Training hardly hears the first word; gates are made for this."),
        (0.5, 4, "Training hears the first word less than the last."),
        (0.9, 3, "Training still hears the first word."),
        (9.0, 6, "It explodes: one step of training could wreck the weights. Clip it."),
    ],
)
def test_the_so_what_follows_from_what_is_left_at_the_first_word(weight, length, said):
    trace = one_unit(weight, length)

    assert told(trace)[-1] == f"So what? {said}"
    assert ("it has vanished." in told(trace)[0]) == (weight == 0.1)
    assert ("it explodes." in told(trace)[0]) == (weight == 9.0)


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (2, "The gates keep a road open: training still hears the first word."),
        (6, "A narrow road is open: training hears little of the first word."),
        (20, "Even the gates let the first word go: training hardly hears it."),
    ],
)
def test_gates_of_a_half_keep_a_road_open_for_a_while(length, said):
    # given gates that all stand at ½, so that every step back halves
    trace = trace_of(build("gru", None, scale=0.0), "the " * length)

    assert told(trace)[-1] == f"So what? {said}"


def test_the_verdict_on_a_step_is_about_that_step_and_not_about_all_of_them():
    # given a step that can make a change larger while all steps together make it smaller
    trace = trace_of(shelf.load("sentiment-attention"), "this movie is not good at all")
    found = gradient(trace)
    t = next(t for t in range(6) if found.factor[t] > 1.05 and found.norm[t] < found.norm[t + 1])
    # when it is told, then the verdict goes with the figure that stands before it
    first, second, _ = told(trace, t=t)
    assert f"a change counts at most {found.factor[t]:.2f} times" in first
    assert second.endswith("the weights can make up for it.")


def test_a_memory_that_is_cut_off_lets_no_change_through():
    assert told(one_unit(0.0, 3))[1:] == [
        "The memory is cut off: no change gets through.",
        "So what? Nothing is passed on: training hears the last word alone.",
    ]


def test_a_size_beyond_every_float_is_told():
    assert "over 400 steps at most 1.0e−400 times: it has vanished." in told(one_unit(0.1, 401))[0]


def test_beyond_all_bounds_there_is_no_way_back():
    grows = [[9.0, 0.0, 0.0], [0.0, 9.0, 0.0], [1.0, -1.0, 0.0]]
    trace = trace_of(wired([[1.0]] * 3, weight_hh=grows, activation="relu", words=HUSH), "hush " * 400)

    assert told(trace) == [
        "The numbers grew beyond all bounds: there is no way back to follow.",
        "So what? Without squashing, nothing keeps a network's memory within bounds.",
    ]


def test_notation_adds_the_definition_as_the_last_line():
    assert told(one_unit(0.5, 3), notation=True)[-1] == f"{NOTATION}h"
    assert told(trace_of(build("lstm", None)), notation=True)[-1] == f"{NOTATION}h, c"


@pytest.mark.parametrize("head", [(), ("tanh",), ("sigmoid",)])
@pytest.mark.parametrize(
    ("readout", "ends"),
    [
        ("mean", "But a short way leads to each word: the answer reads 1/6 of its state."),
        ("max", "But a short way leads to each word that has a unit's largest value."),
        ("attention", "But a short way leads to each word, by its attention weight."),
    ],
)
def test_a_readout_of_all_states_hears_words_that_the_memory_lost(readout, ends, head):
    # given a network whose memory passes on next to nothing
    model = build(readout=readout, head=head, hidden=4)
    trace = trace_of(model.with_cell(replace(model.cell, weight_hh=model.cell.weight_hh * np.float32(0.01))), SIX)
    assert gradient(trace).norm[0] < 1e-3
    # when a state is moved and all others are held, then the logits move by what the memory can't account for
    h = trace.values["h"].astype(np.float64)
    most = 0.0
    for k in range(len(h) - 1):
        for unit in range(h.shape[1]):
            moved = h.copy()
            moved[k, unit] += 1e-5
            change = trace.model.outputs_of(moved)["logits"][-1] - trace.model.outputs_of(h)["logits"][-1]
            most = max(most, float(np.abs(change).max()) / 1e-5)
    assert most > 0.01
    # and it is told so
    assert told(trace)[-1] == f"So what? Through the memory training hardly hears the first word. {ends}"
    assert "short ways past it" in told(trace, notation=True)[-2]
    assert len(told(trace, notation=True)[-2]) <= 78


def test_where_all_states_are_read_a_memory_that_is_cut_off_is_not_all():
    model = build(readout="mean")
    trace = trace_of(without_memory(model), SIX)

    assert told(trace)[1] == "The memory is cut off: no change gets through."
    assert told(trace)[-1].startswith("So what? Through the memory nothing is passed on. But a short way leads to each")


@pytest.mark.parametrize(("readout", "reads"), [("last", False), ("mean", True)])
def test_what_explodes_does_so_through_the_memory(readout, reads):
    trace = one_unit(9.0, 6, readout=READOUTS[readout]())

    assert ("Through the memory it explodes: clip it in training." in told(trace)[-1]) == reads


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("text", ["dog", "the dog", "the dog and the cat slept not and the dog barked"])
def test_every_kind_is_told_in_short_lines_and_the_answer_is_not_needed(cell, activation, readout, text):
    trace = trace_of(build(cell, activation, readout), text)
    for t in range(len(trace)):
        lines = told(trace, t)
        assert told(trace, t, hidden=True) == lines
        assert not any(label in line for line in lines for label in trace.model.labels)
        assert max(map(len, lines)) <= 140
        assert [line.startswith("So what?") for line in lines].index(True) == len(lines) - 1
        assert 2 <= len(lines) <= 3
