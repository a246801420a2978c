"""Terminals of many kinds: of another size than the environment says, of few colours, of ASCII, and of no screen."""

from __future__ import annotations

import sys

import pytest

DUMB = {"dumb": "TERM=dumb", "": "TERM is not set", "unknown": "TERM=unknown"}
MINUS_ROW = "mood · · · +"


@pytest.mark.parametrize("said", [(80, 24), (200, 60), (0, 0)])
def test_the_size_is_the_terminals_own_whatever_is_exported(terminal, said):
    # given a shell that has exported another size
    columns, rows = said
    screen = terminal("--at", "3:add", COLUMNS=str(columns), LINES=str(rows), columns=100, rows=30)
    there = terminal("--at", "3:add", columns=100, rows=30)
    for each in (screen, there):
        each.wait_for("word 3 of 3", "help")
        each.program.settle(0.2)
    # then the screen is that of the terminal, and follows it
    assert screen.lines == there.lines
    for each in (screen, there):
        each.resize(120, 36)
    there.wait_for("arithmetic", "word 3 of 3")
    there.program.settle(0.2)
    assert screen.program.read_until(lambda: screen.lines == there.lines), screen.text
    assert len(screen.lines[-1].rstrip()) > 100


def test_without_any_size_it_is_that_of_the_environment_or_80_by_24(terminal):
    screen = terminal("--at", "3:add", columns=0, rows=0, drawn=(80, 24))
    screen.wait_for("word 3 of 3", "Memory", "help")


@pytest.mark.parametrize(("term", "named"), DUMB.items())
def test_a_terminal_without_a_screen_is_told_of_walk_in_one_line(terminal, term, named):
    screen = terminal(TERM=term, columns=300)
    assert screen.program.wait() == 1
    said = screen.text.strip()
    assert said == (
        f"rnn-tui: no screen can be drawn on this terminal ({named}); `rnn-tui walk` goes the same way in plain lines, "
        "`rnn-tui trace` prints all of it"
    )
    assert b"\x1b" not in screen.program.output


def test_there_a_comparison_is_lines(terminal):
    screen = terminal("compare", "-s", "good", "-s", "not good", TERM="dumb", columns=120)
    assert screen.program.wait() == 0
    assert b"\x1b" not in screen.program.output
    assert "B: kicking-and-screaming" in screen.program.text


@pytest.mark.parametrize("term", ["vt100", "screen", "screen-256color", "linux", "xterm", "tmux"])
def test_the_screen_is_the_same_on_each(terminal, term):
    drawn = terminal("--at", "3:add", columns=80, rows=24)
    screen = terminal("--at", "3:add", TERM=term, COLORTERM="", columns=80, rows=24)
    for each in (drawn, screen):
        each.wait_for("word 3 of 3", "+1.51", "help")
        each.program.settle(0.2)
    assert screen.lines == drawn.lines
    screen.send("q")
    assert screen.program.wait() == 0
    assert not screen.is_taken


SCENES = ["--at 3:add", "-m sentiment-lstm --at 3:write", "--at 3:add --lens memory", "--at 3:add --arithmetic"]
IN_ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}


@pytest.mark.parametrize("scene", SCENES)
def test_in_ascii_every_sign_has_one_of_its_own_column(terminal, scene):
    # given the same scene on a terminal of all characters and on one of ASCII
    drawn, plain = terminal(*scene.split()), terminal(*scene.split(), **IN_ASCII)
    for each in (drawn, plain):
        each.wait_for("help")
        each.program.settle(0.3)
    assert plain.text.isascii()
    # then each sign is always the same, in its column, and nothing that is told apart looks alike
    signs = {}
    for line, plain_line in zip(drawn.lines, plain.lines, strict=True):
        for character, sign in zip(line, plain_line, strict=True):
            assert signs.setdefault(character, sign) == sign, (character, line, plain_line)
    assert [character for character, sign in signs.items() if sign == "?" != character] == []
    values = [character for character in "+−·≈=0 " if character in signs]
    assert len({signs[character] for character in values}) == len(values)


def test_it_is_drawn_on_the_terminal_although_stderr_goes_to_a_file(terminal, tmp_path):
    log = tmp_path / "errors"
    screen = terminal(command=("sh", "-c", f"exec {sys.executable} -m rnn_tui 2>{log}"), columns=80, rows=24)
    screen.wait_for("word 1 of 3", "help")
    screen.send("q")
    assert screen.program.wait() == 0
    assert not screen.is_taken
    assert log.read_bytes() == b""


def test_lc_all_c_alone_draws_all(terminal):
    # Python takes the locale C for UTF-8 (PEP 540), which is what nearly every terminal is.
    screen = terminal("--at", "3:add", LC_ALL="C", columns=80, rows=24)
    screen.wait_for("word 3 of 3 · 2 Add", MINUS_ROW)
