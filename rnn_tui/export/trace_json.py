"""A trace as JSON, format 1 or 2: every intermediate of every word, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rnn_tui.export.request import Request
from rnn_tui.network.trace import Trace
from rnn_tui.traced import head, prediction, step_values


def lines(trace: Trace) -> Iterator[str]:
    """The JSON object in lines, one a step, so that a long sentence needs no more memory than a short one.

    Arrays are flat; a float32 is written with all of its digits, and what is no finite number as null. It is ASCII
    throughout, so that no text of a model or a sentence can send anything to a terminal.
    """
    yield f'{_dumps(head(trace))[:-1]}, "steps": ['
    for t in range(len(trace)):
        yield _dumps(step_values(trace, t)) + ("," if t < len(trace) - 1 else "")
    yield f'], "prediction": {_dumps(prediction(trace))}}}'


def write(request: Request) -> None:
    """Write the JSON object to a file; raises UserError where that can't be done."""
    text = "".join(f"{line}\n" for line in lines(request.trace))
    request.write(text.encode("ascii"))


def _dumps(content: dict[str, Any]) -> str:
    return json.dumps(content, allow_nan=False)
