"""A word less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, Item, WordEdit
from rnn_tui.edits.parts import check_word, index
from rnn_tui.network.errors import InputError

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class DropWord(WordEdit):
    """The word at timestep `t` (from 0) is left out."""

    t: int

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"drop {self.t + 1}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "word 3 left out"."""
        return f"{model.tokenizer.unit} {self.t + 1} left out"

    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The words without it; raises InputError where there is no such word, or no other."""
        check_word(self.t, len(words), self.to_text(), unit)
        if len(words) == 1:
            raise InputError(f"“{self.to_text()}” would leave no {unit}; the network needs at least one")
        return words[: self.t] + words[self.t + 1 :]


def parse(text: str) -> DropWord:
    """The edit that stands behind "drop"."""
    return DropWord(index(text))


FORM = Form("drop", "drop 3", "without the third word", DropWord, parse)
