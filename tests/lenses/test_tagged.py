"""The tagged sentences that units are measured with."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from rnn_tui import shelf
from rnn_tui.lenses.tagged import CLASSES, Tagged, parse, sentences

MAJOR = ("NOUN", "VERB", "ADJ", "ADV", "PRON", "DET", "ADP", "AUX", "CCONJ")


def is_punctuation(word):
    return not any(character.isalnum() for character in word)


def test_there_are_enough_sentences_and_no_two_are_the_same():
    texts = [" ".join(sentence.words) for sentence in sentences()]
    assert len(texts) >= 150
    assert len(set(texts)) == len(texts)


def test_every_word_has_one_tag_of_the_known_ones():
    for sentence in sentences():
        assert len(sentence.words) == len(sentence.tags), sentence
        assert set(sentence.tags) <= set(CLASSES), sentence


def test_every_known_tag_occurs():
    assert set(chain.from_iterable(sentence.tags for sentence in sentences())) == set(CLASSES)


@pytest.mark.parametrize("polarity", [-1, 0, 1])
def test_each_polarity_has_its_share(polarity):
    assert sum(sentence.polarity == polarity for sentence in sentences()) >= 40


@pytest.mark.parametrize("tag", MAJOR)
def test_major_classes_have_many_words(tag):
    assert sum(sentence.tags.count(tag) for sentence in sentences()) >= 60


def test_punctuation_and_nothing_else_is_tagged_so():
    for sentence in sentences():
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            assert is_punctuation(word) == (tag == "PUNCT"), sentence


def test_sentences_are_of_everyday_length():
    for sentence in sentences():
        assert 3 <= sum(tag != "PUNCT" for tag in sentence.tags) <= 15, sentence


def test_sentences_begin_with_a_capital_and_end_with_a_stop():
    for sentence in sentences():
        assert sentence.words[0][0].isupper(), sentence
        assert sentence.words[-1] in (".", "!", "?"), sentence


def test_a_word_of_one_class_in_the_treebanks_has_it_everywhere():
    """Function words are few and come often, so a slip of the pen would show here."""
    given = Counter()
    for sentence in sentences():
        given.update((word.lower(), tag) for word, tag in zip(sentence.words, sentence.tags, strict=True))
    always = {
        "DET": "the a every some each another",
        "PRON": "i you he she it we they me my your his her our their us nobody everybody who",
        "AUX": "is are am was were be been will would can could did does do",
        "CCONJ": "and or but",
        "SCONJ": "because if although while unless whether",
        "PART": "not",
        "ADP": "in on at of for with from into under after by near behind than since before",
        "ADV": "very never always too again then here now so",
    }
    for tag, words in always.items():
        for word in words.split():
            found = {other for (text, other) in given if text == word}
            assert found == {tag}, word


@pytest.mark.parametrize(("name", "least"), [("kicking-and-screaming", 0.4), ("sentiment", 0.8), ("tagger", 0.8)])
def test_the_shipped_models_know_many_of_the_words(name, least):
    model = shelf.load(name)
    words = [word for sentence in sentences() for word in sentence.words if not is_punctuation(word)]
    known = sum(not model.tokenizer.token(word, model.vocabulary).unknown for word in words)
    assert known / len(words) >= least


def test_comments_and_blank_lines_do_not_count():
    text = "# a comment\n\nnegative\tNo sleep .\tDET NOUN PUNCT\n"
    assert parse(text) == (Tagged(("No", "sleep", "."), ("DET", "NOUN", "PUNCT"), -1),)


@pytest.mark.parametrize(
    "line",
    [
        "sad\tNo sleep .\tDET NOUN PUNCT",
        "negative\tNo sleep .\tDET NOUN",
        "negative\tNo sleep .",
        "negative\t\t",
        "negative\tNo sleep .\tDET NOUN PUNCT\tmore",
    ],
)
def test_a_wrong_line_is_named(line):
    with pytest.raises(ValueError, match="line 2"):
        parse(f"# first\n{line}")
