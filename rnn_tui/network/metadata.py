"""The metadata of a model file, checked field by field."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from rnn_tui.network.cells import CELLS, cell_class
from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.model import Example
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.tokens import TOKENIZERS, CharacterTokenizer, NumberTokenizer, Tokenizer, Vocabulary, WordTokenizer

FORMAT = 1
"""The newest format of the model file that this program reads, and the one it writes."""

PUNCTUATION = ("keep", "drop", "spaces")


@dataclass(frozen=True)
class Metadata:
    """The metadata of a model file, every field checked; names as in `Model`."""

    name: str
    title: str
    summary: str
    cell: str
    activation: str | None
    readout: str
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    labels: tuple[str, ...]
    unit_names: tuple[str, ...] | None
    examples: tuple[Example, ...]
    provenance: Mapping[str, Any]


def parse(text: str, path: Path) -> Metadata:
    """Read the JSON under the metadata key `rnn_tui`; raises ModelFileError with the field that is wrong."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelFileError(f"{path}: metadata rnn_tui is no JSON ({' '.join(str(error).split())})") from error
    if not isinstance(fields, dict):
        raise ModelFileError(f"{path}: metadata rnn_tui is {_kind(fields)}, expected an object")
    return _Reader(path, fields).metadata()


@dataclass(frozen=True)
class _Reader:
    """Takes one field after the other out of the JSON, and says in one line what is wrong with it."""

    path: Path
    fields: Mapping[str, Any]

    def metadata(self) -> Metadata:
        self._check_format()
        name = self._text("name", self.path.stem)
        cell = self._choice("cell", tuple(CELLS))
        tokenizer = self._tokenizer()
        return Metadata(
            name=name,
            title=self._text("title", name),
            summary=self._text("summary", ""),
            cell=cell,
            activation=self._activation(cell),
            readout=self._choice("readout", tuple(READOUTS)),
            tokenizer=tokenizer,
            vocabulary=self._vocabulary(numbers=tokenizer.kind == "numbers"),
            labels=self._words("labels", self._get("labels")),
            unit_names=self._unit_names(),
            examples=self._examples(),
            provenance=self._object("provenance", self.fields.get("provenance") or {}),
        )

    def _check_format(self) -> None:
        number = self._get("format")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            self._fail("format", number, f"{FORMAT}")
        if number > FORMAT:
            raise ModelFileError(
                f"{self.path}: format {number} is newer than this program reads ({FORMAT}); "
                "pip install --upgrade rnn-tui"
            )

    def _get(self, field: str) -> Any:
        if field not in self.fields:
            raise ModelFileError(f"{self.path}: metadata rnn_tui has no field “{field}”")
        return self.fields[field]

    def _text(self, field: str, default: str) -> str:
        value = self.fields.get(field)
        value = default if value is None else value
        return value if isinstance(value, str) else self._fail(field, value, "a text")

    def _choice(self, field: str, choices: Sequence[str]) -> str:
        value = self._get(field)
        for choice in choices:
            if value == choice:
                return choice
        return self._fail(field, value, f"one of {', '.join(choices)}")

    def _activation(self, cell: str) -> str | None:
        activations = cell_class(cell).activations
        if not activations:
            value = self.fields.get("activation")
            return None if value is None else self._fail("activation", value, f"null for {cell}")
        return self._choice("activation", activations)

    def _tokenizer(self) -> Tokenizer:
        options = dict(self._object("tokenizer", self._get("tokenizer")))
        kind = options.pop("kind", None)
        if kind not in TOKENIZERS:
            self._fail("tokenizer kind", kind, f"one of {', '.join(TOKENIZERS)}")
        if kind == "words":
            punctuation = options.pop("punctuation", "keep")
            if punctuation not in PUNCTUATION:
                self._fail("tokenizer punctuation", punctuation, f"one of {', '.join(PUNCTUATION)}")
            tokenizer: Tokenizer = WordTokenizer(self._flag(options, default=True), punctuation)
        elif kind == "characters":
            tokenizer = CharacterTokenizer(self._flag(options, default=False))
        else:
            tokenizer = NumberTokenizer(self._number(options, "mean", 0.0), self._number(options, "scale", 1.0))
            if tokenizer.scale <= 0:
                self._fail("tokenizer scale", tokenizer.scale, "a number above 0")
        if options:
            self._fail("tokenizer", sorted(options)[0], f"no such option for {kind}")
        return tokenizer

    def _flag(self, options: dict[str, Any], *, default: bool) -> bool:
        value = options.pop("lowercase", default)
        return value if isinstance(value, bool) else self._fail("tokenizer lowercase", value, "true or false")

    def _number(self, options: dict[str, Any], name: str, default: float) -> float:
        value = options.pop(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self._fail(f"tokenizer {name}", value, "a number")
        return float(value)

    def _vocabulary(self, *, numbers: bool) -> Vocabulary:
        listed = self.fields.get("vocabulary") if numbers else self._get("vocabulary")
        if numbers:
            if listed:
                self._fail("vocabulary", listed, "an empty list with the tokenizer numbers")
            return Vocabulary(())
        words = self._words("vocabulary", listed)
        unknown = self.fields.get("unknown")
        if unknown is not None and unknown not in words:
            self._fail("unknown", unknown, "a word of the vocabulary, or null")
        return Vocabulary(words, unknown)

    def _words(self, field: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
            self._fail(field, value, "a list of texts, at least one")
        if len(set(value)) < len(value):
            seen: set[str] = set()
            twice = next(word for word in value if word in seen or seen.add(word))  # type: ignore[func-returns-value]
            raise ModelFileError(f"{self.path}: “{twice}” is twice in {field}, expected every word once")
        return tuple(value)

    def _unit_names(self) -> tuple[str, ...] | None:
        value = self.fields.get("unit_names")
        return None if value is None else self._words("unit_names", value)

    def _examples(self) -> tuple[Example, ...]:
        value = self.fields.get("examples") or []
        if not isinstance(value, list):
            self._fail("examples", value, "a list")
        for example in value:
            texts = [example.get("text"), example.get("why")] if isinstance(example, dict) else [None]
            if not all(isinstance(text, str) for text in texts):
                self._fail("examples", example, '{"text": …, "why": …}')
        return tuple(Example(example["text"], example["why"]) for example in value)

    def _object(self, field: str, value: Any) -> Mapping[str, Any]:
        return value if isinstance(value, dict) else self._fail(field, value, "an object")

    def _fail(self, field: str, found: Any, expected: str) -> NoReturn:
        raise ModelFileError(f"{self.path}: {field} is {_kind(found)}, expected {expected}")


def _kind(value: Any) -> str:
    """A value in few characters, for an error line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:39] + "…"
