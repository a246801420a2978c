"""The file that a lesson begins with: it passes the check, and shows every kind of block and question."""

from __future__ import annotations

from pathlib import Path

NAME = "my-lesson.md"
FILE = Path(__file__).resolve().parent / "template.md"


def template(name: str = NAME) -> str:
    """The text of the file, whose notes call it `name`."""
    return FILE.read_text(encoding="utf-8").replace(NAME, "".join(name.split("\n")).replace("-->", ""))
