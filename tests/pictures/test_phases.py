import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.pictures.phases import phase_line, phase_panel, pick_at
from rnn_tui.pictures.picks import PhasePick, UnitPick
from rnn_tui.pictures.rows import text_of
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths


def phase_of(view, name):
    return next(phase for phase in view.model.phases if phase.name == name)


def panel(view, name, width=40, height=12, palette=PLAIN):
    return texts(phase_panel(view, phase_of(view, name), width, height, palette))


def line(view, name, width=60):
    return texts(phase_line(view, phase_of(view, name), width, 1, PLAIN))[0]


@pytest.mark.parametrize(("at", "corner"), [("multiply", "╭"), ("add", "┏"), ("squash", "╭")])
def test_the_phase_at_work_has_the_heavy_frame(at, corner):
    assert panel(view_of(t=1, phase=at), "add")[0][0] == corner


def test_a_frame_is_bright_at_work_normal_when_done_and_dim_before():
    def frame(at):
        return phase_panel(view_of(phase=at), phase_of(view_of(), "add"), 40, 12, COLOURED)[0][0].style

    assert (frame("multiply"), frame("add"), frame("squash")) == (
        COLOURED.frame_dim,
        COLOURED.frame_now,
        COLOURED.frame,
    )


def test_the_scale_of_the_bars_is_said_once_they_are_drawn():
    assert "scale ±1.00" in panel(view_of(t=2, phase="add"), "add")[-1]
    assert "scale" not in panel(view_of(t=2, phase="multiply"), "add")[-1]


def test_weights_that_are_not_all_shown_are_counted():
    wide = trace_of(build(hidden=3, words=("<unk>", *(f"word{n}" for n in range(80)))), "word3 word4")

    foot = panel(view_of(wide, phase="multiply"), "multiply", 50)[-1]

    assert " of 81 columns" in foot


def test_what_the_phase_does_stands_at_its_foot_in_words_or_in_notation():
    assert "each word picks its own" in " ".join(panel(view_of(phase="multiply"), "multiply", 60))
    notation = " ".join(panel(view_of(phase="multiply", scene={"notation": True}), "multiply", 60))
    assert "ih = weight_ih·x + bias_ih" in notation


def test_where_it_is_wide_it_stands_in_the_title():
    assert "squash into −1 … 1" in panel(view_of(phase="squash"), "squash", 100)[0]


def test_check_has_votes_and_bars_below_each_other_or_side_by_side():
    narrow, wide = (panel(view_of(t=2, phase="check"), "check", width) for width in (40, 80))

    assert next(number for number, row in enumerate(narrow) if "54%" in row) > 3
    assert "54%" in wide[2]
    assert "◂against" in narrow[1]
    assert "Positive▸" in narrow[1]
    assert any("FINAL answer" in row for row in narrow)


def test_with_many_labels_the_votes_are_for_the_one_that_leads():
    trace = trace_of(build(labels=tuple(f"label {n}" for n in range(9)), hidden=2), "the dog")
    label = trace.model.labels[trace.prediction(1)[0]]

    head = panel(view_of(trace, t=1, phase="check"), "check", 40, 20)[1]

    assert f"{label}▸" in head


def test_one_label_needs_no_other_side():
    trace = trace_of(build(labels=("only",), hidden=2), "the dog")

    assert "only" in panel(view_of(trace, t=1, phase="check"), "check")[1]


@pytest.mark.parametrize("at", ["read", "multiply", "add", "squash", "check"])
@pytest.mark.parametrize("width", [30, 90])
def test_while_the_class_is_to_guess_check_shows_nothing_of_the_answer(at, width):
    view = view_of(t=2, phase=at, scene={"hidden": True})

    shown = "\n".join([*panel(view, "check", width), line(view, "check")])

    assert "%" not in shown
    assert "█" not in shown
    assert ("guess first" in shown) == ("press p" in shown) == (at == "check")


