"""A lens as JSON, format 1: its numbers, for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from rnn_tui.lenses import lens
from rnn_tui.network.trace import Trace

FORMAT = 1


def lines(name: str, found: Any, trace: Trace) -> Iterator[str]:
    """The JSON object, a line a field; what is no finite number is null, and all of it is ASCII."""
    fields: dict[str, Any] = lens(name).load().to_json(found)
    head = {"format": FORMAT, "lens": name, "model": trace.model.name, "tokens": [token.text for token in trace.tokens]}
    written = [f"{json.dumps(field)}: {json.dumps(_finite(value))}" for field, value in (head | fields).items()]
    for number, line in enumerate(written):
        yield ("{" if number == 0 else "") + line + ("}" if number == len(written) - 1 else ",")


def _finite(value: Any) -> Any:
    """The same with None for what JSON has no number for."""
    if isinstance(value, dict):
        return {name: _finite(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
