"""The picture of the memory lens: a triangle that fades to the right."""

from __future__ import annotations

import time

import numpy as np
import pytest

from rnn_tui.lenses import lens
from rnn_tui.lenses.memory import Memory, memory
from rnn_tui.pictures.lenses.memory import draw, grid, pick_at, shared_scale
from rnn_tui.pictures.picks import WordPick
from tests.builders import build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths

TRACE = trace_of(model(), "kick and dog")
MEASURED = Memory(np.array([[2.0, 1.0, 0.5], [0.0, 0.25, 0.5], [0.0, 0.0, 0.01]]))
LONG = trace_of(model(), " ".join(["kick", "and", "dog"] * 20))
FADING = Memory(np.triu(0.9 ** np.arange(60)[None] / 0.9 ** np.arange(60)[:, None]))
SIZES = [(20, 4), (30, 5), (46, 9), (58, 12), (74, 14), (88, 8), (114, 26), (188, 50)]


def drawn(width, height, measured=MEASURED, palette=PLAIN, trace=TRACE, **fields):
    return draw(measured, view_of(trace, **fields), width, height, palette)


def test_a_triangle_with_what_is_left_of_each_word_now():
    assert texts(drawn(35, 4, t=2)) == [
        "       kick   and    dog     left  ",
        " kick  2.00   1.00   0.50     25%  ",
        " and          0.25   0.50    200%  ",
        "▸dog                 0.01    100%  ",
    ]


def test_a_share_that_the_shown_figures_do_not_give_is_said_to_be_about_right():
    # given figures that are shown as 0.63 and 0.73, which would be 86%, where 85% are left
    measured = Memory(np.array([[0.734, 0.626], [0.0, 1.0]]))
    trace = trace_of(model(), "kick dog")
    # when both are drawn, then a sign says so; not where they close, and not where no figures stand in the cells
    rows = texts(drawn(40, 3, measured, trace=trace, t=1))
    assert rows[1].split() == ["kick", "0.73", "0.63", "≈", "85%"]
    assert rows[2].split()[-1] == "100%"
    assert "≈" not in rows[2]
    assert "≈" not in "".join(texts(drawn(18, 4, t=2)))


def test_what_has_not_been_read_yet_is_not_shown():
    rows = texts(drawn(40, 4, t=1))

    assert "0.50" not in "".join(rows)
    assert rows[1].split() == ["kick", "2.00", "1.00", "·", "50%"]
    assert rows[2].split() == ["▸and", "0.25", "·", "100%"]
    assert rows[3].split() == ["dog", "·"]


def test_in_narrow_cells_stand_the_tenths_of_the_scale():
    rows = texts(drawn(18, 4, t=2))

    assert [row.split() for row in rows] == [
        ["ki…", "and", "dog"],
        ["kick", "9", "5", "2"],
        ["and", "1", "2"],
        ["▸dog", "·"],
    ]


def test_with_room_cells_are_large_and_figures_stand_in_their_middle():
    # given three words on a large screen
    rows = drawn(198, 49, t=2)
    said = texts(rows)
    # when they are drawn, then a word has twelve rows, eleven of colour, and its name beside the figure
    coloured = [
        any(segment.style and segment.style.bgcolor and segment.style.bgcolor.number == 107 for segment in row)
        for row in drawn(198, 49, palette=COLOURED, t=2)
    ]
    assert coloured.count(True) == 11
    figures = [place for place, row in enumerate(said) if "2.00" in row]
    assert figures == [6]
    assert said[6].startswith(" kick")
    # and how much is left is a bar, too
    assert [row.count("█") for row in said[5:8]] == [4, 4, 4]


def test_the_row_of_the_current_word_has_its_ground_from_edge_to_edge():
    for width, height in SIZES:
        rows = drawn(width, height, palette=COLOURED, t=1)
        ground = [
            row
            for row in rows
            if any(segment.style and segment.style.bgcolor and segment.style.bgcolor.number == 200 for segment in row)
        ]
        assert ground
        for row in ground:
            assert all(segment.style is not None and segment.style.bgcolor is not None for segment in row)


