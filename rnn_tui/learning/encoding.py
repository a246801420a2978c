"""From samples to the input and the targets of a network: rows of a vocabulary, numbers of labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Form, Sample
from rnn_tui.learning.series import LABELS
from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import InputError
from rnn_tui.network.generation import END, Writing, writing_of
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import OUTPUTS, Classes, Number, Output
from rnn_tui.network.tokens import (
    CharacterTokenizer,
    NumberTokenizer,
    Token,
    Tokenizer,
    Vocabulary,
    WordTokenizer,
    as_number,
)
from rnn_tui.network.training.corpus import NO_TARGET, Corpus, Integers, input_of, vocabulary_of
from rnn_tui.text import cited, clipped

UNKNOWN = {"words": "<unk>", "characters": "\N{REPLACEMENT CHARACTER}"}
START = {"words": "<start>", "characters": "^"}
_OTHER_STARTS = "⊢⟨\N{SYMBOL FOR START OF TEXT}"
"""Start tokens for texts that have a ^ of their own."""
FEW_WORDS = 2_000
"""A file with fewer words than this keeps even those that come once."""

LARGEST = 1e30
SAME = 1e-12
"""A spread of less than this share of the mean comes from rounding."""
NUMBER = "value"
"""The name of a number that is asked for, where its column has none."""


@dataclass(frozen=True, eq=False)
class Encoding:
    """The tokenizer, vocabulary and labels with which a network reads the texts of a file.

    `writing` is there for a next-token network alone: its start token, and the label number of the end mark. `output`
    is the kind of answer; where it is a number, `labels` has its name.
    """

    task: str
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    labels: tuple[str, ...]
    writing: Writing | None = None
    output: Output = field(default_factory=Classes)

    @classmethod
    def of_model(cls, model: Model, task: str) -> Encoding:
        """The encoding with which a model reads a file for a task."""
        return cls(task, model.tokenizer, model.vocabulary, model.labels, writing_of(model), model.output)

    @property
    def features(self) -> int:
        """The count of numbers of a timestep; 1 where the network reads none."""
        return getattr(self.tokenizer, "features", 1)

    @cached_property
    def label_numbers(self) -> Mapping[str, int]:
        """The number of every label, from 0."""
        return {label: number for number, label in enumerate(self.labels)}

    def tokens(self, path: Path, sample: Sample) -> list[Token]:
        """The tokens of a sample, without a start token; raises RowError where the network can't read it."""
        pieces = sample.text.split() if self.task == "tags" else self.tokenizer.split(sample.text)
        if not pieces:
            raise RowError(path, f"has no {self.tokenizer.unit} that the network could read", sample.row)
        try:
            return [self.tokenizer.token(piece, self.vocabulary) for piece in pieces]
        except InputError as error:
            raise RowError(path, f"{error}", sample.row) from error

    def encoded(self, path: Path, sample: Sample) -> tuple[list[Token], Integers | Array]:
        """The tokens that the network reads and the targets, one a token; raises RowError for an unknown label.

        Targets are label numbers (T,), or standardised numbers (T, 1).
        """
        tokens = self.tokens(path, sample)
        if isinstance(self.output, Number):
            return tokens, self._numbers(path, sample, len(tokens), self.output)
        if self.writing is not None:
            return self._next_tokens(path, sample, tokens, self.writing)
        targets = np.full(len(tokens), NO_TARGET)
        answers = [self._label_number(path, sample, answer) for answer in sample.answers]
        targets[len(targets) - len(answers) :] = answers
        return tokens, targets

    def _next_tokens(
        self, path: Path, sample: Sample, tokens: list[Token], writing: Writing
    ) -> tuple[list[Token], Integers]:
        """The tokens, each answered with the one after it, and the last with the end mark."""
        following = [self._label_number(path, sample, self._known(token)) for token in tokens] + [writing.end]
        if writing.start is None:
            return tokens, np.array(following[1:])
        return [self.vocabulary.lookup(writing.start, writing.start), *tokens], np.array(following)

    def _numbers(self, path: Path, sample: Sample, length: int, output: Number) -> Array:
        """The number that is right after the last token, standardised, and NaN before."""
        answer = sample.answers[-1]
        number = as_number(answer)
        if number is None:
            raise RowError(path, f"the label {cited(answer)} is no number, which is what the model answers", sample.row)
        targets = np.full((length, 1), np.nan, np.float32)
        with np.errstate(over="ignore"):
            targets[-1] = (number - output.mean[0]) / output.std[0]
        if not np.isfinite(targets[-1]).all():
            raise RowError(path, f"the label {cited(answer)} is too large for float32", sample.row)
        return targets

    def _known(self, token: Token) -> str:
        return token.text if token.index is None else self.vocabulary.words[token.index]

    def _label_number(self, path: Path, sample: Sample, answer: str) -> int:
        number = self.label_numbers.get(answer)
        if number is None:
            few = f": {', '.join(clipped(label, 40) for label in self.labels)}" if len(self.labels) <= 20 else ""
            kind = self.tokenizer.unit if self.writing is not None else "label"
            message = f"the {kind} {cited(answer)} is none of the model's {len(self.labels)}{few}"
            raise RowError(path, message, sample.row)
        return number

    def corpus(self, path: Path, samples: Sequence[Sample]) -> Corpus:
        """All samples as a corpus; a token that the network can't read at all becomes the row behind the last."""
        encoded = [self.encoded(path, sample) for sample in samples]
        return Corpus(tuple(self.inputs(tokens) for tokens, _ in encoded), tuple(targets for _, targets in encoded))

    def inputs(self, tokens: Sequence[Token]) -> Integers | Array:
        """Rows of the vocabulary (T,), or scaled numbers (T, 1); an unreadable token has the row behind the last."""
        return input_of(tokens, unreadable=len(self.vocabulary))


