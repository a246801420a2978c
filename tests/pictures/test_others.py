"""The row of the units that have no row of their own in a phase: a cell each, with its sign, its name and its gate."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.pictures.heat import heat_style
from rnn_tui.pictures.others import others
from rnn_tui.pictures.phases import phase_panel, pick_at
from rnn_tui.pictures.picks import PhasePick, UnitPick
from rnn_tui.pictures.rows import text_of, width_of
from rnn_tui.pictures.table import lay_out, table
from tests.builders import build, trace_of, wired
from tests.pictures.views import COLOURED, NASTY, PLAIN, obeyed, texts, view_of, widths

HIDDEN = 6
THIRD = slice(2 * HIDDEN, 3 * HIDDEN)  # the rows of the new value: r z n of a GRU, i f g o of an LSTM
EVERYTHING = slice(None)
SHOWN = {
    "elman": {"multiply": ("ih", EVERYTHING), "add": ("pre_activation", EVERYTHING), "squash": ("h", EVERYTHING)},
    "gru": {
        "multiply": ("ih", THIRD),
        "gates": ("z", EVERYTHING),
        "candidate": ("n", EVERYTHING),
        "blend": ("h", EVERYTHING),
    },
    "lstm": {
        "multiply": ("ih", THIRD),
        "gates": ("f", EVERYTHING),
        "write": ("c", EVERYTHING),
        "expose": ("h", EVERYTHING),
    },
}
"""What a phase brings to light of each unit, and which of the rows that are stacked gate by gate."""
OF_A_CELL = [(cell, name) for cell, phases in SHOWN.items() for name in phases]


def phase_of(view, name):
    return next(phase for phase in view.model.phases if phase.name == name)


def drawn(view, name, width, palette=PLAIN):
    phase = phase_of(view, name)
    return table(view, phase, lay_out(view, phase, width), width, palette)


def seen(view, name, width=90):
    """The units of the row with their signs, unit by unit from 1."""
    found = re.findall(r"(\d+) ([+−·])(?= )", texts(drawn(view, name, width))[-1])
    return {int(unit): sign for unit, sign in found}


def signs(values, largest, units):
    """The sign of each of some units, from 1; · for what is less than a fiftieth of the largest."""
    return {unit + 1: "·" if abs(values[unit]) < largest / 50 else "+" if values[unit] > 0 else "−" for unit in units}


def small(cell="elman", readout="last", **fields):
    made = build(cell, "tanh" if cell == "elman" else None, readout, hidden=HIDDEN, seed=3, **fields)
    return trace_of(made, "the dog barked and slept")


def by_hand(names=None):
    """Five units, of which the word "up" lifts the first and the fourth, lowers the third, and leaves the others."""
    own = wired([[1, 0], [0, 1], [-1, 0], [0.5, 0], [0.01, 0]], words=("up", "on"), unit_names=names)
    return trace_of(own, "up on")


# A cell for each unit


@pytest.mark.parametrize(("cell", "name"), OF_A_CELL)
def test_every_unit_out_of_sight_has_a_cell_with_its_sign_in_every_phase_of_a_cell(cell, name):
    trace = small(cell)
    value, rows = SHOWN[cell][name]
    largest = 1.0 if name == "gates" else np.abs(trace.values[value]).max()
    for t in range(len(trace)):
        for at in (name, "check"):  # at work, and done
            view = view_of(trace, t=t, phase=at, count=2, scene={"unit": 2})
            assert seen(view, name) == signs(trace.values[value][t][rows], largest, (0, 1, 4, 5))


@pytest.mark.parametrize("labels", [("Negative", "Positive"), ("one", "two", "three")])
def test_in_check_it_is_their_vote(labels):
    trace = small(labels=labels)
    weights, largest = trace.model.fc.weight, np.abs(trace.model.fc.weight).max()
    for t in range(len(trace)):
        label = 1 if len(labels) == 2 else trace.prediction(t)[0]
        votes, view = weights[label] * trace.values["h"][t], view_of(trace, t=t, phase="check", count=3)
        shown = [unit for unit in range(HIDDEN) if unit not in view.units]
        assert len(shown) == 3
        assert seen(view, "check") == signs(votes, largest * np.abs(trace.values["h"]).max(), shown)


def test_where_the_network_looks_back_it_is_what_comes_of_the_words():
    trace = small("gru", "attention")
    largest = max(np.abs(step["context"]).max() for step in trace)
    for t in range(len(trace)):
        view = view_of(trace, t=t, phase="check", count=2, scene={"unit": 4})
        assert seen(view, "attend") == signs(trace[t]["context"], largest, range(4))


@pytest.mark.parametrize(("cell", "name"), OF_A_CELL)
def test_a_colour_means_the_same_size_at_every_word(cell, name):
    trace = small(cell)
    value, rows = SHOWN[cell][name]
    largest = 1.0 if name == "gates" else float(np.abs(trace.values[value]).max())
    for t in range(len(trace)):
        view = view_of(trace, t=t, phase="check", count=2, scene={"unit": 0})
        cells = [segment for segment in others(view, phase_of(view, name), 90, COLOURED) if segment.text in set("+−·")]
        of_units = trace.values[value][t][rows][2:]
        assert [cell.style for cell in cells] == [heat_style(float(v), largest, COLOURED) for v in of_units]


def test_the_row_is_the_last_and_there_is_one_whatever_the_pitch():
    for pitch in (1, 3):
        rows = texts(
            drawn(view_of(by_hand(), phase="multiply", count=2, pitch=pitch, scene={"unit": 0}), "multiply", 40)
        )
        assert len(rows) == 1 + 2 * pitch + 1
        assert rows[-1] == " +3 3 − 4 + 5 · " + " " * 24


# Their names, where there is room


def test_units_are_named_where_there_is_room_for_all_names_then_wide_then_narrow_then_cut_off():
    view = view_of(by_hand(), phase="multiply", count=2, scene={"unit": 0})
    rows = {width: others(view, phase_of(view, "multiply"), width, PLAIN) for width in range(5, 30)}

    assert {text_of(rows[width]) for width in range(16, 30)} == {" +3 3 − 4 + 5 · "}
    assert {text_of(rows[width]) for width in range(10, 16)} == {" +3 " + "−".center(2) + "+".center(2) + "·".center(2)}
    assert {text_of(rows[width]) for width in range(7, 10)} == {" +3 −+·"}
    assert text_of(rows[6]) == " +3 −…"
    assert text_of(rows[5]) == " +3 …"
    assert all(width_of(row) <= width for width, row in rows.items())


def test_units_with_names_have_them_whole_or_not_at_all():
    view = view_of(by_hand(("verb", "noun", "adjective", "名詞", "x")), phase="multiply", count=2, scene={"unit": 0})
    row = " +3 adjective − 名詞 + x · "

    wide, narrow = (text_of(others(view, phase_of(view, "multiply"), width, PLAIN)) for width in (27, 26))

    assert wide == row
    assert narrow.split() == ["+3", "−", "+", "·"]


def test_units_before_those_in_sight_stand_before_those_behind_them():
    view = view_of(by_hand(), phase="multiply", count=1, scene={"unit": 2})

    assert texts(drawn(view, "multiply", 40))[-1].rstrip() == " +4 1 + 2 · 4 + 5 ·"


def test_of_more_units_than_there_is_room_for_the_first_are_drawn_and_the_rest_is_not_hidden():
    trace = trace_of(build(hidden=60, seed=5), "the dog")
    view = view_of(trace, t=1, phase="squash", count=4, scene={"unit": 0})
    expected = "".join(signs(trace.values["h"][1], np.abs(trace.values["h"]).max(), range(4, 60)).values())

    assert texts(drawn(view, "squash", 30))[-1] == f" +56 {expected[:24]}…"
    assert texts(drawn(view, "squash", 61))[-1] == f" +56 {expected}"


# The gate that they are of


@pytest.mark.parametrize(
    ("cell", "notation", "gates"),
    [
        ("gru", False, {"multiply": "new", "gates": "keep"}),
        ("gru", True, {"multiply": "n", "gates": "z"}),
        ("lstm", False, {"multiply": "new", "gates": "keep"}),
        ("lstm", True, {"multiply": "g", "gates": "f"}),
    ],
)
def test_where_a_phase_has_several_gates_the_row_says_which_it_is_of(cell, notation, gates):
    view = view_of(small(cell), phase="check", count=2, scene={"unit": 0, "notation": notation})

    for phase in view.model.phases[1:]:
        row = texts(drawn(view, phase.name, 90))[-1]
        assert row.startswith(f" +4 {gates[phase.name]}: 3 " if phase.name in gates else " +4 3 ")


def test_a_cell_without_gates_names_none():
    view = view_of(small(), phase="check", count=2, scene={"unit": 0})

    assert all(texts(drawn(view, phase.name, 90))[-1].startswith(" +4 3 ") for phase in view.model.phases[1:])


# Not before its time


@pytest.mark.parametrize("cell", SHOWN)
def test_while_a_phase_is_to_come_nothing_of_it_is_told(cell):
    trace = small(cell, "attention")
    names = [phase.name for phase in trace.model.phases]
    for at, now in enumerate(names):
        view = view_of(trace, t=1, phase=now, count=2)
        for index, name in enumerate(names[1:], start=1):
            rows = texts(drawn(view, name, 90))
            assert any(row.startswith(" +4 ") for row in rows) == (index <= at)
            assert len(rows) == 1 + 2 + (index <= at)


def test_where_all_units_are_in_sight_there_is_no_row_for_others():
    rows = texts(drawn(view_of(by_hand(), phase="multiply"), "multiply", 40))

    assert len(rows) == 1 + 5
    assert not any(row.startswith(" +") for row in rows)


@pytest.mark.parametrize("width", [30, 90])
def test_while_the_class_is_to_guess_no_votes_are_told(width):
    covered, told = (
        view_of(by_hand(), t=1, phase="check", count=2, wide=False, scene={"unit": 0, "hidden": hidden})
        for hidden in (True, False)
    )
    panels = ["".join(texts(phase_panel(view, view.phase, width, 12, PLAIN))) for view in (covered, told)]

    assert ["+3" in panel for panel in panels] == [False, True]


def test_a_click_on_it_picks_the_phase_and_no_unit():
    view = view_of(by_hand(), phase="multiply", count=2, scene={"unit": 0})
    rows = texts(phase_panel(view, view.phase, 40, 8, PLAIN))

    (y,) = (place for place, row in enumerate(rows) if "+3" in row)
    assert pick_at(view, view.phase, 40, 8, 8, y) == PhasePick(1)
    assert pick_at(view, view.phase, 40, 8, 8, y - 1) == UnitPick(1)


@settings(max_examples=60)
@given(
    cell=st.sampled_from(sorted(SHOWN)),
    width=st.integers(1, 130),
    count=st.integers(1, 5),
    name=st.one_of(st.just(NASTY), st.text(max_size=12)),
    wide=st.booleans(),
)
def test_whatever_the_names_the_row_fits_and_a_terminal_obeys_none_of_it(cell, width, count, name, wide):
    trace = small(cell, unit_names=(name, "日本", NASTY, "", name, "x"))
    view = view_of(trace, phase="check", count=count, wide=wide)

    for phase in view.model.phases[1:]:
        rows = drawn(view, phase.name, width, COLOURED)
        assert len(rows) == 1 + count + 1
        assert widths(rows[-1:]) == {width}
        assert not obeyed(rows)
