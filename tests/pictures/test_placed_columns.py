"""Columns share the width of a table: which of them stay, and how wide each is."""

import numpy as np
import pytest

from rnn_tui.pictures.columns import Column, bar, glyph, number
from rnn_tui.pictures.phasecolumns import LEFT, PARTS
from rnn_tui.pictures.table import lay_out, placed_columns
from tests.pictures.shipped import traces, view_at


def test_columns_share_the_width_and_bars_grow_fastest():
    values = [1.0]
    listed = [number(values, "h", 1.0), glyph("="), bar(values, 1.0)]

    placed = {column.kind: size for column, size in placed_columns(listed, 40)}

    assert placed == {"number": 5, "glyph": 1, "bar": 32}


def test_a_column_that_can_not_be_spared_is_kept_and_cut():
    values = [1.0]

    assert len(placed_columns([number(values, "h", 1.0), number(values, "h", 1.0)], 8)) == 2


def test_what_stands_elsewhere_goes_for_a_bar_as_long_as_is_wished_and_nothing_else_does():
    values = [1.0]
    listed = [number(values, "input", 1.0, LEFT), number(values, "memory", 1.0, PARTS), bar(values, 1.0, wished=7)]

    def kept(width):
        return [(column.head or column.kind, size) for column, size in placed_columns(listed, width)]

    assert kept(20) == [("input", 5), ("memory", 6), ("bar", 7)]
    assert kept(19) == [("memory", 6), ("bar", 12)]
    assert kept(12) == [("memory", 6), ("bar", 5)]
    assert kept(11) == [("bar", 11)]


def test_heat_cells_are_all_two_wide_or_all_one_wide():
    weights = np.ones((1, 6))

    def cells(width):
        ((column, size),) = placed_columns([Column("heat", values=weights, least=2, most=12)], width)
        return column.values.shape[1], size

    assert cells(12) == (6, 12)
    assert cells(11) == (6, 11)
    assert cells(4) == (4, 4)


@pytest.mark.parametrize("name", ["sentiment", "kicking-and-screaming", "sunspots", "names"])
@pytest.mark.parametrize("width", [116, 119, 120, 127, 140, 156, 160, 179, 200, 239])
def test_side_by_side_all_bars_of_the_equation_have_as_many_cells(name, width):
    trace = traces(name)[0]
    view, planned = view_at(trace, (width, 45), 0, 0)
    sizes = [
        size
        for phase in trace.model.phases[1:4]
        for column, size in lay_out(view, phase, planned.regions[f"phase-{phase.name}"].width - 4)
        if column.kind == "bar"
    ]
    assert len(sizes) == 3
    assert len(set(sizes)) == 1
    assert sizes[0] % 2 == 1
