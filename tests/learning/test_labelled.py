"""Texts with labels in every dialect of a table, without a header, and as JSON lines: all are the same texts."""

from __future__ import annotations

import json

import pytest

from rnn_tui.learning.reading import read
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.source import Asked
from tests.learning.made import TEXTS, first_row, rows, table, texts_of

COLUMNS = "columns: text (text), label (label); delimiter "
QUOTED = '"text", "label"\n' + rows('"{text}", "{label}"\n')
NO_HEADER = "columns: 1 (label), 2 (text), no header; delimiter "

DIALECTS = {
    "semicolons": ("a.csv", table(";"), COLUMNS + ";", 2),
    "bars": ("a.txt", table("|"), COLUMNS + "|", 2),
    "tabs": ("a.txt", table("\t"), COLUMNS + "tab", 2),
    "tabs in a CSV": ("a.csv", table("\t"), COLUMNS + "tab", 2),
    "commas in a TSV": ("a.tsv", table(","), COLUMNS + ",", 2),
    "spaces after commas": ("a.csv", table(", "), COLUMNS + ",", 2),
    "spaces and quotes": ("a.csv", QUOTED, COLUMNS + ",", 2),
    "sep= of Excel": ("a.csv", "sep=;\r\n" + table(";", line_end="\r\n"), COLUMNS + ";", 3),
    "sep= in quotes": ("a.csv", '"sep=|"\n' + table("|"), COLUMNS + "|", 3),
    "sep= with a tab": ("a.csv", "sep=\t\n" + table("\t"), COLUMNS + "tab", 3),
    "sep= with a comma": ("a.csv", "sep=,\n" + table(","), COLUMNS + ",", 3),
    "a byte order mark": ("a.csv", "\ufeff" + table(";"), COLUMNS + ";", 2),
    "UTF-16": ("a.csv", table(",").encode("utf-16"), COLUMNS + ",; encoding utf-16", 2),
    "UTF-16 of Excel": ("a.txt", b"\xfe\xff" + table("\t").encode("utf-16-be"), COLUMNS + "tab; encoding utf-16", 2),
    "UTF-32": ("a.csv", table(",").encode("utf-32"), COLUMNS + ",; encoding utf-32", 2),
    "old Macs": ("a.csv", table(",", line_end="\r"), COLUMNS + ",", 2),
    "blank lines": ("a.csv", "\n" + table(",", line_end="\n\n"), COLUMNS + ",", 4),
    "empty columns at the end": ("a.csv", "text,label\n" + rows("{text},{label},,\n"), COLUMNS + ",", 2),
    "label first": ("a.txt", rows("{label}\t{text}\n"), NO_HEADER + "tab", 1),
    "label first, commas": ("a.csv", rows("{label},{text}\n"), NO_HEADER + ",", 1),
    "label first, quotes": ("a.csv", rows('"{label}","{text}"\n'), NO_HEADER + ",", 1),
    "label first, a space": ("a.txt", rows("{label} {text}\n"), NO_HEADER + "space", 1),
    "label first, a colon": ("a.txt", rows("{label}: {text}\n"), NO_HEADER + "space", 1),
    "label last, tabs": (
        "a.tsv",
        rows("{text}\t{label}\n"),
        "columns: 1 (text), 2 (label), no header; delimiter tab",
        1,
    ),
    "label last": ("a.txt", rows("{text};{label}\n"), "columns: 1 (text), 2 (label), no header; delimiter ;", 1),
    "fastText": (
        "a.txt",
        rows("__label__{label} {text}\n"),
        "fastText's lines: __label__ and a label, then the text",
        1,
    ),
    "fastText, a tab": (
        *("a.txt", rows("__label__{label}\t{text}\n")),
        *("fastText's lines: __label__ and a label, then the text", 1),
    ),
    "fastText, several": (
        *("a.txt", rows("__label__{label} __label__other {text}\n")),
        "fastText's lines: __label__ and a label, then the text; "
        "8 lines have several labels, of which the first is learned",
        1,
    ),
    "JSON lines": (
        *("a.jsonl", rows('{{"text": "{text}", "label": "{label}"}}\n')),
        *("JSON lines; keys: text (text), label (label)", 1),
    ),
    "JSON lines, other keys": (
        *("a.json", rows('{{"id": 3, "category": "{label}", "headline": "{text}", "tags": ["a"]}}\n')),
        *("JSON lines; keys: headline (text), category (label)", 1),
    ),
}


