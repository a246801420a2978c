"""What the command line calls: open the program on a scene, with a theme and keys of one's own."""

import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.settings import Settings
from rnn_tui.traces import Traces
from rnn_tui.tui import app as module
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.walking.screen import WalkScreen
from tests.builders import trace_of
from tests.tui.models import WIRED
from tests.tui.screens import text


def walk(text="x"):
    """The screen of a walk through a sentence of three words, whatever its text says."""
    traces, reading = Traces(), Reading("wired", text)
    traces.keep(reading, trace_of(WIRED))
    return WalkScreen(Scene(reading), traces)


@pytest.fixture
def started(monkeypatch):
    """The apps that were run, each of which the user leaves at the end of the sentence."""
    apps = []

    def run(app):
        apps.append(app)
        first = app.first
        first.timeline = first.timeline.replaced(first.state.at(Position(2, 4)))

    monkeypatch.setattr(RnnApp, "run", run)
    return apps


def test_it_gives_back_the_scene_that_was_on_the_screen(started):
    left = module.run(walk("Kicking and screaming"))

    assert left.state == Scene(Reading("wired", "Kicking and screaming"), position=Position(2, 4))


def test_a_theme_is_chosen_by_name(started):
    module.run(walk(), settings=Settings(theme="projector"))

    assert started[0].theme == "projector"


def test_a_theme_that_is_not_there_is_said_with_those_that_are(started):
    with pytest.raises(UserError, match=r"no theme is called “neon”; there are .*projector"):
        module.run(walk(), settings=Settings(theme="neon"))
    assert started == []


def test_keys_of_ones_own_are_read(started, tmp_path, monkeypatch):
    bound = []
    monkeypatch.setattr(RnnApp, "set_keymap", lambda _, keymap: bound.append(keymap))
    path = tmp_path / "keys.toml"
    path.write_text('next = "N"')

    module.run(walk(), settings=Settings().with_options(keys=path))

    assert bound == [{"next": "N"}]


def test_keys_that_can_not_be_read_are_said(started, tmp_path):
    with pytest.raises(UserError, match="can't be read"):
        module.run(walk(), settings=Settings().with_options(keys=tmp_path / "none.toml"))
    assert started == []


async def test_a_scene_outside_the_trace_is_fitted_into_it(opened):
    async with opened(at=(99, 99), unit=99) as pilot:
        assert pilot.app.first.state.position == Position(2, 4)
        assert pilot.app.first.state.unit == 2


async def test_a_scene_opens_as_it_was_asked_for(opened):
    async with opened(at=(1, 2), unit=1, notation=True, arithmetic=True) as pilot:
        assert "2 Add: the arithmetic of noun" in text(pilot.app)
        assert "Σ weight_hh[noun,j]" in text(pilot.app)


async def test_the_first_screen_says_how_to_begin(opened):
    async with opened(size=(80, 24)) as pilot:
        shown = text(pilot.app)

        for said in ("1 Multiply", "2 Add", "3 Check", "→ ← step", "? help", "Kicking"):
            assert said in shown
