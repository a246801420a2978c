import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.pictures.bars import (
    AXIS,
    BRIGHT,
    CANCELLED,
    DARK,
    EIGHTHS,
    GHOST,
    GREY,
    parts_bar,
    share_bar,
    signed_bar,
    sum_bar,
    with_ghost,
)
from rnn_tui.pictures.rows import text_of, width_of
from tests.pictures.views import COLOURED, PLAIN

finite = st.floats(-1e6, 1e6)
any_float = st.floats(allow_nan=True, allow_infinity=True)


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (0.0, "    │    "),
        (1.0, "    │████"),
        (-1.0, "████│    "),
        (0.5, "    │██  "),
        (-0.5, "  ██│    "),
        (5.0, "    │████"),  # beyond the scale: to the edge
        (0.3, "    │█▎  "),
        (0.001, "    │    "),
    ],
)
def test_a_bar_grows_right_where_positive_and_left_where_negative(value, drawn):
    assert text_of(signed_bar(value, 1.0, 9, PLAIN)) == drawn


def test_a_negative_bar_without_colours_ends_in_a_block_that_stands_at_the_right():
    # there are eighths that grow from the left only; without a background they can't be turned around
    assert text_of(signed_bar(-0.35, 1.0, 9, PLAIN)) == "  ▐█│    "
    assert text_of(signed_bar(-0.28, 1.0, 9, PLAIN)) == "  ▕█│    "


def test_a_negative_bar_with_colours_paints_what_is_left_of_the_cell_in_the_background():
    cell = signed_bar(-0.375, 1.0, 9, COLOURED)[2]

    assert cell.text == EIGHTHS[4]
    assert cell.style.color == COLOURED.text.bgcolor
    assert cell.style.bgcolor == COLOURED.negative.color


@pytest.mark.parametrize(("width", "drawn"), [(-3, ""), (0, ""), (1, " "), (2, "  "), (3, " │█"), (4, " │█ ")])
def test_where_there_is_no_room_for_a_bar_there_is_none(width, drawn):
    assert text_of(signed_bar(1.0, 1.0, width, PLAIN)) == drawn


@pytest.mark.parametrize(
    ("value", "mark", "signed"),
    [(math.nan, "?    ", "    ?    "), (math.inf, "∞    ", "    +∞   "), (-math.inf, "−∞   ", "    −∞   ")],
)
def test_what_is_no_number_or_too_large_has_its_mark_and_no_bar(value, mark, signed):
    assert text_of(signed_bar(value, 1.0, 9, PLAIN)) == signed
    assert text_of(sum_bar(1.0, value, 1.0, 9, PLAIN)) == signed
    assert text_of(share_bar(value, 5, PLAIN.bar)) == mark


def shades(row):
    """The styles of the filled cells from the axis outwards, by name."""
    names = {"positive": "bright", "positive_dark": "dark", "negative": "bright", "negative_dark": "dark"}
    by_colour = {getattr(COLOURED, role).color: name for role, name in names.items()}
    return [by_colour[segment.style.color] for segment in row if segment.text == "█"]


def test_parts_of_the_same_sign_stand_end_to_end():
    row = sum_bar(0.25, 0.5, 1.0, 9, COLOURED)

    assert text_of(row) == "    │███ "
    assert shades(row) == ["dark", "bright", "bright"]


def test_parts_that_are_both_negative_stand_end_to_end_to_the_left():
    row = sum_bar(-0.25, -0.5, 1.0, 9, COLOURED)

    assert text_of(row) == " ███│    "
    assert shades(row)[::-1] == ["dark", "bright", "bright"]


def test_of_parts_that_pull_against_each_other_the_rest_of_the_larger_is_drawn():
    mostly_old, mostly_new = sum_bar(0.75, -0.25, 1.0, 9, COLOURED), sum_bar(-0.25, 0.75, 1.0, 9, COLOURED)

    assert text_of(mostly_old) == text_of(mostly_new) == "    │██  "
    assert shades(mostly_old) == ["dark", "dark"]
    assert shades(mostly_new) == ["bright", "bright"]


def test_parts_that_cancel_leave_the_axis():
    assert text_of(sum_bar(0.5, -0.5, 1.0, 9, COLOURED)) == "    │    "


def test_a_cell_that_both_parts_share_has_both_shades():
    cell = sum_bar(0.125, 0.25, 1.0, 9, COLOURED)[2]  # half a cell dark, then bright

    assert cell.text == EIGHTHS[4]
    assert (cell.style.color, cell.style.bgcolor) == (COLOURED.positive_dark.color, COLOURED.positive.color)


