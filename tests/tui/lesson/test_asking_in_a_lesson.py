"""The questions of a lesson: nothing tells the answer before, the hands stay, and PageDown leads on."""

import pytest

from rnn_tui.lessons.lesson import Card
from tests.tui.lesson.conftest import ADD, pressed, running, walking
from tests.tui.screens import lines, text

WIDE, NARROW = (120, 36), (80, 24)
SILENCED = """\
---
title: Silenced
minutes: 1
---
```scene
-m kicking-and-screaming -s "In the rain, running" --edit "silence 1" --at 1:read
```

Without the first unit.

```question
label
```

That was it.
"""


async def test_what_an_edit_does_is_not_told_before_it_is_asked(lesson_file):
    async with running(lesson_file(SILENCED)) as pilot:
        assert "Without the first unit." in text(pilot.app)
        assert "%" not in text(pilot.app)
        assert "turns from" not in text(pilot.app)
        await pressed(pilot, "pagedown pagedown pagedown")
        assert "That was it." in text(pilot.app)
        assert "%" in text(pilot.app)


async def test_the_scale_of_a_bar_does_not_tell_what_is_asked_later(lesson_file):
    """The largest number of this sentence is one that comes only after the question: the scale is that of now."""

    def scale(pilot):
        return next(row.split("scale ±")[1][:4] for row in lines(pilot.app) if "scale ±" in row)

    async with running(lesson_file(), keys="pagedown") as pilot:
        before = scale(pilot)
        await pressed(pilot, "pagedown")
        assert scale(pilot) == before
        await pressed(pilot, "pagedown")
        after = scale(pilot)
        assert after != before
        await pressed(pilot, "pagedown")
        assert scale(pilot) == after


async def test_who_looks_elsewhere_before_a_question_sees_all_of_it(lesson_file):
    async with running(lesson_file(SILENCED), keys="end") as pilot:
        assert "%" in text(pilot.app)


async def test_a_unit_is_picked_from_the_one_that_is_marked(lesson_file):
    async with running(lesson_file()) as pilot:
        assert "▸verb" in text(pilot.app)
        await pressed(pilot, "down")
        assert pilot.app.screen.state.unit == 1


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("away", ["pagedown pageup", "pageup pagedown", "escape backspace"])
async def test_the_hands_of_a_question_stay_with_it(lesson_file, size, away):
    keys = "pagedown pagedown" if size == WIDE else "pagedown pagedown pagedown"
    async with running(lesson_file(), size, f"{keys} 2 2 1") as pilot:
        if away.startswith("pagedown"):
            await pressed(pilot, "pagedown")
        await pressed(pilot, away)
        if away == "pageup pagedown" and size == NARROW:
            await pressed(pilot, "pagedown")
        asked = pilot.app.screen.state.asked
        assert pilot.app.screen.state.card == Card(0, 2)
        assert asked.votes == ((1, 1, 0),)
        assert asked.revealed is away.startswith("pagedown")
        if asked.revealed:
            assert "2 of 3 had it right." in text(pilot.app)


async def test_a_closed_question_is_still_answered_before_the_lesson_goes_on(lesson_file):
    async with running(lesson_file(), keys="pagedown pagedown 2 2 1 escape") as pilot:
        assert "PageDown the answer" in lines(pilot.app)[-2]
        await pressed(pilot, "right")
        await pressed(pilot, "pagedown")
        assert pilot.app.screen.state.card == Card(0, 2)
        assert "2 of 3 had it right." in text(pilot.app)
        assert not pilot.app.screen.state.away
        await pressed(pilot, "pagedown")
        assert pilot.app.screen.state.card == Card(0, 3)


