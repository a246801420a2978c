"""The settings file: how the program looks and which keys it obeys, in TOML, in the user's configuration folder.

What the command line says goes before it. Nothing is ever written, so a home that is missing or read-only is fine.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rnn_tui.network.errors import UserError
from rnn_tui.network.whole_files import NotReadError, read_whole

MOST_BYTES = 2**20
"""The largest file of settings or of keys that is read."""
VARIABLE = "RNN_TUI_SETTINGS"
"""The environment variable that names a file in place of the user's own."""
KEYS_EXAMPLE = 'next = "N,right"'
EXAMPLES = {
    "theme": 'theme = "projector"',
    "notation": "notation = true",
    "pace": "pace = 1.4",
    "keys": f"[keys] and under it lines such as {KEYS_EXAMPLE}",
}
"""An example of each setting, by its name."""
_TYPES: Mapping[str, tuple[type, ...]] = {"theme": (str,), "notation": (bool,), "pace": (int, float), "keys": (dict,)}


@dataclass(frozen=True)
class Settings:
    """The settings of a user, or the defaults.

    `theme` is a theme's name, `notation` puts equations beside the words, `pace` is the seconds that a phase stays
    while it plays, `keys` are Textual's names of keys by the names of what they do. `origins` has the file that each
    setting was read from, by the setting's name; what an option of the command line set has none, but for keys.
    """

    theme: str | None = None
    notation: bool = False
    pace: float | None = None
    keys: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, Path] = field(default_factory=dict)

    def with_options(self, *, theme: str | None = None, keys: Path | None = None) -> Settings:
        """The same with what the command line gives; None is an option that was not given.

        Raises UserError where the file of keys can't be read.
        """
        settings = self
        if theme is not None:
            settings = replace(settings, theme=theme, origins=_without(settings.origins, "theme"))
        if keys is not None:
            settings = replace(settings, keys=read_keys(keys), origins={**settings.origins, "keys": keys})
        return settings

    def refusal(self, name: str, reason: str) -> UserError:
        """The error that says why a setting, by its name, can't be used, and which file it stands in."""
        return UserError(f"{self.origins[name]}: {reason}" if name in self.origins else reason)


def user_file() -> Path | None:
    """The path of the user's own settings file, whether there is one or not; None for a user who has no home."""
    from platformdirs import user_config_path  # only where no file is named

    try:
        return user_config_path("rnn-tui", appauthor=False) / "settings.toml"
    except RuntimeError:  # which is how pathlib says that nobody has such a home
        return None


def read_settings(path: Path | None = None) -> Settings:
    """The settings of a file, of the one that RNN_TUI_SETTINGS names, or of the user's own where there is one.

    Raises UserError where a file that was named can't be read, and where a file holds anything but settings.
    """
    named = path or (Path(variable) if (variable := os.environ.get(VARIABLE)) else None)
    if named is not None:
        return _settings(_read(named, "a TOML file of settings", EXAMPLES["theme"]), named)
    own = user_file()
    if own is None:
        return Settings()
    try:
        return _settings(_read(own, "a TOML file of settings", EXAMPLES["theme"]), own)
    except _UnreadableError:
        return Settings()


def read_keys(path: Path) -> Mapping[str, Any]:
    """The keymap that a file of keys holds, not yet checked; raises UserError where it can't be read."""
    return _read(path, "a TOML file of keys", KEYS_EXAMPLE)


class _UnreadableError(UserError):
    """A file that is not there, or that may not be read."""


def _read(path: Path, kind: str, example: str) -> Mapping[str, Any]:
    """The table that a TOML file holds; raises UserError."""
    try:
        content = read_whole(path.expanduser(), MOST_BYTES)
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        import tomllib  # only where there is a file: start-up time is a feature

        return tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise _UnreadableError(f"{path}: can't be read ({error.strerror}); give {kind}") from error
    except NotReadError as error:
        raise UserError(f"{path}: can't be read ({error.reason.partition(';')[0]}); give {kind}") from error
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise UserError(f"{path}: no TOML ({reason}); a line is such as {example}") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: nobody has the home that a ~ names
        raise UserError(f"{path}: can't be read ({getattr(error, 'strerror', None) or error}); give {kind}") from error


def _settings(table: Mapping[str, Any], path: Path) -> Settings:
    """The settings that the table of a file holds; raises UserError where one is unknown or of another type."""
    for name, value in table.items():
        if name not in EXAMPLES:
            raise UserError(f"{path}: no setting “{name}”{_nearest(name)}; there are {', '.join(EXAMPLES)}")
        if not isinstance(value, _TYPES[name]) or (name == "pace" and isinstance(value, bool)):
            raise UserError(f"{path}: {name} can't be {_shown(value)}; write {EXAMPLES[name]}")
    return Settings(**table, origins=dict.fromkeys(table, path))


def _nearest(name: str) -> str:
    """The setting that was perhaps meant."""
    from difflib import get_close_matches  # only an error needs it

    nearest = get_close_matches(name, EXAMPLES, n=1)
    return f" (did you mean “{nearest[0]}”?)" if nearest else ""


def _shown(value: object) -> str:
    """A value as TOML has it, in a few words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _without(origins: Mapping[str, Path], name: str) -> Mapping[str, Path]:
    return {other: path for other, path in origins.items() if other != name}
