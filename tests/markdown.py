"""Parts of a Markdown document: what stands under a heading, its fenced blocks and its tables."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def read(name):
    """A document of this repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def section(document, title):
    """The text under a heading of the second level."""
    return re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", document, re.M | re.S)[1]


def fenced(text, language):
    """The first fenced block of a language."""
    return re.search(rf"^```{language}\n(.*?)^```", text, re.M | re.S)[1]


def rows(text):
    """The body of each table, as tuples of cells."""
    tables = re.findall(r"^\|.*\n\|[ |-]+\n((?:^\|.*\n?)*)", text, re.M)
    lines = [re.sub(r"\\([<>])", r"\1", line) for body in tables for line in body.splitlines()]
    return [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]) for line in lines]


def names(text):
    """The texts in code spans."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
