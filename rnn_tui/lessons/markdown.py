"""Markdown, read by markdown-it-py, as what a lesson can show: paragraphs, headings, lists, emphasis and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from rnn_tui.lessons.faults import Fault
from rnn_tui.text import cited

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCENE, QUESTION = "scene", "question"
CODE = ("text", "python")
"""Words after ``` that make a block of code, which is shown as it stands."""
FENCES = (SCENE, QUESTION, *CODE)
MOST_CHARACTERS = 4_000
"""The longest paragraph: with marks in a row, Markdown takes a time that grows with the square of its length."""
_PIECES = "pieces"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STRUCK = re.compile(r"~~\S(?:.*?\S)?~~")
_TABLE = re.compile(r"^.*\|.*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
"""A row with a bar in it, and below it the dashes that make it the head of a table."""


def block_tokens(text: str) -> list[Token]:
    """The blocks of a text, with the texts inside them unread; `map` of a token are its lines, from 0."""
    return _reader().parse(text)


def inline_tokens(block: Token) -> list[Token]:
    """The pieces of a block's text (a token of type "inline"), found once; one too long is taken as it stands."""
    if _PIECES not in block.meta:
        block.meta[_PIECES] = pieces_of(block)
    pieces: list[Token] = block.meta[_PIECES]
    return pieces


def pieces_of(block: Token) -> list[Token]:
    """The pieces of a block's text, read anew."""
    from markdown_it.token import Token

    if len(block.content) > MOST_CHARACTERS:
        return [Token("text", "", 0, content=block.content[:MOST_CHARACTERS])]
    children: list[Token] = []
    environment: dict[str, Any] = {}
    _reader().inline.parse(block.content, _reader(), environment, children)
    return children


def faults_of_block(token: Token) -> Iterator[Fault]:
    """The faults of a block, which can't be shown."""
    line = (token.map[0] if token.map else 0) + 1
    if token.type == "html_block":
        yield from _faults_of_html(token.content, line)
    elif token.type == "fence":
        yield from _faults_of_fence(token, line)
    elif token.type == "code_block" and token.content.lstrip().startswith(("```", "~~~")):
        yield Fault(line, "a block of ``` begins at the margin, with at most three spaces before it")
    elif token.type == "inline" and _TABLE.search(token.content):
        yield Fault(line, "a table isn't shown; make a list of it, or a block of ```text")
    elif token.type == "inline":
        if len(token.content) > MOST_CHARACTERS:
            yield Fault(line, f"a paragraph has {len(token.content)} characters; at most {MOST_CHARACTERS} are read")
            return
        for child in inline_tokens(token):
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "image":
                yield Fault(line, "a terminal shows no picture; say it in words, or open a scene that shows it")
            elif child.type == "link_open" and child.markup != "autolink":
                yield Fault(line, "a link can't be followed from a lesson; write the address as text, or leave it out")
            elif child.type == "text" and _STRUCK.search(child.content):
                yield Fault(line, "text can't be struck out (~~); leave it out")
            elif child.type == "html_inline" and not child.content.startswith("</"):  # of <b>…</b> one is enough
                yield from _faults_of_html(child.content, line)
            line += child.content.count("\n") if child.type == "html_inline" else 0


def is_closed(fence: Token, lines: list[str]) -> bool:
    """Tell whether a fence that begins at the margin has its own end among the lines of the file."""
    assert fence.map is not None
    last = lines[fence.map[1] - 1].strip() if fence.map[1] - 1 < len(lines) else ""
    return fence.map[1] - 1 > fence.map[0] and len(last) >= len(fence.markup) and not last.strip(fence.markup[0])


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only where a lesson is read: start-up time is a feature

    return MarkdownIt("commonmark").disable(["inline", "text_join", "lheading"])


def _faults_of_html(content: str, line: int) -> Iterator[Fault]:
    """The fault of HTML that is more than comments, which are for the one who writes."""
    if content.lstrip().startswith("<!--") and not _COMMENT.match(content.lstrip()):
        yield Fault(line, "the comment is never closed: --> ends it")
        return
    rest = _COMMENT.sub("", content).strip()
    if not rest:
        return
    if content.lstrip().startswith("<!--"):
        yield Fault(line, f"text behind a comment isn't shown; begin a new line with {cited(rest)}")
    else:
        yield Fault(line, f"HTML isn't shown: {cited(content.strip())}; a lesson is Markdown without it")


def _faults_of_fence(token: Token, line: int) -> Iterator[Fault]:
    kind = token.info.strip()
    if kind not in FENCES:
        said = f"there is no block {cited(kind)}" if kind else "a block has to say what it is"
        yield Fault(line, f"{said}: {token.markup}scene, question, {' or '.join(CODE)}")
    elif token.level and kind in (SCENE, QUESTION):
        yield Fault(line, f"a {kind} stands by itself, not inside a list or a quotation")
