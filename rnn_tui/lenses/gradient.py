"""The gradient lens: how much a small change of the memory after word t would still change at the end.

The chain rule backward through time (Pascanu, Mikolov & Bengio, 2013, "On the difficulty of training recurrent neural
networks"): ∂s_T/∂s_t is the product of the single factors ∂s_{t+1}/∂s_t, where s is h, or for LSTM h and c stacked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.spectral import leading, spectral_norm
from rnn_tui.lenses.stepping import doubled
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.holding import jacobian_held
from rnn_tui.network.trace import Trace

VANISHES, EXPLODES = 1e-3, 1e3


@dataclass(frozen=True, eq=False)
class Gradient:
    """The size of every factor and of every product of factors, as spectral norms (the largest singular value).

    `log10_norm` is finite where `norm` has become 0 or infinite; it is −∞ where the product is exactly 0. `kept` says
    where the loss comes from: for each word what its step lets through on average (the squash's slope of an Elman
    cell, 1 − h² for tanh; z of a GRU, f of an LSTM).
    """

    norm: Array  # (T,), of ∂s_T/∂s_t; the last is 1
    log10_norm: Array  # (T,)
    factor: Array  # (T − 1,), of ∂s_{t+1}/∂s_t
    kept: Array  # (T,)
    spectral_radius: float | None  # of weight_hh, for Elman

    def __post_init__(self) -> None:
        for name in ("norm", "log10_norm", "factor", "kept"):
            object.__setattr__(self, name, frozen(getattr(self, name)))


def gradient(trace: Trace, progress: Progress = quiet) -> Gradient:
    """Walk backward from the last word to the first."""
    trace = doubled(trace)
    length = len(trace)
    size = len(trace.initial) * trace.model.hidden_size
    factor, log10_norm = np.zeros(length - 1), np.zeros(length)
    product, scale = np.eye(size), 0.0  # the product is kept near 1, and its size in powers of 10 apart
    direction = np.full(size, size**-0.5)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for t in range(length - 2, -1, -1):
            jacobian = jacobian_of(trace, t + 1)
            factor[t] = spectral_norm(jacobian)
            progress((length - 1.5 - t) / (length - 1))  # with many units a step takes a while
            product = product @ jacobian
            of_product, direction = leading(product, direction)
            log10_norm[t] = scale + np.log10(of_product)
            if of_product > 0 and math.isfinite(of_product):
                product /= of_product
                scale = log10_norm[t]
            progress((length - 1 - t) / (length - 1))
        norm = 10.0**log10_norm
    progress(1.0)
    return Gradient(norm, log10_norm, factor, _kept(trace), _spectral_radius(trace))


def compute(trace: Trace, asked: Question, progress: Progress) -> Gradient:
    """Answer a question to this lens; it depends on the trace alone."""
    return gradient(trace, progress)


def to_json(measured: Gradient) -> dict[str, Any]:
    """The lens's fields."""
    return {
        "norm": measured.norm.tolist(),
        "log10_norm": measured.log10_norm.tolist(),
        "factor": measured.factor.tolist(),
        "kept": measured.kept.tolist(),
        "spectral_radius": measured.spectral_radius,
    }


def jacobian_of(trace: Trace, t: int) -> Array:
    """∂s_t/∂s_{t−1} of a trace in float64: (hidden_size, hidden_size), for LSTM twice that, [h; c] by [h; c]."""
    lane, held = trace.layers[0].forward, trace.tokens[t].held
    values, state = lane.at(t), tuple(lane.before(t).values())
    if held:
        return jacobian_held(lane.cell, values, values["ih"], state, held)
    return lane.cell.jacobian(values, state)


def _kept(trace: Trace) -> Array:
    """Return the share that each step lets through on average, (T,)."""
    lane = trace.layers[0].forward
    kept = lane.cell.kept(lane.values, lane.all_before())
    for t, token in enumerate(trace.tokens):
        held = [one.unit for one in token.held if one.name == lane.cell.state_names[-1]]
        if held:  # nothing of what was there stays
            kept = kept.copy()
            kept[t, held] = 0
    share: Array = kept.mean(axis=1, dtype=np.float64)
    return share


def _spectral_radius(trace: Trace) -> float | None:
    """The largest |eigenvalue| of weight_hh, where all that is remembered is multiplied by it; None with gates."""
    cell = trace.model.cell
    return None if cell.gates else float(np.abs(np.linalg.eigvals(cell.weight_hh)).max())