@pytest.mark.parametrize("case", DIALECTS)
def test_the_same_texts_are_read_of_every_dialect_and_what_was_taken_is_said(written, case):
    name, content, taken, row = DIALECTS[case]
    samples = read(written(name, content))
    assert samples.task == "labels"
    assert texts_of(samples) == TEXTS
    assert samples.taken == taken
    assert first_row(samples) == row


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("review,sentiment", "review (text), sentiment (label)"),
        ("sentence,label", "sentence (text), label (label)"),
        ("text,target", "text (text), target (label)"),
        ("headline,category", "headline (text), category (label)"),
        ("Tweet,Emotion", "Tweet (text), Emotion (label)"),
        ("comment_text,toxic", "comment_text (text), toxic (label)"),
        ("headline,is_sarcastic", "headline (text), is_sarcastic (label)"),
        ("reviewText,overall", "reviewText (text), overall (label)"),
        ("Phrase,Sentiment", "Phrase (text), Sentiment (label)"),
        ("name,country", "name (text), country (label)"),
    ],
)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_usual_names_are_found(written, header, taken, sign):
    samples = read(written("a.csv", table(sign, header.replace(",", "{}"))))
    assert texts_of(samples) == TEXTS
    assert samples.taken.startswith(f"columns: {taken}; delimiter ")


def test_columns_between_others(written):
    # given the columns of Kaggle's spam, and those of its disaster tweets
    spam = "v1,v2,,,\n" + rows("{label},{text},,,\n")
    tweets = "id,keyword,location,text,target\n" + rows("7,,,{text},{label}\n")
    for content, taken in ((spam, "v2 (text), v1 (label)"), (tweets, "text (text), target (label)")):
        samples = read(written("a.csv", content))
        assert texts_of(samples) == TEXTS
        assert samples.taken == f"columns: {taken}; delimiter ,"


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        (table(",", "foo{}bar"), Asked(text_column="FOO", label_column="bar")),
        (table(",", "foo{}bar"), Asked(text_column="1", label_column="2")),
        (table(",", "foo{}label"), Asked(text_column="foo")),
        (table(",", "text{}bar"), Asked(label_column="bar")),
        ("a,b,text,label\n" + rows("{text},{label},x,y\n"), Asked(text_column="a", label_column="b")),
        ("2,1\n" + rows("{text},{label}\n"), Asked(text_column="2", label_column="1")),
        (rows("{label},x,{text}\n"), Asked(text_column="3", label_column="1")),
        (table("~"), Asked(delimiter="~")),
        (rows('{{"foo": "{text}", "bar": "{label}"}}\n'), Asked(text_column="foo", label_column="bar")),
        (table(",").replace("fine", "fin\xe9").encode("cp1252"), Asked(encoding="cp1252")),
        (table(",").encode("utf-16-le"), Asked(encoding="utf-16-le")),
    ],
)
def test_what_is_said_of_a_file_is_believed(written, content, asked):
    found = texts_of(read(written("a.txt", content), asked=asked))
    assert tuple((text.replace("\xe9", "e"), label) for text, label in found) == TEXTS


STRAY = 'text\tlabel\nhe said "wow\tpos\n"quiet day\tneg\n6" nail, 3" wood\tpos\n'


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (STRAY, ['he said "wow', '"quiet day', '6" nail, 3" wood']),
        ('text\tlabel\n"wow"\tpos\nbad\tneg\nwell\tneg\n', ['"wow"', "bad", "well"]),
        ('text\tlabel\n"a ""big"" day"\tpos\nplain\tneg\n', ['a "big" day', "plain"]),
        ('text\tlabel\n"one\ttwo"\tpos\nplain\tneg\n', ["one\ttwo", "plain"]),
        ('text\tlabel\n"two\nlines"\tpos\nplain\tneg\n', ["two\nlines", "plain"]),
        ('"text"\t"label"\n"one day"\t"pos"\n"two days"\t"neg"\n', ["one day", "two days"]),
    ],
)
def test_a_table_with_tabs_has_no_quoting_unless_it_plainly_has(written, content, texts):
    assert [sample.text for sample in read(written("a.tsv", content)).samples] == texts


