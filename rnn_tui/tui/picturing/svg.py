"""A scene's screen as an SVG, without a terminal."""

from __future__ import annotations

import asyncio

from rnn_tui.export.picture import offline
from rnn_tui.export.request import Request
from rnn_tui.tui.picturing.walked import opened


def write(request: Request) -> None:
    """Write the picture; it links no font. Raises UserError for a theme that there is not, and for the file."""
    svg = offline(asyncio.run(_drawn(request)))
    request.write(svg.encode(errors="replace"))


async def _drawn(request: Request) -> str:
    async with opened(request) as pilot:
        return pilot.app.export_screenshot(title=f"rnn-tui -m {request.trace.model.name}")