def tokenizer_of(
    kind: str,
    task: str,
    path: Path,
    training: Sequence[Sample],
    *,
    features: int = 1,
    feature_names: tuple[str, ...] = (),
) -> Tokenizer:
    """A fresh tokenizer; numbers are scaled by the mean and the standard deviation of what is trained on, by feature.

    `features` is the count of numbers of a timestep. Raises RowError where what should be a number is none.
    """
    if kind == "characters":
        return CharacterTokenizer()
    if kind == "words":
        return WordTokenizer(punctuation="spaces" if task == "tags" else "keep")
    names = feature_names if features > 1 else ()
    raw = Encoding(task, NumberTokenizer(features=features, feature_names=names), Vocabulary(()), ())
    values = np.array([token.values for sample in training for token in raw.tokens(path, sample)], np.float64)
    means, scales = scaling_of(path, values)
    return NumberTokenizer(means, scales, features, names)


def output_of(kind: str, path: Path, training: Sequence[Sample]) -> Output:
    """A fresh output of its kind; numbers are scaled by mean and standard deviation of the answers trained on."""
    if kind != Number.kind:
        return OUTPUTS[kind]()
    answers = [[float(answer) for answer in sample.answers] for sample in training]
    return Number(*scaling_of(path, np.array(answers, np.float64)))


def scaling_of(path: Path, values: Array) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The mean and the scale of each column of values (n, K): as many digits as matter, and a scale that isn't 0."""
    largest = float(np.abs(values).max())
    if largest > LARGEST:
        raise RowError(path, f"holds a number as large as {largest:.0e}, which float32 can't be trusted with")
    means, scales = [], []
    for mean, spread in zip(values.mean(axis=0).tolist(), values.std(axis=0).tolist(), strict=True):
        # What doesn't change has no spread but for the rounding of its mean, and is not to be blown up to one.
        scale = spread if spread > SAME * abs(mean) else 1.0
        # Six digits are plenty to scale by, and can be read, unless a small spread stands on a large mean.
        short = float(f"{mean:.6g}")
        means.append(short if abs(short - mean) <= scale / 1000 else mean)
        scales.append(float(f"{scale:.6g}"))
    return tuple(means), tuple(scales)


def encoding_of(
    task: str,
    kind: str,
    path: Path,
    training: Sequence[Sample],
    answers: Sequence[str],
    *,
    min_count: int | None = None,
    max_words: int | None = None,
    output: str = Classes.kind,
    form: Form | None = None,
) -> Encoding:
    """The encoding of a new network: the vocabulary of what it is trained on, the most frequent words first.

    `answers` are the labels or tags. Words that come fewer than `min_count` times, and those beyond `max_words`, are
    read as the unknown word. A next-token network gets a start token, and its labels are the vocabulary without that
    one, and an end mark. `output` is the kind of answer, `form` what is known of texts of numbers; the label of a
    number is the name of what is asked for. Raises RowError for a text that can't be read.
    """
    form = form or Form()
    features, names = form.features or 1, form.columns
    tokenizer = tokenizer_of(kind, task, path, training, features=features, feature_names=names)
    meant = output_of(output, path, training)
    labels = _labels(task, answers, meant, form)
    if kind == "numbers":
        return Encoding(task, tokenizer, Vocabulary(()), labels, output=meant)
    plain = Encoding(task, tokenizer, Vocabulary(()), ())
    texts = [[token.text for token in plain.tokens(path, sample)] for sample in training]
    count = sum(map(len, texts))
    least = min_count or (2 if kind == "words" and task == "next" and count >= FEW_WORDS else 1)
    unknown = UNKNOWN[kind]
    words = vocabulary_of(texts, least, unknown).words[: None if max_words is None else max_words + 1]
    if task != "next":
        return Encoding(task, tokenizer, Vocabulary(words, unknown), labels, output=meant)
    start = _start(kind, words)
    rest = tuple(word for word in words if word not in (unknown, start, END))
    vocabulary = Vocabulary((start, unknown, *rest), unknown)
    return Encoding(task, tokenizer, vocabulary, (unknown, *rest, END), Writing(len(rest) + 1, start))


def _labels(task: str, answers: Sequence[str], output: Output, form: Form) -> tuple[str, ...]:
    """The labels in order; of a number the name of its column, where it has one."""
    if output.is_number:
        return (form.target if form.target and not form.target.isdigit() else NUMBER,)
    return LABELS if task == "series" else tuple(sorted(set(answers)))


def _start(kind: str, words: Sequence[str]) -> str:
    """A start token that no text has."""
    candidates = [START[kind], *_OTHER_STARTS] if kind == "characters" else [START[kind]]
    return next((mark for mark in candidates if mark not in words), candidates[-1])
