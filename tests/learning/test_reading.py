"""What a file holds is told by its content, and every fault has its row."""

from __future__ import annotations

import pytest

from rnn_tui.learning.reading import check_answers, read, read_for
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample
from tests.builders import build

CSV = 'text,label\n"good, really",Positive\n\nbad,Negative\n"two\nlines",Negative\nlast,Positive\n'
TAGGED = "the dog\tDET NOUN\nit barked\tPRON VERB\n"
SERIES = "1\n2\n4\n4\n3\n5\n"


@pytest.mark.parametrize(
    ("name", "content", "task"),
    [
        ("a.csv", CSV, "labels"),
        ("a.tsv", "label\ttext\nPositive\tgood\n", "labels"),
        ("a.txt", "Text,Label\ngood,1\n", "labels"),
        ("a.txt", '"text","label"\ngood,1\n', "labels"),
        ("a.csv", "words,label\ngood,1\n", "labels"),
        ("a.tsv", TAGGED, "tags"),
        ("a.txt", TAGGED, "tags"),
        ("a.txt", SERIES, "series"),
        ("a.csv", "sunspots\n1\n2\n3\n", "series"),
        ("a.txt", "Anna\nBert\n", "next"),
        ("a.txt", "once, a text\nand another\n", "next"),
    ],
)
def test_what_a_file_holds_is_told_by_its_content(written, name, content, task):
    path = written(name, content)
    if task == "labels" and "words" in content:  # a table without the column text is a table all the same
        with pytest.raises(RowError, match="no column is called “text”"):
            read(path)
        return
    assert read(path, window=2).task == task


def test_the_task_can_be_given(written):
    assert read(written("a.csv", CSV), "next").samples[0] == Sample(1, "text,label")


def test_a_table_keeps_the_row_in_which_each_text_begins(written):
    samples = read(written("a.csv", CSV)).samples
    assert samples == (
        Sample(2, "good, really", ("Positive",)),
        Sample(4, "bad", ("Negative",)),
        Sample(5, "two\nlines", ("Negative",)),
        Sample(7, "last", ("Positive",)),
    )


def test_tags(written):
    assert read(written("a.tsv", TAGGED)).samples[1] == Sample(2, "it barked", ("PRON", "VERB"))


def test_windows_of_a_series_are_labelled_by_the_number_after_them(written):
    # given 1 2 4 4 3 5, when cut into windows of two
    samples = read(written("a.txt", SERIES), window=2).samples
    # then (1 2) rises, (2 4) has an equal number after it and is left out, (4 4) falls, (4 3) rises
    assert samples == (
        Sample(1, "1 2", ("rises",), (1, 2)),
        Sample(3, "4 4", ("falls",), (4, 4)),
        Sample(4, "4 3", ("rises",), (4, 3)),
    )


def test_a_column_of_many(written):
    path = written("a.csv", "year,activity\n1700,5\n1701,11\n1702,16\n1703,7\n")
    assert [sample.text for sample in read(path, window=1, column="Activity").samples] == ["5", "11", "16"]
    with pytest.raises(RowError, match="has 2 columns; say which one: --column activity"):
        read(path, "series", window=1)
    with pytest.raises(RowError, match="row 1: no column is called “spots”; the header has: year, activity"):
        read(path, window=1, column="spots")


@pytest.mark.parametrize(
    ("name", "content", "task", "says"),
    [
        ("a.csv", "text,mark\ngood,1\n", None, "row 1: no column is called “label”; the header has: text, mark"),
        ("a.csv", "text,label\ngood,1\nbad\n", None, "row 3: has 1 field where the header has 2"),
        ("a.csv", "text,label\ngood, really,1\n", None, "row 2: has 3 fields where the header has 2"),
        ("a.csv", "text,label\n ,1\n", None, "row 2: the text is empty"),
        ("a.csv", "text,label\ngood,\n", None, "row 2: the label is empty"),
        ("a.csv", 'text,label\nx,1\n"never closed,1\n', None, "row 3: can't be read as a table"),
        ("a.csv", "text,label\n", None, "has a header and no row under it"),
        ("a.tsv", TAGGED + "one more\tNOUN\n", None, "row 3: has 2 words and 1 tags"),
        ("a.tsv", TAGGED + "no tab\n", None, "row 3: has no tab"),
        ("a.tsv", TAGGED + "a\tb\tc\n", None, "row 3: has 2 tabs"),
        ("a.tsv", TAGGED + " \t \n", None, None),
        ("a.txt", "1\n2\nthree\n4\n", None, "row 3: “three” is no number"),
        ("a.txt", "1\n2\nnan\n4\n", None, "row 3: “nan” is no number"),
        ("a.txt", "1\n2\n", None, "has 2 numbers, too few"),
        ("a.txt", "7\n7\n7\n7\n7\n", None, "too few that change"),
        ("a.txt", "1\n2\n3,5\n", None, "row 3: looks like a series of numbers with decimal commas (“3,5”)"),
    ],
)
def test_a_row_that_can_t_be_used_is_said_with_file_and_row(written, name, content, task, says):
    path = written(name, content)
    if says is None:
        assert len(read(path, task)) == 2
        return
    with pytest.raises(RowError) as caught:
        read(path, task, window=2)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_label_alone_teaches_nothing(written):
    with pytest.raises(RowError, match="has one label only, “Positive”"):
        check_answers(read(written("a.csv", "text,label\ngood,Positive\nfine,Positive\n")))
    check_answers(read(written("b.csv", CSV)))


def test_a_model_says_how_its_file_is_read(written):
    # given a tagger, a model of numbers that was trained with windows of 3, and one of words
    tagger = build(readout="each", labels=("DET", "NOUN"))
    numbers = build(inputs="number", labels=("falls", "rises"), provenance={"window": 3})
    # when a file is read for each, then the model decides, not the look of the file
    assert read_for(tagger, written("a.tsv", TAGGED)).task == "tags"
    assert read_for(numbers, written("a.txt", SERIES)).window == 3
    assert read_for(numbers, written("a.txt", SERIES), window=2).window == 2
    assert read_for(numbers, written("b.csv", "text,label\n1 2 3,rises\n")).task == "labels"
    assert read_for(build(), written("a.csv", CSV)).task == "labels"
    with pytest.raises(
        RowError, match=r"row 1: looks like a series of numbers \(“1”\); the model needs texts with a label"
    ):
        read_for(build(), written("a.txt", SERIES))
    with pytest.raises(
        RowError, match=r"row 1: looks like a series of numbers \(“1”\); --task series reads it as that"
    ):
        read_for(build(), written("a.txt", SERIES), "labels")
    with pytest.raises(RowError, match="is to be read for --task tags, but the model is for --task labels"):
        read_for(build(), written("a.csv", CSV), "tags")
