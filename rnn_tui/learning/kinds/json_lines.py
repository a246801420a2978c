"""JSON lines: an object a line with a text and its label, or with a list of words and a list of their tags."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rnn_tui.learning import columns
from rnn_tui.learning.kinds.kind import COLUMNS, Kind
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Form, Sample
from rnn_tui.learning.source import Found, Source, first
from rnn_tui.text import cited

_TAKES = COLUMNS - {"delimiter"}
_TAG_LISTS = ("tags", "ner_tags", "pos_tags", "upos", "pos", "ner", "labels", "label", "xpos")


@dataclass(frozen=True)
class _Keys:
    """The keys of the text and of its label."""

    text: str
    label: str

    def __str__(self) -> str:
        return f"JSON lines; keys: {self.text} (text), {self.label} (label)"


def is_lines(source: Source) -> bool:
    """True where the rows begin as JSON lines do, whatever is in them."""
    return _first_object(source) is not None


def _first_object(source: Source) -> dict[str, Any] | None:
    """The object of the first row, where the rows begin as JSON lines do."""
    rows = source.filled[:2]
    if not rows[0].text.lstrip().startswith("{"):
        return None
    try:
        parsed = json.loads(rows[0].text)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) and (len(rows) > 1 or _holds_sample(parsed)) else None


def _holds_sample(parsed: dict[str, Any]) -> bool:
    """True for an object with a text; one with tables inside is a whole file of JSON."""
    return any(isinstance(value, str) for value in parsed.values())


def _shows(source: Source) -> int | None:
    found = _first_object(source)
    return first(source.filled, found is not None and _tag_keys(source, found) is None)


def _shows_tags(source: Source) -> int | None:
    found = _first_object(source)
    return first(source.filled, found is not None and _tag_keys(source, found))


def _shows_texts(source: Source) -> int | None:
    return first(source.filled, source.asked.task == "next" and source.asked.text_column and is_lines(source))


def _tag_keys(source: Source, found: dict[str, Any]) -> _Keys | None:
    """The keys of a list of words and of a list of tags as long; None where there are none."""
    lists = {name: value for name, value in found.items() if isinstance(value, list) and _plain(value)}
    words = _chosen(list(lists), source.asked.text_column, columns.WORDS)
    tags = _chosen(list(lists), source.asked.label_column, _TAG_LISTS)
    if words is None or tags is None or len(lists[words]) != len(lists[tags]):
        return None
    return _Keys(words, tags)


def _plain(value: list[Any]) -> bool:
    return all(isinstance(item, str | int) for item in value)


def _chosen(names: list[str], asked: str | None, usual: tuple[str, ...]) -> str | None:
    """The key that is asked for, or else a usual one."""
    index = columns.usual(names, usual if asked is None else [asked.casefold()])
    return None if index is None else names[index]


def _key(source: Source, names: list[str], role: str) -> str:
    asked = source.asked.text_column if role == "text" else source.asked.label_column
    found = _chosen(names, asked, columns.TEXTS if role == "text" else columns.LABELS)
    if found is None:
        row = source.filled[0].number
        said = columns.missing(names, asked or role, f"--{role}-column", holder="the object")
        raise RowError(source.path, said.replace(" (or a number)", ""), row)
    return found


def _objects(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    for row in source.filled:
        try:
            parsed = json.loads(row.text)
        except (ValueError, RecursionError) as error:
            raise RowError(source.path, f"is no JSON object: {cited(row.text.strip())}", row.number) from error
        if not isinstance(parsed, dict):
            raise RowError(source.path, f"is no JSON object: {cited(row.text.strip())}", row.number)
        yield row.number, parsed


def _read(source: Source) -> Found:
    samples: list[Sample] = []
    keys: _Keys | None = None
    for number, found in _objects(source):
        keys = keys or _Keys(_key(source, list(found), "text"), _key(source, list(found), "label"))
        text, label = (_scalar(source, number, found, key) for key in (keys.text, keys.label))
        samples.append(Sample(number, text, (label.strip(),)))
    return Found(tuple(samples), str(keys), Form(target="" if keys is None else keys.label))


def _read_tags(source: Source) -> Found:
    samples: list[Sample] = []
    keys: _Keys | None = None
    for number, found in _objects(source):
        keys = keys or _tag_keys(source, found)
        assert keys is not None  # the first object has them, or the kind wouldn't show
        words, tags = found.get(keys.text), found.get(keys.label)
        if not isinstance(words, list) or not isinstance(tags, list) or not _plain(words) or not _plain(tags):
            raise RowError(source.path, f"{keys.text} and {keys.label} are to be lists of words and of tags", number)
        if len(words) != len(tags) or not words:
            said = f"has {len(words)} words and {len(tags)} tags; expected one tag a word"
            raise RowError(source.path, said, number)
        without = next((word for word, tag in zip(words, tags, strict=True) if not str(tag).strip()), None)
        if without is not None:
            raise RowError(source.path, f"the word {cited(str(without))} has no tag", number)
        joined = ["_".join(str(word).split()) or "_" for word in words]
        samples.append(Sample(number, " ".join(joined), tuple(str(tag) for tag in tags)))
    return Found(tuple(samples), f"{keys}".replace("(text)", "(words)").replace("(label)", "(tags)"))


def _read_texts(source: Source) -> Found:
    samples: list[Sample] = []
    key = ""
    for number, found in _objects(source):
        key = key or _key(source, list(found), "text")
        samples.append(Sample(number, " ".join(_scalar(source, number, found, key).split("\n")).strip()))
    return Found(tuple(samples), f"JSON lines; key: {key} (text)")


def _scalar(source: Source, row: int, found: dict[str, Any], key: str) -> str:
    """A text, a number or a truth as text; raises RowError for anything else, or where there is none."""
    value = found.get(key)
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    held = "is empty" if isinstance(value, str) else f"is {json.dumps(value)[:40]}, expected a text"
    raise RowError(source.path, f"{cited(key)} {held if key in found else 'is missing'}", row)


JSON_LINES = Kind("JSON lines (an object a line)", "labels", _shows, _read, _TAKES)
JSON_TAGS = Kind("JSON lines with lists of words and tags", "tags", _shows_tags, _read_tags, _TAKES)
JSON_TEXTS = Kind("JSON lines", "next", _shows_texts, _read_texts, frozenset({"text_column"}))
