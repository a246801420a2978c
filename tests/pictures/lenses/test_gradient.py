"""The picture of the gradient lens: the way back, as far as it has been walked."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.lenses import lens
from rnn_tui.lenses.gradient import Gradient, gradient
from rnn_tui.pictures.lenses.gradient import Axis, draw, pick_at, shared_scale
from rnn_tui.pictures.picks import WordPick
from tests.builders import CELL_KINDS, build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths

TRACE = trace_of(model(), "kick and dog")
LONG = trace_of(model(), " ".join(["kick", "and", "dog"] * 20))
SIZES = [(20, 4), (30, 5), (46, 9), (58, 12), (74, 14), (88, 8), (114, 26), (188, 50)]


def of(*log10_norm, kept=0.5, factor=0.5):
    """A measured way back with these products."""
    logs = np.array(log10_norm, float)
    with np.errstate(over="ignore"):
        norm = 10.0**logs
    return Gradient(norm, logs, np.full(len(logs) - 1, factor), np.full(len(logs), kept), 0.9)


MEASURED = of(-2.0, 0.5, 0.0)
FADING = of(*np.linspace(-6, 0, 60))


def drawn(width, height, measured=MEASURED, palette=PLAIN, trace=TRACE, **fields):
    return draw(measured, view_of(trace, **fields), width, height, palette)


def test_a_row_a_word_with_bar_product_and_factor():
    assert texts(drawn(48, 4)) == [
        "       1/1000       1       all steps  one step ",
        "▸kick     ╎  ███████│          ≤ 0.01    ≤ 0.50 ",
        " and      ╎         │██        ≤ 3.16    ≤ 0.50 ",
        " dog      ╎         │            1.00           ",
    ]


def test_with_room_what_is_kept_is_said_and_who_keeps_it():
    heads = {"elman": ("squash", "squash"), "gru": ("keep", "keep z"), "lstm": ("keep", "keep f")}
    for cell, activation in CELL_KINDS:
        trace = trace_of(build(cell, activation))
        rows = texts(drawn(80, 6, gradient(trace), trace=trace))
        assert rows[0].split()[-5:] == ["all", "steps", "one", "step", heads[cell][0]]
        noted = texts(drawn(80, 6, gradient(trace), trace=trace, scene={"notation": True}))
        assert noted[0].rstrip().endswith(f" {heads[cell][1]}")
        kept = gradient(trace).kept[1]
        assert rows[1].split()[-1] == f"{kept:.0%}"


def test_the_whole_way_is_there_and_dim_where_the_walk_has_not_come_to():
    # given the last word, where the walk back begins, and one before it
    for t in (2, 1):
        rows = drawn(48, 4, palette=COLOURED, t=t)
        # then all is drawn
        assert [row.split()[-1] for row in texts(rows)[1:]] == ["0.50", "0.50", "1.00"]
        # and what lies before the current word is dim, bar and figures
        for word, row in enumerate(rows[1:]):
            bright = [piece for piece in row[1:] if piece.text.strip() and piece.style.color != COLOURED.faint.color]
            assert bool(bright) == (word >= t)


def test_a_bar_goes_left_for_what_is_lost_and_right_for_what_has_grown():
    for row in drawn(80, 4, palette=COLOURED)[1:]:
        left, _, right = "".join(segment.text for segment in row)[6:].partition("│")
        if "0.01" in right:
            assert "█" in left
            assert "█" not in right
        elif "3.16" in right:
            assert "█" not in left
            assert "█" in right


def test_what_has_vanished_or_explodes_is_said_in_a_word():
    said = [row.split()[-1] for row in texts(drawn(102, 4, of(-3.1, 3.1, 0.0)))]
    assert said[1:] == ["vanished", "explodes", "1.00"]

    said = [row.split()[-1] for row in texts(drawn(102, 4, of(-math.inf, math.inf, 0.0)))]
    assert said[1:] == ["vanished", "explodes", "1.00"]

    assert "vanished" not in "".join(texts(drawn(102, 4, of(-2.9, 2.9, 0.0))))


def test_the_axis_reaches_as_far_as_the_product_and_has_its_marks_where_they_belong():
    axis = Axis.over(-4, 1, 51)
    assert (axis.left, axis.right, axis.cells) == (40, 10, 51)
    assert [axis.mark(log10) for log10 in (-4, -3, 0, 1)] == [0, 10, 40, 50]
    assert Axis.over(-4, 1, 1).cells == 1

    heads = texts(drawn(100, 4, of(-400.0, 7.0, 0.0)))[0].split()
    assert "1" in heads
    exploding = texts(drawn(100, 4, of(2.0, 6.0, 0.0)))[0].split()
    assert exploding[:3] == ["1/1000", "1", "1000"]


def test_figures_never_touch_the_bar_or_each_other():
    measured = of(-2999.9, 9999.0, 0.0, factor=9999.0)
    for row, first in zip(texts(drawn(80, 4, measured))[1:3], ("1.3e−3000", "1.0e9999"), strict=True):
        assert row.split()[-5:] == ["≤", first, "≤", "9999.00", "50%"]


@pytest.mark.parametrize(("width", "height"), [*SIZES, *((w, h) for w in range(1, 21) for h in range(1, 5))])
def test_every_row_is_as_wide_as_the_panel(width, height):
    for trace, measured in ((TRACE, MEASURED), (LONG, FADING), (TRACE, of(math.nan, -math.inf, 0.0))):
        for t in (0, len(trace) // 2, len(trace) - 1):
            rows = drawn(width, height, measured, COLOURED, trace, t=t)
            assert widths(rows) == {width}
            assert len(rows) <= height


def test_without_any_room_there_is_nothing():
    assert drawn(0, 5) == []
    assert drawn(5, 0) == []


def test_the_row_of_the_current_word_has_its_ground_from_edge_to_edge():
    for width, height in SIZES:
        rows = drawn(width, height, palette=COLOURED, t=1)
        grounds = [
            [segment.style.bgcolor.number if segment.style and segment.style.bgcolor else None for segment in row]
            for row in rows
        ]
        ground = [numbers for numbers in grounds if 200 in numbers]
        assert ground
        assert all(None not in numbers for numbers in ground)


def test_the_current_word_stays_visible_with_what_comes_after_it():
    for t in (0, 30, 59):
        rows = texts(drawn(58, 12, FADING, trace=LONG, t=t))
        assert [row[0] for row in rows].count("▸") == 1
        first, last = (int(figure) for figure in rows[-1].split()[1].split("–"))
        assert first <= t + 1 <= last
        assert rows[-1].split()[2:] == ["of", "60"]
    rows = texts(drawn(58, 12, FADING, trace=LONG, t=30))
    assert [row[0] for row in rows].index("▸") < 5


def test_one_word_and_one_unit():
    trace = trace_of(build(hidden=1), "dog")

    rows = texts(drawn(48, 3, gradient(trace), trace=trace))
    assert rows[1].startswith("▸dog")
    assert rows[1].split()[-1] == "1.00"


def test_what_is_no_number_is_a_question_mark():
    measured = replace(of(math.nan, math.nan, 0.0), factor=np.full(2, math.nan))

    assert texts(drawn(48, 4, measured))[1].split() == ["▸kick", "?", "?"]


def test_a_factor_of_nothing_and_one_that_is_infinite_are_said():
    none = replace(of(-math.inf, -math.inf, 0.0), factor=np.zeros(2))

    assert texts(drawn(48, 4, none))[1].split()[-3:] == ["0", "≤", "0"]


def test_several_pictures_have_one_axis():
    reach = shared_scale(MEASURED, of(-9.0, 5.0, 0.0))

    assert reach == {"reach": (-9, 5)}
    wide = texts(draw(MEASURED, view_of(TRACE), 80, 4, PLAIN, **reach))
    assert wide[0].split()[:3] == ["1/1000", "1", "1000"]


def test_nasty_words_stay_in_their_columns():
    trace = trace_of(build(words=("<unk>", *NASTY.split())), NASTY)
    for width, height in SIZES:
        rows = drawn(width, height, gradient(trace), COLOURED, trace, t=2)
        assert not obeyed(rows)
        assert widths(rows) == {width}


def test_a_click_walks_to_the_word_of_the_row():
    view = view_of(TRACE)

    assert pick_at(MEASURED, view, 48, 4, 3, 0) is None
    assert [pick_at(MEASURED, view, 48, 4, 20, y) for y in (1, 2, 3)] == [WordPick(word - 1) for word in (1, 2, 3)]
    assert pick_at(MEASURED, view, 48, 16, 3, 15) == WordPick(2)
    assert pick_at(MEASURED, view, 48, 20, 3, 19) is None
    assert pick_at(FADING, view_of(LONG, t=59), 58, 12, 3, 10) == WordPick(59)
    assert pick_at(FADING, view_of(LONG, t=59), 58, 12, 3, 11) is None


def test_a_thousand_words_are_drawn_as_fast_as_sixty():
    many = trace_of(model(), " ".join(["kick", "and", "dog"] * 334))
    took = {}
    for trace, found in ((LONG, FADING), (many, of(*np.linspace(-6, 0, 1002)))):
        view = view_of(trace, t=30)
        draw(found, view, 114, 26, PLAIN)
        start = time.process_time()
        for _ in range(5):
            draw(found, view, 114, 26, PLAIN)
        took[len(trace)] = time.process_time() - start

    assert took[1002] < 3 * took[60]


def test_the_panel_has_a_title_and_plain_words():
    record = lens("gradient")
    assert record.asked_of("word") == "How far back does training hear?"
    assert record.shows == "how much of a change is left at the end"
