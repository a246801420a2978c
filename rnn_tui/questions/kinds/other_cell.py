"""The question which answer another model gives to the same words: another cell with the same labels."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rnn_tui import shelf
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Tokenizer, Vocabulary
from rnn_tui.network.trace import run
from rnn_tui.questions.answers import compared, labels_to_choose, leader
from rnn_tui.questions.place import CannotAskError, Kind, Place
from rnn_tui.questions.question import Question
from rnn_tui.text import cited, clipped

LONGEST_NAME = 40
MOST_KNOWN = 64


def make(place: Place) -> Question:
    """Ask for the answer of the other model."""
    name = " ".join(place.arguments)  # a path may have blanks in it
    if not name:
        raise CannotAskError("“other-cell” takes the name of another model, such as sentiment-gru")
    _check(place.model, name)
    other = shelf.load(name)
    trace = run(other, other.tokens_of(token.surface for token in place.trace.tokens))
    best, before = leader(trace), leader(place.trace)
    called = clipped(name, LONGEST_NAME)
    return place.question(
        "other-cell",
        5,
        f"other-cell {name}",
        ask=f"The model {called} ({_built(other)}) reads the same {place.sentence()}. Which answer does it give at the "
        f"end?",
        answer=other.labels[best],
        choices=labels_to_choose(place.trace, best, before),
        why=compared(place.trace, trace, f"in {clipped(place.model.name, LONGEST_NAME)}", f"in {called}"),
        reveals=place.end,
        pictured=clipped(place.model.name, LONGEST_NAME),
        target=None,
    )


class Known(NamedTuple):
    """A model before any sentence comes: all that makes its answers comparable with another's."""

    labels: tuple[str, ...]
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    built: tuple[object, ...]
    is_number: bool


def known_of(model: Model) -> Known:
    """Return what makes a model's answers comparable."""
    kinds = tuple(entry.kind for entry in model.head)
    built = (tuple(layer.kind for layer in model.layers), model.readout.kind, kinds, model.output.kind)
    return Known(model.labels, model.tokenizer, model.vocabulary, built, model.output.is_number)


@lru_cache(maxsize=MOST_KNOWN)
def _known(path: Path, changed: int) -> Known:  # a file that changed is read again
    """The same of a model file, without its weights being read; raises UserError."""
    from rnn_tui.network import storage

    metadata, _ = storage.load_metadata(path)
    built = (metadata.layers, metadata.readout, metadata.head, metadata.output.kind)
    return Known(metadata.labels, metadata.tokenizer, metadata.vocabulary, built, metadata.output.is_number)


def known_by(name: str) -> Known:
    """Return what is known of a model by its name or path; raises UserError where it can't be had."""
    path = shelf.find(name)
    try:
        return _known(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise CannotAskError(f"{path}: can't be read: {error.strerror}") from error


def _check(model: Model, name: str) -> None:
    """Raise CannotAskError where the two can't be compared word by word, or are built alike."""
    this, other, called = known_of(model), known_by(name), cited(model.name)
    if this.labels != other.labels:
        raise CannotAskError(f"{cited(name)} has other labels; give a model with the labels of {called}")
    if (this.tokenizer, this.vocabulary) != (other.tokenizer, other.vocabulary):
        raise CannotAskError(f"{cited(name)} reads other words; give a model that reads those of {called}")
    if this.is_number or other.is_number:
        raise CannotAskError(
            "a network here answers with a number, not with a label; give one that answers with labels"
        )
    if this.built == other.built:
        raise CannotAskError(f"{cited(name)} has the same cell as {called}; give a model with another one")


def _built(model: Model) -> str:
    """The cell, and the readout where it is worth a word: "Elman tanh, attention"."""
    return ", ".join(filter(None, (model.architecture, model.readout.title.format(model.tokenizer.unit))))


def draw(place: Place, source: random.Random) -> str | None:
    """One of the other models of the practice that can be compared."""
    fitting = [name for name in place.others if name != place.scene.model and _fits(place.model, name)]
    return f"other-cell {source.choice(fitting)}" if fitting else None


def _fits(model: Model, name: str) -> bool:
    try:
        _check(model, name)
    except UserError:
        return False
    return " " not in name


def suggest(place: Place) -> Iterable[tuple[int, str]]:
    """Nothing: which model is compared is for a lesson, or for practice, to say."""
    return ()


KIND = Kind(
    "other-cell",
    (5,),
    "other-cell sentiment-gru",
    "which answer does another model give, with the same words and labels and another cell?",
    make,
    draw,
    suggest,
)
