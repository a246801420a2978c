"""The program open on a scene without a terminal, and what its screen shows from step to step."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from rnn_tui.export.request import Request
from rnn_tui.network.position import Position
from rnn_tui.settings import Settings, read_settings
from rnn_tui.traces import Traces
from rnn_tui.tui.app import AnyScreen, RnnApp
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.walking.screen import WalkScreen


def settings_of(request: Request) -> Settings:
    """The user's settings, with the theme that is asked for; raises UserError where there is no such theme."""
    return read_settings(None).with_options(theme=request.theme)


@asynccontextmanager
async def opened(request: Request) -> AsyncIterator[Pilot[AnyScreen]]:
    """A pilot of the program on the scene, at the size that is asked for; nothing on it moves by itself."""
    settings = settings_of(request)
    traces = Traces()
    traces.keep(request.scene.reading, request.trace)
    app = RnnApp(WalkScreen(request.scene, traces), settings=settings)
    async with app.run_test(size=request.size) as pilot:
        app.animation_level = "none"
        await pilot.pause()
        await app.workers.wait_for_complete()  # a lens may measure for a while
        await pilot.pause()
        yield pilot


def positions(request: Request) -> Iterator[Position]:
    """The positions from that of the scene to the last, in the order of the walk."""
    order = request.trace.order
    start = order.index(order.fitted(request.scene.position))
    return (order.at(index) for index in range(start, len(order)))


def lines(screen: AnyScreen) -> list[Strip]:
    """The lines of a screen that is laid out, each exactly as wide as it is: what the panels of the plan draw."""
    width, height = screen.size
    placed: list[list[tuple[int, Strip]]] = [[] for _ in range(height)]
    for name, region in screen.plan.regions.items():
        panel = screen.get_child_by_id(name, Panel)
        for row, strip in enumerate(panel.render_lines(Region(0, 0, region.width, region.height))):
            placed[region.y + row].append((region.x, strip))
    return [_joined(sorted(row, key=lambda one: one[0]), width, screen.rich_style) for row in placed]


def _joined(row: list[tuple[int, Strip]], width: int, background: Style) -> Strip:
    """The strips of a line side by side, with the background between them."""
    segments: list[Segment] = []
    at = 0
    for x, strip in row:
        segments += [Segment(" " * (x - at), background)] if x > at else []
        segments += strip
        at = x + strip.cell_length
    if at < width:
        segments.append(Segment(" " * (width - at), background))
    return Strip(segments, width)
