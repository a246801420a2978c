"""The readout that looks back at all hidden states, and weighs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnn_tui.network.arrays import Array, softmax
from rnn_tui.network.cells.cell import Asked
from rnn_tui.network.phases import ATTEND, Phase
from rnn_tui.network.readouts.readout import Integers, Readout, Sums


@dataclass(frozen=True, eq=False)
class Attention(Readout):
    """A weighted look back over all hidden states so far, instead of the last alone.

    e_t = attention.weight·h_t + attention.bias; their softmax over the words so far weighs the h_t; `context` is the
    sum. (The scoring of Yang et al., 2016, with one linear layer and no context vector.)
    """

    weight: Array  # (1, hidden_size)
    bias: Array  # (1,)
    kind: ClassVar[str] = "attention"
    title: ClassVar[str] = "attention"
    phases: ClassVar[tuple[Phase, ...]] = (ATTEND,)
    reads: ClassVar[str] = "context"
    called: ClassVar[str] = "mixed"
    PARAMETERS: ClassVar[Mapping[str, str]] = {"attention.weight": "weight", "attention.bias": "bias"}

    @classmethod
    def shapes(cls, hidden_size: int) -> dict[str, tuple[int, ...]]:
        """See `Readout.shapes`."""
        return {"attention.weight": (1, hidden_size), "attention.bias": (1,)}

    def read(self, h: Array) -> dict[str, Array]:
        """See `Readout.read`; adds `scores` (T, 1), the e_t, and `context` (T, hidden_size), the weighted sums.

        The sums grow word by word, so a sentence costs T steps and not T².
        """
        scores = h @ self.weight.T + self.bias
        context = np.empty_like(h)
        total, largest = np.zeros(1, h.dtype), scores[0]
        weighted = np.zeros(h.shape[1], h.dtype)
        for score, h_t, context_t in zip(scores, h, context, strict=True):
            # Kept relative to the largest score so far, so that exp can't overflow.
            highest = np.maximum(largest, score)
            rescale, weight = np.exp(largest - highest), np.exp(score - highest)
            weighted = weighted * rescale + weight * h_t
            total, largest = total * rescale + weight, highest
            context_t[:] = weighted / total
        return {"scores": scores, "context": context}

    def shares(self, values: Mapping[str, Array], t: int) -> Array:
        """See `Readout.shares`: the weights."""
        with np.errstate(invalid="ignore"):  # an unbounded activation may have made a score infinite
            return softmax(values["scores"][: t + 1, 0])

    def start(self, h: Array) -> Sums:
        """See `Readout.start`: Σ exp(e)·h, Σ exp(e) and the largest score e, all kept relative to the largest."""
        return np.zeros_like(h), np.zeros((len(h), 1), h.dtype), np.full((len(h), 1), -np.inf, h.dtype)

    def gather(self, h: Array, sums: Sums) -> Sums:
        """See `Readout.gather`."""
        weighted, total, largest = sums
        scores = h @ self.weight.T + self.bias
        highest = np.maximum(largest, scores)
        rescale, weight = np.exp(largest - highest), np.exp(scores - highest)
        return weighted * rescale + weight * h, total * rescale + weight, highest

    def handed(self, h: Array, sums: Sums) -> Array:
        """See `Readout.handed`; attention to nothing at all reads zeros."""
        weighted, total, _ = sums
        return np.divide(weighted, total, out=np.zeros_like(weighted), where=total != 0)

    def forward_pass(self, h: Array, timesteps: Integers) -> tuple[Array, Sums]:
        """See `Readout.forward_pass`; keeps the states sequence by sequence, and the weights (B, Q, T)."""
        states = np.ascontiguousarray(h.transpose(2, 0, 1))  # (B, T, hidden_size): each sequence looks over its own
        scores = states @ self.weight[0] + self.bias
        later = np.arange(len(h)) > timesteps[:, None]
        attention = softmax(np.where(later, np.array(-np.inf, h.dtype), scores[:, None, :]))
        return (attention @ states).transpose(1, 0, 2), (states, attention)

    def backward_pass(self, d_read: Array, h: Array, timesteps: Integers, kept: Sums) -> tuple[Asked, dict[str, Array]]:
        """See `Readout.backward_pass`."""
        states, attention = kept
        d_context = d_read.transpose(1, 0, 2)
        d_attention = d_context @ states.transpose(0, 2, 1)
        through_softmax = attention * (d_attention - (attention * d_attention).sum(axis=2, keepdims=True))
        d_scores = through_softmax.sum(axis=1)  # (B, T)
        d_by_sequence = attention.transpose(0, 2, 1) @ d_context + d_scores[:, :, None] * self.weight
        d_h: Array = d_by_sequence.transpose(1, 2, 0)
        d_weight: Array = d_scores.reshape(-1) @ states.reshape(-1, states.shape[2])
        return d_h, {"attention.weight": d_weight[None], "attention.bias": np.array([d_scores.sum()], h.dtype)}
