"""The parts of a derivation: sums of products, formulas, and points on a curve. Numbers and notation, no prose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, overload

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.phases import PhasePart


class TokenRead(NamedTuple):
    """The token's way to x; of several features that of one (from 0)."""

    feature: int = 0


class HandedUp(NamedTuple):
    """The vector that a layer takes from the one below."""


class LogitOf(NamedTuple):
    """The logit of a label (its index)."""

    label: int


class ShareOf(NamedTuple):
    """The probability of a label, by its name: the softmax of the logits."""

    name: str


class YesOf(NamedTuple):
    """The probability of yes, by its name: the sigmoid of the one logit."""

    name: str


class NoOf(NamedTuple):
    """The probability of no, by the names of no and of yes: what is left."""

    name: str
    other: str


class NumberOf(NamedTuple):
    """The number of a label (its index) in its unit."""

    label: int


Source = PhasePart | TokenRead | HandedUp | LogitOf | ShareOf | YesOf | NoOf | NumberOf
"""The identity of a part, by which it is explained (`story.arithmetic`)."""


class Term(NamedTuple):
    """One product of a sum: weight × value, and the sum so far; `name` says whose value it is ("x 3", "verb")."""

    weight: float
    value: float
    product: float
    running: float
    name: str


class Terms(Sequence[Term]):
    """The products of two vectors (n,) and their running sums, in float64; a term is made when it is asked for.

    There are as many as there are hidden units, or words so far. `name_of` gives the name of each.
    """

    def __init__(self, weights: Array, values: Array, name_of: Callable[[int], str]) -> None:
        self._weights, self._values = weights.astype(np.float64), values.astype(np.float64)
        self._name_of = name_of
        with np.errstate(over="ignore", invalid="ignore"):
            self._products = self._weights * self._values
            self.running = np.cumsum(self._products)

    def __len__(self) -> int:
        return len(self.running)

    @overload
    def __getitem__(self, k: int) -> Term: ...

    @overload
    def __getitem__(self, k: slice) -> tuple[Term, ...]: ...

    def __getitem__(self, k: int | slice) -> Term | tuple[Term, ...]:
        """The term at an index, or those of a slice."""
        if isinstance(k, slice):
            return tuple(self[index] for index in range(len(self))[k])
        k = range(len(self))[k]
        weight, value, product = (float(array[k]) for array in (self._weights, self._values, self._products))
        return Term(weight, value, product, float(self.running[k]), self._name_of(k))


class Sum(NamedTuple):
    """Products added up one after the other, then the bias (None where there is none), which makes the total.

    `parameter`, `row` and `first` say where in the network the weights stand: the terms' are at [row, first],
    [row, first + 1], … of the parameter of that short name, counted from 0, and the bias is at [row] of the bias that
    belongs to it. Where the terms are no parameters, `parameter` is empty.
    """

    source: Source
    name: str
    notation: str
    weight_name: str
    value_name: str
    terms: Terms
    bias: float | None
    total: float
    parameter: str = ""
    row: int = 0
    first: int = 0

    def settable(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The parameters that make the sum: of each term, and of the bias; by their short names, indices from 0."""
        if not self.parameter:
            return ()
        terms = tuple((self.parameter, (self.row, self.first + k)) for k in range(len(self.terms)))
        return (*terms, (self.parameter.replace("weight", "bias"), (self.row,)))


class Formula(NamedTuple):
    """A few numbers put together: `numbers` is the notation's right side with the numbers filled in.

    It says = where the result is what comes out of the numbers as they are written, and else ≈. `parts` are its
    numbers by name, `result` is what comes out, or None where that is the parts themselves.
    """

    source: Source
    notation: str
    numbers: str
    parts: tuple[tuple[str, float], ...]
    result: tuple[str, float] | None


class Curve(NamedTuple):
    """A point (x, y) on the curve of a function, by its name in `cells.activations.FUNCTIONS`; `name` is y's.

    `numbers` is the function of x with the numbers filled in, as in `Formula`.
    """

    source: Source
    function: str
    x: float
    y: float
    name: str
    notation: str
    numbers: str


Part = Sum | Formula | Curve
