"""The values of a trace under the names and in the order of `rnn-tui trace --json`, and paths into them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError
from rnn_tui.network.heads import is_of_head
from rnn_tui.network.layers import Lane
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.text import cited

READOUT_VALUES = ("attention", "context")
Value = str | int | float | bool
MOST_DIGITS = 9
_PART = re.compile(r"\.?([A-Za-z_][A-Za-z0-9_]*)|\[(-?[0-9]+)\]")


def is_one_lane(trace: Trace) -> bool:
    """Tell whether the network has one forward layer, whose values stand in a step by themselves (format 1)."""
    return len(trace.layers) == 1 and trace.layers[0].backward is None


def head(trace: Trace) -> dict[str, Any]:
    """Everything but the steps and the prediction."""
    model = trace.model.on(0)
    layers = [
        {"cell": layer.forward.kind, "hidden_size": layer.hidden_size, "bidirectional": layer.bidirectional}
        for layer in model.layers
    ]
    return {
        "format": 1 if is_one_lane(trace) else 2,
        "model": model.name,
        "cell": model.cell.kind,
        "activation": model.activation,
        **({} if is_one_lane(trace) else {"layers": layers}),
        "readout": model.readout.kind,
        **({"head": [entry.activation for entry in model.head]} if model.head else {}),
        "labels": list(model.labels),
        "unit_names": list(model.unit_names) if model.unit_names else None,
        "tokens": [token.text for token in trace.tokens],
        "unknown": [token.unknown for token in trace.tokens],
    }


def step_values(trace: Trace, t: int) -> dict[str, Any]:
    """The values of a timestep in the order in which they were computed; None where there is no answer yet."""
    ground = trace.on(0)
    step = ground[t]
    values: dict[str, Any] = {"t": step.t, "token": step.token, "x": _numbers(step.x)}
    if is_one_lane(trace):
        values |= _lane_values(ground.layers[0].forward, t)
    else:
        values["layers"] = [
            {
                "forward": _lane_values(layer.forward, t),
                "backward": None if layer.backward is None else _lane_values(layer.backward, t),
            }
            for layer in trace.layers
        ]
    answered = t >= trace.answered_from

    def number(array: Array) -> list[float | None] | None:
        return _numbers(array) if answered else None

    if (meets := meets_added_up(trace.model)) is not None:
        values["h"] = number(trace.on(meets)[t].h)
    values |= {name: number(step.values[name]) for name in READOUT_VALUES if name in step.values}
    of_head = [number(array) for name, array in step.values.items() if is_of_head(name)]
    if of_head:
        values["head"] = of_head if answered else None
    return values | {name: number(array) for name, array in step.answers.items()}


def meets_added_up(model: Model) -> int | None:
    """The floor on which the two lanes of the top layer meet and are added up; None where they are not.

    A step then has their sum as its own h; lanes side by side are there one by one.
    """
    if not model.layers[-1].bidirectional or model.layers[-1].merge != "sum":
        return None
    return next(floor.index for floor in model.floors if floor.layer is None)


def _lane_values(lane: Lane, t: int) -> dict[str, Any]:
    """What a lane carried into a word, and all that it computed there, h last."""
    values = {"h_prev": lane.before(t)["h"], **lane.at(t)}
    values["h"] = values.pop("h")
    return {name: _numbers(array) for name, array in values.items()}


def prediction(trace: Trace) -> dict[str, Any]:
    """The answer after the last word: its label and its probability, or its numbers."""
    output = trace.model.output
    if output.is_number:
        return {"outputs": _numbers(trace.values[output.answer][-1])}
    label, probability = trace.prediction()
    finite = bool(np.isfinite(probability))
    return {
        "label": trace.model.labels[label] if finite else None,
        "probability": probability if finite else None,
    }


def value_at(trace: Trace, path: str) -> Value:
    """The one value under a path such as `steps[2].h[0]`, `steps[-1].probs[1]` or `prediction.label`.

    Indices count from 0, and from the end where they are negative. Raises UserError where there is no such value, where
    it is a list of several, and where it is no finite number.
    """
    parts = parts_of(path)
    found, parts = _begun(trace, parts, path)
    for part in parts:
        found = _inside(found, part, path)
    if isinstance(found, list | dict):
        inside = f"[0] to [{len(found) - 1}]" if isinstance(found, list) else ", ".join(f".{name}" for name in found)
        raise UserError(f"{cited(path)} is several values; say which one: {inside}")
    if found is None:
        raise UserError(f"{cited(path)} has no value in this scene")
    value: Value = found
    return value


def _begun(trace: Trace, parts: list[str | int], path: str) -> tuple[Any, list[str | int]]:
    """The value that the first parts of a path name, and the parts that are left.

    Of a long sentence no step is written out but the one.
    """
    first = parts[0]
    if first == "steps":
        if len(parts) < 2 or not isinstance(parts[1], int):
            raise UserError(f"{cited(path)}: say which step, such as steps[0] for the first of {len(trace)}")
        if not -len(trace) <= parts[1] < len(trace):
            raise UserError(_outside(path, parts[1], len(trace), "steps"))
        return step_values(trace, parts[1] % len(trace)), parts[2:]
    if first == "prediction":
        return prediction(trace), parts[1:]
    known = head(trace)
    if first not in known:
        raise UserError(_unknown(path, first, [*known, "steps", "prediction"]))
    return known[first], parts[1:]


def _inside(found: Any, part: str | int, path: str) -> Any:
    """The value that a part of a path names inside the one that the parts before it named."""
    if isinstance(part, int):
        if not isinstance(found, list):
            raise UserError(f"{cited(path)}: [{part}] stands behind what is no list")
        if not -len(found) <= part < len(found):
            raise UserError(_outside(path, part, len(found), "values"))
        return found[part]
    if not isinstance(found, dict):
        raise UserError(f"{cited(path)}: .{part} stands behind what has no names inside")
    if part not in found:
        raise UserError(_unknown(path, part, list(found)))
    return found[part]


def parts_of(path: str) -> list[str | int]:
    """The names and indices of a path; raises UserError where it is none."""
    parts: list[str | int] = []
    at = 0
    while at < len(path):
        match = _PART.match(path, at)
        named = match is not None and match[1] is not None
        if match is None or (named and (match[0][0] == ".") != bool(parts)) or len(match[0]) > 2 * MOST_DIGITS + 20:
            break
        parts.append(match[1] if named else int(match[2]))
        at = match.end()
    if not parts or at < len(path):
        raise UserError(f"{cited(path)} is no path to a value; one looks like steps[2].h[0] or prediction.label")
    return parts


def _outside(path: str, index: int, count: int, what: str) -> str:
    return f"{cited(path)}: there is no [{index}]; there are {count} {what}, so [0] to [{count - 1}]"


def _unknown(path: str, name: object, known: list[str]) -> str:
    return f"{cited(path)}: there is no {cited(name)}; there are {', '.join(known)}"


def _numbers(values: Array) -> list[float | None]:
    numbers: list[float | None] = values.tolist()
    finite = np.isfinite(values)
    if finite.all():
        return numbers
    return [number if is_finite else None for number, is_finite in zip(numbers, finite, strict=True)]
