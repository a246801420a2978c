"""The what-if mode: one sees what follows, takes it back, and saves it."""

import random
import shlex
from pathlib import Path

import numpy as np
import pytest
from textual.widgets import Input

from rnn_tui.cli import app
from rnn_tui.edits import (
    DropWord,
    Forget,
    SetParameter,
    Silence,
)
from rnn_tui.lenses import LENSES
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from rnn_tui.options.scenes import from_arguments
from rnn_tui.pictures.bars import GHOST
from rnn_tui.text import printable
from tests.tui.editing import LAST, ON, assert_shown_is_true, edits, pressed, story
from tests.tui.screens import lines, panel, place_of, text

# Taking back


async def test_tab_chooses_an_edit_and_delete_takes_it_out(opened):
    async with opened(keys="f o d", **ON) as pilot:
        assert "▸word 1 left out" in panel(pilot.app, "what-if")  # the last one that was made
        await pressed(pilot, "tab", "tab")
        assert "▸verb silenced" in panel(pilot.app, "what-if")
        await pressed(pilot, "delete")
        assert edits(pilot) == (Forget(), DropWord(0))
        await pressed(pilot, "backspace")
        assert edits(pilot) == (Forget(),)
        await pressed(pilot, "u", "u")
        assert edits(pilot) == (Forget(), Silence(0), DropWord(0))


async def test_a_bare_number_is_the_value_of_the_picked_weight(opened):
    async with opened(at=(1, 2), arithmetic=True, **ON) as pilot:
        await pressed(pilot, "j", "n")
        pilot.app.screen.query_one(Input).value = "2.5"
        await pressed(pilot, "enter")
        assert edits(pilot) == (SetParameter("weight_hh", (0, 0), 2.5),)


async def test_a_click_on_the_cross_of_an_edit_takes_that_one_out(opened):
    async with opened(keys="f o", **ON) as pilot:
        x, y = place_of(pilot.app, "memory cut off ✕")
        await pilot.click(offset=(x + len("memory cut off "), y))
        await pressed(pilot)

        assert edits(pilot) == (Silence(0),)


async def test_nought_is_the_original_again(opened):
    async with opened(keys="f o d comma", at=(1, 2), **ON) as pilot:
        await pressed(pilot, "0")
        assert edits(pilot) == ()
        assert_shown_is_true(pilot)
        await pressed(pilot, "u")
        assert len(edits(pilot)) == 4


async def test_an_edit_without_which_another_can_not_be_stays_and_says_so(opened):
    # given a word put in at the end, and that word moved
    async with opened(notifications=True, at=(2, 0), **ON) as pilot:
        for typed in ("insert 4 dog", "move 4 1"):
            await pressed(pilot, "n")
            pilot.app.screen.query_one(Input).value = typed
            await pressed(pilot, "enter")
        await pressed(pilot, "tab")
        before = pilot.app.first.state
        # when the first is to be taken out, on which the second stands
        await pressed(pilot, "delete")
        # then all stays, and it is said
        assert pilot.app.first.state == before
        assert "there is no word 4 here" in " ".join(text(pilot.app).split())


# What follows


@pytest.mark.parametrize("name", ["wired", "gru", "lstm", "attentive", "series", "many"])
async def test_every_panel_shows_the_edited_network_and_undo_the_original(opened, name):
    texts = {"series": "1 2 -3 4"}
    async with opened(name, texts.get(name, "the dog barked"), at=(2, 4), **ON) as pilot:
        before = text(pilot.app)
        await pressed(pilot, *["comma"] * 5)
        assert_shown_is_true(pilot)
        during = text(pilot.app)
        await pressed(pilot, "u")

        assert during != before
        assert text(pilot.app) == before
        assert_shown_is_true(pilot)


