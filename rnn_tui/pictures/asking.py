"""A question over the picture: its words, its choices with a bar a choice for the hands of a class, then the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.pictures.bars import share_bar
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import KeyPick, Pick
from rnn_tui.pictures.prose import wrapped
from rnn_tui.pictures.rows import Row, fit, sized
from rnn_tui.story import Span
from rnn_tui.text import percent, printable

MOST_KEYS = 9
"""The choices that have a number key each; of more one types the number."""
MARGIN = 2  # the cells between a frame and what is in it
GAP = 2
LONGEST_CHOICE = 44
LEAST_BAR = 8
HEAD = 6  # the cells of a choice's key and its mark
SHOWS = (("hands",), ("first vote", "second vote"))
NETWORK = "the network"
RIGHT, WRONG, CHOSEN = "✓", "✗", "▸"
CURSOR = "▏"


Drawn = tuple[Row, int | None]
"""A row, and the choice that it stands for."""


@dataclass(frozen=True)
class Revealed:
    """The answer of a question, once it is shown.

    `right` is the index of the right choice, `shares` what the network gives each choice (none where it gives no
    shares), `marked` what is said of what was guessed, and `why` the arithmetic.
    """

    said: str
    why: str
    marked: str = ""
    right: int | None = None
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Asking:
    """A question as it is drawn.

    `counts` are the hands, a count a choice, in one or two shows of hands; `chosen` is the index of what one learner
    alone has chosen. Where the answer is `typed`, `given` is what stands there so far, and `wanted` says what it is to
    be ("your number, to within 0.02"). `foot` are the keys that are said, in more words and in fewer; `roomy` makes
    bars thick, and `large` gives it the screen, to be read from the back of a room.
    """

    ask: str
    title: str = "Question"
    choices: tuple[str, ...] = ()
    counts: tuple[tuple[int, ...], ...] = ()
    chosen: int | None = None
    typed: bool = False
    wanted: str = "your number"
    given: str = ""
    foot: tuple[str, ...] = ("",)
    revealed: Revealed | None = None
    roomy: bool = False
    large: bool = False


def asking_panel(asking: Asking, width: int, height: int, palette: Palette) -> list[Row]:
    """The question in a heavy frame, the keys that answer it at its foot."""
    drawn = [row for row, _ in _body(asking, width - 2 * MARGIN, palette)]
    return framed_question(asking, [[Segment(" "), *row] for row in drawn], width, height, palette)


def framed_question(asking: Asking, rows: Sequence[Row], width: int, height: int, palette: Palette) -> list[Row]:
    """The rows of a question in its frame, with the title above and the keys below."""
    title: Row = [Segment(printable(asking.title), palette.accent)]
    foot = next((text for text in asking.foot if cell_len(text) <= width - 6), asking.foot[-1])
    return framed(rows, width, height, title, palette.frame_now, heavy=True, foot=foot, foot_style=palette.accent)


def rows_needed(asking: Asking, width: int) -> int:
    """The rows of a panel of so many cells in which nothing of the question is cut."""
    return 2 + len(list(_body(asking, width - 2 * MARGIN, Palette())))


def pick_at(asking: Asking, width: int, y: int) -> Pick | None:
    """The key of the choice in a row of the panel."""
    return pick_of(asking, list(_body(asking, width - 2 * MARGIN, Palette())), y)


def pick_of(asking: Asking, rows: Sequence[Drawn], y: int) -> Pick | None:
    """The key of the choice that a row of the panel stands for."""
    choice = rows[y - 1][1] if 1 <= y <= len(rows) else None
    counts = asking.revealed is None and not asking.typed
    return KeyPick(f"hand-{choice + 1}") if choice is not None and counts else None


def _body(asking: Asking, width: int, palette: Palette) -> Iterator[Drawn]:
    """The rows inside the frame."""
    yield from _said(asking.ask, "strong", width, palette)
    if asking.typed:
        yield from _in_columns(asking, width, palette)
        yield from _typed(asking, width, palette)
    else:
        yield from _choices(asking, width, palette)
    if asking.revealed is not None:
        if asking.revealed.marked:
            yield from _said(asking.revealed.marked, "word", width, palette)
        yield from _said(asking.revealed.why, "plain", width, palette)


def _said(text: str, role: str, width: int, palette: Palette) -> Iterator[Drawn]:
    """A text in as many rows as it needs."""
    for line in text.splitlines():
        yield from ((row, None) for row in wrapped((Span(printable(line), role),), width, palette))


def _typed(asking: Asking, width: int, palette: Palette) -> Iterator[Drawn]:
    """What has been typed so far; nothing where nothing was and the answer is there."""
    if asking.revealed is not None and not asking.given:
        return
    end = CURSOR if asking.revealed is None else ""
    row: Row = [
        Segment(f"{asking.wanted}: ", palette.muted), Segment(f" {printable(asking.given)}{end} ", palette.badge)
    ]  # fmt: skip
    yield sized(row, width), None


def _in_columns(asking: Asking, width: int, palette: Palette) -> Iterator[Drawn]:
    """Many choices with their numbers, as many beside one another as there is room for."""
    if not asking.choices:
        return
    numbers = len(str(len(asking.choices)))
    each = min(width, max(cell_len(printable(choice)) for choice in asking.choices) + numbers + 3)
    beside = max(1, width // each)
    right = asking.revealed.right if asking.revealed else None
    for first in range(0, len(asking.choices), beside):
        row: Row = []
        for index, choice in list(enumerate(asking.choices))[first : first + beside]:
            mark = RIGHT if index == right else " "
            label = fit(f"{mark}{printable(choice)}", each - numbers - 1)
            row += [Segment(f"{index + 1:>{numbers}}", palette.accent), Segment(label + " ", palette.text)]
        yield sized(row, width), None


def _choices(asking: Asking, width: int, palette: Palette) -> Iterator[Drawn]:
    """A row a choice: its key, its name, and beside it the hands of the class and what the network says."""
    columns = columns_of(asking)
    label = min(LONGEST_CHOICE, max((cell_len(printable(choice)) for choice in asking.choices), default=0))
    label = min(label, width - HEAD - 1 - (LEAST_BAR + GAP) * len(columns))
    room = width - HEAD - label
    each = room // len(columns) if columns else 0
    if len(columns) > 1 or any(head == NETWORK for head, _, _ in columns):
        heads: Row = [Segment(" " * (HEAD + label))]
        for head, _, _ in columns:
            heads.append(Segment(" " * GAP + fit(head, each - GAP), palette.muted))
        yield sized(heads, width), None
    right = asking.revealed.right if asking.revealed else None
    for index, choice in enumerate(asking.choices):
        is_right = right == index
        lost = right is not None and not is_right
        ink = palette.muted if lost else palette.strong
        mark = RIGHT if is_right else " " if index != asking.chosen else CHOSEN if right is None else WRONG
        key = palette.badge if asking.revealed is None or is_right else palette.muted
        bars: Row = []
        for _, shares, figures in columns:
            bars += _bar(shares[index], figures[index], each, palette, lost=lost)
        for k, name in enumerate(_name_rows(choice, label)):
            start: Row = [Segment(f" {index + 1} " if k == 0 else "   ", key if k == 0 else None)]
            start.append(Segment(f" {mark} " if k == 0 else "   ", palette.accent))
            beside = bars if k == 0 else []
            yield sized([*start, Segment(fit(name, label), ink), *beside], width), index
        if asking.roomy:
            yield sized([Segment(" " * (HEAD + label)), *_below(bars)], width), index


def _name_rows(choice: str, width: int) -> list[str]:
    """A choice in as many rows as it needs."""
    rows = wrapped((Span(printable(choice)),), max(1, width), Palette())
    return ["".join(segment.text for segment in row) for row in rows] or [""]


Column = tuple[str, Sequence[float], Sequence[str]]
"""A heading, the share of each choice, from 0 to 1, and the figure that stands at its bar."""


def columns_of(asking: Asking) -> list[Column]:
    """The columns of bars: a show of hands each, and on the reveal what the network gives."""
    shows = [counts for counts in asking.counts if asking.revealed is None or any(counts)]
    heads = SHOWS[len(shows) > 1]
    columns: list[Column] = [
        (head, [count / max(1, sum(counts)) for count in counts], [str(count) for count in counts])
        for head, counts in zip(heads, shows, strict=False)
    ]
    if asking.revealed is not None and asking.revealed.shares:
        shares = asking.revealed.shares
        columns.append((NETWORK, shares, [percent(share) for share in shares]))
    return columns


def _bar(share: float, figure: str, width: int, palette: Palette, *, lost: bool) -> Row:
    """A bar and its figure in so many cells, with a gap before them."""
    style = palette.muted if lost else palette.answer
    bar = share_bar(share, max(0, width - GAP - 5), style, palette.faint)
    return [Segment(" " * GAP), *bar, Segment(fit(figure, 5, "right"), palette.muted if lost else palette.strong)]


def _below(bars: Row) -> Row:
    """The second row of bars, which makes them thick: blocks alone, without figures."""
    blocks = set("▏▎▍▌▋▊▉█")
    return [
        Segment(segment.text if set(segment.text) <= blocks else " " * segment.cell_length, segment.style)
        for segment in bars
    ]
