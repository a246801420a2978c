"""Sentences with tags in all their forms: each is the same sentences."""

from __future__ import annotations

import pytest

from rnn_tui.learning.reading import check_answers, read
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.source import Asked
from tests.learning.made import CONLL_U, SENTENCES, conll, first_row, sentences_of

TWO = "{word}\t{tag}\n"
FOUR = "{word} {xpos} B-NP {span}\n"
WORD_TAG = "a word a line (CoNLL); columns: word (words), tag (tags)"
UNIVERSAL = "CoNLL-U; columns: FORM (words), UPOS (tags); --column takes another"
LINES = "".join(f"{' '.join(words)}\t{' '.join(tags)}\n" for words, tags in SENTENCES)
SLASHED = "".join(" ".join(f"{word}/{tag}" for word, tag in zip(*pair, strict=True)) + "\n" for pair in SENTENCES)
TABLE = "Sentence #,Word,POS\n" + conll("{i},{word},{tag}\n", "")
KAGGLE = "".join(
    f"{f'Sentence: {n}' if i == 0 else ''},{word},{tag},O\n"
    for n, pair in enumerate(SENTENCES, start=1)
    for i, (word, tag) in enumerate(zip(*pair, strict=True))
)
JSON = "".join(f'{{"tokens": {list(words)}, "tags": {list(tags)}}}\n'.replace("'", '"') for words, tags in SENTENCES)

