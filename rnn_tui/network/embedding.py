"""Embeddings: from a token to the input vector x."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.tokens import Token


class Embedding(Protocol):
    """Turns tokens into input vectors; an unknown token without a row of its own reads zeros."""

    kind: ClassVar[str]

    @property
    def input_size(self) -> int:
        """The length of x."""
        ...

    def x(self, token: Token) -> Array:
        """The input vector of one token, (input_size,) float32."""
        ...

    def multiply(self, tokens: Sequence[Token], weight_ih: Array, bias_ih: Array) -> Array:
        """weight_ih·x_t + bias_ih of every token: (T, gates · hidden_size)."""
        ...


@dataclass(frozen=True, eq=False)
class Learned:
    """torch.nn.Embedding: x is the token's row of `weight`."""

    weight: Array  # (vocab_size, input_size)
    kind: ClassVar[str] = "embedding"

    @property
    def input_size(self) -> int:
        """The length of x."""
        return int(self.weight.shape[1])

    def x(self, token: Token) -> Array:
        """The token's row of `weight`."""
        if token.index is None:
            return np.zeros(self.input_size, self.weight.dtype)
        row: Array = self.weight[token.index]
        return row

    def multiply(self, tokens: Sequence[Token], weight_ih: Array, bias_ih: Array) -> Array:
        """One matrix product for all tokens."""
        rows = np.array([-1 if token.index is None else token.index for token in tokens])
        x = self.weight[rows]
        x[rows < 0] = 0
        ih: Array = x @ weight_ih.T + bias_ih
        return ih


@dataclass(frozen=True)
class OneHot:
    """x is zero but for a one at the token's row: multiplying by it picks one column of weight_ih."""

    vocab_size: int
    kind: ClassVar[str] = "one-hot"

    @property
    def input_size(self) -> int:
        """The length of x, which is the size of the vocabulary."""
        return self.vocab_size

    def x(self, token: Token) -> Array:
        """Zeros with a one at the token's row of the vocabulary."""
        x: Array = np.zeros(self.vocab_size, np.float32)
        if token.index is not None:
            x[token.index] = 1
        return x

    def multiply(self, tokens: Sequence[Token], weight_ih: Array, bias_ih: Array) -> Array:
        """The token's column of weight_ih and the bias: the same numbers as the product, without its zeros."""
        ih = np.tile(bias_ih, (len(tokens), 1))
        for t, token in enumerate(tokens):
            if token.index is not None:
                ih[t] += weight_ih[:, token.index]
        return ih


@dataclass(frozen=True)
class Vector:
    """x is several numbers, one a feature, each scaled by the tokenizer."""

    features: int
    kind: ClassVar[str] = "vector"

    @property
    def input_size(self) -> int:
        """The number of features."""
        return self.features

    def x(self, token: Token) -> Array:
        """The numbers; ∞ where one is too large for float32."""
        with np.errstate(over="ignore"):
            return np.array(token.values, np.float64).astype(np.float32)

    def multiply(self, tokens: Sequence[Token], weight_ih: Array, bias_ih: Array) -> Array:
        """One matrix product for all timesteps."""
        with np.errstate(over="ignore"):
            x = np.array([token.values for token in tokens], np.float64).astype(np.float32)
        ih: Array = x @ weight_ih.T + bias_ih
        return ih


@dataclass(frozen=True)
class Scalar(Vector):
    """x is one number, scaled by the tokenizer."""

    features: int = field(default=1, init=False)
    kind: ClassVar[str] = "number"
