"""Whether shown numbers give the shown result."""

import math

import pytest

from rnn_tui.rounding import (
    as_shown,
    closes,
    quantity_as_shown,
    share_as_shown,
    share_closes,
    sign_of,
    sign_of_quantity,
)
from rnn_tui.text import percent


@pytest.mark.parametrize(
    ("parts", "result", "sign"),
    [
        ((-1.2951, -0.2376), -1.5327, "≈"),  # −1.30 + −0.24 is −1.54, shown is −1.53
        ((0.5, 0.25), 0.75, "="),
        ((1.2e9, 3.0), 1.2e9, "="),
        ((0.004, 0.004), 0.008, "≈"),  # 0.00 + 0.00, shown is +0.01
        ((-0.001, 0.001), 0.0, "="),
    ],
)
def test_a_sum_of_shown_numbers(parts, result, sign):
    assert sign_of(result, sum(map(as_shown, parts))) == sign


def test_a_product_of_shown_numbers():
    assert sign_of(0.9149 * 0.5951, as_shown(0.9149) * as_shown(0.5951)) == "≈"  # 0.91 × 0.60 is 0.55, shown is 0.54
    assert sign_of(0.5, as_shown(0.5) * as_shown(1.0)) == "="


def test_half_a_digit_may_be_rounded_either_way():
    assert closes(0.45, 0.455)
    assert closes(0.46, 0.455)
    assert not closes(0.47, 0.455)


def test_what_is_no_number_holds_only_as_itself():
    assert closes(math.inf, math.inf)
    assert not closes(math.inf, 1.0)
    assert not closes(math.nan, 1.0)
    assert closes(math.nan, math.nan)


def test_what_is_too_large_for_a_float32_is_shown_as_infinite_without_being_rounded():
    assert closes(math.inf, 1e60)
    assert closes(-math.inf, -1e60)
    assert not closes(-math.inf, 1e60)
    assert not closes(math.inf, 3e38)


def test_more_digits_close_less_often():
    assert closes(-0.2377, -0.24, 2)
    assert not closes(-0.2377, -0.24, 3)


@pytest.mark.parametrize("p", [0.015, 0.005, 0.004, 0.995, 0.996, 0.5, 0.565, 0.125, 0.0, 1.0])
def test_a_share_is_read_as_it_is_shown(p):
    shown = percent(p)
    read = {"<1%": 0.0, ">99%": 1.0}.get(shown)
    assert share_as_shown(p) == (int(shown[:-1]) / 100 if read is None else read)


def test_shares():
    assert share_as_shown(0.5749) == 0.57
    assert share_as_shown(0.004) == 0
    assert share_closes(0.4251, 1 - share_as_shown(0.5749))
    assert not share_closes(0.43, 0.5)


@pytest.mark.parametrize(
    ("from_shown", "sign"), [(432.1, "="), (432.149, "="), (432.05, "="), (432.2, "≈"), (0.0, "≈")]
)
def test_a_number_in_its_unit_closes_to_its_last_digit(from_shown, sign):
    assert quantity_as_shown(432.1234) == 432.1
    assert sign_of_quantity(432.1234, from_shown) == sign


def test_a_large_number_in_its_unit_closes_to_one():
    assert sign_of_quantity(12345.6, 12346.4) == "="
    assert sign_of_quantity(12345.6, 12346.6) == "≈"
