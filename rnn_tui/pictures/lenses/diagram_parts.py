"""The parts of the diagram, which phase each of them stands for, and the numbers of the picked unit that are known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len
from rich.style import Style

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.gates import Gate
from rnn_tui.network.cells.phases import (
    GatesTable,
    MemoryTable,
    PartsTable,
    Phase,
    PoolTable,
    ProductsTable,
    VotesTable,
)
from rnn_tui.network.model import Model
from rnn_tui.network.phases import READ
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.naming import gate_head, value_head
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.picks import PhasePick, Pick, WordPick
from rnn_tui.pictures.view import View
from rnn_tui.text import LONGEST_WORD, WIDEST_NUMBER, clipped, number, percent, unsigned

WORD, INPUT, MEMORY, LONG, CELL, POOL, HEAD, ANSWER = (
    "word", "input", "memory", "long", "cell", "pool", "head", "answer",
)  # fmt: skip
"""The word, the arrow from it, the arrows of the memory and of a second one, the cell, and what comes above it."""
DONE, LIT, TO_COME = -1, 0, 1
HELD = "≠"
HEAVY, ROUND = ("┏", "┓", "┗", "┛"), ("╭", "╮", "╰", "╯")
BOLD = Style(bold=True)


class Pen(NamedTuple):
    """The characters and the style of a line: across, upright, and the four corners of a box."""

    across: str
    up: str
    corners: tuple[str, str, str, str]
    style: Style


def part_of(model: Model, phase: Phase) -> str:
    """The part of the diagram that is at work in a phase."""
    if phase.name in (READ.name, HEAD):
        return WORD if phase.name == READ.name else HEAD
    if isinstance(phase.table, PartsTable):
        return LONG if len(model.cell.state_names) > 1 else CELL
    return next((part for tables, part in _PARTS if isinstance(phase.table, tables)), CELL)


_PARTS = (
    (ProductsTable, INPUT),
    ((MemoryTable, GatesTable), MEMORY),
    (PoolTable, POOL),
    (VotesTable, ANSWER),
)


@lru_cache(maxsize=4)
def parts_of(model: Model) -> tuple[str, ...]:
    """The part that is at work in each phase of a model."""
    return tuple(part_of(model, phase) for phase in model.phases)


def cut_off(model: Model) -> bool:
    """True where no number comes back over the memory's arrow: the weights that read it are all 0."""
    cell = model.cell
    return not cell.weight_hh.any() and (not cell.gates or len(cell.state_names) > 1)


