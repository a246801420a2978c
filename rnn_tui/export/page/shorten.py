"""A squeezed script with short names in place of its own long ones: what it does stays the same.

A name has one short name wherever it stands, so no scope has to be known; names of properties, of what the browser
brings, and of classes stay. It reads the plain JavaScript of this folder, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from rnn_tui.export.page import squeeze

KEPT = frozenset(
    [
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "default",
        "delete",
        "do",
        "else",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "get",
        "if",
        "in",
        "instanceof",
        "let",
        "new",
        "null",
        "of",
        "return",
        "set",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "yield",
        "addEventListener",
        "alert",
        "arguments",
        "atob",
        "btoa",
        "cancelAnimationFrame",
        "clearInterval",
        "clearTimeout",
        "confirm",
        "console",
        "decodeURIComponent",
        "document",
        "encodeURIComponent",
        "fetch",
        "getComputedStyle",
        "getSelection",
        "globalThis",
        "history",
        "innerHeight",
        "innerWidth",
        "isFinite",
        "isNaN",
        "localStorage",
        "location",
        "matchMedia",
        "navigator",
        "parseFloat",
        "parseInt",
        "performance",
        "postMessage",
        "print",
        "queueMicrotask",
        "removeEventListener",
        "requestAnimationFrame",
        "scrollBy",
        "scrollTo",
        "sessionStorage",
        "setInterval",
        "setTimeout",
        "speechSynthesis",
        "structuredClone",
        "window",
    ]
)
"""The words of the language, and what a browser brings that begins with a small letter."""
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OF_OBJECTS = frozenset({"(", ",", "=", ":", "[", "?", "&", "|", ".", "return", "let"})
"""What stands before the brace of an object or of a pattern; before that of a block stands all else."""


class Token(NamedTuple):
    """A piece of a script; `name` is true for one that names something."""

    text: str
    name: bool = False


class Use(NamedTuple):
    """A place in which a name of the script's own stands; `alone` where it is the name of a property, too."""

    index: int
    alone: bool


def shortened(text: str) -> str:
    """The script with short names."""
    tokens = list(_tokens(text))
    uses: dict[str, list[Use]] = {}
    for use in _uses(tokens):
        uses.setdefault(tokens[use.index].text, []).append(use)
    pieces = [token.text for token in tokens]
    taken = {token.text for token in tokens if token.name}
    free = (short for short in _short_names() if short not in taken)
    short = next(free)
    for name, places in sorted(uses.items(), key=lambda item: -len(item[0]) * len(item[1])):
        alone = sum(use.alone for use in places)
        if len(short) * len(places) + (len(name) + 1) * alone >= len(name) * len(places):
            continue
        for use in places:
            pieces[use.index] = f"{name}:{short}" if use.alone else short
        short = next(free)
    return "".join(pieces)


def _tokens(text: str) -> Iterator[Token]:
    """The pieces of a script, one after the other; together they are the script."""
    at, before = 0, "("
    while at < len(text):
        if text[at] == "`":
            end = squeeze.end_of_template(text, at)
            yield from _of_template(text[at:end])
            at, before = end, "`"
            continue
        piece, kind = squeeze.piece_of(text, at, before)
        yield Token(piece, kind == "name" and not piece[0].isdigit())
        at += len(piece)
        before = piece if piece.strip() else before


def _of_template(text: str) -> Iterator[Token]:
    """The pieces of a template: its text, and those of the expressions in it."""
    start = at = 1
    while at < len(text) - 1:
        if text[at] == "\\":
            at += 2
        elif text.startswith("${", at):
            end = squeeze.end_of_braces(text, at + 2)
            yield Token(text[start - 1 : at + 2])
            yield from _tokens(text[at + 2 : end - 1])
            start, at = end, end
        else:
            at += 1
    yield Token(text[start - 1 :])


def _uses(tokens: Sequence[Token]) -> Iterator[Use]:
    """The places of all names that may be shorter."""
    seen = [(index, token) for index, token in enumerate(tokens) if token.text.strip()]
    texts = [token.text for _, token in seen]
    inside: list[str] = []
    for at, (index, token) in enumerate(seen):
        before = texts[at - 1] if at else ""
        if token.text in ("{", "(", "["):
            inside.append(_kind(texts, at))
        elif token.text in ("}", ")", "]"):
            inside.pop()
        elif not token.name or token.text in KEPT or not token.text[0].islower():
            continue
        elif before != "." or texts[at - 2] == ".":
            yield from _use(index, before, "".join(texts[at + 1 : at + 2]), inside[-1] if inside else "")


def _kind(texts: Sequence[str], at: int) -> str:
    """The kind of what a bracket opens: "class", "object", or "" for all else."""
    if texts[at] != "{":
        return ""
    if "class" in (texts[at - 2], texts[at - 4]):  # class NAME {, class NAME extends OTHER {
        return "class"
    return "object" if texts[at - 1] in _OF_OBJECTS else ""


def _use(index: int, before: str, after: str, inside: str) -> Iterator[Use]:
    """The use of a name, unless it is the name of a property."""
    begins = before in ("{", ",")
    if inside == "class":
        return
    if inside == "object" and (before in ("get", "set", "async") or (begins and after in (":", "("))):
        return
    yield Use(index, inside == "object" and begins and after in (",", "}", "="))


def _short_names() -> Iterator[str]:
    """Names of one letter, then of two, and so on."""
    for size in count(1):
        for number in range(len(_LETTERS) ** size):
            letters, rest = "", number
            for _ in range(size):
                rest, at = divmod(rest, len(_LETTERS))
                letters += _LETTERS[at]
            if letters not in KEPT:
                yield letters
