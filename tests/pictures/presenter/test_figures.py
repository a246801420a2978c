"""Terms in large figures below each other."""

import math

import pytest

from rnn_tui.pictures.presenter.figures import SCALES, figure, figures, height_of, lay_out
from rnn_tui.pictures.presenter.terms import Term
from rnn_tui.text import number, percent
from tests.pictures.presenter.reading_back import decoded
from tests.pictures.views import COLOURED, PLAIN, texts, widths

SUM = [
    Term("“dog”", "0.90", 0.9, "", "signed", 1.2, word=True),
    Term("memory", "−0.30", -0.3, "+", "signed", 1.2),
    Term("sum", "0.60", 0.6, "=", "signed", 1.2),
]


def test_a_sum_stands_as_on_paper_with_a_line_above_what_comes_out():
    assert [row.rstrip() for row in texts(figures(SUM, 72, 12, PLAIN))] == [
        "                   ▄▀▀▄   ▄▀▀▄ ▄▀▀▄                   │████████████▊",
        " “dog”             █  █   ▀▄▄█ █  █                   │████████████▊",
        "                   ▀▄▄▀ ▄  ▄▄▀ ▀▄▄▀                   │████████████▊",
        "",
        "                   ▄▀▀▄   ▀▀▀▄ ▄▀▀▄              ▕████│",
        "memory  ▄█▄   ▄▄▄▄ █  █    ▀▀▄ █  █              ▕████│",
        "         ▀         ▀▄▄▀ ▄ ▄▄▄▀ ▀▄▄▀              ▕████│",
        "        ━━━━━━━━━━━━━━━━━━━━━━━━━━━",
        "                   ▄▀▀▄   ▄▀▀  ▄▀▀▄                   │████████▌",
        "   sum  ▀▀▀▀       █  █   █▀▀▄ █  █                   │████████▌",
        "        ▀▀▀▀       ▀▄▄▀ ▄ ▀▄▄▀ ▀▄▄▀                   │████████▌",
        "",
    ]


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "text", ["+0.42", "−0.13", "0.29", "57%", "<1%", ">99%", "100%", "−123.45", "+1.2e9", "−∞", "?", "≈", "=", "→", "×"]
)
def test_what_is_drawn_large_can_be_read_back(text, scale):
    assert decoded(tuple(figure(text, scale)), scale) == text


@pytest.mark.parametrize("hundredths", range(-199, 200, 7))
def test_every_number_can_be_read_back(hundredths):
    value = hundredths / 100
    assert decoded(tuple(figure(number(value), 1)), 1) == number(value)
    assert decoded(tuple(figure(percent(abs(value) / 2), 2)), 2) == percent(abs(value) / 2)


@pytest.mark.parametrize("size", [(40, 5), (56, 8), (76, 12), (76, 16), (116, 20)])
def test_the_largest_scale_is_taken_at_which_all_fits(size):
    width, height = size
    cells = lay_out(SUM, width, height)
    rows = figures(SUM, width, height, PLAIN)
    assert len(rows) == height
    assert widths(rows) == {width}
    assert sum(map(height_of, cells.scales)) <= height
    assert cells.left + cells.bar <= width
    chosen = SCALES.index((cells.scales[0], cells.scales[-1]))
    for parts, result in SCALES[:chosen]:  # those before it would not have fitted
        high = 2 * height_of(parts) + height_of(result) + 2 * bool(parts)
        signs = max(len(figure("+", parts)[0]), len(figure("=", result)[0]))
        numbers = max(len(figure("−0.30", parts)[0]), len(figure("0.60", result)[0]))
        assert high > height or len("memory") + 2 + signs + 2 + numbers + 2 + width // 3 > width


def test_more_room_never_makes_a_figure_smaller():
    sizes = [max(lay_out(SUM, width, height).scales) for width, height in ((56, 9), (76, 14), (116, 24), (236, 60))]
    assert sizes == sorted(sizes)
    assert sizes[-1] >= 3


def test_a_number_that_is_too_long_falls_back_to_smaller_figures():
    short, long = (Term("x", text, 1.0, bar="signed") for text in ("1.00", "−123456.78"))
    assert lay_out([long], 76, 14).scales < lay_out([short], 76, 14).scales


def test_a_term_that_is_alone_has_its_bar_below_it():
    rows = texts(figures([Term("“dog”", "+0.90", 0.9, "", "signed", 1.0)], 61, 6, PLAIN))
    assert rows == [
        "                            ▄▀▀▄   ▄▀▀▄ ▄▀▀▄                 ",
        "                 “dog”  ▄█▄ █  █   ▀▄▄█ █  █                 ",
        "                         ▀  ▀▄▄▀ ▄  ▄▄▀ ▀▄▄▀                 ",
        " " * 61,
        " " * 30 + "│" + "█" * 27 + " " * 3,
        " " * 30 + "│" + "█" * 27 + " " * 3,
    ]


def test_bars_have_one_axis_and_are_as_thick_as_figures():
    rows = texts(figures(SUM, 76, 12, PLAIN))
    axes = {row.index("│") for row in rows if "│" in row}
    assert len(axes) == 1
    (axis,) = axes
    assert sum(row[axis] == "│" for row in rows) == 9
    assert all(row[axis + 1] == "█" for row in rows[0:3])
    assert all(row[axis - 1] == "█" for row in rows[4:7])


def test_the_bounds_of_a_curve_stand_below_its_bars_where_they_are():
    squash = [
        Term("sum", "+2.00", 2.0, "", "signed", 2.0),
        Term("memory", "+0.96", math.tanh(2), "→", "signed", 2.0, bounds=(-1.0, 1.0)),
    ]
    rows = texts(figures(squash, 100, 9, PLAIN))
    cells = lay_out(squash, 100, 9)
    half = (cells.bar - 1) // 2
    ruler = next(row for row in rows if "−1" in row and "0" in row)
    assert ruler.split() == ["−1", "0", "1"]
    assert ruler.index("1", cells.left + half) == cells.left + half + round(half / 2)
    end = max(x for row in rows[6:] for x, cell in enumerate(row) if cell == "█" and x > cells.left)
    assert end <= cells.left + half + round(half / 2)


def test_what_is_no_number_has_no_bar_and_is_written_once():
    rows = texts(
        figures([Term("a", "?", math.nan, "", "signed"), Term("b", "+∞", math.inf, "", "signed")], 76, 9, PLAIN)
    )
    assert not any("██" in row[40:] for row in rows)
    assert sum("+∞" in row for row in rows) == 1


def test_a_covered_answer_has_no_bar():
    rows = texts(figures([Term("Negative", "?", 0.0), Term("Positive", "?", 0.0)], 76, 9, PLAIN))
    assert not any(set(row) & set("│·") for row in rows)


def test_orange_is_positive_and_blue_negative():
    rows = figures(SUM, 76, 12, COLOURED)
    styles = {
        segment.style.color
        for row in rows[4:7]
        for segment in row
        if segment.text.strip() and set(segment.text) <= set("▀▄█ ") and segment.style
    }
    assert COLOURED.negative.color in styles
    assert COLOURED.positive.color not in styles
