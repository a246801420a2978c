"""The practice screen: one question after the other, marked at once, with a score, levels and a result to save."""

import json
import re
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from rnn_tui.cli import main
from rnn_tui.questions.drawing import Drawing
from rnn_tui.questions.marking import mark
from rnn_tui.questions.opening import question_of
from rnn_tui.questions.question import SLIPS
from rnn_tui.scene import Reading, Scene
from rnn_tui.shelf import load
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.practising.keys import KEYS
from rnn_tui.tui.practising.screen import PracticeScreen
from rnn_tui.tui.walking.screen import WalkScreen
from tests.tui.screens import lines, panel, text

MODEL = "kicking-and-screaming"


def practice(levels=(1, 5), seed=3, count=None, models=(MODEL,)):
    app = RnnApp(PracticeScreen(Drawing(models, Traces(), seed, count), levels))
    app.animation_level = "none"
    return app


@pytest.fixture
def practised():
    """The program on a practice."""

    @asynccontextmanager
    async def running(*arguments, keys="", size=(100, 30), **fields):
        app = practice(*arguments, **fields)
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await pilot.press(*keys.split())
            await pilot.pause()
            yield pilot

    return running


def question(pilot):
    screen = pilot.app.screen
    return question_of(screen.state, screen.computed.trace)


def right(pilot):
    """The keys that answer the question right."""
    asked = question(pilot)
    if asked.choices:
        return [str(asked.choices.index(asked.answer) + 1)]
    figures = f"{asked.answer * (100 if asked.share else 1):.3f}"
    return [{"-": "minus", ".": "full_stop"}.get(figure, figure) for figure in figures]


async def test_right_answers_are_counted_and_the_next_question_comes(practised):
    async with practised() as pilot:
        seen = []
        for number in range(1, 9):
            seen.append((question(pilot).scene, question(pilot).text))
            await pilot.press(*right(pilot), "enter")
            shown = panel(pilot.app, "question")
            assert f"Question {number} · level {question(pilot).level} · {number} of {number} right" in shown
            assert "Right." in shown
            await pilot.press("pagedown")
        assert len(set(seen)) == len(seen)


async def test_a_wrong_answer_is_marked_beside_the_right_one(practised):
    async with practised((2, 2)) as pilot:
        asked = question(pilot)
        at = asked.choices.index(asked.answer)
        wrong = (at + 1) % len(asked.choices)
        await pilot.press(str(wrong + 1))
        assert f"{wrong + 1}  ▸ {asked.choices[wrong]}" in panel(pilot.app, "question")
        await pilot.press("enter")
        shown = panel(pilot.app, "question")

        assert "0 of 1 right" in shown
        assert f"{wrong + 1}  ✗ {asked.choices[wrong]}" in shown
        assert f"{at + 1}  ✓ {asked.answer}" in shown


async def test_another_choice_takes_the_place_of_the_first_and_backspace_takes_it_back(practised):
    async with practised((2, 2), keys="1 2 2 3") as pilot:
        assert pilot.app.first.state.asked.votes == ((2,),)
        await pilot.press("backspace")
        assert pilot.app.first.state.asked.votes == ((),)


@pytest.mark.parametrize("key", ["enter", "right", "pagedown", "space"])
async def test_without_an_answer_nothing_is_marked_and_nothing_counts(practised, key):
    async with practised((2, 2), keys=key) as pilot:
        assert "no answer yet – a shows it" in text(pilot.app)
        assert pilot.app.first.state.asking
        assert pilot.app.first.state.practice.attempts == ()


async def test_the_answer_is_shown_when_that_is_asked_for_and_counts_as_not_right(practised):
    async with practised((2, 2), keys="a") as pilot:
        assert "0 of 1 right" in panel(pilot.app, "question")
        assert pilot.app.first.state.practice.attempts[0].given is None


async def test_what_is_no_number_is_said_and_costs_nothing(practised):
    async with practised((4, 4), keys="minus enter") as pilot:
        assert re.search("is no (number|share)", text(pilot.app))
        assert pilot.app.first.state.asking
        assert not pilot.app.first.state.practice.attempts


async def test_the_level_goes_up_and_down(practised):
    async with practised(keys="up") as pilot:
        assert pilot.app.first.state.levels == (1, 1)
        await pilot.press("up", "up")
        assert question(pilot).level == 3
        await pilot.press("down", "down", "down")
        assert pilot.app.first.state.levels == (1, 5)
        assert not pilot.app.first.able("easier")
        assert pilot.app.first.state.practice.attempts == ()


async def test_the_score_stands_in_place_of_the_question_and_enter_goes_back(practised):
    async with practised(keys="a enter escape") as pilot:
        asked = question(pilot)
        shown = panel(pilot.app, "question")
        assert "0 of 1 right." in shown
        assert "reveals" not in shown
        assert "enter the question" in lines(pilot.app)[-1]
        assert "esc leave" in lines(pilot.app)[-1]
        await pilot.press("1")
        assert pilot.app.first.state.asked.votes == ((),)
        await pilot.press("enter")

        assert question(pilot) == asked
        assert pilot.app.first.state.asking
        assert not pilot.app.first.state.over


