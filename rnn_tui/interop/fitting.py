"""A vocabulary that says the row of each word, and weights with more rows, or with fewer."""

from __future__ import annotations

from rnn_tui.interop.layers import Plain
from rnn_tui.network.tokens import Vocabulary


def fitted(
    embeddings: tuple[Plain, ...], input_size: int, vocabulary: Vocabulary
) -> tuple[tuple[Plain, ...], Vocabulary, dict[str, str]]:
    """The one embedding (or none) and the vocabulary with as many rows as both have, and what was left out, in words.

    Keras' word_index has more words than the network where num_words leaves some out, which are then unknown words; and
    fewer where the embedding was made larger than it needed to be, whose last rows are never read.
    """
    table = embeddings[0].embedding if embeddings else None
    words, rows = len(vocabulary), input_size if table is None else len(table)
    if rows < words:
        said = f"{words - rows:,} words have rows beyond the {rows:,} of the weights, and are unknown words"
        unknown = vocabulary.unknown if vocabulary.unknown in vocabulary.words[:rows] else None
        return embeddings, Vocabulary(vocabulary.words[:rows], unknown), {"vocabulary": said}
    if rows == words or table is None:
        return embeddings, vocabulary, {}
    one = embeddings[0]
    said = f"{rows - words:,} of the {rows:,} rows of {one.name} belong to no word, and are left out"
    return (Plain(one.name, table[:words], one.linear, one.bias),), vocabulary, {"vocabulary": said}
