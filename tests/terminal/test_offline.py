"""The program asks nothing of a network: it opens no connection and looks up no name."""

from __future__ import annotations

import sys

WATCHED = """
import sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        with open({log!r}, "a", encoding="utf-8") as file:
            print(event, arguments, file=file)

sys.addaudithook(watch)
"""
PROGRAM = "from rnn_tui.cli import main; sys.exit(main())"


def watched(log, code):
    """The command that runs `code` and writes every use of a network into `log`."""
    return (sys.executable, "-c", WATCHED.format(log=str(log)) + code)


def test_starting_stepping_and_looking_at_the_shelf_is_offline(terminal, tmp_path):
    # given the program, watched by Python's own audit hook
    log = tmp_path / "connections.txt"
    screen = terminal(command=watched(log, PROGRAM))
    # when somebody starts it, steps, opens the models, and quits
    screen.wait_for("word 1 of 3 · Read", "help")
    screen.send("right")
    screen.wait_for("word 1 of 3 · 1 Multiply")
    screen.send("m")
    screen.wait_for("Its sentences")
    screen.program.settle(0.2)
    screen.send("\x1b")
    assert screen.program.read_until(lambda: "Its sentences" not in screen.text)
    screen.send("q")
    assert screen.program.wait() == 0
    # then there was no connection
    assert not log.exists(), log.read_text(encoding="utf-8")


def test_the_watch_sees_a_connection(terminal, tmp_path):
    # given a program that does connect, to an address of this machine
    log = tmp_path / "connections.txt"
    code = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    # when it has run
    terminal(command=watched(log, code)).program.wait()
    # then the watch has written it down
    assert "socket.connect" in log.read_text(encoding="utf-8")
