"""The prose of a card as blocks of runs, with its placeholders filled in: what a screen or a screen reader shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rnn_tui.lessons.lesson import Prose
from rnn_tui.lessons.markdown import block_tokens, inline_tokens
from rnn_tui.lessons.placeholders import filled

if TYPE_CHECKING:
    from markdown_it.token import Token

BULLET = "•"
_ROLES = {"strong_open": "strong", "em_open": "emphasis"}

Fill = Callable[[str, int], str]
"""The text for a placeholder (without its braces) at a line of the file."""


@dataclass(frozen=True)
class Run:
    """Text in one style; `role` is plain, strong, emphasis or code. A line break in it is meant."""

    text: str
    role: str = "plain"


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, an item of a list, or code.

    `kind` is paragraph, heading, item or code; `depth` counts the lists and quotations around it, from 0, and `mark` is
    what stands before an item: “•” or “1.”; further paragraphs of an item have none. `line` is that of the file.
    """

    kind: str
    line: int
    runs: tuple[Run, ...]
    depth: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        """The text without its styles."""
        return "".join(run.text for run in self.runs)


def blocks(prose: Prose, fill: Fill) -> tuple[Block, ...]:
    """The blocks of a card's prose, with each placeholder replaced by its text.

    Nothing is filled in inside blocks of code, where braces stand for themselves.
    """
    return tuple(_blocks(prose, fill))


def _blocks(prose: Prose, fill: Fill) -> Iterator[Block]:
    lists: list[int | None] = []  # the number of the next item, None for bullets
    kind, mark, depth = "paragraph", "", 0
    before = 1 if prose.tokens else prose.line
    for token in prose.tokens or block_tokens(prose.text):
        line = before + token.map[0] if token.map else prose.line
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            mark = BULLET if number is None else f"{number}."
            lists[-1] = None if number is None else number + 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type in ("fence", "code_block"):
            yield Block("code", line, (Run(token.content.rstrip("\n"), "code"),), depth + len(lists))
        elif token.type == "inline":
            runs = tuple(_joined(_runs(token, line, fill)))
            found = Block("item" if mark else kind, line, runs, depth + len(lists), mark)
            yield replace(found, depth=max(0, found.depth - bool(mark)))
            kind, mark = "paragraph", ""


def _runs(block: Token, line: int, fill: Fill) -> Iterator[Run]:
    """The runs of a block's text, one for each piece of it."""
    roles = ["plain"]
    for kind, content in _pieces(inline_tokens(block)):
        if kind in _ROLES:
            roles.append(_ROLES[kind])
        elif kind in ("strong_close", "em_close"):
            roles.pop()
        elif kind in ("softbreak", "hardbreak"):
            yield Run(" " if kind == "softbreak" else "\n", roles[-1])
            line += 1
        elif kind in ("text", "code_inline"):
            yield Run(_filled(content, fill, line), "code" if kind == "code_inline" else roles[-1])
        elif kind == "html_inline":  # a comment, which is for the one who writes
            line += content.count("\n")


def _filled(text: str, fill: Fill, line: int) -> str:
    """The text of a line with its placeholders filled in."""
    return filled(text, lambda placeholder: fill(placeholder, line))


def _pieces(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """The kind and the content of each token; texts that were parted at an escape are one."""
    text = ""
    for token in tokens:
        if token.type in ("text", "text_special", "entity"):
            text += token.content
            continue
        if text:
            yield ("text", text)
            text = ""
        yield (token.type, token.content)
    if text:
        yield ("text", text)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Runs of which no two neighbours have one style."""
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last is not None and last.role == run.role:
            last = Run(last.text + run.text, run.role)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
