"""Every terminal and every end, in a real pseudo-terminal: the screen comes, and the terminal is given back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from itertools import product

import pytest

from tests.hardening.cases import Fault
from tests.hardening.oracles import WARNING

pytest.importorskip("termios")
from tests.terminal.screen import Terminal

pytestmark = pytest.mark.hardening
PYTHON = (sys.executable, "-m", "rnn_tui")
UNSET = ("env", "-u", "TERM", *PYTHON)
TERMINALS = {
    "linux": {"TERM": "linux", "COLORTERM": ""},
    "vt100": {"TERM": "vt100", "COLORTERM": ""},
    "screen": {"TERM": "screen", "COLORTERM": ""},
    "xterm-256color": {"TERM": "xterm-256color", "COLORTERM": ""},
    "16 colours": {"TERM": "xterm", "COLORTERM": ""},
    "all colours": {},
    "LC_ALL=C": {"LC_ALL": "C"},
    "ASCII alone": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "dumb": {"TERM": "dumb"},
    "none": {"command": UNSET},
}
NOT_DRAWN_ON = ("dumb", "none")
FAULTY = """
import sys
from rnn_tui.tui.panels.panel import Panel
seen, drawn = [], Panel.render_line
def faulty(self, y):
    seen.append(y)
    if len(seen) > 400:
        raise KeyError("a fault of the test")
    return drawn(self, y)
Panel.render_line = faulty
from rnn_tui.cli import main
sys.exit(main())
"""
SHELL = shutil.which("bash")
TAKEN = {1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1049, 2004}
CURSOR = 25
SECONDS = 60
REPLIES = (
    b"\x1b[MC\x800", b"\x1b[M !!", b"\x1b[?61;4;22c", b"\x1b[>41;390;0c", b"\x1b]10;rgb:e4e4/e6e6/ebeb\x1b\\",
    b"\x1b]11;rgb:1414/1616/1a1a\x07", b"\x1bP>|XTerm(390)\x1b\\", b"\x1b[24;80R", b"\x1b[?2026;2$y", b"\x1b[?1u",
    b"\x1b[<0;999;999M", b"\x1b[<35;1;1m", b"\x1b[I", b"\x1b[O", b"\x1b[200~two\nlines\x1b[201~", b"\xff\xfe\x80\xe9",
    b"\xe2\x96", b"\x1b[8;36;120t", b"\x1b_Gi=31;OK\x1b\\", b"\x1b[1;5C", b"\x1bOP", b"\x1b[201~", b"\xf4\x90\x80\x80",
)  # fmt: skip


def test_the_terminal_is_given_back(cases):
    def one(chance):
        name, end = chance.in_turn([*product(TERMINALS, ENDS)])
        settings = {**TERMINALS[name]}
        if end is a_fault and name != "none":
            settings["command"] = (sys.executable, "-c", FAULTY)
        elif end is stopped and name != "none":
            settings["command"] = SHELLED
        size = chance.choice([(80, 24), (120, 36), (60, 18), (200, 60)])
        screen = Terminal("--at", "3:add", columns=size[0], rows=size[1], **settings)
        try:
            if name in NOT_DRAWN_ON:
                check_pointed_to_walk(screen)
            else:
                end(screen, chance)
        except (AssertionError, OSError) as error:
            raise Fault(f"{name}, {end.__name__}, {size[0]} x {size[1]}: {error}") from error
        finally:
            screen.program.close()

    cases.each(one)


def check_pointed_to_walk(screen):
    """Where nothing can be drawn, one line says what works there."""
    screen.program.read_until(lambda: screen.program.process.poll() is not None, SECONDS)
    said = bytes(screen.program.output)
    if b"\x1b" in said or b"walk" not in said or b"Traceback" in said:
        raise Fault(f"says {said[:300]!r}")


def opened(screen):
    """Wait for the screen, and step once."""
    shows(screen, "word 3 of 3", "? help")
    screen.program.settle(0.1)


def shows(screen, *texts):
    """Wait until these texts are on the screen; raises Fault with its first lines where they don't come."""
    if not screen.program.read_until(lambda: all(text in screen.text for text in texts), SECONDS):
        first = " / ".join(line.strip() for line in screen.lines if line.strip())
        raise Fault(f"waited for {texts}, but the screen is: {first[:300]}")


