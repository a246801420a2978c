"""Every value of a trace as a tidy table, a value a row, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from rnn_tui.export.request import Request
from rnn_tui.network.trace import Trace
from rnn_tui.traced import is_one_lane, step_values

COLUMNS = ("t", "token", "layer", "direction", "name", "unit", "value")
LIVE = ("=", "+", "-", "@", "\t", "\r")
"""The characters with which a text begins that a spreadsheet would take for a formula."""
Row = tuple[Any, ...]


def write(request: Request) -> None:
    """Write the table to a file; raises UserError where that can't be done.

    It is UTF-8 with commas, quoted as RFC 4180 has it. A float32 is written with all of its digits, and what is no
    finite number, or isn't there yet, is empty. A token that a spreadsheet would compute has an apostrophe in front.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    length = len(request.trace)
    for t in range(length):
        table.writerows(rows(request.trace, t))
        request.progress((t + 1) / length)
    request.write(text.getvalue().encode("utf-8", "replace"))


def rows(trace: Trace, t: int) -> Iterator[Row]:
    """The rows of a timestep, in the order in which the values were computed.

    t, layer and unit count from 0; layer and direction are empty outside the cells. The entries of a head are named
    head-0, head-1, and so on.
    """
    values = step_values(trace, t)
    token = inert(values.pop("token"))
    del values["t"]
    lanes: list[tuple[int, str, dict[str, Any]]] = []
    if is_one_lane(trace):
        own = {"h_prev", *trace.on(0).layers[0].forward.at(t)}
        lanes = [(0, "forward", {name: values.pop(name) for name in list(values) if name in own})]
    else:
        for index, layer in enumerate(values.pop("layers")):
            lanes += [(index, direction, lane) for direction, lane in layer.items() if lane is not None]
    yield from _numbered((t, token, "", ""), "x", values.pop("x"))
    for index, direction, lane in lanes:
        for name, numbers in lane.items():
            yield from _numbered((t, token, index, direction), name, numbers)
    entries = values.pop("head", None)
    for name, numbers in values.items():
        if name == "logits":  # a head stands before the output nodes
            for number, entry in enumerate(entries or ()):
                yield from _numbered((t, token, "", ""), f"head-{number}", entry)
        yield from _numbered((t, token, "", ""), name, numbers)


def _numbered(before: Row, name: str, numbers: list[float | None] | None) -> Iterator[Row]:
    """A row a number; none for what has not been computed yet."""
    for unit, number in enumerate(numbers or ()):
        yield (*before, name, unit, "" if number is None else repr(number))


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before what would begin one."""
    return f"'{text}" if text.startswith(LIVE) else text
