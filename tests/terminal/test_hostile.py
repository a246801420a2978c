"""Whatever arrives from the terminal: the program goes on, the screen is as it was, and `q` still quits."""

from __future__ import annotations

import contextlib
import random
import sys
import threading
from pathlib import Path

import pytest

IGNORED = {
    "X10 mouse, column 96": b"\x1b[MC\x800",
    "X10 mouse, a button and its release": b"\x1b[M !!\x1b[M#!!",
    "X10 mouse whose bytes are keys": b"\x1b[Mqqq",
    "rxvt mouse": b"\x1b[32;97;10M",
    "SGR mouse outside of the window": b"\x1b[<35;9999;9999M\x1b[<0;9999;9999M\x1b[<0;9999;9999m\x1b[<64;500;500M",
    "SGR mouse left of the window": b"\x1b[<0;-3;-3M",
    "no UTF-8": b"\xff\xfe\x80\xc3\x28\xe2\x96",
    "DA1": b"\x1b[?61;4;22c",
    "DA2": b"\x1b[>41;390;0c",
    "OSC 11, ended by a bell": b"\x1b]11;rgb:1414/1616/1a1a\x07",
    "OSC 10, ended by ST": b"\x1b]10;rgb:e4e4/e6e6/ebeb\x1b\\",
    "XTVERSION": b"\x1bP>|mexc 1.2 (q)\x1b\\",
    "DECRQM": b"\x1b[?2048;2$y\x1b[?1016;1$y\x1b[?2026;2$y",
    "DECRQM without a question mark": b"\x1b[4;2$y",
    "the cursor": b"\x1b[24;80R\x1b[?1;1;1R",
    "status": b"\x1b[0n\x1b[?13n",
    "kitty's flags": b"\x1b[?15u",
    "kitty's kinds of events": b"\x1b[97;5:3u\x1b[97:65;2u",
    "no such character": b"\x1b[99999999999u\x1b[55296u",
    "a function key that there is not": b"\x1b[99~",
    "sizes of nothing": b"\x1b[48;0;0;0;0t\x1b[48;9999;9999;1;1t",
    "a title": b"\x1b]lq\x1b\\",
    "a graphics reply": b"\x1b_Gi=1;ENOENT:q\x1b\\",
    "a string of 100 kB": b"\x1b]52;c;" + b"cXFx" * 25_000 + b"\x07",
    "a paste that nobody takes": b"\x1b[200~q\rc?\x1b[201~",
    "a string that never ends": b"\x1b]11;rgb:",
    "a sequence that never ends": b"\x1b[12;",
    "a paste that never ends": b"\x1b[200~",
}


@pytest.fixture
def opened(terminal, tmp_path):
    """The program on a screen that is drawn, in a folder where a key may save what it likes."""
    command = f"cd '{tmp_path}' && exec '{sys.executable}' -m rnn_tui --at 2:add"
    screen = terminal(command=("sh", "-c", command), columns=80, rows=24)
    screen.wait_for("word 2 of 3 · 2 Add", "help")
    screen.program.settle(0.15)
    return screen


def test_what_is_no_key_changes_nothing(opened):
    # given a program on its screen, when all of this arrives, piece by piece
    before = list(opened.lines)
    for name, sent in IGNORED.items():
        writing = threading.Thread(target=opened.send, args=(sent,), daemon=True)
        writing.start()
        opened.program.settle(0.25)
        assert opened.lines == before, f"{name}:\n{opened.text}"
    # then keys still do what they do, and the terminal is given back
    opened.send("right")
    opened.wait_for("word 2 of 3 · Squash")
    opened.send("q")
    assert opened.program.wait() == 0
    assert not opened.is_taken


@pytest.mark.parametrize("name", ["DA1", "OSC 10, ended by ST", "X10 mouse, column 96", "XTVERSION", "the cursor"])
def test_a_reply_byte_by_byte_and_in_a_dialog_is_not_typed(opened, name):
    opened.send("e")
    opened.wait_for("Your words for")
    for byte in IGNORED[name]:
        opened.send(bytes([byte]))
    opened.send(" x", "y")
    opened.wait_for("xy")
    assert "Kicking and screaming" not in opened.lines[1]  # which is what was typed over
    assert opened.lines[1].strip("┃ ") == "xy"


def test_bytes_of_all_kinds(opened):
    # given bytes at random, none of which is a key that ends the program or leads elsewhere
    generator = random.Random(13)
    endings = (0x03, 0x11, ord("q"), ord("q") - 0x60, 0x1A)
    for _ in range(60):
        sent = bytes(
            generator.choice([27, 91, 77, 255, 128, 59, 49, 60, 93, generator.randrange(256)]) for _ in range(30)
        )
        opened.send(bytes(byte for byte in sent if byte not in endings))
    opened.program.settle(0.3)
    # then the program is there; a dialog may be open
    assert opened.program.process.poll() is None
    opened.send("\x03")
    assert opened.program.wait() == 130
    assert not opened.is_taken


# Pastes


def test_a_paste_of_some_lines_is_one_line(opened):
    opened.send("e")
    opened.wait_for("Your words for")
    opened.send("\x1b[200~the dog\r\n\r\n  barked\rand ran\n\x1b[201~")
    opened.wait_for("the dog barked and ran")
    opened.send("\r")
    opened.wait_for("word 1 of 5 · Read", "barked")


def test_a_paste_of_a_megabyte_is_taken_and_cut(opened):
    # given a dialog, when a megabyte is pasted
    opened.send("e")
    opened.wait_for("Your words for")
    sent = b"\x1b[200~" + b"good dog\n" * 116_000 + b"\x1b[201~"
    writing = threading.Thread(target=_write, args=(opened, sent), daemon=True)
    writing.start()
    # then so many characters of it are there as are said, and the program goes on
    opened.wait_for("only the first 10,000 characters", "good dog good dog")
    opened.send("\x1b[27u")
    opened.wait_for("word 2 of 3 · 2 Add")
    opened.send("q")
    assert opened.program.wait() == 0


def _write(screen, sent):
    for at in range(0, len(sent), 2000):
        screen.send(sent[at : at + 2000])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is looked up in /proc")
def test_a_flood_of_keys_leaves_the_program_within_its_memory(opened):
    # given a terminal without bracketed pastes, when a hundred thousand keys arrive at once
    writing = threading.Thread(target=_write_until_closed, args=(opened, b"\x1b[C\x1b[D" * 50_000), daemon=True)
    before = _memory(opened)
    writing.start()
    opened.program.read_until(lambda: False, timeout=2)
    # then the program takes them as it can, and a signal ends it all the same
    assert _memory(opened) < before + 60_000
    opened.program.process.terminate()
    assert opened.program.wait() == 143
    assert not opened.is_taken


def _write_until_closed(screen, sent):
    with contextlib.suppress(OSError):
        _write(screen, sent)


def _memory(screen):
    with open(f"/proc/{screen.program.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def test_keys_while_the_window_is_resized(opened):
    generator = random.Random(7)
    for _ in range(25):
        opened.resize(generator.randrange(1, 140), generator.randrange(1, 40))
        opened.send(generator.choice(["right", "left", "m", "\x1b[27u", "?", "page_down", "\t", "v", "e", "\x10"]))
        opened.program.read(0.02)
    opened.resize(80, 24)
    opened.program.settle(0.2)
    assert opened.program.process.poll() is None
    opened.send("\x03")
    assert opened.program.wait() == 130
    assert not opened.is_taken
