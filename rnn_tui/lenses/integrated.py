"""Integrated gradients: how a logit is shared out among the words (Sundararajan, Taly & Yan, 2017).

x goes in a straight line from zeros to what the network reads, all words together; the gradient of the logit along the
way, times x, is integrated. What the words get sums to logit(x) − logit(0): that is the method's completeness, and here
also the check of how well the integral was taken.

A value that is held (`network.held`) is held all along the way, at zeros as at x. It depends on no word, so what a word
does through it counts nothing, and the sum is still logit(x) − logit(0), both with the value held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from rnn_tui.lenses.integrated_stack import ROOM, StackWay, check_start, logit_of_states
from rnn_tui.lenses.lanes import is_stack
from rnn_tui.lenses.progress import Progress
from rnn_tui.network.arrays import Array
from rnn_tui.network.cells import Cell
from rnn_tui.network.cells.cell import Asked
from rnn_tui.network.held import Held
from rnn_tui.network.held_passes import backward_held, forward_held
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
    way = StackWay(trace, t, label) if is_stack(trace.model) else Way(trace, t, label)
    nodes, weights = lobatto(NODES)
    shares = np.zeros(len(trace))
    starts, length, points, missing, largest = np.zeros(1), 1.0, 0, 0.0, 0.0
    while len(starts):
        left = length * len(starts)
        logits, slopes = way.run((starts[:, None] + length * nodes).reshape(-1), partial(progress, 1 - left))
        gained = np.diff(logits.reshape(-1, NODES)[:, [0, -1]])[:, 0]
        found = length * (weights @ slopes.reshape(-1, NODES, way.words))
        points += logits.size
        errors, largest = found.sum(axis=1) - gained, max(largest, float(np.abs(logits).max()))
        worst = np.argsort(-np.abs(errors))[: max(0, MOST_POINTS - points) // (2 * NODES)]
        halved = np.zeros(len(starts), np.bool_)  # what is no number stays: halving would not mend it
        halved[worst] = np.abs(errors[worst]) > TOLERANCE + ROUNDING * largest
        shares[: way.words] += found[~halved].sum(axis=0)
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

    @property
    def words(self) -> int:
        """The number of words that have a say: those up to the answer."""
        return self.t + 1

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
            if self._held:
                logits[some], slopes[some] = self._run_held(points[some])
                continue
            unrolled = cell.forward_pass(self._stack(x, points[some], workspace), workspace)
            tell()
            logits[some], d_h = self._read(unrolled.h[1:])
            d_ih, _ = cell.backward_pass(d_h, unrolled, workspace)
            slopes[some] = np.einsum("tgp,tg->pt", d_ih, self._from_x)
        return logits, slopes

    def _run_held(self, points: Array) -> tuple[Array, Array]:
        """As `run`, where values are held: word by word, since the passes of the cells know nothing of them."""
        cell = self.trace.model.cell
        ih = self._from_x[:, None] * points[:, None] + cell.bias_ih  # (t + 1, P, rows)
        states = forward_held(cell, ih, tuple(self.trace.initial.values()), self._held)
        h = np.stack([h.T for h, *_ in states[1:]])
        logits, asked = self._read(h)
        d_h = np.stack([np.zeros_like(h_t) if d is None else d for h_t, d in zip(h, asked, strict=True)])
        d_ih = backward_held(cell, ih, states, d_h.transpose(0, 2, 1), self._held)
        return logits, np.einsum("tpg,tg->pt", d_ih, self._from_x)

    @cached_property
    def _held(self) -> dict[int, tuple[Held, ...]]:
        """What is held up to the answer, by timestep."""
        return {t: token.held for t, token in enumerate(self.trace.tokens[: self.t + 1]) if token.held}

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
        check_start(initial)
        steps, size = x.shape
        stack = workspace.array("stack", steps + 1, size + 1 + len(initial["h"]), len(points))
        np.multiply(x[:, :, None], points, out=stack[:-1, :size])
        stack[:, size] = 1
        stack[0, size + 1 :] = initial["h"][:, None]
        return stack

    def _read(self, h: Array) -> tuple[Array, Asked]:
        """From the hidden states (t + 1, hidden_size, P): the logit (P,), and its gradient by them."""
        return logit_of_states(self.trace.model, h, self.t, self.label)
