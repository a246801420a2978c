"""The numbers that are computed for a scene."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rnn_tui.network.model import Model
from rnn_tui.network.order import Order
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces


@dataclass(frozen=True, eq=False)
class Computed:
    """The trace of a scene's reading.

    With edits in force, `before` is the trace without them, and `origins` says for each word which one it was there, or
    None for a new one. `traces` computes others, where a key needs them.
    """

    trace: Trace
    before: Trace | None
    origins: tuple[int | None, ...]
    traces: Traces

    @property
    def model(self) -> Model:
        """The network as it is read, with its edits."""
        return self.trace.model

    @property
    def unedited(self) -> Model:
        """The network without its edits."""
        return (self.before or self.trace).model

    def seen(self, scene: Scene) -> Computed:
        """The part of it that may be seen: while a question is open nothing that is covered or still to come."""
        return self.so_far(scene.position, answers=not scene.covered) if scene.asking else self

    def so_far(self, position: Position, *, answers: bool = False) -> Computed:
        """The part of it that has been computed at a position; the answers, too, where they are asked for."""
        if (position, answers) not in self._so_far:
            from rnn_tui.network.sofar import so_far  # only where somebody asks: start-up time is a feature

            cut = so_far(self.trace, position, answers=answers)
            self._so_far.clear()
            self._so_far[position, answers] = Computed(cut, None, (), self.traces)
        return self._so_far[position, answers]

    @cached_property
    def _so_far(self) -> dict[tuple[Position, bool], Computed]:
        """The part at the last position that was asked for: it is drawn again and again."""
        return {}

    @property
    def order(self) -> Order:
        """The order in which it is walked through."""
        return self.trace.order

    def __len__(self) -> int:
        return len(self.trace)


def computed(reading: Reading, traces: Traces) -> Computed:
    """Compute what is shown of a reading; raises UserError where it can't be had."""
    trace = traces.trace(reading)
    if not reading.edits:
        return Computed(trace, None, (), traces)
    from rnn_tui.edits import origins  # only where something is edited: start-up time is a feature

    before = traces.trace(reading.unedited)
    return Computed(trace, before, origins(len(before), reading.edits), traces)
