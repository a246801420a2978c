"""The arithmetic of a softmax: one of some values as a share of all."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from rnn_tui.network.arithmetic.figures import as_shown, equated, sign_of, unsigned
from rnn_tui.network.arithmetic.parts import Formula, Source
from rnn_tui.network.arrays import Array
from rnn_tui.text import LONGEST_WORD, clipped

MOST_EXPONENTS = 3
"""The most powers that are written out; what the others add up to follows as one number."""


def softmax_of(
    source: Source, values: Array, shares: Array, picked: int, name_of: Callable[[int], str], symbol: str
) -> Formula:
    """exp(v_i) / Σ_j exp(v_j) of one of some values (n,), whose `shares` (n,) the trace has."""
    shown, rest = _written_out(values, picked)
    powers = [f"e^{_exponent(float(values[k]))}" for k in shown]
    others = len(values) - len(shown)
    written = [float(values[k]) for k in shown]
    if math.isinf(rest) and math.isfinite(power := _log_of_powers(np.delete(values, shown))):
        added, rest = [*powers, f"({others} more: e^{_exponent(power)})"], 0.0  # too large but as a power
        written.append(power)
    else:
        added = [*powers, f"({others} more: {unsigned(rest)})"] if others else powers
    share, name = float(shares[picked]), clipped(name_of(picked), LONGEST_WORD)
    sign = sign_of(share, _share(written, rest if others else 0.0))
    return Formula(
        source=source,
        notation=f"softmax({symbol})[{name}] = e^{symbol}[{name}] / Σ e^{symbol}[k]",
        numbers=equated(f"{powers[0]} / ({' + '.join(added)})", sign, share),
        parts=tuple((clipped(name_of(k), LONGEST_WORD), float(values[k])) for k in shown),
        result=(name, share),
    )


def _written_out(values: Array, picked: int) -> tuple[list[int], float]:
    """The values that are written out, the picked one and the largest others, and the sum of the powers of the rest."""
    largest = np.argsort(-values, kind="stable")[: MOST_EXPONENTS + 1].tolist()
    shown = [picked, *(k for k in largest if k != picked)][:MOST_EXPONENTS]
    with np.errstate(over="ignore", invalid="ignore"):
        rest = np.exp(np.delete(values, shown).astype(np.float64)).sum()
    return shown, float(rest)


def _log_of_powers(values: Array) -> float:
    """The power of e that the powers of e of some values (n,) add up to."""
    largest = float(values.max())
    with np.errstate(invalid="ignore"):
        return largest + math.log(float(np.exp(values.astype(np.float64) - largest).sum()))


def _share(values: Sequence[float], rest: float) -> float:
    """The share of the first value, from the numbers as they are written; relative to the largest, as e^1000 is ∞."""
    written = [as_shown(value) for value in values]
    largest = max(written)
    powers = [math.exp(value - largest) for value in written] if math.isfinite(largest) else [math.nan]
    scale = math.exp(-largest) if largest > -700 else math.inf
    return powers[0] / (sum(powers) + (as_shown(rest) * scale if rest else 0.0))


def _exponent(value: float) -> str:
    text = unsigned(value)
    return f"({text})" if value < 0 else text
