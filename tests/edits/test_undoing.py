"""What-ifs travel: undo, redo, and what a reading computes after any of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.edits import apply_edits
from rnn_tui.network.storage import load, save
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading
from rnn_tui.traces import Traces
from rnn_tui.tui.screen.timeline import Timeline
from tests.builders import TEXTS, build
from tests.edits.drawn import edits

TEXT = TEXTS["embedding"]
KINDS = {"elman": "tanh", "gru": None, "lstm": None}


TRACES = Traces()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A model file of every cell, and what is in it."""
    folder = tmp_path_factory.mktemp("models")
    for cell, activation in KINDS.items():
        save(build(cell, activation, "attention", inputs="embedding", name=cell), folder / f"{cell}.safetensors")
    return {path.stem: (path, path.read_bytes()) for path in folder.iterdir()}


def from_scratch(reading):
    """What a reading computes, on a model and tokens that nobody has had in hand."""
    model = load(reading.model)
    return run(*apply_edits(model, model.tokenize(reading.text), reading.edits))


def assert_same(trace, expected):
    assert trace.tokens == expected.tokens
    assert set(trace.values) == set(expected.values)
    for name, values in expected.values.items():
        assert np.array_equal(trace.values[name], values, equal_nan=True), name
    for name, array in expected.model.tensors().items():
        assert np.array_equal(trace.model.tensors()[name], array), name
    assert trace.model.activation == expected.model.activation


@st.composite
def sessions(draw):
    """A cell, and what is done: edits that come to stand instead of those before, "undo" or "redo"."""
    cell = draw(st.sampled_from(list(KINDS)))
    made = edits(5, elman=cell == "elman")
    return cell, draw(st.lists(st.one_of(made, made, st.sampled_from(["undo", "redo"])), max_size=8))


@given(sessions())
@settings(deadline=None, max_examples=60)
def test_a_session_is_what_a_list_and_an_index_make_of_it(files, session):
    # given a reading without edits
    cell, steps = session
    path, content = files[cell]
    reading = Reading(str(path), TEXT)
    timeline, readings, index = Timeline((reading,)), [reading], 0
    # when edits are made, taken back and made again
    for step in steps:
        if step == "undo":
            timeline, index = timeline.undone(), max(0, index - 1)
        elif step == "redo":
            timeline, index = timeline.redone(), min(len(readings) - 1, index + 1)
        else:
            readings = [*readings[: index + 1], replace(readings[index], edits=step)]
            timeline, index = timeline.pushed(readings[-1]), index + 1
        # then the reading is the one that was there, and shows what it would on a model just loaded
        assert timeline.current == readings[index]
        assert_same(TRACES.trace(timeline.current), from_scratch(readings[index]))
    # and the file is as it was
    assert path.read_bytes() == content


@given(st.lists(edits(5), min_size=1, max_size=6))
@settings(deadline=None, max_examples=30)
def test_as_many_undos_as_edits_lead_back_and_as_many_redos_forth(files, steps):
    # given a reading and its trace
    reading = Reading(str(files["elman"][0]), TEXT)
    before = TRACES.trace(reading)
    timeline = Timeline((reading,))
    # when it is edited again and again, and all is undone
    for step in steps:
        timeline = timeline.pushed(replace(timeline.current, edits=step))
    there = back = timeline
    for _ in steps:
        back = back.undone()
    # then it is the reading that it was, with the same numbers
    assert back.current == reading
    assert not back.can_undo
    assert_same(TRACES.trace(back.current), before)
    # and redone it is the last one again
    for _ in steps:
        back = back.redone()
    assert back == there


@given(edits(5))
@settings(deadline=None, max_examples=30)
def test_taking_all_edits_out_gives_the_network_of_the_file(files, drawn):
    reading = Reading(str(files["elman"][0]), TEXT, drawn)
    TRACES.trace(reading)

    assert_same(TRACES.trace(replace(reading, edits=())), from_scratch(replace(reading, edits=())))
