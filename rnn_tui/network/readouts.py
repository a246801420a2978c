"""The output nodes: from the hidden states to logits and probabilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from rnn_tui.network.arrays import Array, softmax
from rnn_tui.network.phases import ATTEND, CHECK, CHECK_CONTEXT, Phase


class Readout(Protocol):
    """A readout. It answers after every word: what the net would say if the sentence ended there.

    `title` is what it is called beside the cell, with {} for what a token is called; "" where that goes without saying.
    `phases` are its part of a timestep, after h is there; the last of them is Check.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    phases: ClassVar[tuple[Phase, ...]]

    @property
    def weight(self) -> Array:
        """fc.weight, (output_size, hidden_size)."""
        ...

    @property
    def bias(self) -> Array:
        """fc.bias, (output_size,)."""
        ...

    def read(self, h: Array) -> dict[str, Array]:
        """From hidden states (T, hidden_size) to `logits` and `probs`, each (T, output_size), and what lies between."""
        ...


@dataclass(frozen=True, eq=False)
class Last:
    """torch.nn.Linear on the hidden state, logits = fc.weight·h + fc.bias; the answer is that after the last word."""

    weight: Array  # (output_size, hidden_size)
    bias: Array  # (output_size,)
    kind: ClassVar[str] = "last"
    title: ClassVar[str] = ""
    phases: ClassVar[tuple[Phase, ...]] = (CHECK,)

    def read(self, h: Array) -> dict[str, Array]:
        """See `Readout.read`."""
        logits = h @ self.weight.T + self.bias
        return {"logits": logits, "probs": softmax(logits)}


@dataclass(frozen=True, eq=False)
class Each(Last):
    """The same outputs, but every word has an answer of its own: tagging, or the next token."""

    kind: ClassVar[str] = "each"
    title: ClassVar[str] = "an answer for each {}"


@dataclass(frozen=True, eq=False)
class Attention:
    """A weighted look back over all hidden states so far, instead of the last alone.

    e_t = attention.weight·h_t + attention.bias; their softmax over the words so far weighs the h_t; fc reads the sum.
    (The scoring of Yang et al., 2016, with one linear layer and no context vector.)
    """

    weight: Array  # (output_size, hidden_size)
    bias: Array  # (output_size,)
    attention_weight: Array  # (1, hidden_size)
    attention_bias: Array  # (1,)
    kind: ClassVar[str] = "attention"
    title: ClassVar[str] = "attention"
    phases: ClassVar[tuple[Phase, ...]] = (ATTEND, CHECK_CONTEXT)

    def read(self, h: Array) -> dict[str, Array]:
        """See `Readout.read`; adds `scores` (T, 1), the e_t, and `context` (T, hidden_size), the weighted sums.

        The sums grow word by word, so a sentence costs T steps and not T².
        """
        scores = h @ self.attention_weight.T + self.attention_bias
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
        logits = context @ self.weight.T + self.bias
        return {"scores": scores, "context": context, "logits": logits, "probs": softmax(logits)}


READOUTS: Mapping[str, type[Last | Each | Attention]] = {"last": Last, "each": Each, "attention": Attention}
