"""`rnn-tui walk`."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time

import pytest

from rnn_tui.cli import main
from tests.builders import build


def walk(capsys, *arguments):
    assert main(["walk", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_the_articles_sentence_reads_well_aloud(capsys):
    lines = walk(capsys, "-s", "Kicking and screaming")
    assert lines[:6] == [
        "The model kicking-and-screaming: Elman tanh, 4 hidden units.",
        "The picked unit is verb; --unit picks another.",
        "The sentence “Kicking and screaming”: 3 words.",
        "An RNN reads one word at a time and does three things: 1 multiply it by weights, 2 add what it remembers, "
        "3 check the outputs.",
        "",
        "Word 1 of 3: Kicking.",
    ]
    last = lines[lines.index("Word 3 of 3: screaming.") :]
    assert [line.split(":")[0] for line in last if line.split(":")[0] in HEADINGS] == HEADINGS
    assert "1 Multiply: “screaming” brings verb +0.90." in last
    assert "Two of three words so far pushed verb up: it is filling up." in last
    assert any(line.startswith("The memory is now: verb +0.9") for line in last)
    assert any(line.startswith("The answer is Negative, ") for line in last)


HEADINGS = ["Read", "1 Multiply", "2 Add", "Squash", "3 Check"]


def test_one_fact_a_line_and_no_boxes(capsys):
    for line in walk(capsys, "-s", "Mr. Smith? The dog barked ."):
        assert not any(0x2500 <= ord(character) < 0x2600 for character in line)
        assert "Press" not in line
        assert line == "" or line[-1] in ".?!;”"


def test_the_whole_sentence_is_said_at_the_start(capsys):
    text = "The sunshine in the garden and the smile of a friend"
    assert f"The sentence “{text}”: 11 words." in walk(capsys, "-s", text)
    assert walk(capsys, "-s", "dog " * 60)[2].endswith(" dog…”: 60 words.")


def test_lines_are_broken_between_words_at_a_terminal(terminal):
    code, lines = terminal([], "--at", "3:check")
    assert code == 0
    assert all(len(line) < 80 for line in lines)
    assert any(line.startswith("The answer is Negative, ") for line in lines)


def test_a_full_stop_of_the_users_ends_no_line(capsys, small):
    # given a sentence in which a full stop is a word
    lines = walk(capsys, "-m", "small", "-s", "dog . cat")
    # when what came before is quoted, then it stays in one piece
    assert any("“dog .”" in line for line in lines)


def test_at_starts_there(capsys):
    lines = walk(capsys, "--at", "3:squash", "--unit", "4")
    assert lines[1] == "The picked unit is mood; --unit picks another."
    assert lines[5] == "Word 3 of 3: screaming."
    assert lines[6].startswith("Squash: ")
    assert not any(line.startswith(("Read:", "1 Multiply:")) for line in lines)


def test_hide_gives_no_answer(capsys):
    text = "\n".join(walk(capsys, "--hide", "--arithmetic", "--notation"))
    assert "%" not in text.replace("100%", "")
    assert "What do you think: Negative or Positive?" in text


def test_notation_and_arithmetic_are_lines_of_their_own(capsys):
    lines = walk(capsys, "-s", "Kicking and screaming", "--at", "3:add", "--notation", "--arithmetic")
    assert "In notation: pre_activation[verb] = ih[verb] + hh[verb] = 0.90 + 0.61 = 1.51" in lines
    assert "verb: +1.00 times +0.61 is +0.61, so far +0.61." in lines
    assert "The bias is 0.00." in lines
    assert "Together +0.61." in lines
    assert "input plus memory is the sum: 0.900 + 0.615 = 1.515." in lines


@pytest.mark.parametrize("notation", [False, True])
@pytest.mark.parametrize("cell", ["elman", "gru", "lstm"])
@pytest.mark.parametrize("inputs", ["one-hot", "number"])
def test_the_arithmetic_has_notation_only_where_it_is_asked_for(capsys, shelf_of, cell, inputs, notation):
    shelf_of(own=build(cell, None if cell != "elman" else "tanh", inputs=inputs))
    lines = walk(capsys, "-m", "own", "--arithmetic", *(["--notation"] if notation else []))
    # the lines of numbers alone
    text = "\n".join(line for line in lines if not line.startswith("In notation: "))
    assert ("σ(" in text) == (notation and cell != "elman")
    assert ("x = " in text) == (notation and inputs == "one-hot")
    assert (": input: " in text) == (not notation and inputs == "one-hot")
    assert ("sigmoid(" in text) == (not notation and cell != "elman")


def test_many_units_and_many_products_are_summed_up(capsys, shelf_of):
    shelf_of(wide=build(hidden=20))
    lines = walk(capsys, "-m", "wide", "-s", "dog cat", "--at", "2:add", "--arithmetic")
    assert any(
        line.startswith("The memory now holds 20 numbers; the 8 largest, plus or minus: unit ") for line in lines
    )
    assert any(line.startswith("8 more products bring it to ") for line in lines)


@pytest.mark.parametrize(("cell", "headings"), [("gru", "Blend"), ("lstm", "Expose")])
def test_every_cell_can_be_walked(capsys, shelf_of, cell, headings):
    shelf_of(gated=build(cell, None, readout="attention", hidden=1))
    lines = walk(capsys, "-m", "gated", "--arithmetic")
    assert sum(line.startswith(f"{headings}: ") for line in lines) == 5
    assert lines[0] == f"The model small: {cell.upper()}, attention, 1 hidden unit."
    assert not any("picked unit" in line for line in lines)


def test_a_sentence_of_unknown_words_says_so(capsys):
    lines = walk(capsys, "-s", "xyzzy plugh")
    assert "Read: “xyzzy” is unknown to this model, it reads <unk>." in lines


@pytest.fixture
def terminal():
    """Run `rnn-tui walk` at a terminal; returns its exit code and its lines.

    `typed` is a list of (what to wait for, what to type then).
    """

    def run(typed, *arguments):
        process, master = pty.fork()
        if process == 0:
            os.execv(sys.executable, [sys.executable, "-m", "rnn_tui", "walk", *arguments])
        shown, waiting = b"", list(typed)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if not select.select([master], [], [], 0.2)[0]:
                continue
            try:
                piece = os.read(master, 4096)
            except OSError:  # Linux says so when the other end is closed
                break
            shown += piece
            while waiting and waiting[0][0] in shown:
                os.write(master, waiting.pop(0)[1])
        else:
            os.kill(process, signal.SIGKILL)
        os.close(master)
        _, status = os.waitpid(process, 0)
        return os.waitstatus_to_exitcode(status), shown.decode().replace("\r", "").splitlines()

    return run


def test_enter_takes_one_step_and_the_end_of_input_ends_the_walk(terminal):
    # given a terminal at which Enter is pressed twice and then Ctrl-D
    code, lines = terminal([(b"Read: ", b"\n"), (b"1 Multiply: ", b"\n"), (b"2 Add: ", b"\x04")])
    # then three phases were told
    assert code == 0
    assert "Enter takes the next step, Ctrl-D ends the walk." in lines
    told = [line.split(":")[0] for line in lines if line.split(":")[0] in HEADINGS]
    assert told == HEADINGS[:3]


def test_ctrl_c_ends_the_walk_quietly(terminal):
    code, lines = terminal([(b"Read: ", b"\n"), (b"1 Multiply: ", b"\x03")])
    assert code == 130
    assert not any("Traceback" in line for line in lines)


def test_enter_uncovers_a_hidden_answer(terminal):
    sentence = ("-s", "Kicking and screaming", "--at", "3:squash", "--hide")
    code, lines = terminal([(b"Squash: ", b"\n"), (b"uncovers", b"\n")], *sentence)
    assert code == 0
    assert lines[-1].startswith("The answer is Negative 8")


PRODUCT = re.compile(r"times (\S+) is (about )?(\S+), so far (about )?(\S+)\.$")


@pytest.mark.parametrize(
    "model", ["kicking-and-screaming", "sentiment", "sentiment-gru", "sentiment-lstm", "sentiment-attention"]
)
def test_sums_of_two_digits_hold_as_they_are_read_aloud_or_are_said_to_be_about_right(capsys, model):
    # given every product that is read aloud
    lines = walk(capsys, "-m", model, "-s", "this movie is not good", "--arithmetic")
    running, counted, about = 0.0, 0, 0
    for line in lines:
        if " times " not in line or "so far" not in line:
            running = running if line.startswith(("The bias", "Together")) or " more products bring" in line else 0.0
        more = re.search(r" more products bring it to (\S+)\.$", line)
        running = figure(more[1]) if more else running
        bias = re.match(r"The bias is (\S+)\.$", line)
        running += figure(bias[1]) if bias else 0.0
        together = re.match(r"Together (about )?(\S+)\.$", line)
        # when two shown numbers are put together, then the third is theirs, or "about" stands before it
        if together:
            assert closes(running, together[2]) == (together[1] is None), line
        found = PRODUCT.search(line)
        if found:
            first = figure(re.search(r": (\S+) times", line)[1])
            assert closes(first * figure(found[1]), found[3]) == (found[2] is None), line
            assert closes(running + figure(found[3]), found[5]) == (found[4] is None), line
            running, counted, about = figure(found[5]), counted + 1, about + bool(found[2] or found[4])
    assert counted > 50
    assert about or model == "kicking-and-screaming"


def figure(text):
    return float(text.replace("−", "-"))


def closes(value, text):
    return abs(value - figure(text)) <= 0.005 * (1 + 1e-6)


def test_the_memory_is_told_once_a_word_where_it_is_made(capsys):
    for model in ("sentiment", "sentiment-gru", "sentiment-attention"):
        lines = walk(capsys, "-m", model, "-s", "not good")
        made = [k for k, line in enumerate(lines) if line.startswith("The memory now holds 16 numbers; ")]
        assert len(made) == 2


def test_texts_are_called_what_they_are(capsys):
    assert walk(capsys, "-m", "sunspots")[2].startswith("The series “136.3 ")
    assert walk(capsys, "-m", "recall-gru")[2] == "The text “angst”: 5 characters."
