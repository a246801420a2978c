"""The metadata of a model file, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnn_tui.network.cells import cell_title
from rnn_tui.network.describing import head_in_words, stack_title
from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.model import Example
from rnn_tui.network.outputs import Output
from rnn_tui.network.readouts import READOUTS
from rnn_tui.network.storage import stack
from rnn_tui.network.storage.fields import Fields, shown
from rnn_tui.network.storage.strict import parsed
from rnn_tui.network.tokens import TOKENIZERS, CharacterTokenizer, NumberTokenizer, Tokenizer, Vocabulary, WordTokenizer
from rnn_tui.text import cited

FORMAT = 2
"""The newest format of the model file that this program reads."""
NEWER = {"mean": 2, "max": 2, "last_step": 2}
"""The format that a readout needs, where that is not the first."""

MOST_FEATURES = 4096
"""The most numbers of a timestep."""

PUNCTUATION = ("keep", "drop", "spaces")


@dataclass(frozen=True)
class Metadata:
    """The metadata of a model file, every field checked; names as in `Model`."""

    name: str
    title: str
    summary: str
    layers: tuple[LayerKind, ...]  # the bottom one first
    readout: str
    head: tuple[EntryKind, ...]
    output: Output
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    labels: tuple[str, ...]
    unit_names: tuple[str, ...] | None
    examples: tuple[Example, ...]
    provenance: Mapping[str, Any]

    @property
    def cell(self) -> str:
        """The cell of the lowest layer."""
        return self.layers[0].cell

    @property
    def title_of_layers(self) -> str:
        """The layers as people call them: "LSTM, 2 layers, both ways"."""
        return stack_title([(cell_title(one.cell, one.activation), one.bidirectional) for one in self.layers])

    @property
    def title_of_head(self) -> str:
        """The head in words: "a hidden layer, then relu"; "" where nothing does."""
        return head_in_words([(entry.linear, entry.activation) for entry in self.head])


def parse(text: str, path: Path) -> Metadata:
    """Read the JSON under the metadata key `rnn_tui`; raises ModelFileError with the field that is wrong."""
    try:
        fields = parsed(text)
    except ValueError as error:
        raise ModelFileError(f"{path}: metadata rnn_tui is no JSON ({' '.join(str(error).split())})") from error
    return checked(fields, path)


def checked(fields: Any, path: Path) -> Metadata:
    """The metadata that the JSON value of a file says; raises ModelFileError with the field that is wrong."""
    if not isinstance(fields, dict):
        raise ModelFileError(f"{path}: metadata rnn_tui is {shown(fields)}, expected an object")
    return _Reader(path, fields).metadata()


@dataclass(frozen=True)
class _Reader(Fields):
    """Takes one field after the other out of the JSON, and says in one line what is wrong with it."""

    def metadata(self) -> Metadata:
        self._check_format()
        name = self.text("name", self.path.stem)
        labels = self._words("labels", self.get("labels"))
        tokenizer = self._tokenizer()
        return Metadata(
            name=name,
            title=self.text("title", name),
            summary=self.text("summary", ""),
            layers=stack.layers_of(self, self.format),
            readout=self._readout(),
            head=stack.head_of(self, self.format),
            output=stack.output_of(self, self.format, labels),
            tokenizer=tokenizer,
            vocabulary=self._vocabulary(numbers=tokenizer.kind == "numbers"),
            labels=labels,
            unit_names=self._unit_names(),
            examples=self._examples(),
            provenance=self._object("provenance", self.fields.get("provenance") or {}),
        )

    @property
    def format(self) -> int:
        """The format of the file, once it is checked."""
        return int(self.fields["format"])

    def _check_format(self) -> None:
        number = self.get("format")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            self.fail("format", number, f"a number from 1 to {FORMAT}")
        if number > FORMAT:
            raise ModelFileError(
                f"{self.path}: format {shown(number)} is newer than this program reads ({FORMAT}); "
                "pip install --upgrade rnn-tui"
            )

    def _readout(self) -> str:
        known = tuple(kind for kind in READOUTS if NEWER.get(kind, 1) <= self.format)
        return self.choice("readout", known)

    def _tokenizer(self) -> Tokenizer:
        options = dict(self._object("tokenizer", self.get("tokenizer")))
        kind = options.pop("kind", None)
        if not isinstance(kind, str) or kind not in TOKENIZERS:
            self.fail("tokenizer kind", kind, f"one of {', '.join(TOKENIZERS)}")
        if kind == "words":
            punctuation = options.pop("punctuation", "keep")
            if punctuation not in PUNCTUATION:
                self.fail("tokenizer punctuation", punctuation, f"one of {', '.join(PUNCTUATION)}")
            tokenizer: Tokenizer = WordTokenizer(self._flag(options, default=True), punctuation)
        elif kind == "characters":
            tokenizer = CharacterTokenizer(self._flag(options, default=False))
        else:
            tokenizer = self._numbers_tokenizer(options)
        if options:
            self.fail("tokenizer", sorted(options)[0], f"no such option for {kind}")
        return tokenizer

    def _flag(self, options: dict[str, Any], *, default: bool) -> bool:
        value = options.pop("lowercase", default)
        return value if isinstance(value, bool) else self.fail("tokenizer lowercase", value, "true or false")

    def _numbers_tokenizer(self, options: dict[str, Any]) -> NumberTokenizer:
        """The tokenizer of numbers; takes its options out of all that there are."""
        known = ("mean", "scale", *(("features", "feature_names") if self.format > 1 else ()))
        fields = Fields(self.path, {f"tokenizer {name}": options.pop(name, None) for name in known})
        features = fields.fields.get("tokenizer features")
        features = 1 if features is None else features
        if not isinstance(features, int) or isinstance(features, bool) or not 1 <= features <= MOST_FEATURES:
            fields.fail("tokenizer features", features, f"a number from 1 to {MOST_FEATURES}")
        names = fields.fields.get("tokenizer feature_names") or ()
        if names:
            names = self._words("tokenizer feature_names", names)
            if features == 1 or len(names) != features:
                fields.fail(
                    "tokenizer feature_names", list(names), f"{features} names, one a feature, of more than one"
                )
        mean = fields.numbers("tokenizer mean", features, 0.0)
        scale = fields.numbers("tokenizer scale", features, 1.0, positive=True)
        if features == 1:
            return NumberTokenizer(mean[0], scale[0])
        return NumberTokenizer(mean, scale, features, names)

    def _vocabulary(self, *, numbers: bool) -> Vocabulary:
        listed = self.fields.get("vocabulary") if numbers else self.get("vocabulary")
        if numbers:
            if listed:
                self.fail("vocabulary", listed, "an empty list with the tokenizer numbers")
            return Vocabulary(())
        words = self._words("vocabulary", listed)
        unknown = self.fields.get("unknown")
        if unknown is not None and unknown not in words:
            self.fail("unknown", unknown, "a word of the vocabulary, or null")
        return Vocabulary(words, unknown)

    def _words(self, field: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
            self.fail(field, value, "a list of texts, at least one")
        if len(set(value)) < len(value):
            seen: set[str] = set()
            twice = next(word for word in value if word in seen or seen.add(word))  # type: ignore[func-returns-value]
            raise ModelFileError(f"{self.path}: {cited(twice)} is twice in {field}, expected every word once")
        return tuple(value)

    def _unit_names(self) -> tuple[str, ...] | None:
        value = self.fields.get("unit_names")
        return None if value is None else self._words("unit_names", value)

    def _examples(self) -> tuple[Example, ...]:
        value = self.fields.get("examples") or []
        if not isinstance(value, list):
            self.fail("examples", value, "a list")
        for example in value:
            texts = [example.get("text"), example.get("why")] if isinstance(example, dict) else [None]
            if not all(isinstance(text, str) for text in texts):
                self.fail("examples", example, '{"text": …, "why": …}')
        return tuple(Example(example["text"], example["why"]) for example in value)

    def _object(self, field: str, value: Any) -> Mapping[str, Any]:
        return value if isinstance(value, dict) else self.fail(field, value, "an object")
