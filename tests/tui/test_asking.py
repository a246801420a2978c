"""Questions over the walk: p asks, number keys count hands or type, a clicker reveals and goes on."""

from dataclasses import replace

import pytest

from rnn_tui.questions.opening import opened as opened_over
from rnn_tui.questions.opening import question_of
from rnn_tui.scene import Asked, Position
from tests.tui.screens import click, panel, text

AT = (1, 2)  # “and”, Add
ALLOWED = {
    "reveal", "hand-1", "hand-2", "hand-3", "another", "close-question", "notation", "picture", "help", "quit", "copy",
    "add-stop",
}  # fmt: skip


def asked(pilot):
    return pilot.app.first.state.asked


async def test_p_asks_what_comes_next_and_covers_it(opened):
    async with opened(at=AT, keys="p") as pilot:
        shown = panel(pilot.app, "question")

        assert asked(pilot).question == "direction h[1]"
        assert "Which way will the memory in unit verb go" in shown
        for choice in ("1    up", "2    down", "3    about the same"):
            assert choice in shown
        assert "enter or PageDown reveals" in shown
        assert "story" not in pilot.app.first.plan.regions


async def test_p_again_asks_the_next_question_and_after_the_last_the_first(opened):
    async with opened(at=AT, keys="p") as pilot:
        seen = [asked(pilot).question]
        while True:
            await pilot.press("p")
            if asked(pilot).question == seen[0]:
                break
            seen.append(asked(pilot).question)

        assert len(seen) == len(set(seen)) >= 3
        assert "label" in seen


async def test_a_number_key_counts_a_hand_and_backspace_takes_the_last_back(opened):
    async with opened(at=AT, keys="p 1 1 2 1 3 backspace 9") as pilot:
        assert asked(pilot).votes == ((0, 0, 1, 0),)
        rows = panel(pilot.app, "question").splitlines()
        up, down = (next(row for row in rows if f"{choice}  " in row) for choice in ("up", "down"))
        assert up.rstrip(" ┃").endswith("3")
        assert down.rstrip(" ┃").endswith("1")
        assert up.count("█") > 2 * down.count("█") > 0

        await pilot.press(*["backspace"] * 9)
        assert asked(pilot).votes == ((),)


@pytest.mark.parametrize("key", ["enter", "right", "pagedown", "space"])
async def test_enter_and_a_clicker_reveal_where_the_panels_show_it(opened, key):
    async with opened(at=AT, keys=f"p 2 {key}") as pilot:
        screen = pilot.app.first
        shown = panel(pilot.app, "question")

        assert screen.state.position == Position(1, 3)  # Squash
        assert asked(pilot).revealed
        assert not screen.state.covered
        assert "Answer: down" in shown
        assert "2  ✓ down" in shown
        assert "Right." in shown
        assert "squashed(" in shown
        assert "+0.6" in panel(pilot.app, "phase-squash")


@pytest.mark.parametrize("key", ["right", "pagedown"])
async def test_the_next_key_goes_on_and_the_question_is_closed(opened, key):
    async with opened(at=AT, keys=f"p enter {key}") as pilot:
        assert asked(pilot) is None
        assert pilot.app.first.state.position == Position(1, 4)
        assert "story" in pilot.app.first.plan.regions


async def test_a_clicker_alone_asks_nothing_and_reveals_without_a_vote(opened):
    async with opened(at=AT, keys="p pagedown") as pilot:
        shown = panel(pilot.app, "question")

        assert "Answer: down" in shown
        assert "hands" not in shown
        assert "had it right" not in shown


async def test_at_the_end_going_on_closes_the_answer(opened):
    async with opened(at=(2, 3), keys="p") as pilot:
        assert asked(pilot).question == "label"
        await pilot.press("pagedown")
        assert pilot.app.first.state.position == Position(2, 4)
        await pilot.press("pagedown")

        assert asked(pilot) is None
        assert not pilot.app.first.state.covered


async def test_the_class_stands_beside_the_network(opened):
    async with opened(at=(2, 2), keys="p p") as pilot:
        while asked(pilot).question != "label":
            await pilot.press("p")
        await pilot.press(*"1112", "enter")
        shown = panel(pilot.app, "question")

        assert "3 of 4 had it right." in shown
        assert "the network" in shown
        negative = next(line for line in shown.splitlines() if "Negative" in line and "✓" in line)
        assert " 3 " in negative
        assert "%" in negative


