import pytest

from rnn_tui.pictures.comparing.side import Grid, grid, least_cell, names_width
from tests.builders import build
from tests.pictures.comparing.sides import sides


def test_the_grid_is_the_same_for_both_sides():
    a, b = sides(at=(1, 0))
    assert grid(a, 60) == grid(b, 60)


def test_all_columns_are_visible_where_they_fit_and_they_are_not_wider_than_they_need():
    a, _ = sides()
    assert grid(a, 60).columns == range(3)
    assert grid(a, 200).cell == 18


@pytest.mark.parametrize("column", range(9))
def test_where_they_don_t_fit_the_current_one_is_visible(column):
    a, _ = sides("kick " * 9, "dog " * 9, at=(column, 0))
    shown = grid(a, 30)
    assert shown.count < 9
    assert column in shown.columns


def test_letters_stand_close_together_and_long_words_scroll():
    assert least_cell(sides("kick", "dog")[0].comparison) == 5
    assert least_cell(sides("a b", "b")[0].comparison) == 2
    assert least_cell(sides("extraordinarily", "dog")[0].comparison) == 6


def test_the_names_in_front_are_as_wide_as_those_of_both_networks():
    a, _ = sides("the", "the", models=(build(unit_names=("mood", "a", "b")), build(unit_names=("extravert", "a", "b"))))
    assert names_width(a.comparison) == len("extravert") + 2


def test_a_cell_of_a_row_belongs_to_a_column():
    shown = Grid(first=2, count=3, total=9, name_width=8, cell=6)
    assert [shown.column_at(x) for x in (0, 7, 8, 13, 14, 25, 26)] == [None, None, 2, 2, 3, 4, None]


def test_bars_of_both_sides_have_one_scale():
    a, b = sides("kick kick kick", "dog")
    assert a.scale("pre_activation") == b.scale("pre_activation") == a.trace.scale("pre_activation")
    assert b.scale("pre_activation") > b.trace.scale("pre_activation")


def test_a_value_that_one_side_lacks_has_the_scale_of_the_other():
    _, b = sides("the", "the", models=(build(), build("lstm", None)))
    assert b.scale("c") == b.trace.scale("c")