def test_a_cell_that_both_parts_share_is_turned_around_to_the_left():
    cell = sum_bar(-0.0625, -0.3, 1.0, 9, COLOURED)[3]  # two eighths dark beside the axis

    assert cell.text == EIGHTHS[6]
    assert (cell.style.color, cell.style.bgcolor) == (COLOURED.negative.color, COLOURED.negative_dark.color)


@pytest.mark.parametrize(("first", "second", "shade"), [(0.15, 0.03, "positive_dark"), (0.03, 0.15, "positive")])
def test_in_a_cell_that_is_not_full_the_greater_part_wins(first, second, shade):
    (cell,) = (piece for piece in sum_bar(first, second, 1.0, 9, COLOURED) if piece.text.strip(f" {AXIS}"))

    assert cell.text in EIGHTHS[1:8]
    assert cell.style.color == getattr(COLOURED, shade).color


def eighths(row, width):
    """Where a bar ends, in eighths of a cell from its axis: negative to the left."""
    half = (width - 1) // 2
    cells = [segment for segment in row for _ in segment.text]
    marks = [character for segment in row for character in segment.text]
    assert marks[half] == AXIS
    ends = 0
    ground = COLOURED.text.bgcolor
    for place, (cell, mark) in enumerate(zip(cells, marks, strict=True)):
        if place == half or mark == " ":
            continue
        painted = cell.style.bgcolor is not None
        whole = painted and ground not in (cell.style.color, cell.style.bgcolor)
        size = 8 if whole else EIGHTHS.index(mark)
        ends += size if place > half else -(8 - size if painted and not whole else size)
    return ends


@given(first=st.floats(-2, 2), second=st.floats(-2, 2), width=st.integers(3, 60))
def test_a_bar_always_ends_at_the_sum(first, second, width):
    half, total = (width - 1) // 2, first + second
    expected = round(min(1.0, abs(total)) * half * 8)

    row = sum_bar(first, second, 1.0, width, COLOURED)

    assert abs(eighths(row, width)) == expected
    assert eighths(row, width) * total >= 0


# Parts: what is cancelled is hatched


def of_parts(*values, width=17, palette=PLAIN):
    return parts_bar(tuple(zip(values, (DARK, GREY, BRIGHT), strict=False)), 1.0, width, palette)


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ((0.25, 0.25, 0.25), "        │██████  "),  # one sign: end to end
        ((-0.25, 0.0, -0.25), "    ████│        "),
        ((-0.25, 0.0, 0.75), "      ░░│████░░  "),  # the sum is solid, then what is cancelled
        ((0.25, 0.0, -0.75), "  ░░████│░░      "),
        ((0.5, 0.0, -0.5), "    ░░░░│░░░░    "),  # all of it
        ((0.5, -0.125, 0.125), "       ░│████░   "),  # two of one sign against the third
        ((0.125, 0.0, 0.375), "        │████    "),
        ((-0.01, 0.0, 0.51), "        │████    "),  # what can't be seen is not drawn
    ],
)
def test_parts_that_pull_against_each_other_are_both_drawn(values, drawn):
    assert text_of(of_parts(*values)) == drawn


def test_each_part_has_its_shade_and_what_is_left_keeps_that_of_its_part():
    def colours(*values):
        return [segment.style.color for segment in of_parts(*values, palette=COLOURED) if segment.text == "█"]

    dark, grey, bright = (getattr(COLOURED, name).color for name in ("positive_dark", "muted", "positive"))
    assert colours(0.25, 0.25, 0.25) == [dark] * 2 + [grey] * 2 + [bright] * 2
    assert colours(0.5, 0.0, -0.25) == [dark] * 2
    assert colours(-0.25, 0.0, 0.5) == [bright] * 2


@given(
    values=st.lists(st.floats(-1, 1), min_size=1, max_size=4),
    width=st.integers(3, 60),
)
def test_what_is_solid_ends_at_the_sum_and_as_many_cells_are_cancelled_on_both_sides(values, width):
    scale = max(sum(v for v in values if v > 0), -sum(v for v in values if v < 0), 1e-3)
    row = parts_bar([(value, BRIGHT) for value in values], scale, width, PLAIN)
    half, text = (width - 1) // 2, text_of(row)
    left, right = text[:half][::-1], text[half + 1 :]
    total = sum(values)
    side, other = (left, right) if total < 0 else (right, left)
    cells = abs(total) / scale * half

    assert text[half] == AXIS
    assert len(text) == width
    assert left.count(CANCELLED) == right.count(CANCELLED)
    assert not other.strip(f" {CANCELLED}")
    solid = side.rstrip().rstrip(CANCELLED)
    assert len(solid) - 1 - 0.07 <= cells <= len(solid) + 0.07
    cancelled = (sum(map(abs, values)) - abs(total)) / 2 / scale * half
    assert cancelled - 1.5 <= left.count(CANCELLED) <= cancelled + 0.5


