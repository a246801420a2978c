"""Large letters."""

import string

import pytest

from rnn_tui.pictures.letters import DOTS, glyphs, large


def test_every_glyph_has_its_eight_rows_of_one_width():
    for character, rows in glyphs().items():
        assert len(rows) == DOTS, character
        assert len({len(row) for row in rows}) == 1, character
        assert set("".join(rows)) <= set("#."), character
        assert "#" in "".join(rows), character


def test_letters_digits_and_the_signs_of_a_sentence_are_there():
    assert set(string.ascii_letters + string.digits + ".,!?'-:;<>^−+") <= set(glyphs())


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