async def test_a_second_vote_stands_beside_the_first(opened):
    async with opened(at=AT, keys="p 1 1 2 a 2 2 1") as pilot:
        assert asked(pilot).votes == ((0, 0, 1), (1, 1, 0))
        assert "second vote" in panel(pilot.app, "question")
        assert not pilot.app.first.able("vote-again")

        await pilot.press("enter")
        shown = panel(pilot.app, "question")
        assert "1 of 3 had it right in the first vote, 2 of 3 in the second." in shown
        assert "first vote" in shown


async def test_a_second_vote_nobody_has_raised_a_hand_for_is_taken_back(opened):
    async with opened(at=AT, keys="p a 1 a backspace") as pilot:
        assert asked(pilot).votes == ((0,),)


async def test_of_a_number_no_second_vote_is_offered(opened):
    async with opened(at=AT, keys="p") as pilot:
        assert "vote-again" in {hint.key for hint in pilot.app.first.hints()}
        while not asked(pilot).question.startswith("value"):
            await pilot.press("p")
        assert "vote-again" not in {hint.key for hint in pilot.app.first.hints()}


async def test_the_tolerance_stands_beside_the_number_whatever_the_words_are(opened):
    async with opened(at=AT, keys="p") as pilot:
        screen = pilot.app.first
        scene = opened_over("value h[1]", replace(screen.state, asked=None), screen.computed.trace)
        screen.show(replace(scene, asked=replace(scene.asked, ask="What comes out?")))
        await pilot.pause()

        tolerance = question_of(screen.state, screen.computed.trace).tolerance
        assert "What comes out?" in panel(pilot.app, "question")
        assert f"your number, to within {tolerance:.2f}:" in panel(pilot.app, "question")


@pytest.mark.parametrize("text", ["exchanged 1 3", "without-memory", "word"])
async def test_the_answer_of_another_run_says_what_the_picture_is_of(opened, text):
    async with opened(at=AT) as pilot:
        screen = pilot.app.first
        screen.show(opened_over(text, screen.state, screen.computed.trace))
        pictured = question_of(screen.state, screen.computed.trace).pictured
        assert pictured
        await pilot.press("enter")
        said = " ".join(panel(pilot.app, "question").replace("┃", " ").split())
        assert f"The picture above is of {pictured}." in said


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (120, 50)])
async def test_what_comes_next_can_not_be_read_off_the_names_of_the_phases(opened, size):
    async with opened(at=AT, size=size) as pilot:
        screen = pilot.app.first
        screen.show(opened_over("next-phase", screen.state, screen.computed.trace))
        await pilot.pause()
        above = text(pilot.app).split("What do you think?")[0]
        assert "Squash" not in above
        assert "Check" not in above
        choices = question_of(screen.state, screen.computed.trace).choices
        assert list(choices) == sorted(choices)

        await pilot.press("enter")
        assert "Squash" in text(pilot.app).split("Answer: Squash")[0]


async def test_a_number_is_typed_and_marked(opened):
    async with opened(at=AT, keys="p") as pilot:
        while not asked(pilot).question.startswith("value"):
            await pilot.press("p")
        await pilot.press(*"12", "backspace", "comma", *"57", "minus")
        assert asked(pilot).given == "−1.57"
        assert "−1.57" in panel(pilot.app, "question")

        await pilot.press("enter")
        shown = panel(pilot.app, "question")
        assert "Not quite: it is" in shown


async def test_a_minus_goes_in_front_and_off_again_and_a_number_has_one_point(opened):
    async with opened(at=AT, keys="p") as pilot:
        while not asked(pilot).question.startswith("value"):
            await pilot.press("p")
        await pilot.press("0", "full_stop", "full_stop", "5", "minus", "minus")

        assert asked(pilot).given == "0.5"


async def test_escape_leads_back_with_nothing_shown(opened):
    async with opened(at=AT, lens="memory", keys="p 1 escape") as pilot:
        before = pilot.app.first.state

        assert (before.asked, before.lens, before.position) == (None, "memory", Position(*AT))


async def test_escape_closes_an_answer_that_is_shown(opened):
    async with opened(at=AT, keys="p enter escape") as pilot:
        assert asked(pilot) is None
        assert pilot.app.first.state.position == Position(1, 3)


async def test_while_it_is_open_only_its_own_keys_work(opened):
    async with opened(at=AT, keys="p") as pilot:
        screen = pilot.app.first

        assert {key.id for key in screen.keys if screen.able(key.id)} == ALLOWED
        assert {hint.key for hint in screen.hints()} <= ALLOWED | {"take-back", "vote-again"}


