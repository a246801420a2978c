"""A lens as a picture for a terminal: what is drawn on the screen, and below it what it says."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment
from rich.text import Text

from rnn_tui.lenses import lens
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.lenses import picture_of
from rnn_tui.pictures.lenses.panel import asked
from rnn_tui.pictures.palette import TERMINAL
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.rows import Row, text_of
from rnn_tui.pictures.view import Measurement, View
from rnn_tui.scene import Scene
from rnn_tui.story.lenses import tell_lens


def lines(measurement: Measurement, scene: Scene, trace: Trace, width: int, height: int) -> Iterator[Text]:
    """The heading, the picture in at most `height` lines of `width` cells, and the sentences."""
    record, picture = lens(measurement.name), picture_of(measurement.name)
    view = View(trace, scene, count=trace.on(scene.position.floor).model.hidden_size, measurement=measurement)
    asks = Segment(asked(view, record, width), TERMINAL.strong)
    yield _text([asks, Segment(f"  {record.shows}", TERMINAL.muted)])
    rows = picture.draw(measurement.result, view, width, height, TERMINAL)
    while rows and not text_of(rows[-1]).strip():
        rows.pop()
    yield from map(_text, rows)
    yield Text("")
    for told in tell_lens(measurement.name, measurement.result, trace, scene):
        yield from map(_text, wrapped(told, width, TERMINAL))


def _text(row: Row) -> Text:
    text = Text(no_wrap=True, end="")
    for segment in row:
        text.append(segment.text, segment.style)
    text.rstrip()
    return text
