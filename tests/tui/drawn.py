"""The panels of the walk as text, drawn from the screen's own plan and views without waiting for a terminal."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import text_of
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.shelf import load
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.walking.screen import WalkScreen

SHIPPED = (
    "kicking-and-screaming",
    "names",
    "recall-elman",
    "recall-gru",
    "recall-lstm",
    "sentiment",
    "sentiment-attention",
    "sentiment-gru",
    "sentiment-lstm",
    "small-sums",
    "sunspots",
    "tagger",
)
MOVIE = "this movie is not good"


def texts_for(name):
    """The model's own first sentence and, where it reads words, the one that every model of words is shown with."""
    model = load(name)
    own = model.examples[0].text
    return [own, MOVIE] if model.tokenizer.kind == "words" else [own]


@asynccontextmanager
async def walking(name, text, size, **fields):
    """The walk of a shipped model at a size."""
    screen = WalkScreen(Scene(Reading(name, text), **fields), Traces())
    app = RnnApp(screen)
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        await pilot.pause()
        yield screen


def positions(screen):
    """Every position of the walk."""
    phases = len(screen.computed.model.phases)
    return [Position(t, phase) for t in range(len(screen.computed)) for phase in range(phases)]


def panels_at(screen, position, **fields):
    """The text of every panel at a position, with its region: {name: (lines, region)}."""
    screen.show(replace(screen.state, position=position, **fields))
    views = screen.views(screen.transient)
    found = {}
    for name, region in screen.plan.regions.items():
        if name in ("footer", "notice"):
            continue
        panel = screen.get_child_by_id(name, Panel)
        rows = panel.picture(views[name], Palette(), region.width, region.height)
        found[name] = ([text_of(row) for row in rows], region)
    return found
