"""A file of one's own keys: TOML, a line a key, such as `next = "n,right"`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from rnn_tui.network.errors import UserError
from rnn_tui.tui.compare_keys import COMPARE_BINDINGS
from rnn_tui.tui.keys import BINDINGS


def read_keymap(path: Path) -> Mapping[str, str]:
    """The keymap that a file holds; raises UserError where it can't be read or names no such key."""
    try:
        keymap = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{path}: can't be read ({error.strerror}); give a TOML file of keys") from error
    except ValueError as error:
        raise UserError(f'{path}: no TOML ({error}); a line is such as next = "n,right"') from error
    known = {binding.id for binding in (*BINDINGS, *COMPARE_BINDINGS)}
    for name, keys in keymap.items():
        if name not in known or not isinstance(keys, str):
            raise UserError(f"{path}: no key “{name}”; there are {', '.join(sorted(filter(None, known)))}")
    return keymap
