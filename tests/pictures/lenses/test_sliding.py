"""The curve of a sliding word."""

from __future__ import annotations

import numpy as np
from rich.segment import Segment

from rnn_tui.pictures.lenses.sliding import columns, sentence, sliding
from rnn_tui.pictures.rows import text_of
from tests.builders import trace_of
from tests.pictures.views import COLOURED, PLAIN, model, texts, view_of, widths

HEAD = [Segment("head")]
P = np.array([0.0, 0.5, 1.0])


def test_columns_reach_from_0_to_100_per_cent():
    assert texts(sliding(P, HEAD, view_of(t=1), 20, 6, PLAIN)) == [
        "head                ",
        "100%           ████ ",
        " 50% ┈┈┈┈┈▄▄▄▄┈████┈",
        "  0% ▁▁▁▁ ████ ████ ",
        "      1    ▲2   3   ",
        "      0%  50%  100% ",
    ]


def test_the_place_of_the_word_is_marked_by_colour_and_glyph():
    rows = sliding(P, HEAD, view_of(t=1), 20, 6, COLOURED)

    marked = [segment.text for segment in rows[3] if segment.style == COLOURED.answer]
    assert marked == ["████"]
    assert "▲2" in text_of(rows[-2])


def test_the_sentence_is_shown_with_the_word_at_its_place():
    for place, said in enumerate([" dog kick and", " kick dog and", " kick and dog"]):
        assert text_of(sentence(view_of(t=2), place, 20, PLAIN)).rstrip() == said


def test_a_long_sentence_is_shown_around_the_word():
    trace = trace_of(model(), "and " * 30 + "kick " + "and " * 30)
    for place in (0, 20, 60):
        row = sentence(view_of(trace, t=30), place, 24, PLAIN)
        assert widths([row]) == {24}
        assert "kick" in text_of(row)


def test_more_places_than_cells_follow_the_word():
    trace = trace_of(model(), "and " * 200)
    for slid in (None, 0, 100, 199):
        shown = columns(view_of(trace, t=50, slid=slid), 40)
        assert (50 if slid is None else slid) in shown.timesteps
        assert shown.count == 35
        assert shown.timestep_at(4) is None
        assert shown.timestep_at(5) == shown.first
        assert shown.timestep_at(40) is None


def test_even_one_row_is_drawn():
    for height in (1, 2, 3):
        rows = sliding(P, HEAD, view_of(slid=1), 20, height, PLAIN)
        assert len(rows) == height
        assert widths(rows) == {20}
