"""A word in another position."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, Item, WordEdit
from rnn_tui.edits.parts import check_word, index

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class MoveWord(WordEdit):
    """The word at timestep `t` is taken out and put back so that it is read at timestep `to` (both from 0)."""

    t: int
    to: int

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"move {self.t + 1} {self.to + 1}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "word 3 moved to 1"."""
        return f"{model.tokenizer.unit} {self.t + 1} moved to {self.to + 1}"

    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The words in their new order; raises InputError where there is no word at one of the timesteps."""
        check_word(self.t, len(words), self.to_text(), unit)
        check_word(self.to, len(words), self.to_text(), unit)
        rest = words[: self.t] + words[self.t + 1 :]
        return [*rest[: self.to], words[self.t], *rest[self.to :]]


def parse(text: str) -> MoveWord:
    """The edit that stands behind "move"."""
    timesteps = text.split()
    if len(timesteps) != 2:
        raise ValueError("it takes a word and the place it goes to")
    return MoveWord(index(timesteps[0]), index(timesteps[1]))


FORM = Form("move", "move 3 1", "the third word comes first", MoveWord, parse)
