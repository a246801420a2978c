"""A lesson whose stops stand at epochs: the course of the training is above the walk, as far as it may be seen."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.lessons import course
from rnn_tui.lessons.opening import open_stop
from rnn_tui.traces import Traces
from rnn_tui.tui.lesson.training import Courses
from tests.tui.lesson.conftest import pressed, running
from tests.tui.screens import text

LESSON = """\
---
title: Epochs
minutes: 4
---
```scene
-m sun-or-rain --epoch 5 -s "sun sun rain" --at 1:read
```

Before the question.

```question
label
```

After it.

```scene
-m sun-or-rain --epoch 8 -s "sun sun rain" --at 3:check
```

Later.

```scene
-m sun-or-rain -s "sun sun rain" --at 3:check
```

The model file.

```scene
-m small-sums -s "sun and cake"
```

No training.
"""


async def test_the_course_is_there_at_an_epoch_and_nowhere_else(lesson_file):
    async with running(lesson_file(LESSON)) as pilot:
        assert "epoch 5 of 30" in text(pilot.app)
        assert "right answers" in text(pilot.app)
        await pressed(pilot, "pagedown pagedown pagedown pagedown")
        assert "epoch 8 of 30" in text(pilot.app)
        for _ in range(2):
            await pressed(pilot, "pagedown")
            assert "course" not in pilot.app.screen.plan.regions
            assert "of 30" not in text(pilot.app)


async def test_the_answer_is_not_drawn_before_it_is_guessed_nor_that_of_a_later_epoch(lesson_file):
    async with running(lesson_file(LESSON)) as pilot:
        replay = pilot.app.screen.courses
        for key in ("", "pagedown"):  # the prose in front of the question, and the question
            await pressed(pilot, key)
            assert "answer: " not in text(pilot.app)
        await pressed(pilot, "pagedown")
        assert "answer: More sun 40%" in text(pilot.app)
        reading = pilot.app.screen.state.reading
        drawn = replay.of(reading)
        later = np.array(drawn.epochs) > 5
        assert np.isnan(drawn.answers[later]).all()
        assert np.isfinite(drawn.answers[~later]).all()
        assert replay.of(reading) is drawn, "it is found out once"
        await pressed(pilot, "pagedown pagedown")
        assert "answer: More sun 56%" in text(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (60, 18)])
async def test_at_every_size_prose_and_walk_stay_whole(lesson_file, size):
    async with running(lesson_file(LESSON), size) as pilot:
        await pressed(pilot, "tab" if size[0] < 110 else "")
        regions = pilot.app.screen.plan.regions
        below = [region for name, region in regions.items() if name not in ("header", "prose", "reminder", "course")]
        if "course" in regions:
            assert "epoch 5" in text(pilot.app)
            assert all(region.y >= regions["course"].bottom for region in below)
        assert ("course" in regions) == (size[1] >= 24)
        assert all(region.right <= size[0] and region.bottom <= size[1] for region in regions.values())
        assert "rain" in text(pilot.app)


async def test_a_lesson_about_a_run_that_is_gone_meanwhile_goes_on_without_its_course(lesson_file, monkeypatch):
    from rnn_tui.network.errors import UserError
    from rnn_tui.tui.lesson import training

    def gone(*_):
        raise UserError("gone")

    monkeypatch.setattr(training, "replayed", gone)
    async with running(lesson_file(LESSON)) as pilot:
        assert "course" not in pilot.app.screen.plan.regions
        assert "Before the question." in text(pilot.app)
        assert pilot.app.said == []


def test_every_stop_of_the_shipped_lesson_has_a_course():
    lesson, traces = course.load("how-it-learned"), Traces()
    courses = Courses(traces)
    for stop in lesson.stops:
        reading = open_stop(lesson, stop, traces)[0].reading
        assert reading.epoch in courses.of(reading).epochs
