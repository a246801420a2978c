"""Lessons in files, and the program on one of them, run by Textual's pilot."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from rnn_tui.lessons import course
from rnn_tui.scene import Reading, Scene
from rnn_tui.settings import Settings
from rnn_tui.traces import Traces
from rnn_tui.tui.lesson.opening import screens
from rnn_tui.tui.walking.screen import WalkScreen
from tests.tui.conftest import Recorded
from tests.tui.screens import cut, lines

ADD = """\
---
title: Adding
minutes: 6
for: everybody
---
A network reads **one word** at a time.

```scene
-m kicking-and-screaming -s "Kicking and screaming" --at 2:add
```

Word 2 is *{steps[1].token}*. Before it unit 1 was {steps[0].h[0]}.

```question
direction h[1]
ask: Will unit 1 go up or down?
```

It becomes {steps[1].h[0]}.

```scene
-m kicking-and-screaming -s "Kicking and screaming" --at 3:check
```

The answer is *{prediction.label}*.
"""
FORGET = """\
---
title: Forgetting
minutes: 4
---
```scene
-m recall-elman
```

Another model.
"""


@pytest.fixture
def lesson_file(tmp_path, monkeypatch):
    """Write a lesson into the working folder, which is the test's own: lesson_file(text, "mine.md") gives its path."""
    monkeypatch.chdir(tmp_path)

    def write(text=ADD, name="adding.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Put two lessons in place of the course; gives their paths."""
    folder = tmp_path / "course"
    folder.mkdir()
    monkeypatch.setattr(course, "FOLDER", folder)
    for name, text in (("01-adding.md", ADD), ("02-forgetting.md", FORGET)):
        (folder / name).write_text(text, encoding="utf-8")
    return course.paths()


@asynccontextmanager
async def walking(keys="", size=(120, 36)):
    """The program on the walk of a shipped model."""
    app = Recorded(WalkScreen(Scene(Reading("kicking-and-screaming", "Kicking and screaming")), Traces()))
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pressed(pilot, keys)
        yield pilot


@asynccontextmanager
async def running(path, size=(120, 36), keys="", clock=None):
    """The program on a lesson: `async with running(path, keys="pagedown right") as pilot`."""
    app = Recorded(*screens(course.load(path), clock), Settings())
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pressed(pilot, keys)
        yield pilot


async def pressed(pilot, keys):
    """Press some keys, one after another."""
    for key in keys.split():
        await pilot.press(key)
        await pilot.pause()


def prose(pilot):
    """The words of the prose on the screen, in one line."""
    region = pilot.app.screen.plan.regions["prose"]
    rows = lines(pilot.app)[region.y : region.bottom]
    return " ".join(word for row in rows for word in cut(row, region.x, region.right).rstrip("│").split())
