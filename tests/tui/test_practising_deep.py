"""The practice screen and a lesson over deep networks: each question is asked in the lane that it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnn_tui.lessons import course
from rnn_tui.network.storage import save
from rnn_tui.questions.opening import question_of
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.lesson.screen import LessonScreen
from tests.questions.deep import KINDS, network, recorded, text_of
from tests.tui.screens import panel, text
from tests.tui.test_practising import practice, question, right

SOME = ("stack", "both ways, yes or no", "added up, a number")
LESSON = """\
---
title: Both ways
minutes: 3
---
```scene
-m {path} -s "{text}" --at 2:gates --layer 2 --direction backward
```

Here unit 1 was {{steps[2].layers[1].backward.h[0]}}.

```question
direction h[1]
```

It is {{steps[1].layers[1].backward.h[0]}} now, and the answer is {{prediction.label}}.
"""


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("name", SOME)
async def test_right_answers_are_counted(name, size, tmp_path):
    path = tmp_path / "deep.safetensors"
    save(network(name), path)
    app = practice((1, 5), 3, None, (str(path),))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        for number in range(1, 11):
            asked = question(pilot)
            await pilot.press(*right(pilot), "enter")
            await pilot.pause()
            assert f"{number} of {number} right" in panel(pilot.app, "question"), asked
            assert pilot.app.screen.state.position == asked.reveals
            await pilot.press("enter")
            await pilot.pause()


def test_every_kind_of_network_is_among_those_that_are_asked_about():
    assert set(SOME) <= set(KINDS)


async def test_a_lesson_stands_in_its_lane_and_asks_there(tmp_path):
    name = "both ways, yes or no"
    save(network(name), tmp_path / "deep.safetensors")
    file = Path(tmp_path / "lesson.md")
    file.write_text(LESSON.format(path="./deep.safetensors", text=text_of(name)), encoding="utf-8")
    app = RnnApp(LessonScreen(course.load(file), Traces()))
    app.animation_level = "none"
    h = recorded(name).on(3).values["h"]
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        assert pilot.app.screen.state.position.floor == 3
        assert f"{h[2, 0]:.2f}".replace("-", "−") in text(pilot.app)
        await pilot.press("pagedown")
        await pilot.pause()
        state = pilot.app.screen.state
        asked = question_of(state, pilot.app.screen.computed.trace)
        assert asked.target == "steps[1].layers[1].backward.h[0]"
        assert "(layer 2, backward)" in " ".join(text(pilot.app).split())
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert f"{h[1, 0]:.2f}".replace("-", "−") in text(pilot.app)
