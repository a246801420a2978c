"""The size of the window: the last one is drawn, however many come at once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time

import pytest

from rnn_tui.tui.terminal import size
from rnn_tui.tui.terminal.size import Resizing


class Window:
    """A window, and what is told of it; `loses` so many of the sizes that are told."""

    def __init__(self, monkeypatch, loses=0):
        self.now, self.told, self.drawn, self.asked, self.loses = (80, 24), [], (80, 24), 0, loses
        monkeypatch.setattr(size, "terminal_size", self.ask)
        monkeypatch.setattr(size, "AGAIN_SECONDS", 0.02)
        self.resizing = Resizing(asyncio.get_running_loop(), self.tell, lambda: self.drawn)

    def ask(self):
        self.asked += 1
        return self.now

    def tell(self, told):
        self.told.append(told)
        if self.drawn is not None and len(self.told) > self.loses:
            self.drawn = told


async def test_the_size_is_asked_for_after_the_handler(monkeypatch):
    # given a window that changes again while its first change is handled
    window = Window(monkeypatch)
    window.now = (100, 30)
    window.resizing.changed(signal.SIGWINCH, None)
    window.now = (60, 18)
    window.resizing.changed(signal.SIGWINCH, None)
    assert window.told == []
    # then no size is told that it hasn't any more
    await asyncio.sleep(0.1)
    assert window.told == [(60, 18), (60, 18)]
    assert window.drawn == (60, 18)


async def test_a_size_that_was_lost_is_told_once_more(monkeypatch):
    window = Window(monkeypatch, loses=1)
    window.now = (100, 30)
    window.resizing.changed()
    await asyncio.sleep(0.1)
    assert window.told == [(100, 30), (100, 30)]
    assert window.drawn == (100, 30)


@pytest.mark.parametrize("drawn", [(80, 24), None], ids=["drawn", "no screen"])
async def test_nothing_goes_on_once_it_has_looked(monkeypatch, drawn):
    window = Window(monkeypatch)
    window.drawn = drawn
    window.resizing.changed()
    await asyncio.sleep(0.1)
    asked = window.asked
    await asyncio.sleep(0.1)
    assert (asked, window.asked) == (2, 2)
    assert window.told == [(80, 24)]


async def test_once_stopped_it_looks_no_more(monkeypatch):
    window = Window(monkeypatch, loses=5)
    window.now = (100, 30)
    window.resizing.look_again()
    window.resizing.stop()
    await asyncio.sleep(0.1)
    assert window.told == []


def fills(lines, columns, rows):
    """True where the frame of the memory ends at the right edge, and the keys stand in the last row."""
    edges = [line[columns - 1] for line in lines]
    return "help" in lines[rows - 1] and "╮" in edges and "╯" in edges


def test_the_last_of_many_sizes_is_drawn(terminal):
    # given the program on its screen, when its window is dragged about
    generator = random.Random(4)
    screen = terminal("--at", "2:add", columns=80, rows=24)
    screen.wait_for("word 2 of 3 · 2 Add", "help")
    for last in [(100, 30), (80, 24), (120, 36)] * 2:
        for _ in range(30):
            screen.program.resize(generator.randrange(60, 140), generator.randrange(18, 40))
            os.kill(screen.program.process.pid, signal.SIGWINCH)
            time.sleep(generator.choice([0, 0, 0.001]))
        screen.resize(*last)
        # then it is drawn as wide as the window is, to its last row
        full = screen.program.read_until(lambda last=last: fills(screen.lines, *last), timeout=5)
        assert full, f"{last}:\n{screen.text}"
    screen.send("q")
    assert screen.program.wait() == 0
