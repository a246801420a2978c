"""`rnn-tui generate`: a next-token model writes on."""

from __future__ import annotations

import pytest

from rnn_tui.cli import main
from rnn_tui.network.tokens import CharacterTokenizer
from tests.builders import build
from tests.cli.test_train import complaint

CHARACTERS = ("^", "a", "b", "c")


@pytest.fixture
def writers(shelf_of):
    """A model of characters and one of words, both with random weights, and one that doesn't write."""
    from dataclasses import replace

    fields = {"readout": "each", "unknown": None, "labels": ("a", "b", "c", "<end>"), "provenance": {"start": "^"}}
    words = build(words=CHARACTERS, **fields)
    shelf_of(words=words, characters=replace(words, tokenizer=CharacterTokenizer()), small=build())


def lines(capsys, *arguments):
    assert main(["generate", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_texts_go_on_from_the_start_and_the_seed_repeats_them(writers, capsys):
    arguments = ("-m", "characters", "-s", "ab", "--count", "5", "--seed", "3")
    written = lines(capsys, *arguments)
    assert len(written) == 5
    assert len(set(written)) > 1
    assert all(text.startswith("ab") and set(text) <= set("abc") for text in written)
    assert lines(capsys, *arguments) == written


def test_without_a_seed_they_differ(writers, capsys):
    assert lines(capsys, "-m", "characters", "--count", "20") != lines(capsys, "-m", "characters", "--count", "20")


def test_words_have_spaces_between(writers, capsys):
    (text,) = lines(capsys, "-m", "words", "-s", "a b", "--length", "3", "--seed", "1")
    assert text.startswith("a b")
    assert set(text.split()) <= set("abc")
    assert len(text.split()) <= 5


def test_the_start_token_is_not_shown(writers, capsys):
    typed = lines(capsys, "-m", "characters", "-s", "^ab", "--seed", "3")
    assert typed == lines(capsys, "-m", "characters", "-s", "ab", "--seed", "3")


def test_temperature_0_needs_no_luck(writers, capsys):
    written = lines(capsys, "-m", "characters", "--temperature", "0", "--count", "4", "--length", "9")
    assert len(set(written)) == 1


def test_an_edited_network_writes_something_else(writers, capsys):
    arguments = ("-m", "characters", "-s", "ab", "--count", "5", "--seed", "3")
    as_it_is = lines(capsys, *arguments)
    assert lines(capsys, *arguments, "--edit", "forget") != as_it_is
    assert lines(capsys, *arguments, "--edit", "scale-memory 1") == as_it_is


def test_edits_of_words_are_edits_of_the_beginning(writers, capsys):
    arguments = ("-m", "characters", "--count", "5", "--seed", "3")
    edited = lines(capsys, *arguments, "-s", "ac", "--edit", "word 2 b", "--edit", "insert 3 c")
    assert edited == lines(capsys, *arguments, "-s", "abc")
    assert lines(capsys, *arguments, "--edit", "insert 1 a") == lines(capsys, *arguments, "-s", "a")
    # and places count what was typed, the start token too
    assert lines(capsys, *arguments, "-s", "^ac", "--edit", "drop 2") == lines(capsys, *arguments, "-s", "c")


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ("drop 3", "“drop 3”: there is no character 3 here, only 1 to 2"),
        ("word 1 ab", "“ab” is 2 characters to “small”; an edit takes one character"),
        ("silence 9", "there is no unit 9"),
        ("frogs", "no edit is called “frogs”"),
    ],
)
def test_a_wrong_edit_is_a_wrong_call(writers, capsys, edit, says):
    assert main(["generate", "-m", "characters", "-s", "ab", "--edit", edit]) == 2
    assert says in complaint(capsys)


def test_length_is_the_most_that_is_written(writers, capsys):
    written = lines(capsys, "-m", "characters", "--count", "40", "--length", "4", "--seed", "0")
    assert max(map(len, written)) == 4


def test_another_kind_of_model_says_which_is_needed(writers, capsys):
    assert main(["generate", "-m", "small", "-s", "the dog"]) == 1
    assert "“small” doesn't write on: that needs a next-token model" in complaint(capsys)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--temperature", "-1"), "“-1” is no number of 0 or above"),
        (("--temperature", "warm"), "“warm” is no number"),
        (("--length", "0"), "“0” is no whole number of at least 1"),
        (("--count", "1.5"), "“1.5” is no whole number"),
    ],
)
def test_a_call_that_is_wrong(writers, capsys, arguments, says):
    assert main(["generate", "-m", "characters", *arguments]) == 2
    assert says in complaint(capsys)
