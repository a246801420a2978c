"""The picture of the path."""

from __future__ import annotations

import time

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.path import path
from rnn_tui.pictures.lenses.path import HERE, START, draw, pick_at
from rnn_tui.pictures.picks import WordPick
from tests.builders import build, trace_of, wired
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths

SIZES = [(48, 9), (46, 7), (60, 12), (76, 14), (116, 26), (190, 50), (16, 3), (17, 20)]


@pytest.fixture(scope="module")
def kicking():
    return trace_of(shelf.load("kicking-and-screaming"))


def drawn(trace, width=48, height=9, t=0, **scene):
    return texts(draw(path(trace), view_of(trace, t, scene=scene), width, height, PLAIN))


def test_a_small_case_as_a_whole():
    # given one unit that a word pushes up and one that another word pushes up, without squashing
    given = wired([[1.0, 0.0], [0.0, 1.0]], activation="identity", words=("one", "two"), fc=[[1, 0], [0, 1]])
    assert drawn(trace_of(given, "one two two"), 40, 8, t=1) == SMALL


SMALL = [
    "                            ⢀⣠⡴⠞⠋⠁      ",
    "         one⢠○⠤⣀⡀       ⢀⣠⡴⠞⠋⠁          ",
    "           ⢀⠎   ⠈⠉⠒⠢⢤◉⡴ ◐ two           ",
    "           ⡨    ⢀⣠⡴⠞⠋⠁⠈⠁⠑⠒⠤⣀⡀           ",
    "          ⢠⠃⢀⣠⡴⠞⠋⠁          ⠈· two      ",
    "        ⢀⣠◇⠞⠋⠁                          ",
    "    ⢀⣠⡴⠞⠋⠁ start                        ",
    " map 100%        ○ Negative  ● Positive ",
]


def test_the_current_word_and_the_start_are_marked(kicking):
    shown = "\n".join(drawn(kicking, t=1))
    assert START in shown
    assert "start" in shown
    assert shown.count(HERE) == 1
    assert " and " in shown


def test_the_current_word_is_named_in_any_case():
    trace = trace_of(build(hidden=4), "the dog barked and slept " * 8)
    for t in range(len(trace)):
        rows = draw(path(trace), view_of(trace, t), 30, 6, COLOURED)
        named = [segment.text.strip() for row in rows for segment in row if segment.style == COLOURED.badge]
        side = "●" if path(trace).boundary.margin[t + 1] > 0 else "○"
        assert named == [f"{side} {trace.tokens[t].surface}"], t


@pytest.mark.parametrize("size", [(46, 7), (78, 14), (98, 20)])
def test_the_sides_are_named_at_the_foot_and_not_among_the_points(kicking, size):
    *rows, foot = drawn(kicking, *size, t=2)
    assert foot.rstrip().endswith("○ Negative  ● Positive")
    assert not any(label in row for row in rows for label in ("Negative", "Positive"))


def test_sides_carry_the_labels_and_points_their_answer(kicking):
    shown = "\n".join(drawn(kicking, 76, 14, t=2))
    assert "○ Negative" in shown
    assert "● Positive" in shown
    assert drawn(kicking, 76, 14, t=2)[-1].split(" · ")[1].strip().startswith("dashed")


def test_hidden_names_no_side(kicking):
    shown = "\n".join(drawn(kicking, 76, 14, t=2, hidden=True))
    assert "Negative" not in shown
    assert "Positive" not in shown
    assert "○" not in shown  # every mark is the same
    rows = draw(path(kicking), view_of(kicking, 2, scene={"hidden": True}), 76, 14, COLOURED)
    styles = {segment.style.color for row in rows for segment in row if segment.style is not None}
    assert not styles & {COLOURED.positive.color, COLOURED.negative.color}


def test_an_exact_line_is_whole_and_said_to_be_exact():
    trace = trace_of(shelf.load("sentiment"), "not bad")
    measured = path(trace)
    assert measured.exact
    assert "exact" in texts(draw(measured, view_of(trace, 1), 60, 12, PLAIN))[-1]


def test_how_much_of_the_movement_is_seen(kicking):
    assert drawn(kicking, 60)[-1].strip().startswith("map: >99% of the movement")
    assert drawn(kicking, 110)[-1].strip().startswith("the map shows >99% of the movement · ")


