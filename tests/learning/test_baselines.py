"""Baselines against numbers counted by hand."""

from __future__ import annotations

import pytest

from rnn_tui.learning.baselines import absolute_errors, accuracies, count_bits, guesses
from rnn_tui.learning.samples import Sample
from rnn_tui.network.tokens import WordTokenizer


def test_the_majority_is_that_of_the_training_part():
    training = [Sample(1, "a", ("no",)), Sample(2, "b", ("no",)), Sample(3, "c", ("yes",))]
    validation = [Sample(4, "d", ("yes",)), Sample(5, "e", ("yes",)), Sample(6, "f", ("no",))]
    assert accuracies("labels", training, validation) == {"majority": pytest.approx(1 / 3)}


def test_the_most_frequent_tag_of_each_word():
    # given "can" as a verb twice and as a noun once, and nouns the most frequent of all
    training = [Sample(1, "can Can can dog cat", ("V", "V", "N", "N", "N"))]
    # when asked for can (a noun here), dog, and a word that never came (a noun)
    found = accuracies("tags", training, [Sample(2, "CAN dog bird", ("N", "N", "N"))])
    # then can is wrong, the others are right
    assert found == {"majority": 1.0, "most frequent tag of each word": pytest.approx(2 / 3)}


def test_the_same_as_last_time():
    training = [Sample(1, "1 2", ("rises",))]
    validation = [Sample(2, "1 2", ("rises",)), Sample(3, "3 2", ("rises",)), Sample(4, "3 2", ("falls",))]
    found = accuracies("series", training, validation)
    assert found == {"majority": pytest.approx(2 / 3), "the same as last time": pytest.approx(2 / 3)}


def test_bits_of_the_frequencies():
    # Three tokens were counted, of two labels: (2 + 1) / 5 and (1 + 1) / 5. log2(5/3) = 0.7370, log2(5/2) = 1.3219.
    assert count_bits([[0, 0], [1]], [[0, 1]], 2) == pytest.approx((0.7370 + 1.3219) / 2, abs=1e-4)


def test_words_are_the_same_where_the_tokenizer_looks_up_the_same():
    training = [Sample(1, "Can can can", ("N", "V", "V"))]
    held_out = [Sample(2, "Can", ("N",))]
    name = "most frequent tag of each word"
    assert accuracies("tags", training, held_out)[name] == 0
    assert accuracies("tags", training, held_out, WordTokenizer(lowercase=False))[name] == 1


def test_bits_of_counted_pairs():
    # given the runs (start, 0), (0, 1) twice each, and nothing else
    # when asked for (start, 0), which came in 2 of 2, and (0, 0), which came in 0 of 2, with 0.5 added to each count
    bits = count_bits([[0, 1], [0, 1]], [[0, 0]], 2, length=2, added=0.5)
    # then they are (2 + 0.5) / (2 + 1) and 0.5 / 3
    assert bits == pytest.approx((0.2630 + 2.5850) / 2, abs=1e-4)


def test_the_same_as_last_time_is_of_what_is_asked_and_not_of_what_is_read():
    training = [Sample(1, "9,1 8,2", ("rises",), (1, 2))]
    held_out = [Sample(2, "9,1 8,2", ("rises",), (1, 2)), Sample(3, "1,3 2,2", ("rises",), (3, 2))]
    assert accuracies("series", training, held_out)["the same as last time"] == 0.5


def test_a_number_is_guessed_by_its_last_value_and_by_the_mean_of_the_training_part():
    # given answers 10 and 20 to train on, and held out 14 after 11, and 19 after 21
    training = [Sample(1, "1", ("10",), (9,)), Sample(2, "2", ("20",), (8, 9))]
    held_out = [Sample(3, "3", ("14",), (3, 11)), Sample(4, "4", ("19",), (4, 21))]
    # then the mean, 15, is off by 1 and 4, and the last value by 3 and 2
    assert absolute_errors(training, held_out) == {"mean": 2.5, "last value": 2.5}
    assert guesses(held_out, 15.0) == {"mean": [15, 15], "last value": [11, 21]}


def test_a_text_has_no_last_value():
    assert set(absolute_errors([Sample(1, "a", ("1",))], [Sample(2, "b", ("2",))])) == {"mean"}
    assert guesses([], 1.0) == {"mean": []}