@dataclass(frozen=True, eq=False)
class Live:
    """A view of the network as a diagram: what is done, lit and to come, and the picked unit's numbers so far."""

    view: View
    palette: Palette

    @property
    def model(self) -> Model:
        """The network."""
        return self.view.model

    @property
    def trace(self) -> Trace:
        """All that it computed."""
        return self.view.trace

    @property
    def backward(self) -> bool:
        """True where the lane reads from the last word to the first, so that its arrows lead to the left."""
        return self.model.floor.backward

    @property
    def answers(self) -> bool:
        """True where the answer is made on this floor; else it hands up what it is."""
        return self.model.floor.answers

    @property
    def notation(self) -> bool:
        """True where symbols stand in place of words."""
        return self.view.scene.notation

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The part that is at work in each phase."""
        return parts_of(self.model)

    def state(self, part: str, t: int) -> int:
        """Tell whether a part of the diagram at timestep t is done, lit or to come."""
        if t != self.view.t:
            earlier = t > self.view.t if self.backward else t < self.view.t
            return DONE if earlier else TO_COME
        now = self.view.scene.position.phase
        if part not in self.parts:  # no phase has it for its own: it is done with the cell
            part = CELL if CELL in self.parts else WORD
        if self.parts[now] == part:
            return LIT
        return DONE if self.parts.index(part) < now else TO_COME

    def pen(self, state: int) -> Pen:
        """The lines of what is done, lit or to come; they differ without colours, too."""
        if state == LIT:
            return Pen("━", "┃", HEAVY, self.palette.frame_now)
        if state == DONE:
            return Pen("─", "│", ROUND, self.palette.frame)
        return Pen("┄", "┊", ROUND, self.palette.faint)

    def pick(self, part: str, t: int) -> Pick:
        """The phase of a part at a word; the word itself where no phase has it for its own."""
        return PhasePick(self.parts.index(part), t) if part in self.parts else WordPick(t)

    # Numbers

    def value(self, name: str, t: int, gate: str = "") -> float:
        """The picked unit's number in a value of timestep t."""
        values = self.trace.values[name][t]
        return float(self.model.cell.block(values, gate)[self.view.unit])

    def held(self, name: str, t: int) -> str:
        """The mark of a value that is held at a number; "" where it isn't."""
        unit = self.view.unit
        return HELD if any((one.name, one.unit) == (name, unit) for one in self.trace.tokens[t].held) else ""

    def figure(self, name: str, t: int) -> tuple[str, Style]:
        """A value of the cell of the picked unit and its style; nothing where it is not known yet."""
        if not self.view.knows(name, t):
            return "", self.palette.faint
        value = self.value(name, t)
        return self.held(name, t) + number(value), self.signed(value, t)

    def signed(self, value: float, t: int) -> Style:
        """The style of a number by its sign, bold at the current word."""
        style = self.palette.signed(value)
        return style + BOLD if t == self.view.t else style

    def brought(self, t: int) -> tuple[str, Style]:
        """Return what the word brings the unit, ih; nothing where it is not known, or differs from gate to gate."""
        if self.model.cell.gates or not self.view.knows("ih", t):
            return "", self.palette.faint
        value = self.value("ih", t)
        return number(value), self.signed(value, t)

    def remembered(self, t: int) -> float:
        """Return what the memory brings the unit, weight_hh·h_prev, in a cell without gates."""
        with np.errstate(over="ignore", invalid="ignore"):  # huge weights
            return float(self.model.cell.remembered(self.trace.values["hh"][t])[self.view.unit])

    def carried(self, t: int, room: int) -> tuple[str, Style]:
        """Return what comes over the arrow to timestep t, in at most `room` cells: the memory, or how much is kept."""
        keep = self.model.cell.keep_gate
        if keep is None:
            if "hh" not in self.trace.values or not self.view.knows("hh", t):
                return "", self.palette.faint
            value = self.remembered(t)
            return number(value), self.signed(value, t)
        text, style = self.opened(keep, t)
        named = f"{gate_head(self.view, keep)} {text}"
        return (named if text and cell_len(named) <= room else text), style

    def opened(self, gate: Gate, t: int) -> tuple[str, Style]:
        """A gate of the picked unit: "87%", "+0.30" of a new value, "0.87" in notation; nothing where not known."""
        if not self.view.knows(gate.letter, t):
            return "", self.palette.faint
        value, held = self.value(gate.letter, t), self.held(gate.letter, t)
        if gate.signed:
            return held + number(value), self.signed(value, t)
        style = self.palette.text + BOLD if t == self.view.t else self.palette.text
        return held + (unsigned(value) if self.notation or not math.isfinite(value) else percent(value)), style

    # Names

    @property
    def unit_name(self) -> str:
        """The picked unit as it is called: "verb", "unit 3"."""
        return clipped(self.model.unit_name(self.view.unit), LONGEST_WORD)

    @property
    def bias(self) -> str:
        """The bias that is added to memory and word: "bias −0.13"; "" where there is none, or each gate has one."""
        cell = self.model.cell
        if cell.gates or not cell.bias_hh.any():
            return ""
        return f"{'bias_hh' if self.notation else 'bias'} {number(float(cell.bias_hh[self.view.unit]))}"

    def lane_name(self, state: str) -> str:
        """The name of what the cell carries: "memory", "cell", or its letter."""
        return value_head(self.view, state)

    @property
    def lanes(self) -> tuple[str, ...]:
        """The states that the cell carries, from the top of its box down; the hidden state last."""
        return tuple(reversed(self.model.cell.state_names))


@lru_cache(maxsize=4)
def widest(trace: Trace, unit: int) -> tuple[int, int, int]:
    """The most cells of any number of a unit in the whole sentence: in its boxes, and on the arrows into them.

    Those of the arrows from the box before, and those of the arrows from the words.
    """
    cell, held = trace.model.cell, max((len(token.held) for token in trace.tokens), default=0) > 0
    boxes = max(_widest(trace.values[name][:, unit]) for name in cell.state_names) + held
    if cell.gates:
        return boxes, len("100%") + held, 0
    with np.errstate(over="ignore", invalid="ignore"):
        arrows = cell.remembered(trace.values["hh"])[:, unit] if "hh" in trace.values else np.zeros(1)
    return boxes, _widest(arrows), _widest(trace.values["ih"][:, unit])


def _widest(values: Array) -> int:
    """The cells of the widest of some numbers: only the largest and the smallest can be."""
    if not np.isfinite(values).all():
        return WIDEST_NUMBER
    return max(5, *(len(number(float(value))) for value in (values.max(), values.min())))
