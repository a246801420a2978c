"""The sentence that explains what is on the screen."""

from __future__ import annotations

from rich.segment import Segment

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import prose_whole, prose_with_end
from rnn_tui.pictures.rows import Row, sized
from rnn_tui.pictures.view import View
from rnn_tui.story import Line, tell
from rnn_tui.story.bounds import told_first
from rnn_tui.story.lenses import tell_lens
from rnn_tui.tui.panels.panel import Panel


class Story(Panel[View]):
    """The story's lines."""

    def drawn_from(self, view: View) -> tuple[object, ...]:
        """The position, and with a lens on the whole screen what it shows."""
        return (*view.still, view.scene.position, view.measurement if view.scene.full else None)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The lines, wrapped, one cell from the edge."""
        of_lens = _of_lens(view)
        if of_lens is None:
            told = [line for line in _told(view) if line]
            rows = prose_whole(told, width - 2, height, palette)
        else:
            rows = prose_with_end(of_lens, width - 2, height, palette)
        return [sized([Segment(" "), *row], width) for row in rows]


def _told(view: View) -> tuple[Line, ...]:
    """The lines of the moment, after what the edits did; what grew beyond all bounds is said before all else."""
    return told_first((_what_if(view), *tell(view.trace, view.scene)))


def _of_lens(view: View) -> tuple[Line, ...] | None:
    """The lines about the lens, where it has the whole screen."""
    measurement = view.measurement
    if measurement is None or not view.scene.full or view.scene.arithmetic:
        return None
    return () if measurement.result is None else tell_lens(measurement.name, measurement.result, view.trace, view.scene)


def _what_if(view: View) -> Line:
    """The line that tells what the edits in force did to the answer."""
    if view.before is None:
        return ()
    from rnn_tui.story.edits import consequence  # only where there are edits

    scene = view.scene
    return consequence(view.trace, view.before, scene.edits, scene.position.t, hidden=scene.covered)
