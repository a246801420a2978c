"""What is said beside the weights: the vocabulary, the tokenizer that fits it, the word for unknown ones."""

from pathlib import Path

import numpy as np
import pytest

from rnn_tui.interop import from_keras, from_torch
from rnn_tui.interop.description import Description, asked, by_row
from rnn_tui.network.errors import UserError
from rnn_tui.network.tokens import CharacterTokenizer, NumberTokenizer, WordTokenizer


def described(vocabulary, **options):
    """Vocabulary and tokenizer of a description."""
    description = Description(vocabulary, ("x", "y"), **options)
    words = description.words()
    return words, description.reader(words)


def refusal(vocabulary=("a", "b"), labels=("x", "y"), **options):
    def use():
        description = Description(vocabulary, labels, **options)
        description.reader(description.words())

    with pytest.raises(UserError) as raised:
        use()
    return str(raised.value)


@pytest.mark.parametrize(
    ("words", "options", "unknown"),
    [
        (["a", "<unk>"], {}, "<unk>"),
        (["[UNK]", "a"], {}, "[UNK]"),
        (["<UNK>", "a"], {}, "<UNK>"),
        (["unk", "a", "<unk>"], {}, "<unk>"),
        (["a", "unk"], {}, "unk"),
        (["<pad>", "<OOV>", "a"], {}, "<OOV>"),
        (["a", "UNK"], {}, "UNK"),
        (["a", "<unknown>"], {}, "<unknown>"),
        (["a", "{Unknown}"], {}, "{Unknown}"),
        (["a", "__unk__"], {}, "__unk__"),
        (["a", "<|oov|>"], {}, "<|oov|>"),
        (["a", "UNKNOWN"], {}, "UNKNOWN"),
        (["oov", "[OOV]"], {}, "[OOV]"),
        (["the", "unknown", "man"], {}, None),
        (["Unknown", "man"], {}, None),
        (["<unknowing>", "spunk", "trunk"], {}, None),
        (["a", "b"], {}, None),
        (["a", "<unk>"], {"unknown": ""}, None),
        (["a", "<unk>", "other"], {"unknown": "other"}, "other"),
    ],
)
def test_the_word_for_unknown_ones(words, options, unknown):
    assert described(words, **options)[0].unknown == unknown


@pytest.mark.parametrize(
    ("words", "options", "tokenizer"),
    [
        (["the", "dog"], {}, WordTokenizer(lowercase=True, punctuation="drop")),
        (["the", "Dog"], {}, WordTokenizer(lowercase=False, punctuation="drop")),
        (["[UNK]", "<PAD>", "UNK", "dog"], {"unknown": "UNK"}, WordTokenizer(lowercase=True, punctuation="drop")),
        (["dog", "don't", ","], {}, WordTokenizer(lowercase=True, punctuation="keep")),
        (["", "dog", "two words"], {}, WordTokenizer(lowercase=True, punctuation="drop")),
        (["dog", ","], {"punctuation": "spaces"}, WordTokenizer(lowercase=True, punctuation="spaces")),
        (["a", "b"], {"tokenizer": "characters"}, CharacterTokenizer(lowercase=True)),
        (["a", "B"], {"tokenizer": "characters"}, CharacterTokenizer(lowercase=False)),
        ([], {"tokenizer": "numbers"}, NumberTokenizer()),
        (["A"], {"tokenizer": WordTokenizer()}, WordTokenizer()),
    ],
)
def test_the_tokenizer_is_as_the_vocabulary_shows(words, options, tokenizer):
    assert described(words, **options)[1] == tokenizer


def test_a_head_may_be_one_name_or_none():
    assert asked({"head": "relu"}) == {"head": ("relu",)}
    assert asked({"head": ("relu", "tanh"), "readout": "mean"}) == {"head": ("relu", "tanh"), "readout": "mean"}
    assert asked({"head": None}) == asked({}) == {}


def test_a_state_dict_takes_a_head_as_one_name_or_none():
    states = {"rnn.weight_ih_l0": (3, 2), "rnn.weight_hh_l0": (3, 3), "rnn.bias_ih_l0": (3,), "rnn.bias_hh_l0": (3,)}
    arrays = {
        name: np.ones(shape, np.float32) for name, shape in (states | {"fc.weight": (2, 3), "fc.bias": (2,)}).items()
    }
    for head, functions in ((None, []), ("relu", ["relu"]), (["tanh"], ["tanh"])):
        model = from_torch(arrays, ["a", "b"], ["x", "y"], head=head)
        assert [entry.activation for entry in model.head] == functions


