"""The real program in a pseudo-terminal: it starts, steps, resizes, quits, and leaves the terminal as it was."""

from __future__ import annotations

import subprocess
import sys

import pytest

ALTERNATE_SCREEN, CURSOR = 1049, 25
MOUSE = {1000, 1002, 1003, 1006, 1015, 1016}


def test_it_starts_on_the_articles_own_sentence(terminal):
    # given a terminal
    # when the program starts
    screen = terminal()
    # then its sentence, its operations and its first key are there
    screen.wait_for("Kicking", "screaming", "Multiply", "Add", "Squash", "Check", "Memory", "word 1 of 3", "→ ← step")
    assert ALTERNATE_SCREEN in screen.emulator.modes


@pytest.mark.parametrize("key", ["right", "page_down"])
def test_a_key_and_a_clicker_step_through_the_phases(terminal, key):
    screen = terminal()
    screen.wait_for("word 1 of 3 · Read")
    for heading in ("1 Multiply", "2 Add", "Squash", "3 Check"):
        screen.send(key)
        screen.wait_for(f"word 1 of 3 · {heading}")
    screen.send(key)
    screen.wait_for("word 2 of 3 · Read")


def test_back_and_to_the_end(terminal):
    screen = terminal("--at", "2:add")
    screen.wait_for("word 2 of 3 · 2 Add")
    screen.send("page_up")
    screen.wait_for("word 2 of 3 · 1 Multiply")
    screen.send("end")
    screen.wait_for("word 3 of 3 · 3 Check", "Negative", "%")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (160, 48), (60, 18)])
def test_it_can_be_resized_and_nothing_of_the_old_screen_stays(terminal, columns, rows):
    # given the program at one size, and the screen that it draws when it starts at another
    there = terminal("--at", "3:add", columns=columns, rows=rows)
    there.wait_for("word 3 of 3", "step")
    there.program.settle(0.3)
    screen = terminal("--at", "3:add")
    screen.wait_for("word 3 of 3", "help")
    # when its window is made that large
    screen.resize(columns, rows)
    # then it draws the same screen
    screen.program.read_until(lambda: screen.lines == there.lines, timeout=10)
    assert screen.lines == there.lines


def test_too_small_a_window_says_so_and_works_again_when_it_grows(terminal):
    screen = terminal("--at", "3:add")
    screen.wait_for("word 3 of 3", "help")
    screen.resize(50, 12)
    screen.wait_for("60 × 18", "50 × 12")
    assert "Multiply" not in screen.text
    screen.resize(100, 30)
    screen.wait_for("word 3 of 3", "Add", "help")
    screen.send("right")
    screen.wait_for("word 3 of 3 · Squash")


def test_it_can_be_resized_while_it_plays(terminal):
    screen = terminal()
    screen.wait_for("word 1 of 3 · Read", "help")
    screen.send("+", "+", "+", "+", " ")
    screen.wait_for("word 1 of 3 · 2 Add")
    screen.resize(80, 24)
    screen.wait_for("word 3 of 3 · 3 Check", timeout=30)


def test_quitting_leaves_the_terminal_as_it_was(terminal):
    # given the program in a terminal with its line settings
    screen = terminal()
    before = screen.program.settings
    screen.wait_for("word 1 of 3", "help")
    assert screen.program.settings_now() != before
    assert screen.emulator.modes & MOUSE
    # when somebody quits
    screen.send("right", "q")
    # then the alternate screen is left, the cursor is back, the mouse is free and the line settings are the old
    assert screen.program.wait() == 0
    assert ALTERNATE_SCREEN not in screen.emulator.modes
    assert CURSOR in screen.emulator.modes
    assert not screen.emulator.modes & MOUSE
    assert screen.program.settings_now() == before


@pytest.mark.parametrize("ends", ["stdin", "stdout"])
def test_without_a_terminal_it_names_what_works_there(ends):
    # given a pipe at one end (the other is none either, where tests run without a terminal)
    streams = {"stdin": subprocess.DEVNULL} if ends == "stdin" else {}
    # when the program starts
    done = subprocess.run(
        [sys.executable, "-m", "rnn_tui"], capture_output=True, text=True, timeout=60, check=False, **streams
    )
    # then it says what to use in one line
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "walk" in done.stderr
    assert "trace" in done.stderr


def test_an_error_leaves_the_terminal_alone(terminal):
    screen = terminal("-m", "kicking-and-screeming")
    assert screen.program.wait() == 1
    assert "kicking-and-screaming" in " ".join(screen.text.split())
    assert CURSOR in screen.emulator.modes
    assert not screen.emulator.modes & {ALTERNATE_SCREEN, *MOUSE}
    assert "Traceback" not in screen.text


def sixteen(colour):
    """Whether pyte's colour is one of the first sixteen: those have names."""
    return not all(digit in "0123456789abcdef" for digit in colour) or len(colour) != 6


def test_no_color_draws_the_same_screen_in_greys(terminal):
    # given the screen with colours
    coloured = terminal("--at", "3:add")
    coloured.wait_for("word 3 of 3", "help")
    coloured.program.settle(0.3)
    # when NO_COLOR is set
    grey = terminal("--at", "3:add", NO_COLOR="1")
    grey.wait_for("word 3 of 3", "help")
    grey.program.settle(0.3)
    # then everything can be read, and every colour is a grey
    hues = [colour for colour in grey.colours if not sixteen(colour) and len({colour[:2], colour[2:4], colour[4:]}) > 1]
    assert hues == []
    assert [colour for colour in coloured.colours if not sixteen(colour)]
    for number in ("+0.90", "+1.51", "−1.24"):
        assert number in grey.text


@pytest.mark.parametrize("name", ["xterm", "xterm-256color", "linux"])
def test_it_starts_on_terminals_with_few_colours(terminal, name):
    screen = terminal("--at", "3:add", TERM=name, COLORTERM="")
    screen.wait_for("word 3 of 3", "Memory", "+1.51", "help")
    screen.program.settle(0.3)
    if name != "xterm-256color":
        assert all(sixteen(colour) for colour in screen.colours), screen.colours
    screen.send("q")
    assert screen.program.wait() == 0


def test_what_a_sentence_holds_never_reaches_the_terminal_as_control(terminal):
    # given a sentence that would clear the screen and ring the bell
    screen = terminal("-s", "dog \x1b[2J\x07 [red]cat[/] 猫")
    screen.wait_for("word 1 of", "help")
    screen.program.settle(0.3)
    # then they are shown as signs, and reach the terminal as nothing else
    assert "␛" in screen.text
    assert "␇" in screen.text
    assert "\x07" not in screen.program.text  # which leaves out whole sequences: a window's title ends with one
    assert b"\x1b[2J" not in screen.program.output


def test_the_scene_is_printed_when_it_is_asked_for(terminal):
    # given the program on an edited network
    screen = terminal("--edit", "scale-memory 0.5", "--edit", "word 2 dog", "--print-scene", columns=160)
    screen.wait_for("word 1 of 3 · Read", "help")
    # when one moves and quits
    screen.send("end")
    screen.wait_for("word 3 of 3 · 3 Check")
    screen.send("q")
    # then the command that opens what was there stands on the normal screen
    line = (
        "rnn-tui -m kicking-and-screaming -s 'Kicking and screaming' --at 3:check "
        "--edit 'scale-memory 0.5' --edit 'word 2 dog'"
    )
    screen.wait_for(line)
    assert ALTERNATE_SCREEN not in screen.emulator.modes
