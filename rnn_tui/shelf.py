"""The folders of models: shipped with the program, the user's own, and those in RNN_TUI_MODELS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.storage.metadata import Metadata

DEFAULT_MODEL = "kicking-and-screaming"
SUFFIX = ".safetensors"


@dataclass(frozen=True)
class Listed:
    """One model of the shelf: what its file says of itself, and where it lies."""

    name: str
    path: Path
    size: int  # bytes
    hidden_size: int
    metadata: Metadata


def folders() -> list[Path]:
    """The folders that are searched, in order: shipped, the user's, those of RNN_TUI_MODELS."""
    from platformdirs import user_data_dir

    package = Path(__file__).resolve().parent
    shipped = package / "shipped_models"  # in a wheel; a checkout or an editable install has models/ beside the package
    try:
        own = [Path(user_data_dir("rnn-tui", appauthor=False)) / "models"]
    except RuntimeError:  # which is how pathlib says that nobody has such a home
        own = []
    named = [Path(folder) for folder in os.environ.get("RNN_TUI_MODELS", "").split(os.pathsep) if folder]
    return [shipped if shipped.is_dir() else package.parent / "models", *own, *named]


def is_shipped(path: Path) -> bool:
    """True for a file that lies, or would lie, among the shipped models."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folders()[0]))


def paths() -> dict[str, Path]:
    """Every model file by its name, which is the file's name without its ending; the first folder wins."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
            found.setdefault(path.name.removesuffix(SUFFIX), path)
    return found


def find(name: str) -> Path:
    """The file of a model, by name or by path (anything with a separator, or that ends in .safetensors).

    Raises UserError with the nearest name where there is none.
    """
    if os.sep in name or "/" in name or name.endswith(SUFFIX):
        return Path(name).expanduser()
    shipped = folders()[0] / f"{name}{SUFFIX}"
    if shipped.is_file():
        return shipped
    known = paths()
    if name in known:
        return known[name]
    raise UserError(_no_such_model(name, list(known)))


def load(name: str, *, max_bytes: int | None = 0) -> Model:
    """Load a model by name or path; raises UserError. `max_bytes`: None lifts the limit on the file's size."""
    from rnn_tui.network import storage

    return storage.load(find(name), max_bytes=storage.MAX_BYTES if max_bytes == 0 else max_bytes)


def listing() -> Iterator[Listed | UserError]:
    """Every model of the shelf, the default first; an error in place of a file that can't be used."""
    from rnn_tui.network import storage

    known = paths()
    for name in sorted(known, key=lambda name: (name != DEFAULT_MODEL, name)):
        try:
            metadata, hidden_size = storage.load_metadata(known[name])
            yield Listed(name, known[name], known[name].stat().st_size, hidden_size, metadata)
        except UserError as error:
            yield error


def _no_such_model(name: str, known: list[str]) -> str:
    from difflib import get_close_matches  # only an error needs it

    if "." in name:
        return f"“{name}” is no model file: those end in {SUFFIX}; `rnn-tui import` and `train` make them"
    nearest = get_close_matches(name, known, n=1, cutoff=0.0)
    hint = f"did you mean “{nearest[0]}”? " if nearest else ""
    return f"no model is called “{name}”; {hint}`rnn-tui models` lists them, and a path ends in {SUFFIX}"
