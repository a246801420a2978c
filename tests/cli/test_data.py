"""Files as people have them: the options that say what they look like, the same for train and evaluate."""

from __future__ import annotations

import json

import pytest

from rnn_tui.cli import main
from rnn_tui.network.storage import load
from tests.builders import build
from tests.cli.test_train import QUICK, complaint
from tests.learning.made import CONLL_U, SENTENCES, TEXTS, conll, rows, table


@pytest.fixture
def place(tmp_path):
    """Write a file: place(name, content) gives its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def trained(path, *options):
    """Train for an epoch; returns the exit code and the model's path."""
    output = path.parent / "out.safetensors"
    return main(["train", str(path), "-o", str(output), "--epochs", "1", "--hidden", "2", *options]), output


LATIN = table(";", "satz{}stimmung").replace("fine", "fein\xe9").encode("latin-1")


@pytest.mark.parametrize(
    ("name", "content", "options", "taken"),
    [
        ("a.csv", table(","), (), "columns: text (text), label (label); delimiter ,"),
        ("a.csv", table(";", "review{}sentiment"), (), "columns: review (text), sentiment (label); delimiter ;"),
        (
            "a.csv",
            LATIN,
            ("--encoding", "cp1252", "--text-column", "Satz", "--label-column", "2", "--delimiter", "semicolon"),
            "columns: satz (text), stimmung (label); delimiter ;; encoding cp1252",
        ),
        (
            "a.txt",
            rows("{label}\t{text}\n"),
            ("--delimiter", "tab"),
            "columns: 1 (label), 2 (text), no header; delimiter tab",
        ),
        (
            "a.txt",
            rows("{text}\t{label}\n"),
            ("--delimiter", "\\t"),
            "columns: 1 (text), 2 (label), no header; delimiter tab",
        ),
    ],
)
def test_texts_are_learned_and_what_was_taken_is_said(place, capsys, name, content, options, taken):
    path = place(name, content)
    code, output = trained(path, *options)
    lines = capsys.readouterr().err.splitlines()
    assert (code, lines[0]) == (0, f"{path}: {taken}")
    known = len(load(output).vocabulary)
    assert lines[1] == f"{path}: --task labels, 7 texts to train on, 1 held out, {known} words known, 2 labels"
    assert load(output).labels == ("neg", "pos")


def test_sentences_of_conll_are_learned_with_the_tags_that_are_asked_for(place):
    path = place("a.conllu", conll(CONLL_U))
    code, output = trained(path, "--quiet")
    assert (code, load(output).labels) == (0, tuple(sorted({tag for _, tags in SENTENCES for tag in tags})))
    assert trained(path, "--quiet", "--column", "xpos")[0] == 0
    assert set(load(output).labels) == {"XDE", "XNO", "XVE", "XPR", "XAD"}
    assert load(output).readout.kind == "each"


def test_a_series_with_decimal_commas(place, capsys):
    path = place("a.txt", "1,5\n2,25\n3,0\n1,25\n" * 6)
    assert trained(path, "--quiet", "--window", "2")[0] == 1
    assert "--delimiter ';' reads it as that" in complaint(capsys)
    assert trained(path, "--quiet", "--window", "2", "--delimiter", ";")[0] == 0


