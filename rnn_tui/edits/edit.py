"""An edit, and the form in which it is typed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

if TYPE_CHECKING:
    from rnn_tui.edits.lane import Lane
    from rnn_tui.network.model import Model
    from rnn_tui.network.tokens import Token

Item = TypeVar("Item")
"""Something that stands for a word: a token, or the timestep at which the word was."""


class WeightEdit(ABC):
    """An edit of the network: it makes another model, which shares every array that stays."""

    last: ClassVar[bool] = False
    """True for an edit that is applied after all those that aren't `last`, whatever their order."""

    @abstractmethod
    def to_text(self) -> str:
        """The form that `parse_edit` reads."""

    @abstractmethod
    def told(self, model: Model) -> str:
        """The edit in a few words, as they stand after "with", such as "half the memory"."""

    @abstractmethod
    def changed(self, model: Model) -> Model:
        """The edited model; raises InputError where the edit doesn't fit."""


class WordEdit(ABC):
    """An edit of the sentence: it makes another list of words."""

    @abstractmethod
    def to_text(self) -> str:
        """The form that `parse_edit` reads."""

    @abstractmethod
    def told(self, model: Model) -> str:
        """The edit in a few words, as they stand after "with", such as "word 2 left out"."""

    @abstractmethod
    def changed(self, words: list[Item], new: Callable[[str], Item], unit: str) -> list[Item]:
        """The edited words; raises InputError where the edit doesn't fit.

        `new` makes what stands for a word of its text; `unit` is what a word is called in a message.
        """


class ValueEdit(ABC):
    """An edit of what the network computes at one word: it makes other tokens, which hold a value."""

    unit: int
    """The hidden unit, from 0."""
    lane: Lane
    """The lane whose unit it is."""

    @abstractmethod
    def to_text(self) -> str:
        """The form that `parse_edit` reads."""

    @abstractmethod
    def told(self, model: Model) -> str:
        """The edit in a few words, as they stand after "with", such as "unit 3 held at 0.50 at word 2"."""

    @abstractmethod
    def changed(self, model: Model, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with what they hold; raises InputError where the edit doesn't fit."""


Edit = WeightEdit | WordEdit | ValueEdit


@dataclass(frozen=True)
class Form:
    """The text form of one kind of edit.

    `name` is the first word, `example` one edit as it is typed and `summary` what that does. `parse` reads what stands
    behind the name; it raises ValueError with what was expected.
    """

    name: str
    example: str
    summary: str
    edit: type[Edit]
    parse: Callable[[str], Edit]

    @property
    def of_network(self) -> bool:
        """True where it changes the network, and not one sentence."""
        return issubclass(self.edit, WeightEdit)
