"""Numbers that are read, in the picture: a curve with the one of now marked, one a feature, the rows of a picture."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.pictures.presenter.reading import read
from rnn_tui.pictures.reading import index_of, reading
from rnn_tui.pictures.ribbon import laid_out, number_curve, ribbon
from rnn_tui.pictures.rows import text_of
from rnn_tui.pictures.series import (
    BLOCKS,
    SHADES,
    curve,
    features,
    is_picture,
    picture,
    profile,
    span,
    width_of_picture,
)
from rnn_tui.pictures.view import View
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import build, trace_of
from tests.deep import VECTORS, deep_model
from tests.pictures.views import COLOURED, PLAIN, texts, view_of, width_of, widths
from tests.story.number_networks import PIXELS, forecasting, one_floor, weather

RISING = trace_of(build(inputs="number"), "0 1 2 3 4 5 6 7")
THREE = trace_of(weather(), VECTORS)
ROWS = trace_of(one_floor("gru", inputs="vectors", features=8), PIXELS)
LONG = trace_of(build(inputs="number"), " ".join(str(n % 7) for n in range(500)))


def test_one_line_of_a_curve_has_a_block_a_number_and_the_one_of_now_stands_out():
    (row,) = curve(view_of(RISING, t=3), 0, 8, 1, COLOURED)
    assert text_of(row) == BLOCKS
    assert [segment.text for segment in row if segment.style.bold] == ["▄"]
    assert [segment.style.color for segment in row if segment.style == COLOURED.faint] == [COLOURED.faint.color] * 4


def test_where_it_is_wide_each_has_more_cells():
    assert text_of(curve(view_of(RISING), 0, 25, 1, PLAIN)[0]) == "".join(block * 3 for block in BLOCKS)


def test_a_curve_of_lines_rises_from_the_lower_left_to_the_upper_right_with_a_point_at_now():
    rows = texts(curve(view_of(RISING, t=0), 0, 8, 4, PLAIN))
    assert rows[-1][0] == "●"
    assert texts(curve(view_of(RISING, t=7), 0, 8, 4, PLAIN))[0][-1] == "●"
    assert sum(row.count("●") for row in rows) == 1
    filled = [[at for at, cell in enumerate(row) if cell != " "] for row in rows]
    assert [line[0] for line in filled] == sorted((line[0] for line in filled), reverse=True)


def test_what_is_to_come_is_dim():
    rows = curve(view_of(RISING, t=3), 0, 8, 4, COLOURED)
    at = next(sum(len(s.text) for s in row[:k]) for row in rows for k, s in enumerate(row) if s.text == "●")
    for row in rows:
        for k, segment in enumerate(row):
            if segment.text not in (" ", "●"):
                assert segment.style == (COLOURED.text if k <= at else COLOURED.faint)


@given(st.integers(0, 499), st.integers(1, 60), st.integers(1, 20))
def test_of_a_long_series_the_numbers_around_now_are_drawn_on_the_scale_of_all(t, width, height):
    rows = curve(view_of(LONG, t=t), 0, width, height, COLOURED)
    assert len(rows) == min(height, 12)
    assert all(width_of(row) <= width for row in rows)
    marked = [segment for row in rows for segment in row if segment.style.bold]
    assert len(marked) == 1
    if height == 1:
        assert marked[0].text[0] == BLOCKS[round(t % 7 / 6 * 7)]


def test_without_room_there_is_no_curve():
    assert curve(view_of(RISING), 0, 0, 3, PLAIN) == curve(view_of(RISING), 0, 5, 0, PLAIN) == []


@pytest.mark.parametrize(("text", "block"), [("3 3 3", "▅"), ("1e308 -1e308", "█"), ("-1e308 1e308", "▁")])
def test_numbers_that_are_the_same_or_far_apart_are_drawn(text, block):
    (row,) = curve(view_of(trace_of(build(inputs="number"), text)), 0, 3, 1, PLAIN)
    assert text_of(row)[0] == block


def test_a_feature_has_its_name_its_number_what_is_read_in_its_place_and_its_curve():
    rows = texts(features(view_of(THREE, t=1), 60, 3, PLAIN))
    for feature, (name, value, x) in enumerate(
        (("rain", "0.2", "−0.15"), ("wind", "0.6", "+0.60"), ("sun", "2", "+6.00"))
    ):
        assert re.match(rf"{name} +{value} → +{re.escape(x)}  [{BLOCKS}]+", rows[feature]), rows[feature]


def test_where_it_is_narrow_a_curve_stands_below_its_name():
    rows = [row.rstrip() for row in texts(features(view_of(THREE, t=1), 12, 9, PLAIN))]
    assert [rows[k].split() for k in (0, 3, 6)] == [["rain", "0.2"], ["wind", "0.6"], ["sun", "2"]]


def test_features_without_room_are_counted():
    rows = [row.rstrip() for row in texts(features(view_of(THREE, t=1), 30, 2, PLAIN))]
    assert rows[0].startswith("rain")
    assert rows[1] == "… 2 more"
    assert [row.rstrip() for row in texts(features(view_of(THREE), 30, 1, PLAIN))] == ["… 3 more"]


def test_many_features_without_names_are_the_pixels_of_a_picture():
    assert is_picture(ROWS.model)
    assert not is_picture(THREE.model)
    assert not is_picture(RISING.model)
    drawn = texts(picture(view_of(ROWS, t=2), 30, 5, PLAIN))
    for t, (row, token) in enumerate(zip(drawn, ROWS.tokens, strict=True)):
        shares = [float(pixel) / 16 for pixel in token.surface.split(",")]
        assert row[:2] == ("▸ " if t == 2 else "  ")
        assert row[2:] == "".join(SHADES[round(share * 4)] * 2 for share in shares)


def test_a_picture_is_larger_with_a_size_and_its_rows_scroll_with_now():
    small, large = (texts(picture(view_of(ROWS, t=1), 60, 10, PLAIN, size)) for size in (1, 2))
    assert [row[2:] for row in large[::2]] == ["".join(cell * 2 for cell in row[2:]) for row in small]
    assert len(large) == 2 * len(small)
    assert width_of_picture(ROWS.model, 60) == 18
    assert width_of_picture(ROWS.model, 60, 2) == 34
    (now,) = texts(picture(view_of(ROWS, t=4), 30, 1, PLAIN))
    assert now == f"▸ {SHADES[0] * 16}"


def test_a_picture_that_is_too_wide_is_drawn_with_fewer_pixels():
    rows = texts(picture(view_of(ROWS, t=0), 6, 5, PLAIN))
    assert {len(row) for row in rows} == {6}
    assert rows[-1] == f"  {SHADES[0] * 4}"


def test_a_timesteps_profile_has_a_block_a_feature_on_its_own_scale():
    view = view_of(THREE, t=0)
    assert profile(view, 0, 3) == BLOCKS[0] + BLOCKS[7] + BLOCKS[0]
    assert profile(view, 1, 9)[3] == BLOCKS[round((0.6 + 0.5) / 1.2 * 7)]
    assert len(profile(view_of(ROWS), 0, 5)) == 5
    assert span(THREE, 1) == pytest.approx((-0.5, 0.7))


def test_the_ribbon_has_the_profile_under_each_timestep():
    view, laid = view_of(THREE, t=1), laid_out(THREE)
    words, row = (text_of(one) for one in (ribbon(view, laid, 70, PLAIN)[0], number_curve(view, laid, 70, PLAIN)))
    assert len(row.split()) == 4
    for token, drawn in zip(words.split(), row.split(), strict=True):
        start, end = words.index(token), words.index(token) + len(token)
        assert start <= row.index(drawn) < end


@pytest.mark.parametrize("trace", [RISING, THREE, ROWS], ids=["one", "three", "rows"])
@pytest.mark.parametrize("height", [1, 2, 3, 5, 8, 14, 30])
@pytest.mark.parametrize("width", [10, 14, 30, 56, 76, 116])
def test_read_keeps_to_its_panel_and_marks_the_number_of_now(trace, width, height):
    rows = reading(view_of(trace, t=2), width, height, COLOURED)
    assert len(rows) <= height
    assert all(width_of(row) <= width for row in rows), texts(rows)
    if height >= 5:
        accents = {segment.text.strip() for row in rows for segment in row if segment.style and segment.style.bold}
        assert any(set(text) & set("●▸" + BLOCKS + SHADES) for text in accents), texts(rows)


def test_read_says_what_is_read_in_place_of_the_number():
    rows = " ".join(texts(reading(view_of(RISING, t=2), 30, 8, PLAIN)))
    assert "read as +0.75" in rows  # (2 − 0.5) / 2
    assert "less 0.5, divided by 2" in rows


@pytest.mark.parametrize(
    ("width", "said"),
    [(60, ["3 numbers, each less its mean and divided by its spread"]), (12, ["3 numbers", "scaled"])],
)
def test_several_numbers_are_said_to_be_scaled(width, said):
    assert index_of(view_of(THREE), width) == said


def test_the_floor_above_reads_no_numbers():
    trace = trace_of(deep_model("gru", 2, inputs="number"), "1 2 3")
    scenes = (Scene(Reading("small", ""), position=Position(1, 0, floor)) for floor in (0, 1))
    below, above = (View(trace, scene, count=3) for scene in scenes)
    assert "●" in "".join(texts(reading(below, 30, 8, PLAIN)))
    assert "●" not in "".join(texts(reading(above, 30, 8, PLAIN)))


@pytest.mark.parametrize("trace", [RISING, THREE, ROWS, trace_of(forecasting(), "1 2 3")])
@pytest.mark.parametrize(("width", "height"), [(76, 14), (116, 22), (60, 6), (156, 40)])
def test_the_presenter_view_has_the_numbers_large_or_the_picture(trace, width, height):
    rows = read(view_of(trace, t=1), width, height, PLAIN)
    assert len(rows) == height
    assert widths(rows) == {width}
    drawn = "".join(texts(rows))
    if is_picture(trace.model):
        assert "▸" in drawn
    elif trace is THREE and height < 20:  # in more rows they are drawn in large letters
        assert all(name in drawn for name in ("rain", "wind", "sun"))
