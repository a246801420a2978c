"""A Pair: two readings in lockstep and one way of showing both, and nothing that was computed.

Its text form is the command line that opens it, as a Scene's is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rnn_tui.lenses import follows_phases
from rnn_tui.network.errors import UserError
from rnn_tui.quoting import sentence_arguments
from rnn_tui.scene import Position, Reading, Scene, Showing
from rnn_tui.scene_text import lane_options
from rnn_tui.text import LONGEST_CITED, cited, clipped, counted

if TYPE_CHECKING:
    from rnn_tui.comparison import Comparison
    from rnn_tui.lockstep import Lockstep

SIDES = ("A", "B")


@dataclass(frozen=True)
class Pair(Showing):
    """Two readings in lockstep.

    The position's `t` is a column of the comparison and its `phase` a stage. `units` are the picked hidden units of A
    and of B, from 0; until one is picked it is None, and the one that counts most for the answer is shown (`unit_in`).
    `focus` is the side (0 or 1) that the keys of one side mean.
    """

    a: Reading
    b: Reading
    units: tuple[int | None, int | None] = (None, None)
    focus: int = 0

    @property
    def readings(self) -> tuple[Reading, Reading]:
        """The readings of A and of B."""
        return self.a, self.b

    @property
    def reading(self) -> Reading:
        """The reading of the side in focus."""
        return self.readings[self.focus]

    @property
    def steps_by_word(self) -> bool:
        """Through a lens there are no phases to see, but for one that draws them."""
        return self.lens is not None and not follows_phases(self.lens)

    def with_reading(self, reading: Reading) -> Pair:
        """Another reading on the side in focus, with no unit picked where the model is another."""
        readings, units = list(self.readings), list(self.units)
        if reading.model != readings[self.focus].model:
            units[self.focus] = None
        readings[self.focus] = reading
        return replace(self, a=readings[0], b=readings[1], units=(units[0], units[1]))

    def swapped(self) -> Pair:
        """B on the side of A and A on the side of B; the reading in focus stays in focus."""
        return replace(self, a=self.b, b=self.a, units=(self.units[1], self.units[0]), focus=1 - self.focus)

    def scene(self, side: int, position: Position) -> Scene:
        """One side (0 or 1) as a scene of its own, at a position of its own trace."""
        return Scene(
            self.readings[side],
            unit=self.units[side],
            position=position,
            notation=self.notation,
            hidden=self.hidden,
            lens=self.lens,
        )

    def unit_in(self, side: int, comparison: Comparison) -> int:
        """The unit that is shown of a side: the picked one, or the one that counts most for the answer.

        Where both have the same units it is on both sides the same one, so that they can be compared: that which is
        picked on the other side, or the one that counts most in A.
        """
        comparison = comparison.on(self.position.floor)
        picked = self.units[side]
        if picked is None and comparison.same_units:
            picked = self.units[1 - side]
        if picked is not None and picked < comparison.traces[side].model.hidden_size:
            return picked
        from rnn_tui.network.votes import units_by_vote  # only where there are traces: a pair needs no NumPy

        return units_by_vote(comparison.traces[0 if comparison.same_units else side])[0]

    def fitted(self, comparison: Comparison) -> Pair:
        """The same pair with position and units inside what there is."""
        position = comparison.order.fitted(self.position)
        sizes = (trace.model.hidden_size for trace in comparison.on(position.floor).traces)
        a, b = (None if unit is None else min(unit, size - 1) for unit, size in zip(self.units, sizes, strict=True))
        return replace(self, position=position, units=(a, b))

    def to_arguments(self, comparison: Comparison) -> list[str]:
        """The arguments of `rnn-tui compare` that open this pair: -m … -m … -s … --at 3:add."""
        a, b = self.readings
        differ = bool(a.edits or b.edits or a.model != b.model or a.epoch != b.epoch)
        arguments = ["-m", a.model, *(["-m", b.model] if a.model != b.model else [])]
        for epoch in dict.fromkeys((a.epoch, b.epoch)) if (a.epoch, b.epoch) != (None, None) else ():
            arguments += ["--epoch", "final" if epoch is None else str(epoch)]
        for text in [a.text] if differ and a.text == b.text else [a.text, b.text]:
            arguments += sentence_arguments(text)
        for option, reading in (("--edit-a", a), ("--edit", b)):
            for edit in reading.edits:
                arguments += [option, edit.to_text()]
        arguments += position_arguments(self.position, comparison)
        picked = any(unit is not None for unit in self.units)
        units = dict.fromkeys(self.unit_in(side, comparison) for side in range(len(SIDES))) if picked else ()
        for unit in units:
            arguments += ["--unit", str(unit + 1)]
        arguments += ["--side", SIDES[self.focus]] if self.focus else []
        arguments += ["--lens", self.lens] if self.lens else []
        flags = {"--notation": self.notation, "--hide": self.hidden}
        return arguments + [flag for flag, on in flags.items() if on]


def position_arguments(at: Position, comparison: Comparison) -> list[str]:
    """The arguments that name a position: --at 3:add, and the lane where it isn't the lowest that reads forward."""
    level = comparison.order.levels[at.floor]
    arguments = ["--at", f"{at.t + 1}:{level.names[at.phase]}"]
    return [*arguments, *(lane_options(level.lane[0], backward=level.lane[1]) if level.lane else [])]


def parse_column(
    at: str | None, comparison: Comparison, layer: int | None = None, direction: str | None = None
) -> Position:
    """The position that "3:add", "3" or None (the start) names, in lanes by their layer (from 1) and direction.

    Raises UserError where there is no such one.
    """
    order = comparison.order
    lane = _lane(order, layer, direction)
    if at is None:
        return order.first(lane)
    column, _, phase = at.partition(":")
    stages = order.stages_by_name(lane)
    shown = clipped(at, LONGEST_CITED)
    if not (column.isascii() and column.isdigit()):
        raise UserError(
            f"--at {shown}: expected WORD:PHASE, such as 1:{order.levels[0].names[1]} (columns count from 1)"
        )
    t = counted(column, len(comparison))
    if t is None:
        raise UserError(f"--at {shown}: the comparison has {len(comparison)} columns, so 1 to {len(comparison)}")
    if phase and phase not in stages:
        raise UserError(f"--at {shown}: no phase is called {cited(phase)}; these networks have {', '.join(stages)}")
    stage, level = stages[phase] if phase else (0, lane)
    if not order.has(t, level):
        last = f"{len(comparison)}:{phase}"
        raise UserError(f"--at {shown}: it comes after the last column alone, when all is read; give {last}")
    return Position(t, stage, level)


def _lane(order: Lockstep, layer: int | None, direction: str | None) -> int:
    """The level of the lanes of a layer (from 1) and a direction; raises UserError where neither side has them."""
    layer = 1 if layer is None else layer
    lanes = {level.lane: level.index for level in reversed(order.levels) if level.lane is not None}
    backward = direction == "backward"
    if (layer - 1, backward) in lanes:
        return lanes[layer - 1, backward]
    layers = 1 + max(index for index, _ in lanes)
    if not 1 <= layer <= layers:
        among = f"1 to {layers}" if layers > 1 else "only 1"
        raise UserError(f"--layer {layer}: there is no such layer; the networks have {among}")
    raise UserError(f"--direction backward: layer {layer} reads forward alone in both networks")
