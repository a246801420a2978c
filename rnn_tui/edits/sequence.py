"""Edits one after the other, and the model and the words that they make."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Edit, ValueEdit, WeightEdit, WordEdit
from rnn_tui.edits.parts import shown
from rnn_tui.edits.scale_memory import ScaleMemory
from rnn_tui.edits.silence import Silence
from rnn_tui.network.errors import InputError

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.tokens import Token


def apply_edits(model: Model, tokens: Sequence[Token], edits: Sequence[Edit]) -> tuple[Model, tuple[Token, ...]]:
    """The model and the tokens after the edits, in their order; what is given stays as it is.

    An edit of words sees what those before it left. An edit of the network that is `last`, as that which silences a
    unit, is applied at the end, whatever else is set. Values are held at the words that are there after all edits of
    words; those of a silenced unit are not. Raises InputError where an edit doesn't fit.
    """
    of_network = [edit for edit in edits if isinstance(edit, WeightEdit)]
    for change in sorted(of_network, key=lambda edit: edit.last):  # which keeps their order otherwise
        model = change.changed(model)
    words = list(tokens)
    for edit in edits:
        if isinstance(edit, WordEdit):
            words = edit.changed(words, lambda word: _token(model, word), model.tokenizer.unit)
    silent = {(edit.unit, edit.lane) for edit in edits if isinstance(edit, Silence)}
    for edit in edits:
        if isinstance(edit, ValueEdit):
            held = edit.changed(model, words)  # a silenced unit's, too, is refused where it doesn't fit
            words = words if (edit.unit, edit.lane) in silent else held
    return model, tuple(words)


def origins(length: int, edits: Sequence[Edit]) -> tuple[int | None, ...]:
    """The timestep (from 0) that each word after the edits had among the `length` words, or None for a new one."""
    timesteps: list[int | None] = list(range(length))
    for edit in edits:
        if isinstance(edit, WordEdit):
            timesteps = edit.changed(timesteps, lambda _: None, "word")
    return tuple(timesteps)


def memory_factor(edits: Sequence[Edit]) -> float:
    """The product of all scalings of the memory."""
    return math.prod((edit.factor for edit in edits if isinstance(edit, ScaleMemory)), start=1.0)


def of_words(edit: Edit) -> bool:
    """True for an edit of one sentence, of its words or of what is computed at one, and not of the network."""
    return not isinstance(edit, WeightEdit)


def without_words(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits of the network alone: what stays when another sentence is read."""
    return tuple(edit for edit in edits if not of_words(edit))


def _token(model: Model, word: str) -> Token:
    """The one token of a word; raises InputError where it is none or several."""
    pieces = model.tokenizer.split(word)
    if len(pieces) > 1:  # a space is a character, but " a" is meant to be one
        pieces = model.tokenizer.split(word.strip()) or pieces
    if len(pieces) != 1:
        unit = model.tokenizer.unit
        raise InputError(
            f"“{shown(word)}” is {len(pieces) or 'no'} {unit}s to “{model.name}”; an edit takes one {unit}"
        )
    return model.tokenizer.token(pieces[0], model.vocabulary)
