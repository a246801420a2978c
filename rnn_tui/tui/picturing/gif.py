"""A walk as an animated GIF: a step a frame, from the scene to the answer."""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from collections.abc import Sequence
from typing import cast

from PIL import Image

from rnn_tui.export.request import Request
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.picturing.raster import RGB, Raster
from rnn_tui.tui.picturing.walked import lines, opened, positions

FONT_SIZE = 12
SHADES = 4
"""Of a letter's edge: few, since each takes room in the file."""
COLOURS = 128
"""The most colours, those that are seen most; the others become the nearest of them."""
LAST = 3
"""The last frame stays so many times as long, before the walk begins again."""


def write(request: Request) -> None:
    """Write the walk; raises UserError for a theme that there is not, where no font is, and for the file."""
    request.write(asyncio.run(_walked(request)))


async def _walked(request: Request) -> bytes:
    steps = list(positions(request))
    frames: list[Image.Image] = []
    async with opened(request) as pilot:
        raster = Raster(request.size, FONT_SIZE, SHADES, pilot.app.ansi_theme)
        screen = cast(RnnApp, pilot.app).first
        for number, position in enumerate(steps):
            screen.show(screen.state.at(position))
            await pilot.pause()  # until the panels stand where the plan of this step has them
            frames.append(raster.draw(lines(screen)).copy())
            request.progress((number + 1) / len(steps))
    return animated(frames, round(1000 * request.pace))


def animated(frames: Sequence[Image.Image], milliseconds: int) -> bytes:
    """The frames one after another, over and over, in colours that they share, of each what has changed."""
    palette = _palette(frames)
    drawn = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [milliseconds] * (len(drawn) - 1) + [LAST * milliseconds]
    content = io.BytesIO()
    drawn[0].save(content, "GIF", save_all=True, append_images=drawn[1:], duration=durations, loop=0, optimize=True)
    return content.getvalue()


def _palette(frames: Sequence[Image.Image]) -> Image.Image:
    """The colours that most pixels of all frames have."""
    counts: Counter[RGB] = Counter()
    for frame in frames:
        for count, colour in frame.getcolors(frame.width * frame.height) or ():
            counts[cast(RGB, colour)] += count
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour, _ in counts.most_common(COLOURS) for part in colour])
    return palette
