"""Sequences, targets, and the padded batches they are cut into."""

import numpy as np
import pytest

from rnn_tui.network.tokens import NumberTokenizer, Vocabulary, WordTokenizer, tokenize
from rnn_tui.network.training.corpus import (
    MOST_PADDED,
    NO_TARGET,
    Corpus,
    batches,
    input_of,
    labelled,
    numbered,
    pad,
    vocabulary_of,
)


def lengths_of(batch):
    return (batch.weights > 0).argmax(axis=0) + 1


def test_a_label_is_asked_for_after_the_last_token():
    corpus = labelled([np.array([3, 1, 4]), np.array([1])], [1, 0])

    assert [list(target) for target in corpus.targets] == [[NO_TARGET, NO_TARGET, 1], [0]]
    assert list(corpus.lengths) == [3, 1]
    assert len(corpus) == 2


def test_padding_stands_at_the_end_and_weighs_nothing():
    # given sequences of 3 and 1 tokens
    corpus = labelled([np.array([3, 1, 4]), np.array([5])], [1, 0])

    # when they are put side by side
    batch = pad(corpus, np.array([0, 1]))

    # then each is asked once, and both count the same
    assert batch.inputs.tolist() == [[3, 5], [1, 0], [4, 0]]
    assert batch.weights.tolist() == [[0, 0.5], [0, 0], [0.5, 0]]
    assert batch.targets[2, 0] == 1
    assert batch.targets[0, 1] == 0


def test_a_target_at_every_token_counts_every_token_the_same():
    corpus = Corpus((np.array([3, 1]), np.array([5])), (np.array([1, NO_TARGET]), np.array([2])))

    batch = pad(corpus, np.array([0, 1]))

    assert batch.weights.tolist() == [[0.5, 0.5], [0, 0]]
    assert batch.targets.min() == 0


def test_a_loss_at_every_word_is_spread_over_the_words():
    # given texts of 4 and 2 words with one label each
    corpus = labelled([np.arange(4), np.arange(2)], [1, 0])

    # when a fifth of the loss is taken at every word
    batch = pad(corpus, np.array([0, 1]), every_word=0.2)

    # then every word asks for the text's label, the last counts most, and all add to 1
    assert batch.weights[:, 0] == pytest.approx([0.025, 0.025, 0.025, 0.425])
    assert batch.weights[:, 1] == pytest.approx([0.05, 0.45, 0, 0])
    assert batch.targets[:, 0].tolist() == [1, 1, 1, 1]
    assert batch.targets[:2, 1].tolist() == [0, 0]


def test_batches_hold_every_sequence_once_and_sequences_of_about_one_length():
    # given 10 sequences of 1 to 10 tokens, each with its own label
    corpus = labelled([np.zeros(length, int) for length in range(10, 0, -1)], range(10, 0, -1))

    # when they are cut into batches of 3 in random order
    cut = list(batches(corpus, 3, np.random.default_rng(0)))

    # then neighbours in length are together, and nothing is lost
    assert sorted(np.sort(lengths_of(batch)).tolist() for batch in cut) == [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10]]
    for batch in cut:
        assert batch.targets.max(axis=0).tolist() == lengths_of(batch).tolist()


def test_the_order_of_batches_follows_the_random_numbers():
    corpus = labelled([np.full(1 + k % 4, k) for k in range(40)], [0] * 40)

    def cut(seed):
        return [batch.inputs.tolist() for batch in batches(corpus, 4, np.random.default_rng(seed))]

    assert cut(1) == cut(1)
    assert cut(1) != cut(2)


def test_without_random_numbers_the_shortest_come_first():
    corpus = labelled([np.zeros(length, int) for length in (3, 1, 2)], [0, 0, 0])

    assert [len(batch.inputs) for batch in batches(corpus, 1)] == [1, 2, 3]


def test_numbers_keep_their_size_and_dtype():
    tokenizer = NumberTokenizer(mean=1.0, scale=2.0)
    series = input_of(tokenize("1 3 5", tokenizer, Vocabulary(())))

    batch = pad(labelled([series], [0]), np.array([0]))

    assert batch.inputs.shape == (3, 1, 1)
    assert batch.inputs.dtype == np.float32
    assert batch.inputs[:, 0, 0].tolist() == [0, 1, 2]


def test_words_become_rows_and_an_unknown_one_needs_a_row():
    tokenizer = WordTokenizer()
    assert input_of(tokenize("b a", tokenizer, Vocabulary(("a", "b")))).tolist() == [1, 0]
    assert input_of(tokenize("b c", tokenizer, Vocabulary(("<unk>", "b"), "<unk>"))).tolist() == [1, 0]
    with pytest.raises(ValueError, match="unknown word"):
        input_of(tokenize("b c", tokenizer, Vocabulary(("a", "b"))))


def test_a_vocabulary_has_the_frequent_words_first():
    texts = [["b", "a", "b"], ["b", "c", "a", "d"]]

    assert vocabulary_of(texts).words == ("b", "a", "c", "d")
    assert vocabulary_of(texts, least=2, unknown="<unk>") == Vocabulary(("<unk>", "b", "a"), "<unk>")
    assert vocabulary_of([["<unk>", "a"]], unknown="<unk>").words == ("<unk>", "a")


def test_a_long_sequence_is_not_padded_to_beside_short_ones():
    lengths = [3] * 31 + [40_000]
    corpus = labelled([np.zeros(length, int) for length in lengths], [0] * 32)
    shapes = [batch.inputs.shape for batch in batches(corpus, 32)]
    assert shapes[0] == (3, 16)
    assert sum(columns for _, columns in shapes) == 32
    assert all(length * columns <= MOST_PADDED or columns == 1 for length, columns in shapes)
    assert max(length for length, _ in shapes) == 40_000


def test_numbers_are_asked_for_after_the_last_token():
    corpus = numbered([np.array([3, 1, 4]), np.array([[1.0], [2.0]])], [(0.5, 2.0), (-1.0, 3.0)])

    np.testing.assert_array_equal(corpus.targets[0], [[np.nan] * 2, [np.nan] * 2, [0.5, 2.0]])
    np.testing.assert_array_equal(corpus.targets[1], [[np.nan] * 2, [-1.0, 3.0]])
    assert corpus.targets[0].dtype == np.float32


def test_numbers_as_targets_are_padded_with_what_weighs_nothing():
    # given sequences of 3 and 1 timesteps, the first with a target at two of them
    targets = (np.array([[0.5], [np.nan], [2.0]]), np.array([[-1.0]]))
    corpus = Corpus((np.array([3, 1, 4]), np.array([5])), targets)

    # when they are put side by side
    batch = pad(corpus, np.array([0, 1]))

    # then each target counts the same, all is finite, and the batch says where they end
    assert batch.weights == pytest.approx(np.array([[1, 1], [0, 0], [1, 0]]) / 3)
    np.testing.assert_array_equal(batch.targets[..., 0], [[0.5, -1], [0, 0], [2, 0]])
    assert batch.targets.dtype == np.float64
    assert batch.lengths.tolist() == [3, 1]


def test_a_loss_at_every_word_asks_for_the_number_of_the_whole_text():
    corpus = numbered([np.arange(4), np.arange(2)], [[1.5], [-2.5]])

    batch = pad(corpus, np.array([0, 1]), every_word=0.2)

    assert batch.weights[:, 1] == pytest.approx([0.05, 0.45, 0, 0])
    np.testing.assert_array_equal(batch.targets[..., 0], [[1.5, -2.5]] * 4)
