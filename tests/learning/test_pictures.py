"""Small pictures: all pixels of one a line, each row of them a timestep."""

from __future__ import annotations

import random

import pytest

from rnn_tui.learning.reading import read
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Form
from rnn_tui.learning.source import Asked

DRAWN = random.Random(5)
PIXELS = [[DRAWN.randrange(17) for _ in range(6)] for _ in range(12)]
LABELS = [number % 3 for number in range(12)]
FIRST = ",".join(map(str, PIXELS[0][:3])) + " " + ",".join(map(str, PIXELS[0][3:]))


def lines(sign=",", *, label_first=False, header="", border=None):
    """The pictures; `border` is the pixel that is 0 in all."""
    drawn = [[0 if at == border else pixel for at, pixel in enumerate(pixels)] for pixels in PIXELS]
    rows = [[label, *pixels] if label_first else [*pixels, label] for pixels, label in zip(drawn, LABELS, strict=True)]
    return "".join(f"{line}\n" for line in [*([header] if header else []), *(sign.join(map(str, row)) for row in rows)])


@pytest.mark.parametrize(
    ("content", "asked", "named"),
    [
        (lines(header="a,b,c,d,e,f,digit"), {}, "digit"),
        (lines(header="a,b,c,d,e,f,what"), {"label_column": "what"}, "what"),
        (lines(label_first=True, header="label,a,b,c,d,e,f"), {}, "label"),
        (lines(label_first=True), {"label_column": "1"}, ""),
        (lines(";"), {"label_column": "7"}, ""),
        (lines(" "), {"label_column": "7"}, ""),
    ],
)
def test_the_same_pictures_in_every_form(written, content, asked, named):
    samples = read(written("a.csv", content), asked=Asked(rows=2, **asked))
    assert samples.task == "labels"
    assert [sample.answers for sample in samples.samples] == [(str(label),) for label in LABELS]
    assert samples.samples[0].text == FIRST
    assert samples.form == Form(3, (), named, 2)
    assert "2 rows of 3 numbers" in samples.taken


def test_without_a_header_the_column_is_the_label_that_is_no_border(written):
    for border, label_first in ((0, False), (5, True)):
        samples = read(written("a.csv", lines(label_first=label_first, border=border)), asked=Asked(rows=3)).samples
        assert [sample.answers for sample in samples] == [(str(label),) for label in LABELS]


@pytest.mark.parametrize(
    ("content", "asked", "says"),
    [
        (lines(), {}, "row 1: has no header, and its label may be in any column; --label-column NAME"),
        (lines(), {"label_column": "7", "rows": 4}, "has 6 columns beside the label, which can't be cut into 4 rows"),
        (lines(header="a,b,c,d,e,f,g"), {}, "no column is called “label”; the header has: a, b, c, d, e, f, g"),
        (lines(), {"label_column": "8"}, "no column is called “8”"),
        (lines(), {"label_column": "0"}, "no column is called “0”"),
        (lines(header="a,b,c,d,e,f,digit") + "1,2,x,4,5,6,1\n", {}, "row 14: “x” in the column “c” is no number"),
        (lines(header="a,b,c,d,e,f,digit") + "1,2,3,4,5,6,\n", {}, "row 14: the label is empty"),
        ("a,b,c,d,e,f,digit\n", {}, "has a header and no row under it"),
        ("1\n2\n3\n", {"label_column": "1"}, "has 0 columns beside the label, which can't be cut into 2 rows"),
        ("<html>\n<p>1</p>\n</html>\n", {}, "looks like an HTML page"),
    ],
)
def test_what_is_no_picture_is_said_in_a_line(written, content, asked, says):
    with pytest.raises(RowError) as caught:
        read(written("a.txt", content), asked=Asked(**{"rows": 2, **asked}))
    assert says in str(caught.value)


def test_a_table_of_many_numbers_is_told_of_the_option(written):
    many = "".join(",".join(map(str, range(row, row + 65))) + "\n" for row in range(4))
    with pytest.raises(
        RowError, match=r"has 65 columns; say which one: .*; of pictures, all pixels of one a line: --rows 8"
    ):
        read(written("a.csv", many))
    with pytest.raises(RowError, match=r"no column is called .*--rows 8"):
        read(written("a.csv", ",".join(f"p{k}" for k in range(65)) + "\n" + many))