async def test_escape_at_the_score_leaves_the_program(practised):
    async with practised(keys="a escape escape") as pilot:
        await pilot.pause()
        assert pilot.app.return_value is pilot.app.first


async def test_the_score_names_the_most_frequent_slip_in_words(practised):
    async with practised((4, 4), seed=1) as pilot:
        while not (slips := [slip for slip in question(pilot).slips if slip.name == "sign"]):
            await pilot.press("a", "enter")
        typed = f"{slips[0].value:.2f}"
        await pilot.press(
            *({"-": "minus", ".": "full_stop"}.get(figure, figure) for figure in typed), "enter", "escape"
        )
        shown = " ".join(panel(pilot.app, "question").replace("┃", " ").split())

        assert (
            f"Most frequent slip: {SLIPS[pilot.app.first.state.practice.attempts[-1].marked.slips[0].name]} (1 ×)."
            in shown
        )


async def test_after_so_many_questions_the_score_is_shown(practised):
    async with practised(count=2, keys="a enter a") as pilot:
        assert "that was the last" not in panel(pilot.app, "question")
        await pilot.press("enter")

        assert "0 of 2 right" in panel(pilot.app, "question")
        assert not pilot.app.first.able("next-question")
        assert not pilot.app.first.able("harder")


@pytest.mark.parametrize("name", ["mine.txt", "mine.json"])
async def test_the_result_is_saved(practised, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    async with practised() as pilot:
        await pilot.press(*right(pilot), "enter", "o")
        await pilot.pause()
        await pilot.press("ctrl+u", *(key if key != "." else "full_stop" for key in name), "enter")
        await pilot.pause()
        assert f"saved {name}" in text(pilot.app)
        await pilot.press("o", "ctrl+u", *(key if key != "." else "full_stop" for key in name))
        await pilot.pause()
        assert "there is such a file already" in text(pilot.app)

    saved = (tmp_path / name).read_text(encoding="utf-8")
    if name.endswith("json"):
        assert (json.loads(saved)["asked"], json.loads(saved)["right"]) == (1, 1)
    else:
        assert saved.startswith("Practice, seed 3: 1 of 1 right.")


async def test_it_is_opened_from_the_walk_about_its_network_and_left_again():
    app = RnnApp(WalkScreen(Scene(Reading(MODEL, load(MODEL).examples[0].text)), Traces()))
    app.animation_level = "none"
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("E")
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)
        assert app.screen.state.model == MODEL
        await pilot.press("escape")
        await pilot.pause()

        assert app.screen is app.first


async def test_only_its_keys_work_and_nothing_is_clicked_open(practised):
    async with practised((3, 3)) as pilot:
        screen = pilot.app.screen
        before = screen.state
        await pilot.press("left", "v", "x", "e", "m", "c", "p", "home")
        for y in range(2, 16, 3):
            await pilot.click(offset=(40, y))
        assert screen.state == before
        assert {hint.key for hint in screen.hints()} <= {key.id for key in KEYS}
        assert "enter mark" in lines(pilot.app)[-1]
        assert "esc leave" in lines(pilot.app)[-1]  # as long as there is no score


async def test_a_level_that_one_comes_back_to_goes_on_where_it_was_left(practised):
    async with practised((2, 2)) as pilot:
        seen = []
        for _ in range(4):
            seen.append((question(pilot).scene, question(pilot).text))
            await pilot.press(*right(pilot), "enter", "up", "down")
        assert pilot.app.first.state.levels == (2, 2)
        assert len(set(seen)) == len(seen)


async def test_other_levels_leave_no_more_questions_than_were_asked_for(practised):
    async with practised((1, 1), count=3) as pilot:
        for key in ("up", "down", "up"):
            await pilot.press(*right(pilot), "enter", key)
        state = pilot.app.first.state
        assert (len(state.practice.attempts), state.over, state.left) == (3, True, False)


async def test_its_command_opens_the_question_in_the_walk(practised):
    async with practised((2, 2), keys="1") as pilot:
        command = pilot.app.screen.command()

        assert command[command.index("--ask") + 1] == question(pilot).text


async def test_help_says_the_levels(practised):
    async with practised(keys="question_mark", size=(100, 50)) as pilot:
        assert "Level 1: what happens next" in " ".join(text(pilot.app).replace("┃", " ").split())
        assert "Harder questions" in text(pilot.app)


def test_the_command_line_gets_what_was_answered(monkeypatch, capsys, tmp_path):
    def run(app):
        screen = app.first
        found = question_of(screen.state, screen.computed.trace)
        practice = screen.state.practice.answered(found, str(found.answer), mark(found, str(found.answer)))
        screen.timeline = screen.timeline.replaced(replace(screen.state, practice=practice))

    monkeypatch.setattr(RnnApp, "run", run)
    monkeypatch.setattr("rnn_tui.cli.practice.is_terminal", lambda: True)
    monkeypatch.setattr("rnn_tui.cli.practice.can_draw", lambda: True)
    path = tmp_path / "result.json"

    assert main(["practice", "-m", MODEL, "--level", "2-3", "--seed", "7", "-o", str(path)]) == 0
    assert "The score: 1 of 1 right." in capsys.readouterr().out
    assert json.loads(path.read_text(encoding="utf-8"))["seed"] == 7
