"""A pair of scenes, and the command line that opens it."""

from __future__ import annotations

import shlex
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.cli import compare
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.pairs import from_arguments
from rnn_tui.comparison import Comparison
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.lenses import LENSES
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from rnn_tui.pair import Pair, parse_column
from rnn_tui.scene import Position, Reading
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
    arguments = compare.COMMAND.parser().parse_args(shlex.split(text))
    with patch("rnn_tui.cli.opening.load", lambda name, **_: MODELS[name]):
        (a, trace_a), (b, trace_b) = compare.sides(arguments)
    return from_arguments(arguments, a, b, Comparison(trace_a, trace_b))


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
        "lens": draw(st.sampled_from([None, *LENSES])),
        "notation": draw(st.booleans()),
        "hidden": draw(st.booleans()),
    }
    readings, units = [], []
    for _ in range(2):
        name, text = draw(st.sampled_from(list(MODELS))), draw(st.sampled_from(TEXTS))
        model = MODELS[name]
        changes = draw(st.just(()) | edits(len(model.tokenize(text)), elman=name == "plain"))
        unit = draw(st.integers(0, model.hidden_size - 1))
        readings.append(Reading(name, text, changes))
        units.append(unit)
    comparison = compared(*readings)
    place = Position(draw(st.integers(0, len(comparison) - 1)), draw(st.integers(0, comparison.stages - 1)))
    focus = draw(st.integers(0, 1))
    return Pair(*readings, units=tuple(units), position=place, focus=focus, **shared), comparison


@settings(deadline=None)
@given(pairs())
def test_the_text_form_of_a_pair_reads_back_to_the_same_pair(drawn):
    pair, comparison = drawn
    assert read(shlex.join(pair.to_arguments(comparison))) == pair


def test_what_both_sides_share_is_written_once():
    a, b = Reading("plain", "the dog"), Reading("lstm", "the dog")
    pair = Pair(a, b, position=Position(1, 3))
    assert shlex.join(pair.to_arguments(compared(a, b))) == "-m plain -m lstm -s 'the dog' --at 2:write"


def test_the_edits_of_each_side_have_an_option_of_their_own():
    a = Reading("plain", "the dog", (parse_edit("forget"),))
    b = Reading("plain", "the dog", (parse_edit("drop 1"),))
    text = shlex.join(Pair(a, b, units=(2, 2), focus=1, lens="memory").to_arguments(compared(a, b)))
    assert text == ("-m plain -s 'the dog' --edit-a forget --edit 'drop 1' --at 1:read --unit 3 --side B --lens memory")


def test_the_same_twice_can_be_opened_again():
    twice = Pair(Reading("plain", "dog"), Reading("plain", "dog"))
    assert read(shlex.join(twice.to_arguments(compared(*twice.readings)))) == twice


def test_a_side_alone_has_what_a_comparison_shows_and_nothing_else():
    pair = Pair(Reading("plain", "dog"), Reading("gru", "dog"), units=(0, 2), hidden=True, lens="path")
    scene = pair.scene(1, Position(0, 2))
    assert (scene.reading, scene.unit, scene.position) == (pair.b, 2, Position(0, 2))
    assert (scene.hidden, scene.lens, scene.arithmetic, scene.full, scene.what_if) == (True, "path", *[False] * 3)


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
    assert parse_column(at, MIXED) == Position(*place)


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
        parse_column(at, MIXED)


def test_one_unit_serves_both_sides_and_two_are_those_of_a_and_b():
    once = read("-m plain -m lstm -s dog --unit 3")
    twice = read("-m plain -m lstm -s dog --unit 3 --unit 4")
    assert once.units == (2, 2)
    assert twice.units == (2, 3)


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
    a, b = read("-m plain -s dog --edit-a forget").readings
    assert (len(a.edits), len(b.edits)) == (1, 0)


def test_a_wrong_edit_of_a_is_refused():
    with pytest.raises(CallError, match="no edit is called “nonsense”"):
        read("-m plain -s dog --edit-a nonsense")


def test_another_model_on_one_side_leaves_the_pick_of_the_other():
    pair = Pair(Reading("a", "x"), Reading("b", "x"), units=(3, 5), focus=1)
    assert pair.with_reading(Reading("c", "x")).units == (3, None)
    assert pair.with_reading(Reading("b", "y")).units == (3, 5)
