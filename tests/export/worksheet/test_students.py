"""Each student gets another sentence, or other weights, of the same length and of known words."""

from __future__ import annotations

import re
import shlex
import time

import pytest

from rnn_tui import shelf
from rnn_tui.edits import parse_edit
from rnn_tui.export.worksheet import html, markdown
from rnn_tui.export.worksheet.grammar import pieces_that_stand_alone, tags_of
from rnn_tui.export.worksheet.making import sheets_of
from rnn_tui.export.worksheet.sentences import drawn
from rnn_tui.lenses.tagged import sentences
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Example
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from tests.builders import build, wired
from tests.export.worksheet.made import ALL, as_json, at, read, sheets

OF_TWO_WORDS = ("sun-or-rain",)
SHIPPED = [name for name, path in shelf.in_order().items() if shelf.is_shipped(path) and name not in OF_TWO_WORDS]


def thirty(model, seed):
    text = model.examples[0].text
    return drawn(model, text, 30, seed, len(model.tokenize(text)))


@pytest.mark.parametrize("name", SHIPPED)
def test_thirty_different_sentences_of_known_words(name):
    model = shelf.load(name)
    texts = thirty(model, 1)
    lengths = {len(model.tokenize(text)) for text in texts}
    assert texts[0] == model.examples[0].text
    assert len({tuple((token.index, token.values) for token in model.tokenize(text)) for text in texts}) == 30
    assert len(lengths) == 1
    assert not any(token.unknown for text in texts[1:] for token in model.tokenize(text))
    assert texts == thirty(model, 1)
    assert texts[1:] != thirty(model, 2)[1:]


@pytest.mark.parametrize("name", OF_TWO_WORDS)
def test_where_two_words_make_no_thirty_sentences_each_student_has_weights_of_their_own(name):
    model = shelf.load(name)
    with pytest.raises(UserError, match="ask for fewer --students"):
        thirty(model, 1)
    pages = sheets(model, count=30)
    assert len({page.sentence for page in pages}) == 1
    assert all("Round weights were drawn" in page.varied for page in pages)
    assert len({tuple(blank.answer for blank in page.blanks()) for page in pages}) == 30


def test_a_model_that_knows_thousands_of_words_lends_those_of_its_examples_and_of_the_tagged_sentences_alone():
    model = shelf.load("sentiment")
    used = {word.lower() for example in model.examples for word in example.text.split()}
    used |= {word.lower() for one in sentences() for word in one.words}
    for text in drawn(model, "this movie is good", 60, seed=5, length=4):
        assert set(text.lower().split()) <= used


@pytest.mark.parametrize("name", ["tagger", "sentiment", "sentiment-gru", "kicking-and-screaming"])
@pytest.mark.parametrize("length", [3, 5, 7])
def test_drawn_sentences_are_no_word_salad(name, length):
    # every one is a whole sentence, or a phrase of one, word class by word class
    model = shelf.load(name)
    whole = [one.words for one in sentences()] + [tuple(example.text.split()) for example in model.examples]
    rows = [tags_of(words) for words in whole]
    rows += [tuple(tag for tag in tags if tag != "PUNCT") for tags in rows]
    runs = {tags[k : k + length] for tags in rows for k in range(len(tags))}
    for text in drawn(model, " ".join(["the"] * length), 20, seed=2, length=length)[1:]:
        assert tags_of(text.split()) in runs, text


@pytest.mark.parametrize(
    ("words", "tags", "found"),
    [
        ("The dog slept in the rain .", "DET NOUN VERB ADP DET NOUN PUNCT", {"The dog slept", "in the rain"}),
        ("She sang and he danced .", "PRON VERB CCONJ PRON VERB PUNCT", set()),
        ("The door of the house is blue .", "DET NOUN ADP DET NOUN AUX ADJ PUNCT", set()),
    ],
)
def test_a_piece_of_a_sentence_can_stand_alone(words, tags, found):
    pieces = pieces_that_stand_alone(words.split(), tags.split(), 3)
    assert {" ".join(piece) for piece in pieces} == found


