"""Integrated gradients: how a logit is shared out among the words (Sundararajan, Taly & Yan, 2017).

x goes in a straight line from zeros to what the network reads, all words together; the gradient of the logit along the
way, times x, is integrated. What the words get sums to logit(x) − logit(0): that is the method's completeness, and here
also the check of how well the integral was taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from rnn_tui.lenses.progress import Progress
from rnn_tui.network.arrays import Array, softmax
from rnn_tui.network.cells import Cell
from rnn_tui.network.errors import InputError
from rnn_tui.network.readouts import Attention
from rnn_tui.network.trace import Trace
from rnn_tui.network.workspace import Workspace

NODES = 6
"""Points in each piece of the way, its two ends among them."""

TOLERANCE = 1e-6
"""The largest difference between the words' shares on a piece and what the logit gains there, before it is halved."""

ROUNDING = 1e-10
"""The same, as a share of the logit, where that is so large that its last digits are more."""

INCOMPLETE = 1e-3
"""The largest difference between the sum and the logit difference, in logits; what is further is no sharing out."""

MOST_POINTS = 8192
"""Points after which no piece is halved; with relu, each unit and word can make a kink in the way."""

ROOM = 2**26
"""About the most bytes that the points which are run side by side may take."""


def lobatto(count: int) -> tuple[Array, Array]:
    """The points from 0 to 1, both among them, and the weights of Gauss and Lobatto's quadrature, (count,) each.

    The weights sum to 1, and the sum is exact for polynomials up to degree 2·count − 3 (Abramowitz & Stegun, 25.4.32).
    The points between the ends are the roots of P′(count − 1), P for Legendre's polynomials. These are orthogonal with
    the weight 1 − x², so their roots are the eigenvalues of a symmetric tridiagonal matrix (Golub & Welsch, 1969), and
    so they are real whatever rounding does; a search for the roots of a polynomial may find them complex. Raises
    ValueError for a count below 2.
    """
    if count < 2:
        raise ValueError(f"the two ends are points: count is {count}, and is at least 2")
    k = np.arange(1, count - 2)
    off_diagonal = np.sqrt(k * (k + 2) / ((2 * k + 1) * (2 * k + 3)))
    inner = np.linalg.eigvalsh(np.diag(off_diagonal, -1)) if count > 2 else np.empty(0)
    points = np.concatenate(([-1.0], (inner - inner[::-1]) / 2, [1.0]))  # as symmetric as they are in theory
    legendre = np.polynomial.legendre.legval(points, np.eye(count)[-1])
    return (points + 1) / 2, 1 / (count * (count - 1) * legendre**2)