def test_words_come_in_the_order_of_their_rows():
    assert described({"b": 1, "a": 0, "c": 2})[0].words == ("a", "b", "c")
    assert by_row({}) == ()


def test_rows_from_one_have_padding_before_them():
    assert described({"b": 1, "a": 2})[0].words == ("<pad>", "b", "a")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"vocabulary": ["a", "b", "a"]}, "“a” is twice in the vocabulary, at 1 and 3; expected every one once"),
        ({"labels": ["x", "x"]}, "“x” is twice in the labels, at 1 and 2"),
        ({"unit_names": ["u", "u"]}, "“u” is twice in the unit names"),
        ({"vocabulary": []}, "the vocabulary is empty; give it one word a row"),
        ({"unknown": "c"}, "the word for unknown ones, “c”, is not in the vocabulary of 2 words"),
        ({"vocabulary": {"a": 0, "b": 2}}, "2 words in rows 0 to 2, expected every row from 0 to 1 once"),
        ({"vocabulary": {"a": 0, "b": 0}}, "2 words in rows 0 to 0"),
        ({"vocabulary": {"<pad>": 1, "b": 2}}, "2 words in rows 1 to 2"),
        ({"vocabulary": {"a": 0.0}}, "has a row that is no whole number"),
        ({"vocabulary": {"a": True}}, "has a row that is no whole number"),
        ({"vocabulary": ["a 1", "b 2"]}, "every word of the vocabulary has white space in it, such as “a 1”"),
        ({"vocabulary": ["a", 3]}, "vocabulary: found 3, expected texts only"),
        (
            {"head": ("gelu",)},
            "head “gelu” is unknown, expected one of relu, tanh, sigmoid, identity; leave head out for",
        ),
        (
            {"head": ("",)},
            "head “” is unknown, expected one of relu, tanh, sigmoid, identity; leave head out for nothing",
        ),
        ({"head": 3}, "head: found 3, expected a list of texts"),
        ({"vocabulary": None}, "vocabulary: found None, expected a list of texts, or the row of each"),
        ({"vocabulary": 7}, "vocabulary: found 7, expected a list of texts, or the row of each"),
        ({"vocabulary": iter("ab")}, "iterator object at"),
        ({"labels": iter("xy")}, "expected a list of texts"),
        ({"labels": None}, "labels: found None, expected a list of texts"),
        ({"examples": iter("xy")}, "expected a list of texts"),
        ({"labels": "xy"}, "labels: found 'xy', expected a list of texts"),
        ({"vocabulary": ["a", "\ud800"]}, "vocabulary: found '\\ud800', expected Unicode text"),
        ({"title": "\udcff"}, "title: found '\\udcff', expected Unicode text"),
        ({"readout": "first"}, "readout “first” is unknown, expected one of last, each, mean, max, attention"),
        ({"nonlinearity": "gelu"}, "nonlinearity “gelu” is unknown, expected one of tanh, relu, identity"),
        ({"tokenizer": "bytes"}, "tokenizer “bytes” is unknown, expected one of words, characters, numbers"),
        ({"punctuation": "some"}, "punctuation “some” is unknown, expected one of keep, drop, spaces"),
    ],
)
def test_what_can_not_be_used_is_said(options, says):
    assert says in refusal(**options)


@pytest.mark.parametrize("number", ["x", None, [1.0, 2.0], float("nan"), pytest.param(10**400, id="too large")])
@pytest.mark.parametrize("option", ["output_mean", "output_std"])
def test_a_number_is_a_finite_one(option, number):
    assert refusal(**{option: number}).endswith("expected a number")


@pytest.mark.parametrize("found", [None, 7, "model.keras", b"model.keras", Path("model.keras")])
def test_what_is_no_keras_model_is_said_with_the_door_for_files(found):
    with pytest.raises(UserError) as raised:
        from_keras(found, ["a", "b"], ["x", "y"])
    assert str(raised.value) == (
        f"expected a Keras model, its get_weights(), or its weights by path, found {type(found).__name__}; "
        "from_file opens a file"
    )
