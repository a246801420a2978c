from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.network.tokens import CharacterTokenizer
from rnn_tui.pictures.ribbon import laid_out, number_curve, offset, ribbon
from rnn_tui.pictures.rows import text_of, width_of
from tests.builders import build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths


def drawn(view, width, palette=PLAIN):
    return ribbon(view, laid_out(view.trace), width, palette)


def test_the_sentence_stands_in_the_middle_with_a_dot_a_word():
    assert texts(drawn(view_of(t=0), 30)) == [
        "      kick    and    dog      ",
        "        ◉──────○──────○       ",
    ]


def test_what_has_been_read_is_joined_by_a_heavy_line():
    assert texts(drawn(view_of(t=1), 30))[1] == "        ●━━━━━━◉──────○       "
    assert texts(drawn(view_of(t=2), 30))[1] == "        ●━━━━━━●━━━━━━◉       "


def test_the_current_word_has_the_badge():
    styles = {segment.text: segment.style for segment in drawn(view_of(t=1), 30, COLOURED)[0]}

    assert styles[" and "] == COLOURED.badge
    assert styles[" kick "] == COLOURED.text
    assert styles[" dog "] == COLOURED.muted


def test_one_word_stands_alone():
    assert texts(drawn(view_of(text="dog"), 11)) == ["    dog    ", "     ◉     "]


def test_an_unknown_word_has_a_question_mark_and_the_colour_of_a_warning():
    view = view_of(text="kick meh dog")

    words, _ = drawn(view, 30, COLOURED)

    assert "meh?" in text_of(words)
    assert {segment.text: segment.style for segment in words}[" meh? "] == COLOURED.negative


def test_a_very_long_word_is_cut_and_still_says_that_it_is_unknown():
    words = texts(drawn(view_of(text="x" * 500), 60))[0]

    assert words.strip() == "x" * 23 + "…?"


LONG = " ".join(["kick", "and", "dog"] * 20)


def test_a_long_sentence_scrolls_with_the_position_and_says_that_there_is_more():
    start, middle, end = (texts(drawn(view_of(text=LONG, t=t), 40)) for t in (0, 30, 59))

    assert start[0].startswith(" kick ")
    assert (start[0][-1], start[1][-1]) == ("›", "›")
    assert (middle[0][0], middle[0][-1]) == ("‹", "›")
    assert end[0][0] == "‹"
    assert end[0].endswith(" dog ")


def test_a_last_word_that_is_cut_is_said_to_go_on():
    view = view_of(text="kick and dog", t=0)
    width = laid_out(view.trace).width - 1

    assert texts(drawn(view, width))[0].endswith("do›")


@given(st.integers(0, 59), st.integers(10, 80))
def test_the_current_word_is_always_visible_as_a_whole(t, width):
    view = view_of(LONG_TRACE, t=t)

    assert f" {view.trace.tokens[t].surface} " in f" {texts(drawn(view, width))[0].strip('‹›')} "


LONG_TRACE = trace_of(model(), LONG)


@given(
    text=st.one_of(st.just(NASTY), st.text(min_size=1, max_size=40), st.text("日e\u0301 👩\u202e[]", min_size=1)),
    width=st.integers(1, 90),
    place=st.floats(0, 1),
)
def test_the_rows_are_as_wide_as_was_asked_for_whatever_the_words(text, width, place):
    trace = trace_of(model(), f"x {text}")
    view = view_of(trace, t=round(place * (len(trace) - 1)))

    rows = drawn(view, width)

    assert widths(rows) == {width}
    assert not obeyed(rows)


def test_every_dot_stands_below_its_word():
    view = view_of(text="日本語 kick e\u0301te\u0301", t=0)
    laid = laid_out(view.trace)

    _, line = drawn(view, laid.width)

    cells = text_of(line)
    dots = [cell for cell, character in enumerate(cells) if character in "●◉○"]
    assert [laid.word_at(cell) for cell in dots] == [0, 1, 2]


@pytest.mark.parametrize("width", [20, 40, 400])
def test_a_click_finds_the_word_that_is_drawn_there(width):
    view = view_of(text=LONG, t=25)
    laid = laid_out(view.trace)
    words = texts(drawn(view, width))[0]

    for t in (0, 24, 25, 26, 59):
        cell = laid.starts[t] + 1 - offset(laid, 25, width)
        if 1 <= cell < width - 5:
            assert words[cell:].startswith(view.trace.tokens[t].surface)
            assert laid.word_at(cell + offset(laid, 25, width)) == t


def test_between_and_beside_words_there_is_none():
    laid = laid_out(trace_of(model(), "kick dog"))

    # " kick " covers 0 to 5, " dog " 8 to 12
    assert [laid.word_at(cell) for cell in (-1, 0, 5, 6, 7, 8, 12, 13)] == [None, 0, 0, None, None, 1, 1, None]


def test_characters_stand_closer_than_words():
    spelled = build(inputs="embedding", words=("<unk>", *"abc"))
    object.__setattr__(spelled, "tokenizer", CharacterTokenizer())

    assert texts(drawn(view_of(trace_of(spelled, "abc")), 9))[0] == " a  b  c "


class Watched(tuple):
    """Labels that remember which of them were looked at."""

    seen = frozenset()

    def __getitem__(self, index):
        self.seen |= {index}
        return super().__getitem__(index)


def test_of_ten_thousand_words_only_the_visible_ones_are_drawn():
    trace = trace_of(model(), " ".join(["kick", "and"] * 5000))
    view, laid = view_of(trace, t=7000), laid_out(trace)
    laid = replace(laid, labels=Watched(laid.labels))

    ribbon(view, laid, 100, PLAIN)

    assert 7000 in laid.labels.seen
    assert len(laid.labels.seen) < 20


def test_numbers_are_a_curve_with_the_current_one_marked():
    trace = trace_of(build(inputs="number"), "0 1 20 3 4 5 6 7")
    view, laid = view_of(trace, t=3), laid_out(trace)

    row = number_curve(view, laid, 50, COLOURED)

    assert text_of(row).split() == ["▁", "▁", "██", "▂", "▂", "▃", "▃", "▃"]
    assert [segment.text for segment in row if segment.style == COLOURED.accent] == ["▂"]
    words = text_of(ribbon(view, laid, 50, COLOURED)[0])
    assert [at for at, cell in enumerate(words) if cell != " "] == [
        at for at, cell in enumerate(text_of(row)) if cell != " "
    ]


def test_numbers_that_are_all_the_same_are_a_flat_curve():
    trace = trace_of(build(inputs="number"), "2 2 2")
    assert text_of(number_curve(view_of(trace), laid_out(trace), 40, PLAIN)).split() == ["▁"] * 3


@given(st.integers(0, 99), st.integers(1, 60))
def test_a_long_curve_scrolls_and_keeps_its_width(t, width):
    row = number_curve(view_of(NUMBERS, t=t), laid_out(NUMBERS), width, COLOURED)

    assert width_of(row) == width
    assert sum(segment.style == COLOURED.accent for segment in row) == 1


NUMBERS = trace_of(build(inputs="number"), " ".join(str(n % 7) for n in range(100)))
