"""What a file holds to learn from, and its split into a part to train on and a part held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rnn_tui.learning.rows import RowError

TASKS = ("labels", "next", "tags", "series")
"""One label a text; the next token; one tag a word; whether a series of numbers rises or falls next."""


@dataclass(frozen=True)
class Sample:
    """One text of a file: the row it stands in (from 1), and its label, its tags, or nothing for the next token."""

    row: int
    text: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Samples:
    """All texts of a file. `window` is how many numbers of a series one sample shows."""

    path: Path
    task: str
    samples: tuple[Sample, ...]
    window: int | None = None

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
        raise RowError(samples.path, "has fewer than two different texts; one is needed to train on, one to hold out")
    held_out = _held_out(len(texts), validation)
    chosen = {texts[place] for place in np.random.default_rng(seed).permutation(len(texts))[:held_out]}
    training = [sample for sample in samples.samples if sample.text not in chosen]
    return training, [sample for sample in samples.samples if sample.text in chosen]


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