async def test_all_other_keys_leave_it_as_it_is(opened):
    async with opened(at=AT, keys="p") as pilot:
        screen = pilot.app.first
        before = screen.state
        await pilot.press(
            "left", "w", "b", "home", "end", "v", "V", "x", "m", "e", "c", "u", "ctrl+r", "up", "down", "U", "f", "O",
        )  # fmt: skip

        assert screen.state == before
        assert pilot.app.screen is screen


async def test_clicks_show_nothing_and_one_on_a_choice_counts(opened):
    async with opened(at=AT, keys="p") as pilot:
        before = pilot.app.first.state
        await click(pilot, "screaming")
        await click(pilot, "Check")
        await click(pilot, "Squash")
        await click(pilot, "Memory")
        assert pilot.app.first.state == before

        await click(pilot, "about the same", row_from=pilot.app.first.plan.regions["question"].y + 2)
        assert asked(pilot).votes == ((2,),)


async def test_the_palette_offers_what_works_alone(opened):
    async with opened(at=AT, keys="p") as pilot:
        said = [command.title for command in pilot.app.first.commands()]

        assert "Teach: Question: show the answer (space, too)" in said
        assert {title for title in said if not title.startswith("Teach: Question:")} == {
            "Look: Words alone, or words with notation", "More: Save a picture, the walk, or its numbers",
            "More: All keys",
            "More: Quit", "More: Copy the command for this view",
            "Teach: Add this view as a stop to a lesson of your own",
        }  # fmt: skip


async def test_help_has_its_keys_alone(opened):
    async with opened(at=AT, size=(120, 50), keys="p question_mark") as pilot:
        shown = text(pilot.app)

        assert "Question: vote again, after the class has talked" in shown
        assert "To the first word" not in shown


async def test_notation_changes_no_vote_and_stays_when_it_is_closed(opened):
    async with opened(at=AT, keys="p 1 t") as pilot:
        assert asked(pilot) == Asked("direction h[1]", ((0,),))
        await pilot.press("escape")

        assert pilot.app.first.state.notation


async def test_playing_stops_and_does_not_run_on_under_a_question(opened, clock):
    async with opened(at=AT, clock=clock, keys="space p") as pilot:
        before = pilot.app.first.state
        assert not pilot.app.first.player.playing
        clock.tick()
        await pilot.pause()

        assert pilot.app.first.state == before


async def test_the_command_opens_the_question_again(opened):
    async with opened(at=AT, keys="p 1 1") as pilot:
        command = pilot.app.first.command()
        assert command[command.index("--ask") + 1] == "direction h[1]"
        assert command[command.index("--at") + 1] == "2:add"
        await pilot.press("enter")

        assert "--ask" not in pilot.app.first.command()


async def test_after_the_reveal_enter_opens_the_arithmetic(opened):
    async with opened(at=AT, keys="p enter enter") as pilot:
        assert pilot.app.first.state.arithmetic
        assert "tanh(" in panel(pilot.app, "arithmetic")


async def test_where_nothing_is_left_to_ask_one_line_says_so(opened):
    async with opened("wired", "dog", at=(0, 4), keys="p") as pilot:
        assert asked(pilot) is None
        assert pilot.app.said == ["nothing is left to guess here: go back with ←, or to the first word with home"]


async def test_what_hide_covers_is_uncovered(opened):
    async with opened(at=AT, hidden=True, keys="p") as pilot:
        assert (asked(pilot), pilot.app.first.state.hidden) == (None, False)


async def test_an_answer_covered_before_stays_covered_by_a_question_about_the_memory(opened):
    async with opened(at=AT, keys="p") as pilot:
        screen = pilot.app.first
        before = screen.state.asked.before
        screen.show(opened_over("direction h[1]", replace(before, hidden=True), screen.computed.trace))
        await pilot.press("enter")

        assert screen.state.hidden


async def test_over_the_presenter_view_the_question_stands_alone_and_going_on_leads_back_to_it(opened):
    async with opened(at=AT, presenting=True, keys="p") as pilot:
        screen = pilot.app.first
        assert "question" in screen.plan.regions
        assert "present" not in screen.plan.regions
        await pilot.press("enter", "escape")
        assert "present" in screen.plan.regions
        await pilot.press("p", "enter", "right")

        assert screen.state.presents
        assert "present" in screen.plan.regions
