"""The sentence that explains what is on the screen."""

from __future__ import annotations

from rich.segment import Segment

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import prose
from rnn_tui.pictures.rows import Row, sized
from rnn_tui.pictures.view import View
from rnn_tui.story import tell
from rnn_tui.tui.panels.panel import Panel


class Story(Panel):
    """The story's lines."""

    def depends(self, view: View) -> tuple[object, ...]:
        """The position."""
        return (view.scene.position,)

    def picture(self, view: View, palette: Palette, width: int, height: int) -> list[Row]:
        """The lines, wrapped, one cell from the edge."""
        rows = prose(tell(view.trace, view.scene), width - 2, height, palette)
        return [sized([Segment(" "), *row], width) for row in rows]
