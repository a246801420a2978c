"""Kinds of text file that are known and not read: markup, JSON in one piece, trees, subtitles, unknown tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NoReturn

from rnn_tui.learning.dialects import DELIMITERS
from rnn_tui.learning.kinds.headerless import is_headed
from rnn_tui.learning.kinds.json_lines import is_lines
from rnn_tui.learning.kinds.kind import OPTIONS, Kind, refused
from rnn_tui.learning.kinds.labelled import unknown_columns
from rnn_tui.learning.source import Source, first

_SAVE = "save its texts as CSV with the columns text and label; --task next takes every line as a text as it is"
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)(\s+[\w:.-]+\s*=\s*[\"'][^>]*)?\s*/?>")
_JSON = re.compile(r'\s*(?:\[\s*)?(?:\{\s*)?"[^"]*"\s*:|\s*\[\s*[\[{]')
_TEST = 10


def _all(pattern: str, least: int = 2) -> Callable[[Source], int | None]:
    """A function that gives the first row where the first ten, at least so many, fit a pattern."""
    fits = re.compile(pattern)

    def shows(source: Source) -> int | None:
        rows = source.head[:_TEST]
        return first(rows, len(rows) >= least and all(fits.match(row.text) for row in rows))

    return shows


def _begins(pattern: str) -> Callable[[Source], int | None]:
    """A function that gives the first row where that fits a pattern."""
    fits = re.compile(pattern, re.IGNORECASE)
    return lambda source: first(source.filled, fits.match(source.filled[0].text))


def _is_html(source: Source) -> int | None:
    begins = source.filled[0].text.lstrip().casefold()
    return first(source.filled, begins.startswith(("<!doctype html", "<html", "<head", "<body")))


def _is_xml(source: Source) -> int | None:
    """The first row of XML: a declaration, an element with attributes, or one that the last row closes."""
    begins = source.filled[0].text.lstrip()
    if begins.startswith(("<?xml", "<!DOCTYPE", "<!--")):
        return source.filled[0].number
    element = _ELEMENT.match(begins)
    if element is None or source.path.suffix.lower() in (".csv", ".tsv"):
        return None
    closed = source.filled[-1].text.rstrip().endswith(f"</{element[1]}>")
    once = sum(row.text.lstrip().startswith(f"<{element[1]}") for row in source.head) == 1
    return first(source.filled, element[2] or (closed and once))


def _is_json(source: Source) -> int | None:
    """The first row of a whole file of JSON: an array or an object, even one that is cut short."""
    begins = source.filled[0].text.lstrip()[:1]
    if begins not in ("[", "{") or is_lines(source):
        return None
    text = "\n".join(row.text for row in source.filled)
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        head = "\n".join(row.text for row in source.filled[:3])
        return first(source.filled, source.path.suffix.lower().startswith(".json") or _JSON.match(head))
    return first(source.filled, isinstance(parsed, dict) or any(isinstance(item, dict | list) for item in parsed))


def _is_subtitles(source: Source) -> int | None:
    """The first row of WebVTT or of numbered subtitles with their times."""
    timed = len(source.filled) > 1 and " --> " in source.filled[1].text
    return first(source.filled, timed or source.filled[0].text.startswith("WEBVTT"))


def _is_unknown_table(source: Source) -> int | None:
    """The first row of a table that isn't known: named so, or with as many fields in every row, more than prose has."""
    if source.delimiter is not None or source.path.suffix.lower() in (".csv", ".tsv"):
        return source.filled[0].number
    if is_headed(source):
        return source.filled[0].number
    texts = [row.text for row in source.head]
    for sign in DELIMITERS:
        counts = {text.count(sign) for text in texts}
        least = 1 if sign in ("\t", "|", ";") else 2
        rows = 2 if sign == "\t" else 4
        if len(texts) >= rows and len(counts) == 1 and min(counts) >= least:
            return source.filled[0].number
    # Tabs hardly stand in prose, wherever in a row they are.
    tabbed = sum("\t" in text.strip() for text in texts)
    return first(source.filled, 5 * tabbed >= 4 * len(texts) and len(texts) > 1)


def _refuse_table(source: Source) -> NoReturn:
    """Raise the error for a table without known columns."""
    raise unknown_columns(source)


HTML = refused("an HTML page, not the data behind it", f"download the file itself, or {_SAVE}", _is_html)
XML = refused("XML", _SAVE, _is_xml)
JSON = refused(
    "JSON in one piece (an array or an object)",
    "save it as JSON lines, an object with a text and a label a line (jq -c '.[]' FILE > FILE.jsonl)",
    _is_json,
)
TREES = refused("trees in brackets", _SAVE, _all(r"\s*\(\s*(?:[\w$.-]+\s*)?\(.*\)\s*$"))
SUBTITLES = refused("subtitles", "save its text as plain text, without the times", _is_subtitles)
ARFF = refused("an ARFF file (Weka)", "save it as CSV", _begins(r"@relation\b"))
LIBSVM = refused("libsvm's sparse numbers", _SAVE, _all(r"[-+]?[\d.]+(?:\s+\d+:[-+\d.eE]+)+\s*$"))
VECTORS = refused(
    "word vectors",
    "train --vectors FILE starts from them",
    _all(r"\S+(?:\s[-+]?\d+\.\d+(?:e-?\d+)?){10,}"),
    takes=OPTIONS - {"columns", "target", "rows"},  # with which it is a table of numbers
)
LATEX = refused("LaTeX", "save its text as plain text", _begins(r"\\documentclass|\\begin\{"))
SQL = refused("SQL", "save its table as CSV", _begins(r"(?:create table|insert into|drop table|-- \w+ dump)\b"))
TABLE = Kind("a table", None, _is_unknown_table, _refuse_table, OPTIONS, doubtful=True)

OTHERS = (HTML, XML, JSON, TREES, SUBTITLES, ARFF, LIBSVM, VECTORS, LATEX, SQL)
