"""Several columns of a table as the features of a series, and the one that is asked for."""

from __future__ import annotations

import pytest

from rnn_tui.learning.reading import read
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Form, Sample
from rnn_tui.learning.source import Asked

ROWS = (("a", 1.5, 7, 0.25), ("b", 2, 8, 0.5), ("c", 2, 6, 0.75), ("d", 3, 5, 1))


def table(sign=",", header="day,warm,wet,wind", point="."):
    lines = [header.replace(",", sign)] if header else []
    lines += [sign.join(str(field).replace(".", point) for field in row) for row in ROWS]
    return "".join(f"{line}\n" for line in lines)


def read_as(path, **asked):
    return read(path, asked=Asked(window=2, **asked))


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        (table(), {"columns": ("warm", "wind"), "target": "wet"}),
        (table(), {"columns": ("2", "Wind"), "target": "3"}),
        (table("\t"), {"columns": ("warm", "wind"), "target": "wet"}),
        (table("~"), {"columns": ("warm", "wind"), "target": "wet", "delimiter": "~"}),
        (table(header=""), {"columns": ("2", "4"), "target": "3"}),
        (table(";", point=","), {"columns": ("warm", "wind"), "target": "wet"}),
    ],
    ids=["names", "numbers", "tab", "delimiter", "no header", "decimal commas"],
)
@pytest.mark.parametrize("output", ["number", None])
def test_windows_of_several_columns(written, content, asked, output):
    samples = read_as(written("a.csv", content), output=output, **asked)
    assert samples.task == "series"
    answers = ("6", "5") if output else ("falls", "falls")
    texts = ("1.5,0.25 2,0.5", "2,0.5 2,0.75")
    assert samples.samples == (
        Sample(1, texts[0], (answers[0],), (7.0, 8.0)),
        Sample(2, texts[1], (answers[1],), (8.0, 6.0)),
    )
    named = asked["columns"][0] == "warm" or "day" in content
    assert samples.form == Form(2, ("warm", "wind") if named else ("2", "4"), "wet" if named else "3")


def test_the_next_value_may_be_the_same_and_then_neither_rises_nor_falls(written):
    path = written("a.csv", table())
    both = [read_as(path, columns=("warm",), output=output).samples for output in ("number", None)]
    assert [[sample.answers[0] for sample in samples] for samples in both] == [["2", "3"], ["rises"]]


def test_the_first_column_is_asked_for_unless_another_is(written):
    samples = read_as(written("a.csv", table()), columns=("wet", "wind"), output="number")
    assert samples.taken == "columns: wet, wind (numbers), wet (what is asked); delimiter ,"
    assert [sample.answers for sample in samples.samples] == [("6",), ("5",)]


def test_with_a_target_alone_every_column_with_numbers_is_read(written):
    samples = read_as(written("a.csv", table()), target="wind", output="number")
    assert samples.form == Form(3, ("warm", "wet", "wind"), "wind")
    assert samples.samples[0].text == "1.5,7,0.25 2,8,0.5"


@pytest.mark.parametrize("output", ["number", None])
def test_one_column_and_a_file_of_numbers_have_a_next_value_too(written, output):
    column = read(written("a.csv", table()), asked=Asked(window=2, column="warm", output=output))
    plain = read(written("b.txt", "1.5\n2\n2\n3\n"), asked=Asked(window=2, output=output))
    assert column.samples == plain.samples
    assert [sample.answers[0] for sample in plain.samples] == (["2", "3"] if output else ["rises"])
    assert (column.form, plain.form) == (Form(1, target="warm"), Form(1))


def test_a_column_without_a_name_of_its_own_is_called_by_its_number(written):
    path = written("a.csv", table(header="day,warm,Warm,"))
    samples = read_as(path, target="4", output="number")
    assert samples.form == Form(3, ("2", "3", "4"), "4")
    assert read_as(path, columns=samples.form.columns, target="4", output="number") == samples
    with pytest.raises(RowError, match="row 1: column 2 has no name of its own, and another one is called 2"):
        read_as(written("b.csv", table(header="day,,2,wind")), target="wind")


@pytest.mark.parametrize(
    ("content", "asked", "says"),
    [
        (table(), {"columns": ("warm", "foo")}, "row 1: no column is called “foo”; the header has: day, warm"),
        (table(), {"columns": ("warm", "foo")}, "; --columns NAME (or a number) says which to take"),
        (table(), {"columns": ("warm",), "target": "foo"}, "no column is called “foo”; the header has: day, warm, wet"),
        (table(), {"target": "foo"}, "“foo”; the header has: day, warm, wet, wind; --target NAME"),
        (table(header=""), {"columns": ("warm",)}, "“warm”; the file has no header: --columns N takes one of 4"),
        (table(), {"columns": ("warm", "2")}, "row 1: --columns names “2” twice; once is enough"),
        (table(), {"columns": ("day", "warm")}, "row 2: “a” in the column “day” is no number; fill it in, or leave"),
        (table().replace(",8,", ",,"), {"columns": ("warm", "wet")}, "row 3: the column “wet” is empty; fill it in"),
        (table().replace(",8,", ",NaN,"), {"columns": ("wet",)}, "row 3: “NaN” in the column “wet” is no number"),
        ("day,warm\n", {"columns": ("warm",)}, "has a header and no row under it"),
        ("".join(table().splitlines(keepends=True)[:3]), {"columns": ("wet",), "output": "number"},
         "has 2 numbers, too few for windows of 2; a smaller --window mends it"),
        ("<html>\n<p>1</p>\n</html>\n", {"columns": ("wet",)}, "looks like an HTML page"),
    ],
)  # fmt: skip
def test_what_can_t_be_read_is_said_in_a_line(written, content, asked, says):
    with pytest.raises(RowError) as caught:
        read_as(written("a.csv" if "html" not in content else "a.txt", content), **asked)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
