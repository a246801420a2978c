"""Scripts and styles without the comments and the space that nobody reads in a page: what they do stays the same."""

from __future__ import annotations

import re

_STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_COMMENT = r"//[^\n]*|/\*.*?\*/"
_REGEX = r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*"
_KINDS = {"comment": _COMMENT, "string": _STRING, "space": r"\s+", "name": r"[\w$]+", "arrow": "=>", "other": "."}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()), re.S)
_PATTERN = re.compile(_REGEX)
_BEFORE_PATTERN = frozenset("(,=:[!&|?{};>")
"""The characters behind which a slash begins a regular expression; behind all others it divides."""
_SHORTER = {"const": "let", "true": "!0", "false": "!1"}
"""Words of the language, and what does the same in fewer letters: nobody changes what was constant."""
_NAME = re.compile(r"[\w$]+")
_STRICT = '"use strict";'
_OPEN, _CLOSE = frozenset("{}([,;"), frozenset("})].,;")


def script(text: str) -> str:
    """A script with no comments, and with no more space and new lines than its meaning needs.

    Its statements must end in semicolons, but for those that end in the brace of a block, and none may be empty.
    That it is strict is left to whoever joins several to one, which says so once.
    """
    pieces: list[str] = []
    at, gap = 0, ""
    while at < len(text):
        piece, kind = _piece(text, at, pieces)
        at += len(piece)
        if kind in ("space", "comment"):
            gap = "\n" if "\n" in gap + piece else gap or " "
            continue
        if piece == "=>" and pieces[-1] == ")" and pieces[-5:-4] == ["("] and _NAME.fullmatch(pieces[-3]):
            # One name needs no brackets.
            name, before = pieces[-3], "".join(pieces[-7:-6])
            pieces[-6:] = [_between(before, " ", name), name]
        if piece == "}" and pieces[-1:] == [";"]:
            del pieces[-2:]
        piece = _SHORTER.get(piece, piece)
        pieces += [_between(pieces[-1] if pieces else "", gap, piece), piece]
        gap = ""
    return "".join(pieces).replace(_STRICT, "")


def style(text: str) -> str:
    """A style sheet with no comments, in one line."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text).replace(": ", ":").replace(";}", "}").strip()
    return re.sub(r"(?<=[ :,(-])0(?=\.\d)", "", text)


def _piece(text: str, at: int, pieces: list[str]) -> tuple[str, str]:
    """The next piece of a script, and what it is."""
    if text[at] == "`":
        return text[at : _end_of_template(text, at)], "string"
    if text[at] == "/" and text[at + 1 : at + 2] not in ("/", "*"):
        before = next((piece for piece in reversed(pieces) if piece.strip()), "(")
        if before[-1] in _BEFORE_PATTERN or before in ("return", "typeof"):
            found = _PATTERN.match(text, at)
            assert found is not None, text[at : at + 40]
            return found[0], "string"
    found = _TOKEN.match(text, at)
    assert found is not None  # any character is one
    return found[0], str(found.lastgroup)


def _end_of_template(text: str, at: int) -> int:
    """The index behind a template literal that begins at `at`; what is in its braces may hold others."""
    at += 1
    while text[at] != "`":
        if text[at] == "\\":
            at += 1
        elif text.startswith("${", at):
            depth, at = 1, at + 2
            while depth:
                if text[at] == "`":
                    at = _end_of_template(text, at) - 1
                elif text[at] in "\"'":
                    at += len(re.compile(_STRING).match(text, at)[0]) - 1  # type: ignore[index]
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            continue
        at += 1
    return at + 1


def _between(before: str, gap: str, after: str) -> str:
    """The least that must stand in a gap between two pieces: a new line, a space or nothing."""
    if not gap or not before:
        return ""
    if gap == "\n" and before[-1] not in _OPEN and after[0] not in _CLOSE:
        return "\n"
    words = re.compile(r"[\w$]")
    joins = bool(words.match(before[-1])) and bool(words.match(after[0]))
    return " " if joins or (before[-1] in "+-" and after[0] == before[-1]) else ""
