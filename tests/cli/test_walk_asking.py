"""`rnn-tui walk --ask`: a question in plain lines, an answer from standard input, a mark, and on with the walk."""

import io

import pytest

from rnn_tui.cli import main

SCENE = ("-m", "kicking-and-screaming", "-s", "Kicking and screaming", "--at", "2:multiply")


@pytest.fixture
def walked(capsys, monkeypatch):
    def walk(question, typed, *arguments):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert main(["walk", *SCENE, *arguments, "--ask", question]) == 0
        return capsys.readouterr().out.splitlines()

    return walk


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("down\n", "Right."),
        ("2\n", "Right."),
        ("up\n", "Not up: it is down."),
        ("\n", "The answer is down."),
        ("", "The answer is down."),
    ],
)
def test_a_choice_is_marked_and_the_walk_goes_on(walked, typed, said):
    lines = walked("direction h[1]", typed)
    at = lines.index("Type the answer, or its number.")

    assert lines[at - 3 : at] == ["1: up", "2: down", "3: about the same"]
    assert lines[at - 4].startswith("Which way will the memory in unit verb go at word 2, “and”?")
    assert lines[at + 1 : at + 3] == [said, "squashed(0.72) ≈ 0.61. From +0.72 to +0.61: it goes down."]
    unit = "The picked unit is verb; --unit picks another."
    assert lines[at + 3 : at + 7] == ["", unit, "", "Word 2 of 3: and."]
    assert any(line.startswith("The answer is Negative, ") for line in lines[at:])


def test_what_is_no_answer_is_said_and_the_next_line_is_read(walked):
    lines = walked("value h[1]", "a lot\n0.6\n")
    at = lines.index("Type the number.")

    assert lines[at + 1] == "“a lot” is no number; give a number such as −0.25"
    assert lines[at + 2] == "Right."


def test_nothing_of_the_answer_stands_before_the_question(walked):
    lines = walked("label", "\n")
    at = lines.index("Type the answer, or its number.")

    assert not any("%" in line for line in lines[:at])
    assert "The answer is Negative." in lines[at + 1]


def test_a_covered_answer_stays_covered(walked):
    lines = walked("direction h[1]", "2\n", "--hide")

    assert not any("%" in line for line in lines)


@pytest.mark.parametrize("question", ["label", "word", "exchanged 1 3", "probability Negative", "without-memory"])
def test_an_answer_that_was_told_is_not_asked_for_again(walked, question):
    lines = walked(question, "\n", "--hide")
    asked = next(at for at, line in enumerate(lines) if line.startswith("Type the"))

    assert "Negative" in " ".join(lines[asked + 1 : asked + 3])
    assert not any("What do you think" in line or "Choose before you look" in line for line in lines)
    assert any(line.startswith("The answer is Negative, 87%") for line in lines[asked + 3 :])


@pytest.mark.parametrize(
    ("arguments", "question", "unit"),
    [
        (SCENE, "direction h[3]", "verb"),
        ((*SCENE, "--unit", "2"), "direction h[3]", "noun"),
        (("-m", "sentiment", "-s", "what a film"), "label", "unit 9"),
    ],
)
def test_the_unit_that_is_named_is_the_unit_that_is_told(capsys, monkeypatch, arguments, question, unit):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert main(["walk", *arguments, "--ask", question]) == 0
    lines = capsys.readouterr().out.splitlines()
    named = [line for line in lines if line.startswith("The picked unit is ")]

    # one is named, after the answer, and the walk is about it
    assert named == [f"The picked unit is {unit}; --unit picks another."]
    assert lines.index(named[0]) > next(at for at, line in enumerate(lines) if line.startswith("Type the"))
    multiplied = next(line for line in lines if line.startswith("1 Multiply: "))
    assert f" brings {unit} " in multiplied


def test_a_question_that_can_not_be_asked_is_a_wrong_call(capsys):
    assert main(["walk", *SCENE, "--ask", "weather"]) == 2
    assert "no question is called “weather”" in capsys.readouterr().err
