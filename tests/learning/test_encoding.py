"""From samples to rows of a vocabulary and places among the labels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rnn_tui.learning.encoding import FEW_WORDS, Encoding, encoding_of
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample
from rnn_tui.network.training.corpus import NO_TARGET
from tests.builders import build

PATH = Path("a.csv")


def test_a_label_is_asked_for_after_the_last_token():
    encoding = encoding_of("labels", "words", PATH, [Sample(1, "good good film"), Sample(2, "Bad")], ["no", "yes"])
    corpus = encoding.corpus(PATH, [Sample(3, "a good film", ("yes",))])
    assert encoding.vocabulary.words == ("<unk>", "good", "bad", "film")
    assert corpus.inputs[0].tolist() == [0, 1, 3]
    assert corpus.targets[0].tolist() == [NO_TARGET, NO_TARGET, encoding.labels.index("yes")]


def test_every_word_has_its_tag_however_it_is_written():
    encoding = encoding_of("tags", "words", PATH, [Sample(1, "don't 3:30 !?")], ["A", "B", "C"])
    corpus = encoding.corpus(PATH, [Sample(1, "don't 3:30 !?", ("A", "B", "C"))])
    assert corpus.targets[0].tolist() == [0, 1, 2]


def test_the_next_token_is_asked_for_at_every_token():
    # given a file with the name "ab"
    encoding = encoding_of("next", "characters", PATH, [Sample(1, "ab"), Sample(2, "a")], [])
    assert encoding.vocabulary.words == ("^", "�", "a", "b")
    assert encoding.labels == ("�", "a", "b", "<end>")
    # when it is encoded
    corpus = encoding.corpus(PATH, [Sample(1, "ab")])
    # then ^ is answered by a, a by b, and b by the end
    assert corpus.inputs[0].tolist() == [0, 2, 3]
    assert [encoding.labels[place] for place in corpus.targets[0]] == ["a", "b", "<end>"]


def test_the_start_token_is_one_that_no_text_has():
    encoding = encoding_of("next", "characters", PATH, [Sample(1, "a^b")], [])
    assert encoding.writing.start == "⊢"
    assert "^" in encoding.labels


def test_numbers_are_scaled_by_what_is_trained_on():
    encoding = encoding_of("series", "numbers", PATH, [Sample(1, "1 3"), Sample(2, "5 7")], [])
    corpus = encoding.corpus(PATH, [Sample(1, "4 9", ("rises",))])
    scaled = (np.array([[4.0], [9.0]]) - 4) / np.sqrt(5)
    np.testing.assert_allclose(corpus.inputs[0], scaled, rtol=1e-5)
    assert corpus.targets[0].tolist() == [NO_TARGET, 1]


def test_rare_words_and_those_beyond_the_largest_number_are_unknown():
    training = [Sample(1, "a a a b b c")]
    assert encoding_of("labels", "words", PATH, training, "xy", min_count=2).vocabulary.words == ("<unk>", "a", "b")
    assert encoding_of("labels", "words", PATH, training, "xy", max_words=1).vocabulary.words == ("<unk>", "a")


def test_what_comes_once_is_unknown_only_where_the_next_word_is_learned_from_many():
    few, many = [Sample(1, "once")], [Sample(1, "once"), Sample(2, "often " * FEW_WORDS)]
    assert "once" in encoding_of("next", "words", PATH, few, []).labels
    assert "once" not in encoding_of("next", "words", PATH, many, []).labels
    assert "once" in encoding_of("labels", "words", PATH, many, "xy").vocabulary.words


@pytest.mark.parametrize(
    ("model", "task", "sample", "says"),
    [
        (build(), "labels", Sample(7, "dog", ("Neutral",)), "row 7: the label “Neutral” is none of the model's 2: Neg"),
        (build(inputs="number"), "labels", Sample(7, "1 two", ("Positive",)), "row 7: “two” is no number"),
        (build(inputs="number"), "labels", Sample(7, ",;", ("Positive",)), "row 7: has no number that the network"),
    ],
)
def test_what_a_model_can_t_read_is_said_with_file_and_row(model, task, sample, says):
    with pytest.raises(RowError) as caught:
        Encoding.of_model(model, task).corpus(PATH, [sample])
    assert str(caught.value).startswith(f"a.csv: {says}")


def test_a_character_that_a_model_never_says():
    model = build(readout="each", words=("a", "b"), labels=("a", "b", "<end>"), unknown=None)
    with pytest.raises(RowError, match="row 4: the word “c” is none of the model's 3: a, b, <end>"):
        Encoding.of_model(model, "next").corpus(PATH, [Sample(4, "a c")])


@pytest.mark.parametrize(
    ("text", "says"), [("1 x", "row 2: “x” is no number"), ("1e31", "holds a number as large as 1e\\+31")]
)
def test_numbers_that_can_t_be_scaled_by(text, says):
    with pytest.raises(RowError, match=says):
        encoding_of("labels", "numbers", PATH, [Sample(1, "1 2"), Sample(2, text)], "xy")
