"""A series of numbers in all its forms."""

from __future__ import annotations

import pytest

from rnn_tui.learning.reading import read
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.source import Asked

NUMBERS = ("1.5", "2.25", "3", "1", "2.5")
WINDOWS = [("1.5 2.25", "rises"), ("2.25 3", "falls"), ("3 1", "rises")]
DATED = "".join(f"{2000 + k};{number.replace('.', ',')}\n" for k, number in enumerate(NUMBERS))


def column(form="{}\n", header=""):
    return header + "".join(form.format(number) for number in NUMBERS)


@pytest.mark.parametrize(
    ("content", "asked", "taken"),
    [
        (column(), {}, "a number a line"),
        (column(header="wert\n"), {}, "a number a line"),
        (column().replace(".", ","), {"delimiter": ";"}, "a number a line; decimal commas"),
        (column(header="wert\n").replace(".", ","), {"delimiter": "\t"}, "a number a line; decimal commas"),
        ("jahr;wert\n" + DATED, {"column": "wert"}, "column: wert (numbers); delimiter ;; decimal commas"),
        ("jahr;wert\n" + DATED, {"column": "2"}, "column: wert (numbers); delimiter ;; decimal commas"),
        (DATED, {"column": "2"}, "column: 2 (numbers); delimiter ;; decimal commas"),
        (column("2000-01-01,{}\n", "date,close\n"), {"column": "Close"}, "column: close (numbers); delimiter ,"),
        (column("7,{}\n", "year,2\n"), {"column": "2"}, "column: 2 (numbers); delimiter ,"),
        (column("7 {}\n"), {"column": "2"}, "column: 2 (numbers); delimiter space"),
        (column("2 {}\n"), {"column": "2"}, "column: 2 (numbers); delimiter space"),
        (column("7\t{}\n"), {"column": "2"}, "column: 2 (numbers); delimiter tab"),
        (column("{}~7\n"), {"column": "1", "delimiter": "~"}, "column: 1 (numbers); delimiter ~"),
    ],
)
def test_the_same_numbers_are_read_of_every_form(written, content, asked, taken):
    samples = read(written("a.txt", content), asked=Asked(**asked, window=2))
    assert samples.task == "series"
    assert [(sample.text, *sample.answers) for sample in samples.samples] == WINDOWS
    assert samples.taken == taken


def test_a_minus_may_be_a_real_one(written):
    assert read(written("a.txt", "−1\n−2\n-3\n0\n"), window=1).samples[0].text == "-1"


@pytest.mark.parametrize(
    ("content", "asked", "says"),
    [
        (
            "jahr;wert\n" + DATED,
            {"column": "foo"},
            "row 1: no column is called “foo”; the header has: jahr, wert; --column",
        ),
        (
            DATED,
            {"column": "foo"},
            "row 1: no column is called “foo”; the file has no header: --column N takes one of 2",
        ),
        (DATED, {"delimiter": ";"}, "row 1: has 2 columns; say which one: --column 2"),
        (column("7;{}\n", "jahr;\n"), {"delimiter": ";"}, "--task next takes every line as a text"),
        ("1.000,5\n2,5\n3,5\n4,5\n", {"delimiter": ";"}, "row 1: “1.000,5” is no number"),
        ("2,5\n3,5\n4,5\n1.000,5\n", {"delimiter": ";"}, "row 4: “1.000,5” is no number"),
    ],
)
def test_a_column_that_is_not_there(written, content, asked, says):
    with pytest.raises(RowError) as caught:
        read(written("a.txt", content), asked=Asked(**asked, window=1))
    assert says in str(caught.value)
