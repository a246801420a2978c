import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.pictures.reading import index_of, reading
from rnn_tui.pictures.rows import width_of
from rnn_tui.shelf import load
from rnn_tui.text import number
from tests.builders import INPUT_KINDS, build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, obeyed, texts, view_of


def test_a_one_hot_word_has_its_place():
    rows = texts(reading(view_of(t=2), 10, 7, PLAIN))

    assert [row.strip() for row in rows] == ["dog", "place 2", "of 3", "", "· 1 ·"]
    assert index_of(view_of(t=2)) == ["place 2 of 3"]


def test_an_unknown_one_hot_word_without_a_stand_in_is_all_zeros():
    rows = texts(reading(view_of(text="meh"), 14, 7, PLAIN))

    assert [row.strip() for row in rows] == ["meh", "unknown", "→ zeros", "", "0 0 0 …"]


def test_an_unknown_word_says_what_it_is_read_as():
    trace = trace_of(build(inputs="embedding"), "meh")

    assert index_of(view_of(trace)) == ["unknown → <unk>", "5 numbers stand for it"]
    assert index_of(view_of(trace), 10) == ["unknown", "→ <unk>", "5 numbers", "for it"]


def test_an_embedding_is_a_bar_a_number_and_no_place():
    trace = trace_of(build(inputs="embedding"), "the dog")
    rows = texts(reading(view_of(trace, t=1), 30, 12, PLAIN))

    x = trace[1].x
    assert [row.strip() for row in rows[:2]] == ["dog", "5 numbers stand for it"]
    assert [row.split()[0] for row in rows[2:]] == ["1", "2", "3", "4", "5"]
    assert [row.split()[-1].replace("−", "-") for row in rows[2:]] == [f"{value:+.2f}" for value in x]
    assert "place" not in " ".join(rows)


DOG = ["   █", "▄▀▀█ ▄▀▀▄ ▄▀▀█", "▀▄▄█ ▀▄▄▀ ▀▄▄█", "          ▄▄▄▀"]


def test_where_there_is_room_the_word_stands_large():
    trace = trace_of(build(inputs="embedding"), "the dog")
    rows = [row.rstrip() for row in texts(reading(view_of(trace, t=1), 76, 7, PLAIN))]

    assert rows[:4] == DOG
    assert rows[4:6] == ["", "5 numbers stand for it"]
    assert rows[6].split() == [number(float(value)) for value in trace[1].x]


def test_in_a_narrow_panel_the_word_stands_in_a_block_while_it_is_read():
    trace = trace_of(build(inputs="embedding"), "the dog")
    rows = reading(view_of(trace, t=1), 30, 14, COLOURED)

    assert [row.strip() for row in texts(rows)[:4]] == ["", "dog", "", "5 numbers stand for it"]
    assert {segment.style.color for row in rows[:3] for segment in row} == {COLOURED.badge.color}
    done = reading(view_of(trace, t=1, phase="add"), 30, 14, COLOURED)
    assert {segment.style.color for row in done[:3] for segment in row} == {COLOURED.strong.color}


def test_in_few_rows_the_large_word_has_what_is_said_beside_it():
    trace = trace_of(build(inputs="embedding"), "the dog")
    rows = [row.rstrip() for row in texts(reading(view_of(trace, t=1), 76, 5, PLAIN))]

    assert rows[:4] == [*DOG[:2], f"{DOG[2]}   5 numbers stand for it", DOG[3]]
    assert len(rows) == 5


def test_in_too_few_rows_the_numbers_come_before_a_large_word():
    trace = trace_of(build(inputs="embedding"), "the dog")
    rows = [row.rstrip() for row in texts(reading(view_of(trace, t=1), 76, 4, PLAIN))]

    assert [row.strip() for row in rows[:2]] == ["dog", "5 numbers stand for it"]
    assert rows[2].split() == [number(float(value)) for value in trace[1].x]


