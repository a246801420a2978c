"""Numbers in the unit of what is asked for, in as many digits as are read: four, and all before the point."""

from __future__ import annotations

import math


def in_four_digits(value: float) -> float:
    """The number with four digits, wherever its point is, and with all that stand before it: 12346, 0.001235."""
    return float(f"{value:.4g}") if abs(value) < 1000 else float(round(value))


def written(value: float) -> str:
    """The number in four digits as text: "12346", "83.25", "0.001235"."""
    return f"{in_four_digits(value):.12g}" if math.isfinite(value) else f"{value}"
