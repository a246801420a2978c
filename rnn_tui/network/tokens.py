"""From a text to the tokens that a network reads: words, characters or numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from rnn_tui.network.errors import InputError
from rnn_tui.network.held import Held
from rnn_tui.network.splitting import characters_of, composed, is_punctuation, runs_of
from rnn_tui.text import cited, clipped

if TYPE_CHECKING:
    from rnn_tui.network.spelling import Spelling

_AROUND_COMMA = re.compile(r"\s*,\s*")
_SHOWN_FEATURES, _LONGEST_NAMES = 4, 60  # in a message about a timestep


@dataclass(frozen=True)
class Token:
    """One timestep's input.

    `text` is what the network looks up ("kicking"), `surface` what was typed ("Kicking"). `index` is the row of the
    vocabulary that is read, or None where nothing is: for a number, and for an unknown word of a model that has no
    word for unknown ones (it then reads zeros). `values` are the numbers that a number model reads, one a feature,
    already scaled.
    `held` are the values of hidden units that are held at this timestep, whatever the network computes.
    """

    text: str
    surface: str
    index: int | None = None
    unknown: bool = False
    values: tuple[float, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def value(self) -> float | None:
        """The number that is read where there is one feature, already scaled; None where there is none, or several."""
        return self.values[0] if len(self.values) == 1 else None


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
        return self._spelling.nearest(text, n)

    @cached_property
    def _spelling(self) -> Spelling:
        from rnn_tui.network.spelling import Spelling  # only an unknown word needs it

        return Spelling([word for word in self.words if word != self.unknown])


class Tokenizer(Protocol):
    """Splits a text into pieces and turns each piece into a token."""

    kind: ClassVar[str]
    separator: ClassVar[str]
    """The text between two pieces when a text is put together again."""

    @property
    def unit(self) -> str:
        """The name of one token on the screen: word, character, number or timestep."""
        ...

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
        chunks = composed(text).split()
        if self.punctuation == "spaces":
            return chunks
        runs = {chunk: runs_of(chunk) for chunk in set(chunks)}  # a long text says most of its words many times
        pieces = [piece for chunk in chunks for piece in runs[chunk]]
        if self.punctuation == "drop":
            return [piece for piece in pieces if not is_punctuation(piece)]
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
        return characters_of(text)

    def token(self, surface: str, vocabulary: Vocabulary) -> Token:
        """The token of one character."""
        return vocabulary.lookup(surface.lower() if self.lowercase else surface, surface)

    def options(self) -> dict[str, Any]:
        """The JSON of the model file's `tokenizer`."""
        return {"kind": self.kind, "lowercase": self.lowercase}


