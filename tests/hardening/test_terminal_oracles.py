"""The oracles of terminals see what a program keeps of its terminal, and nothing in one that gives it back."""

from __future__ import annotations

import sys

import pytest

from tests.hardening.cases import Fault

test_terminals = pytest.importorskip("tests.hardening.test_terminals")


def program(code):
    """A terminal in which a Python program runs."""
    return test_terminals.Terminal(command=(sys.executable, "-c", code))


def ended(code, codes=(0,)):
    """Look at the terminal that a program leaves behind."""
    screen = program(code)
    try:
        test_terminals.check_given_back(screen, codes)
    finally:
        screen.program.close()


def test_a_program_that_gives_all_back_is_well():
    ended("print('\\x1b[?1049h\\x1b[?1000h\\x1b[?25l\\x1b[?1000l\\x1b[?1049l\\x1b[?25h')")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print('\\x1b[?1000h')", "modes .1000. are left on"),
        ("print('\\x1b[?2004h\\x1b[?1049h')", "modes .1049, 2004."),
        ("print('\\x1b[?25l')", "the cursor is hidden"),
        ("import tty; tty.setraw(0)", "line settings"),
        ("raise SystemExit(3)", "exit code 3"),
        ("print('Traceback (most recent call last):')", "says Traceback"),
    ],
)
def test_what_a_program_keeps_is_seen(code, said):
    with pytest.raises(Fault, match=said):
        ended(code)


def test_a_program_that_goes_on_is_seen(monkeypatch):
    monkeypatch.setattr(test_terminals, "SECONDS", 0.5)
    with pytest.raises(Fault, match="goes on for"):
        ended("import time; time.sleep(60)")


@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGQUIT"])
def test_signals_reach_a_program_whoever_runs_the_tests(name):
    ended(f"import signal; raise SystemExit(signal.getsignal(signal.{name}) == signal.SIG_IGN)")


@pytest.mark.parametrize(("line", "well"), [("use `rnn-tui walk`", True), ("no", False), ("walk \\x1b[2J", False)])
def test_a_terminal_that_draws_nothing_is_told_of_walk(line, well):
    screen = program(f"print('{line}')")
    try:
        if well:
            test_terminals.check_pointed_to_walk(screen)
        else:
            with pytest.raises(Fault):
                test_terminals.check_pointed_to_walk(screen)
    finally:
        screen.program.close()
