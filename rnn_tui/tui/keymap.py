"""A file of one's own keys: TOML, a line a key, such as `next = "n,right"`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rnn_tui.network.errors import UserError
from rnn_tui.tui.registry import SCREENS, keys_of


def read_keymap(path: Path) -> Mapping[str, str]:
    """The keymap that a file holds; raises UserError where it can't be read or names no such key."""
    try:
        keymap = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{path}: can't be read ({error.strerror}); give a TOML file of keys") from error
    except ValueError as error:
        raise UserError(f'{path}: no TOML ({error}); a line is such as next = "n,right"') from error
    return checked(keymap, path)


def checked(keymap: Mapping[str, Any], path: Path) -> Mapping[str, str]:
    """A keymap of a file, in which every name is a key of a screen's; raises UserError where one is not."""
    known = {key.id for screen in SCREENS for key in keys_of(screen) if key.keys}
    for name, keys in keymap.items():
        if name not in known or not isinstance(keys, str):
            raise UserError(f"{path}: no key “{name}”; there are {', '.join(sorted(known))}")
    return keymap
