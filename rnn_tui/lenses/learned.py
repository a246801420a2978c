"""The traits that the units of a model have learned, whatever the sentence: measured once a model.

A unit that has learned a concept is high after the words that have it, and low after the others. So what is asked of
each unit is how its hidden state, over many tagged sentences, goes with what is known about the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import cast
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from rnn_tui.lenses.instead import KNOWS_TAGGED_WORDS
from rnn_tui.lenses.lanes import ONE_LANE, Looked
from rnn_tui.lenses.many_sentences import after_each_word, after_one_word, cell_of
from rnn_tui.lenses.progress import Progress, part
from rnn_tui.lenses.sight import out_of_sight
from rnn_tui.lenses.tagged import CLASSES, sentences
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.cells import Cell
from rnn_tui.network.embedding import Learned, OneHot
from rnn_tui.network.model import Model
from rnn_tui.network.precision import in_float64
from rnn_tui.network.tokens import Token
from rnn_tui.text import clipped, quoted

FEWEST = 5
"""Fewer examples than this of a word class say nothing about it."""

KNOWN_WORDS = 100
"""A model that knows fewer of the tagged words than this was made for something else."""

PUSHES = 8
"""The number of words kept that push a unit up most, and of those that push it down."""

POLARITY, PLACE = "polarity", "place"

Pushes = tuple[tuple[str, float], ...]
Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Traits:
    """The traits that the units of one model go with, and the words that push them.

    `traits` are the word classes with enough examples, then `polarity` and `place`; `counts` says how many examples
    stand behind each. `correlation` is (hidden_size, traits), NaN where a state overflowed. `up` and `down` are, for
    each unit, the words that push it most, with h after that word alone. `note` says why there is no correlation.
    """

    traits: tuple[str, ...]
    counts: Mapping[str, int]
    correlation: Array
    up: tuple[Pushes, ...]
    down: tuple[Pushes, ...]
    note: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "correlation", frozen(self.correlation))

    def of(self, unit: int) -> dict[str, float]:
        """The correlations of one unit, by trait."""
        return dict(zip(self.traits, map(float, self.correlation[unit]), strict=True))


_KNOWN: WeakKeyDictionary[Model, dict[Looked, Traits]] = WeakKeyDictionary()
"""The measured traits of each lane, as long as their model lives."""


def learned(model: Model, progress: Progress, looked: Looked = ONE_LANE) -> Traits:
    """Measure what the units of a model, in one lane, have learned, once a model and lane."""
    model = model.on(0)
    known = _KNOWN.setdefault(model, {})
    if looked not in known:
        known[looked] = _measured(model, looked, progress)
    return known[looked]


def _measured(model: Model, looked: Looked, progress: Progress) -> Traits:
    doubled = in_float64(model)
    with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow
        up, down = _pushes(doubled, looked, lambda share: progress(share / 2))
        if model.tokenizer.kind != "words":
            reads = f"{quoted(clipped(model.name, 40))} reads {model.tokenizer.unit}s, “{KNOWS_TAGGED_WORDS}” words"
            note = f"What a unit goes with is asked of words: {reads}."
            return _unknowing(cell_of(model, looked).hidden_size, up, down, note)
        examples = _examples(model)
        if not _enough(examples):
            called = quoted(clipped(model.name, 40))
            note = f"{called} knows too few tagged words to say what a unit goes with."
            return _unknowing(cell_of(model, looked).hidden_size, up, down, note)
        h = after_each_word(doubled, [marks.tokens for marks in examples], looked, part(progress, 0.5, 1.0))
        return _correlated(h, examples, (up, down), backward=bool(looked.backward))


def _unknowing(size: int, up: tuple[Pushes, ...], down: tuple[Pushes, ...], note: str) -> Traits:
    return Traits((), {}, np.empty((size, 0)), up, down, note)


_KNOWS: WeakKeyDictionary[Model, bool] = WeakKeyDictionary()


def knows_tagged_words(model: Model) -> bool:
    """Tell whether a model knows enough of the tagged words for what its units go with to be asked; once a model."""
    if model not in _KNOWS:
        _KNOWS[model] = model.tokenizer.kind == "words" and _enough(_examples(model))
    return _KNOWS[model]


def _enough(examples: list[Marks]) -> bool:
    return sum(len(marks.tags) for marks in examples) >= KNOWN_WORDS


def _pushes(model: Model, looked: Looked, progress: Progress) -> tuple[tuple[Pushes, ...], tuple[Pushes, ...]]:
    """For each unit, the words that push it up most from a zero state, and those that push it down.

    Words that are kept out of sight (`sight.out_of_sight`) are left out.
    """
    cell, words = cell_of(model, looked), model.vocabulary.words
    size = cell.hidden_size
    hidden = {row for row, word in enumerate(words) if word == model.vocabulary.unknown or out_of_sight(word)}
    best: list[list[tuple[Rows, Array]]] = [[], []]  # for up and down, rows and values of each piece
    chunk = max(64, 2**18 // len(cell.weight_hh))
    for first in range(0, len(words), chunk):
        rows = np.array([row for row in range(first, min(first + chunk, len(words))) if row not in hidden])
        if not len(rows):
            continue
        h = after_one_word(model, looked, partial(_input_products, model, rows)).T
        h = np.where(np.isfinite(h), h, 0.0)
        for kept, ways in zip(best, (-h, h), strict=True):  # the lowest come first
            order = _lowest(ways)
            kept.append((rows[order], np.take_along_axis(h, order, axis=1)))
        progress(min(1.0, (first + chunk) / len(words)))
    return _named(words, best[0], size, sign=1), _named(words, best[1], size, sign=-1)


def _lowest(values: Array) -> Rows:
    """The columns of the lowest PUSHES values of each row, the lowest first, of equal ones the first (rows, PUSHES)."""
    count = min(PUSHES, values.shape[1])
    bound = np.partition(values, count - 1, axis=1)[:, count - 1]
    order = np.empty((len(values), count), np.intp)
    for row, (line, most) in enumerate(zip(values, bound, strict=True)):
        low = np.flatnonzero(line <= most)
        order[row] = low[np.argsort(line[low], kind="stable")[:count]]
    return order


def _named(words: tuple[str, ...], pieces: list[tuple[Rows, Array]], size: int, sign: int) -> tuple[Pushes, ...]:
    """The best of all pieces; what pushes the other way, or not at all, is left out."""
    if not pieces:
        return ((),) * size
    rows = np.concatenate([piece[0] for piece in pieces], axis=1)
    values = np.concatenate([piece[1] for piece in pieces], axis=1)
    order = np.argsort(-sign * values, axis=1, kind="stable")[:, :PUSHES]
    return tuple(
        tuple((words[rows[unit, k]], float(values[unit, k])) for k in order[unit] if sign * values[unit, k] > 0)
        for unit in range(size)
    )


def _input_products(model: Model, rows: Rows, cell: Cell) -> Array:
    """weight_ih·x + bias_ih of words by their rows of the vocabulary, (words, gates · hidden_size)."""
    if isinstance(model.embedding, OneHot):
        picked: Array = cell.weight_ih.T[rows] + cell.bias_ih
        return picked
    products: Array = cast(Learned, model.embedding).weight[rows] @ cell.weight_ih.T + cell.bias_ih
    return products


@dataclass
class Marks:
    """One tagged sentence as a model reads it: its tokens; and the index and the class of those that it knows."""

    polarity: int
    tokens: list[Token] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    @property
    def understood(self) -> bool:
        """True where at least half of it is known, so that the model can be held to its polarity."""
        return len(self.at) * 2 >= len(self.tokens) > 0


def _examples(model: Model) -> list[Marks]:
    """The tagged sentences, cut and looked up as the model does it; the longest come first."""
    cut = {}  # the same words come again and again
    examples = []
    for sentence in sentences():
        marks = Marks(sentence.polarity)
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            if word not in cut:
                cut[word] = [model.tokenizer.token(piece, model.vocabulary) for piece in model.tokenizer.split(word)]
            for token in cut[word]:
                if not token.unknown:
                    marks.at.append(len(marks.tokens))
                    marks.tags.append(tag)
                marks.tokens.append(token)
        examples.append(marks)
    return sorted(examples, key=lambda marks: -len(marks.tokens))


def _correlated(
    h: Array, examples: list[Marks], pushes: tuple[tuple[Pushes, ...], tuple[Pushes, ...]], *, backward: bool
) -> Traits:
    """Correlate the states after each token of each example, (longest, examples, hidden_size).

    A lane that reads backward has read all of a sentence when it comes to its first word.
    """
    known = [(t, row) for row, marks in enumerate(examples) for t in marks.at]
    timesteps, rows = np.array(known).T
    tags = np.array([tag for marks in examples for tag in marks.tags])
    enough = [tag for tag in CLASSES if np.count_nonzero(tags == tag) >= FEWEST]
    ended = [(0 if backward else len(marks.tokens) - 1, row) for row, marks in enumerate(examples) if marks.understood]
    polarity = np.array([marks.polarity for marks in examples if marks.understood], float)
    columns = [_pearson(h[timesteps, rows], np.stack([*(tags == tag for tag in enough), timesteps], 1).astype(float))]
    counts = {tag: int(np.count_nonzero(tags == tag)) for tag in enough} | {PLACE: len(known)}
    traits = [*enough, PLACE]
    if len(ended) >= FEWEST:
        last, which = np.array(ended).T
        columns.insert(0, _pearson(h[last, which], polarity[:, None]))
        traits.insert(0, POLARITY)
        counts[POLARITY] = len(ended)
    return Traits(tuple(traits), counts, np.concatenate(columns, axis=1), *pushes)


def _pearson(x: Array, y: Array) -> Array:
    """The correlation of each column of x (n, X) with each of y (n, Y): (X, Y); 0 where one of them doesn't vary."""
    x, y = _standard(x), _standard(y)
    return np.clip(x.T @ y, -1.0, 1.0)


def _standard(x: Array) -> Array:
    """Each column centred and of length 1; of zeros where it doesn't vary but for rounding."""
    largest = np.abs(x).max(axis=0, initial=0)
    x = x / np.where(largest > 0, largest, 1)
    x = x - x.mean(axis=0)
    length = np.sqrt((x * x).sum(axis=0))
    still = length < 1e-12 * np.sqrt(len(x))
    scaled: Array = np.where(still, 0.0, x / np.where(still, 1.0, length))
    return scaled
