"""The readouts, which hand on something of the hidden states to the output nodes: one file a kind."""

from __future__ import annotations

from collections.abc import Mapping

from rnn_tui.network.readouts.attention import Attention
from rnn_tui.network.readouts.last import Each, Last, LastStep
from rnn_tui.network.readouts.pooling import Max, Mean
from rnn_tui.network.readouts.readout import Readout

__all__ = ["READOUTS", "Attention", "Each", "Last", "LastStep", "Max", "Mean", "Readout"]

READOUTS: Mapping[str, type[Readout]] = {
    readout.kind: readout for readout in (Last, Each, Mean, Max, Attention, LastStep)
}
"""Every readout by its kind, as the model file names it."""
