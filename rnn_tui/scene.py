"""A Scene: all that was asked for, and nothing that was computed.

Its text form is the command line that opens it, so that a view can be sent to somebody as one line.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rnn_tui.network.errors import UserError
from rnn_tui.quoting import sentence_arguments

if TYPE_CHECKING:
    from rnn_tui.edits import Edit
    from rnn_tui.network.phases import Phase
    from rnn_tui.network.trace import Trace

DEFAULT_TEXT = "Kicking and screaming"


@dataclass(frozen=True, order=True)
class Position:
    """A timestep, from 0, and the phase inside it, as its place among the cell's phases, from 0."""

    t: int = 0
    phase: int = 0


@dataclass(frozen=True)
class Scene:
    """What is on the screen.

    `unit` is the picked hidden unit, from 0. `notation` puts equations beside the words, `arithmetic` opens every
    product of the picked unit, `hidden` covers the answer until the class has guessed. `lens` is one of `lenses.NAMES`,
    and `full` gives it the whole screen. `edits` are the what-ifs in force, in order; `what_if` opens their panel.
    """

    model: str
    text: str
    position: Position = Position()
    unit: int = 0
    notation: bool = False
    arithmetic: bool = False
    hidden: bool = False
    lens: str | None = None
    full: bool = False
    edits: tuple[Edit, ...] = ()
    what_if: bool = False

    def at(self, position: Position) -> Scene:
        """The same scene at another position."""
        return replace(self, position=position)

    def fitted(self, trace: Trace) -> Scene:
        """The same scene with position and unit inside what the trace has."""
        last = Position(len(trace) - 1, len(trace.model.phases) - 1)
        position = Position(min(self.position.t, last.t), min(self.position.phase, last.phase))
        return replace(self, position=position, unit=min(self.unit, trace.model.hidden_size - 1))

    def to_text(self, phases: Sequence[Phase]) -> str:
        """The arguments that open this scene: -m … -s … --at 3:add."""
        arguments = ["-m", self.model, *sentence_arguments(self.text)]
        arguments += ["--at", f"{self.position.t + 1}:{phases[self.position.phase].name}"]
        for edit in self.edits:
            arguments += ["--edit", edit.to_text()]
        arguments += ["--unit", str(self.unit + 1)] if self.unit else []
        arguments += ["--lens", self.lens] if self.lens else []
        flags = {
            "--notation": self.notation,
            "--arithmetic": self.arithmetic,
            "--hide": self.hidden,
            "--full": self.full,
            "--what-if": self.what_if,
        }
        return shlex.join(arguments + [flag for flag, on in flags.items() if on])


def parse_position(at: str | None, trace: Trace) -> Position:
    """The position that "3:add", "3" or None (the start) names; raises UserError where there is no such place."""
    if at is None:
        return Position()
    word, _, phase = at.partition(":")
    names = [known.name for known in trace.model.phases]
    unit = trace.model.tokenizer.unit
    if not (word.isascii() and word.isdigit()):
        raise UserError(f"--at {at}: expected WORD:PHASE, such as 1:{names[1]} (the {unit}s count from 1)")
    if not 1 <= int(word) <= len(trace):
        raise UserError(f"--at {at}: the sentence has {len(trace)} {unit}s, so 1 to {len(trace)}")
    if phase and phase not in names:
        raise UserError(f"--at {at}: no phase is called “{phase}”; this model has {', '.join(names)}")
    return Position(int(word) - 1, names.index(phase) if phase else 0)


def moved(position: Position, by: int, phases: int, length: int) -> Position:
    """`by` phases on (or back), through the words, and no further than the first and the last."""
    place = position.t * phases + position.phase + by
    return Position(*divmod(max(0, min(place, length * phases - 1)), phases))


def word_moved(position: Position, by: int, phases: int, length: int) -> Position:
    """One word on or back, in the same phase; beyond the last word its last phase, before the first its first."""
    t = position.t + by
    if t >= length:
        return Position(length - 1, phases - 1)
    return Position(t, position.phase) if t >= 0 else Position(0, 0)
