"""Lenses: pure functions of a recording to plain arrays with names, computed in float64."""

NAMES = ("memory", "gradient", "recency", "units", "attention", "path")
"""The lenses, in the order in which one goes through them."""
