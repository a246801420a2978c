"""Numbers and foreign text on a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.text import clipped, magnitude, number, operand, percent, printable, quoted, unsigned


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.9, "+0.90"),
        (-0.7, "−0.70"),
        (0.0, "0.00"),
        (-0.0, "0.00"),
        (0.004, "0.00"),
        (-0.004, "0.00"),
        (0.006, "+0.01"),
        (1234.5, "+1234.50"),
        (12345.6, "+1.2e4"),
        (-1.2e9, "−1.2e9"),
        (1e300, "+1.0e300"),
        (float("inf"), "+∞"),
        (float("-inf"), "−∞"),
        (float("nan"), "NaN"),
    ],
)
def test_number(value, text):
    assert number(value) == text


def test_number_with_more_digits():
    assert number(-0.00412, 4) == "−0.0041"
    assert number(-0.00001, 4) == "0.0000"


@given(st.floats(width=32))
def test_no_number_is_wider_than_its_column(value):
    assert len(number(value)) <= 8


@pytest.mark.parametrize(
    ("log10", "text"),
    [
        (0.0, "1.00"),
        (-0.4318, "0.37"),
        (-2.0, "0.01"),
        (-2.0001, "1.0e−2"),
        (-2.5, "3.2e−3"),
        (-3.0, "1.0e−3"),
        (-3.00001, "1.0e−3"),
        (-399.92, "1.2e−400"),
        (-400.0, "1.0e−400"),
        (3.0, "1000.00"),
        (4.0, "1.0e4"),
        (4.999, "1.0e5"),
        (602.06, "1.1e602"),
        (float("inf"), "∞"),
        (float("-inf"), "0"),
        (float("nan"), "NaN"),
    ],
)
def test_magnitude(log10, text):
    assert magnitude(log10) == text


def test_the_magnitude_of_nothing_may_be_named():
    assert magnitude(float("-inf"), "nothing") == "nothing"
    assert magnitude(0.0, "nothing") == "1.00"


@given(st.floats(-9999, 9999))
def test_a_magnitude_is_the_number_to_two_digits_and_fits_its_column(log10):
    text = magnitude(log10)
    mantissa, _, exponent = text.replace("−", "-").partition("e")
    assert len(text) <= 9
    assert float(mantissa) == pytest.approx(10 ** (log10 - int(exponent or 0)), rel=0.051, abs=0.0051)


def test_numbers_inside_a_formula():
    assert unsigned(0.9) == "0.90"
    assert unsigned(-0.9) == "−0.90"
    assert operand(0.9) == "0.90"
    assert operand(-0.9) == "(−0.90)"


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.81, "81%"),
        (0.0, "0%"),
        (0.0049, "<1%"),
        (0.005, "<1%"),
        (0.006, "1%"),
        (0.994, "99%"),
        (0.995, ">99%"),
        (0.99999, ">99%"),
        (1.0, "100%"),
        (float("nan"), "NaN"),
    ],
)
def test_percent(p, text):
    assert percent(p) == text


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_what_is_not_certain_is_never_called_certain(p):
    assert percent(p) not in ("0%", "100%")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("[red]x[/]", "[red]x[/]"),
        ("\x1b[31m", "␛[31m"),
        ("a\tb\nc\r", "a␉b␊c␍"),
        ("\x7f\x9b", "␡�"),
        ("\x85\u2028", "␊␊"),
        ("\ud800", "�"),
        ("a\u202eb\u2066c", "abc"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("❤\ufe0f", "❤"),
        ("👍\U0001f3fd", "👍"),
        ("🇩🇪", "DE"),
        ("\u0301a", "◌\u0301a"),
        ("\u200d\u0301", "◌\u0301"),
        ("é", "é"),
        ("日本", "日本"),
        ("שלום", "שלום"),
        ("", ""),
    ],
)
def test_printable(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_printable(text):
    shown = printable(text)
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in shown)
    assert printable(shown) == shown


def test_quoted_and_clipped():
    assert quoted("a\x1b") == "“a␛”"
    assert clipped("screaming", 9) == "screaming"
    assert clipped("screaming loudly", 9) == "screamin…"
    assert clipped("kicking and", 9) == "kicking…"
