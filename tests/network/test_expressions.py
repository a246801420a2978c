"""Equations as objects: what they come to, and what they refuse."""

from __future__ import annotations

import pytest

from rnn_tui.network.cells.expressions import Value

F, N = Value("f"), Value("n")


def test_an_equation_is_computed_from_its_values():
    blend = (1 - F) * N + F
    assert blend.evaluate(lambda value: {"f": 0.25, "n": 4.0}[value.name]) == 3.25
    assert [value.name for value in blend.values()] == ["f", "n"]


def test_a_value_is_taken_from_one_and_from_nothing_else():
    with pytest.raises(ValueError, match="takes a value from 1, not from 2"):
        2 - F


def test_a_sum_in_a_product_is_written_in_brackets():
    assert ((F + N) * F).text(lambda value, alone: value.symbol, " · ") == "(f + n) · f"
    assert (F * N + F).text(lambda value, alone: value.symbol, "·") == "f·n + f"
