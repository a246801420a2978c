"""The samples of a file, and their split into a part to train on and parts held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from rnn_tui.learning.rows import RowError

Item = TypeVar("Item")


@dataclass(frozen=True)
class Sample:
    """One text of a file: the row it stands in (from 1), and its label, its tags, or nothing for the next token.

    Of a window of a series, `before` are the last two numbers of what is asked, or the last where it has one.
    """

    row: int
    text: str
    answers: tuple[str, ...] = ()
    before: tuple[float, ...] = ()


@dataclass(frozen=True)
class Form:
    """The form of texts of numbers, as far as a file or a call tells it.

    features: the count of numbers of a timestep; None for texts that need be no numbers.
    columns: the names of the columns that the features are from, of several.
    target: the name of the column that is asked for.
    rows: the count of rows of a picture, each of which is a timestep.
    """

    features: int | None = None
    columns: tuple[str, ...] = ()
    target: str = ""
    rows: int | None = None


@dataclass(frozen=True)
class Samples:
    """All texts of a file.

    `window` is the count of numbers of a series that one sample shows, `taken` says what of the file was taken:
    “columns: review (text), sentiment (label); delimiter ;”. `output` is the kind of answer, as in the model file, and
    `noted` says how it was decided, where it might have been another. `form` is what is known of texts of numbers.
    """

    path: Path
    task: str
    samples: tuple[Sample, ...]
    window: int | None = None
    taken: str = ""
    output: str = "classes"
    noted: str = ""
    form: Form = field(default_factory=Form)

    def __len__(self) -> int:
        return len(self.samples)


def split(samples: Samples, validation: float, seed: int) -> tuple[list[Sample], list[Sample]]:
    """The samples to train on and those held out, at least one of each; `validation` is the share held out.

    Drawn by the seed; equal texts stay on one side, so that nothing held out was seen. Of a series the last part is
    held out, and the windows that overlap it are left out. Raises RowError where there are too few.
    """
    if samples.window is not None:
        return _split_in_time(samples, validation, samples.window)
    texts = list(dict.fromkeys(sample.text for sample in samples.samples))
    if len(texts) < 2:
        read = f" (read as {samples.taken})" if samples.taken else ""
        said = f"has fewer than two different texts{read}; one is needed to train on, one to hold out"
        raise RowError(samples.path, said)
    held_out = _held_out(len(texts), validation)
    chosen = set(dealt(texts, {"held out": held_out}, seed)["held out"])
    training = [sample for sample in samples.samples if sample.text not in chosen]
    return training, [sample for sample in samples.samples if sample.text in chosen]


def dealt(items: Sequence[Item], sizes: Mapping[str, int], seed: int) -> dict[str, list[Item]]:
    """The items in a random order, cut into parts of the given sizes; what is left over is in none of them."""
    order = iter(np.random.default_rng(seed).permutation(len(items)))
    return {name: [items[index] for index in islice(order, size)] for name, size in sizes.items()}


def _split_in_time(samples: Samples, validation: float, window: int) -> tuple[list[Sample], list[Sample]]:
    held_out = _held_out(len(samples), validation)
    later = list(samples.samples[-held_out:])
    # A window's answer is the number after it, so the last of training must end before the first held out begins.
    training = [sample for sample in samples.samples[:-held_out] if sample.row + window < later[0].row]
    if not training:
        raise RowError(samples.path, f"is too short for windows of {window} numbers; a smaller --window mends it")
    return training, later


def _held_out(count: int, validation: float) -> int:
    return min(max(round(validation * count), 1), count - 1)


def majority(answers: Sequence[str]) -> str:
    """The most frequent answer, the first by alphabet where several are."""
    counts: dict[str, int] = {}
    for answer in answers:
        counts[answer] = counts.get(answer, 0) + 1
    return min(counts, key=lambda answer: (-counts[answer], answer))