async def test_hands_stay_with_their_question_while_the_file_is_written(lesson_file, clock):
    path = lesson_file()
    async with running(path, clock=clock, keys="pagedown pagedown 2 2 1 pagedown pagedown") as pilot:
        path.write_text(ADD.replace("It becomes", "Now it is"), encoding="utf-8")
        clock.tick()
        await pilot.pause()
        assert "Now it is" in text(pilot.app)
        await pressed(pilot, "pageup")
        assert "2 of 3 had it right." in text(pilot.app)
        path.write_text(ADD.replace("direction h[1]", "direction h[2]"), encoding="utf-8")
        clock.tick()
        await pilot.pause()
        await pressed(pilot, "pagedown pagedown pageup pageup")
        assert "had it right." not in text(pilot.app)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_in_a_lesson_page_down_is_said_to_lead_on(lesson_file, size):
    keys = "pagedown pagedown" if size == WIDE else "pagedown pagedown pagedown"
    async with running(
        lesson_file(ADD.replace("--at 2:add", "--at 1:read")), size, "tab" if size == NARROW else ""
    ) as pilot:
        assert "Press →" not in text(pilot.app)
        assert "three things" in text(pilot.app)
        await pressed(pilot, keys)
        assert "PageDown reveals" in text(pilot.app)
        await pressed(pilot, "pagedown")
        assert "PageDown goes on" in text(pilot.app)
        assert "→ goes on" not in text(pilot.app)


async def test_who_presents_still_does_after_closing_a_question(lesson_file):
    async with running(lesson_file(), keys="z pagedown pagedown escape") as pilot:
        assert "present" in pilot.app.screen.plan.regions


async def test_the_footer_says_what_the_presenter_key_does_now(lesson_file):
    async with running(lesson_file(), keys="z") as pilot:
        assert "z overview" in lines(pilot.app)[-1]
        await pressed(pilot, "pagedown pagedown pagedown")
        assert "present" not in pilot.app.screen.plan.regions
        assert "z overview" not in lines(pilot.app)[-1]
        await pressed(pilot, "z")
        assert "present" in pilot.app.screen.plan.regions


async def test_the_presenter_key_leaves_a_lens_that_the_prose_is_about(lesson_file):
    path = lesson_file(ADD.replace("--at 3:check", "--at 3:check --lens units --full"))
    async with running(path, keys="z pagedown pagedown pagedown pagedown pagedown") as pilot:
        assert pilot.app.screen.state.card == Card(1, 0)
        assert "lens" in pilot.app.screen.plan.regions
        assert not pilot.app.screen.able("present")
        await pressed(pilot, "z")
        assert "lens" in pilot.app.screen.plan.regions


async def test_a_stop_is_added_while_a_question_is_open_and_nothing_is_revealed(lesson_file, clock):
    async with running(lesson_file(), keys="pagedown pagedown A", clock=clock) as pilot:
        await pressed(pilot, "enter")
        clock.tick()
        await pilot.pause()
        assert pilot.app.screen.state.asking
        (said,) = pilot.app.said
        assert said.startswith("stop 3 of ")
        assert "stop 1 of 3" in lines(pilot.app)[0]
        assert "Added" in text(pilot.app)


async def test_what_is_said_of_the_file_stands_above_a_question(lesson_file, clock):
    path = lesson_file()
    async with running(path, keys="pagedown pagedown", clock=clock) as pilot:
        path.write_text(ADD.replace("{steps[1].token}", "{steps[9].token}"), encoding="utf-8")
        clock.tick()
        await pilot.pause()
        question = pilot.app.screen.plan.regions["question"]
        (row,) = [at for at, line in enumerate(lines(pilot.app)) if "Not shown yet" in line]
        assert row + 4 < question.y


async def test_what_is_said_of_a_stop_stands_above_a_question_of_the_walk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with walking("A enter right p A", size=NARROW) as pilot:
        question = pilot.app.screen.plan.regions["question"]
        shown = lines(pilot.app)
        assert "stop 2 of my-lesson.md" in text(pilot.app)
        (row,) = [at for at, line in enumerate(shown) if "stop 2 of" in line]
        assert row < question.y
        assert "What do you think?" in shown[question.y]
        assert not any("Added" in line for line in shown[question.y :])
