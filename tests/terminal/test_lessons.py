"""Lessons in a real terminal: a clicker alone, a file that is saved meanwhile, and the first start of all."""

from __future__ import annotations

import os

import pytest

GREETING = "New here?"
MINE = """\
---
title: Mine
minutes: 1
---
```scene
-m kicking-and-screaming -s "Kicking and screaming" --at 2:add
```

A first text.

```question
direction h[1]
```

A last text.
"""


@pytest.mark.parametrize(("columns", "rows", "colour"), [(120, 36, {}), (80, 24, {"NO_COLOR": "1"})])
def test_a_lesson_runs_with_a_clicker(terminal, tmp_path, columns, rows, colour):
    path = tmp_path / "mine.md"
    path.write_text(MINE, encoding="utf-8")
    screen = terminal("lesson", str(path), columns=columns, rows=rows, **colour)
    screen.wait_for("Mine", "stop 1 of 1", "A first text.", "PageDown")
    if columns < 110:
        screen.send("page_down")
        screen.wait_for("A first text.", "━ 2 Add ")
    screen.send("page_down")
    screen.wait_for("What do you think?", "down")
    screen.send("page_down")
    screen.wait_for("Answer: down")
    screen.send("page_down")
    screen.wait_for("A last text.")
    screen.send("page_down")
    screen.wait_for("The end", "That was “Mine”.")
    screen.send("q")
    assert screen.program.wait() == 0
    assert not screen.is_taken


def test_what_is_saved_is_on_the_screen(terminal, tmp_path):
    path = tmp_path / "mine.md"
    path.write_text(MINE, encoding="utf-8")
    screen = terminal("lesson", str(path))
    screen.wait_for("A first text.")
    path.write_text(MINE.replace("A first", "Quite another"), encoding="utf-8")
    screen.wait_for("Quite another text.")
    path.write_text(MINE.replace("2:add", "9:add"), encoding="utf-8")
    screen.wait_for("Not shown yet", "line 5", "Quite another text.")


def test_the_first_start_offers_the_first_lesson_once(terminal, tmp_path):
    state = {"RNN_TUI_STATE": str(tmp_path / "state")}
    first = terminal(**state)
    first.wait_for("word 1 of 3", GREETING)
    first.send("L")
    first.wait_for("Lessons", "1  ")
    first.send("enter")
    first.wait_for("stop 1 of ")
    second = terminal(**state)
    second.wait_for("word 1 of 3", "help")
    second.program.settle(0.3)
    assert GREETING not in second.text


def test_where_nothing_can_be_remembered_nothing_is_offered(terminal, tmp_path):
    (tmp_path / "state").write_text("no folder", encoding="utf-8")
    for named in (str(tmp_path / "state"), os.devnull):
        screen = terminal(RNN_TUI_STATE=named)
        screen.wait_for("word 1 of 3", "help")
        screen.program.settle(0.3)
        assert GREETING not in screen.text
        screen.send("q")
        assert screen.program.wait() == 0


def test_on_quit_it_prints_the_command_of_the_view(terminal, tmp_path):
    path = tmp_path / "mine.md"
    path.write_text(MINE, encoding="utf-8")
    screen = terminal("lesson", str(path), "--print-scene")
    screen.wait_for("A first text.")
    screen.send("right", "q")
    assert screen.program.wait() == 0
    assert "rnn-tui -m kicking-and-screaming -s 'Kicking and screaming' --at 2:squash" in screen.program.text
