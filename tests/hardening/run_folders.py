"""Folders of trainings that are damaged, or made by somebody who means ill: of whole runs one thing is changed."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from safetensors.numpy import load as tensors_of
from safetensors.numpy import save as serialized

from rnn_tui.network.runs import Recorder, Told
from tests.builders import build
from tests.deep import deep_model
from tests.hardening import texts
from tests.hardening.model_files import NO_FILES, VALUES

EPOCHS = 4
DESCRIPTION, HISTORY, FIXED = "run.json", "history.jsonl", "fixed.safetensors"
NUMBERS = (
    -1, 0, 1, 49_999, 50_000, 50_001, 2**63, 10**30, 10**299, 10**400, 1.5, -0.0, 1e308, -1e308, 1e-320, 5e-324, True,
    None, "", "3", "\x1b[2J", [], [1], {}, {"a": 1}, float("nan"), float("inf"),
)  # fmt: skip
FIELDS = (
    "epoch", "training_loss", "validation_loss", "validation_accuracy", "best", "seconds", "learning_rate", "clipped",
    "moved", "x", "\u202e",
)  # fmt: skip
NAMES = (
    "epoch-0002.safetensors.tmp", "epoch-2.safetensors", "epoch-00002.safetensors", "epoch-999999999.safetensors",
    "epoch-9999999999.safetensors", "EPOCH-0002.SAFETENSORS", "epoch--001.safetensors", "epoch-.safetensors",
    "epoch-٣٣٣٣.safetensors", "epoch-0002.safetensors\n", "x\x1b[2J\u202e", "run.json.tmp", "history.jsonl~",
    "notes.txt", os.fsdecode(b"epoch-\xff\xfe.safetensors"),
)  # fmt: skip
Make = Callable[[Path], None]


def fifo(path: Path) -> None:
    """Put a pipe there that nobody writes to."""
    os.mkfifo(path)


def bound_socket(path: Path) -> None:
    """Put a socket there."""
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(path))  # short: the names of sockets are


def sparse(size: int) -> Make:
    """Put a file there that is large and holds nothing."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


PLACES: tuple[Make, ...] = (
    fifo, bound_socket, Path.mkdir, Path.touch, sparse(65 * 2**20), sparse(2**40),
    lambda path: path.symlink_to("nowhere"), lambda path: path.symlink_to(path.name), lambda path: path.symlink_to("."),
    lambda path: path.symlink_to("/dev/null"), lambda path: path.symlink_to("/dev/zero"),
)  # fmt: skip


@dataclass
class Folder:
    """What lies in the folder of a run, by name: bytes, or what makes something else; and what was done to it.

    `refused` says that every call must refuse it; `place` makes something in the place of the folder itself.
    """

    files: dict[str, bytes | Make]
    done: str = ""
    refused: bool = False
    place: Make | None = field(default=None)

    def write(self, folder: Path) -> None:
        """Make it; raises OSError where this file system holds no such thing."""
        if self.place is not None:
            self.place(folder)
            return
        folder.mkdir()
        for name, content in self.files.items():
            if isinstance(content, bytes):
                (folder / name).write_bytes(content)
            else:
                content(folder / name)

    def checkpoint(self, chance: Random) -> str:
        """The name of the weights of an epoch."""
        return chance.choice(sorted(name for name in self.files if name.startswith("epoch-")))

    def json(self) -> dict[str, Any]:
        """What run.json says."""
        content = self.files[DESCRIPTION]
        assert isinstance(content, bytes)
        return json.loads(content)

    def lines(self) -> list[dict[str, Any]]:
        """What the lines of the history say."""
        content = self.files[HISTORY]
        assert isinstance(content, bytes)
        return [json.loads(line) for line in content.splitlines()]


@cache
def wholes() -> tuple[Mapping[str, bytes], ...]:
    """Whole runs: with one hidden layer and with several, with words that stay as they are, and of a number."""
    made = []
    models = (
        build(seed=3),
        build("lstm", None, inputs="embedding", seed=4),
        build("gru", None, "each", "embedding", seed=5),
        deep_model(),
    )
    for model in models:
        with TemporaryDirectory() as beside:
            fixed = tuple(name for name in model.tensors() if name == "embedding.weight")
            training = {"baselines": {"majority": 0.5}, "command": "rnn-tui train x.csv", "other": "another training"}
            recorder = Recorder(Path(beside) / "x.run", model, training, fixed=fixed)
            for epoch in range(EPOCHS + 1):
                share = np.float32((epoch + 1) / (EPOCHS + 1))
                parameters = {name: array * share for name, array in model.tensors().items()}
                told = Told(epoch, validation_loss=1 / (epoch + 1), validation_accuracy=0.5, best=epoch == EPOCHS - 1)
                recorder.add(told, parameters)
            made.append({path.name: path.read_bytes() for path in (Path(beside) / "x.run").iterdir()})
    return tuple(made)