def check_given_back(screen, codes, *, quiet=True):
    """Raise Fault where the program doesn't end with one of these codes, or keeps something of the terminal."""
    try:
        code = screen.program.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise Fault(f"goes on for {SECONDS} s; the screen: {screen.text.strip()[-300:]}") from None
    if code not in codes:
        raise Fault(f"exit code {code}, expected one of {codes}; the screen: {screen.text.strip()[-300:]}")
    kept = sorted(screen.emulator.modes & TAKEN)
    if kept or CURSOR not in screen.emulator.modes:
        raise Fault(
            f"modes {kept} are left on, the cursor is {'shown' if CURSOR in screen.emulator.modes else 'hidden'}"
        )
    if screen.program.settings_now() != screen.program.settings:
        raise Fault("the line settings are not what they were")
    if quiet and WARNING.search(screen.text):
        raise Fault(f"says {screen.text.strip()[-300:]}")


def leave(screen):
    """Press q until the program ends: one that had no time yet for the escape before it takes both for alt+q."""
    end = time.monotonic() + SECONDS
    while screen.program.process.poll() is None and time.monotonic() < end:
        screen.send("q")
        screen.program.read_until(lambda: screen.program.process.poll() is not None, 2)
    check_given_back(screen, [0])


def q(screen, chance):
    """Quit by key, after some keys."""
    opened(screen)
    for _ in range(chance.randint(0, 20)):
        screen.send(chance.choice(["right", "left", "v", "t", "w", "b", "x"]))
    screen.send("\x1b", "\x1b")
    screen.program.settle(0.3)
    leave(screen)


def ctrl_c(screen, chance):
    """Ctrl-C, which is a byte here."""
    opened(screen)
    screen.send("\x03")
    check_given_back(screen, [0, 130])


def _by(number):
    def ended(screen, chance):
        opened(screen)
        for _ in range(chance.randint(0, 5)):
            screen.send(chance.choice(["right", "v", "m", "enter"]))
        time.sleep(chance.uniform(0, 0.2))
        os.kill(screen.program.process.pid, number)
        check_given_back(screen, [0, 128 + number])

    ended.__name__ = number.name
    return ended


def at_the_start(screen, chance):
    """SIGTERM before, while or after the screen is opened."""
    screen.program.read_until(lambda: False, chance.uniform(0.05, 1.2))
    if screen.program.process.poll() is None:
        os.kill(screen.program.process.pid, signal.SIGTERM)
    check_given_back(screen, [0, 143, -15], quiet=False)


def hung_up(screen, chance):
    """The window closed: the program ends, whatever it could still have written."""
    opened(screen)
    screen.program.hang_up()
    end = time.monotonic() + SECONDS
    while screen.program.process.poll() is None:
        if time.monotonic() > end:
            raise Fault("goes on without a window")
        time.sleep(0.05)


def resized(screen, chance):
    """Keys and resizes at once, down to one cell."""
    opened(screen)
    for _ in range(30):
        screen.resize(chance.randint(1, 200), chance.randint(1, 60))
        screen.send(chance.choice(["right", "left", "v", "t"]))
    screen.resize(100, 30)
    shows(screen, "word ", "? help")
    screen.send("q")
    check_given_back(screen, [0])


def hostile(screen, chance):
    """Whatever else a terminal, or somebody with a keyboard, may send."""
    opened(screen)
    for _ in range(40):
        noise = bytes(chance.randrange(0x80, 0x100) for _ in range(chance.randint(1, 30)))
        screen.send(chance.choice([*REPLIES, noise]))
        screen.program.read(0.01)
    screen.program.settle(0.5)
    screen.send("\x1b")
    screen.program.settle(0.3)
    shows(screen, "word")
    leave(screen)


def a_fault(screen, chance):
    """An exception in a panel: one line, exit code 1, and the terminal as it was."""
    end = time.monotonic() + SECONDS
    while screen.program.process.poll() is None and time.monotonic() < end:
        screen.send("right", "left")
        screen.program.settle(0.2, 1)  # else the terminal's own echo lets hundreds of keys wait for what starts
    check_given_back(screen, [1])


def stopped(screen, chance):
    """Ctrl-Z gives the terminal to the shell, and fg brings the whole screen again."""
    opened(screen)
    screen.send("\x1a")
    shows(screen, "STOPPED")
    if kept := sorted(screen.emulator.modes & TAKEN):
        raise Fault(f"modes {kept} are left on while it is stopped")
    screen.send("\n")
    opened(screen)
    screen.send("q")
    check_given_back(screen, [0])


SHELLED = (
    (SHELL, "--norc", "-c", f'set -m; {" ".join(PYTHON)} "$@"; echo STOPPED; read; fg >/dev/null; exit $?', "-")
    if SHELL
    else PYTHON
)
ENDS = (
    q, ctrl_c, *map(_by, (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)), at_the_start, hung_up,
    resized,
    hostile, a_fault, *((stopped,) if SHELL else ()),
)  # fmt: skip
TOTAL, CHUNK, KIND = len(TERMINALS) * len(ENDS), 6, "terminal"
