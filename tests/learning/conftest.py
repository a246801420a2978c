"""Files to learn from."""

from __future__ import annotations

import pytest


@pytest.fixture
def written(tmp_path):
    """Write a file: written("name.csv", text or bytes) gives its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
