"""Every phase of every shipped model over its examples, at the sizes that count, as text that is read back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from rnn_tui import shelf
from rnn_tui.network.trace import run
from rnn_tui.pictures.phases import phase_panel
from rnn_tui.pictures.view import View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.tui.walking.plan import plan
from rnn_tui.tui.walking.sizes import Sizes
from tests.pictures.views import PLAIN, texts

SIZES = ((80, 24), (100, 30), (120, 36), (160, 45))
LONGEST = 8
BLOCKS = "█▏▎▍▌▋▊▉▐▕"

MODELS = tuple(path.stem for path in sorted(shelf.folders()[0].glob("*.safetensors")))


@dataclass(frozen=True)
class Drawn:
    """A phase at work at one word: its head, and the row of each unit, without the frame."""

    view: View
    phase: object
    head: str
    rows: tuple[str, ...]
    lines: tuple[str, ...]


@cache
def traces(name):
    """The traces of a model's examples, and of one sentence that pulls both ways, each a few words long."""
    model = shelf.load(name)
    said = [example.text for example in model.examples]
    if "sentiment" in name:
        said.append("this movie is not good")
    return [run(model, model.tokenize(text)[:LONGEST]) for text in said]


def view_at(trace, size, t, phase, floor=0, **fields):
    """A view as the screen has it, but that all units are visible, one line each."""
    scene = Scene(Reading(trace.model.name, ""), position=Position(t, phase, floor), **fields)
    planned, seen = plan(*size, Sizes.of(trace.model, scene)), trace.model.on(floor)
    widths = planned.inner_widths(seen.phases)
    return View(trace, scene, count=seen.hidden_size, wide=planned.wide, widths=widths), planned


def panel_of(view, planned, phase):
    """One phase at the width of its panel, high enough for all units."""
    width = planned.regions[f"phase-{phase.name}"].width
    lines = texts(phase_panel(view, phase, width, view.model.hidden_size + 9 + view.model.output_size, PLAIN))
    rows = tuple(line[2:-2] for line in lines[2 : 2 + view.model.hidden_size])
    return Drawn(view, phase, lines[1][2:-2], rows, tuple(lines))


@cache
def drawn(name, size, **fields):
    """Each phase of each floor of a model but Read, at work at each word of its sentences.

    Of the sentences each size has every other one, and of a network of several floors it is one alone.
    """
    found, begins = [], SIZES.index(size) % 2
    several = len(traces(name)[0].model.floors) > 1
    for trace in traces(name)[:1] if several else traces(name)[begins::2] or traces(name):
        for floor in trace.model.floors:
            for t in (t for t in range(len(trace)) if trace.order.has(t, floor.index)):
                for index, phase in enumerate(floor.phases):
                    view, planned = view_at(trace, size, t, index, floor.index, **fields)
                    found.append(panel_of(view, planned, phase))
    return [one for one in found if one.phase.name != "read"]


def beside(one, name, size):
    """Another phase of the same word, done or not, where all stand side by side."""
    phase = next(phase for phase in one.view.model.phases if phase.name == name)
    position = one.view.scene.position
    view, planned = view_at(one.view.trace, size, position.t, one.view.model.phases.index(phase), position.floor)
    return panel_of(replace(view, scene=one.view.scene), planned, phase)


def bars_of(row):
    """The cells of each signed bar of a row that are solid, counted from its axis, in their order."""
    found = []
    for left, right in re.findall(rf"([{BLOCKS}░]*)│([{BLOCKS}░]*)", row):
        solid = [side.partition("░")[0] for side in (left[::-1], right)]
        found.append(max(map(len, solid)))
    return found
