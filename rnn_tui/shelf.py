"""The folders of models: shipped with the program, the user's own, and those in RNN_TUI_MODELS."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.network.errors import UserError
from rnn_tui.quoting import command_line
from rnn_tui.text import LONGEST_CITED, cited

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.runs import Run
    from rnn_tui.network.storage.metadata import Metadata
    from rnn_tui.network.tokens import Tokenizer, Vocabulary

DEFAULT_MODEL = "kicking-and-screaming"
SUFFIX = ".safetensors"
RUN_SUFFIX = ".run"
DATA_SUFFIX = ".csv"
_WEIGHTS = (".pt", ".pth", ".ckpt", ".tar", ".bin", ".pkl", ".pickle", ".h5", ".hdf5", ".keras", ".npz")
"""The endings of files that other programs keep weights in, which `rnn-tui import` reads."""


LONGEST_ASKED_ABOUT = 2_000
"""The characters of a text up to which a model is looked for that knows its words: it is asked while one types."""


@dataclass(frozen=True)
class Listed:
    """One model of the shelf: what its file says of itself, and where it lies."""

    name: str
    path: Path
    size: int  # bytes
    hidden_size: int
    metadata: Metadata


class BrokenModelError(UserError):
    """A file of the shelf that can't be used: its name, where it lies, and in `why` the reason alone."""

    def __init__(self, name: str, path: Path, error: UserError) -> None:
        super().__init__(str(error))
        self.name, self.path = name, path
        self.why = str(error).removeprefix(f"{path}: ")


@dataclass(frozen=True)
class Knowing:
    """A model of the shelf that knows `known` of the `of` words of a text."""

    name: str
    known: int
    of: int


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
    try:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folders()[0]))
    except (OSError, ValueError):  # the working folder is gone; it is no path at all
        return False


def check_not_shipped(path: Path) -> None:
    """Raise UserError for a file that lies, or would lie, among the shipped models."""
    if is_shipped(path):
        raise UserError(f"{path}: the shipped models stay as they are; save it in a folder of your own")


def paths() -> dict[str, Path]:
    """Every model file by its name, which is the file's name without its ending; the first folder wins."""
    found: dict[str, Path] = {}
    for folder in folders():
        for name in sorted(_names_in(folder)):
            if os.path.normcase(name).endswith(SUFFIX):  # on Windows in capital letters, too
                found.setdefault(name[: -len(SUFFIX)], folder / name)
    return found


def _names_in(folder: Path) -> list[str]:
    """The names of all that lies in a folder; none where it is not there or can't be read."""
    try:
        return os.listdir(folder)
    except (OSError, ValueError):  # ValueError: a NUL in its name
        return []


def in_order() -> dict[str, Path]:
    """Every model file by its name as in `paths`, the default first and the others by their names."""
    known = paths()
    return {name: known[name] for name in _in_order(known)}


def find(name: str | Path) -> Path:
    """The file of a model, by name or by path (a Path, a text with a separator, or one that ends in .safetensors).

    Raises UserError with the nearest name where there is none.
    """
    if isinstance(name, Path):
        if name.suffix.lower() in _WEIGHTS:
            raise UserError(_weights(name))
        return expanded(name)
    if not isinstance(name, str):
        raise UserError(f"{type(name).__name__} is no name and no path of a model")
    weights = Path(name).suffix.lower() in _WEIGHTS
    if is_path(name):
        if weights:
            raise UserError(_weights(Path(name)))
        return expanded(Path(name))
    shipped = folders()[0] / f"{name}{SUFFIX}"
    if os.path.isfile(shipped):
        return shipped
    known = paths()
    if name in known:
        return known[name]
    raise UserError(_weights(Path(name)) if weights else _no_such_model(name, list(known)))


def data_file(path: Path) -> Path:
    """The shipped table of that name where no such file is there, so that a lesson's command works anywhere; or `path`.

    sun-or-rain.csv is one: what the model of that name learned from.
    """
    shipped = folders()[0] / path.name
    is_name = path == Path(path.name) and path.suffix.lower() == DATA_SUFFIX
    return shipped if is_name and not os.path.lexists(path) and os.path.isfile(shipped) else path


def is_path(name: str) -> bool:
    """True for what names a model by its path: a text with a separator, or one that ends in .safetensors or .run."""
    separated = os.sep in name or "/" in name or bool(os.path.splitdrive(name)[0])
    return separated or os.path.normcase(name).endswith((SUFFIX, RUN_SUFFIX))


