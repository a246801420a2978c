from dataclasses import replace

import pytest

from rnn_tui.edits import parse_edit
from rnn_tui.pictures.comparing.side import grid
from rnn_tui.pictures.comparing.strip import side_panel, word_row
from tests.pictures.comparing.sides import sides
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, widths


def drawn(side, width=44, height=6):
    return texts(side_panel(side, width, height, PLAIN))


def test_a_side_at_the_end():
    a, _ = sides(at=(2, 4))
    assert drawn(a) == [
        "┏━  A  wired · Elman tanh · 2 units ━━━━━━━┓",
        "┃             kick       and       dog     ┃",
        "┃ ▸verb       +0.76     +0.64     +0.57    ┃",
        "┃  noun       0.00      −0.46     +0.49    ┃",
        "┃  answer   Neg   82% Neg   90% Neg   54%  ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛",
    ]


def test_a_word_that_a_side_does_not_have_is_a_gap():
    _, b = sides(at=(2, 4), scene={"unit": 0})
    assert drawn(b) == [
        "╭─  B  wired · Elman tanh · 2 units ───────╮",
        "│             kick       ┄┄┄       dog     │",
        "│ ▸verb       +0.76      ┄┄┄      +0.64    │",
        "│  noun       0.00       ┄┄┄      +0.76    │",
        "│  answer   Neg   82%    ┄┄┄    Pos   56%  │",
        "╰──────────────────────────────────────────╯",
    ]


def test_what_is_to_come_has_no_value_and_a_low_panel_no_frame():
    a, _ = sides(at=(1, 2), framed=False)
    assert drawn(a, height=5) == [
        "  A  wired · Elman tanh · 2 units           ",
        "              kick       and       dog      ",
        "  ▸verb       +0.76       ·         ·       ",
        "   noun       0.00        ·         ·       ",
        "   answer   Neg   82%     ·         ·       ",
    ]


def test_narrow_columns_have_signs_and_what_is_off_screen_is_said():
    a, _ = sides("kick " * 9, "dog " * 9, at=(4, 4))
    assert drawn(a, 30) == [
        "┏━  A  wired · Elman tanh ━━━┓",
        "┃           kick kick kick   ┃",
        "┃ ▸verb      +    +    ·     ┃",
        "┃  noun      ·    ·    ·     ┃",
        "┃  answer   Neg▇ Neg▇  ·     ┃",
        "┗━━━━━━━━━━━ words 4–6 of 9 ━┛",
    ]


def test_a_unit_of_several_lines_is_thicker():
    a, _ = sides(at=(2, 4), memory_pitch=2)
    rows = drawn(a, height=8)
    assert rows[3].strip("┃ ") == ""
    assert "noun" in rows[4]


def test_the_answers_are_covered_until_the_class_has_guessed():
    a, _ = sides(at=(2, 4), scene={"hidden": True})
    assert drawn(a)[4] == "┃  answer       ?         ?         ?      ┃"


@pytest.mark.parametrize(
    ("width", "title"),
    [(70, "wired · Elman tanh · 2 units, with half the memory"), (44, "wired, with half the memory"), (30, "half the")],
)
def test_the_title_names_the_changes_at_any_width(width, title):
    side = sides()[1]
    edited = replace(side.scene.reading, edits=(parse_edit("scale-memory 0.5"),))
    changed = replace(side, scene=replace(side.scene, reading=edited))
    assert title in drawn(changed, width)[0]


def test_only_the_words_that_differ_are_underlined():
    a, _ = sides(at=(2, 0))
    underlined = [
        segment.text for segment in word_row(a, grid(a, 44), COLOURED) if segment.style and segment.style.underline
    ]
    assert underlined == ["and"]


def test_answers_that_are_not_the_same_stand_out():
    a, _ = sides(at=(2, 4))
    row = side_panel(a, 44, 6, COLOURED)[4]
    accent = [segment.text for segment in row if segment.style and segment.style.color == COLOURED.accent.color]
    assert "".join(accent) == "Neg   54%"


@pytest.mark.parametrize("width", [20, 33, 60, 120])
def test_foreign_text_is_text_and_every_row_is_as_wide_as_the_panel(width):
    other = model(unit_names=(NASTY, "b"), labels=(NASTY, "x"))
    for side in sides(NASTY, "kick", models=(other, other), at=(1, 4)):
        rows = side_panel(side, width, 8, PLAIN)
        assert widths(rows) == {width}
        assert not obeyed(rows)
