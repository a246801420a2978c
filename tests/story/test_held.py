"""A value that is held is told as held, in words, in notation and in the tables, and not as what comes of its sums."""

import pytest

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.trace import run
from rnn_tui.pictures.phases import phase_panel
from rnn_tui.pictures.view import View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.shelf import load
from rnn_tui.story import plain, tell
from tests.pictures.views import PLAIN, texts

CASES = [
    ("sentiment", "h", "squash", "the memory at +0.50"),
    ("sentiment-gru", "h", "blend", "the memory at +0.50"),
    ("sentiment-gru", "z", "gates", "the keep gate at 50%"),
    ("sentiment-gru", "n", "candidate", "the new value at +0.50"),
    ("sentiment-lstm", "c", "write", "the cell at +0.50"),
    ("sentiment-lstm", "f", "gates", "the keep gate at 50%"),
    ("sentiment-lstm", "h", "expose", "the memory at +0.50"),
]


def held(name, value, unit=3):
    model = load(name)
    tokens = model.tokenize("this movie is not good")
    return run(*apply_edits(model, tokens, (parse_edit(f"hold {value}[{unit}] 0.5 at 2"),)))


def scene_of(trace, phase, t=1, **fields):
    index = [known.name for known in trace.model.phases].index(phase)
    return Scene(Reading("", ""), position=Position(t, index), **{"unit": 2, **fields})


@pytest.mark.parametrize(("name", "value", "phase", "said"), CASES)
def test_it_is_told_as_held_at_its_word_and_for_its_unit_alone(name, value, phase, said):
    trace = held(name, value)
    told = " ".join(map(plain, tell(trace, scene_of(trace, phase))))

    assert f"unit 3 is held by hand: {said}." in told
    for elsewhere in (scene_of(trace, phase, t=2), scene_of(trace, phase, unit=3)):
        assert "held by hand" not in " ".join(map(plain, tell(trace, elsewhere)))


@pytest.mark.parametrize(("name", "value", "phase", "said"), CASES)
def test_in_notation_it_equals_what_it_is_held_at(name, value, phase, said):
    trace = held(name, value)
    assert plain(tell(trace, scene_of(trace, phase, notation=True))[-1]) == f"{value}[3] = 0.50, held"


@pytest.mark.parametrize(
    ("name", "value", "phase"),
    [
        ("sentiment-gru", "z", "blend"),
        ("sentiment-gru", "r", "candidate"),
        ("sentiment-lstm", "f", "write"),
        ("sentiment-lstm", "o", "expose"),
        ("sentiment-lstm", "c", "expose"),
    ],
)
def test_a_phase_that_only_reads_it_is_told_as_ever(name, value, phase):
    # given a value that an earlier phase makes and that is held, when the phase is told that computes from it
    trace = held(name, value)
    *told, notation = map(plain, tell(trace, scene_of(trace, phase, notation=True)))
    # then it tells what it computes, with the value as it is held
    assert "held" not in " ".join(told) + notation
    assert "0.50" in notation or "50%" in " ".join(told)


@pytest.mark.parametrize(("name", "value", "phase", "said"), [case for case in CASES if case[2] not in ("gates",)])
def test_no_row_says_that_it_comes_of_what_leads_to_it(name, value, phase, said):
    trace = held(name, value)
    scene = scene_of(trace, phase)
    view = View(trace, scene, count=16, wide=False)
    rows = texts(phase_panel(view, trace.model.phases[scene.position.phase], 98, 22, PLAIN))
    signs = [next((sign for sign in row if sign in "=≈→≠"), "") for row in rows[2:18]]

    assert signs[2] == "≠"
    assert set(signs[:2] + signs[3:]) <= {"=", "≈", "→"}
    assert "+0.50" in rows[4]
