"""The stories of the cells, by their kinds."""

from __future__ import annotations

from rnn_tui.network.cells import Cell
from rnn_tui.story.cells import elman, gru, lstm
from rnn_tui.story.cells.cell_story import CellStory
from rnn_tui.story.cells.plain import story_from

__all__ = ["STORIES", "CellStory", "register", "story_of"]

STORIES: dict[str, CellStory] = {}
"""Each cell's own story, by its name in the model file."""


def register(kind: str, story: CellStory) -> None:
    """Tell a cell this way from now on."""
    STORIES[kind] = story


def story_of(cell: Cell) -> CellStory:
    """A cell's own story, or where it has none a plain one, made from its phases."""
    return STORIES.get(cell.kind) or story_from(cell)


register("elman", elman.STORY)
register("gru", gru.STORY)
register("lstm", lstm.STORY)
