import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.pictures.prose import prose, wrapped
from rnn_tui.pictures.rows import text_of, width_of
from rnn_tui.story import Span
from tests.pictures.views import COLOURED, PLAIN, texts


def test_a_line_is_broken_at_spaces():
    assert texts(wrapped((Span("Verb had 0.60 from before."),), 14, PLAIN)) == ["Verb had 0.60", "from before."]


def test_roles_that_touch_make_one_word_and_keep_their_styles():
    line = (Span("It pushes "), Span("verb", "strong"), Span(" (+0.90)", "positive"), Span("."))

    (row,) = wrapped(line, 40, COLOURED)
    first, second = wrapped(line, 16, COLOURED)

    assert text_of(row) == "It pushes verb (+0.90)."
    assert {segment.text: segment.style for segment in row}["(+0.90)"] == COLOURED.positive
    assert (text_of(first), text_of(second)) == ("It pushes verb", "(+0.90).")


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = [(Span("one two three"),), (Span("four"),)]

    assert texts(prose(lines, 13, 2, PLAIN)) == ["one two three", "four"]
    assert texts(prose(lines, 13, 1, PLAIN)) == ["one two thr …"]
    assert texts(prose(lines, 7, 1, PLAIN)) == ["one t …"]


def test_a_word_that_is_too_long_for_a_row_is_cut():
    assert texts(wrapped((Span("a screaming b"),), 5, PLAIN)) == ["a", "scre…", "b"]


def test_nothing_fits_into_no_height():
    assert prose([(Span("one"),)], 10, 0, PLAIN) == []


@pytest.mark.parametrize("text", ["“日本語” brings +0.90", "e\u0301e\u0301 [red]x[/]", "   spaces   all   around   "])
@given(width=st.integers(2, 40), height=st.integers(0, 4))
def test_no_row_is_wider_than_was_asked_for(text, width, height):
    rows = prose([(Span(text, "word"), Span(text, "strong"))] * 2, width, height, COLOURED)

    assert len(rows) <= height
    assert all(width_of(row) <= width for row in rows)