def test_a_field_may_be_longer_than_the_limit_of_csv(written):
    long = "word, " * 30_000
    samples = read(written("a.csv", f'text,label\n"{long}",pos\nbad,neg\n'))
    assert (samples.samples[0].text, samples.samples[1].text) == (long, "bad")
    assert read(written("b.csv", f"text;label\n{long};pos\nbad;neg\n")).samples[0].text == long


def test_labels_of_json_that_are_no_texts(written):
    lines = [{"text": "a b", "label": 1}, {"text": "c", "label": True}, {"text": "d", "label": 2.5}]
    content = "\n".join(map(json.dumps, lines))
    assert [sample.answers for sample in read(written("a.jsonl", content)).samples] == [("1",), ("true",), ("2.5",)]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", table(",", "foo{}bar"), "row 1: no column is called “text”; the header has: foo, bar; --text-column"),
        ("a.txt", table("\t", "foo{}bar"), "--label-column which one is the label; --task next takes every line"),
        (
            "a.txt",
            table(",", "text{}mark"),
            "row 1: no column is called “label”; the header has: text, mark; --label-c",
        ),
        ("a.jsonl", '{"text": "a", "label": "b"}\n{"text": "a"\n', 'row 2: is no JSON object: “{"text": "a"”'),
        ("a.jsonl", '{"text": "a", "label": "b"}\n{"text": "a"}\n', "row 2: “label” is missing"),
        ("a.jsonl", '{"text": "a", "label": "b"}\n[1]\n{"a": 1}', "row 2: is no JSON object: “[1]”"),
        ("a.jsonl", '{"text": "a", "label": "b"}\n{"text": " ", "label": 1}\n', "row 2: “text” is empty"),
        ("a.jsonl", '{"text": "a", "label": null}\n{"text": "b", "label": 1}\n', "row 1: “label” is null, expected"),
        ("a.jsonl", '{"foo": "a", "bar": 1}\n{"foo": "b", "bar": 2}\n', "the object has: foo, bar; --text-column NAME"),
        ("a.txt", "__label__a fine\nno label\n__label__b bad\n", "row 2: has no __label__"),
        ("a.txt", "__label__a fine\n__label__ bad\n", "row 2: has a __label__ without a label"),
        ("a.txt", "__label__a fine\n__label__b\n", "row 2: has a label and no text"),
        (
            "a.txt",
            rows("{label}\t{text}\n") + rows("{label}\t{text}\n") * 130 + "pos\n",
            "row 1049: has no tab between",
        ),
        ("a.txt", rows("{label}\t{text}\n") * 130 + "pos\t \n", "row 1041: the text is empty"),
        ("a.csv", "text,label\na,b\n", None),
        ("a.csv", "sep=;\n", "says its delimiter and holds nothing else"),
        ("a.csv", ",,\n,,\n", "no column is called “text”; the header has: (no name), (no name), (no name)"),
        ("a.csv", "text;label\na;b;c\n", "row 2: has 3 fields where the header has 2; “;” or line end inside a text"),
    ],
)
def test_a_fault_names_the_row_and_the_option(written, name, content, says):
    path = written(name, content)
    if says is None:
        assert len(read(path)) == 1
        return
    with pytest.raises(RowError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_a_column_that_is_both_is_asked_for(written):
    with pytest.raises(RowError, match="“text” is the text and the label; --text-column and --label-column name both"):
        read(written("a.csv", table(",")), asked=Asked(label_column="text"))


def test_a_column_as_lines_to_write_on(written):
    asked = Asked(text_column="review")
    samples = read(written("a.csv", table(",", "review{}sentiment")), "next", asked=asked)
    assert [sample.text for sample in samples.samples] == [text for text, _ in TEXTS]
    assert (samples.task, samples.taken) == ("next", "column: review (text); delimiter ,")
    lines = written("a.jsonl", rows('{{"review": "{text}", "n": 1}}\n'))
    assert [sample.text for sample in read(lines, "next", asked=asked).samples] == [text for text, _ in TEXTS]
    with pytest.raises(RowError, match="has a header and no text under it"):
        read(written("b.csv", "review,n\n ,1\n"), "next", asked=asked)
