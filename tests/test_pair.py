"""A pair of scenes, and the command line that opens it."""

from __future__ import annotations

import shlex
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.cli import compare
from rnn_tui.cli.errors import CallError
from rnn_tui.comparison import Comparison
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.lenses import NAMES
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from rnn_tui.pair import Pair, from_arguments, parse_place
from rnn_tui.scene import Position, Scene
from tests.builders import build, trace_of
from tests.edits.drawn import edits

MODELS = {
    "plain": build(name="plain"),
    "gru": build("gru", None, name="gru", hidden=5),
    "lstm": build("lstm", None, name="lstm", hidden=4),
}
TEXTS = ("the dog barked", "dog", "-s the dog", "--edit it's “not” $HOME", "cat slept and slept and slept")
MIXED = Comparison(trace_of(MODELS["plain"]), trace_of(MODELS["lstm"]))


def read(text):
    """The pair that a command line opens, read as the program reads it."""
    arguments = compare.parser().parse_args(shlex.split(text))
    with patch("rnn_tui.cli.opening.load", lambda name, **_: MODELS[name]):
        (a, trace_a), (b, trace_b) = compare.sides(arguments)
    return from_arguments(arguments, (a, b), Comparison(trace_a, trace_b))


def compared(a, b):
    """What is computed for two scenes."""
    models = [MODELS[scene.model] for scene in (a, b)]
    return Comparison(
        *(
            run(*apply_edits(model, model.tokenize(scene.text), scene.edits))
            for model, scene in zip(models, (a, b), strict=True)
        )
    )


@st.composite
def pairs(draw):
    """A pair and its comparison."""
    shared = {
        "lens": draw(st.sampled_from([None, *NAMES])),
        "notation": draw(st.booleans()),
        "hidden": draw(st.booleans()),
    }
    scenes = []
    for _ in range(2):
        name, text = draw(st.sampled_from(list(MODELS))), draw(st.sampled_from(TEXTS))
        model = MODELS[name]
        changes = draw(st.just(()) | edits(len(model.tokenize(text)), elman=name == "plain"))
        unit = draw(st.integers(0, model.hidden_size - 1))
        scenes.append(Scene(name, text, unit=unit, edits=changes, **shared))
    comparison = compared(*scenes)
    place = Position(draw(st.integers(0, len(comparison) - 1)), draw(st.integers(0, comparison.stages - 1)))
    return Pair((scenes[0], scenes[1]), place, draw(st.integers(0, 1))), comparison


@settings(deadline=None)
@given(pairs())
def test_the_text_form_of_a_pair_reads_back_to_the_same_pair(drawn):
    pair, comparison = drawn
    assert read(pair.to_text(comparison)) == pair


def test_what_both_sides_share_is_written_once():
    a, b = Scene("plain", "the dog"), Scene("lstm", "the dog")
    pair = Pair((a, b), Position(1, 3))
    assert pair.to_text(compared(a, b)) == "-m plain -m lstm -s 'the dog' --at 2:write"


def test_the_edits_of_each_side_have_an_option_of_their_own():
    a = Scene("plain", "the dog", unit=2, edits=(parse_edit("forget"),), lens="memory")
    b = Scene("plain", "the dog", unit=2, edits=(parse_edit("drop 1"),), lens="memory")
    text = Pair((a, b), focus=1).to_text(compared(a, b))
    assert text == ("-m plain -s 'the dog' --edit-a forget --edit 'drop 1' --at 1:read --unit 3 --side B --lens memory")


def test_the_same_twice_can_be_opened_again():
    twice = Pair((Scene("plain", "dog"), Scene("plain", "dog")))
    assert read(twice.to_text(compared(*twice.scenes))) == twice


def test_what_a_comparison_does_not_show_is_not_in_its_text():
    a = Scene("plain", "dog", Position(0, 2), arithmetic=True, full=True, what_if=True)
    pair = Pair((a, Scene("gru", "dog")))
    assert read(pair.to_text(compared(*pair.scenes))).scenes[0] == Scene("plain", "dog")


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (None, (0, 0)),
        ("2", (1, 0)),
        ("5:check", (4, 5)),
        ("1:add", (0, 2)),
        ("1:gates", (0, 2)),
        ("1:squash", (0, 3)),  # where the plain cell first is at it
        ("1:expose", (0, 4)),
    ],
)
def test_a_place_is_a_column_and_a_phase_of_either_side(at, place):
    assert parse_place(at, MIXED) == Position(*place)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("add", "expected WORD:PHASE, such as 1:multiply"),
        ("²:add", "expected WORD:PHASE"),
        ("6:add", "the comparison has 5 columns"),
        ("0", "so 1 to 5"),
        ("2:blend", "no phase is called “blend”; these networks have read, multiply, add, gates"),
    ],
)
def test_a_place_that_is_not_there(at, said):
    with pytest.raises(UserError, match=said.replace("²", ".")):
        parse_place(at, MIXED)


def test_one_unit_serves_both_sides_and_two_are_those_of_a_and_b():
    once = read("-m plain -m lstm -s dog --unit 3")
    twice = read("-m plain -m lstm -s dog --unit 3 --unit 4")
    assert [scene.unit for scene in once.scenes] == [2, 2]
    assert [scene.unit for scene in twice.scenes] == [2, 3]


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ("--unit 4", "--unit 4: A has 3 hidden units, so 1 to 3; twice for A and for B"),
        ("--unit 1 --unit 0", "--unit 0: B has 4 hidden units"),
        ("--unit 1 --unit 1 --unit 1", "--unit was given 3 times"),
    ],
)
def test_a_unit_that_is_not_there(units, said):
    with pytest.raises(UserError, match=said):
        read(f"-m plain -m lstm -s dog {units}")


def test_an_edit_of_a_alone_makes_two_sides():
    a, b = read("-m plain -s dog --edit-a forget").scenes
    assert (len(a.edits), len(b.edits)) == (1, 0)


def test_a_wrong_edit_of_a_is_refused():
    with pytest.raises(CallError, match="no edit is called “nonsense”"):
        read("-m plain -s dog --edit-a nonsense")
