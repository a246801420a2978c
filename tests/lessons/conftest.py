"""Lessons in a folder of their own."""

from __future__ import annotations

import pytest

FRONT = "---\ntitle: A title\nminutes: 3\n---\n"
SCENE = '```scene\n-m kicking-and-screaming -s "Kicking and screaming" --at 2:add\n```\n'


@pytest.fixture
def written(tmp_path):
    """Write a file of a lesson: written(text, name) gives its path."""

    def write(text, name="lesson.md"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write