def hostile(chance: Random) -> Folder:
    """A whole run with one thing done to it."""
    folder = Folder(dict(chance.choice(wholes())))
    mutation = chance.choice(MUTATIONS)
    mutation(chance, folder)
    folder.done = folder.done or mutation.__name__
    return folder


def written(value: Any) -> bytes:
    """JSON, or what a careless program writes for it, NaN among it."""
    return json.dumps(value).encode()


def other_description(chance: Random, folder: Folder) -> None:
    """No JSON, or JSON that is no description."""
    deep = b"[" * 100_000
    texts_ = (
        b"",
        b"null",
        b"[]",
        b"1",
        b"{}",
        b'{"format": 1}',
        b'{"format": 2}',
        deep,
        b'{"a":' * 50_000,
        b"\xff\xfe",
    )
    folder.files[DESCRIPTION] = chance.choice([*texts_, *NO_FILES])
    folder.refused = True


def other_part(chance: Random, folder: Folder) -> None:
    """A part of the description that is something else."""
    described = folder.json()
    name = chance.choice(["format", "model", "training", "training"])
    described[name] = chance.choice(VALUES)
    folder.done = f"other {name}"
    folder.refused = name == "model" or (name == "format" and described[name] not in (1, True))
    folder.files[DESCRIPTION] = written(described)


def other_model_field(chance: Random, folder: Folder) -> None:
    """A field of the network's description that is something else, or is missing."""
    described = folder.json()
    name = chance.choice(sorted(described["model"]))
    described["model"][name] = chance.choice(VALUES)
    if chance.random() < 0.3:
        del described["model"][name]
    folder.done = f"other {name}"
    folder.files[DESCRIPTION] = written(described)


def other_training(chance: Random, folder: Folder) -> None:
    """Of the training something that nobody would say."""
    described = folder.json()
    value = chance.choice([*VALUES, *NUMBERS, texts.text(chance)])
    key = chance.choice(["baselines", "other", "metric", "judge", "epochs", "command", texts.text(chance)])
    inside = {texts.text(chance): chance.choice(NUMBERS), "majority": chance.choice([0.5, 1e308, -3, 10**30])}
    described["training"][key] = inside if key == "baselines" and chance.random() < 0.7 else value
    folder.done = f"other training: {key!r:.30}"
    folder.files[DESCRIPTION] = written(described)


def other_line(chance: Random, folder: Folder) -> None:
    """A field of a line of the history that is something else."""
    lines = folder.lines()
    line, name = chance.choice(lines), chance.choice(FIELDS)
    line[name] = chance.choice(NUMBERS)
    if name == "moved" and chance.random() < 0.7:
        line[name] = {texts.text(chance): chance.choice(NUMBERS), "rnn.weight_hh_l0": chance.choice([1e308, 0, -1])}
    folder.done = f"other {name!r} in the history"
    folder.files[HISTORY] = b"".join(written(line) + b"\n" for line in lines)


def other_lines(chance: Random, folder: Folder) -> None:
    """Lines that are exchanged, doubled, cut, or none, and what is between them."""
    content = folder.files[HISTORY]
    assert isinstance(content, bytes)
    lines = content.split(b"\n")
    kind = chance.randrange(7)
    if kind == 0:
        chance.shuffle(lines)
        content = b"\n".join(lines)
    elif kind == 1:
        content = content[: chance.randrange(len(content))]
    elif kind == 2:
        content = content.replace(b"\n", chance.choice([b"\r\n", b"\r", b"", b"\n\n", b"\n\0\n", b"\xff\n", b"\x0c"]))
    elif kind == 3:
        content = chance.choice([b"", b"\n" * 9, b"[" * 90_000, b"null\n", *NO_FILES])
    elif kind == 4:
        content = b"".join(written({"epoch": epoch}) + b"\n" for epoch in range(chance.choice([9, 3000, 50_001])))
    elif kind == 5:
        content += b'{"epoch": ' + str(chance.choice(NUMBERS)).encode()
    else:
        at = chance.randrange(len(lines))
        content = b"\n".join([*lines[:at], texts.text(chance).encode("utf-8", "replace"), *lines[at:]])
    folder.done = f"other lines {kind}"
    folder.files[HISTORY] = content


