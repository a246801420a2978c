"""Rows of a file, numbered as an editor numbers them, and faults with that number."""

from __future__ import annotations

import pytest

from rnn_tui.learning.rows import Row, RowError, filled, read_rows


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
        ("text".encode("utf-16"), "is UTF-16; save it as UTF-8"),
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
