"""Every key of the main screen: the scene that it makes, and when it is greyed."""

import pytest

from rnn_tui.scene import Position
from rnn_tui.tui.walking.keys import KEYS
from tests.tui.screens import lines, panel, text

LAST = (2, 4)  # the last phase of the last of three words


@pytest.mark.parametrize(
    ("key", "at", "to"),
    [
        ("right", (0, 0), (0, 1)),
        ("pagedown", (0, 4), (1, 0)),
        ("left", (1, 0), (0, 4)),
        ("pageup", (0, 1), (0, 0)),
        ("w", (0, 2), (1, 2)),
        ("w", (2, 2), LAST),
        ("b", (1, 2), (0, 2)),
        ("b", (0, 2), (0, 0)),
        ("home", (2, 3), (0, 0)),
        ("end", (0, 0), LAST),
        ("1", (2, 3), (0, 3)),
        ("3", (0, 1), (2, 1)),
        ("4", (0, 1), (0, 1)),
        ("9", (0, 1), (0, 1)),
    ],
)
async def test_a_key_that_moves_through_time(opened, key, at, to):
    async with opened(at=at, keys=key) as pilot:
        assert pilot.app.first.state.position == Position(*to)


@pytest.mark.parametrize(
    ("keys", "unit"), [("down", 1), ("down down", 2), ("down down down down", 2), ("down up", 0), ("up", 0)]
)
async def test_up_and_down_pick_a_unit(opened, keys, unit):
    async with opened(keys=keys, unit=0) as pilot:
        assert pilot.app.first.state.unit == unit


@pytest.mark.parametrize(
    ("keys", "field", "on"),
    [
        ("enter", "arithmetic", True),
        ("enter enter", "arithmetic", False),
        ("enter escape", "arithmetic", False),
        ("t", "notation", True),
        ("t t", "notation", False),
    ],
)
async def test_a_key_that_switches(opened, keys, field, on):
    async with opened(keys=keys) as pilot:
        assert getattr(pilot.app.first.state, field) is on


@pytest.mark.parametrize(
    ("at", "greyed"),
    [
        ((0, 0), {"back", "back-word", "start", "unit-up", "overview", "undo", "redo", "terms-up", "terms-down"}),
        ((1, 2), {"unit-up", "overview", "undo", "redo", "terms-up", "terms-down"}),
        (LAST, {"next", "next-word", "end", "play", "unit-up", "overview", "undo", "redo", "terms-up", "terms-down"}),
    ],
)
async def test_a_key_that_can_not_do_anything_now_is_greyed(opened, at, greyed):
    elsewhere = {key.id for key in KEYS if key.mode} - {"full"}  # in their modes
    async with opened(at=at) as pilot:
        listed = [key.id for key in KEYS if key.listed or key.mode]
        assert {key_id for key_id in listed if not pilot.app.first.able(key_id)} == greyed | elsewhere


async def test_a_word_that_is_not_there_is_greyed(opened):
    async with opened(at=(1, 0)) as pilot:
        able = [pilot.app.first.able(f"word-{n}") for n in range(1, 10)]

        assert able == [True, False, True, *[False] * 6]


async def test_a_greyed_key_does_nothing(opened):
    async with opened(at=LAST) as pilot:
        before = text(pilot.app)
        await pilot.press("right", "w", "end", "space", "escape", "u", "ctrl+r", "7")

        assert pilot.app.first.state.position == Position(*LAST)
        assert not pilot.app.first.player.playing
        assert text(pilot.app) == before


@pytest.mark.parametrize(("size", "names"), [((80, 24), 9), ((120, 36), 11), ((200, 60), 14)])
async def test_the_footer_has_the_keys_that_fit_the_most_needed_first(opened, size, names):
    async with opened(size=size) as pilot:
        footer = lines(pilot.app)[-1]

        shown = {key.id for key in KEYS if any(f" {said} " in f"{footer} " for said in (key.hint, key.brief) if said)}
        assert len(shown) >= names
        assert {"next", "arithmetic", "sentence", "model", "lens", "what-if", "compare", "predict", "help"} <= shown
        assert footer.rstrip() == footer.rstrip().rstrip("…")


async def test_the_footer_says_what_space_and_enter_do_now(opened, clock):
    async with opened(clock=clock) as pilot:
        assert "space play" in panel(pilot.app, "footer")
        assert "enter arithmetic" in panel(pilot.app, "footer")

        await pilot.press("space", "enter")

        assert "space pause" in panel(pilot.app, "footer")
        assert "enter overview" in panel(pilot.app, "footer")


def able_in_footer(app):
    """The keys in the footer that can be clicked."""
    hints = app.first.hints()
    return {hint.does: hint.able for hint in hints}


async def test_an_entry_for_two_keys_is_greyed_only_where_neither_does_anything(opened):
    async with opened() as pilot:
        assert (able_in_footer(pilot.app)["word"], able_in_footer(pilot.app)["unit"]) == (True, True)
        await pilot.press("end", "down", "down")
        assert (able_in_footer(pilot.app)["word"], able_in_footer(pilot.app)["unit"]) == (True, True)
        assert able_in_footer(pilot.app)["step"]  # back


async def test_one_word_and_one_unit_leave_nothing_to_move_to(opened):
    from tests.builders import build

    async with opened(model=build(hidden=1), text="dog", at=(0, 4)) as pilot:
        assert not able_in_footer(pilot.app)["unit"]
        assert not pilot.app.first.able("next")


async def test_the_brackets_scroll_a_long_sum(opened):
    async with opened("sixteen", "the dog", at=(1, 2), size=(100, 20), keys="enter") as pilot:
        first = panel(pilot.app, "arithmetic")
        await pilot.press("right_square_bracket")
        second = panel(pilot.app, "arithmetic")
        await pilot.press("left_square_bracket")

        assert "unit 2 " in first
        assert "unit 2 " not in second
        assert panel(pilot.app, "arithmetic") == first


async def test_q_quits(opened):
    async with opened() as pilot:
        await pilot.press("q")

        assert pilot.app.return_value is pilot.app.first


def test_no_key_is_forgotten_here():
    # a new key wants a line in this file, in test_play_in_the_app, in test_screens or in the file of its mode
    assert {key.id for key in KEYS if not key.mode and key.listed} == {
        "next", "back", "next-word", "back-word", "start", "end", "play", "faster", "slower", "unit-up", "unit-down",
        "arithmetic", "overview", "terms-up", "terms-down", "sentence", "model", "notation", "predict", "picture",
        "undo", "redo", "help", "quit", "lens", "what-if", "compare", "copy", "next-unit", "present", "practice",
        "lessons", "add-stop",
    }  # fmt: skip
    assert {key.id for key in KEYS if not key.listed and not key.mode} == {f"word-{n}" for n in range(1, 10)}
