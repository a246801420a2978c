"""Another word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, Item, WordEdit
from rnn_tui.edits.parts import check_word, index_and_word
from rnn_tui.text import LONGEST_WORD, clipped, quoted

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class ReplaceWord(WordEdit):
    """The word at timestep `t` (from 0) becomes another one."""

    t: int
    word: str

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"word {self.t + 1} {self.word}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "“great” as word 2"."""
        return f"{quoted(clipped(self.word, LONGEST_WORD))} as {model.tokenizer.unit} {self.t + 1}"

    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The words with the other one; raises InputError where there is no such word."""
        check_word(self.t, len(words), self.to_text(), unit)
        return [*words[: self.t], new(self.word), *words[self.t + 1 :]]


def parse(text: str) -> ReplaceWord:
    """The edit that stands behind "word"."""
    return ReplaceWord(*index_and_word(text))


FORM = Form("word", "word 2 great", "another second word", ReplaceWord, parse)
