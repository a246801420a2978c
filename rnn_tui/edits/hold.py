"""A value in the middle of the network held at a number, at one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.edits.edit import Form, ValueEdit
from rnn_tui.edits.lane import GROUND, Lane, split
from rnn_tui.edits.parts import check_word, finite, index, shortest, shown
from rnn_tui.network.errors import InputError
from rnn_tui.text import LONGEST_WORD, clipped, percent, unsigned

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.tokens import Token

_TYPED = re.compile(r"([^\s\[\]]+)\s*\[([^\[\]]*)\]\s+(\S+)\s+at(?:\s+(.*))?", re.S)


@dataclass(frozen=True)
class Hold(ValueEdit):
    """The value `name` (h, c or a gate's letter) of a hidden unit of a lane is `value` at timestep `t`, both from 0."""

    name: str
    unit: int
    value: float
    t: int
    lane: Lane = GROUND

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"hold {self.name}[{self.unit + 1}] {shortest(self.value)} at {self.t + 1}{self.lane.text}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "unit 3 held at 0.50 at word 2", "the keep gate of unit 3 held at 50% at word 2"."""
        seen = self.lane.seen(model, self.to_text())
        unit = f"{clipped(seen.unit_name(self.unit), LONGEST_WORD)}{self.lane.told(model)}"
        at = unsigned(self.value)
        gate = next((gate for gate in seen.cell.gates if gate.letter == self.name), None)
        if gate is not None:
            at = percent(self.value) if not gate.signed and 0 <= self.value <= 1 else at
            unit = f"{gate.called} of {unit}"
        elif self.name != "h":
            unit = f"the {seen.cell.state_title(self.name)[0].lower()} of {unit}"
        return f"{unit} held at {at} at {model.tokenizer.unit} {self.t + 1}"

    def changed(self, model: Model, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with the value held at one; raises InputError where there is no such value, unit or word."""
        from dataclasses import replace

        import numpy as np

        from rnn_tui.network.held import Held
        from rnn_tui.network.holding import holdable

        seen = self.lane.seen(model, self.to_text())
        named, names, size = f"“{shown(self.to_text())}”", holdable(seen.cell), seen.hidden_size
        if self.name not in names:
            raise InputError(f"{named}: “{model.name}” has no value {self.name} to hold, only {', '.join(names)}")
        if not 0 <= self.unit < size:
            raise InputError(f"{named}: there is no unit {self.unit + 1}; the model has {size}, so 1 to {size}")
        check_word(self.t, len(tokens), self.to_text(), model.tokenizer.unit)
        largest = float(np.finfo(seen.cell.weight_hh.dtype).max)
        if abs(self.value) > largest:
            raise InputError(f"{named}: no value can be so large; the largest is {largest:.1e}")
        new = Held(self.name, self.unit, self.value, self.lane.layer, self.lane.backward)
        held = replace(tokens[self.t], held=(*tokens[self.t].held, new))
        return [*tokens[: self.t], held, *tokens[self.t + 1 :]]


def parse(text: str) -> Hold:
    """The edit that stands behind "hold"."""
    rest, lane = split(text)
    typed = _TYPED.fullmatch(rest.strip())
    if typed is None:
        raise ValueError("it takes a value with its unit in brackets, a number, and “at” with a word")
    name, unit, value, word = typed.groups(default="")
    return Hold(name, index(unit), finite(value), index(word), lane)


FORM = Form(
    "hold",
    "hold h[3] 0.5 at 2",
    "a value of a unit (h, c, or a gate by its letter) at one word, and all that follows from it",
    Hold,
    parse,
)
