"""The canvas of braille dots."""

from __future__ import annotations

import numpy as np
import pytest
from rich.style import Style

from rnn_tui.pictures.lenses.canvas import Canvas, Trail, rounded
from tests.pictures.views import texts, widths

RED, BLUE = Style(color="red"), Style(color="blue")


def test_each_dot_has_its_place():
    canvas = Canvas(2, 1)
    canvas.dots(np.array([0, 1, 0, 3]), np.array([0, 1, 3, 2]), RED)
    assert texts(canvas.rows()) == ["⡑⠠"]


def test_what_is_outside_is_not_drawn():
    canvas = Canvas(1, 1)
    canvas.dots(np.array([-1, 2, 0, 0]), np.array([0, 0, -1, 4]), RED)
    assert texts(canvas.rows()) == [" "]


def test_lines_have_no_holes():
    canvas = Canvas(3, 1)
    trail = Trail.through(np.array([5.0, 0.0, 0.0, 5.0]), np.array([0.0, 0.0, 3.0, 3.0]))
    trail.draw(canvas, 0, 3, RED)
    assert texts(canvas.rows()) == ["⣏⣉⣉"]


def test_lines_are_drawn_one_by_one():
    trail = Trail.through(np.array([5.0, 0.0, 0.0, 5.0]), np.array([0.0, 0.0, 3.0, 3.0]))
    shown = []
    for first, last in ((0, 1), (1, 3), (3, 9)):
        canvas = Canvas(3, 1)
        trail.draw(canvas, first, last, RED)
        shown += texts(canvas.rows())
    assert shown == ["⠉⠉⠉", "⣇⣀⣀", "   "]


@pytest.mark.parametrize("points", [[], [0.0]])
def test_a_line_of_one_point_is_nothing(points):
    canvas = Canvas(1, 1)
    Trail.through(np.array(points), np.array(points)).draw(canvas, 0, 1, RED)
    assert texts(canvas.rows()) == [" "]


def test_the_last_style_wins():
    canvas = Canvas(2, 1)
    canvas.dots(np.array([0, 2]), np.array([0, 0]), RED)
    canvas.dots(np.array([1]), np.array([0]), BLUE)
    assert [(segment.text, segment.style) for segment in canvas.rows()[0]] == [("⠉", BLUE), ("⠁", RED)]


def test_text_hides_dots_and_is_cut_at_the_edge():
    canvas = Canvas(4, 1)
    canvas.dots(np.arange(8), np.zeros(8, int), RED)
    canvas.text(2, 0, "word", BLUE)
    canvas.text(-1, 0, "xy", BLUE)
    assert texts(canvas.rows()) == ["y⠉wo"]


def test_wide_and_combining_characters_keep_the_columns():
    canvas = Canvas(6, 1)
    canvas.text(0, 0, "日e\u0301本", BLUE)
    assert texts(canvas.rows()) == ["日e\u0301本 "]
    assert widths(canvas.rows()) == {6}


def test_half_of_a_wide_character_is_not_drawn():
    canvas = Canvas(2, 1)
    canvas.text(1, 0, "日", BLUE)
    assert texts(canvas.rows()) == ["  "]


def test_free_and_apart():
    canvas = Canvas(8, 1)
    canvas.text(3, 0, "a", BLUE)
    canvas.dots(np.array([0]), np.array([0]), RED)
    assert canvas.free(4, 0, 4)
    assert not canvas.free(3, 0, 2)
    assert not canvas.free(5, 0, 4)  # it would leave the canvas
    assert not canvas.free(0, 1, 1)
    assert canvas.apart(5, 0, 3)
    assert not canvas.apart(4, 0, 3)  # it would touch the text
    assert canvas.free(0, 0, 2)
    assert not canvas.apart(0, 0, 2)  # a dot is there


def test_nearest_dots():
    assert rounded(np.array([0.4, 1.6])).tolist() == [0, 2]
