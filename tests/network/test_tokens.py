"""From a text to tokens."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.network.errors import InputError
from rnn_tui.network.splitting import composed
from rnn_tui.network.tokens import (
    CharacterTokenizer,
    NumberTokenizer,
    Token,
    Vocabulary,
    WordTokenizer,
    join,
    tokenize,
)
from tests.timing import grows_in_proportion

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


@pytest.mark.parametrize(
    "text", ["12,5 8,\N{MINUS SIGN}3", "12,5; 8,−3", " 12 , 5   8,\t−3\n", "12,5\n8,−3"], ids=range(4)
)
def test_commas_join_the_features_of_a_timestep_and_spaces_part_timesteps(text):
    tokenizer = NumberTokenizer((10.0, 1.0), (2.0, 4.0), 2, ("warm", "wet"))

    tokens = tokenize(text, tokenizer, Vocabulary(()))

    assert [token.values for token in tokens] == [(1.0, 1.0), (-1.0, -1.0)]
    assert [token.surface for token in tokens] == ["12,5", "8,−3"]
    assert [token.value for token in tokens] == [None, None]
    assert tokenizer.split(join(tokenizer.split(text), tokenizer)) == tokenizer.split(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2 3", "“3” has 1 number, and a timestep of this model has 2 (warm, wet), with commas between them"),
        ("1,2,3 3,4", "“1,2,3” has 3 numbers, and a timestep of this model has 2"),
        ("1,cat", "“cat” in “1,cat” is no number; a timestep of this model has 2"),
        ("1,", "a field of “1,” is no number; a timestep of this model has 2"),
        ("1,inf", "“inf” in “1,inf” is no number"),
    ],
)
def test_a_timestep_with_other_features_is_refused_with_the_form_that_is_read(text, said):
    with pytest.raises(InputError) as raised:
        tokenize(text, NumberTokenizer(0.0, 1.0, 2, ("warm", "wet")), Vocabulary(()))
    assert str(raised.value).startswith(said)
    assert str(raised.value).endswith("0.1,0.2 0.5,0.6")
    assert "\n" not in str(raised.value)


def test_many_features_are_not_all_written_out_in_a_message():
    with pytest.raises(InputError, match=r"0.1,0.2,0.3,0.4,… 0.5,0.6,0.7,0.8,…$"):
        tokenize("1", NumberTokenizer(features=300), Vocabulary(()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"features": 0},
        {"mean": (1.0, 2.0), "features": 3},
        {"scale": (1.0, 2.0)},
        {"feature_names": ("a",)},
        {"feature_names": ("a",), "features": 2},
    ],
)
def test_sizes_of_a_tokenizer_of_numbers_agree(wrong):
    with pytest.raises(ValueError, match=r"features$"):
        NumberTokenizer(**wrong)


def test_the_numbers_of_one_tuple_are_those_of_one_feature():
    assert NumberTokenizer((3.0,), (2.0,)) == NumberTokenizer(3.0, 2.0)
    assert NumberTokenizer(3.0, 2.0).scaling() == (3.0, 2.0)
    assert NumberTokenizer((3.0, 4.0), (2.0, 5.0), 2).scaling(1) == (4.0, 5.0)


@pytest.mark.parametrize(
    "tokenizer", [WordTokenizer(), CharacterTokenizer(), NumberTokenizer(), NumberTokenizer(features=2)]
)
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


MARKS = "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}\N{COMBINING CEDILLA}\u0344\N{COMBINING HORN}"


def test_marks_come_in_unicode_s_order_however_many_there_are():
    # given runs of marks of several classes, longer than are left to unicodedata
    rng = random.Random(3)
    for _ in range(40):
        runs = ("".join(rng.choices(MARKS, k=rng.randint(0, 300))) for _ in range(4))
        text = "".join(f"{rng.choice('aeé가 ')}{run}" for run in runs)
        # when they are composed, then the result is NFC's
        assert composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("begun", "repeated"),
    [
        ("", "x"),
        ("", "!"),
        ("a", "\N{COMBINING ACUTE ACCENT}"),
        ("a", "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}"),
        ("", "'-"),
        ("", "a b "),
    ],
    ids=["a word", "a sign", "one mark", "two marks", "joiners", "many words"],
)
def test_four_times_as_long_a_text_is_split_in_about_four_times_as_long(begun, repeated):
    for tokenizer in (WordTokenizer(), WordTokenizer(punctuation="drop"), CharacterTokenizer()):
        text = begun + repeated * (200_000 // len(repeated))
        assert grows_in_proportion(
            lambda size, split=tokenizer.split: split(begun + repeated * (size // len(repeated))), 20_000
        )
        pieces = tokenizer.split(text)
        kept = "" if tokenizer.options().get("punctuation") == "drop" and not text[0].isalnum() else text
        whole = composed(kept) if tokenizer.kind == "characters" else "".join(composed(kept).split())
        assert "".join(pieces) == whole


def test_a_word_that_is_no_number_is_quoted_in_part():
    with pytest.raises(InputError) as raised:
        tokenize("x" * 130_000, NumberTokenizer(), Vocabulary(()))
    assert len(str(raised.value)) < 200


def test_options_are_those_of_the_model_file():
    assert WordTokenizer().options() == {"kind": "words", "lowercase": True, "punctuation": "keep"}
    assert CharacterTokenizer().options() == {"kind": "characters", "lowercase": False}
    assert NumberTokenizer(1, 2).options() == {"kind": "numbers", "mean": 1, "scale": 2}
    assert NumberTokenizer((1.0, 2.0), 3.0, 2).options() == {
        "kind": "numbers",
        "mean": [1.0, 2.0],
        "scale": [3.0, 3.0],
        "features": 2,
    }
    assert NumberTokenizer(0.0, 1.0, 2, ("warm", "wet")).options()["feature_names"] == ["warm", "wet"]
    assert len(WORDS) == 4