def test_a_one_hot_word_is_large_too_with_its_place_and_its_one():
    rows = [row.rstrip() for row in texts(reading(view_of(t=2), 76, 7, PLAIN))]

    assert rows == [*DOG, "", "place 2 of 3", "· 1 ·"]


@pytest.mark.parametrize("word", ["naïve", "日本語", "x" * 30])
def test_a_word_that_does_not_fit_or_that_has_other_letters_is_not_large(word):
    trace = trace_of(build(inputs="embedding"), word)
    rows = texts(reading(view_of(trace), 76, 7, PLAIN))

    assert rows[0].replace(" ", "") == word


def test_with_many_rows_every_number_has_its_bar_under_the_large_word():
    trace = trace_of(build(inputs="embedding"), "the dog")
    rows = [row.rstrip() for row in texts(reading(view_of(trace, t=1), 76, 14, PLAIN))]

    assert rows[:4] == DOG
    assert [row.split()[0] for row in rows[6:]] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("notation", [False, True])
def test_reading_has_no_notation(notation):
    trace = trace_of(build(inputs="embedding"), "the dog")
    for width in (10, 76):
        rows = " ".join(texts(reading(view_of(trace, scene={"notation": notation}), width, 9, PLAIN)))
        assert "x" not in rows.split()


def test_the_bars_of_an_embedding_have_one_scale_for_the_sentence():
    trace = trace_of(build(inputs="embedding"), "the dog slept")
    view = view_of(trace)

    assert view.input_scale == max(abs(step.x).max() for step in trace)
    assert [view_of(trace, t=t).input_scale for t in range(3)] == [view.input_scale] * 3


def test_what_has_no_room_is_counted():
    trace = trace_of(build(inputs="embedding"), "the")

    assert texts(reading(view_of(trace), 30, 5, PLAIN))[-1].strip() == "… 3 more"
    assert len(reading(view_of(trace), 30, 4, PLAIN)) == 4


@pytest.mark.parametrize(("width", "height"), [(40, 3), (40, 4), (60, 3), (76, 3), (78, 3)])
def test_numbers_in_lines_that_have_no_room_are_counted(width, height):
    view = view_of(trace_of(load("names"), "^M"), 1)  # 12 numbers a character
    shown = "\n".join(texts(reading(view, width, height, PLAIN)))
    figures = len(re.findall(r"[+−]\d\.\d\d|\b0\.00", shown))
    (more,) = re.findall(r"… (\d+) more", shown)
    assert figures + int(more) == 12


def test_where_it_is_narrow_there_are_the_figures_alone():
    trace = trace_of(build(inputs="embedding"), "the")

    assert all("│" not in row for row in texts(reading(view_of(trace), 12, 9, PLAIN)))


def test_a_number_is_scaled():
    trace = trace_of(build(inputs="number"), "1.5 −2")
    rows = texts(reading(view_of(trace), 20, 6, PLAIN))

    assert [row.strip() for row in rows[:2]] == ["1.5", "scaled"]
    assert rows[2].split()[-1] == "+0.50"  # (1.5 − 0.5) / 2
    assert index_of(view_of(trace)) == ["less 0.5, divided by 2"]


@given(
    inputs=st.sampled_from(INPUT_KINDS),
    text=st.one_of(st.just(NASTY), st.text(min_size=1, max_size=20)),
    width=st.integers(4, 90),
    height=st.integers(1, 20),
)
def test_no_row_is_wider_than_was_asked_for_whatever_the_word(inputs, text, width, height):
    trace = trace_of(_MODELS[inputs], "1 2" if inputs == "number" else f"x {text}")
    rows = reading(view_of(trace, t=1 if len(trace) > 1 else 0), width, height, COLOURED)

    assert all(width_of(row) <= max(width, 9) for row in rows)
    assert not obeyed(rows)


_MODELS = {inputs: build(inputs=inputs) for inputs in INPUT_KINDS}