@pytest.mark.parametrize("options", [("--tokenizer", "words"), ()])
def test_texts_without_spaces_get_a_hint_at_characters(place, capsys, options):
    content = "text,label\n" + "".join(f"今天天气{'很' * k}好,{'ab'[k % 2]}\n" for k in range(1, 8))
    trained(place("a.csv", content), *options)
    hint = "the texts have no spaces between words, so each would be one word; --tokenizer characters suits them"
    assert hint in capsys.readouterr().err.splitlines()
    trained(place("a.csv", content), "--tokenizer", "characters")
    assert hint not in capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--delimiter", ";;"), "--delimiter “;;”: expected one sign: , ; | tab space"),
        (("--delimiter", ""), "--delimiter “”: expected one sign"),
        (("--encoding", "klingon"), "--encoding “klingon”: no such encoding; utf-8, cp1252 (Windows), latin-1"),
        (("--encoding", "hex"), "--encoding “hex”: no such encoding"),
        (("--encoding", "a\0b"), "no such encoding"),
        (
            ("--task", "labels", "--column", "text"),
            "--column is for a series of numbers and tags, not for --task labels",
        ),
        (
            ("--task", "series", "--text-column", "a"),
            "--text-column is for texts with labels and texts and tags, not for",
        ),
        (
            ("--task", "next", "--label-column", "a"),
            "--label-column is for texts with labels and tags, not for --task next",
        ),
        (("--text-column", "a", "--column", "b"), "--column is for a series of numbers or tags, --text-column for"),
        (("--window", "3"), "--window is for a series of numbers, and "),
    ],
)
@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_a_call_that_is_wrong(place, capsys, command, options, says):
    path = place("a.csv", table(","))
    if command == "evaluate":
        if "--window" in options:  # a model for something else has no use for it, and no harm
            return
        code = main(["evaluate", "-m", "sentiment", str(path), *options])
    else:
        code = trained(path, *options)[0]
    assert code == 2
    assert says in complaint(capsys)


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        (
            table(",", "foo{}bar"),
            (),
            "--text-column NAME (or a number) says which to take, --label-column",
        ),
        (table(",", "text{}bar"), (), "the header has: text, bar; --label-column NAME"),
        (
            table(",", "text{}bar"),
            ("--label-column", "baz"),
            "no column is called “baz”; the header has: text, bar; --label-",
        ),
        (
            LATIN,
            (),
            "row 2: byte 0xe9 is not UTF-8; save the file as UTF-8, or say what it is in, such as --encoding cp1252",
        ),
        (LATIN, ("--encoding", "utf-16-be"), "--encoding NAME says which one it is in"),
        (table(",").encode("utf-16-be"), (), "--encoding utf-16-be reads it"),
        (table(",") + "a,b,c\n", (), "row 10: has 3 fields where the header has 2"),
        (
            b"PK\x03\x04xl/workbook.xml",
            (),
            "is an Excel workbook, as its first bytes say, and no text; save it as CSV UTF-8",
        ),
    ],
)
def test_faults_name_the_option_for_both_commands(place, capsys, content, options, says):
    path = place("a.csv", content)
    assert trained(path, *options)[0] == 1
    line = complaint(capsys)
    assert says in line
    assert main(["evaluate", "-m", "sentiment", str(path), *options]) == 1
    assert complaint(capsys).strip() == line.strip().removesuffix("; --task next takes every line as a text")


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("a.csv", table(",", "review{}sentiment"), ()),
        ("a.csv", "sep=;\n" + table(";"), ()),
        ("a.csv", LATIN, ("--encoding", "latin-1", "--text-column", "1", "--label-column", "2", "--delimiter", ";")),
        ("a.txt", rows("__label__{label} {text}\n"), ()),
        ("a.txt", rows("{label}\t{text}\n"), ()),
        ("a.jsonl", rows('{{"headline": "{text}", "category": "{label}"}}\n'), ()),
    ],
)
def test_evaluate_takes_the_same_files_in_the_same_way(shelf_of, place, capsys, name, content, options):
    shelf_of(small=build(labels=("neg", "pos")))
    path = place(name, content)
    assert main(["evaluate", "-m", "small", str(path), "--json", *options]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n"] == len(TEXTS)
    assert [sum(row) for row in found["confusion"]] == [4, 4]
    assert main(["evaluate", "-m", "small", str(path), *options]) == 0
    taken = capsys.readouterr().out.splitlines()[1]
    assert trained(path, *QUICK[1:], *options)[0] == 0
    assert capsys.readouterr().err.splitlines()[0] == f"{path}: {taken}"


def test_evaluate_of_a_tagger(shelf_of, place, capsys):
    shelf_of(tagger=build(readout="each", labels=("ADJ", "DET", "NOUN", "PRON", "VERB")))
    path = place("a.conllu", "# text = The dog barks\n" + conll(CONLL_U))
    assert main(["evaluate", "-m", "tagger", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == sum(len(words) for words, _ in SENTENCES)


@pytest.mark.parametrize(
    ("model", "content", "says"),
    [
        ("sentiment", conll(CONLL_U), "looks like CoNLL, a word and its tags a line"),
        ("tagger", table(","), "the model needs sentences with a tag for every word"),
        ("names", table(","), "the model needs a text a line; --task next takes every line as one, as it is"),
        ("sunspots", conll(CONLL_U), "the model needs a series of numbers or texts with a label each"),
    ],
)
def test_a_file_for_another_task_is_refused_by_its_name(place, capsys, model, content, says):
    path = place("a.csv", content)
    assert main(["evaluate", "-m", model, str(path)]) == 1
    line = complaint(capsys)
    assert says in line
    assert f"{path}: row 1: looks like " in line


def test_lines_are_evaluated_as_they_are_where_that_is_asked_for(place, capsys):
    path = place("a.csv", table(","))
    assert main(["evaluate", "-m", "names", str(path), "--task", "next", "--json"]) in (0, 1)
    assert "looks like" not in capsys.readouterr().err
    assert main(["evaluate", "-m", "names", str(path), "--task", "labels"]) == 1
    assert "is to be read for --task labels, but the model is for --task next" in complaint(capsys)


@pytest.mark.parametrize("option", [("--window", "5"), ("--column", "text")])
def test_evaluate_takes_no_option_of_another_task(tmp_path, capsys, option):
    (tmp_path / "a.csv").write_text("text,label\na good film,Positive\na bad film,Negative\n", encoding="utf-8")
    assert main(["evaluate", "-m", "sentiment", str(tmp_path / "a.csv"), *option]) == 2
    assert f"{option[0]} is for a series of numbers" in (said := capsys.readouterr().err)
    assert "the model is for --task labels" in said
