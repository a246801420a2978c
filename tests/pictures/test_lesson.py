"""The prose of a lesson beside the picture and in its place, the row that reminds of it, and the header."""

import pytest
from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.lessons.lesson import Prose
from rnn_tui.lessons.prose import blocks
from rnn_tui.pictures.lesson import CardView, FootKey, card, heading, page_count, pick_at, pick_in_reminder, reminder
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import KeyPick
from rnn_tui.pictures.rows import text_of


def view(text="A network reads one word at a time.", stop=1, stops=4, done=0.25, **fields):
    read = {name: blocks(Prose(1, fields.pop(name)), lambda *_: "") for name in ("earlier",) if name in fields}
    foot = fields.pop("foot", (FootKey("PageDown", "a question", "next-card"),))
    return CardView("Adding", blocks(Prose(1, text), lambda *_: ""), stop, stops, done, foot=foot, **read, **fields)


def texts(rows):
    return [text_of(row) for row in rows]


def test_beside_the_picture_a_line_parts_them():
    assert texts(card(view(), 30, 10, Palette())) == [
        "                             │",
        "  A network reads one word   │",
        "  at a time.                 │",
        "                             │",
        "                             │",
        "                             │",
        "                             │",
        "                             │",
        "  ━━━━━━──────────────────── │",
        "  PageDown a question        │",
    ]


def test_it_stands_under_what_was_said_before_where_there_is_room():
    shown = view("Now this.", earlier="Before it that.")
    assert texts(card(shown, 24, 9, Palette()))[:4] == [
        "                       │",
        "  Before it that.      │",
        "                       │",
        "  Now this.            │",
    ]
    assert texts(card(shown, 24, 6, Palette()))[1] == "  Now this.            │"
    assert texts(card(view("", earlier="Before it that."), 24, 9, Palette()))[1] == "  Before it that.      │"


def test_in_place_of_the_picture_it_stands_in_the_middle_with_room_between_its_rows():
    rows = texts(card(view("One **two** three. " * 5, beside=False), 60, 14, Palette()))
    assert [row.strip() for row in rows if row.strip()] == [
        "One two three. One two three. One two three. One two",
        "three. One two three.",
        "━" * 13 + "─" * 41,
        "PageDown a question",
    ]
    lines = [index for index, row in enumerate(rows) if "One two" in row]
    assert lines[1] - lines[0] == 2
    assert {len(row) - len(row.lstrip()) for row in rows if row.strip()} == {3}


def test_a_page_is_said_and_no_row_is_lost():
    text = "\n\n".join(f"Paragraph {number}." for number in range(20))
    count = page_count(view(text).blocks, 30, 12, beside=True)
    drawn = [texts(card(view(text, page=page), 30, 12, Palette())) for page in range(count)]
    assert count == 5
    assert drawn[0][-2].rstrip(" │").endswith("page 1 of 5")
    assert [row.strip(" │") for page in drawn for row in page if "Paragraph" in row] == [
        f"Paragraph {number}." for number in range(20)
    ]
    beyond = texts(card(view(text, page=99), 30, 12, Palette()))
    assert beyond == drawn[-1]


@pytest.mark.parametrize("width", [20, 36, 44, 60, 80, 200])
@pytest.mark.parametrize("height", [4, 8, 16, 40])
@pytest.mark.parametrize("beside", [True, False])
def test_every_row_fills_its_panel(width, height, beside):
    rows = card(view("Some 日本語 words, " * 30, beside=beside), width, height, Palette())
    assert len(rows) == height
    assert {cell_len(text_of(row)) for row in rows} == {width}


def test_a_row_reminds_of_the_first_words():
    (row,) = texts(
        reminder(view("# Title\n\nA network reads one word at a time, and then another.\n\nMore."), 60, Palette())
    )
    assert row == " A network reads one word at a time, …  PageDown a question "
    assert cell_len(row) == 60


def test_the_header_leaves_out_the_model_first_and_then_cuts_the_title():
    where = [Segment(" word 2 of 3 · 2 Add ")]
    said = [text_of(heading(view(), "kicking", where, width, Palette())) for width in (80, 55, 48)]
    assert said[0] == " rnn-tui  Adding  stop 1 of 4  kicking                      word 2 of 3 · 2 Add "
    assert said[1] == " rnn-tui  Adding  stop 1 of 4      word 2 of 3 · 2 Add "
    assert said[2] == " rnn-tui  Ad…  stop 1 of 4  word 2 of 3 · 2 Add "
    assert [cell_len(row) for row in said] == [80, 55, 48]
    assert text_of(heading(view(stop=0), "kicking", where, 80, Palette())).startswith(" rnn-tui  Adding  the end ")


@pytest.mark.parametrize("beside", [True, False])
def test_the_keys_below_the_prose_can_be_clicked(beside):
    two = (FootKey("backspace", "back", "back-to-card"), FootKey("PageDown", "on", "next-card"))
    shown = view(foot=two, beside=beside)
    row = texts(card(shown, 60, 12, Palette()))[-1]
    picked = {word: pick_at(shown, 60, 12, row.index(word), 11) for word in ("backspace", "back ", "PageDown", "on")}
    assert picked == {
        "backspace": KeyPick("back-to-card"), "back ": KeyPick("back-to-card"),
        "PageDown": KeyPick("next-card"), "on": KeyPick("next-card"),
    }  # fmt: skip
    assert pick_at(shown, 60, 12, row.index("PageDown"), 10) is None
    assert pick_at(shown, 60, 12, 0, 11) is None
    (row,) = texts(reminder(shown, 80, Palette()))
    assert pick_in_reminder(shown, 80, row.index("PageDown")) == KeyPick("next-card")
    assert pick_in_reminder(shown, 80, 3) is None
