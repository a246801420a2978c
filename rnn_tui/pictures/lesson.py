"""The prose of a lesson beside the picture, or in its place where there is no room for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rich.segment import Segment

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.paragraphs import Block, draw, pages
from rnn_tui.pictures.picks import KeyPick, Pick
from rnn_tui.pictures.pieces import Piece, pick_in, row_of
from rnn_tui.pictures.pieces import width_of as width_of_pieces
from rnn_tui.pictures.rows import Row, fit, over, sized, text_of, width_of
from rnn_tui.text import printable

MARGIN, LEAST_MARGIN = 2, 3
WIDEST = 66
"""The widest that a row of prose is: longer ones are hard to read."""
ABOVE, FOOT = 1, 3
"""The rows above the prose, and those below: a blank one, how far the lesson is, and what the next key does."""

Blocks = tuple[Block, ...]


class FootKey(NamedTuple):
    """A key that is said below the prose: its sign, what it does now, and its name, by which a click presses it."""

    sign: str
    does: str
    key: str


@dataclass(frozen=True)
class CardView:
    """A card of a lesson as it is drawn.

    `blocks` are its prose, `page` the page of it that is shown, from 0, `earlier` what the cards before it at the same
    stop have said. `stop` of `stops` counts from 1, and is 0 after the last; `done` is the share of the lesson that is
    over. `foot` are the keys that are said at the end, and what they do. `beside` says that the prose stands beside
    the picture, and not in its place.
    """

    title: str
    blocks: Blocks
    stop: int
    stops: int
    done: float = 0.0
    page: int = 0
    earlier: Blocks = ()
    foot: tuple[FootKey, ...] = ()
    beside: bool = True

    @property
    def where(self) -> str:
        """The stop that the lesson is at, of how many, in words."""
        return f"stop {self.stop} of {self.stops}" if self.stop else "the end"


def page_count(blocks: Blocks, width: int, height: int, *, beside: bool) -> int:
    """The number of pages that prose has in a panel of so many cells."""
    return len(_pages(blocks, _text_width(width, beside=beside), height, Palette()))


def _pages(blocks: Blocks, width: int, height: int, palette: Palette) -> list[list[Row]]:
    return pages(draw(blocks, width, palette), max(1, height - ABOVE - FOOT))


def _text_width(width: int, *, beside: bool) -> int:
    return width - 2 * MARGIN if beside else min(WIDEST, width - 2 * LEAST_MARGIN)


def _left(width: int, *, beside: bool) -> int:
    """The cells to the left of the text."""
    return MARGIN if beside else (width - _text_width(width, beside=False)) // 2


def card(view: CardView, width: int, height: int, palette: Palette) -> list[Row]:
    """The prose, and below it how far the lesson is and what comes next; a line parts it from the picture."""
    inner = _text_width(width, beside=view.beside)
    found = _pages(view.blocks or view.earlier, inner, height, palette)
    at = min(view.page, len(found) - 1) if view.blocks else len(found) - 1
    room = max(0, height - ABOVE - FOOT)
    body = _beside(view, found[at], inner, room, palette) if view.beside else _alone(found[at], room)
    body = [*([] for _ in range(ABOVE)), *body[:room], *([] for _ in range(room - len(body)))]
    note = f"page {at + 1} of {len(found)}" if len(found) > 1 else ""
    body += [[], _progress(view, inner, note, palette), row_of(_keys(view.foot, inner, palette))]
    left = _left(width, beside=view.beside)
    edge = [Segment("│", palette.frame_dim)] if view.beside else []
    return [[*sized([Segment(" " * left), *row], width - len(edge)), *edge] for row in body]


def _beside(view: CardView, rows: list[Row], width: int, room: int, palette: Palette) -> list[Row]:
    """The prose under what was said before it at this stop, where there is room for all of that."""
    said = draw(view.earlier, width, _dimmed(palette)) if view.blocks else []
    return [*said, [], *rows] if said and len(said) + 1 + len(rows) <= room else rows


def _dimmed(palette: Palette) -> Palette:
    """The palette with all text as what is of less weight."""
    return replace(palette, text=palette.muted, strong=palette.muted, accent=palette.muted)


def _alone(rows: list[Row], room: int) -> list[Row]:
    """The prose near the top; with a blank row after each where there is room, as one reads from afar."""
    if 2 * len(rows) - 1 <= room:
        rows = [line for row in rows for line in (row, [])][:-1]
    return [*([] for _ in range(min(2, (room - len(rows)) // 3))), *rows]


def _progress(view: CardView, width: int, note: str, palette: Palette) -> Row:
    """A line that is as far along as the lesson, and which page of the prose this is."""
    note = f" {note}" if note else ""
    length = max(0, width - len(note))
    done = int(length * view.done)
    return [
        Segment("━" * done, palette.answer),
        Segment("─" * (length - done), palette.frame_dim),
        Segment(note, palette.muted),
    ]


def _keys(keys: Sequence[FootKey], width: int, palette: Palette) -> list[Piece]:
    """The keys and what they do, as many as there is room for."""
    pieces: list[Piece] = []
    for sign, does, key in keys:
        pick = KeyPick(key)
        said = [Piece(f"{sign} ", palette.accent, pick), Piece(does, palette.muted, pick)]
        said = [*([Piece("   ")] if pieces else []), *said]
        if width_of_pieces(pieces) + width_of_pieces(said) > width:
            break
        pieces += said
    return pieces


def pick_at(view: CardView, width: int, height: int, x: int, y: int) -> Pick | None:
    """The key at a cell of the prose."""
    inner, left = _text_width(width, beside=view.beside), _left(width, beside=view.beside)
    return pick_in(_keys(view.foot, inner, Palette()), x - left) if y == height - 1 else None


def reminder(view: CardView, width: int, palette: Palette) -> list[Row]:
    """One row in place of the prose: its first words, and the keys."""
    return [row_of(_reminding(view, width, palette))]


def pick_in_reminder(view: CardView, width: int, x: int) -> Pick | None:
    """The key at a cell of the row that reminds of the prose."""
    return pick_in(_reminding(view, width, Palette()), x)


def _reminding(view: CardView, width: int, palette: Palette) -> list[Piece]:
    keys = _keys(view.foot, width // 2, palette)
    said = [block for block in view.blocks if block.kind != "heading"] or list(view.blocks)
    first = " ".join(text_of(row) for row in draw(said[:1], max(width, 20), Palette()))
    room = width - width_of_pieces(keys) - 4
    return [Piece(" "), Piece(fit(first, max(0, room)), palette.text), Piece("  "), *keys, Piece(" ")]


def heading(view: CardView, model: str, where: Row, width: int, palette: Palette) -> Row:
    """The row at the top: the lesson, its stop, and where the walk is."""
    left = [
        Segment(" rnn-tui ", palette.badge),
        Segment(f" {printable(view.title)}", palette.strong),
        Segment(f"  {view.where}", palette.accent),
        Segment(f"  {printable(model)}", palette.muted),
    ]
    room = max(0, width - width_of(where))
    if width_of(left) >= room:
        del left[-1]
    if width_of(left) >= room:  # the stop is said in any case
        left[1] = Segment(fit(left[1].text, max(0, room - 1 - width_of([left[0], left[2]]))), palette.strong)
    return over([*sized(left, room), *where], palette.bar)
