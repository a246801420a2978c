"""The answers of a foreign forward, read as probabilities: whatever shape and scale they come in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.arrays import Array

SCALES = ("logits", "probabilities")
"""The scales that are tried. Log-probabilities are logits too: their softmax is the probabilities."""
NUMBERS = "numbers"
"""The scale of answers that are numbers, and no labels' probabilities."""
PROBABILITIES = 1e-4
"""The largest difference of two probabilities that are the same, computed in float32 in another order."""
LOGARITHMS = 5e-5
"""The same for their logarithms, where logits are answered; relative, beyond 1."""
OF_LARGEST = 5e-5
"""The same of two numbers, as a part of the largest of all that are answered."""


@dataclass(frozen=True, eq=False)
class Reading:
    """The answers to all sequences, read one way: an array (n, labels) each, n = 1 or one for every step.

    `logs` has their logarithms, of which small differences are seen however sure the answers are; None where the
    probabilities alone are known. Answers that are numbers are in `probs`, as they are.
    """

    way: str
    every: bool
    scale: str
    probs: tuple[Array, ...]
    logs: tuple[Array, ...] | None

    @cached_property
    def allowed(self) -> float:
        """The largest difference of two numbers that are the same."""
        with np.errstate(invalid="ignore"):
            largest = max(float(np.abs(answers).max()) for answers in self.probs)
        return OF_LARGEST * largest if np.isfinite(largest) else 0.0


def readings(
    way: str, answers: Sequence[Sequence[NDArray[Any]]], lengths: Sequence[int], n: int, *, numbers: bool = False
) -> Iterator[Reading]:
    """Every way in which the answers are those of a network with `n` outputs; `answers` has an array a part.

    `numbers`: the outputs are numbers, and no labels' logits or probabilities.
    """
    for part in range(min(len(parts) for parts in answers)):
        arrays = [parts[part] for parts in answers]
        for every in (False, True):
            shaped = [_shaped(array, length, n, every=every) for array, length in zip(arrays, lengths, strict=True)]
            for scale in (NUMBERS,) if numbers else SCALES:
                found = [None if array is None else _scaled(array, scale) for array in shaped]
                both = [one for one in found if one is not None]
                if len(both) < len(found):
                    continue
                logs = tuple(log for _, log in both) if scale == "logits" else None
                yield Reading(way, every, scale, tuple(probs for probs, _ in both), logs)


def parts_of(answer: Any) -> list[NDArray[Any]]:
    """The arrays of floating-point numbers in an answer: itself, or those in a tuple, a list or a mapping."""
    if isinstance(answer, Mapping):
        answer = list(answer.values())
    if isinstance(answer, tuple | list):
        return [array for part in answer for array in parts_of(part)]
    if hasattr(answer, "detach"):
        answer = answer.detach().cpu()
        answer = answer.float() if answer.is_floating_point() else answer
    if hasattr(answer, "numpy"):
        answer = answer.numpy()
    if not isinstance(answer, np.ndarray | np.generic) or answer.dtype.kind != "f":
        return []
    return [np.asarray(answer, np.float64)]


def difference(ours: Mapping[str, Array], reading: Reading, index: int, rounding: float = 0.0) -> tuple[float, bool]:
    """The largest difference of two probabilities in one sequence, or of two numbers, and whether they are the same.

    `rounding` is the difference of two logarithms, or of two numbers, that float32 alone makes in this sequence.
    """
    theirs = reading.probs[index]
    answer = np.asarray(answer_in(ours), np.float64)[-len(theirs) :]
    largest = _largest(answer, theirs)
    if reading.scale == NUMBERS:
        return largest, largest <= reading.allowed + rounding
    same = largest <= max(PROBABILITIES, rounding)
    if same and reading.logs is not None:
        logs = reading.logs[index]
        mine = compared(ours)[-len(theirs) :]
        same = _largest(mine, logs) <= LOGARITHMS * (1 + float(np.abs(mine).max())) + rounding
    return largest, same


def answer_in(values: Mapping[str, Array]) -> Array:
    """The answer among the values of an output: probabilities, or numbers, (T, labels)."""
    return values["outputs"] if "outputs" in values else values["probs"]


def compared(values: Mapping[str, Array]) -> Array:
    """The part of our answers that is compared: the logarithms of probabilities, or numbers, (T, labels)."""
    if "outputs" in values:
        return np.asarray(values["outputs"], np.float64)
    return log_softmax(of_two(np.asarray(values["logits"], np.float64)))


def of_two(logits: Array) -> Array:
    """The logits of all labels: one output alone is that of the second of two labels."""
    return np.concatenate([np.zeros_like(logits), logits], axis=1) if logits.shape[1] == 1 else logits


def log_softmax(logits: Array) -> Array:
    """The logarithms of the probabilities along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def _largest(one: Array, other: Array) -> float:
    with np.errstate(invalid="ignore"):  # an answer may be infinite
        largest = float(np.abs(one - other).max())
    return largest if np.isfinite(largest) else float("inf")


def _shaped(array: NDArray[Any], length: int, n: int, *, every: bool) -> Array | None:
    """The answers as (1, n), or as (length, n) where there is one for every step; None where it is neither."""
    if not every:
        return array.reshape(1, n) if array.size == n else None
    if array.size != length * n:
        return None
    shape = tuple(size for size in array.shape if size > 1)
    if shape == tuple(size for size in (length, n) if size > 1):
        return array.reshape(length, n)
    return array.reshape(n, length).T if shape == (n, length) else None  # as a loss over (batch, labels, steps) has it


def _scaled(array: Array, scale: str) -> tuple[Array, Array] | None:
    """The probabilities and, of logits, their logarithms; one output alone is that of the second of two labels."""
    if scale == NUMBERS:
        return array, array
    if scale == "logits":
        logs = log_softmax(of_two(array))
        return np.exp(logs), logs
    if not ((array >= 0) & (array <= 1)).all():
        return None
    if array.shape[1] == 1:
        array = np.concatenate([1 - array, array], axis=1)
    return (array, array) if np.allclose(array.sum(axis=1), 1, atol=1e-3) else None
