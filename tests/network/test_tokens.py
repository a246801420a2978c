"""From a text to tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.network.errors import InputError
from rnn_tui.network.tokens import (
    CharacterTokenizer,
    NumberTokenizer,
    Token,
    Vocabulary,
    WordTokenizer,
    join,
    tokenize,
)

WORDS = Vocabulary(("the", "dog", "don't", "<unk>"), "<unk>")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The dog", ["The", "dog"]),
        ("  The\tdog\n", ["The", "dog"]),
        ("Stop!!! Don't.", ["Stop", "!!!", "Don't", "."]),
        ("well-known ’tis", ["well-known", "’", "tis"]),
        (":) good", [":)", "good"]),
        ("[red]x[/]", ["[", "red", "]", "x", "[/]"]),
        ("\x1b[31mred", ["\x1b[", "31mred"]),
        ("日本 שלום é", ["日本", "שלום", "é"]),
        ("cafe\N{COMBINING ACUTE ACCENT}", ["café"]),
        ("👩\N{ZERO WIDTH JOINER}👧 ok", ["👩\N{ZERO WIDTH JOINER}👧", "ok"]),
        ("<unk> 3.5", ["<unk>", "3", ".", "5"]),
        ("हिन्दी", ["हिन्दी"]),
    ],
)
def test_words_are_runs_of_letters_and_other_runs_stand_alone(text, pieces):
    assert WordTokenizer().split(text) == pieces


def test_punctuation_can_be_dropped_or_left_where_it_is():
    assert WordTokenizer(punctuation="drop").split("Stop! ☺ No, really.") == ["Stop", "☺", "No", "really"]
    assert WordTokenizer(punctuation="spaces").split("Stop! No.") == ["Stop!", "No."]


def test_a_word_is_looked_up_in_lower_case_and_shown_as_typed():
    assert WordTokenizer().token("Dog", WORDS) == Token("dog", "Dog", 1)
    assert WordTokenizer(lowercase=False).token("Dog", WORDS).unknown


def test_an_unknown_word_reads_the_unknown_row_or_nothing():
    assert WordTokenizer().token("cat", WORDS) == Token("cat", "cat", 3, unknown=True)
    assert WordTokenizer().token("cat", Vocabulary(("a",))) == Token("cat", "cat", None, unknown=True)


def test_the_nearest_words_are_those_spelled_alike_but_never_the_unknown_one():
    vocabulary = Vocabulary(("running", "<unk>", "runner", "cat"), "<unk>")

    assert vocabulary.nearest("runing") == ["running", "runner"]
    assert vocabulary.nearest("<unkk>") == []


def test_characters_keep_their_marks():
    tokenizer = CharacterTokenizer()
    vocabulary = Vocabulary(("a", "B", " "))

    assert tokenizer.split("aX\N{COMBINING DOT ABOVE}\N{COMBINING ACUTE ACCENT} ")[0] == "a"
    assert len(tokenizer.split("q\N{COMBINING DOT ABOVE}z")) == 2
    assert tokenizer.token("B", vocabulary).index == 1
    assert CharacterTokenizer(lowercase=True).token("A", vocabulary).index == 0


def test_numbers_are_scaled_and_take_any_separator():
    tokenizer = NumberTokenizer(mean=10, scale=2)

    tokens = tokenize("12, 8;\N{MINUS SIGN}4", tokenizer, Vocabulary(()))

    assert [token.value for token in tokens] == [1.0, -1.0, -7.0]
    assert [token.surface for token in tokens] == ["12", "8", "−4"]


@pytest.mark.parametrize("text", ["12 cat", "nan", "inf 3", "1e999"])
def test_what_is_no_number_is_refused_in_one_line(text):
    with pytest.raises(InputError, match="is no number; this model reads numbers") as raised:
        tokenize(text, NumberTokenizer(), Vocabulary(()))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("tokenizer", [WordTokenizer(), CharacterTokenizer(), NumberTokenizer()])
def test_an_empty_sentence_is_refused(tokenizer):
    with pytest.raises(InputError, match=f"empty; give it at least one {tokenizer.unit}"):
        tokenize("", tokenizer, WORDS)


@given(st.text())
def test_any_text_can_be_split_and_what_was_split_splits_the_same_again(text):
    for tokenizer in (WordTokenizer(), WordTokenizer(punctuation="drop"), CharacterTokenizer()):
        pieces = tokenizer.split(text)
        assert all(pieces)
        assert all(tokenizer.token(piece, WORDS).surface == piece for piece in pieces)
    words = WordTokenizer(punctuation="spaces")
    assert words.split(join(words.split(text), words)) == words.split(text)


def test_options_are_those_of_the_model_file():
    assert WordTokenizer().options() == {"kind": "words", "lowercase": True, "punctuation": "keep"}
    assert CharacterTokenizer().options() == {"kind": "characters", "lowercase": False}
    assert NumberTokenizer(1, 2).options() == {"kind": "numbers", "mean": 1, "scale": 2}
    assert len(WORDS) == 4
