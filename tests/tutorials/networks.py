"""The list of tutorial networks, and what is known of each: how it is made, what is said of it, how it is asked.

The modules themselves are in the files of `MODULES`, written anew in the shape of what is listed: small, with weights
that are drawn. They need PyTorch or Keras; this file needs neither.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent
RECORDED = FOLDER / "recorded"
FRAMEWORKS = ("PyTorch", "Keras")
MODULES = {
    "PyTorch": (
        *("torch_words", "torch_models", "torch_attention", "torch_names", "torch_letters", "torch_numbers"),
        *("torch_sentences", "torch_next", "torch_kept", "torch_series", "torch_cells"),
    ),
    "Keras": ("keras_networks", "keras_sentences", "keras_next", "keras_series"),
}

WORDS = ("<unk>", "<pad>", "the", "film", "was", "not", "very", "good", "bad", "dull")
LETTERS = tuple("abcdefgh")
SENTIMENTS = ("negative", "positive")
LENGTHS = (1, 2, 3, 5, 8, 13)
SIX, EIGHT = (6,) * len(LENGTHS), (8,) * len(LENGTHS)  # of a network that reads so many steps, and no others
PAD = "<pad>"


@dataclass(frozen=True)
class Listed:
    """A line of list.csv."""

    name: str
    framework: str
    repository: str
    path: str
    what: str

    @property
    def reads_text(self) -> bool:
        """False where it reads numbers: a series, or rows of them."""
        return re.match(r"(a packed sequence of )?(rows of|numbers)\b", self.what) is None


def listed() -> list[Listed]:
    """Every network of the list, in its order."""
    with (FOLDER / "list.csv").open(encoding="utf-8", newline="") as lines:
        return [Listed(**line) for line in csv.DictReader(lines)]


@dataclass(frozen=True)
class Network:
    """A network as a tutorial has it.

    ask: the module and one sequence (rows (T,), or numbers (T,) or (T, features), as an array) to its answer, called
        as the tutorial calls it: (1, outputs) or (T, outputs) in any shape with so many numbers.
    probabilities: true where its outputs are probabilities; else they are logits, or logarithms of probabilities.
    says: the options that someone who knows the network gives `from_torch` or `from_keras`, made of the module.
    one: true where one output stands for two labels.
    number: true where its outputs are numbers, and no labels' probabilities.
    lengths: of the sequences that it is compared on.
    """

    name: str
    make: Callable[[], Any]
    ask: Callable[[Any, np.ndarray], Any]
    vocabulary: Sequence[str] = WORDS
    labels: Sequence[str] = SENTIMENTS
    one: bool = False
    number: bool = False
    probabilities: bool = False
    says: Callable[[Any], Mapping[str, Any]] = field(default=lambda module: {})
    lengths: Sequence[int] = LENGTHS
    features: int = 1

    @property
    def seed(self) -> int:
        """A number for each name, the same on every machine."""
        return zlib.crc32(self.name.encode())

    def drawn(self) -> list[np.ndarray]:
        """The sequences that it is compared on: rows of its words without padding, or numbers."""
        rng = np.random.default_rng(self.seed)
        rows = [row for row, word in enumerate(self.vocabulary) if word != PAD]
        if rows:
            return [rng.choice(rows, size=length) for length in self.lengths]
        shape = () if self.features == 1 else (self.features,)
        return [np.float32(rng.normal(size=(length, *shape)).round(3)) for length in self.lengths]

    def answer(self, answer: np.ndarray) -> np.ndarray:
        """The probabilities (1 or T, labels) in an answer, or its numbers; one output is that of the second label."""
        answer = np.asarray(answer, np.float64)
        answer = answer.reshape(-1, 1) if self.one else answer.reshape(-1, len(self.labels))
        if self.one:
            yes = answer if self.probabilities else 1 / (1 + np.exp(-answer))
            return np.concatenate([1 - yes, yes], axis=1)
        if self.probabilities or self.number:
            return answer
        weights = np.exp(answer - answer.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)


NETWORKS: dict[str, Network] = {}


def network(name: str, *, ask: Callable[[Any, Any], Any], **more: Any) -> Callable[[Any], Any]:
    """Register the class or function that makes a network under its name in the list."""

    def register(make: Any) -> Any:
        assert name not in NETWORKS
        NETWORKS[name] = Network(name, make, ask, **more)
        return make

    return register
