"""The picture of the recency lens: bars of what each word counts for, and the current word slid through."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.lenses import lens
from rnn_tui.lenses.recency import recency, sweep_word
from rnn_tui.pictures.lenses.recency import draw, pick_at, points
from rnn_tui.pictures.picks import WordPick
from rnn_tui.pictures.view import Measurement
from tests.builders import build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths

TRACE = trace_of(model(), "kick and dog")
MEASURED = recency(TRACE)
LONG = trace_of(model(), " ".join(["kick", "and", "dog"] * 20))
SIZES = [(1, 1), (3, 2), (12, 3), (30, 5), (46, 7), (58, 10), (74, 12), (88, 8), (114, 24), (188, 48)]


def drawn(width, height, measured=MEASURED, palette=PLAIN, trace=TRACE, **fields):
    return draw(measured, view_of(trace, **fields), width, height, palette)


def test_a_row_a_word_with_what_it_gives_and_its_share():
    assert texts(drawn(44, 5)) == [
        "       points it gives     of the score     ",
        "▸kick      │███▋    +27       │███▏  +0.57  ",
        " and       │█▍     +9.7       │██▍   +0.43  ",
        " dog  █████│        −36  █████│      −0.92  ",
        " The shares add up, the points need not.    ",
    ]


def test_while_a_word_slides_the_curve_comes_first_and_ends_where_the_word_is():
    assert texts(drawn(44, 6, slid=1)) == [
        "“kick” at place 2: Negative 56%             ",
        " and kick dog                               ",
        "100%                                        ",
        " 50% ▅▅▅▅▅▅▅▅▅▅▅▅┈▆▆▆▆▆▆▆▆▆▆▆▆┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "  0% ████████████ ████████████              ",
        "          1            ▲2           3       ",
    ]


def test_with_room_the_answer_and_thick_bars_stand_beside_the_whole_curve():
    rows = texts(drawn(100, 16))

    assert rows[0].split("  ")[0] == " The answer: Negative 54%"
    assert "“kick” at place 1: Negative 54%" in rows[0]
    assert [row[:14].rstrip() for row in rows[2:6]] == ["▸kick       │█", "            │█", "            │█", ""]
    assert rows[-1].split() == ["54%", "56%", "65%"]


def test_with_height_alone_the_curve_stands_below_the_bars():
    rows = texts(drawn(44, 16, t=1))

    assert "points it gives" in rows[0]
    assert rows[8].rstrip() == "“and” at place 2: Negative 54%"
    assert rows[-1].split() == ["56%", "54%", "65%"]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("fields", [{}, {"slid": 0}, {"slid": 2, "t": 1}, {"scene": {"hidden": True}}])
def test_every_row_is_as_wide_as_the_panel(width, height, fields):
    for trace, measured in ((TRACE, MEASURED), (LONG, recency(LONG))):
        rows = drawn(width, height, measured, COLOURED, trace, **fields)
        assert widths(rows) == {width}
        assert len(rows) <= height


def test_the_current_word_stays_visible_and_what_is_off_screen_is_said():
    measured = recency(LONG, sweep=False)
    for t in (0, 30, 59):
        rows = texts(drawn(46, 7, measured, trace=LONG, t=t))
        assert sum(row.startswith("▸") for row in rows) == 1
        first, last = (int(figure) for figure in rows[-1].split()[1].split("–"))
        assert first <= t + 1 <= last
        assert rows[-1].split()[2:] == ["of", "60"]


def test_a_curve_of_more_places_than_cells_keeps_the_place_of_the_word():
    many = trace_of(model(), "kick and dog " * 40)
    measured = recency(many, sweep=False)
    swept = sweep_word(many, 70)
    rows = texts(draw(measured, view_of(many, t=70, slid=110), 58, 10, PLAIN, swept))

    assert "▲111" in rows[-1]
    assert "kick" in rows[1] or "and" in rows[1]


def test_without_a_sweep_a_line_says_which_key_makes_one():
    short = recency(TRACE, sweep=False)

    assert "l slides “kick” through all places" in texts(drawn(100, 8, short))[0]


def test_the_curve_may_come_from_what_the_view_has_of_this_word():
    short = recency(TRACE, sweep=False)
    measurement = Measurement("recency", short, swept=(1, np.array([0.1, 0.2, 0.3])))
    view = view_of(TRACE, t=1, measurement=measurement)

    assert "“and” at place 2: Negative 20%" in texts(draw(short, view, 100, 8, PLAIN))[0]
    assert "l slides" in texts(draw(short, replace(view, scene=view_of(TRACE).scene), 100, 8, PLAIN))[0]
    assert "Negative 90%" in texts(draw(short, view_of(TRACE), 100, 8, PLAIN, np.array([0.9, 0, 0])))[0]


def test_covered_answers_are_not_given_away():
    for fields in ({}, {"slid": 1}):
        said = "".join(texts(drawn(100, 16, scene={"hidden": True}, **fields)))
        assert "%" not in said
        assert "Negative" not in said
        assert "guess first" in said


def test_one_word_and_one_unit():
    trace = trace_of(build(hidden=1), "dog")

    rows = texts(drawn(44, 4, recency(trace), trace=trace))
    assert rows[1].startswith("▸dog")


def test_what_is_no_number_is_a_question_mark():
    lost = replace(MEASURED, leave_one_out=np.full(3, np.nan), integrated_gradients=np.full(3, np.nan))

    assert texts(drawn(44, 4, lost))[1].split() == ["▸kick", "?", "?", "?", "?"]
    curve = draw(lost, view_of(TRACE), 100, 8, PLAIN, np.full(3, np.nan))
    assert "?" in "".join(texts(curve))


def test_each_word_has_an_answer_of_its_own_and_is_named():
    trace = trace_of(build(readout="each"))

    assert " The answer for “dog”: " in texts(drawn(60, 12, recency(trace, 1), trace=trace, t=1))[0]


def test_nasty_words_and_labels_stay_in_their_columns():
    trace = trace_of(build(words=("<unk>", *NASTY.split()), labels=(NASTY, "b")), NASTY)
    for width, height in ((46, 7), (114, 24)):
        for slid in (None, 2):
            rows = drawn(width, height, recency(trace), COLOURED, trace, t=2, slid=slid)
            assert not obeyed(rows)
            assert widths(rows) == {width}


def test_a_click_goes_to_the_word_of_the_row_or_of_the_place():
    view = view_of(TRACE)

    assert pick_at(MEASURED, view, 44, 5, 3, 0) is None
    assert pick_at(MEASURED, view, 44, 5, 3, 2) == WordPick(1)
    assert pick_at(MEASURED, view, 44, 5, 3, 4) is None
    assert pick_at(MEASURED, view, 100, 16, 3, 6) == WordPick(1)  # below the answer and the heads, four rows a word
    assert pick_at(MEASURED, view, 100, 16, 58, 9) == WordPick(0)
    assert pick_at(MEASURED, view, 100, 16, 75, 9) == WordPick(1)
    assert pick_at(MEASURED, view, 100, 16, 52, 9) is None
    assert pick_at(MEASURED, view_of(TRACE, slid=1), 44, 6, 40, 4) == WordPick(2)


def test_a_thousand_words_are_drawn_as_fast_as_thirty():
    many = trace_of(model(), " ".join(["kick", "and", "dog"] * 334))
    measured, swept = recency(many, sweep=False), np.linspace(0, 1, 1002)
    few = {}
    for trace, found, row in ((LONG, recency(LONG), None), (many, measured, swept)):
        view = view_of(trace, t=30)
        draw(found, view, 114, 24, PLAIN, row)
        start = time.process_time()
        for _ in range(5):
            draw(found, view, 114, 24, PLAIN, row)
        few[len(trace)] = time.process_time() - start

    assert few[1002] < 4 * few[60]


def test_differences_of_probabilities_have_a_sign():
    given = (0.54, -0.031, 0.0004, -0.0001, 0.0, 0.0996, 1.0, float("nan"))

    assert [points(value) for value in given] == ["+54", "−3.1", "0", "0", "0", "+10", "+100", "?"]


def test_the_panel_has_a_title_and_plain_words():
    record = lens("recency")
    assert record.asked_of("number") == "What does each number count for?"
    assert record.shows == "the answer without it, and with it elsewhere"


@pytest.mark.parametrize(("width", "height"), [(46, 7), (58, 10), (78, 14), (98, 20), (118, 26)])
def test_while_the_answer_is_covered_no_word_has_a_bar(width, height):
    # given the picture while the class is to choose which word counts most
    rows = texts(drawn(width, height, scene={"hidden": True}))
    # then every word is there, and nothing that tells one from the other
    shown = "".join(rows)
    assert all(f"{word:4} ?" in shown for word in ("kick", "and", "dog"))
    assert not set(shown) & set("│▏▎▍▌▋▊▉█▐▕+−%0123456789")
