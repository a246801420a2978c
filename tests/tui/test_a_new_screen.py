"""A third screen: all that has to be said of it, and the two lines that register it.

It counts the letters of the words. What every screen can do, it can do; no other file knows of it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module

import pytest
from rich.segment import Segment
from textual.geometry import Region

from rnn_tui.network.order import Passing, Ways
from rnn_tui.pictures.picks import WordPick
from rnn_tui.pictures.rows import sized
from rnn_tui.scene import Position, Reading, Scene, Showing
from rnn_tui.settings import Settings
from rnn_tui.traces import Traces
from rnn_tui.tui import registry
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.dialogs.help import HelpScreen
from rnn_tui.tui.keymap import keymap_of
from rnn_tui.tui.panels.footer import Footer
from rnn_tui.tui.panels.notice import LEAST, Notice
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.screen.keys import Change, Do, Group, Key, Open
from rnn_tui.tui.screen.screen import StateScreen
from rnn_tui.tui.screen.shared import BACK, ENDING, WALKING
from tests.tui.screens import click, lines, text

# What a module of a new room beside `walking` and `comparing` has


@dataclass(frozen=True)
class Counting(Showing):
    """A reading whose letters are counted."""

    reading: Reading
    readings = property(lambda state: (state.reading,))
    steps_by_word = property(lambda state: True)


@dataclass(frozen=True)
class Counted:
    """The only floor there is to walk through, with one phase at each word."""

    index = 0
    names = phases = ("count",)


@dataclass(frozen=True)
class Letters:
    """The words, and how many letters each has."""

    words: tuple[str, ...]
    counts: tuple[int, ...]

    @cached_property
    def order(self):
        return Ways([Passing((Counted(),), range(len(self.words)))])

    def __len__(self):
        return len(self.words)


@dataclass(frozen=True)
class Plan:
    regions: dict[str, Region]


@dataclass(frozen=True)
class View:
    letters: Letters
    t: int


class LetterPanel(Panel[View]):
    def picture(self, view, palette, width, height):
        words = zip(view.letters.words, view.letters.counts, strict=True)
        rows = [f"{'>' if t == view.t else ' '} {word} {count}" for t, (word, count) in enumerate(words)]
        return [sized([Segment(row, palette.text)], width) for row in rows][:height]

    def pick_at(self, x, y):
        return WordPick(y) if y < len(self.view.letters) else None


def longest(shown):
    """To the longest word."""
    counts = shown.computed.counts
    return shown.state.at(Position(counts.index(max(counts)), 0))


def shortened(shown):
    """The text without its last word."""
    words = shown.computed.words
    reading = shown.state.reading
    return replace(shown.state, reading=reading.of_text(" ".join(words[:-1]))) if len(words) > 1 else shown.state


KEYS = (
    *WALKING,
    BACK,
    Key("longest", "j", "j", "To the longest word", Change(longest), Group.LOOK, "longest"),
    Key("shorten", "d", "d", "Without the last word", Change(shortened), Group.CHANGE, "shorten"),
    Key("close", "c", "c", "Back to the network", Do(lambda screen: screen.dismiss(None)), Group.MORE, "close"),
    *ENDING,
)


class CountScreen(StateScreen[Counting, Letters]):
    keys = KEYS
    introduction = "A screen that counts letters.\n"

    def computed_for(self, state):
        words = tuple(state.reading.text.split())
        return Letters(words, tuple(map(len, words)))

    def fitted(self, state, computed):
        return state.at(computed.order.fitted(state.position))

    def planned(self, width, height, state, computed):
        if width < LEAST.width or height < LEAST.height:
            return Plan({"notice": Region(0, 0, width, height)})
        return Plan({"letters": Region(0, 0, width, height - 1), "footer": Region(0, height - 1, width, 1)})

    def panels(self, computed):
        yield from (LetterPanel("letters"), Footer("footer"), Notice("notice"))

    def views(self, transient):
        return {"letters": View(self.computed, self.state.position.t)}

    def subjects(self, state, computed):
        return ()

    def picked(self, shown, pick):
        return shown.state.at(Position(pick.t, 0))

    def closed(self, shown):
        return None

    def command(self):
        return ["count", "-s", self.state.reading.text, "--at", str(self.state.position.t + 1)]

    def picture_name(self):
        return "rnn-tui-count"


def outcome(shown):
    """What the key of the walk opens."""
    return CountScreen(Counting(shown.state.reading, position=Position(shown.state.position.t, 0)))


# The two lines that register it, in `rnn_tui.tui.registry`


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """Register the screen, and let the walk be imported anew, as it is when the program starts."""
    opener = Key("count", "C", "C", "Count the letters", Open(outcome), Group.LOOK, "count")
    monkeypatch.setitem(registry.SCREENS, "count", __name__)
    monkeypatch.setattr(registry, "OPENERS", (*registry.OPENERS, opener))
    monkeypatch.setattr("rnn_tui.tui.walking", sys.modules["rnn_tui.tui.walking"])  # which is put back afterwards
    for name in [name for name in sys.modules if name.startswith("rnn_tui.tui.walking")]:
        monkeypatch.delitem(sys.modules, name)


@pytest.fixture
def app(models):
    """The program on the walk, which is imported only now."""
    walk = import_module("rnn_tui.tui.walking.screen").WalkScreen
    started = RnnApp(walk(Scene(Reading("wired", "Kicking and screaming")), Traces()))
    started.animation_level = "none"
    return started


@pytest.fixture
async def pilot(app):
    """The program with the new screen opened by its key of the walk."""
    async with app.run_test(size=(120, 90), notifications=True) as running:
        await running.press("w", "C")
        await running.pause()
        assert isinstance(app.screen, CountScreen)
        yield running


async def test_it_is_opened_by_its_key_and_walked(pilot):
    assert lines(pilot.app)[:3] == [row.ljust(120) for row in ("  Kicking 7", "> and 3", "  screaming 9")]
    await pilot.press("right")
    assert lines(pilot.app)[2].startswith("> screaming")
    await pilot.press("home", "j")
    assert lines(pilot.app)[2].startswith("> screaming")
    await click(pilot, "Kicking 7")
    assert lines(pilot.app)[0].startswith("> Kicking")


async def test_it_plays_to_its_end(pilot):
    await pilot.press("home", "space")
    assert pilot.app.screen.player.playing
    pilot.app.screen.play_on()
    pilot.app.screen.play_on()
    assert pilot.app.screen.state.position == Position(2, 0)
    assert not pilot.app.screen.player.playing


async def test_another_reading_is_undone_and_redone(pilot):
    await pilot.press("end", "d", "d", "d")
    assert lines(pilot.app)[0].startswith("> Kicking")
    assert "and 3" not in text(pilot.app)
    await pilot.press("u", "u")
    assert lines(pilot.app)[2].startswith("> screaming 9")
    await pilot.press("ctrl+r")
    assert lines(pilot.app)[1].startswith("> and 3")
    assert "screaming" not in text(pilot.app)


async def test_its_keys_are_in_footer_help_and_palette(pilot):
    assert "j longest" in lines(pilot.app)[-1]
    titles = {command.title.partition(": ")[2] for command in pilot.app.get_system_commands(pilot.app.screen)}
    assert {"To the longest word", "Without the last word", "Copy the command for this view"} <= titles
    await pilot.press("question_mark")
    assert isinstance(pilot.app.screen, HelpScreen)
    shown = text(pilot.app)
    assert "A screen that counts letters." in shown
    for key in KEYS:
        assert (f"  {key.help} " in shown) == bool(key.listed and key.keys and not key.mode)


async def test_the_key_that_opens_it_is_in_the_help_of_the_walk(pilot):
    await pilot.press("c", "question_mark")
    assert "Count the letters" in text(pilot.app)


async def test_its_command_is_copied(pilot):
    pilot.app.screen.copy_command()
    assert pilot.app.clipboard == "rnn-tui count -s 'Kicking and screaming' --at 2"


async def test_it_is_closed_and_the_walk_is_as_it_was(pilot):
    await pilot.press("d", "c")
    await pilot.pause()
    assert pilot.app.screen is pilot.app.first
    assert pilot.app.first.state.text == "Kicking and screaming"
    assert pilot.app.first.state.position == Position(1, 0)


async def test_a_terminal_that_is_too_small_is_said(pilot):
    await pilot.resize_terminal(40, 10)
    await pilot.pause()
    assert "rnn-tui needs more room" in text(pilot.app)


def test_its_keys_and_the_one_that_opens_it_can_be_set():
    assert keymap_of(Settings(keys={"longest": "l", "count": "f4"})) == {"longest": "l", "count": "f4"}
