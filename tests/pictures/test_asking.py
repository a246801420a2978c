"""The panel of a question as exact text."""

from dataclasses import replace

import pytest

from rnn_tui.pictures.asking import Asking, Revealed, asking_panel, pick_at, rows_needed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import KeyPick
from rnn_tui.pictures.rows import text_of, width_of

DIRECTION = Asking(
    "Which way will the memory in verb go?",
    title="What do you think?",
    choices=("up", "down", "about the same"),
    counts=((5, 2, 1),),
    foot=("a number key counts a hand · enter reveals", "enter reveals"),
)
DOWN = Revealed("down", "tanh(0.72) ≈ 0.61.", "2 of 8 had it right.", 1)
LABEL = Asking("Which answer?", choices=("Negative", "Positive"), counts=((3, 1),), foot=("→ goes on",))
NEGATIVE = Revealed("Negative", "The largest wins.", "3 of 4 had it right.", 0, (0.81, 0.19))
NUMBER = Asking("How much is tanh(sum)?", typed=True, given="−0.3", foot=("type a number · enter reveals",))


def drawn(asking, width, height=None):
    rows = asking_panel(asking, width, rows_needed(asking, width) if height is None else height, Palette())
    assert {width_of(row) for row in rows} == {width}
    return [text_of(row) for row in rows]


def test_a_question_with_the_hands_of_a_class():
    assert drawn(DIRECTION, 60) == [
        "┏━ What do you think? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ Which way will the memory in verb go?                    ┃",
        "┃  1    up              ██████████████████▏              5 ┃",
        "┃  2    down            ███████▎                         2 ┃",
        "┃  3    about the same  ███▋                             1 ┃",
        "┗━━━━━━━━━━━━━ a number key counts a hand · enter reveals ━┛",
    ]


def test_the_answer_is_marked_by_a_sign_and_not_by_colour_alone():
    assert drawn(replace(DIRECTION, title="Answer: down", revealed=DOWN, foot=("→ goes on",)), 60) == [
        "┏━ Answer: down ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ Which way will the memory in verb go?                    ┃",
        "┃  1    up              ██████████████████▏              5 ┃",
        "┃  2  ✓ down            ███████▎                         2 ┃",
        "┃  3    about the same  ███▋                             1 ┃",
        "┃ 2 of 8 had it right.                                     ┃",
        "┃ tanh(0.72) ≈ 0.61.                                       ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ → goes on ━┛",
    ]


def test_the_class_stands_beside_the_network_and_its_second_vote_beside_the_first():
    assert drawn(replace(LABEL, revealed=NEGATIVE), 60) == [
        "┏━ Question ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ Which answer?                                            ┃",
        "┃                 hands                the network         ┃",
        "┃  1  ✓ Negative  ██████████▌       3  ███████████▍    81% ┃",
        "┃  2    Positive  ███▌              1  ██▋             19% ┃",
        "┃ 3 of 4 had it right.                                     ┃",
        "┃ The largest wins.                                        ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ → goes on ━┛",
    ]
    assert drawn(replace(LABEL, counts=((3, 1), (2, 2)), revealed=NEGATIVE), 80) == [
        "┏━ Question ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ Which answer?                                                                ┃",
        "┃                 first vote          second vote         the network          ┃",
        "┃  1  ✓ Negative  █████████▊       3  ██████▌          2  ██████████▌    81%   ┃",
        "┃  2    Positive  ███▎             1  ██████▌          2  ██▌            19%   ┃",
        "┃ 3 of 4 had it right.                                                         ┃",
        "┃ The largest wins.                                                            ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ → goes on ━┛",
    ]


def test_without_a_vote_the_network_stands_alone():
    shown = drawn(replace(LABEL, counts=((0, 0),), revealed=replace(NEGATIVE, marked="")), 60)

    assert shown == [
        "┏━ Question ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ Which answer?                                            ┃",
        "┃                 the network                              ┃",
        "┃  1  ✓ Negative  ████████████████████████████▍        81% ┃",
        "┃  2    Positive  ██████▋                              19% ┃",
        "┃ The largest wins.                                        ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ → goes on ━┛",
    ]


def test_a_number_is_typed_in_a_field():
    assert drawn(NUMBER, 60) == [
        "┏━ Question ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ How much is tanh(sum)?                                   ┃",
        "┃ your number:  −0.3▏                                      ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━ type a number · enter reveals ━┛",
    ]


def test_where_there_is_room_bars_are_thick():
    rows = drawn(replace(DIRECTION, roomy=True), 60)

    assert len(rows) == len(drawn(DIRECTION, 60)) + 3
    for thin, thick in zip(rows[2::2][:3], rows[3::2][:3], strict=True):
        assert thin.count("█") == thick.count("█")
        assert not any(character.isdigit() for character in thick)


def test_many_choices_stand_beside_one_another_with_their_numbers():
    letters = tuple("abcdefghijklmnopqrstuvwxyz")
    assert drawn(replace(NUMBER, choices=letters, wanted="number of your choice", given="12"), 60) == [
        "┏━ Question ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ How much is tanh(sum)?                                   ┃",
        "┃  1 a   2 b   3 c   4 d   5 e   6 f   7 g   8 h   9 i     ┃",
        "┃ 10 j  11 k  12 l  13 m  14 n  15 o  16 p  17 q  18 r     ┃",
        "┃ 19 s  20 t  21 u  22 v  23 w  24 x  25 y  26 z           ┃",
        "┃ number of your choice:  12▏                              ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━ type a number · enter reveals ━┛",
    ]


def test_a_long_choice_is_wrapped_and_a_long_question_too():
    choice = "the network forgets everything that it has read before this word here"
    rows = drawn(replace(DIRECTION, ask="Which of these is it, " * 5, choices=(choice, "b", "c")), 60)
    said = " ".join(" ".join(row.replace("┃", " ").split()) for row in rows)

    assert ("Which of these is it, " * 5).strip() in said
    assert rows[3].split()[1] == "1"
    for word in choice.split():
        assert word in said


def test_words_of_a_file_are_no_markup_and_obey_nothing():
    rows = drawn(replace(DIRECTION, ask="[b]\x1b[31m?", choices=("[red]a[/]", "\x07b", "c")), 60)

    assert "[b]␛[31m?" in rows[1]
    assert "[red]a[/]" in rows[2]
    assert "\x1b" not in "".join(rows)


@pytest.mark.parametrize(("y", "key"), [(0, None), (1, None), (2, "hand-1"), (4, "hand-3"), (5, None), (9, None)])
def test_a_click_on_a_choice_counts_a_hand(y, key):
    assert pick_at(DIRECTION, 60, y) == (None if key is None else KeyPick(key))


def test_a_click_counts_nothing_once_the_answer_is_there():
    assert pick_at(replace(DIRECTION, revealed=DOWN), 60, 2) is None
    assert pick_at(replace(NUMBER, choices=("a", "b")), 60, 2) is None


def test_of_the_keys_at_its_foot_those_are_said_that_fit():
    assert "enter reveals" in drawn(DIRECTION, 60)[-1]
    assert drawn(DIRECTION, 40)[-1].startswith("┗━━━━━━━━━━━")
    assert "counts" not in drawn(DIRECTION, 40)[-1]