@pytest.mark.parametrize(("width", "height"), [*SIZES, *((w, h) for w in range(1, 21) for h in range(1, 5))])
def test_every_row_is_as_wide_as_the_panel(width, height):
    for trace, measured in ((TRACE, MEASURED), (LONG, FADING)):
        for t in (0, len(trace) // 2, len(trace) - 1):
            rows = drawn(width, height, measured, COLOURED, trace, t=t)
            assert widths(rows) == {width}
            assert len(rows) <= height


def test_without_any_room_there_is_nothing():
    assert drawn(0, 5) == []
    assert drawn(5, 0) == []


def test_of_a_long_sentence_the_first_word_stays_in_sight_and_the_foot_says_what_is_seen():
    for t in (0, 30, 59):
        rows = texts(drawn(58, 12, FADING, trace=LONG, t=t))
        assert [row[0] for row in rows].count("▸") == 1
        assert rows[1].startswith(" kick" if t else "▸kick")
        assert len(rows) == 12
    assert rows[1].split()[-1] == "<1%"
    assert rows[-1].rstrip() == " words 1 and 52–60 down, 50–60 across, of 60"


def test_where_only_rows_or_only_columns_are_missing_the_foot_says_so():
    ten = trace_of(model(), " ".join(["kick", "and", "dog"] * 3))
    measured = memory(ten)

    assert texts(drawn(100, 6, measured, trace=ten, t=8))[-1].rstrip() == " words 1 and 7–9 of 9"
    assert texts(drawn(30, 20, measured, trace=ten, t=8))[-1].rstrip() == " words across: 4–9 of 9"


def test_one_word_and_one_unit():
    trace = trace_of(build(hidden=1), "dog")
    rows = texts(drawn(30, 2, memory(trace), trace=trace))

    assert rows[1].startswith("▸dog")
    assert rows[1].endswith("100% ")


def test_what_is_no_number_is_a_question_mark_and_of_nothing_no_share_is_said():
    lost = Memory(np.array([[0.0, np.nan], [0.0, np.inf]]))
    trace = trace_of(model(), "kick dog")

    rows = texts(drawn(40, 3, lost, trace=trace, t=1))
    assert rows[1].split() == ["kick", "0.00", "?"]
    assert rows[2].split() == ["▸dog", "∞"]


@pytest.mark.parametrize(
    ("grown", "said"), [(9.99, "999%"), (12.0, "×12"), (9999.4, "×9999"), (1e5, "×1e5"), (3e300, "×3e300")]
)
def test_what_has_grown_many_times_is_said_in_few_characters(grown, said):
    measured = Memory(np.array([[1.0, grown], [0.0, 1.0]]))
    trace = trace_of(model(), "kick dog")

    assert texts(drawn(40, 3, measured, trace=trace, t=1))[1].split()[-1] == said


def test_several_pictures_have_one_scale():
    weak = Memory(MEASURED.influence / 4)
    scale = shared_scale(weak, MEASURED)

    assert scale == {"scale": 2.0}
    rows = draw(weak, view_of(TRACE, t=2), 18, 4, PLAIN, **scale)
    assert texts(rows)[1].split() == ["kick", "2", "1", "1"]
    assert shared_scale(Memory(np.full((1, 1), np.nan))) == {"scale": 1.0}


def test_nasty_words_stay_in_their_columns():
    trace = trace_of(build(words=("<unk>", *NASTY.split())), NASTY)
    for width, height in SIZES:
        rows = drawn(width, height, memory(trace), COLOURED, trace, t=2)
        assert not obeyed(rows)
        assert widths(rows) == {width}


def test_a_click_goes_to_the_word_of_the_column_or_of_the_name():
    view = view_of(TRACE, t=2)
    laid = grid(view, 35, 4)

    for word in range(3):
        x = laid.x + laid.cell * word
        assert pick_at(MEASURED, view, 35, 4, x, 1) == WordPick(word)
        assert pick_at(MEASURED, view, 35, 4, x + laid.cell - 1, 3) == WordPick(word)
        assert pick_at(MEASURED, view, 35, 4, 1, word + 1) == WordPick(word)
    assert pick_at(MEASURED, view, 35, 4, 1, 0) is None
    assert pick_at(MEASURED, view, 35, 4, laid.x + 3 * laid.cell, 2) is None


def test_a_click_in_a_long_sentence_counts_the_row_of_the_first_word():
    view = view_of(LONG, t=59)

    assert pick_at(FADING, view, 58, 12, 1, 1) == WordPick(0)
    assert pick_at(FADING, view, 58, 12, 1, 2) == WordPick(51)
    assert pick_at(FADING, view, 58, 12, 1, 10) == WordPick(59)
    assert pick_at(FADING, view, 58, 12, 1, 11) is None
    assert pick_at(FADING, view, 58, 12, 7, 5) == WordPick(49)


def test_a_thousand_words_are_drawn_as_fast_as_sixty():
    many = trace_of(model(), " ".join(["kick", "and", "dog"] * 334))
    took = {}
    for trace, found in ((LONG, FADING), (many, Memory(np.triu(np.ones((1002, 1002)))))):
        view, scale = view_of(trace, t=59), shared_scale(found)
        draw(found, view, 114, 26, PLAIN, **scale)
        start = time.process_time()
        for _ in range(5):
            draw(found, view, 114, 26, PLAIN, **scale)
        took[len(trace)] = time.process_time() - start

    assert took[1002] < 3 * took[60]


def test_the_panel_has_a_title_and_plain_words():
    record = lens("memory")
    assert record.asked_of("character") == "How long is each character remembered?"
    assert record.shows == "how far off the memory would be without it"
