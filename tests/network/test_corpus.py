"""Sequences, targets and padded batches."""

import numpy as np
import pytest

from rnn_tui.network.corpus import NO_TARGET, Corpus, batches, input_of, labelled, pad, vocabulary_of
from rnn_tui.network.tokens import NumberTokenizer, Token, Vocabulary, WordTokenizer, tokenize


def sequences(*lengths):
    return labelled([np.arange(length) for length in lengths], [k % 2 for k in range(len(lengths))])


def test_a_label_is_asked_for_after_the_last_token():
    corpus = sequences(3, 1)

    assert [target.tolist() for target in corpus.targets] == [[NO_TARGET, NO_TARGET, 0], [1]]
    assert corpus.lengths.tolist() == [3, 1]


def test_tokens_become_rows_or_numbers():
    vocabulary = Vocabulary(("a", "b", "<unk>"), "<unk>")

    assert input_of(tokenize("b zz a", WordTokenizer(), vocabulary)).tolist() == [1, 2, 0]
    assert input_of(tokenize("1 2.5", NumberTokenizer(), Vocabulary(()))).tolist() == [[1.0], [2.5]]
    with pytest.raises(ValueError, match="no word for unknown ones"):
        input_of([Token("zz", "zz", None, unknown=True)])


def test_a_vocabulary_has_the_frequent_words_first_and_drops_the_rare():
    texts = [["b", "a", "b"], ["c", "a", "b"]]

    assert vocabulary_of(texts).words == ("b", "a", "c")
    assert vocabulary_of(texts, least=2, unknown="<unk>") == Vocabulary(("<unk>", "b", "a"), "<unk>")


def test_a_batch_is_padded_at_the_ends_and_asks_nothing_there():
    batch = pad(sequences(2, 3), np.array([0, 1]))

    assert batch.inputs.tolist() == [[0, 0], [1, 1], [0, 2]]
    np.testing.assert_allclose(batch.weights, [[0, 0], [0.5, 0], [0, 0.5]])
    assert batch.targets[1, 0] == 0
    assert batch.targets[2, 1] == 1


def test_a_loss_at_every_word_is_spread_evenly_over_each_text():
    batch = pad(sequences(2, 4), np.array([0, 1]), every_word=0.5)

    assert batch.weights.sum() == pytest.approx(1)
    np.testing.assert_allclose(batch.weights[:, 0], [0.125, 0.125 + 0.25, 0, 0])
    assert batch.targets[:, 1].tolist() == [1, 1, 1, 1]


def test_batches_hold_sequences_of_about_one_length_and_each_once():
    corpus = sequences(5, 1, 4, 2, 3, 1)

    plain = [batch.inputs.shape for batch in batches(corpus, 2)]
    mixed = list(batches(corpus, 2, np.random.default_rng(0)))

    assert plain == [(1, 2), (3, 2), (5, 2)]
    assert sorted(batch.inputs.shape for batch in mixed) == plain


def test_targets_at_every_token_are_kept():
    corpus = Corpus((np.array([1, 2]),), (np.array([0, 1]),))

    batch = pad(corpus, np.array([0]))

    np.testing.assert_allclose(batch.weights[:, 0], [0.5, 0.5])