def other_weights(chance: Random, folder: Folder) -> None:
    """The file of an epoch cut, changed, or that of another network."""
    name = chance.choice([folder.checkpoint(chance), FIXED if FIXED in folder.files else folder.checkpoint(chance)])
    content = folder.files[name]
    assert isinstance(content, bytes)
    kind = chance.randrange(4)
    if kind == 0:
        content = content[: chance.randrange(len(content))]
    elif kind == 1:
        changed = bytearray(content)
        for _ in range(chance.randint(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        content = bytes(changed)
    elif kind == 2:
        other = Folder(dict(chance.choice(wholes())))
        found = other.files[other.checkpoint(chance)]
        assert isinstance(found, bytes)
        content = found
    else:
        content = chance.choice([*NO_FILES, content + b"x", content * 2])
    folder.done = f"other weights {kind} in {name}"
    folder.files[name] = content


def other_tensors(chance: Random, folder: Folder) -> None:
    """Tensors of an epoch that are missing, too many, of other sizes, or no numbers; or among those that stay."""
    name = chance.choice([folder.checkpoint(chance), FIXED if FIXED in folder.files else folder.checkpoint(chance)])
    content = folder.files[name]
    assert isinstance(content, bytes)
    tensors = tensors_of(content)
    key = chance.choice(sorted(tensors))
    kind = chance.randrange(6)
    if kind == 0:
        del tensors[key]
    elif kind == 1:
        tensors[chance.choice(["x", "embedding.weight", "fc.bias", "rnn.weight_hh_l7", "\x1b[2J"])] = tensors[key]
    elif kind == 2:
        tensors[key] = chance.choice([tensors[key].reshape(-1), tensors[key][..., :1], np.zeros((0,), np.float32)])
    elif kind == 3:
        tensors[key] = tensors[key] * np.float32(chance.choice([np.nan, np.inf, 1e38, 1e-45, -1e30]))
    elif kind == 4:
        tensors[key] = tensors[key].astype(chance.choice([np.float64, np.float16, np.int32, np.bool_]))
    else:
        tensors = {}
    folder.done = f"other tensors {kind} in {name}"
    folder.files[name] = serialized({key: np.ascontiguousarray(array) for key, array in tensors.items()})


def missing(chance: Random, folder: Folder) -> None:
    """A file or several that are gone."""
    gone = chance.sample(sorted(folder.files), chance.choice([1, 1, 2, len(folder.files)]))
    for name in gone:
        del folder.files[name]
    folder.done = f"without {' '.join(sorted(gone))}"
    folder.refused = DESCRIPTION in gone


def more_files(chance: Random, folder: Folder) -> None:
    """Files with names such as a crash, an editor or a stranger leaves."""
    for name in chance.sample(NAMES, chance.randint(1, 4)):
        folder.files[name] = chance.choice([b"", b"x", folder.files[folder.checkpoint(chance)]])
    if chance.random() < 0.2:
        folder.files |= {f"epoch-{epoch:04d}.safetensors": b"" for epoch in range(5, 3000)}
    folder.files.pop(HISTORY, None) if chance.random() < 0.5 else None


def no_file_in_its_place(chance: Random, folder: Folder) -> None:
    """A pipe, a folder, a link or a device in the place of a file."""
    name = chance.choice([DESCRIPTION, HISTORY, FIXED, folder.checkpoint(chance)])
    folder.files[name] = chance.choice(PLACES)
    folder.done = f"no file in the place of {name}"
    folder.refused = name == DESCRIPTION


def no_folder_in_its_place(chance: Random, folder: Folder) -> None:
    """The same in the place of the folder."""
    folder.place = chance.choice(PLACES)
    folder.refused = True


MUTATIONS: tuple[Callable[[Random, Folder], None], ...] = (
    other_description, other_part, other_model_field, other_model_field, other_training, other_training, other_line,
    other_line, other_line, other_lines, other_lines, other_weights, other_weights, other_tensors, other_tensors,
    missing, more_files, no_file_in_its_place, no_file_in_its_place, no_folder_in_its_place,
)  # fmt: skip
