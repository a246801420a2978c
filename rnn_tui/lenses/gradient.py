"""The gradient lens: how much a small change of the memory after word t would still change at the end.

The chain rule backward through time (Pascanu, Mikolov & Bengio, 2013, "On the difficulty of training recurrent neural
networks"): ∂s_T/∂s_t is the product of the single factors ∂s_{t+1}/∂s_t, where s is h, or for LSTM h and c stacked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.lenses.jacobians import LaneWalk, StackWalk, Walked
from rnn_tui.lenses.lanes import ONE_LANE, Looked, looked_at
from rnn_tui.lenses.progress import Progress, quiet
from rnn_tui.lenses.record import Question
from rnn_tui.lenses.spectral import leading, spectral_norm
from rnn_tui.lenses.stepping import doubled
from rnn_tui.network.arrays import Array, frozen
from rnn_tui.network.trace import Trace

VANISHES, EXPLODES = 1e-3, 1e3


@dataclass(frozen=True, eq=False)
class Gradient:
    """The size of every factor and of every product of factors, as spectral norms (the largest singular value).

    `log10_norm` is finite where `norm` has become 0 or infinite; it is −∞ where the product is exactly 0. `kept` says
    where the loss comes from: for each word what its step lets through on average (the squash's slope of an Elman
    cell, 1 − h² for tanh; z of a GRU, f of an LSTM). `looked` is the lane whose state it is, with its input held fixed;
    in a stack that reads forward it is that of all layers. A lane that reads backward ends at the first word: there its
    norm is 1, and `factor[t]` is of ∂s_t/∂s_{t+1}.
    """

    norm: Array  # (T,), of ∂s_T/∂s_t; the last is 1
    log10_norm: Array  # (T,)
    factor: Array  # (T − 1,), of ∂s_{t+1}/∂s_t
    kept: Array  # (T,)
    spectral_radius: float | None  # of weight_hh, for Elman; the largest of all layers that were looked at
    looked: Looked = ONE_LANE

    def __post_init__(self) -> None:
        for name in ("norm", "log10_norm", "factor", "kept"):
            object.__setattr__(self, name, frozen(getattr(self, name)))

    @property
    def backward(self) -> bool:
        """True where the lane reads from the last word to the first, so that the way back goes on in the sentence."""
        return bool(self.looked.backward)

    @property
    def end(self) -> int:
        """The word that is read last, at which the way back starts, from 0."""
        return 0 if self.backward else len(self.norm) - 1

    @property
    def first(self) -> int:
        """The word that is read first, at which the way back ends, from 0."""
        return len(self.norm) - 1 - self.end

    def next(self, t: int) -> int:
        """The word that is read after another: the way back comes from there."""
        return t - 1 if self.backward else t + 1

    def step(self, t: int) -> int:
        """The index in `factor` of the step on the way back that leads to a word, which is not the one read last."""
        return t - 1 if self.backward else t

    def steps_since(self, t: int) -> Array:
        """The factors of all steps from the word that is read last back to a word."""
        return self.factor[:t] if self.backward else self.factor[t:]


def gradient(trace: Trace, progress: Progress = quiet, layer: int | None = None, *, backward: bool = False) -> Gradient:
    """Walk backward from the word that is read last to the first one.

    The state is that of all layers; where any layer reads in both directions it is that of one lane, of a `layer` (from
    0; None is the top one), which reads forward or `backward`. Raises InputError where there is no such lane.
    """
    looked = looked_at(trace, layer, backward=backward)
    trace = doubled(trace)
    walked: Walked
    if looked != ONE_LANE and not trace.model.two_way:
        looked, walked = ONE_LANE, StackWalk(trace)
    else:
        walked = LaneWalk(trace, looked)
    factor, log10_norm = _walk(walked, len(trace), progress)
    kept = walked.kept()
    if looked.backward:
        factor, log10_norm = factor[::-1], log10_norm[::-1]
    with np.errstate(over="ignore"):
        norm = 10.0**log10_norm
    return Gradient(norm, log10_norm, factor, kept, walked.spectral_radius(), looked)


def _walk(walked: Walked, length: int, progress: Progress) -> tuple[Array, Array]:
    """The factors (T − 1,) and the powers of ten of the products (T,), in the order in which the words are read."""
    factor, log10_norm = np.zeros(length - 1), np.zeros(length)
    product, scale = np.eye(walked.size), 0.0  # the product is kept near 1, and its size in powers of 10 apart
    direction = np.full(walked.size, walked.size**-0.5)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for t in range(length - 2, -1, -1):
            jacobian = walked.jacobian(t + 1)
            factor[t] = spectral_norm(jacobian)
            progress((length - 1.5 - t) / (length - 1))  # with many units a step takes a while
            product = product @ jacobian
            of_product, direction = leading(product, direction)
            log10_norm[t] = scale + np.log10(of_product)
            if of_product > 0 and math.isfinite(of_product):
                product /= of_product
                scale = log10_norm[t]
            progress((length - 1 - t) / (length - 1))
    progress(1.0)
    return factor, log10_norm


def compute(trace: Trace, asked: Question, progress: Progress) -> Gradient:
    """Answer a question to this lens, about the lane that it names."""
    return gradient(trace, progress, asked.layer, backward=bool(asked.backward))


def to_json(measured: Gradient) -> dict[str, Any]:
    """The lens's fields."""
    return {
        **measured.looked.fields(),
        "norm": measured.norm.tolist(),
        "log10_norm": measured.log10_norm.tolist(),
        "factor": measured.factor.tolist(),
        "kept": measured.kept.tolist(),
        "spectral_radius": measured.spectral_radius,
    }
