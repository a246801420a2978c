"""What-ifs travel: undo, redo, and what a scene computes after any of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rnn_tui.tui.history import History
from rnn_tui.tui.opening import trace_of

from rnn_tui.edits import apply_edits
from rnn_tui.network.storage import load, save
from rnn_tui.network.trace import run
from rnn_tui.scene import Scene
from tests.builders import TEXTS, build
from tests.edits.drawn import edits

TEXT = TEXTS["embedding"]
KINDS = {"elman": "tanh", "gru": None, "lstm": None}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A model file of every cell, and what is in it."""
    folder = tmp_path_factory.mktemp("models")
    for cell, activation in KINDS.items():
        save(build(cell, activation, "attention", inputs="embedding", name=cell), folder / f"{cell}.safetensors")
    return {path.stem: (path, path.read_bytes()) for path in folder.iterdir()}


def from_scratch(scene):
    """What a scene computes, on a model and tokens that nobody has had in hand."""
    model = load(scene.model)
    return run(*apply_edits(model, model.tokenize(scene.text), scene.edits))


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
    # given a scene without edits
    cell, steps = session
    path, content = files[cell]
    scene = Scene(str(path), TEXT)
    history, scenes, index = History((scene,)), [scene], 0
    # when edits are made, taken back and made again
    for step in steps:
        if step == "undo":
            history, index = history.undone(), max(0, index - 1)
        elif step == "redo":
            history, index = history.redone(), min(len(scenes) - 1, index + 1)
        else:
            scenes = [*scenes[: index + 1], replace(scenes[index], edits=step)]
            history, index = history.pushed(scenes[-1]), index + 1
        # then the scene is the one that was there, and shows what it would on a model just loaded
        assert history.current == scenes[index]
        assert_same(trace_of(history.current), from_scratch(scenes[index]))
    # and the file is as it was
    assert path.read_bytes() == content


@given(st.lists(edits(5), min_size=1, max_size=6))
@settings(deadline=None, max_examples=30)
def test_as_many_undos_as_edits_lead_back_and_as_many_redos_forth(files, steps):
    # given a scene and its trace
    scene = Scene(str(files["elman"][0]), TEXT)
    before = trace_of(scene)
    history = History((scene,))
    # when it is edited again and again, and all is undone
    for step in steps:
        history = history.pushed(replace(history.current, edits=step))
    there = back = history
    for _ in steps:
        back = back.undone()
    # then it is the scene that it was, with the same numbers
    assert back.current == scene
    assert not back.can_undo
    assert_same(trace_of(back.current), before)
    # and redone it is the last one again
    for _ in steps:
        back = back.redone()
    assert back == there


@given(edits(5))
@settings(deadline=None, max_examples=30)
def test_taking_all_edits_out_gives_the_network_of_the_file(files, drawn):
    scene = Scene(str(files["elman"][0]), TEXT, edits=drawn)
    trace_of(scene)

    assert_same(trace_of(replace(scene, edits=())), from_scratch(replace(scene, edits=())))
