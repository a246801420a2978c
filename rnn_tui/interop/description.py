"""The description of a network that its weights don't give: words, labels, tokenizer, readout, names."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import Any, NoReturn, TypedDict, cast

from rnn_tui.interop.layers import READINGS
from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.network.errors import UserError
from rnn_tui.network.kinds import HEAD_FUNCTIONS, OUTPUTS
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.storage.metadata import PUNCTUATION
from rnn_tui.network.tokens import TOKENIZERS, CharacterTokenizer, NumberTokenizer, Tokenizer, Vocabulary, WordTokenizer

_UNKNOWN = re.compile(r"[\W_]*(unk|oov|unknown)[\W_]*", re.IGNORECASE)
_SPECIAL = re.compile(r"<.*>|\[.*\]")
_PADDING = "<pad>"


class Options(TypedDict, total=False):
    """The keywords of `from_torch`, `from_keras` and `from_file`.

    nonlinearity: tanh, relu or identity, of an Elman cell; unless given, what a module or a whole Keras file says, what
        a module is found to do, or tanh.
    readout: last, last_step (where no layer reads backward the same as last), each, mean, max or attention; unless
        given, what a module is found to do, what a whole Keras file says, or last.
    head: the functions before the last layer, relu, tanh, sigmoid or identity, or the name of one: one after each
        linear layer that stands there, and one more for the states themselves; unless given, as the readout, or relu
        after each linear layer.
    merge: how the last layer reads the two directions of the top one: concat (side by side, the forward one first),
        backward-first, sum, or one alone, forward or backward; unless given, found out, or as the sizes tell.
    output: classes, yes_no (one output, the logit of the second of two labels) or number (labels are the numbers'
        names); unless given, yes_no for one output and two labels, number for one and one, what a whole Keras model
        was trained for, or classes.
    output_mean, output_std: of numbers: the answer is output · std + mean; 0 and 1 unless given.
    tokenizer: words, characters or numbers, or a tokenizer of `rnn_tui.network.tokens`; words unless given.
    punctuation: keep, drop or spaces, of words; unless given, kept where the vocabulary has some, else dropped.
    unknown: the word that stands for unknown ones, "" for none; unless given, found by its spelling (<unk>, <OOV> …).
    unit_names: a name for each hidden unit.
    name, title, summary: of the model.
    examples: sentences that the model is opened with, the first one first.
    forward: how the module that is given is called, for it is run and compared: a function of a batch of one sequence
        (rows of the vocabulary (1, T), or numbers (1, T, 1), as the framework's tensor) that gives the answer. Found
        out by trying unless given.
    """

    nonlinearity: str | None
    readout: str
    head: Sequence[str]
    merge: str | None
    output: str | None
    output_mean: float
    output_std: float
    tokenizer: str | Tokenizer
    punctuation: str | None
    unknown: str | None
    unit_names: Sequence[str] | None
    name: str
    title: str
    summary: str
    examples: Sequence[str]
    forward: Callable[[Any], Any] | None


def reads_numbers(tokenizer: str | Tokenizer) -> bool:
    """Tell whether a network with a tokenizer, or one by its name, reads numbers."""
    return tokenizer == "numbers" or isinstance(tokenizer, NumberTokenizer)


def asked(options: Options) -> Options:
    """The options with a bare head as a list of one, and without a head that is None, which is as if not given."""
    head = options.get("head")
    given: Options = {**options}
    if isinstance(head, str):
        given["head"] = (head,)
    elif head is None:
        given.pop("head", None)
    return given


@dataclass(frozen=True)
class Description:
    """Everything that is said of the weights; fields as in `Options`.

    `vocabulary` is the words in the order of the rows, or the row of each word. Where rows are counted from 1, row 0
    is padding, as Keras' Tokenizer has it.
    """

    vocabulary: Sequence[str] | Mapping[str, int]
    labels: Sequence[str]
    nonlinearity: str | None = None
    readout: str = "last"
    head: Sequence[str] | None = None
    merge: str | None = None
    output: str | None = None
    output_mean: float = 0.0
    output_std: float = 1.0
    tokenizer: str | Tokenizer = "words"
    punctuation: str | None = None
    unknown: str | None = None
    unit_names: Sequence[str] | None = None
    name: str = "imported"
    title: str = ""
    summary: str = ""
    examples: Sequence[str] = ()
    forward: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        _check_choice("nonlinearity", self.nonlinearity, (None, *ACTIVATIONS))
        _check_choice("readout", self.readout, tuple(READOUTS))
        _check_choice("merge", self.merge, (None, *READINGS))
        _check_choice("output", self.output, (None, *OUTPUTS))
        for what, number in (("output_mean", self.output_mean), ("output_std", self.output_std)):
            _check_number(what, number)
        _check_texts("head", self.head or ())
        for activation in self.head or ():
            _check_choice("head", activation, HEAD_FUNCTIONS, "; leave head out for nothing")
        _check_choice("punctuation", self.punctuation, (None, *PUNCTUATION))
        if isinstance(self.tokenizer, str):
            _check_choice("tokenizer", self.tokenizer, tuple(TOKENIZERS))
        texts = {"name": (self.name,), "title": (self.title,), "summary": (self.summary,), "examples": self.examples}
        if not _is_listed(self.vocabulary):
            _refuse("vocabulary", self.vocabulary, "a list of texts, or the row of each")
        lists = {"vocabulary": tuple(self.vocabulary), "labels": self.labels, "unit names": self.unit_names or ()}
        for what, listed in (lists | texts).items():
            _check_texts(what, listed)
        for what, listed in lists.items():
            _check_once(what, listed)

    @property
    def numbers(self) -> bool:
        """True where the network reads numbers, and so needs no vocabulary."""
        return reads_numbers(self.tokenizer)

    def words(self) -> Vocabulary:
        """The vocabulary and its word for unknown ones; raises UserError."""
        words = by_row(self.vocabulary) if isinstance(self.vocabulary, Mapping) else tuple(self.vocabulary)
        if self.numbers:
            if words:
                raise UserError(f"{len(words)} words for a network that reads numbers, which has no vocabulary")
            return Vocabulary(())
        if not words:
            raise UserError("the vocabulary is empty; give it one word a row of the embedding, in their order")
        unknown = _unknown_in(words) if self.unknown is None else self.unknown
        if unknown and unknown not in words:
            raise UserError(f"the word for unknown ones, “{unknown}”, is not in the vocabulary of {len(words)} words")
        return Vocabulary(words, unknown or None)

    def reader(self, vocabulary: Vocabulary, features: int = 1) -> Tokenizer:
        """The tokenizer, as the vocabulary shows it was trained; of numbers with so many features at a timestep.

        A vocabulary with an upper-case letter keeps the case, one with punctuation keeps the punctuation; special
        words such as <UNK> count for neither.
        """
        if not isinstance(self.tokenizer, str):
            return self.tokenizer
        ordinary = [word for word in vocabulary.words if word != vocabulary.unknown and not _SPECIAL.fullmatch(word)]
        lowercase = not any(word != word.lower() for word in ordinary)
        if self.tokenizer == "numbers":
            return NumberTokenizer(features=features)
        if self.tokenizer == "characters":
            return CharacterTokenizer(lowercase)
        if all(re.search(r"\s", word) for word in vocabulary.words):
            raise UserError(
                f"every word of the vocabulary has white space in it, such as “{vocabulary.words[0]}”; "
                "expected one word a line and nothing beside it"
            )
        dropping = WordTokenizer(lowercase, "drop")
        some = any(word and not dropping.split(word) for word in ordinary)
        return WordTokenizer(lowercase, self.punctuation or ("keep" if some else "drop"))


def _unknown_in(words: Sequence[str]) -> str | None:
    """The word that stands for unknown ones: unk, oov or unknown in any case, in brackets or not.

    Of several <unk> comes first, then those in brackets. A plain “unknown” is a word like any other, “UNKNOWN” is not.
    """
    found = [word for word in words if _UNKNOWN.fullmatch(word) and word not in ("unknown", "Unknown")]
    return min(found, key=lambda word: (word != "<unk>", word.isalpha()), default=None)


def by_row(rows: Mapping[str, int]) -> tuple[str, ...]:
    """The words by their rows; raises UserError where these are not 0 to n − 1, or 1 to n."""
    if not all(type(row) is int for row in rows.values()):
        raise UserError("the vocabulary has a row that is no whole number; expected the row of each word, from 0")
    words = sorted(rows, key=lambda word: rows[word])
    numbers = [rows[word] for word in words]
    if words and numbers == list(range(1, len(numbers) + 1)) and _PADDING not in rows:
        return (_PADDING, *words)
    if numbers != list(range(len(numbers))):
        raise UserError(
            f"the vocabulary has {len(numbers)} words in rows {numbers[0]} to {numbers[-1]}, expected every row from "
            f"0 to {len(numbers) - 1} once (or from 1, where row 0 is padding)"
        )
    return tuple(words)


def _check_choice(what: str, value: str | None, choices: Sequence[str | None], more: str = "") -> None:
    if value not in choices:
        raise UserError(f"{what} “{value}” is unknown, expected one of {', '.join(str(c) for c in choices if c)}{more}")


def _check_number(what: str, number: object) -> None:
    """Raise UserError unless it is a finite number, of Python, NumPy or PyTorch."""
    try:
        finite = math.isfinite(cast(float, number))
    except (TypeError, ValueError, RuntimeError, OverflowError):
        finite = False
    if not finite:
        _refuse(what, number, "a number")


def _is_listed(found: object) -> bool:
    """True for what can be gone through more than once, as an iterator can't."""
    return isinstance(found, Iterable) and isinstance(found, Sized)


def _check_texts(what: str, listed: Iterable[str]) -> None:
    """Raise UserError unless all are texts that can be written."""
    if isinstance(listed, str) or not _is_listed(listed):
        _refuse(what, listed, "a list of texts")
    for text in listed:
        if not isinstance(text, str):
            _refuse(what, text, "texts only")
        try:
            text.encode()
        except UnicodeEncodeError:
            _refuse(what, text, "Unicode text")


def _refuse(what: str, value: object, expected: str) -> NoReturn:
    raise UserError(f"{what}: found {value!a}, expected {expected}")


def _check_once(what: str, listed: Iterable[str]) -> None:
    """Raise UserError where a text is listed twice, with its numbers in the list, from 1."""
    numbers: dict[str, int] = {}
    for number, text in enumerate(listed, 1):
        if text in numbers:
            both = f"{numbers[text]} and {number}"
            raise UserError(f"“{text}” is twice in the {what}, at {both}; expected every one once")
        numbers[text] = number
