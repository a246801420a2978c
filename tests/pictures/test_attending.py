"""The phase Look back: each word so far with its share, what the units were then, and what comes of it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui import shelf
from rnn_tui.pictures.arithmetic import arithmetic_panel, why_panel
from rnn_tui.pictures.lookback import lookback, most_looked_at
from rnn_tui.pictures.phases import phase_line, phase_panel, pick_at
from rnn_tui.pictures.picks import UnitPick
from rnn_tui.text import percent
from tests.builders import CELL_KINDS, build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, obeyed, texts, view_of, widths

TEXT = "not at all good it was the most awful movie of all time"


@pytest.fixture(scope="module")
def trace():
    """The shipped model with attention, and a sentence of 13 words."""
    return trace_of(shelf.load("sentiment-attention"), TEXT)


def drawn(trace, t, width=96, height=10, **given):
    """The rows of Look back inside its frame, at a word."""
    view = view_of(trace, t=t, phase=given.pop("phase", "attend"), wide=given.pop("wide", False), **given)
    phase = next(phase for phase in trace.model.phases if phase.name == "attend")
    return [row[2:-2] for row in texts(phase_panel(view, phase, width, height, PLAIN))[1:-1]]


def listed(rows):
    """The words with their shares, as they stand at the right of the units, or below them."""
    beside = rows[0].find("mixed") + len("mixed") if "mixed" in rows[0] else 0
    rows = [row[beside:] for row in rows]
    found = (re.search(r"(?:^|\s\s)(\S[^█-▏·]*?)\s+[█-▏·]*\s*([<>]?\d+)%\s*$", row) for row in rows)
    return [(row[1].strip(), row[2]) for row in found if row]


@pytest.mark.parametrize("t", range(8))
def test_the_words_are_those_so_far_with_their_weights_in_the_order_of_the_sentence(trace, t):
    weights = trace[t]["attention"]

    rows = drawn(trace, t, count=8)

    assert listed(rows) == [
        (token.surface, percent(float(weight)).rstrip("%"))
        for token, weight in zip(trace.tokens, weights, strict=False)
    ]


def test_where_not_all_words_fit_the_rest_are_summed_up_and_all_make_a_hundred(trace):
    rows = drawn(trace, 12, count=6, height=9)

    shown = listed(rows)
    shares = [0 if share.startswith("<") else int(share) for _, share in shown]
    weights = trace[12]["attention"]
    kept = sorted(np.argsort(-weights, kind="stable")[:6])
    assert [word for word, _ in shown] == [*(trace.tokens[t].surface for t in kept), "7 more words"]
    assert abs(sum(shares) - 100) <= len(shares) / 2


def test_a_units_row_has_what_it_was_at_each_word_below_the_words_share_and_what_comes_of_it(trace):
    weights, context, states = trace[3]["attention"], trace[3]["context"], trace.values["h"][:4]

    head, *rows = drawn(trace, 3, count=8)

    assert re.findall(r"[<>]?\d+%", head[:52])[:4] == [percent(float(weight)) for weight in weights]
    assert head[:53].split()[-1] == "mixed"
    assert drawn(trace, 3, count=8, scene={"notation": True})[0][:53].split()[-1] == "context"
    for unit, row in enumerate(rows[: len(rows) - 1]):
        cells = re.match(r"▸? *\d+ +([+−·]) +([+−·]) +([+−·]) +([+−·]) ", row)
        signs = ["·" if abs(value) < 0.02 else "+" if value > 0 else "−" for value in states[:, unit]]
        assert list(cells.groups()) == signs
        shown = re.findall(r"[+−]?\d\.\d\d", row)[0]
        assert shown.replace("−", "-") == f"{context[unit]:+.2f}"


def test_of_a_long_sentence_the_cells_are_of_the_words_that_count_most(trace):
    view = view_of(trace, t=12, phase="attend", wide=False)
    table = next(phase.table for phase in trace.model.phases if phase.name == "attend")

    cells, mixed, figure = lookback(view, table)

    np.testing.assert_array_equal(mixed.values, trace[12]["context"])
    np.testing.assert_array_equal(figure.values, trace[12]["context"])
    assert mixed.scale == view.scale("h", "context")  # that of the bars beside it, and not of the memory alone
    assert cells.scale == view.scale("h")
    most = most_looked_at(trace[12]["attention"], 6)
    np.testing.assert_array_equal(cells.values, trace.values["h"][most].T)
    np.testing.assert_array_equal(cells.vector, trace[12]["attention"][most])
    assert cells.of == 13


def test_the_most_looked_at_are_in_the_order_of_the_sentence():
    assert most_looked_at(np.array([0.1, 0.4, 0.2, 0.3]), 2) == [1, 3]
    assert most_looked_at(np.array([1.0]), 5) == [0]
    assert most_looked_at(np.array([0.5, 0.5]), 0) == []


def test_before_it_is_reached_neither_words_nor_values_are_seen(trace):
    rows = drawn(trace, 3, phase="squash", wide=True, width=26, height=24)

    assert not re.search(r"\d%|\d\.\d", "".join(rows))


def test_side_by_side_the_words_stand_below_the_units(trace):
    rows = drawn(trace, 3, wide=True, width=26, height=22)

    assert [word for word, _ in listed(rows[17:])] == ["not", "good", "2 more words"]
    assert len(re.findall(r"[+−]?\d\.\d\d", "".join(rows[1:17]))) == 16


def test_while_the_class_is_to_guess_it_is_covered(trace):
    for phase in ("attend", "check"):
        rows = drawn(trace, 3, phase=phase, wide=True, width=26, height=24, scene={"hidden": True})

        assert "guess first" in rows[0]
        assert not re.search(r"\d", "".join(rows))
    view = view_of(trace, t=3, phase="attend", scene={"hidden": True})
    said = [*texts(arithmetic_panel(view, 90, 20, PLAIN))[1:-1], *texts(why_panel(view, 90, 20, PLAIN))[1:-1]]
    assert not re.search(r"\d", "".join(said))
    done = view_of(trace, t=3, phase="check", scene={"hidden": True})
    assert not re.search(r"\d", texts(phase_line(done, done.model.phases[-2], 80, 1, PLAIN))[0])


def test_where_one_line_is_left_it_has_the_word_that_counts_most(trace):
    rows = drawn(trace, 8, width=26, height=20, wide=True, count=16)

    assert listed(rows[17:]) == [("not", "45")]


def test_a_click_picks_a_unit_at_the_left_and_the_phase_at_the_right(trace):
    view = view_of(trace, t=3, phase="attend", wide=False, count=8)
    phase = view.phase

    assert pick_at(view, phase, 96, 12, 5, 4) == UnitPick(view.units[2])
    assert not isinstance(pick_at(view, phase, 96, 12, 80, 4), UnitPick)


def test_in_one_line_it_is_what_the_units_come_to(trace):
    view = view_of(trace, t=3, phase="check", count=4)
    phase = view.model.phases[-2]

    (row,) = texts(phase_line(view, phase, 80, 1, PLAIN))

    assert row.startswith(" ✓ Look back")
    assert f"{view.step['context'][view.first]:+.2f}".replace("-", "−") in row


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@settings(max_examples=30)
@given(
    size=st.tuples(st.integers(12, 160), st.integers(3, 40)),
    t=st.integers(0, 6),
    wide=st.booleans(),
    notation=st.booleans(),
)
def test_it_fills_its_place(cell, activation, size, t, wide, notation):
    made = build(cell, activation, "attention", hidden=3, labels=(NASTY, "日本語"), unit_names=(NASTY, "日本語", ""))
    view = view_of(
        trace_of(made, f"the {NASTY} dog"), t=min(t, 2), phase="attend", wide=wide, scene={"notation": notation}
    )

    rows = phase_panel(view, view.phase, *size, COLOURED)

    assert len(rows) == size[1]
    assert widths(rows) == {size[0]}
    assert not obeyed(rows)
