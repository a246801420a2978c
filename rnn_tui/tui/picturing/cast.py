"""A walk as asciicast v2, which asciinema and its player show: a step an event, from the scene to the answer.

The format: https://docs.asciinema.org/manual/asciicast/v2/.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import cast

from rich.color import ColorSystem
from textual.strip import Strip

from rnn_tui.export.request import Request
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.picturing.walked import lines, opened, positions

CLEARED = "\x1b[2J\x1b[?25l"
"""Clear the screen and hide the cursor."""
DIGITS = 6


def write(request: Request) -> None:
    """Write the walk; raises UserError for a theme that there is not, and where the file can't be written."""
    events = asyncio.run(_events(request))
    width, height = request.size
    head = {"version": 2, "width": width, "height": height, "title": f"rnn-tui -m {request.trace.model.name}"}
    head["env"] = {"TERM": "xterm-256color"}
    text = "".join(f"{json.dumps(entry)}\n" for entry in (head, *events))
    request.write(text.encode("ascii"))


async def _events(request: Request) -> list[tuple[float, str, str]]:
    """The events, each with its seconds since the beginning; the last screen stays as long as the others."""
    events: list[tuple[float, str, str]] = []
    steps = list(positions(request))
    async with opened(request) as pilot:
        screen, before = cast(RnnApp, pilot.app).first, list[str]()
        for number, position in enumerate(steps):
            screen.show(screen.state.at(position))
            await pilot.pause()  # until the panels stand where the plan of this step has them
            drawn = [_written(strip) for strip in lines(screen)]
            changed = _changed(before, drawn)
            events.append((round(number * request.pace, DIGITS), "o", changed if number else CLEARED + changed))
            before = drawn
            request.progress((number + 1) / len(steps))
    events.append((round(len(steps) * request.pace, DIGITS), "o", ""))
    return events


def _written(strip: Strip) -> str:
    """A line as a terminal of all colours is told it."""
    return "".join(
        segment.style.render(segment.text, color_system=ColorSystem.TRUECOLOR) if segment.style else segment.text
        for segment in strip
    )


def _changed(before: Sequence[str], now: Sequence[str]) -> str:
    """The lines that have changed, each at its place."""
    return "".join(f"\x1b[{y + 1};1H{line}" for y, line in enumerate(now) if not before or before[y] != line)
