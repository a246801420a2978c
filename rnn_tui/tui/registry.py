"""Every screen in a line: where its keys are listed, and the key of the walk that opens it.

Modules are named, not imported: the walk knows none of the screens that can be put over it, and start-up time is a
feature. A module that opens a screen has a function `outcome` of what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from rnn_tui.tui.screen.keys import Group, Key, Open, Outcome, Shown

SCREENS: Mapping[str, str] = {
    "walk": "rnn_tui.tui.walking.keys",
    "compare": "rnn_tui.tui.comparing.keys",
    "lesson": "rnn_tui.tui.lesson.keys",
    "practice": "rnn_tui.tui.practising.keys",
    "learn": "rnn_tui.tui.replaying.keys",
    "watch": "rnn_tui.tui.watching.keys",
}
"""The module of each screen's KEYS, by the screen's name."""


def keys_of(name: str) -> tuple[Key, ...]:
    """Every key of a screen, by the screen's name."""
    keys: tuple[Key, ...] = import_module(SCREENS[name]).KEYS
    return keys


def _opens(module: str) -> Open[Any, Any]:
    """Load a module, and take what its `outcome` makes of what is shown."""

    def outcome(shown: Shown[Any, Any]) -> Outcome:
        made: Outcome = import_module(module).outcome(shown)
        return made

    return Open(outcome)


OPENERS: tuple[Key, ...] = (
    Key(
        "compare", "c", "c", "Compare with another sentence or model, or the original",
        _opens("rnn_tui.tui.comparing.opening"), Group.COMPARE, "compare", 2,
    ),
    Key(
        "lessons", "L", "L", "Lessons: the course, and those in this folder", _opens("rnn_tui.tui.lesson.opening"),
        Group.TEACH, "lessons", 3,
    ),
    Key(
        "add-stop", "A", "A", "Add this view as a stop to a lesson of your own", _opens("rnn_tui.tui.lesson.adding"),
        Group.TEACH,
    ),
    Key(
        "practice", "E", "E", "Exercises: practise with this network, without end",
        _opens("rnn_tui.tui.practising.opening"), Group.TEACH,
    ),
)  # fmt: skip
"""The keys of the walk that open another screen."""