def test_too_few_sentences_are_said_in_one_line():
    model = build("gru", None, hidden=16, words=("<unk>", "yes"), examples=(Example("yes", ""),))
    with pytest.raises(UserError, match=r"30 students need as many texts of 1 words, .* only 1 could be made"):
        sheets(model, "yes", count=30)


def test_weights_differ_where_there_are_too_few_sentences():
    model = wired([[0.5], [-0.5]], words=("yes",), examples=(Example("yes yes", ""),))
    pages = sheets(model, count=6)
    assert {page.sentence for page in pages} == {("yes", "yes")}
    assert all("Round weights were drawn" in page.varied for page in pages)
    assert len({page.weights for page in pages}) == 6


def test_drawn_weights_are_round_and_the_command_sets_them():
    model = shelf.load("kicking-and-screaming")
    pages = sheets(model, count=4, vary="weights")
    for page in pages:
        edits = [
            word
            for at_word, word in enumerate(shlex.split(page.command))
            if shlex.split(page.command)[at_word - 1] == "--edit"
        ]
        edited = model
        for edit in edits:
            edited = parse_edit(edit).changed(edited)
        table = page.weights[0].groups[0]
        shown = [[read(cell.text) for cell in row[1:]] for row in table]
        assert all(abs(10 * value - round(10 * value)) < 1e-9 and abs(value) <= 0.9 for row in shown for value in row)
        printed = as_json(run(edited, edited.tokens_of(page.sentence)))
        for blank in page.blanks():
            if blank.path and blank.value is not None:
                assert blank.value == pytest.approx(at(printed, blank.path), abs=1e-6)
    assert len({page.walk for page in pages}) == 4


def test_weights_of_a_large_network_are_not_drawn():
    with pytest.raises(UserError, match="a sheet has room for 60 drawn ones"):
        sheets(shelf.load("names"), count=2, vary="weights")


def test_a_long_sentence_is_refused_in_one_line():
    with pytest.raises(UserError, match=r"the sentence has 13 words, and a sheet of paper has room for 12"):
        sheets(shelf.load("kicking-and-screaming"), "and " * 13)
    assert sheets(shelf.load("kicking-and-screaming"), "and " * 12)


def test_one_word_is_enough():
    (page,) = sheets(shelf.load("kicking-and-screaming"), "kicking")
    assert any(page.walk.blanks())


def test_the_walk_fits_on_paper_whatever_the_length():
    model = shelf.load("names")
    for length in range(1, 13):
        (page,) = sheets(model, "^" + "a" * (length - 1))
        assert sum(map(len, page.walk.groups)) <= 16


@pytest.mark.parametrize("name", SHIPPED)
def test_a_sheet_is_about_ten_minutes_of_work(name):
    model = shelf.load(name)
    for page in sheets(model, count=4):
        assert 20 <= sum(1 for _ in page.blanks()) <= 40
        assert any(blank.where.startswith(f"{page.token} {len(page.sentence)} ") for blank in page.walk.blanks())
    for page in sheets(model, levels=(1,), count=4):
        assert 9 <= sum(1 for _ in page.blanks()) <= 40


@pytest.mark.parametrize("name", SHIPPED)
def test_a_sheet_is_made_at_once(name):
    model = shelf.load(name)
    begun = time.process_time()
    pages = sheets(model, count=3)
    for written in (html, markdown):
        assert re.search(r"\S", written.sheets(pages) + written.answers(pages))
    assert time.process_time() - begun < 3.0


def test_all_have_as_many_words_as_the_edits_leave():
    model = shelf.load("kicking-and-screaming")
    scene = Scene(Reading(model.name, "Running in the rain", (parse_edit("drop 3"),)))
    pages = sheets_of(scene, model, ALL, 0, 5)
    assert pages[0].sentence == ("Running", "in", "rain")
    assert {len(page.sentence) for page in pages} == {3}
    assert "--edit" in pages[0].command
    assert "--edit" not in pages[1].command
