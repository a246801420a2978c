"""Every word across the epochs: the numbers are those of each epoch's network, and the picture says which they are."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.network.runs import open_run
from rnn_tui.network.trace import run
from rnn_tui.pictures.across import across_epochs
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import text_of, width_of
from rnn_tui.replay import ANSWER, GRADIENT, MEMORY, UNIT, across, kind_of, replayed
from rnn_tui.scene import Reading
from rnn_tui.text import magnitude, number, percent
from rnn_tui.traces import Traces
from tests.deep import deep_model
from tests.tui.replaying.conftest import EPOCHS, TEXT, recorded
from tests.tui.screens import lines, text

ON = "greater_than_sign"


def found(folder, kind, words=TEXT, floor=0, unit=1):
    reading = Reading(str(folder), words)
    return across(reading, replayed(reading, Traces()), kind, floor, unit)


def traces(folder, words=TEXT):
    kept = open_run(folder)
    return [run(kept.model(epoch), kept.model(epoch).tokenize(words)) for epoch in kept.epochs]


def test_each_kind_is_what_its_lens_says_at_each_epoch(run_folder):
    at = traces(run_folder)
    assert np.array_equal(found(run_folder, UNIT).values, [trace.values["h"][:, 1] for trace in at])
    expected = [[memory(trace).left(t) for t in range(len(trace))] for trace in at]
    assert np.array_equal(found(run_folder, MEMORY).values, expected)
    assert np.array_equal(found(run_folder, GRADIENT).values, [gradient(trace).log10_norm for trace in at])
    answers = found(run_folder, ANSWER)
    assert np.array_equal(answers.values, answers.replay.answers)
    assert answers.words == ("kicking", "and", "screaming")


def test_of_two_lanes_it_is_that_of_the_floor_that_is_looked_at(tmp_path):
    model = deep_model("gru", 2, bidirectional=True)
    folder = recorded(tmp_path / "deep.run", model)
    words = "kicking and screaming"
    for floor in (1, 2, 3):
        on = [trace.on(floor) for trace in traces(folder, words)]
        assert np.array_equal(found(folder, UNIT, words, floor).values, [trace.values["h"][:, 1] for trace in on])
        lane = model.floors[floor]
        expected = [gradient(trace, layer=lane.layer, backward=lane.backward).log10_norm for trace in on]
        assert np.array_equal(found(folder, GRADIENT, words, floor).values, expected)


@pytest.mark.parametrize(
    ("lens", "kind"), [(None, ANSWER), ("memory", MEMORY), ("gradient", GRADIENT), ("units", UNIT)]
)
def test_the_open_lens_says_what_is_shown(lens, kind):
    assert kind_of(lens) == kind
    assert kind_of("path") == ANSWER


@pytest.mark.parametrize("kind", [ANSWER, MEMORY, GRADIENT, UNIT])
def test_every_number_stands_in_its_cell(run_folder, kind):
    shown = found(run_folder, kind)
    drawn = [text_of(row) for row in across_epochs(shown, 2, 1, 100, 20, Palette())]
    said = {ANSWER: percent, MEMORY: percent, GRADIENT: magnitude, UNIT: number}[kind]
    body = [line.split() for line in drawn[3 : 3 + EPOCHS + 1]]
    for k, cells in enumerate(body):
        assert drawn[3 + k][:5] == f"{'▸' if k == 2 else ' '}{k:>4}"
        assert cells[-3:] == [said(value) for value in shown.values[k]]


@pytest.mark.parametrize("width", [60, 80, 160])
@pytest.mark.parametrize("height", [4, 7, 30])
def test_what_does_not_fit_is_left_out_evenly_and_the_epoch_of_now_stays(tmp_path, width, height):
    folder = recorded(tmp_path / "long.run", deep_model("elman", 1), epochs=40, best=20)
    shown = found(folder, UNIT, " ".join(["kicking", "and", "screaming"] * 12))
    for epoch, t in ((0, 0), (17, 20), (40, 35)):
        rows = across_epochs(shown, epoch, t, width, height, Palette())
        assert len(rows) <= height
        assert all(width_of(row) == width for row in rows)
        drawn = [text_of(row) for row in rows]
        assert [line[:5] for line in drawn if "▸" in line] == [f"▸{epoch:>4}"]


async def test_a_key_opens_and_closes_it_and_it_follows_the_epoch(learning):
    async with learning(epoch=1, keys="M") as pilot:
        screen = pilot.app.first
        assert screen.state.over_epochs
        assert "how probable Positive is after each word" in text(pilot.app) or "Negative is after" in text(pilot.app)
        assert "▸   1" in text(pilot.app)
        await pilot.press(ON, ON)
        assert "▸   3" in text(pilot.app)
        await pilot.press("v", "v")
        assert "still felt at the end" in text(pilot.app)
        assert "--over-epochs" in screen.reopening()
        await pilot.press("escape")
        assert not screen.state.over_epochs
        assert "phase-read" in screen.plan.regions


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_it_has_the_rows_of_the_phases(learning, size):
    async with learning(epoch=1, size=size, keys="M") as pilot:
        regions = pilot.app.first.plan.regions
        assert set(regions) == {"header", "course", "ribbon", "across", "footer"}
        assert sum(region.height for region in regions.values()) in (size[1], size[1] - 1)
        assert lines(pilot.app)[regions["across"].y].strip().endswith("epoch by epoch")
