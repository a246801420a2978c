"""One side of a comparison, and the columns that both sides share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from rich.cells import cell_len

from rnn_tui.comparison import Comparison
from rnn_tui.network.phases import Phase
from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import Trace
from rnn_tui.pair import SIDES
from rnn_tui.pictures.view import Measurement, View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.text import printable

LEAST, FIGURES, MOST = 2, 6, 18
"""Cells of a column: at least, from where on figures fit into it, and at most."""
ANSWER, LONGEST_NAME = "answer", 8
MARGIN = 2
"""The cells at the left of all columns: a frame and a space, or two spaces."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Side(View):
    """A view of one side, that knows of the other.

    `which` is 0 for A and 1 for B, `at` the column and stage that both have come to. The position of its scene is this
    side's own; where it has not `begun` to read, that is its first. The plan says whether a side is `framed`, whether
    the `words` of both stand together above the sides, and whether the answers have panels with `bars`. `opposite` is
    what there is to see through the lens on the other side. `units_of` is the hidden unit that is shown of each side,
    from 0, None for the one that counts most.
    """

    comparison: Comparison
    which: int
    at: Position
    begun: bool = True
    focused: bool = False
    framed: bool = True
    words: bool = False
    bars: bool = False
    opposite: Measurement | None = None
    units_of: tuple[int | None, int | None] = (None, None)

    def titled(self, text: str) -> str:
        """The title of a panel that each side has, told from that of the other side: "A · Answer"."""
        return f"{SIDES[self.which]} · {text}"

    def titled_phase(self, phase: Phase) -> Phase:
        """The phase under such a heading: "A · 3 Check"."""
        return replace(phase, title=self.titled(phase.heading), operation=None)

    def progress(self, phase: Phase) -> int:
        """Tell whether a phase is done, at work or to come (see View), under its own heading or one with a side."""
        return super().progress(next(own for own in self.model.phases if own.name == phase.name))

    @property
    def scaled_with(self) -> tuple[Trace, ...]:
        """Both sides: their bars can be compared; this one alone where one is in a lane and the other above them."""
        both = self.comparison.traces
        in_lanes = [trace.model.floor.layer is not None for trace in (self.trace, *both)]
        return both if len(set(in_lanes)) == 1 else (self.trace,)

    def computed(self, floor: int, phase: int) -> range:
        """See `View.computed`: what this side has computed by now in lockstep with the other."""
        return self.comparison.order.computed(self.which, self.at, floor, phase)

    @property
    def waits(self) -> bool:
        """True where this side has no word in the current column, or nothing to do on this level."""
        return self.comparison.order.waits(self.which, self.at) is not None

    def token(self, column: int) -> Token | None:
        """The word of this side in a column."""
        t = self.comparison.columns[column][self.which]
        return None if t is None else self.trace.tokens[t]

    def known(self, name: str, column: int) -> int | None:
        """The timestep of a column, where its value `name` has been computed by now; else None."""
        t = self.comparison.columns[column][self.which]
        return t if t is not None and self.knows(name, t) else None

    def settled(self, name: str, column: int) -> bool:
        """Tell whether both sides have computed the value `name` of a column, as far as they have a word there."""
        return all(
            t is None or t in self.comparison.known(which, name, self.at)  # a side that waits holds nothing back
            for which, t in enumerate(self.comparison.columns[column])
        )


@dataclass(frozen=True)
class Grid:
    """The columns and their cells: the same for both sides and for the rows between them."""

    first: int
    count: int
    total: int
    name_width: int
    cell: int

    @property
    def columns(self) -> range:
        """The columns that are visible."""
        return range(self.first, self.first + self.count)

    @property
    def figures(self) -> bool:
        """True where numbers fit into a cell."""
        return self.cell >= FIGURES

    @property
    def gap(self) -> int:
        """The cells between two columns: none where they are narrow."""
        return 1 if self.cell > 3 else 0

    def column_at(self, x: int) -> int | None:
        """The column that covers a cell of a row, or None."""
        index = (x - self.name_width) // self.cell
        return self.first + index if x >= self.name_width and 0 <= index < self.count else None


def grid(side: Side, width: int) -> Grid:
    """The columns that fit into `width` cells, the current one among them."""
    name_width, total = names_width(side.comparison), len(side.comparison)
    room = max(1, width - name_width)
    cell = min(MOST, max(least_cell(side.comparison), room // total))
    count = max(1, min(total, room // cell))
    first = max(0, min(side.at.t + 1 - max(1, count * 2 // 3), total - count))
    return Grid(first, count, total, name_width, cell)


@lru_cache(maxsize=4)
def least_cell(comparison: Comparison) -> int:
    """The least cells in which the words of a column can be told apart; from FIGURES on they scroll instead."""
    tokens = (token for trace in comparison.traces for token in trace.tokens)
    return max(LEAST, min(FIGURES, 1 + max(cell_len(printable(token.surface)) for token in tokens)))


@lru_cache(maxsize=4)
def names_width(comparison: Comparison) -> int:
    """The cells in front of the columns, for the names of both sides' units and of a label."""
    labels = max(cell_len(printable(label)) for trace in comparison.traces for label in trace.model.labels)
    units = (View(trace, Scene(Reading("", ""))).label_width for trace in comparison.traces)
    return 2 + max(len(ANSWER), min(labels, LONGEST_NAME), *units)
