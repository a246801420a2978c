"""In the diagram nothing is written over something else, and nothing is cut, at every size and of every model."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from rnn_tui.network.trace import run
from rnn_tui.pictures.lenses import diagram
from rnn_tui.pictures.lenses.diagram_board import Board
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import text_of
from rnn_tui.pictures.view import View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.shelf import load, paths
from rnn_tui.tui.walking.plan import plan
from rnn_tui.tui.walking.sizes import Sizes
from tests.builders import CELL_KINDS, build

SIZES = [(80, 24), (100, 30), (120, 36), (160, 45)]
ARROW = 12
"""The cells of an arrow, in which the name of a word has room."""
LONG = "the extraordinarily uncharacteristic incomprehensibilities notwithstanding the acting was good"

NOTATION = re.compile(r"weight_|bias_|_prev|\b[hxc]_|\bprobs\b|logits|fc\.|tanh|σ|Σ|context|[a-z]\[")


class Watching(Board):
    """A board that knows what was written on it, and what of that was written over or cut."""

    def __init__(self, width, height):
        super().__init__(width, height)
        self.written, self.faults = {}, []

    def put(self, x, y, text, style, pick=None):
        if text.strip() and not (0 <= y < self.height and x >= 0 and x + cell_len(text) <= self.width):
            self.faults.append(f"“{text}” at {x}, {y} is cut")
        for k, character in enumerate(text):
            before = self.written.get((x + k, y), " ")
            if (before.isalnum() or before in "%+−.") and before != character:
                self.faults.append(f"“{text}” at {x}, {y} is written over “{before}”")
            self.written[x + k, y] = character
        super().put(x, y, text, style, pick)


def looked_at(model, text):
    """Views of the ends of a text in the lens's own region: small and large, in words and in notation."""
    trace = run(model, model.tokenize(text))
    for size in SIZES:
        for t in sorted({0, len(trace) // 2, len(trace) - 1}):
            for full in (False, True):
                notation = (t + size[0] // 20) % 2 == 0
                phase = len(model.phases) - 1 if t else size[0] % len(model.phases)
                position = Position(t, phase)
                scene = Scene(
                    Reading(model.name, text), position=position, lens="diagram", full=full, notation=notation
                )
                region = plan(*size, Sizes.of(model, scene)).regions["lens"]
                yield View(trace, scene, count=model.hidden_size), region.width - 2, region.height - 2


def check(model, texts, monkeypatch):
    """Draw all of it, and find nothing written over, cut, or at the frame."""
    boards = []
    monkeypatch.setattr(diagram, "Board", lambda *size: boards.append(Watching(*size)) or boards[-1])
    for text in texts:
        long = max(map(len, text.split())) > ARROW
        for view, width, height in looked_at(model, text):
            rows = [text_of(row) for row in diagram.draw(None, view, width, height, Palette())]
            assert boards.pop().faults == [], (text, width, height, view.scene.position)
            assert not [row for row in rows if row[-1].isalnum() or row[-1] in "%”."]
            assert long or not [row for row in rows[:-1] if "…" in row]
            assert view.scene.notation or not [row for row in rows if NOTATION.search(row)]
            assert any(view.phase.heading in row for row in rows) or height < 5


@pytest.mark.parametrize("name", paths())
def test_every_shipped_model(name, monkeypatch):
    model = load(name)
    own = [example.text for example in model.examples[:2]]
    check(model, own if model.tokenizer.kind == "numbers" else [*own, "a", LONG], monkeypatch)


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", ["each", "mean", "max", "attention"])
def test_every_kind_of_network(cell, activation, readout, monkeypatch):
    for head in ((), ("relu",)):
        check(build(cell, activation, readout, hidden=4, head=head), ["the dog barked and slept"], monkeypatch)
