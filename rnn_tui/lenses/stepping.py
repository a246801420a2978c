"""The network in float64, many sequences side by side: what the lenses run again and again.

One row is one sequence. A step returns the new state and nothing between, since a lens asks for nothing between.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import State
from rnn_tui.network.heads import outputs
from rnn_tui.network.held import Held
from rnn_tui.network.holding import advance_held
from rnn_tui.network.model import Model
from rnn_tui.network.precision import in_float64
from rnn_tui.network.trace import Trace, run


@lru_cache(maxsize=4)
def doubled(trace: Trace) -> Trace:
    """The same recording in double precision, computed anew from the same tokens and the same first state.

    It is seen on the lowest floor, whatever floor `trace` is seen on.
    """
    if trace.model.at_floor:
        return doubled(trace.on(0))
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


def probabilities(model: Model, handed: Array) -> Array:
    """The answers (B, output_size) of head and output nodes to what a readout hands on, (B, n).

    Probabilities, or numbers in their units where the output is numbers.
    """
    return model.output.answers(outputs(model.head, model.fc, handed))


def label_logits(model: Model, read: Array, label: int) -> tuple[Array, Array]:
    """The logit of a label (from 0), (B,), of what fc reads, (B, n), and its gradient by that, (n,).

    Where one node says yes or no, the logit of no is that of yes with the other sign.
    """
    vote = model.output.vote(label)
    weight = vote.sign * model.fc.weight[vote.row]
    logits: Array = read @ weight + vote.sign * model.fc.bias[vote.row]
    return logits, weight