def test_one_line_a_phase():
    view = view_of(t=2, phase="squash")

    assert [line(view, name).rstrip() for name in ("read", "multiply", "add", "squash", "check")] == [
        " ✓ Read        dog · place 2 of 3",
        " ✓ 1 Multiply  verb 0.00   noun +1.00",
        " ✓ 2 Add       verb +0.64   noun +0.54",
        " · Squash      verb +0.57   noun +0.49",
        " · 3 Check     after “and”: Negative ██████████████▍   90%",
    ]


def test_a_line_of_a_phase_to_come_says_what_it_will_do():
    view = view_of(t=0, phase="read")

    assert line(view, "add").rstrip() == " · 2 Add       add what it remembers"
    assert line(view, "check").rstrip() == " · 3 Check     check the output nodes"


def test_a_line_has_room_for_a_word_that_is_longer_than_the_screen():
    trace = trace_of(model(), "x" * 3000 + " kick")

    assert widths(phase_line(view_of(trace, t=1), phase_of(view_of(trace), "check"), 60, 1, PLAIN)) == {60}


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("inputs", INPUT_KINDS)
@settings(max_examples=40)
@given(
    readout=st.sampled_from(READOUT_KINDS),
    size=st.tuples(st.integers(9, 140), st.integers(3, 30)),
    place=st.integers(0, 29),
    wide=st.booleans(),
    hidden=st.booleans(),
    notation=st.booleans(),
)
def test_a_panel_and_a_line_fill_their_place(cell, activation, inputs, readout, size, place, wide, hidden, notation):
    trace = _recorded(cell, activation, readout, inputs)
    phases = trace.model.phases
    t, at = divmod(place, len(phases))
    scene = {"hidden": hidden, "notation": notation}
    view = view_of(trace, t=min(t, len(trace) - 1), phase=phases[at].name, wide=wide, scene=scene)
    width, height = size

    for phase in phases:
        rows = phase_panel(view, phase, width, height, COLOURED)
        assert len(rows) == height
        assert widths(rows) == {width}
        assert not obeyed(rows)
        assert len(text_of(phase_line(view, phase, 60, 1, COLOURED)[0])) <= 60
        assert widths(phase_line(view, phase, 60, 1, COLOURED)) == {60}


def test_numbers_that_grow_beyond_all_bounds_are_drawn_as_no_numbers_and_the_others_as_before():
    grown = wired([[2.0]], weight_hh=[[1e20]], activation="identity", fc=[[1], [-1]])
    trace = trace_of(grown, " ".join(["<unk>"] * 4))
    assert [bool(np.isfinite(h).all()) for h in trace.values["h"]] == [True, True, False, False]

    lost = panel(view_of(trace, t=3, phase="check"), "squash")
    kept = panel(view_of(trace, t=1, phase="check"), "squash")

    assert lost[2].split().count("+∞") == 2  # in place of the bar, and as the figure
    assert "█" in kept[2]
    assert "?" not in kept[2]


_TRACES = {}


def _recorded(*kind):
    if kind not in _TRACES:
        labels = (NASTY, "日本語")
        text = None if kind[3] == "number" else f"the {NASTY} dog"
        _TRACES[kind] = trace_of(build(*kind, hidden=3, labels=labels, unit_names=(NASTY, "日本語", "")), text)
    return _TRACES[kind]


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("width", [40, 70])
def test_a_click_picks_the_unit_that_is_drawn_there_and_nowhere_else(width, hidden):
    # given Check with its output bars below its units, or beside them, open or covered
    view = view_of(t=1, phase="check", scene={"hidden": hidden}, wide=False)
    check = phase_of(view, "check")
    rows = panel(view, "check", width)
    # when every cell is clicked
    picks = {(x, y): pick_at(view, check, width, 12, x, y) for x in range(width) for y in range(12)}
    # then the row of a unit picks it as far as it goes, and all else the phase
    of_row = {y: unit for unit, name in enumerate(("verb", "noun")) for y, row in enumerate(rows) if name in row}
    assert sorted(of_row.values()) == ([] if hidden else [0, 1])
    for (x, y), pick in picks.items():
        beside = not 2 <= x < (width - 2 if width == 40 else 2 + 32)
        assert pick == (UnitPick(of_row[y]) if y in of_row and not beside else PhasePick(4)), (x, y)
