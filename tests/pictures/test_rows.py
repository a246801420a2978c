import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.pictures.rows import blank, fit, over, shared, sized, stacked, text_of, width_of
from rnn_tui.text import printable
from tests.pictures.views import NASTY

foreign = st.one_of(st.text(max_size=30), st.just(NASTY), st.text("日e\u0301👩🇩🇪\u202e[]", max_size=20)).map(printable)


@pytest.mark.parametrize(
    ("text", "width", "align", "fitted"),
    [
        ("verb", 6, "left", "verb  "),
        ("verb", 6, "right", "  verb"),
        ("verb", 7, "center", " verb  "),
        ("screaming", 5, "left", "scre…"),
        ("screaming", 9, "left", "screaming"),
        ("screaming", 1, "left", "…"),
        ("screaming", 0, "left", ""),
        ("screaming", -2, "left", ""),
        ("日本語", 6, "left", "日本語"),
        ("日本語", 5, "left", "日本…"),
        ("日本語", 4, "left", "日 …"),  # half of a wide character is a space
        ("é", 3, "left", "é  "),
        ("[b]x[/b]", 8, "left", "[b]x[/b]"),
    ],
)
def test_a_text_is_fitted(text, width, align, fitted):
    assert fit(text, width, align) == fitted


@given(foreign, st.integers(0, 40), st.sampled_from(["left", "right", "center"]))
def test_a_text_is_exactly_as_wide_as_it_was_fitted(text, width, align):
    assert cell_len(fit(text, width, align)) == width


@given(st.lists(foreign, max_size=5), st.integers(0, 40))
def test_a_row_is_exactly_as_wide_as_it_was_sized(pieces, width):
    assert width_of(sized([Segment(piece) for piece in pieces], width)) == width


@given(st.lists(st.lists(foreign, max_size=3), max_size=6), st.integers(0, 30), st.integers(0, 8))
def test_stacked_rows_fill_their_place(rows, width, height):
    block = stacked([[Segment(piece) for piece in row] for row in rows], width, height)

    assert [width_of(row) for row in block] == [width] * height


def test_a_blank_is_never_narrower_than_nothing():
    assert text_of(blank(3)) == "   "
    assert text_of(blank(-3)) == ""


def test_a_background_lies_under_the_own_style_of_each_segment():
    ground = Style(bgcolor="red")

    bare, bold = over([Segment("a"), Segment("b", Style(bold=True))], ground)

    assert bare.style == ground
    assert bold.style == Style(bold=True, bgcolor="red")


def test_the_width_of_the_widest_text_is_shared():
    assert shared(["a", "日本", "abc"]) == 4
    assert shared([]) == 0
