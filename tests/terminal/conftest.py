"""The real program in a terminal."""

from __future__ import annotations

import pytest

from tests.terminal.screen import Terminal


@pytest.fixture
def terminal():
    """Start `rnn-tui` with arguments in a terminal: terminal("-m", "sentiment", columns=80, rows=24, NO_COLOR="1")."""
    opened = []

    def start(*arguments, **settings):
        opened.append(Terminal(*arguments, **settings))
        return opened[-1]

    yield start
    for one in opened:
        one.program.close()
