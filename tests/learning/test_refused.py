"""Files that are known and not read are called by their names, with the row that shows it and the mend."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from rnn_tui.learning.kinds import USUAL
from rnn_tui.learning.reading import check_answers, kind_of, read
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.signatures import recognised
from rnn_tui.learning.source import open_source
from rnn_tui.learning.vectors import vectors_of
from tests.learning.made import TEXTS, rows


def refusal(path, *arguments, **options):
    with pytest.raises(RowError) as caught:
        read(path, *arguments, **options)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


OBJECTS = [{"text": text, "label": label} for text, label in TEXTS]
COMMAS = "row {}: looks like a series of numbers with decimal commas (“{}”); --delimiter ';' reads it as that"
VECTOR = "word" + " 0.25" * 12 + "\nother" + " -0.5" * 12 + "\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.html", "<!DOCTYPE html>\n<html></html>\n", "row 1: looks like an HTML page, not the data behind it"),
        ("a.csv", "\n<html>\n</html>\n", "row 2: looks like an HTML page"),
        (
            "a.xml",
            "<?xml version='1.0'?>\n<a>b</a>\n",
            "row 1: looks like XML (“<?xml version='1.0'?>”); save its texts",
        ),
        ("a.txt", "<data>\n<r>fine</r>\n</data>\n", "row 1: looks like XML (“<data>”)"),
        ("a.txt", '<doc id="1">\none\n</doc>\n<doc id="2">\ntwo\n</doc>\n', "row 1: looks like XML"),
        ("a.json", json.dumps(OBJECTS), "row 1: looks like JSON in one piece (an array or an object)"),
        (
            "a.txt",
            json.dumps(OBJECTS, indent=2),
            "(“[”); save it as JSON lines, an object with a text and a label a line",
        ),
        ("a.json", json.dumps({"train": OBJECTS}), "row 1: looks like JSON in one piece"),
        ("a.json", json.dumps({"train": OBJECTS}, indent=1), "row 1: looks like JSON in one piece"),
        ("a.txt", json.dumps(OBJECTS)[:-5], "row 1: looks like JSON in one piece"),
        ("a.txt", "(3 (2 It) (4 works))\n(1 (2 No) (1 way))\n", "row 1: looks like trees in brackets"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nHi\n", "row 1: looks like subtitles"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "row 1: looks like subtitles"),
        ("a.arff", "@RELATION x\n@DATA\na,b\n", "row 1: looks like an ARFF file (Weka)"),
        ("a.txt", "1 3:0.5 7:1\n-1 2:0.1\n", "row 1: looks like libsvm's sparse numbers"),
        ("a.txt", VECTOR, "row 1: looks like word vectors"),
        ("a.tex", "\\documentclass{article}\nx\n", "row 1: looks like LaTeX"),
        ("a.sql", "INSERT INTO t VALUES (1);\n", "row 1: looks like SQL"),
        ("a.txt", "1,5\n2,25\n3,0\n", COMMAS.format(1, "1,5")),
        ("a.csv", "wert\n1,5\n2,25\n", COMMAS.format(2, "1,5")),
        ("a.txt", "3\n−2,5\n4\n", COMMAS.format(2, "−2,5")),
        (
            "a.txt",
            "a\tb c\td\ne\tf\tg\n",
            "row 1: no column is called “text”; the header has: a, b c, d; --text-column",
        ),
        ("a.csv", "date,close\n2020-01-01,3.5\n", "of a series of numbers: --column close"),
        ("a.csv", "jahr;wert\n2001;3,5\n", "of a series of numbers: --column wert"),
        ("a.txt", "1 2\n2 3\n3 5\n", "row 1: has 2 columns; say which one: --column 2"),
        ("a.csv", "one two\nthree four\n", "row 1: no column is called “text”"),
    ],
)
def test_a_shape_that_is_not_read_is_said_with_its_row_and_the_mend(written, name, content, says):
    assert says in refusal(written(name, content))


@pytest.mark.parametrize(
    "content",
    [
        "Anna went to the sea.\nShe saw a boat, a bird and a boy.\nThe end came soon.\n",
        "Anna\nBert\nCarl\n",
        "red sun, cold sea\nthe wind, the tree\nold man, young boy\nso sad, such joy\n",
        "<unk> said it was\nthe <unk> fell\n",
        "<s> a dog </s>\n<s> a cat </s>\n",
        "- Hello!\n- Well, hello.\n",
        "1. one thing\n2. other thing\n3. more\n4. less\n",
        "[Verse 1]\nla la la\n[Chorus]\nla\n",
        "{a brace, why not}\nand more\n",
        "ROMEO:\nBut soft!\n\nJULIET:\nAy me!\n",
        "(Applause)\nThank you.\n(Laughter)\n",
        "hello world\n\nroses red\nviolets blue\n\n",
        "\tindented\nnot\nmore\n",
        "今天天气很好\n我喜欢电影\n",
    ],
)
def test_prose_alone_is_taken_for_what_comes_next(written, content):
    path = written("a.txt", content)
    samples = read(path)
    assert (samples.task, samples.taken) == ("next", "a text a line")
    assert [sample.text for sample in samples.samples] == [line.strip() for line in content.split("\n") if line.strip()]
    assert kind_of(open_source(path)) is USUAL["next"]


def test_lines_are_taken_as_they_are_where_that_is_asked_for(written):
    for content in (json.dumps(OBJECTS), "<?xml?>\n<a/>\n", rows("{label}\t{text}\n"), "1,5\n2,5\n"):
        assert read(written("a.txt", content), "next").samples[0].text == content.split("\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("content", "task", "says"),
    [
        (rows('{{"text": "{text}", "label": "{label}"}}\n'), "tags", "looks like JSON lines (an object a line)"),
        ("The\tDET\ndog\tNOUN\n\nA\tDET\ncat\tNOUN\n\n", "labels", "looks like CoNLL, a word and its tags a line"),
        ("text,label\na,b\nc,d\n", "series", "looks like a table with a text and a label a row (“text,label”)"),
        ("1\n2\n3\n", "labels", "looks like a series of numbers (“1”); --task series reads it as that"),
        (json.dumps(OBJECTS), "labels", "looks like JSON in one piece"),
        ("some words\nand more\n", "labels", "row 1: no column is called “text”"),
        ("some words\nand more\n", "tags", "row 1: has no tab; expected the words, one tab, and their tags"),
    ],
)
def test_a_file_that_is_plainly_for_another_task_is_refused(written, content, task, says):
    assert says in refusal(written("a.txt", content), task)


def packed(*names, first=("", b"")):
    """A zip archive with files of these names, the first one stored as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if first[0]:
            archive.writestr(*first)
        for name in names:
            archive.writestr(name, b"x")
    return file.getvalue()


