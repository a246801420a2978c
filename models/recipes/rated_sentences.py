"""The sentences of Hutto & Gilbert (2014), each rated by at least 20 people from −4 to 4.

C.J. Hutto and E.E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text",
ICWSM 2014; MIT licence. They are in the source distribution of the package vaderSentiment. The texts are third
parties' (film critics, tweets, shoppers), so a model ships weights and a vocabulary, never a sentence.
"""

from __future__ import annotations

import html
import io
import re
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from packages import fetch

from rnn_tui.learning.samples import Sample, dealt
from rnn_tui.network.tokens import WordTokenizer

VADER = ("vaderSentiment==3.3.2", "vader*3.3.2.tar.gz", "--no-binary", ":all:")
"""The source distribution; the wheel holds only the word list."""
SOURCE = Path("hutto_ICWSM_2014")
"""The name of the collection, where an error says which text can't be used."""
SOURCES = ("movieReviewSnippets", "tweets", "amazonReviewSnippets")
LABELS = ("Negative", "Positive")
TOKENIZER = WordTokenizer(lowercase=True, punctuation="keep")
_WITHOUT_PUNCTUATION = WordTokenizer(lowercase=True, punctuation="drop")


@dataclass(frozen=True)
class Sentence:
    """One rated sentence; sentences of one document stay on one side of the split."""

    number: int
    document: str
    rating: float
    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words and punctuation marks as the network looks them up."""
        return tuple(piece.lower() for piece in TOKENIZER.split(self.text))

    @property
    def length(self) -> int:
        """The count of words, without punctuation marks."""
        return len(_WITHOUT_PUNCTUATION.split(self.text))

    @property
    def label(self) -> int:
        """0 for negative, 1 for positive."""
        return int(self.rating > 0)

    @property
    def sample(self) -> Sample:
        """The sentence as a network is trained on it."""
        return Sample(self.number, self.text, (LABELS[self.label],))


def read_sentences() -> list[Sentence]:
    """All sentences of the three sources, in the order of the files."""
    with tarfile.open(fetch(*VADER)) as outer:
        inner = outer.extractfile("vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz")
        assert inner is not None
        with tarfile.open(fileobj=io.BytesIO(inner.read())) as archive:
            return [sentence for source in SOURCES for sentence in _read(archive, source)]


def _read(archive: tarfile.TarFile, source: str) -> Iterable[Sentence]:
    file = archive.extractfile(f"hutto_ICWSM_2014/{source}_GroundTruth.txt")
    assert file is not None
    for row, line in enumerate(file.read().decode("utf-8").splitlines(), 1):
        number, rating, text = line.split("\t", 2)
        # An Amazon sentence is numbered review_sentence; film snippets and tweets stand alone.
        yield Sentence(row, f"{source} {number.split('_')[0]}", float(rating), plain(text))


def plain(text: str) -> str:
    """The text with straight quotes and without HTML's entities and what stands for removed names and addresses."""
    text = re.sub(r"@anonymous|https?://url_removed", " ", html.unescape(text))
    return " ".join(text.replace("’", "'").replace("''", '"').split())


def clear_sentences(
    sentences: Iterable[Sentence], least_words: int = 1, most_words: int = 20, least_rating: float = 1.0
) -> list[Sentence]:
    """Those that people were clear about (|rating| ≥ 1), of so many words, the first of those that read the same."""
    kept: dict[tuple[str, ...], Sentence] = {}
    for sentence in sentences:
        if abs(sentence.rating) >= least_rating and least_words <= sentence.length <= most_words:
            kept.setdefault(sentence.words, sentence)
    return list(kept.values())


def split_by_document(
    sentences: Iterable[Sentence], seed: int, shares: tuple[float, float] = (0.75, 0.10)
) -> dict[str, list[Sentence]]:
    """Training, validation and test sentences; `shares` are those of training and validation, test is the rest."""
    by_document: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_document.setdefault(sentence.document, []).append(sentence)
    documents = sorted(by_document)
    first, second = (round(len(documents) * share) for share in (shares[0], sum(shares)))
    parts = dealt(documents, {"training": first, "validation": second - first, "test": len(documents)}, seed)
    return {name: [sentence for document in some for sentence in by_document[document]] for name, some in parts.items()}


def training_and_test(seed: int) -> dict[str, list[Sentence]]:
    """The three parts: sentences of at most 20 words, and in training also those of 21 to 40.

    The longer ones teach as much as the shorter, but are too long to be walked through word by word. Those of a
    document that validation or test has a sentence of are left out.
    """
    sentences = read_sentences()
    parts = split_by_document(clear_sentences(sentences), seed)
    held_out = {sentence.document for name in ("validation", "test") for sentence in parts[name]}
    longer = clear_sentences(sentences, least_words=21, most_words=40)
    parts["training"] += [sentence for sentence in longer if sentence.document not in held_out]
    return parts
