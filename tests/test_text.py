"""Numbers and foreign text on a terminal."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.text import (
    cited,
    clipped,
    counted,
    in_one_line,
    magnitude,
    number,
    operand,
    percent,
    printable,
    quantity,
    quoted,
    unsigned,
)


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
        (float("nan"), "?"),
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
        (float("nan"), "?"),
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
        (float("nan"), "?"),
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


def test_what_is_given_is_cited_in_at_most_a_line():
    assert cited("a word") == "“a word”"
    assert cited("9" * 130_000) == f"“{'9' * 59}…”"
    assert cited("two\nlines\x1b") == "“two lines␛”"
    assert cited(7) == "“7”"


def test_a_message_is_one_line_that_can_be_read():
    assert in_one_line("a line\nand another") == "a line and another"
    long = in_one_line(f"x: {'9' * 130_000} is no number; {'a word ' * 20_000}")
    assert long.startswith(f"x: {'9' * 599}… is no number; a word a word")
    assert len(long) == 2_000
    whole = "a path " + "/folder" * 42 + " and more"
    assert in_one_line(whole) == whole


def test_quoted_and_clipped():
    assert quoted("a\x1b") == "“a␛”"
    assert clipped("screaming", 9) == "screaming"
    assert clipped("screaming loudly", 9) == "screamin…"
    assert clipped("kicking and", 9) == "kicking…"


@given(st.text(st.sampled_from("a \u202e\u0301é\x1b\U0001f1e6"), max_size=40), st.integers(2, 6))
def test_clipped_is_the_beginning_of_the_printable_text(text, longest):
    whole = printable(text)
    assert clipped(text, longest) == (whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…")


def test_of_a_long_text_no_more_is_looked_at_than_is_shown(monkeypatch):
    looked_at = []
    monkeypatch.setattr("rnn_tui.text.printable", lambda text: looked_at.append(len(text)) or printable(text))
    assert clipped("é" * 10_000, 16) == "é" * 15 + "…"
    assert sum(looked_at) < 100


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("1", 0),
        ("5", 4),
        ("05", 4),
        ("0", None),
        ("6", None),
        ("-1", None),
        ("²", None),
        ("1.0", None),
        ("", None),
        ("1" * 5000, None),
    ],
)
def test_a_number_that_counts_stands_for_an_index(text, index):
    assert counted(text, 5) == index


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (432.1499, "432.1"),
        (-0.05251, "−0.05251"),
        (0.5, "0.5"),
        (118.0, "118"),
        (999.96, "1000"),
        (12345.6, "12346"),
        (-123456.5, "−123456"),
        (1.2349e9, "1.235e9"),
        (-1.2e-5, "−1.2e−5"),
        (0.0, "0"),
        (-0.0, "0"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "?"),
    ],
)
def test_a_number_in_a_unit_of_its_own(value, text):
    assert quantity(value) == text


@given(st.floats(min_value=1e-12, max_value=1e30))
def test_a_number_in_its_unit_is_read_back_to_four_digits(value):
    shown = float(quantity(value).replace("−", "-"))
    assert abs(shown - value) <= max(5.0001e-4 * value, 0.5 if value >= 1000 else 0)
    assert len(quantity(value)) <= 9