FORMS = {
    "two columns": (conll(TWO), WORD_TAG, 1),
    "two columns, spaces": (conll("{word} {tag}\n"), WORD_TAG, 1),
    "lines with a tab between": (conll(TWO, "\t\n"), WORD_TAG, 1),
    "lines with tabs and spaces": (conll(TWO, " \t \t\n\n"), WORD_TAG, 1),
    "no last line end": (conll(TWO).rstrip("\n"), WORD_TAG, 1),
    "Windows": (conll(TWO).replace("\n", "\r\n"), WORD_TAG, 1),
    "comments": ("# newdoc\n# text = The dog barks\n" + conll(TWO), WORD_TAG, 3),
    "a header": ("word\ttag\n" + conll(TWO), WORD_TAG, 2),
    "numbered": (conll("{i}\t{word}\t{tag}\n"), "a word a line (CoNLL); columns: 2 (words), 3 (tags)", 1),
    "universal among others": (
        conll("{word}\t{lower}\t{tag}\t{xpos}\n"),
        "a word a line (CoNLL); columns: word (words), chunk (tags); --column takes another",
        1,
    ),
    "CoNLL-U": (conll(CONLL_U), UNIVERSAL, 1),
    "CoNLL-U with comments": ("# sent_id = 1\n# text = The\tdog barks\n" + conll(CONLL_U), UNIVERSAL, 3),
    "CoNLL-U Plus": (
        "# global.columns = ID FORM UPOS\n" + conll("{i}\t{word}\t{tag}\n"),
        "a word a line (CoNLL); columns: FORM (words), UPOS (tags)",
        2,
    ),
    "a sentence a line": (LINES, "a sentence a line: words, a tab, their tags", 1),
    "word/TAG": (SLASHED, "a sentence a line: every word, “/”, its tag", 1),
    "word_TAG": (SLASHED.replace("/", "_"), "a sentence a line: every word, “_”, its tag", 1),
    "a table": (
        "Sentence #,Word,POS,Tag\n" + KAGGLE,
        "columns: Sentence # (sentences), Word (words), POS (tags); delimiter ,",
        2,
    ),
    "JSON lines": (JSON, "JSON lines; keys: tokens (words), tags (tags)", 1),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_sentences_are_read_of_every_form_and_what_was_taken_is_said(written, form):
    content, taken, row = FORMS[form]
    samples = read(written("a.txt", content))
    assert samples.task == "tags"
    assert sentences_of(samples) == SENTENCES
    assert samples.taken == taken
    assert first_row(samples) == row


def test_words_that_are_written_together_and_those_that_are_not_written_are_left_out(written):
    # given “don't” in two words, and an empty node, as CoNLL-U has them
    rows = (
        "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_",
        "1\tdo\tdo\tAUX\tVB\t_\t0\troot\t_\t_",
        "2\tn't\tnot\tPART\tRB\t_\t1\t_\t_\t_",
    )
    empty = "2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_"
    spaced = "3\t1 000\t1000\tNUM\tCD\t_\t1\t_\t_\t_"
    samples = read(written("a.conllu", "\n".join([*rows, empty, spaced, "", ""])))
    # then the words themselves have a tag each, and one with a space in it is one
    assert sentences_of(samples) == ((("do", "n't", "1_000"), ("AUX", "PART", "NUM")),)


@pytest.mark.parametrize(
    ("content", "column", "tags"),
    [
        (conll(CONLL_U), None, ("DET", "NOUN", "VERB")),
        (conll(CONLL_U), "XPOS", ("XDE", "XNO", "XVE")),
        (conll(CONLL_U), "xpos", ("XDE", "XNO", "XVE")),
        (conll(CONLL_U), "5", ("XDE", "XNO", "XVE")),
        ("-DOCSTART- -X- -X- O\n\n" + conll(FOUR), None, ("O", "B-THING", "O")),
        (conll(FOUR), "ner", ("O", "B-THING", "O")),
        (conll(FOUR), "pos", ("XDE", "XNO", "XVE")),
        (conll(FOUR), "2", ("XDE", "XNO", "XVE")),
        (conll(FOUR.replace(" ", "\t")), "2", ("XDE", "XNO", "XVE")),
        (conll("{word}\t_\t{xpos}\t{lower}\t_\n"), "4", ("det", "noun", "verb")),
        ("Sentence #,Word,POS,Tag\n" + KAGGLE, "Tag", ("O", "O", "O")),
        (conll("{word} {span}\n", "\n", SENTENCES[:1]) + conll("{word} {span}\n", "\n"), None, ("O", "B-THING", "O")),
        (conll("{word} {lower} {span}\n", ""), None, None),
    ],
)
def test_the_column_of_the_tags_can_be_said(written, content, column, tags):
    samples = read(written("a.txt", content), column=column)
    assert samples.task == "tags"
    if tags is None:  # one sentence, known by its spans
        assert samples.samples[0].answers[:3] == ("O", "B-THING", "O")
    else:
        assert samples.samples[0].answers == tags


def test_spans_are_learned_a_word_at_a_time_and_that_is_said(written):
    taken = read(written("a.txt", conll(FOUR))).taken
    assert taken == (
        "a word a line (CoNLL); columns: word (words), ner (tags); --column takes another; "
        "the tags mark spans (B-, I-, O), and are learned a word at a time"
    )


@pytest.mark.parametrize(
    ("content", "column", "says"),
    [
        (conll(TWO) + "odd\n", None, "row 16: has 1 column where the others have 2"),
        (conll(TWO) + "odd\t\n", None, "row 16: has no tag in column tag; --column says another one"),
        (conll(TWO) + "\tNOUN\n", None, "row 16: has no word in column word"),
        (conll(TWO) + "odd\t\N{NO-BREAK SPACE}\n", None, "row 16: has no tag in column tag"),
        (conll(TWO) + "\N{NO-BREAK SPACE}\tNOUN\n", None, "row 16: has no word in column word"),
        (conll(CONLL_U), "6", "row 1: has no tag in column FEATS"),
        (conll(CONLL_U), "99", "no column is called “99”; the file has: ID, FORM, LEMMA, UPOS, XPOS"),
        (conll(CONLL_U), "form", "--column form is the column of the words"),
        (
            conll("{word}\t_\t{xpos}\t{lower}\t_\n"),
            None,
            "row 1: has 5 columns (1 “The” 2 “_” 3 “XDE” 4 “det” 5 “_”); --column N",
        ),
        ("Anna\tEnglish\nBert\tGerman\nCarl\tGerman\n", None, "row 1: looks like two words a line with a tab between"),
        (SLASHED * 8 + "odd one/NOUN\n", None, "row 33: “odd” is no word with “/” and its tag behind it"),
        ("Sentence #,Word,POS\n1,The,DET\n1,,NOUN\n", None, "row 3: has no word"),
        ("Sentence #,Word,POS\n1,The,DET\n1,dog,\n", None, "row 3: has no tag"),
        ("Sentence #,Word,POS\n", None, "has a header and no row under it"),
        (JSON + '{"tokens": ["a", "b"], "tags": ["X"]}\n', None, "row 5: has 2 words and 1 tags"),
        (JSON + '{"tokens": "a b", "tags": ["X"]}\n', None, "row 5: tokens and tags are to be lists"),
        (JSON + '{"tokens": [], "tags": []}\n', None, "row 5: has 0 words and 0 tags"),
        (JSON + '{"tokens": ["a", "b"], "tags": ["X", ""]}\n', None, "row 5: the word “b” has no tag"),
        (JSON + '{"tokens": ["a", "b"], "tags": [" ", "X"]}\n', None, "row 5: the word “a” has no tag"),
    ],
)
def test_a_fault_names_the_row_and_the_option(written, content, column, says):
    path = written("a.txt", content)
    with pytest.raises(RowError) as caught:
        read(path, column=column)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_a_doubt_between_two_kinds_is_settled_by_the_task(written):
    # given a word, a tab and a word on every line
    path = written("a.tsv", "Anna\tEnglish\nJohn\tEnglish\nBert\tGerman\nCarl\tGerman\n")
    # when it is read for a task, then it is a text and its label, or a word and its tag
    assert [(sample.text, *sample.answers) for sample in read(path, "labels").samples][2] == ("Bert", "German")
    assert sentences_of(read(path, "tags"))[2] == (("Bert",), ("German",))
    check_answers(read(path, "tags"))


def test_a_tag_in_lower_case_between_tabs_and_a_word_that_is_a_sign(written):
    samples = read(written("a.txt", conll("{word}\t{lower}\n") + "#\tnoun\n1\tnoun\n\n"))
    assert sentences_of(samples)[-1] == (("#", "1"), ("noun", "noun"))


def test_the_delimiter_of_a_file_of_words_can_be_said(written):
    path = written("a.txt", conll(TWO))
    assert read(path, asked=Asked(delimiter="\t")).task == "tags"
    with pytest.raises(RowError, match="looks like two words a line with a tab between"):
        read(path, asked=Asked(delimiter=";"))


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"])
@pytest.mark.parametrize("form", ["CoNLL", "a table", "JSON lines"])
def test_a_word_with_white_space_of_any_kind_stays_one_word(written, form, space):
    number = f"10{space}000"
    content = {
        "CoNLL": conll(TWO) + f"{number}\tNUM\nmots\tNOUN\n\n",
        "a table": TABLE + f"9,{number},NUM\n9,mots,NOUN\n",
        "JSON lines": JSON + f'{{"tokens": ["{number}", "mots"], "tags": ["NUM", "NOUN"]}}\n',
    }[form]
    sample = read(written("a.txt", content)).samples[-1]
    assert (sample.text.split(), sample.answers) == (["10_000", "mots"], ("NUM", "NOUN"))
