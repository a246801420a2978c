"""A Pair: two readings in lockstep and one way of showing both, and nothing that was computed.

Its text form is the command line that opens it, as a Scene's is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rnn_tui.network.errors import UserError
from rnn_tui.quoting import sentence_arguments
from rnn_tui.scene import Position, Reading, Scene, Showing

if TYPE_CHECKING:
    from rnn_tui.comparison import Comparison

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
        """Through a lens there are no phases to see."""
        return self.lens is not None

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
        picked = self.units[side]
        if picked is None and comparison.same_units:
            picked = self.units[1 - side]
        if picked is not None:
            return picked
        from rnn_tui.network.votes import units_by_vote  # only where there are traces: a pair needs no NumPy

        return units_by_vote(comparison.traces[0 if comparison.same_units else side])[0]

    def fitted(self, comparison: Comparison) -> Pair:
        """The same pair with position and units inside what there is."""
        last = Position(len(comparison) - 1, comparison.stages - 1)
        position = Position(min(self.position.t, last.t), min(self.position.phase, last.phase))
        sizes = (trace.model.hidden_size for trace in comparison.traces)
        a, b = (None if unit is None else min(unit, size - 1) for unit, size in zip(self.units, sizes, strict=True))
        return replace(self, position=position, units=(a, b))

    def to_arguments(self, comparison: Comparison) -> list[str]:
        """The arguments of `rnn-tui compare` that open this pair: -m … -m … -s … --at 3:add."""
        a, b = self.readings
        differ = bool(a.edits or b.edits or a.model != b.model)
        arguments = ["-m", a.model, *(["-m", b.model] if a.model != b.model else [])]
        for text in [a.text] if differ and a.text == b.text else [a.text, b.text]:
            arguments += sentence_arguments(text)
        for option, reading in (("--edit-a", a), ("--edit", b)):
            for edit in reading.edits:
                arguments += [option, edit.to_text()]
        arguments += ["--at", f"{self.position.t + 1}:{comparison.stage_name(self.position.phase)}"]
        picked = any(unit is not None for unit in self.units)
        units = dict.fromkeys(self.unit_in(side, comparison) for side in range(len(SIDES))) if picked else ()
        for unit in units:
            arguments += ["--unit", str(unit + 1)]
        arguments += ["--side", SIDES[self.focus]] if self.focus else []
        arguments += ["--lens", self.lens] if self.lens else []
        flags = {"--notation": self.notation, "--hide": self.hidden}
        return arguments + [flag for flag, on in flags.items() if on]


def parse_column(at: str | None, comparison: Comparison) -> Position:
    """The column and stage that "3:add", "3" or None (the start) names; raises UserError where there is no such one."""
    if at is None:
        return Position()
    column, _, phase = at.partition(":")
    stages = comparison.stages_by_name
    if not (column.isascii() and column.isdigit()):
        raise UserError(f"--at {at}: expected WORD:PHASE, such as 1:{comparison.stage_name(1)} (columns count from 1)")
    if not 1 <= int(column) <= len(comparison):
        raise UserError(f"--at {at}: the comparison has {len(comparison)} columns, so 1 to {len(comparison)}")
    if phase and phase not in stages:
        raise UserError(f"--at {at}: no phase is called “{phase}”; these networks have {', '.join(stages)}")
    return Position(int(column) - 1, stages[phase] if phase else 0)
