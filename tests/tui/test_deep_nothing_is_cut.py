"""Deep networks on the screen: stories stand whole, every panel has its size, and words alone are words."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from rich.cells import cell_len

from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.storage import save
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.scene import Reading, Scene
from rnn_tui.story import plain, tell
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.walking.screen import WalkScreen
from tests.deep import HIDDEN_LAYER, deep_model
from tests.tui.drawn import panels_at
from tests.tui.test_nothing_is_cut import LETTERS, NOTATION

SIZES = [(80, 24), (100, 30), (120, 36), (160, 48)]
TWO_LINEAR = (EntryKind(True, "tanh"), EntryKind(True, "identity"))
NETWORKS = {
    "lstm, 2 layers": deep_model("lstm", 2, hidden=5),
    "gru, both ways": deep_model("gru", 2, bidirectional=True, hidden=5),
    "both ways with a hidden layer": deep_model("lstm", 2, bidirectional=True, hidden=4, head=HIDDEN_LAYER),
    "elman, 4 layers": deep_model("elman", 4, hidden=5),
    "4 layers both ways": deep_model("elman", 4, bidirectional=True, hidden=3),
    "looked back at": deep_model("gru", 1, bidirectional=True, readout="attention", head=TWO_LINEAR),
    "added up": deep_model("elman", 1, bidirectional=True, merge="sum", readout="mean"),
    "each": deep_model("gru", 1, bidirectional=True, readout="each"),
    "one unit": deep_model("gru", 2, bidirectional=True, hidden=1, head=HIDDEN_LAYER, head_size=1),
    "one way over both": deep_model(kinds=(LayerKind("gru", None, True), LayerKind("gru", None)), hidden=4),
    "many units": deep_model("gru", 2, bidirectional=True, hidden=512, scale=0.05),
}
LONG = "the dog barked and the cat slept and the dog and the cat"
FIGURE = re.compile(r"[+−]\d+\.?\d?…")


@asynccontextmanager
async def walking(name, tmp_path, size, text="dog barked", **fields):
    path = tmp_path / "deep.safetensors"
    save(replace(NETWORKS[name], name="deep"), path)
    screen = WalkScreen(Scene(Reading(str(path), text), **fields), Traces())
    app = RnnApp(screen)
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        await pilot.pause()
        yield screen


def walked(screen, most=20):
    """Positions of every floor: all of a short walk; of a long one every so many, each floor's first, and the last."""
    order = screen.computed.order
    ends = (*(order.index(order.first(floor.index)) for floor in order.floors), len(order) - 1)
    return [order.at(index) for index in sorted({*range(0, len(order), max(1, len(order) // most)), *ends})]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NETWORKS)
async def test_every_story_and_every_panel_is_whole(name, size, tmp_path):
    floors = set()
    async with walking(name, tmp_path, size) as screen:
        for position in walked(screen):
            for notation in (False, True):
                panels = panels_at(screen, position, notation=notation)
                story, region = panels["story"]
                told = tell(screen.computed.trace, screen.state)
                rows = [row for line in told for row in wrapped(line, region.width - 2, Palette())]
                assert len(rows) <= region.height, (position, [plain(line) for line in told])
                assert " ".join(" ".join(story).split()) == " ".join(" ".join(plain(line) for line in told).split())
                for panel, (lines, place) in panels.items():
                    assert len(lines) <= place.height, panel
                    assert {cell_len(line) for line in lines} <= {place.width}, (panel, position)
                    assert not any(FIGURE.search(line) for line in lines), (panel, lines)
            floors.add(position.floor)
    assert floors == {floor.index for floor in NETWORKS[name].floors}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NETWORKS)
async def test_words_alone_have_no_notation(name, size, tmp_path):
    read = 0
    async with walking(name, tmp_path, size) as screen:
        for position in walked(screen, 12):
            for arithmetic in (False, True):
                for panel, (lines, _) in panels_at(screen, position, arithmetic=arithmetic).items():
                    for line in lines:
                        assert not NOTATION.search(line), (panel, position, line)
                        assert not LETTERS.search(line), (panel, position, line)
                        read += bool(line.strip())
    assert read > 100


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["gru, both ways", "elman, 4 layers", "both ways with a hidden layer"])
async def test_a_long_sentence_and_the_presenter_view_have_their_sizes(name, size, tmp_path):
    async with walking(name, tmp_path, size, LONG) as screen:
        for position in walked(screen, 9):
            for presenting in (False, True):
                for panel, (lines, place) in panels_at(screen, position, presenting=presenting).items():
                    assert {cell_len(line) for line in lines} <= {place.width}, (panel, position)
                    assert len(lines) <= place.height


@pytest.mark.parametrize("name", ["gru, both ways", "lstm, 2 layers", "many units"])
async def test_the_screen_says_which_floor_and_lane_this_is(name, tmp_path):
    model = NETWORKS[name]
    async with walking(name, tmp_path, (80, 24)) as screen:
        for floor in model.floors[: 2 * len(model.layers) if model.two_way else len(model.layers)]:
            panels = panels_at(screen, screen.computed.order.first(floor.index))
            title = panels["memory"][0][0]
            lane = f", {floor.direction}" if model.two_way else ""
            assert f"layer {floor.layer + 1} of 2{lane}" in title
            last = "last" if floor.backward else "first"
            assert not model.two_way or model.floors[0].cell.kind == "lstm" or f"from the {last} word" in title
