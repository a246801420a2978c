"""Large letters."""

import string

import pytest

from rnn_tui.pictures.letters import DOTS, figures, glyphs, large


def test_every_glyph_has_its_eight_rows_of_one_width():
    for character, rows in glyphs().items():
        assert len(rows) == DOTS, character
        assert len({len(row) for row in rows}) == 1, character
        assert set("".join(rows)) <= set("#."), character
        assert "#" in "".join(rows), character


def test_letters_digits_and_the_signs_of_a_sentence_are_there():
    assert set(string.ascii_letters + string.digits + ".,!?'-:;<>^−+") <= set(glyphs())
    assert set("×=≈≠→%·∞") <= set(glyphs())


def test_no_two_characters_look_alike_but_for_the_two_apostrophes():
    drawn = {}
    for character, rows in glyphs().items():
        drawn.setdefault(rows, []).append(character)

    assert [same for same in drawn.values() if len(same) > 1] == [["'", "’"]]


def test_a_word_is_three_rows_high_and_four_where_it_hangs_below_the_line():
    assert large("is", 20) == ["▀     ", "█ ▄█▀▀", "█ ▄▄█▀"]
    assert len(large("dog", 20)) == 4


@pytest.mark.parametrize("word", ["dog", "screaming", "don't", "3.5", "<unk>"])
def test_the_rows_of_a_word_have_one_width_and_nothing_wider_is_drawn(word):
    rows = large(word, 80)
    (width,) = {len(row) for row in rows}

    assert large(word, width) == rows
    assert large(word, width - 1) == []


@pytest.mark.parametrize("word", ["", "é", "日本", "a b"])
def test_a_word_with_another_letter_is_not_drawn(word):
    assert large(word, 80) == []


def test_at_a_scale_of_two_every_dot_is_two_by_two():
    assert large("=", 20) == ["    ", "▀▀▀▀", "▀▀▀▀"]
    assert large("=", 20, 2) == [" " * 8, " " * 8, "█" * 8, " " * 8, "█" * 8, " " * 8]
    assert len(large("+0.42", 80, 3)) == 9


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
def test_a_larger_scale_is_as_much_wider_and_has_as_many_more_rows(scale):
    once, more = large("0.5g", 400), large("0.5g", 400, scale)
    assert (len(more), len(more[0])) == (len(once) * scale, len(once[0]) * scale)
    assert large("0.5g", len(more[0]) - 1, scale) == []


def test_all_digits_of_a_figure_are_equally_wide_and_no_two_look_alike():
    drawn = {digit: figures()[digit] for digit in string.digits}
    assert {len(rows[0]) for rows in drawn.values()} == {4}
    assert len(set(drawn.values())) == 10
    assert large("11", 20, figure=True) == [" ▄█   ▄█ ", "  █    █ ", " ▄█▄  ▄█▄"]


def test_a_zero_among_figures_has_nothing_in_it():
    assert large("0", 4, figure=True) == ["▄▀▀▄", "█  █", "▀▄▄▀"]
    assert large("0", 4) != large("0", 4, figure=True)