@given(values=st.lists(any_float, min_size=1, max_size=4), scale=st.floats(1e-6, 1e30), width=st.integers(0, 80))
def test_a_bar_of_parts_is_as_wide_as_was_asked_for_whatever_the_values(values, scale, width):
    for palette in (PLAIN, COLOURED):
        assert width_of(parts_bar([(value, DARK) for value in values], scale, width, palette)) == width


@given(first=any_float, second=any_float, scale=st.floats(1e-6, 1e30), width=st.integers(0, 80))
def test_a_bar_is_as_wide_as_was_asked_for_whatever_the_values(first, second, scale, width):
    for palette in (PLAIN, COLOURED):
        assert width_of(sum_bar(first, second, scale, width, palette)) == width


@given(share=any_float, width=st.integers(0, 80), tracked=st.booleans())
def test_a_share_is_as_wide_as_was_asked_for(share, width, tracked):
    row = share_bar(share, width, PLAIN.bar, PLAIN.faint if tracked else None)

    assert width_of(row) == width


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0.0, "········"), (1.0, "████████"), (0.5, "████····"), (0.3, "██▍·····"), (-1, "········"), (7, "████████")],
)
def test_a_share_is_drawn_from_the_left_on_a_track(share, drawn):
    assert text_of(share_bar(share, 8, PLAIN.bar, COLOURED.faint)) == drawn
    assert text_of(share_bar(share, 8, PLAIN.bar)) == drawn.replace("·", " ")


# Ghosts: where a bar ended before an edit


def haunted(before, value, palette=PLAIN, width=9):
    return with_ghost(signed_bar(value, 1.0, width, palette), before, value, 1.0, palette)


@pytest.mark.parametrize(
    ("before", "value", "drawn"),
    [
        (1.0, 0.25, "    │█  ╎"),  # it was longer
        (0.25, 1.0, "    │╎███"),  # it was shorter: the mark is in the bar
        (-0.5, 0.5, "  ╎ │██  "),  # it was on the other side
        (0.5, -0.5, "  ██│ ╎  "),
        (0.0, 0.5, "    ╎██  "),  # it was nothing: the mark is the axis
        (9.0, 0.25, "    │█  ╎"),  # beyond the scale: at the edge
        (-9.0, 0.0, "╎   │    "),
        (0.5, 0.5, "    │██  "),  # the same
        (0.504, 0.5, "    │██  "),  # what can't be seen is not marked
    ],
)
def test_a_ghost_marks_where_the_bar_ended(before, value, drawn):
    assert text_of(haunted(before, value)) == drawn


def test_a_ghost_of_a_share_counts_from_the_left():
    def share(before, value):
        bar = share_bar(value, 8, PLAIN.bar, COLOURED.faint)
        return text_of(with_ghost(bar, before, value, 1.0, PLAIN, signed=False))

    assert share(1.0, 0.5) == "████···╎"
    assert share(0.25, 0.5) == "█╎██····"
    assert share(0.0, 0.5) == "╎███····"
    assert share(0.5, 0.5) == "████····"


@pytest.mark.parametrize("before", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_has_no_ghost(before):
    assert haunted(before, 0.5) == signed_bar(0.5, 1.0, 9, PLAIN)


def test_a_ghost_can_be_seen_on_the_bar_and_beside_it():
    def mark(before, value):
        return next(segment.style for segment in haunted(before, value, COLOURED) if segment.text == GHOST)

    beside, on_bar = mark(1.0, 0.25), mark(0.25, 1.0)

    assert beside.color == COLOURED.text.color
    assert (on_bar.color, on_bar.bgcolor) == (COLOURED.text.bgcolor, COLOURED.positive.color)


@given(before=any_float, value=any_float, scale=st.floats(1e-6, 1e30), width=st.integers(0, 60), signed=st.booleans())
def test_a_bar_with_a_ghost_is_as_wide_as_without(before, value, scale, width, signed):
    for palette in (PLAIN, COLOURED):
        bar = signed_bar(value, scale, width, palette) if signed else share_bar(value, width, palette.bar)
        drawn = with_ghost(bar, before, value, scale, palette, signed=signed)

        assert width_of(drawn) == width
        assert text_of(drawn).count(GHOST) <= 1