def gradients(trace: Trace, t: int, label: int, progress: Progress) -> Array:
    """The words' shares of a label's logit after timestep t, (T,); 0 for the words after t. `trace` is in float64.

    The way is cut into pieces, and a piece on which the words' shares don't sum to what the logit gains is halved, so
    that a kink (relu) or a sharp turn costs a few points around it. All are NaN where MOST_POINTS don't bring the sum
    to within 1e-3: where gradients explode, no step is small enough. Raises InputError for an LSTM that starts from
    other than zeros.
    """
    way = Way(trace, t, label)
    nodes, weights = lobatto(NODES)
    shares = np.zeros(len(trace))
    starts, length, points, missing, largest = np.zeros(1), 1.0, 0, 0.0, 0.0
    while len(starts):
        left = length * len(starts)
        logits, slopes = way.run((starts[:, None] + length * nodes).reshape(-1), partial(progress, 1 - left))
        gained = np.diff(logits.reshape(-1, NODES)[:, [0, -1]])[:, 0]
        found = length * (weights @ slopes.reshape(-1, NODES, t + 1))
        points += logits.size
        errors, largest = found.sum(axis=1) - gained, max(largest, float(np.abs(logits).max()))
        worst = np.argsort(-np.abs(errors))[: max(0, MOST_POINTS - points) // (2 * NODES)]
        halved = np.zeros(len(starts), np.bool_)  # what is no number stays: halving would not mend it
        halved[worst] = np.abs(errors[worst]) > TOLERANCE + ROUNDING * largest
        shares[: t + 1] += found[~halved].sum(axis=0)
        missing += float(errors[~halved].sum())
        length /= 2
        starts = np.concatenate((starts[halved], starts[halved] + length))
    progress(1.0)
    return shares if abs(missing) <= INCOMPLETE + ROUNDING * largest else np.full_like(shares, np.nan)


@dataclass(frozen=True, eq=False)
class Way:
    """The straight line from zeros to x, and what the logit of `label` after timestep t does along it."""

    trace: Trace
    t: int
    label: int

    def run(self, points: Array, tell: Callable[[], None]) -> tuple[Array, Array]:
        """At P points on the way, from 0 to 1: the logit (P,), and its gradient by each word's x, times x, (P, t + 1).

        Calls `tell` now and then.
        """
        x, cell = self._input
        workspace, column = Workspace(np.dtype(np.float64)), 8 * len(x) * (x.shape[1] + 8 * len(cell.weight_hh))
        batch = max(1, ROOM // column)
        logits, slopes = np.empty(len(points)), np.empty((len(points), len(x)))
        for first in range(0, len(points), batch):
            tell()
            some = slice(first, first + batch)
            unrolled = cell.forward_pass(self._stack(x, points[some], workspace), workspace)
            tell()
            logits[some], d_h = self._read(unrolled.h[1:], workspace)
            d_ih, _ = cell.backward_pass(d_h, unrolled, workspace)
            slopes[some] = np.einsum("tgp,tg->pt", d_ih, self._from_x)
        return logits, slopes

    @cached_property
    def _from_x(self) -> Array:
        """The input's part of ih, weight_ih·x, (t + 1, rows): it is linear in x, so x itself isn't needed."""
        from_x: Array = self.trace.values["ih"][: self.t + 1] - self.trace.model.cell.bias_ih
        return from_x

    @cached_property
    def _input(self) -> tuple[Array, Cell]:
        """The rows to read, (t + 1, n), and the cell that reads them: x or, where that is longer, weight_ih·x."""
        cell, embedding = self.trace.model.cell, self.trace.model.embedding
        if self.trace.model.input_size > self._from_x.shape[1]:
            return self._from_x, replace(cell, weight_ih=np.eye(self._from_x.shape[1]))
        return np.stack([embedding.x(token) for token in self.trace.tokens[: self.t + 1]]), cell

    def _stack(self, x: Array, points: Array, workspace: Workspace) -> Array:
        """[x; 1; h_prev] of every timestep and one more, as `Cell.forward_pass` wants it, x at each of the points."""
        initial = self.trace.initial
        if any(initial[name].any() for name in initial if name != "h"):
            raise InputError("integrated gradients are taken of a sentence from its start, where the cell state is 0")
        steps, size = x.shape
        stack = workspace.array("stack", steps + 1, size + 1 + len(initial["h"]), len(points))
        np.multiply(x[:, :, None], points, out=stack[:-1, :size])
        stack[:, size] = 1
        stack[0, size + 1 :] = initial["h"][:, None]
        return stack

    def _read(self, h: Array, workspace: Workspace) -> tuple[Array, Array]:
        """From the hidden states (t + 1, hidden_size, P): the logit (P,), and its gradient by them."""
        readout, d_h = self.trace.model.readout, workspace.array("d_h", *h.shape)
        weight, bias = readout.weight[self.label], readout.bias[self.label]
        if not isinstance(readout, Attention):
            d_h[:] = 0
            d_h[-1] = weight[:, None]
            return weight @ h[-1] + bias, d_h
        (attention_weight,) = readout.attention_weight
        attention = softmax((attention_weight @ h).T).T  # (t + 1, P); the bias is the same for all and changes nothing
        said = weight @ h  # what fc would make of each hidden state alone
        logits: Array = (attention * said).sum(axis=0)
        d_scores = attention * (said - logits)
        np.multiply(attention[:, None], weight[:, None], out=d_h)
        d_h += d_scores[:, None] * attention_weight[:, None]
        return logits + bias, d_h
