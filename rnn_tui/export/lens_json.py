"""A lens as JSON, format 1: its numbers, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rnn_tui.export import strict
from rnn_tui.lenses import lens
from rnn_tui.network.trace import Trace

FORMAT = 1


def lines(name: str, found: Any, trace: Trace) -> Iterator[str]:
    """The JSON object, a line a field; what is no finite number is null, and all of it is ASCII."""
    fields: dict[str, Any] = lens(name).load().to_json(found)
    head = {"format": FORMAT, "lens": name, "model": trace.model.name, "tokens": [token.text for token in trace.tokens]}
    written = [f"{json.dumps(field)}: {strict.dumps(value)}" for field, value in (head | fields).items()]
    for number, line in enumerate(written):
        yield ("{" if number == 0 else "") + line + ("}" if number == len(written) - 1 else ",")
