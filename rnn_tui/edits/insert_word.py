"""One more word."""

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
class InsertWord(WordEdit):
    """One more word, at timestep `t` (from 0, and behind the last at most); the words from there on move up."""

    t: int
    word: str

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"insert {self.t + 1} {self.word}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "“not” put in at 3"."""
        return f"{quoted(clipped(self.word, LONGEST_WORD))} put in at {self.t + 1}"

    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The words with one more; raises InputError where that would leave a gap."""
        check_word(self.t, len(words) + 1, self.to_text(), unit)
        return [*words[: self.t], new(self.word), *words[self.t :]]


def parse(text: str) -> InsertWord:
    """The edit that stands behind "insert"."""
    return InsertWord(*index_and_word(text))


FORM = Form("insert", "insert 3 not", "one more word, before the third", InsertWord, parse)
