import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.frames import framed
from tests.pictures.views import texts, widths

STYLE = Style()


def title(text):
    return [Segment(text)]


def test_a_light_frame_has_its_title_above_and_its_note_below():
    rows = framed([[Segment("one")], [Segment("two")]], 20, 4, title("Add"), STYLE, foot="scale")

    assert texts(rows) == [
        "╭─ Add ────────────╮",
        "│one               │",
        "│two               │",
        "╰────────── scale ─╯",
    ]


def test_the_phase_at_work_has_a_heavy_frame():
    assert texts(framed([], 12, 3, title("Add"), STYLE, heavy=True)) == [
        "┏━ Add ━━━━┓",
        "┃          ┃",
        "┗━━━━━━━━━━┛",
    ]


def test_what_has_no_room_is_cut_and_the_frame_stays_whole():
    rows = framed([[Segment("a long row")]] * 9, 9, 3, title("A long title"), STYLE, foot="a long note")

    assert texts(rows) == ["╭─ A lo ╮", "│a long │", "╰─ a … ─╯"]


def test_a_title_and_a_note_of_wide_characters_keep_the_corners_in_their_columns():
    rows = framed([[Segment("日本語")]], 14, 3, title("日本語日本語"), STYLE, foot="日本")

    assert widths(rows) == {14}
    assert texts(rows)[1] == "│日本語      │"
    assert [row[-1] for row in texts(rows)] == ["╮", "│", "╯"]


@pytest.mark.parametrize(("width", "height"), [(0, 0), (1, 5), (2, 2), (9, 1), (9, 0)])
def test_where_there_is_no_room_for_a_frame_there_is_none(width, height):
    assert texts(framed([[Segment("x")]], width, height, title("t"), STYLE)) == [" " * width] * height


@given(st.integers(3, 60), st.integers(2, 12), st.text("ab日é ", max_size=40), st.text("ab日é ", max_size=40))
def test_a_frame_is_exactly_as_large_as_was_asked_for(width, height, heading, foot):
    rows = framed([[Segment(heading)]], width, height, title(heading), STYLE, foot=foot)

    assert len(rows) == height
    assert widths(rows) == {width}