def expanded(path: Path) -> Path:
    """The path with the home that a ~ in front names; raises UserError where nobody has such a home."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise UserError(f"{path}: nobody has such a home folder; give the whole path") from error


def load(name: str | Path, *, max_bytes: int | None = 0, epoch: int | None = None) -> Model:
    """Load a model by name or path; raises UserError. `max_bytes`: None lifts the limit on the file's size.

    `epoch` asks for the network as it was after that epoch of its training, or the nearest one that was kept. The
    folder of a run is a path, too: without an epoch it is the best one.
    """
    from rnn_tui.network import storage

    path, most = find(name), storage.MAX_BYTES if max_bytes == 0 else max_bytes
    if epoch is None and path.suffix.lower() != RUN_SUFFIX:
        return storage.load(path, max_bytes=most)
    run = run_of(path)
    if epoch is None:
        epoch = run.epochs[-1] if run.best is None else run.best
    return run.model(epoch, max_bytes=most)


def run_of(name: str | Path) -> Run:
    """The training run of a model, by the model's name or path or the run's folder; raises UserError."""
    from rnn_tui.network.runs import folder_of, open_run

    return open_run(folder_of(find(name)))


def listing() -> Iterator[Listed | BrokenModelError]:
    """Every model of the shelf, the default first; an error in place of a file that can't be used."""
    from rnn_tui.network import storage

    for name, path in in_order().items():
        try:
            metadata, hidden_size = storage.load_metadata(path)
            yield Listed(name, path, path.stat().st_size, hidden_size, metadata)
        except UserError as error:
            yield BrokenModelError(name, path, error)
        except OSError as error:  # it was taken away meanwhile
            yield BrokenModelError(name, path, UserError(f"{path}: can't be read: {error.strerror}"))


def that_knows(text: str, model: Model) -> Knowing | None:
    """The model of the shelf that knows most words of a text of which this one knows half or fewer.

    It reads the same kind of tokens, knows more of them than this one and more than half; of several those with the
    same labels come first, then those that come first on the shelf. None where there is no such model or no need of it.
    """
    if len(text) > LONGEST_ASKED_ABOUT:
        return None
    of = len(model.tokenizer.split(text))
    own = _known(text, model.tokenizer, model.vocabulary)
    if model.tokenizer.kind == "numbers" or not of or 2 * own > of:
        return None
    found = []
    files = paths()
    for order, name in enumerate(_in_order(files)):
        metadata = _metadata_of(files[name], _changed(files[name])) if name != model.name else None
        if metadata is None or metadata.tokenizer.kind != model.tokenizer.kind:
            continue
        other = Knowing(
            name, _known(text, metadata.tokenizer, metadata.vocabulary), len(metadata.tokenizer.split(text))
        )
        if other.of and other.known > own and 2 * other.known > other.of:
            found.append((other.known / other.of, metadata.labels == model.labels, -order, other))
    return max(found)[-1] if found else None


def _changed(path: Path) -> int:
    """The time of a file's last change, in nanoseconds; 0 where it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _known(text: str, tokenizer: Tokenizer, vocabulary: Vocabulary) -> int:
    """The number of words of a text that a vocabulary has."""
    if tokenizer.kind == "numbers":
        return 0
    return sum(not tokenizer.token(surface, vocabulary).unknown for surface in tokenizer.split(text))


@lru_cache(maxsize=64)
def _metadata_of(path: Path, changed: int) -> Metadata | None:  # a file that changed is read again
    """The metadata of a model file as it is since it `changed`; None where it can't be used."""
    from rnn_tui.network import storage

    try:
        return storage.load_metadata(path)[0]
    except UserError:
        return None


def _in_order(names: Iterable[str]) -> list[str]:
    """The names of the shelf, the default first."""
    return sorted(names, key=lambda name: (name != DEFAULT_MODEL, name))


def _weights(path: Path) -> str:
    """The line for a file of weights: the command that makes a model of it."""
    name = str(path) if not str(path).startswith("-") else f"./{path}"
    made = Path(path.name.partition(".")[0] or "model").with_suffix(SUFFIX)
    command = command_line(
        ["rnn-tui", "import", name, "--vocabulary", "words.txt", "--labels", "no,yes", "-o", str(made)]
    )
    return f"“{path}” is a file of weights, no model file; this makes one: {command}"


def _no_such_model(name: str, known: list[str]) -> str:
    from difflib import get_close_matches  # only an error needs it

    shown = cited(name)
    if "." in name:
        return f"{shown} is no model file: those end in {SUFFIX}; `rnn-tui import` and `train` make them"
    nearest = get_close_matches(name[:LONGEST_CITED], known, n=1, cutoff=0.0)
    hint = f"did you mean “{nearest[0]}”? " if nearest else ""
    return f"no model is called {shown}; {hint}`rnn-tui models` lists them, and a path ends in {SUFFIX}"
