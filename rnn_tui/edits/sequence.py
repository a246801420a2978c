"""Edits one after the other: what they make of a model and its words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnn_tui.edits.weights import ScaleMemory, Silence, WeightEdit
from rnn_tui.edits.words import WordEdit
from rnn_tui.network.errors import InputError

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.tokens import Token

Edit = WeightEdit | WordEdit


def apply_edits(model: Model, tokens: Sequence[Token], edits: Sequence[Edit]) -> tuple[Model, tuple[Token, ...]]:
    """The model and the tokens after the edits, in their order; what is given stays as it is.

    An edit of words sees what those before it left. A silenced unit is silent at the end, whatever else is set.
    Raises InputError where an edit doesn't fit.
    """
    of_weights = [edit for edit in edits if isinstance(edit, WeightEdit)]
    for change in sorted(of_weights, key=_silences):  # which keeps their order otherwise
        model = change.changed(model)
    words = list(tokens)
    for edit in edits:
        if isinstance(edit, WordEdit):
            words = edit.changed(words, lambda word: _token(model, word), model.tokenizer.unit)
    return model, tuple(words)


def origins(length: int, edits: Sequence[Edit]) -> tuple[int | None, ...]:
    """Which of the `length` words each word after the edits was (from 0), or None for a new one."""
    places: list[int | None] = list(range(length))
    for edit in edits:
        if isinstance(edit, WordEdit):
            places = edit.changed(places, lambda _: None, "word")
    return tuple(places)


def memory_factor(edits: Sequence[Edit]) -> float:
    """What all scalings of the memory come to."""
    return math.prod((edit.factor for edit in edits if isinstance(edit, ScaleMemory)), start=1.0)


def of_words(edit: Edit) -> bool:
    """Whether an edit changes the sentence, and not the network."""
    return isinstance(edit, WordEdit)


def without_words(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits of the network alone: what stays when another sentence is read."""
    return tuple(edit for edit in edits if not of_words(edit))


def _silences(edit: Edit) -> bool:
    return isinstance(edit, Silence)


def _token(model: Model, word: str) -> Token:
    """The one token of a word; raises InputError where it is none or several."""
    pieces = model.tokenizer.split(word)
    if len(pieces) > 1:  # a space is a character, but " a" is meant to be one
        pieces = model.tokenizer.split(word.strip()) or pieces
    if len(pieces) != 1:
        unit = model.tokenizer.unit
        raise InputError(f"“{word}” is {len(pieces) or 'no'} {unit}s to “{model.name}”; an edit takes one {unit}")
    return model.tokenizer.token(pieces[0], model.vocabulary)
