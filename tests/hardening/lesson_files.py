"""Lesson files as editors, word processors, mailers and malice leave them: the course and the template, damaged."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from rnn_tui.lessons import course
from rnn_tui.lessons.template import template
from tests.hardening import texts

WHOLE = [template(), *(path.read_text(encoding="utf-8") for path in course.paths())]
MODEL = "kicking-and-screaming"
LINES = (
    "```scene", "```question", "```", "~~~", "````", "```python", "```quiz", "---", "***", "title: x", "minutes: 1e9",
    "minutes: -1", "for:", "<!--", "-->", "<script>alert(1)</script>", "![x](y)", "{", "{}", "{{{{", "{steps[0].h[0]}",
    "{steps[99999999999].h[0]}", "{steps[-1].probs[-1]:%}", "{prediction.label:%}", "ask:", "choice: a", "label",
    "word", "largest steps[0].h[0]", "value h[0]", "value nothing[1]", "exchanged 1 1", "other-cell /dev/zero",
    "direction c[1]", "-m /dev/zero", "-m .", "-m ./own.safetensors", "-m ''", "--sentence-file /dev/zero",
    "--sentence-file -", "--help",
    "--at 0:read", "--at 1e3", "--unit 99999999999999999999", "--edit help", "--edit 'set weight_hh[1,1] 1e38'",
    "--allow-large", "--lens memory --full", "--ask label", "--version", "-s ''", "-s '\\", "|a|b|", "1. ", "> > > > a",
)  # fmt: skip
BOMB = 3_000
"""Marks in a row."""


def _lines(chance: Random) -> list[str]:
    return chance.choice(WHOLE).split("\n")


def swapped(chance: Random) -> str:
    """Lines taken out, doubled, exchanged, or with another in their place."""
    lines = _lines(chance)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at = chance.randrange(len(lines))
        other = chance.choice([chance.choice(LINES), texts.text(chance)[:200], chance.choice(lines)])
        lines[at : at + 1] = chance.choice([[], [lines[at]] * 2, [other], [lines[at], other], [lines[at] + other]])
        lines = lines or [""]
    return "\n".join(lines)


def characters(chance: Random) -> str:
    """Characters replaced, put in, or taken out."""
    text = chance.choice(WHOLE)
    for _ in range(chance.choice([1, 3, 10, 50])):
        at = chance.randrange(len(text))
        new = chance.choice(["", "`", "{", "}", "[", "]", "*", "_", "<", "\\", '"', "'", "\n", "\x1b", "\0", "\u202e"])
        text = text[:at] + new + text[at + chance.choice([0, 1]) :]
    return text


def cut(chance: Random) -> str:
    """The beginning of a lesson, or its end, or none of it."""
    text = chance.choice(WHOLE)
    at = chance.randrange(len(text) + 1)
    return chance.choice([text[:at], text[at:], "", "\n" * 50])


def typeset(chance: Random) -> str:
    """A lesson that went through a word processor."""
    text = chance.choice(WHOLE).replace('"', chance.choice("“”„«")).replace("---", chance.choice(["—", "---"]))
    return text.replace(" ", chance.choice([" ", "\u00a0", "  ", "\t"]))


def composed(chance: Random) -> str:
    """Lines of every kind, in any order."""
    head = chance.choice(["---\ntitle: a\nminutes: 3\n---\n", "", "---\n"])
    lines = [chance.choice(LINES) if chance.random() < 0.8 else texts.text(chance)[:100] for _ in range(30)]
    return head + "\n".join(lines)


def scenes(chance: Random) -> str:
    """Scenes and questions with words of any kind in them."""
    head = "---\ntitle: a\nminutes: 3\n---\n"
    words = [chance.choice(LINES), texts.word(chance), "-s", "-m", MODEL, "--at", "2:add", "'a b'"]
    blocks = []
    for _ in range(chance.randint(1, 6)):
        kind = chance.choice(["scene", "scene", "question", "text"])
        chosen = chance.sample(words, chance.randint(0, 5))
        blocks.append(f"```{kind}\n{chance.choice([' ', chr(10)]).join(chosen)}\n```\n\n{chance.choice(LINES)}\n")
    return head + "".join(blocks)


def bomb(chance: Random) -> str:
    """So much of one thing that a reader could be kept busy with it."""
    mark = chance.choice(
        ["*", "_", "[", "](", "<", "`", "> ", "- ", "&", "\\", "{", "![", "<!--", "a*b_", "\n\n{x}", "#"]
    )
    count = chance.choice([BOMB, 20 * BOMB])
    many = chance.choice([mark * count, f"{mark}\n" * count, f"{mark}\n\n" * (count // 4)])
    return "---\ntitle: a\nminutes: 3\n---\n```scene\n```\n" + many[:900_000]


def huge(chance: Random) -> str:
    """More than is read, or nearly as much."""
    scene = "```scene\n-s '{}'\n```\n"
    return chance.choice(
        [
            "---\ntitle: a\nminutes: 3\n---\n" + scene.format("dog " * 1200) * chance.choice([1, 5]),
            "---\ntitle: a\nminutes: 3\n---\n" + "```scene\n```\n" * chance.choice([200, 201, 30_000]),
            "x" * chance.choice([999_999, 1_000_001]),
        ]
    )


KINDS: tuple[Callable[[Random], str], ...] = (
    swapped, swapped, swapped, characters, characters, cut, typeset, composed, composed, scenes, scenes, bomb, huge,
)  # fmt: skip


def hostile(chance: Random) -> bytes:
    """The bytes of one such file."""
    text = chance.choice(KINDS)(chance)
    if chance.random() < 0.1:
        text = text.replace("\n", chance.choice(["\r\n", "\r", "\n\r"]))
    content = chance.choice([b"", b"", b"", b"\xef\xbb\xbf"]) + text.encode("utf-8", "replace")
    if chance.random() < 0.08:
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice([b"\xff", b"\x80", b"\xc3", b"\0", bytes(range(256))]) + content[at:]
    return text.encode("utf-16") if chance.random() < 0.02 else content