ODS = packed("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"))
ODT = packed("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text"))
BINARY = {
    "an Excel workbook": packed("[Content_Types].xml", "xl/workbook.xml"),
    "a Word document": packed("[Content_Types].xml", "word/document.xml"),
    "a PowerPoint presentation": packed("ppt/presentation.xml"),
    "an OpenDocument spreadsheet": ODS,
    "an OpenDocument text": ODT,
    "a zip archive": packed("reviews.csv"),
    "a NumPy archive (.npz)": packed("words.npy", "vectors.npy"),
    "a checkpoint of PyTorch": packed("archive/data.pkl", "archive/data/0"),
    "a Keras model": packed("config.json", "model.weights.h5"),
    "a gzip archive": gzip.compress(b"text,label\n"),
    "a bzip2 archive": b"BZh91AY&SY\x00\x01",
    "an xz archive": b"\xfd7zXZ\0\0\4",
    "a Zstandard archive": b"\x28\xb5\x2f\xfd\x04\x00",
    "a 7-Zip archive": b"7z\xbc\xaf\x27\x1c\0\4",
    "a RAR archive": b"Rar!\x1a\x07\x01\0",
    "a tar archive": b"a.txt" + b"\0" * 252 + b"ustar\x0000" + b"\0" * 247,
    "a Parquet file": b"PAR1\x15\x04\x15\x00",
    "an Arrow (Feather) file": b"ARROW1\0\0\xff\xff",
    "an ORC file": b"ORC\x01\x02",
    "an Avro file": b"Obj\x01\x04\x16avro.schema",
    "an SQLite database": b"SQLite format 3\0\x10\0",
    "a file of old Excel or Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "a rich text document (RTF)": b"{\\rtf1\\ansi text}",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a sound or a film": b"RIFF\x24\x08\0\0WAVEfmt ",
    "a film": b"\0\0\0\x20ftypisom",
    "an HDF5 file (.h5)": b"\x89HDF\r\n\x1a\n\0\0",
    "a NumPy array (.npy)": b"\x93NUMPY\x01\0v\0{'descr': '<f4'",
    "a Python pickle": b"\x80\x04\x95\x10\0\0\0",
    "a file of weights (.safetensors)": b"\x40\0\0\0\0\0\0\0" + b'{"a":{"dtype":"F32"}}',
    "a program": b"MZ\x90\0\x03\0",
    "a pointer of Git LFS": b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n",
}


@pytest.mark.parametrize("title", BINARY)
def test_a_file_that_is_no_text_is_known_by_its_first_bytes(written, title):
    # given such a file under the name of a table, when it is read for anything
    for task in (None, "labels", "next"):
        line = refusal(written("reviews.csv", BINARY[title]), task)
        # then it is called by its name, and the mend is said
        assert line.startswith(f"is {title}")
        assert "as its first bytes say, and no text; " in line
        assert len(line.rpartition("; ")[2]) > 8


def test_a_workbook_that_is_cut_short_is_one_all_the_same():
    assert recognised(BINARY["an Excel workbook"][:120]).title == "an Excel workbook"


@pytest.mark.parametrize(
    "content", [b"ORC armies march\non", b"MZ is short\nfor", b"BZh is\n", b"RIFF raff\n", b"ID3 me\n"]
)
def test_a_text_that_begins_with_such_letters_is_a_text(written, content):
    assert read(written("a.txt", content)).task == "next"


def test_what_a_message_quotes_is_at_most_a_line(written):
    # given a number of 130,000 digits, a label as long, and a column as long
    long = "9" * 130_000
    for content in (f"1\n2\n{long}\n4\n5\n", f"text,label\na,{long}\nb,{long}\n", f"{long},b\nx,y\n"):
        path = written("a.csv", content)
        with pytest.raises(RowError) as caught:
            check_answers(read(path, window=2))
        assert len(str(caught.value)) < 500 + len(str(path))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
@pytest.mark.parametrize("name", ["endless.csv", "endless.npz"])
def test_a_device_without_an_end_is_refused(tmp_path, name):
    path = tmp_path / name
    path.symlink_to("/dev/zero")
    assert "device" in refusal(path)
    with pytest.raises(RowError, match=f"{name}: is .*device.*; give a file$"):
        vectors_of(path, ["dog"])


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "vast.csv"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert refusal(path) == "is larger than 512 MiB, the most that is read; give a part of it"
