"""The pen with which the inside of a cell is drawn at the current word, with the picked unit's numbers."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style

from rnn_tui.pictures.lenses.diagram_board import Board
from rnn_tui.pictures.lenses.diagram_chain import AHEAD, UP
from rnn_tui.pictures.lenses.diagram_parts import TO_COME, Live, Pen
from rnn_tui.pictures.picks import PhasePick, Pick
from rnn_tui.text import clipped, number, quoted

LONGEST_WORD = 10
UNKNOWN = "·"
"""Stands for a number that isn't known yet."""


class Inside:
    """A drawing from cell (x, y) on, `width` cells wide, of what the cell does with the picked unit at this word."""

    def __init__(self, board: Board, live: Live, x: int, y: int, width: int) -> None:
        self.board, self.live = board, live
        self.x, self.y, self.width = x, y, width
        self.t = live.view.t
        word = live.trace.tokens[self.t].surface
        self.word = "x" if live.notation else quoted(clipped(word, LONGEST_WORD))

    def stage(self, name: str) -> int:
        """The index of the phase that brings a value to light."""
        phases = self.live.model.phases
        return next(k for k, phase in enumerate(phases) if name in phase.shows)

    def pen(self, name: str) -> Pen:
        """The lines that lead to a value: done, lit or to come."""
        now, stage = self.live.view.scene.position.phase, self.stage(name)
        return self.live.pen((stage > now) - (stage < now))

    def pick(self, name: str) -> Pick:
        """The phase that brings a value to light."""
        return PhasePick(self.stage(name), self.t)

    def put(self, x: int, y: int, text: str, name: str, style: Style | None = None) -> None:
        """Write a text of the way to a value."""
        self.board.put(self.x + x, self.y + y, text, self.pen(name).style if style is None else style, self.pick(name))

    def across(self, x: int, end: int, y: int, name: str, *, head: bool = False) -> None:
        """A line from cell x up to `end`, that one left out, with a head at its end where it is an arrow."""
        text = self.pen(name).across * max(0, end - x - head) + AHEAD * head
        self.put(x, y, text, name)

    def up(self, x: int, first: int, last: int, name: str, *, head: bool = True) -> None:
        """A line up from row `last` to row `first`, with a head at its end."""
        pen = self.pen(name)
        head = head and pen != self.live.pen(TO_COME)
        for y in range(first, last + 1):
            self.put(x, y, UP if head and y == first else pen.up, name)

    def names(self, *values: str) -> str:
        """The name of a value: that of a gate, or of what the cell carries."""
        return " ".join(self.live.lane_name(value) for value in values)

    def value(self, name: str) -> tuple[str, Style]:
        """A value as it is shown, a dot where it isn't known yet, and its style."""
        gate = next((gate for gate in self.live.model.cell.gates if gate.letter == name), None)
        text, style = self.live.figure(name, self.t) if gate is None else self.live.opened(gate, self.t)
        return text or UNKNOWN, style

    def figure(self, x: int, y: int, name: str, *, middle: bool = False) -> int:
        """The name of a value and its number; gives the cell after them. With `middle` its middle is at cell x."""
        called, (text, style) = self.names(name), self.value(name)
        known = text != UNKNOWN
        x -= (cell_len(called) + 1 + cell_len(text)) // 2 if middle else 0
        self.put(x, y, f"{called} ", name, self.live.palette.text if known else self.live.palette.faint)
        self.put(x + cell_len(called) + 1, y, text, name, style)
        return x + cell_len(called) + 1 + cell_len(text)

    def before(self, y: int, state: str) -> int:
        """Write at the left what is carried into this word; gives the cell after it."""
        value = float(self.live.trace.before(self.t)[state][self.live.view.unit])
        called = f"{state}_prev" if self.live.notation else self.names(state)
        text = number(value)
        palette = self.live.palette
        self.board.put(self.x, self.y + y, f"{called} ", palette.text)
        self.board.put(self.x + len(called) + 1, self.y + y, text, palette.signed(value))
        return len(called) + 1 + len(text) + 1

    def recalled(self, y: int) -> int:
        """The memory of all units, which the weights read, at the left; gives the cell after it."""
        called = "h_prev" if self.live.notation else self.names("h")
        self.board.put(self.x, self.y + y, called, self.live.palette.strong)
        return len(called) + 1

    @property
    def margin(self) -> int:
        """The cells at the left that what is carried in, or the word, may take."""
        names = self.live.model.cell.state_names
        called = (f"{name}_prev" if self.live.notation else self.names(name) for name in names)
        return max(max(map(len, called)) + 8, cell_len(self.word)) + 2
