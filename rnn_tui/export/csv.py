"""Every value of a trace as a table for spreadsheets and data frames: a row a number (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from rnn_tui.export.request import Request
from rnn_tui.network.storage import write_whole
from rnn_tui.network.trace import Trace
from rnn_tui.traced import is_one_lane, step_values

COLUMNS = ("t", "token", "layer", "direction", "name", "unit", "value")
OPENING_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a text begins with that some spreadsheet takes for a formula."""
MARK = "'"
"""Put before a token that begins so, or with the mark itself: one mark at the start is never the token's own."""
_ABOVE = ("x", "attention", "context", "head", "logits", "probs", "outputs")

Row = tuple[int, str, int | str, str, str, int, float | str]


def rows(trace: Trace) -> Iterator[Row]:
    """Every value of a trace as in `COLUMNS`, word by word, in the order of `trace --json`.

    `t`, `layer` and `unit` count from 0; `layer` and `direction` are empty outside the cells, and `value` where it is
    no finite number. What isn't computed at a word has no row.
    """
    for t in range(len(trace)):
        step = step_values(trace, t)
        token = unlike_a_formula(step["token"])
        for layer, direction, name, numbers in _arrays(step, one_lane=is_one_lane(trace)):
            for unit, number in enumerate(numbers):
                yield t, token, layer, direction, name, unit, "" if number is None else number


def write(request: Request) -> None:
    """Write the table; raises UserError where that can't be done."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(rows(request.trace))
    write_whole(request.path, text.getvalue().encode("utf-8", "backslashreplace"), mend="give another folder")


def unlike_a_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with the mark before it where it might be one."""
    return MARK + text if text.startswith((*OPENING_A_FORMULA, MARK)) else text


def _arrays(step: Mapping[str, Any], *, one_lane: bool) -> Iterator[tuple[int | str, str, str, list[float | None]]]:
    """The arrays of a step with their layers, directions and names."""
    if one_lane:
        lanes = [{"forward": {name: array for name, array in step.items() if name not in ("t", "token", *_ABOVE)}}]
    else:
        lanes = step["layers"]
    yield "", "", "x", step["x"]
    for layer, directions in enumerate(lanes):
        for direction, values in directions.items():
            yield from ((layer, direction, name, array) for name, array in (values or {}).items())
    for name in _ABOVE[1:]:
        found = step.get(name)
        if found is not None and name == "head":
            yield from (("", "", f"head.{index}", array) for index, array in enumerate(found))
        elif found is not None:
            yield "", "", name, found
