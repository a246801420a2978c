"""A scene's screen as a PNG, without a terminal."""

from __future__ import annotations

import asyncio
import io
from typing import cast

from rnn_tui.export.request import Request
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.picturing.raster import Raster
from rnn_tui.tui.picturing.walked import lines, opened

FONT_SIZE = 26
"""In pixels: twice that of a terminal, so that the picture is sharp on a projector and in print."""


def write(request: Request) -> None:
    """Write the picture; raises UserError for a theme that there is not, where no font is, and for the file."""
    request.write(asyncio.run(_drawn(request)))


async def _drawn(request: Request) -> bytes:
    content = io.BytesIO()
    async with opened(request) as pilot:
        raster = Raster(request.size, FONT_SIZE, ansi=pilot.app.ansi_theme)
        raster.draw(lines(cast(RnnApp, pilot.app).first)).save(content, "PNG", optimize=True)
    return content.getvalue()
