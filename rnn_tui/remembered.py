"""Things remembered of somebody from one start to the next: an empty file for each thing that has happened.

They lie in the user's state folder, or where RNN_TUI_STATE says. Where nothing can be written there, nothing is
remembered, and nothing is said of it.
"""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "RNN_TUI_STATE"
"""The environment variable that names a folder in place of the user's own."""
LESSONS_OFFERED = "lessons-offered"


def folder() -> Path | None:
    """The folder of what is remembered, whether it is there or not; None for a user who has no home."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_state_path  # only where no folder is named

    try:
        return user_state_path("rnn-tui", appauthor=False)
    except RuntimeError:  # which is how pathlib says that nobody has such a home
        return None


def first_time(name: str) -> bool:
    """Remember that something has happened; True where it never has before, and where that could be written down."""
    kept = folder()
    if kept is None or os.path.exists(kept / name):
        return False
    try:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / name).touch(exist_ok=False)
    except (OSError, ValueError):  # ValueError: a NUL in its name
        return False
    return True
