"""A Pair: two scenes in lockstep, as they were asked for, and nothing that was computed.

Its text form is the command line that opens it, as a Scene's is.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rnn_tui.network.errors import UserError
from rnn_tui.quoting import sentence_arguments
from rnn_tui.scene import Position, Scene

if TYPE_CHECKING:
    from rnn_tui.comparison import Comparison

START = Position()
SIDES = ("A", "B")


@dataclass(frozen=True)
class Pair:
    """Two scenes, the one place that both have come to (a column and a stage), and which of them is in focus."""

    scenes: tuple[Scene, Scene]
    place: Position = START
    focus: int = 0

    @property
    def hidden(self) -> bool:
        """Whether the answers are covered until the class has guessed."""
        return self.scenes[0].hidden

    @property
    def lens(self) -> str | None:
        """The lens through which both are seen."""
        return self.scenes[0].lens

    def both(self, a: Scene, b: Scene) -> Pair:
        """The same place with these scenes."""
        return replace(self, scenes=(a, b))

    def at(self, place: Position) -> Pair:
        """The same scenes at another place."""
        return replace(self, place=place)

    def to_text(self, comparison: Comparison) -> str:
        """The arguments of `rnn-tui compare` that open this pair: -m … -m … -s … --at 3:add.

        What a scene has and a comparison doesn't show (its arithmetic, the panel of what-ifs) is not in it.
        """
        a, b = self.scenes
        differ = bool(a.edits or b.edits or a.model != b.model)
        arguments = ["-m", a.model, *(["-m", b.model] if a.model != b.model else [])]
        for text in [a.text] if differ and a.text == b.text else [a.text, b.text]:
            arguments += sentence_arguments(text)
        for option, scene in (("--edit-a", a), ("--edit", b)):
            for edit in scene.edits:
                arguments += [option, edit.to_text()]
        arguments += ["--at", f"{self.place.t + 1}:{comparison.stage_name(self.place.phase)}"]
        for unit in dict.fromkeys((a.unit, b.unit)) if a.unit or b.unit else ():
            arguments += ["--unit", str(unit + 1)]
        arguments += ["--side", SIDES[self.focus]] if self.focus else []
        arguments += ["--lens", self.lens] if self.lens else []
        flags = {"--notation": a.notation, "--hide": self.hidden}
        return shlex.join(arguments + [flag for flag, on in flags.items() if on])


def parse_place(at: str | None, comparison: Comparison) -> Position:
    """The place that "3:add", "3" or None (the start) names; raises UserError where there is no such place."""
    if at is None:
        return START
    column, _, phase = at.partition(":")
    stages = comparison.stages_by_name
    if not (column.isascii() and column.isdigit()):
        raise UserError(f"--at {at}: expected WORD:PHASE, such as 1:{comparison.stage_name(1)} (columns count from 1)")
    if not 1 <= int(column) <= len(comparison):
        raise UserError(f"--at {at}: the comparison has {len(comparison)} columns, so 1 to {len(comparison)}")
    if phase and phase not in stages:
        raise UserError(f"--at {at}: no phase is called “{phase}”; these networks have {', '.join(stages)}")
    return Position(int(column) - 1, stages[phase] if phase else 0)
