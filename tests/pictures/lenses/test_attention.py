"""The picture of the attention lens: weights that grow as the sentence is read, and the two answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.lenses import lens
from rnn_tui.lenses.attention import attention
from rnn_tui.pictures.lenses.attention import draw, pick_at
from rnn_tui.pictures.picks import WordPick
from tests.builders import build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, obeyed, texts, view_of, widths

TRACE = trace_of(build(readout="attention"))
MEASURED = attention(TRACE)
LONG = trace_of(build(readout="attention"), "the dog and the cat slept " * 10)
SIZES = [(1, 1), (3, 2), (12, 3), (30, 4), (46, 7), (58, 10), (74, 12), (114, 24), (188, 48)]


def drawn(width, height, measured=MEASURED, palette=PLAIN, trace=TRACE, **fields):
    return draw(measured, view_of(trace, **fields), width, height, palette)


def test_the_words_that_were_read_have_weights_and_the_answers_stand_beside_them():
    assert texts(drawn(50, 7, t=2)) == [
        "        looks back            with attention      ",
        " the    ██▍              15%  Negative ██     39% ",
        " dog    ████████████     80%  Positive ███    61% ",
        "▸barked ▊                 5%  last state alone    ",
        " and                          Negative ███▎   65% ",
        " slept                        Positive █▊     35% ",
        "                                                  ",
    ]


def test_numbers_are_not_called_words():
    trace = trace_of(build(readout="attention", inputs="number"))
    rows = texts(drawn(120, 12, attention(trace), trace=trace, t=2))

    assert "how much it looks back at each number" in rows[0]


def test_the_first_word_gets_all_of_the_weight():
    rows = texts(drawn(50, 7, t=0))

    assert rows[1].split()[:3] == ["▸the", "███████████████", "100%"]
    assert rows[2][:27].split() == ["dog"]


def test_with_room_bars_are_thick():
    rows = texts(drawn(50, 20, t=4))

    assert [row[:14].rstrip() for row in rows[1:4]] == [" the    █", "        █", ""]
    assert [row[30:45].rstrip() for row in rows[1:4]] == ["Negative █▊", "         █▊", "         █▊"]


def test_without_room_the_weights_come_first():
    assert texts(drawn(30, 4, t=4)) == [
        "       looks back             ",
        " and   █████▋             33% ",
        "▸slept ████▎              25% ",
        " words 4–5 of 5               ",
    ]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("hidden", [False, True])
def test_every_row_is_as_wide_as_the_panel(width, height, hidden):
    for trace in (TRACE, LONG):
        for t in (0, len(trace) - 1):
            rows = drawn(width, height, attention(trace), COLOURED, trace, t=t, scene={"hidden": hidden})
            assert widths(rows) == {width}
            assert len(rows) <= height


def test_many_labels_show_the_most_probable():
    trace = trace_of(build(readout="attention", labels=tuple(f"label{place}" for place in range(12))))
    measured = attention(trace)
    rows = texts(drawn(60, 7, measured, trace=trace, t=4))

    best = int(measured.probs_attention.argmax())
    assert rows[1][-25:].split()[0] == f"label{best}"
    assert sum("label" in row for row in rows) == 4


def test_covered_answers_are_not_given_away():
    rows = texts(drawn(50, 7, t=2, scene={"hidden": True}))

    assert [row[30:].rstrip() for row in rows[1:3]] == ["Negative ?", "Positive ?"]


def test_what_is_no_number_is_a_question_mark():
    lost = replace(MEASURED, scores=np.full(5, np.nan), with_attention=np.full((5, 2), np.nan))

    said = texts(drawn(50, 7, lost, t=1))
    assert said[1].split()[:3] == ["the", "?", "?"]
    assert "?" in said[1][30:]


def test_one_word_and_one_unit():
    trace = trace_of(build("gru", None, "attention", hidden=1), "dog")

    assert "100%" in texts(drawn(46, 7, attention(trace), trace=trace))[1]


def test_nasty_words_and_labels_stay_in_their_columns():
    trace = trace_of(build(readout="attention", words=("<unk>", *NASTY.split()), labels=(NASTY, "b")), NASTY)
    rows = drawn(46, 7, attention(trace), COLOURED, trace, t=3)

    assert not obeyed(rows)
    assert widths(rows) == {46}


def test_the_current_word_has_its_background_and_a_click_goes_to_a_word():
    rows = drawn(50, 7, palette=COLOURED, t=1)

    assert {segment.style.bgcolor for segment in rows[2][:3]} == {COLOURED.picked.bgcolor}
    view = view_of(TRACE, t=1)
    assert pick_at(MEASURED, view, 50, 7, 4, 3) == WordPick(2)
    assert pick_at(MEASURED, view, 50, 7, 4, 0) is None
    assert pick_at(MEASURED, view, 50, 7, 40, 3) is None


def test_the_panel_has_a_title_and_plain_words():
    record = lens("attention")
    assert record.asked_of("word") == "Where does the answer look back to?"
    assert record.shows == "how it shares out its look"
