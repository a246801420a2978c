"""A trace as JSON, format 1: every intermediate of every word, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.trace import Step, Trace

FORMAT = 1
READOUT_VALUES = ("attention", "context")


def lines(trace: Trace) -> Iterator[str]:
    """The JSON object in lines, one a step, so that a long sentence needs no more memory than a short one.

    Arrays are flat; a float32 is written with all of its digits, and what is no finite number as null. It is ASCII
    throughout, so that no text of a model or a sentence can send anything to a terminal.
    """
    yield f'{_dumps(_head(trace))[:-1]}, "steps": ['
    for step in trace:
        yield _dumps(_step(step)) + ("," if step.t < len(trace) - 1 else "")
    yield f'], "prediction": {_dumps(_prediction(trace))}}}'


def _head(trace: Trace) -> dict[str, Any]:
    model = trace.model
    return {
        "format": FORMAT,
        "model": model.name,
        "cell": model.cell.kind,
        "activation": model.activation,
        "readout": model.readout.kind,
        "labels": list(model.labels),
        "unit_names": list(model.unit_names) if model.unit_names else None,
        "tokens": [token.text for token in trace.tokens],
        "unknown": [token.unknown for token in trace.tokens],
    }


def _step(step: Step) -> dict[str, Any]:
    """The values of a step in the order in which they were computed."""
    cell = [name for name in step.values if name not in READOUT_VALUES]
    readout = [name for name in READOUT_VALUES if name in step.values]
    names = ["x", "h_prev", *cell, "h", *readout, "logits", "probs"]
    return {"t": step.t, "token": step.token, **{name: _numbers(step[name]) for name in names}}


def _prediction(trace: Trace) -> dict[str, Any]:
    label, probability = trace.prediction()
    finite = bool(np.isfinite(probability))
    return {
        "label": trace.model.labels[label] if finite else None,
        "probability": probability if finite else None,
    }


def _numbers(values: Array) -> list[float | None]:
    numbers: list[float | None] = values.tolist()
    finite = np.isfinite(values)
    if finite.all():
        return numbers
    return [number if is_finite else None for number, is_finite in zip(numbers, finite, strict=True)]


def _dumps(content: dict[str, Any]) -> str:
    return json.dumps(content, allow_nan=False)
