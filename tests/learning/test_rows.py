"""Rows of a file, numbered as an editor numbers them, and faults with that number."""

from __future__ import annotations

import pytest

from rnn_tui.learning.reading import read
from rnn_tui.learning.rows import Row, RowError, filled, read_rows
from rnn_tui.learning.source import Asked


def test_rows_are_counted_as_an_editor_counts_them(written):
    # given every line end, a form feed inside a line, and a byte order mark
    path = written("text.txt", b"\xef\xbb\xbfone\r\ntwo\x0cstill two\r\rfour\n")
    # when it is read
    rows = read_rows(path)
    # then only line ends part rows, and blank rows keep their numbers
    assert rows == [Row(1, "one"), Row(2, "two\x0cstill two"), Row(3, ""), Row(4, "four"), Row(5, "")]
    assert [row.number for row in filled(rows)] == [1, 2, 4]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n  \n\t\n", "is empty"),
        ("a\nb\ncafé\n".encode("latin-1"), "row 3: byte 0xe9 is not UTF-8"),
        (b"\xef\xbb\xbfa\n\xff\n", "row 2: byte 0xff is not UTF-8"),
        ("some text".encode("utf-16-le"), "looks like UTF-16 without a byte order mark; --encoding utf-16-le reads it"),
        (b"a\nb\0c\n", "row 2: holds a zero byte"),
    ],
)
def test_what_is_no_text_is_said_with_file_and_row(written, content, says):
    path = written("bad.txt", content)
    with pytest.raises(RowError) as caught:
        read_rows(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_what_can_t_be_opened(tmp_path):
    with pytest.raises(RowError, match="no such file"):
        read_rows(tmp_path / "nowhere.csv")
    with pytest.raises(RowError, match="is a folder"):
        read_rows(tmp_path)


LONG = "a good film " * 12_000  # more than the 131,072 characters at which csv stops


@pytest.mark.parametrize(
    ("name", "head"),
    [("a.csv", "text,label\n"), ("a.tsv", "text\tlabel\n"), ("a.csv", ""), ("b.csv", "remark,verdict\n")],
)
def test_a_field_of_any_length_is_read_whatever_is_looked_at_first(tmp_path, name, head):
    # given texts in quotation marks, one of which is very long, with a header of usual names, of others, or without
    sign = "\t" if name.endswith("tsv") else ","
    columns = {} if head.startswith("text") or not head else {"text_column": "remark", "label_column": "verdict"}
    texts = [LONG, *(f"a film{sign} and {n} more" for n in range(7))]
    rows = [f'"{text}"{sign}{label}' for text, label in zip(texts, ["pos", "neg"] * 4, strict=True)]
    if not head:
        rows = [f'{label},"{text}"' for text, label in zip(texts, ["pos", "neg"] * 4, strict=True)]
    path = tmp_path / name
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    # when it is read
    found = read(path, asked=Asked(**columns))
    # then the texts are whole
    assert [sample.text.strip() for sample in found.samples] == [text.strip() for text in texts]


@pytest.mark.parametrize("columns", [{"task": "next", "text_column": "3"}, {"text_column": "1", "label_column": "3"}])
def test_a_first_row_of_nothing_but_delimiters_is_no_header(tmp_path, columns):
    path = tmp_path / "a.csv"
    path.write_text(",,\na,b\nc,d\n", encoding="utf-8")
    with pytest.raises(RowError, match="no column is called “3”; the header has: a, b"):
        read(path, columns.get("task"), asked=Asked(**columns))
