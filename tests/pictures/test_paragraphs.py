"""Prose as rows: what is wrapped, how far to the right it stands, and where a page ends."""

import pytest
from rich.cells import cell_len
from rich.style import Style

from rnn_tui.lessons.lesson import Prose
from rnn_tui.lessons.prose import blocks
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.paragraphs import draw, pages
from rnn_tui.pictures.rows import text_of

LESSON = """\
# A heading

One **word** at a
time, `h[3]`, and *so* on.

- first, which is too long for one row
- second
  - inside
- third

  of two paragraphs

7. seven
8. eight

> said by somebody else, at length

```text
x  =  1

y
```
"""


def rows_of(text, width=24):
    return draw(blocks(Prose(1, text), lambda path, _: f"<{path}>"), width, Palette())


def texts(text, width=24):
    return [text_of(row) for row in rows_of(text, width)]


def test_all_kinds_of_blocks():
    assert texts(LESSON) == [
        "A heading",
        "",
        "One word at a time,",
        "h[3], and so on.",
        "",
        "• first, which is too",
        "  long for one row",
        "• second",
        "  • inside",
        "• third",
        "",
        "  of two paragraphs",
        "",
        "7. seven",
        "8. eight",
        "",
        "  said by somebody else,",
        "  at length",
        "",
        "x  =  1",
        "",
        "y",
    ]


def test_numbers_are_filled_in_before_it_is_wrapped():
    assert texts("It was {steps[0].h[0]}.", 12) == ["It was", "<steps[0].h[", "0]>."]


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("日本語 日本語", 8, ["日本語", "日本語"]),
        ("日本語日本語", 9, ["日本語日", "本語"]),  # the ninth cell holds no half of a sign
        ("ne\u0301e ne\u0301e", 8, ["ne\u0301e ne\u0301e"]),
        ("a\u0301" * 10, 8, ["a\u0301" * 8, "a\u0301" * 2]),
        ("averyverylongword, **then** more", 8, ["averyver", "ylongwor", "d, then", "more"]),
        ("glued**to**gether", 8, ["gluedtog", "ether"]),
        ("one\\\ntwo", 20, ["one", "two"]),
        ("\x1b[2J dog", 20, ["␛[2J dog"]),
    ],
)  # fmt: skip
def test_wide_and_combining_signs_keep_the_columns(text, width, rows):
    assert texts(text, width) == rows
    assert all(cell_len(row) <= width for row in texts(text, width))


def test_what_is_emphasised_is_told_from_the_rest_without_colour():
    palette = Palette(strong=Style(bold=True), accent=Style(bold=True, underline=True))
    (row,) = draw(blocks(Prose(1, "a **b** *c* `d`"), lambda *_: ""), 40, palette)
    assert [(text, style) for text, style, _ in row if text.strip()] == [
        ("a", palette.text),
        ("b", Style(bold=True)),
        ("c", Style(italic=True)),
        ("d", Style(bold=True, underline=True)),
    ]


def test_no_row_is_wider_than_its_panel_however_deep_a_list_is():
    deep = "\n".join(f"{'  ' * depth}- level {depth} of a deep list" for depth in range(12))
    for width in (12, 20, 40):
        assert all(cell_len(row) <= width for row in texts(deep, width))


def test_pages_have_all_rows_and_end_between_paragraphs():
    paragraphs = "\n\n".join(f"Paragraph {number} is two rows long." for number in range(7))
    rows = rows_of(paragraphs, 20)
    found = pages(rows, 7)
    assert [text_of(page[0]) for page in found] == [
        "Paragraph 0 is two", "Paragraph 2 is two", "Paragraph 4 is two", "Paragraph 6 is two",
    ]  # fmt: skip
    assert all(len(page) <= 7 and page[-1] for page in found)
    assert [row for page in found for row in page if row] == [row for row in rows if row]


def test_a_paragraph_longer_than_a_page_is_cut_where_the_page_ends():
    rows = rows_of("word " * 60, 20)
    assert [len(page) for page in pages(rows, 6)] == [6, 6, 3]


def test_nothing_is_one_page():
    assert pages([], 5) == [[]]
