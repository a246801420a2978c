"""Edits of the sentence: each makes another list of words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rnn_tui.network.errors import InputError

Item = TypeVar("Item")
"""What stands for a word: a token, or the place where it came from."""


@dataclass(frozen=True)
class ReplaceWord:
    """A word becomes another one."""

    place: int
    word: str

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"word {self.place + 1} {self.word}"

    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The words with the other one; raises InputError where there is no such word."""
        _check(self.place, len(words), self, unit)
        return [*words[: self.place], new(self.word), *words[self.place + 1 :]]


@dataclass(frozen=True)
class InsertWord:
    """One more word, at a place; the words from there on move up."""

    place: int
    word: str

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"insert {self.place + 1} {self.word}"

    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The words with one more; raises InputError where there is no such place. Behind the last is one."""
        _check(self.place, len(words) + 1, self, unit)
        return [*words[: self.place], new(self.word), *words[self.place :]]


@dataclass(frozen=True)
class DropWord:
    """A word is left out."""

    place: int

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"drop {self.place + 1}"

    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The words without it; raises InputError where there is no such word, or no other."""
        _check(self.place, len(words), self, unit)
        if len(words) == 1:
            raise InputError(f"“{self.to_text()}” would leave no {unit}; the network needs at least one")
        return words[: self.place] + words[self.place + 1 :]


@dataclass(frozen=True)
class MoveWord:
    """A word is taken out and put back at another place."""

    place: int
    to: int

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"move {self.place + 1} {self.to + 1}"

    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The words in their new order; raises InputError where there is no such word or place."""
        _check(self.place, len(words), self, unit)
        _check(self.to, len(words), self, unit)
        rest = words[: self.place] + words[self.place + 1 :]
        return [*rest[: self.to], words[self.place], *rest[self.to :]]


WordEdit = ReplaceWord | InsertWord | DropWord | MoveWord


def _check(place: int, count: int, edit: WordEdit, unit: str) -> None:
    if not 0 <= place < count:
        among = f"1 to {count}" if count > 1 else "1" if count else "none"
        raise InputError(f"“{edit.to_text()}”: there is no {unit} {place + 1} here, only {among}")