@pytest.mark.parametrize("lens", [name for name in LENSES if name != "attention"])
async def test_an_open_lens_is_measured_on_the_edited_network(opened, lens):
    async with opened(lens=lens, at=LAST, **ON) as pilot:
        await pressed(pilot)
        before = pilot.app.first.measuring.now[0].result
        await pressed(pilot, *["comma"] * 5)
        after = pilot.app.first.measuring.now[0].result
        await pressed(pilot, "u")

        assert before is not None
        assert after is not None
        assert after is not before
        assert pilot.app.first.measuring.now[0].result is not after


async def test_the_memory_lens_says_that_a_forgetful_network_remembers_nothing(opened):
    async with opened(lens="memory", at=LAST, keys="f", **ON) as pilot:
        await pressed(pilot)

        assert not np.triu(pilot.app.first.measuring.now[0].result.influence, 1).any()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_ghosts_come_with_an_edit_and_go_with_it(opened, size):
    async with opened(size=size, at=(2, 2), **ON) as pilot:
        assert GHOST not in text(pilot.app)
        await pressed(pilot, *["comma"] * 5)
        assert GHOST in panel(pilot.app, "phase-add")
        await pressed(pilot, "end")
        assert GHOST in panel(pilot.app, "phase-check")
        await pressed(pilot, "0")

        assert GHOST not in text(pilot.app)


async def test_the_sentence_says_what_the_edit_did_to_the_answer(opened):
    async with opened(at=LAST, **ON) as pilot:
        assert "With" not in story(pilot)
        await pressed(pilot, *["comma"] * 5)
        before, after = (
            trace.prediction()[1] for trace in (pilot.app.first.computed.before, pilot.app.first.computed.trace)
        )

        assert f"With half the memory, Negative goes down from {before:.0%} to {after:.0%}." in story(pilot)


async def test_while_the_class_is_to_guess_the_sentence_gives_nothing_away(opened):
    async with opened(at=LAST, hidden=True, keys="comma", **ON) as pilot:
        assert "With 0.90 × the memory: what will the answer be now?" in story(pilot)
        assert "%" not in text(pilot.app)


async def test_with_the_panel_closed_the_header_still_says_that_something_is_changed(opened):
    async with opened(keys="f o x", **ON) as pilot:
        assert "2 changes" in lines(pilot.app)[0]
        await pressed(pilot, "u")
        assert "1 change " in lines(pilot.app)[0]


async def test_an_edit_pauses_the_player(opened, clock):
    async with opened(clock=clock, keys="space f", **ON) as pilot:
        assert not pilot.app.first.player.playing


async def test_another_sentences_networks_and_files_stay_as_they_were(opened, models):
    async with opened(**ON) as pilot:
        file = models / "wired.safetensors"
        content = file.read_bytes()
        tensors = {name: array.copy() for name, array in pilot.app.first.traces.model("wired").tensors().items()}
        await pressed(pilot, "f", "a", "o", "comma", "d", "enter", "j", "full_stop", "u", "ctrl+r", "0")

        assert file.read_bytes() == content
        now = pilot.app.first.traces.model("wired").tensors()
        assert all(np.array_equal(array, tensors[name]) for name, array in now.items())


KEYS_OF_A_SESSION = (
    "comma", "comma", "full_stop", "f", "a", "o", "d", "left_curly_bracket", "right_curly_bracket", "j", "k", "enter",
    "tab", "delete", "0", "u", "ctrl+r", "right", "left", "up", "down", "end", "b", "x", "x", "v", "t",
)  # fmt: skip