@dataclass(frozen=True)
class NumberTokenizer:
    """Numbers: the network reads (value − mean) / scale of each.

    With one feature a timestep is one number, and spaces, commas or semicolons separate them. With more, `mean` and
    `scale` have a number a feature (one number stands for all), commas join the features of a timestep, and spaces or
    semicolons separate timesteps: "0.1,0.7 0.2,0.6". `feature_names` are there for several features alone, or empty.
    Raises ValueError where the sizes don't agree.
    """

    mean: float | tuple[float, ...] = 0.0
    scale: float | tuple[float, ...] = 1.0
    features: int = 1
    feature_names: tuple[str, ...] = ()
    kind: ClassVar[str] = "numbers"
    separator: ClassVar[str] = " "

    def __post_init__(self) -> None:
        if self.features < 1:
            raise ValueError(f"{self.features} features")
        if self.feature_names and (self.features == 1 or len(self.feature_names) != self.features):
            raise ValueError(f"{len(self.feature_names)} names of {self.features} features")
        for name in ("mean", "scale"):
            given = getattr(self, name)
            each = given if isinstance(given, tuple) else (given,) * self.features
            if len(each) != self.features:
                raise ValueError(f"{len(each)} numbers in {name} of {self.features} features")
            object.__setattr__(self, name, each if self.features > 1 else each[0])

    @property
    def unit(self) -> str:
        """The name of one token on the screen."""
        return "number" if self.features == 1 else "timestep"

    def feature_name(self, feature: int) -> str:
        """The name of a feature (from 0), or its number (from 1) where it has none."""
        return self.feature_names[feature] if self.feature_names else str(feature + 1)

    def scaling(self, feature: int = 0) -> tuple[float, float]:
        """The mean and the scale of a feature (from 0)."""
        mean, scale = (one if isinstance(one, tuple) else (one,) for one in (self.mean, self.scale))
        return mean[feature], scale[feature]

    def split(self, text: str) -> list[str]:
        """The numbers of a text, or its timesteps without the spaces beside their commas, as they were typed."""
        text = text.replace(";", " ")
        if self.features == 1:
            return text.replace(",", " ").split()
        return _AROUND_COMMA.sub(",", text).split()

    def token(self, surface: str, vocabulary: Vocabulary) -> Token:
        """The token of one timestep; raises InputError where `surface` is none."""
        values = []
        for feature, number in enumerate(self._numbers(surface)):
            mean, scale = self.scaling(feature)
            values.append((number - mean) / scale)
        return Token(surface, surface, values=tuple(values))

    def options(self) -> dict[str, Any]:
        """The JSON of the model file's `tokenizer`."""
        if self.features == 1:
            return {"kind": self.kind, "mean": self.mean, "scale": self.scale}
        scaling = [self.scaling(feature) for feature in range(self.features)]
        options = {"kind": self.kind, "mean": [mean for mean, _ in scaling], "scale": [scale for _, scale in scaling]}
        names = {"feature_names": list(self.feature_names)} if self.feature_names else {}
        return {**options, "features": self.features, **names}

    def _numbers(self, surface: str) -> list[float]:
        fields = [surface] if self.features == 1 else surface.split(",")
        if len(fields) != self.features:
            count = f"{len(fields)} number{'s' if len(fields) > 1 else ''}"
            raise InputError(f"{cited(surface)} has {count}, and a timestep of this model {self._asked()}")
        numbers = []
        for field in fields:
            number = as_number(field)
            if number is None:
                if self.features > 1:
                    there = f"{cited(field)} in {cited(surface)}" if field else f"a field of {cited(surface)}"
                    raise InputError(f"{there} is no number; a timestep of this model {self._asked()}")
                raise InputError(
                    f"{cited(surface)} is no number; this model reads numbers, "
                    "with spaces or commas between them: 1.5 2 -0.3"
                )
            numbers.append(number)
        return numbers

    def _asked(self) -> str:
        """What a timestep of several features has to be."""
        named = f" ({clipped(', '.join(self.feature_names), _LONGEST_NAMES)})" if self.feature_names else ""
        shown = min(self.features, _SHOWN_FEATURES)
        rest = ",…" if shown < self.features else ""
        once, again = (",".join(f"0.{digit + k}" for k in range(shown)) + rest for digit in (1, 5))
        return f"has {self.features}{named}, with commas between them and spaces between timesteps: {once} {again}"


def as_number(text: str) -> float | None:
    """The finite number that a text says, U+2212 counting as minus; None where it says none."""
    try:
        number = float(text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


TOKENIZERS: Mapping[str, type[WordTokenizer | CharacterTokenizer | NumberTokenizer]] = {
    tokenizer.kind: tokenizer for tokenizer in (WordTokenizer, CharacterTokenizer, NumberTokenizer)
}


def tokenize(text: str, tokenizer: Tokenizer, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a text; raises InputError where there are none, or where one can't be read."""
    return tokens_of(tokenizer.split(text), tokenizer, vocabulary)


def tokens_of(surfaces: Iterable[str], tokenizer: Tokenizer, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens of pieces already split, one object for all that are alike; raises InputError as `tokenize` does."""
    known: dict[str, Token] = {}
    tokens = []
    for surface in surfaces:
        token = known.get(surface)
        if token is None:
            token = known[surface] = tokenizer.token(surface, vocabulary)
        tokens.append(token)
    if not tokens:
        raise InputError(f"the sentence is empty; give it at least one {tokenizer.unit}")
    return tuple(tokens)


def join(surfaces: Sequence[str], tokenizer: Tokenizer) -> str:
    """A text that splits into these pieces again."""
    return tokenizer.separator.join(surfaces)
