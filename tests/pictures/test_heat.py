import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.pictures.heat import CHANGED, heat_row, heat_style, level, sign_glyph
from rnn_tui.pictures.rows import text_of, width_of
from tests.pictures.views import COLOURED, PLAIN


def test_a_sign_is_a_glyph_too_so_that_it_is_never_colour_alone():
    assert text_of(heat_row([1, -1, 0, 0.01, -0.01], 1.0, PLAIN)) == "+−···"


def test_wide_cells_keep_the_glyph_and_their_width():
    assert text_of(heat_row([1, -1], 1.0, PLAIN, cell=2)) == "+ − "


def test_cells_below_words_have_a_gap_between_them():
    assert text_of(heat_row([1, -1], 1.0, PLAIN, cell=4, gap=True)) == " +   −  "


@pytest.mark.parametrize(("value", "mark"), [(math.nan, "?"), (math.inf, "∞"), (-math.inf, "∞")])
def test_what_is_no_number_or_too_large_has_its_mark_and_no_colour(value, mark):
    assert sign_glyph(value, 1.0) == mark
    assert heat_style(value, 1.0, COLOURED) == COLOURED.faint


@pytest.mark.parametrize("scale", [math.nan, math.inf])
def test_where_the_scale_has_grown_beyond_all_bounds_the_cell_has_no_colour(scale):
    assert heat_style(0.5, scale, COLOURED) == COLOURED.faint


@pytest.mark.parametrize(("value", "step"), [(0.05, 0), (0.49, 3), (0.51, 4), (0.99, 7), (1.0, 7), (9.0, 7)])
def test_the_ramp_has_even_steps_and_ends_at_the_scale(value, step):
    assert level(value, 1.0, 8) == level(-value, 1.0, 8) == step
    assert heat_style(value, 1.0, COLOURED) == COLOURED.positive_ramp[step]
    assert heat_style(-value, 1.0, COLOURED) == COLOURED.negative_ramp[step]


@given(st.lists(st.floats(), max_size=20), st.floats(1e-9, 1e30), st.integers(1, 3))
def test_every_value_has_its_cell(values, scale, cell):
    assert width_of(heat_row(values, scale, COLOURED, cell)) == len(values) * cell


def test_a_cell_whose_value_was_another_one_is_underlined():
    same, changed, gone = heat_row([0.5, 0.5, 0.0], 1.0, COLOURED, before=[0.5, -0.5, 0.5])

    assert same.style == COLOURED.positive_ramp[4]
    assert changed.style == COLOURED.positive_ramp[4] + CHANGED
    assert gone.style == COLOURED.faint + CHANGED
    assert [cell.style.underline for cell in (same, changed, gone)] == [None, True, True]


def test_without_a_value_before_nothing_is_underlined():
    assert not any(cell.style.underline for cell in heat_row([0.5, -1, 0], 1.0, COLOURED))
