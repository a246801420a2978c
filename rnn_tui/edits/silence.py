"""A silenced hidden unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_tui.edits.edit import Form, WeightEdit
from rnn_tui.edits.lane import GROUND, Lane, split
from rnn_tui.edits.parts import index
from rnn_tui.text import LONGEST_WORD, clipped

if TYPE_CHECKING:
    from rnn_tui.network.model import Model


@dataclass(frozen=True)
class Silence(WeightEdit):
    """A hidden unit (from 0) of a lane is held at 0 at every step, whatever else is set."""

    unit: int
    lane: Lane = GROUND
    last: ClassVar[bool] = True

    def to_text(self) -> str:
        """The form that `parse_edit` reads."""
        return f"silence {self.unit + 1}{self.lane.text}"

    def told(self, model: Model) -> str:
        """The edit in a few words: "verb silenced"."""
        seen = self.lane.seen(model, self.to_text())
        return f"{clipped(seen.unit_name(self.unit), LONGEST_WORD)}{self.lane.told(model)} silenced"

    def changed(self, model: Model) -> Model:
        """The model with that unit held at 0; raises InputError where there is no such unit."""
        from rnn_tui.network.changes import silenced

        self.lane.seen(model, self.to_text())
        return silenced(model, [self.unit], self.lane.layer, backward=self.lane.backward)


def parse(text: str) -> Silence:
    """The edit that stands behind "silence"."""
    unit, lane = split(text)
    return Silence(index(unit), lane)


FORM = Form("silence", "silence 3", "the third hidden unit is held at 0 at every step", Silence, parse)
