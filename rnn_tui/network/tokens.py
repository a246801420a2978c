"""From a text to the tokens that a network reads: words, characters or numbers."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Protocol

from rnn_tui.network.errors import InputError
from rnn_tui.network.held import Held

_JOINERS = "'’-\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True)
class Token:
    """One timestep's input.

    `text` is what the network looks up ("kicking"), `surface` what was typed ("Kicking"). `index` is the row of the
    vocabulary that is read, or None where nothing is: for a number, and for an unknown word of a model that has no
    word for unknown ones (it then reads zeros). `value` is the number that a number model reads, already scaled.
    `held` are the values of hidden units that are held at this timestep, whatever the network computes.
    """

    text: str
    surface: str
    index: int | None = None
    unknown: bool = False
    value: float | None = None
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The words a model knows, in the order of the embedding's rows.

    `unknown` is the word of the vocabulary that stands for all the others, or None.
    """

    words: tuple[str, ...]
    unknown: str | None = None

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The row of every word."""
        return {word: row for row, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def lookup(self, text: str, surface: str) -> Token:
        """The token for one word."""
        row = self.index.get(text)
        if row is not None:
            return Token(text, surface, row)
        fallback = None if self.unknown is None else self.index[self.unknown]
        return Token(text, surface, fallback, unknown=True)

    def nearest(self, text: str, n: int = 3) -> list[str]:
        """Up to `n` words of the vocabulary that are spelled most like `text`, the nearest first."""
        from difflib import get_close_matches  # only an unknown word needs it

        candidates = [word for word in self.words if word != self.unknown]
        return get_close_matches(text, candidates, n=n, cutoff=0.5)


class Tokenizer(Protocol):
    """Splits a text into pieces and turns each piece into a token."""

    kind: ClassVar[str]
    unit: ClassVar[str]
    """The name of one token on the screen: word, character or number."""
    separator: ClassVar[str]
    """The text between two pieces when a text is put together again."""

    def split(self, text: str) -> list[str]:
        """The pieces of a text, as they were typed."""
        ...

    def token(self, surface: str, vocabulary: Vocabulary) -> Token:
        """The token for one piece; raises InputError where it can't be read."""
        ...

    def options(self) -> dict[str, Any]:
        """The JSON of the model file's `tokenizer`."""
        ...


@dataclass(frozen=True)
class WordTokenizer:
    """Words: runs of letters, digits and marks, with ' and - inside; other symbols stand alone, a run at a time.

    `lowercase` folds the case for the look-up. `punctuation` says what becomes of punctuation: "keep" makes tokens
    of it, "drop" leaves it out, and "spaces" splits at white space alone (for texts that are already split).
    """

    lowercase: bool = True
    punctuation: str = "keep"
    kind: ClassVar[str] = "words"
    unit: ClassVar[str] = "word"
    separator: ClassVar[str] = " "

    def split(self, text: str) -> list[str]:
        """The words of a text, in Unicode's composed form (NFC), as they were typed otherwise."""
        chunks = unicodedata.normalize("NFC", text).split()
        if self.punctuation == "spaces":
            return chunks
        pieces = [piece for chunk in chunks for piece in _runs(chunk)]
        if self.punctuation == "drop":
            return [piece for piece in pieces if not _is_punctuation(piece)]
        return pieces

    def token(self, surface: str, vocabulary: Vocabulary) -> Token:
        """The token of one word; a special word such as <unk> is looked up as it stands."""
        return vocabulary.lookup(surface.lower() if self.lowercase else surface, surface)

    def options(self) -> dict[str, Any]:
        """The JSON of the model file's `tokenizer`."""
        return {"kind": self.kind, "lowercase": self.lowercase, "punctuation": self.punctuation}


@dataclass(frozen=True)
class CharacterTokenizer:
    """Every character, its combining marks with it, is a token."""

    lowercase: bool = False
    kind: ClassVar[str] = "characters"
    unit: ClassVar[str] = "character"
    separator: ClassVar[str] = ""

    def split(self, text: str) -> list[str]:
        """The characters of a text, in Unicode's composed form (NFC); marks stay with the letter before them."""
        pieces: list[str] = []
        for character in unicodedata.normalize("NFC", text):
            if pieces and unicodedata.category(character).startswith("M"):
                pieces[-1] += character
            else:
                pieces.append(character)
        return pieces

    def token(self, surface: str, vocabulary: Vocabulary) -> Token:
        """The token of one character."""
        return vocabulary.lookup(surface.lower() if self.lowercase else surface, surface)

    def options(self) -> dict[str, Any]:
        """The JSON of the model file's `tokenizer`."""
        return {"kind": self.kind, "lowercase": self.lowercase}


@dataclass(frozen=True)
class NumberTokenizer:
    """Numbers, separated by spaces, commas or semicolons; the network reads (value − mean) / scale."""

    mean: float = 0.0
    scale: float = 1.0
    kind: ClassVar[str] = "numbers"
    unit: ClassVar[str] = "number"
    separator: ClassVar[str] = " "

    def split(self, text: str) -> list[str]:
        """The numbers of a text, as they were typed."""
        return text.replace(",", " ").replace(";", " ").split()

    def token(self, surface: str, vocabulary: Vocabulary) -> Token:
        """The token of one number; raises InputError where `surface` is none."""
        try:
            value = float(surface.replace("\N{MINUS SIGN}", "-"))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise InputError(
                f"“{surface}” is no number; this model reads numbers, with spaces or commas between them: 1.5 2 -0.3"
            )
        return Token(surface, surface, value=(value - self.mean) / self.scale)

    def options(self) -> dict[str, Any]:
        """The JSON of the model file's `tokenizer`."""
        return {"kind": self.kind, "mean": self.mean, "scale": self.scale}


TOKENIZERS: Mapping[str, type[WordTokenizer | CharacterTokenizer | NumberTokenizer]] = {
    tokenizer.kind: tokenizer for tokenizer in (WordTokenizer, CharacterTokenizer, NumberTokenizer)
}


def tokenize(text: str, tokenizer: Tokenizer, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a text; raises InputError where there are none, or where one can't be read."""
    return tokens_of(tokenizer.split(text), tokenizer, vocabulary)


def tokens_of(surfaces: Iterable[str], tokenizer: Tokenizer, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens of pieces already split; raises InputError as `tokenize` does."""
    tokens = tuple(tokenizer.token(surface, vocabulary) for surface in surfaces)
    if not tokens:
        raise InputError(f"the sentence is empty; give it at least one {tokenizer.unit}")
    return tokens


def join(surfaces: Sequence[str], tokenizer: Tokenizer) -> str:
    """A text that splits into these pieces again."""
    return tokenizer.separator.join(surfaces)


def _runs(chunk: str) -> list[str]:
    """Split a chunk without white space into runs of word characters and runs of anything else."""
    pieces: list[str] = []
    kind = None
    for at, character in enumerate(chunk):
        inside = _is_word_character(character) or _joins(chunk, at)
        if pieces and inside == kind:
            pieces[-1] += character
        else:
            pieces.append(character)
        kind = inside
    return pieces


def _is_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" or character in "_<>"


def _joins(chunk: str, at: int) -> bool:
    """Return True where an apostrophe, hyphen or joiner stands between two word characters."""
    return (
        chunk[at] in _JOINERS
        and 0 < at < len(chunk) - 1
        and _is_word_character(chunk[at - 1])
        and _is_word_character(chunk[at + 1])
    )


def _is_punctuation(piece: str) -> bool:
    return all(unicodedata.category(character).startswith("P") for character in piece)
