import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.pictures.curves import POINT, curve
from rnn_tui.pictures.rows import text_of
from tests.pictures.views import COLOURED, PLAIN, texts, widths


def test_the_point_lies_on_the_curve_with_its_numbers_beside_it():
    assert texts(curve("tanh", 0.0, 0.0, 31, 5, PLAIN)) == [
        "               ┊    ⣀⣀⠤⠤⠤⠤⠒⠒⠒⠒⠒",
        "               ┊ ⡠⠒⠉           ",
        "┈┈┈┈┈┈┈┈┈┈┈┈┈┈⣀●⠉ 0.00 → 0.00 ┈",
        "           ⣀⠤⠊ ┊               ",
        "⠤⠤⠤⠤⠤⠒⠒⠒⠒⠉⠉    ┊               ",
    ]


def test_where_the_numbers_fit_on_neither_side_of_the_point_they_are_left_out():
    assert texts(curve("tanh", 0.0, 0.0, 15, 3, PLAIN)) == [
        "       ┊⢀⡠⠔⠒⠒⠒⠒",
        "┈┈┈┈┈┈⢀●⠁┈┈┈┈┈┈",
        "⠤⠤⠤⠤⠔⠊⠁┊       ",
    ]


@pytest.mark.parametrize(
    ("x", "said"),
    [(math.nan, "? no number to draw"), (math.inf, "∞ too large to draw"), (-math.inf, "∞ too large to draw")],
)
def test_what_is_no_number_is_refused(x, said):
    assert texts(curve("tanh", x, 0.0, 31, 5, PLAIN)) == [said]
    assert texts(curve("tanh", 0.0, x, 31, 5, PLAIN)) == [said]


@pytest.mark.parametrize(("width", "height"), [(7, 9), (31, 2), (0, 0)])
def test_too_little_room_is_refused(width, height):
    assert texts(curve("tanh", 0.0, 0.0, width, height, PLAIN)) == ["no room to draw"]


def point_of(rows):
    """Row and column of the point."""
    ((y, x),) = [(y, row.index(POINT)) for y, row in enumerate(texts(rows)) if POINT in row]
    return y, x


def test_a_point_further_out_stands_further_out():
    places = [point_of(curve("tanh", x, math.tanh(x), 41, 9, PLAIN)) for x in (-2.0, -0.5, 0.5, 2.0)]

    assert [y for y, _ in places] == sorted((y for y, _ in places), reverse=True)
    assert [x for _, x in places] == sorted(x for _, x in places)


def test_a_point_has_the_colour_of_its_sign():
    def style_of(rows):
        return next(segment.style for row in rows for segment in row if segment.text == POINT)

    assert style_of(curve("tanh", 1.0, 0.76, 31, 7, COLOURED)).color == COLOURED.positive.color
    assert style_of(curve("tanh", -1.0, -0.76, 31, 7, COLOURED)).color == COLOURED.negative.color


def test_the_numbers_of_a_point_at_the_right_edge_stand_to_its_left():
    row = next(row for row in texts(curve("tanh", 2.9, 0.99, 31, 7, PLAIN)) if POINT in row)

    assert "+2.90 → +0.99" in row[: row.index(POINT)]


def test_relu_is_flat_below_zero_and_rises_above():
    assert texts(curve("relu", 1.0, 1.0, 31, 5, PLAIN)) == [
        "               ┊           ⣀⠤⠒⠉",
        "               ┊       ⣀⠤⠒⠉    ",
        "     +1.00 → +1.00 ⣀●⠒⠉        ",
        "⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠒⠉┈┈┈┈┈┈┈┈┈┈┈┈",
        "               ┊               ",
    ]


@given(
    st.sampled_from(sorted(FUNCTIONS)),
    st.floats(-1e30, 1e30),
    st.integers(8, 70),
    st.integers(3, 14),
)
def test_a_curve_fills_its_place_and_shows_one_point(function, x, width, height):
    rows = curve(function, x, FUNCTIONS[function].at(x), width, height, PLAIN)

    assert len(rows) == height
    assert widths(rows) == {width}
    assert sum(text_of(row).count(POINT) for row in rows) == 1
