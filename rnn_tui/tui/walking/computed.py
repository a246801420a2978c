"""The numbers that are computed for a scene."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Reading
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

    @property
    def phases(self) -> int:
        """The number of phases of each word."""
        return len(self.trace.model.phases)

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
