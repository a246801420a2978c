"""The network in float64, many sequences side by side: what the lenses run again and again.

One row is one sequence. A step returns the new state and nothing between, since a lens asks for nothing between.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from rnn_tui.network.arrays import Array, softmax
from rnn_tui.network.cells import State
from rnn_tui.network.held import Held
from rnn_tui.network.holding import advance_held
from rnn_tui.network.model import Model
from rnn_tui.network.precision import in_float64
from rnn_tui.network.readouts import Attention
from rnn_tui.network.trace import Trace, run


@lru_cache(maxsize=4)
def doubled(trace: Trace) -> Trace:
    """The same recording in double precision, computed anew from the same tokens and the same first state."""
    model = in_float64(trace.model)
    state = tuple(trace.initial[name].astype(np.float64) for name in model.cell.state_names)
    return run(model, trace.tokens, state)


def step(model: Model, ih: Array, state: State, held: Sequence[Held] = ()) -> State:
    """One timestep of B sequences.

    `ih` is (B, gates · hidden_size), weight_ih·x + bias_ih; or (gates · hidden_size,) where all read the same. `state`
    is (h,) or (h, c), each (B, hidden_size), and so is what comes back (see `Cell.advance`). `held` are the values that
    are held at this timestep.
    """
    if held:
        return advance_held(model.cell, ih, state, held)
    return model.cell.advance(ih, state)


def probabilities(model: Model, h: Array) -> Array:
    """The answers (B, output_size) of the readouts `last` and `each` from hidden states (B, hidden_size).

    With the attention readout, `h` is what fc reads: the weighted sum of the hidden states (`Readout.read`).
    """
    return softmax(h @ model.readout.weight.T + model.readout.bias)


def attends(model: Model) -> bool:
    """Return True where the answer looks back over all hidden states, so that a run must keep them."""
    return isinstance(model.readout, Attention)