@pytest.mark.parametrize("name", ["wired", "lstm"])
@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_pressed_the_numbers_are_true_and_all_of_it_can_be_taken_back(opened, name, seed):
    # given the mode, and keys drawn from a seed
    drawn = random.Random(seed)
    async with opened(name, "the dog barked and slept", **ON) as pilot:
        # when they are pressed
        for _ in range(5):
            await pressed(pilot, *drawn.choices(KEYS_OF_A_SESSION, k=8))
            # then the screen shows what the scene makes of the file
            assert_shown_is_true(pilot)
        last = pilot.app.first.state
        redos = len(pilot.app.first.timeline.states) - 1 - pilot.app.first.timeline.index
        # and undo leads back to the network as it is, redo forth to the very scene
        await pressed(pilot, *["u"] * len(pilot.app.first.timeline.states))
        assert edits(pilot) == ()
        assert_shown_is_true(pilot)
        await pressed(pilot, *["ctrl+r"] * (len(pilot.app.first.timeline.states) - 1 - redos))
        assert pilot.app.first.state == last
        assert_shown_is_true(pilot)


# Saving


async def saved_as(pilot, path):
    await pressed(pilot, "y")
    pilot.app.screen.query_one(Input).value = str(path)
    await pressed(pilot, "enter")


async def test_y_saves_the_edited_network_as_a_model_of_its_own(opened, tmp_path):
    async with opened(keys="comma comma", at=LAST, notifications=True, **ON) as pilot:
        await saved_as(pilot, tmp_path / "weak")
        saved = load(tmp_path / "weak.safetensors")

        assert any("weak.safetensors" in said for said in pilot.app.said)
        probs = run(saved, saved.tokenize("Kicking and screaming")).values["probs"]
        assert np.array_equal(probs, pilot.app.first.computed.trace.values["probs"])


@pytest.mark.parametrize("where", ["there", "shipped", "nowhere/at/all", "~nobody-is-called-this/weak"])
async def test_where_it_can_not_be_saved_it_says_so_and_touches_nothing(opened, models, tmp_path, where):
    paths = {
        "there": tmp_path / "there.safetensors",
        "shipped": models / "weak.safetensors",  # the first folder of the shelf is the shipped one
    }
    (tmp_path / "there.safetensors").write_bytes(b"mine")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.safetensors")}
    says = {"there": "such a file already", "shipped": "shipped models stay", "nowhere/at/all": "can't be written"}
    async with opened(keys="f", notifications=True, **ON) as pilot:
        await saved_as(pilot, paths.get(where, where if where.startswith("~") else tmp_path / where))

        # what was said, and not the screen: a long path wraps it there
        said = pilot.app.said
        assert any(says.get(where, "there is no such folder") in message for message in said)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*.safetensors")} == before
        assert pilot.app.screen is pilot.app.first


async def test_y_proposes_a_name_in_the_current_folder(opened):
    async with opened(keys="f y", **ON) as pilot:
        assert Path(pilot.app.screen.query_one(Input).value) == Path("wired-edited.safetensors")


# Taking the view along


async def copied(pilot):
    """Copy the command of what is on the screen, as the command palette does."""
    commands = pilot.app.get_system_commands(pilot.app.screen)
    (found,) = (command for command in commands if command.title == "More: Copy the command for this view")
    await found.callback()
    await pressed(pilot)
    return pilot.app.clipboard


async def test_the_command_for_this_view_opens_it_again(opened):
    # given a view of an edited network
    keys = "f d right right down x t v"
    async with opened(text="it's a dog's life", keys=keys, notifications=True, **ON) as pilot:
        scene = pilot.app.first.state
        # when its command is copied
        command = await copied(pilot)
        # then it is shown, and its arguments make the very scene
        assert "rnn-tui -m wired" in text(pilot.app)
        program, *words = shlex.split(command)
        arguments = app.COMMAND.parser().parse_args(words)
        assert program == "rnn-tui"
        assert from_arguments(arguments, arguments.model, arguments.sentence, pilot.app.first.computed.trace) == scene
        assert len(scene.edits) == 2


async def test_what_is_copied_holds_nothing_that_a_terminal_would_obey(opened):
    async with opened(text="dog \x1b[2J\x07 cat") as pilot:
        command = await copied(pilot)

        assert printable(command) == command
        assert "\\033" in command