def test_directions_are_to_scale():
    """A right angle is one on the screen: a cell is twice as high as wide, and so are its dots."""
    given = wired([[6.0, 0.0], [0.0, 6.0]], activation="identity", words=("one", "two"), labels=("A",), fc=[[1, 1]])
    trace = trace_of(given, "one two")
    measured = path(trace)
    view = view_of(trace, 1)
    rows = texts(draw(measured, view, 80, 24, PLAIN))
    cells = {}
    for glyph in (START, HERE):
        cells[glyph] = next((row.index(glyph) / 2, y) for y, row in enumerate(rows) if glyph in row)
    middle = next((row.index("●") / 2, y) for y, row in enumerate(rows) if "●" in row)
    first, second = np.subtract(cells[START], middle), np.subtract(cells[HERE], middle)
    assert np.linalg.norm(first) == pytest.approx(np.linalg.norm(second), rel=0.1)
    assert abs(first @ second) < 0.1 * np.linalg.norm(first) * np.linalg.norm(second)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_widths_are_exact(kicking, width, height):
    for t in range(3):
        rows = draw(path(kicking), view_of(kicking, t), width, height, PLAIN)
        assert widths(rows) == {width}
        assert len(rows) == height


@pytest.mark.parametrize(("width", "height"), [(1, 1), (15, 9), (40, 2), (3, 0)])
def test_too_little_room_is_said(kicking, width, height):
    rows = draw(path(kicking), view_of(kicking), width, height, PLAIN)
    assert len(rows) <= height
    assert widths(rows) <= {width}
    assert pick_at(path(kicking), view_of(kicking), width, height, 1, 0) is None


def test_one_unit_one_word():
    trace = trace_of(build(hidden=1), "dog")
    assert any(" dog " in row for row in drawn(trace))


def test_what_never_moves():
    rows = drawn(trace_of(build(scale=0.0)))
    assert "the point never moves" in rows[-1]


@pytest.mark.parametrize("t", [0, 39])
def test_numbers_beyond_all_bounds(t):
    trace = trace_of(build(activation="identity", scale=1e20, hidden=2), "the dog " * 20)
    rows = draw(path(trace), view_of(trace, t), 60, 10, PLAIN)
    assert widths(rows) == {60}
    assert ("beyond all bounds" in texts(rows)[-1]) == (t == 39)


def test_foreign_text_is_shown_and_not_obeyed():
    trace = trace_of(model(labels=(NASTY, "[b]x")), NASTY)
    for t in range(len(trace)):
        rows = draw(path(trace), view_of(trace, t), 60, 12, PLAIN)
        assert not obeyed(rows)
        assert widths(rows) == {60}


def test_a_click_on_a_point_or_its_name_goes_to_the_word(kicking):
    measured, view = path(kicking), view_of(kicking, 2)
    rows = texts(draw(measured, view, 60, 12, PLAIN))
    for word, number in (("Kicking", 1), ("screaming", 3)):
        y = next(y for y, row in enumerate(rows) if word in row)
        assert pick_at(measured, view, 60, 12, rows[y].index(word) + 2, y) == WordPick(number - 1)
    y = next(y for y, row in enumerate(rows) if HERE in row)
    assert pick_at(measured, view, 60, 12, rows[y].index(HERE), y) == WordPick(2)
    assert pick_at(measured, view, 60, 12, rows[y].index(HERE) + 1, y) == WordPick(2)  # near is enough


def test_a_click_into_the_blue_or_the_foot_means_nothing(kicking):
    measured, view = path(kicking), view_of(kicking, 0)
    assert pick_at(measured, view, 120, 30, 1, 28) is None
    assert pick_at(measured, view, 120, 30, 5, 29) is None


def test_a_thousand_words_draw_as_quickly_as_they_must():
    trace = trace_of(build(hidden=4, inputs="embedding"), "the dog barked and slept " * 200)
    measured, view = path(trace), view_of(trace, 700)
    draw(measured, view, 116, 26, PLAIN)
    began = time.process_time()
    draw(measured, view, 116, 26, PLAIN)
    assert time.process_time() - began < 0.1
