"""A training is walked through as a text is: epoch by epoch, with all that the walk can do at each of them."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.edits import parse_edit
from rnn_tui.network.runs import open_run
from rnn_tui.network.trace import run
from rnn_tui.replay import replayed
from rnn_tui.scene import Reading
from rnn_tui.traces import Traces
from rnn_tui.tui.comparing.screen import CompareScreen
from tests.builders import build
from tests.deep import deep_model
from tests.tui.conftest import Clock
from tests.tui.replaying.conftest import EPOCHS, TEXT, recorded
from tests.tui.screens import lines, text

ON, BACK, FIRST, LAST = "greater_than_sign", "less_than_sign", "left_parenthesis", "right_parenthesis"


def epoch_of(pilot):
    return pilot.app.first.state.epoch


def expected(folder, epoch, edits=()):
    model = open_run(folder).model(epoch)
    return run(model, model.tokenize(TEXT)).values["h"]


async def test_it_goes_from_epoch_to_epoch_and_shows_the_weights_of_each(learning, run_folder):
    async with learning(at=(1, 2), unit=1) as pilot:
        for epoch in range(1, EPOCHS + 1):
            await pilot.press(ON)
            screen = pilot.app.first
            assert epoch_of(pilot) == epoch
            assert np.array_equal(screen.computed.trace.values["h"], expected(run_folder, epoch))
            assert f"epoch {epoch} of {EPOCHS}" in lines(pilot.app)[1]
            assert (screen.state.position.t, screen.state.position.phase, screen.state.unit) == (1, 2, 1)
        await pilot.press(ON)
        assert epoch_of(pilot) == EPOCHS, "behind the last there is none"
        await pilot.press(BACK, BACK)
        assert epoch_of(pilot) == EPOCHS - 2
        await pilot.press(FIRST)
        assert epoch_of(pilot) == 0
        assert "before training" in lines(pilot.app)[1]
        await pilot.press(BACK)
        assert epoch_of(pilot) == 0
        await pilot.press(LAST)
        assert epoch_of(pilot) == EPOCHS


async def test_the_unit_that_is_looked_at_stays_the_same_while_others_begin_to_count_more(learning):
    async with learning() as pilot:
        screen = pilot.app.first
        shown = screen.state.unit_in(screen.computed.trace)
        await pilot.press(ON, ON)
        assert screen.state.unit == shown


async def test_epochs_in_a_row_are_one_step_for_undo(learning):
    async with learning(epoch=1) as pilot:
        await pilot.press(ON, ON, ON, "u")
        assert epoch_of(pilot) == 1
        await pilot.press("ctrl+r")
        assert epoch_of(pilot) == 4


async def test_the_training_plays_by_itself_and_stops_at_its_end(learning):
    clock = Clock()
    async with learning(epoch=3, clock=clock, keys="T") as pilot:
        for epoch in range(4, EPOCHS + 1):
            assert len(clock.running) == 1
            clock.tick()
            await pilot.pause()
            assert epoch_of(pilot) == epoch
        assert clock.running == []
        await pilot.press(FIRST, "T", "T")
        assert clock.running == [], "pressed again it pauses"


async def test_every_lens_the_arithmetic_and_what_if_work_at_an_epoch(learning, run_folder):
    async with learning(epoch=2, keys="v v v v x f enter") as pilot:
        screen = pilot.app.first
        assert screen.state.edits == (parse_edit("forget"),)
        assert screen.computed.model.epoch == 2
        assert not screen.computed.model.cell.weight_hh.any()
        await pilot.press(ON)
        assert screen.state.edits == (parse_edit("forget"),)
        assert not screen.computed.model.cell.weight_hh.any()


async def test_the_command_that_reopens_it_is_printed_as_it_is_typed(learning, run_folder):
    async with learning(epoch=2, keys=f"right {ON}") as pilot:
        words = pilot.app.first.reopening()
    assert words[:4] == ["learn", str(run_folder), "--epoch", "3"]
    assert main([*words, "--json"]) == 0


async def test_an_epoch_is_compared_with_the_trained_network(learning, run_folder):
    async with learning(epoch=1, keys="C") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        assert [reading.epoch for reading in screen.state.readings] == [1, 4]
        assert screen.reopening()[:7] == ["compare", "-m", str(run_folder), "--epoch", "1", "--epoch", "4"]
        assert "epoch 1" in text(pilot.app)
        await pilot.press("escape")
        assert pilot.app.screen is pilot.app.first
    async with learning(epoch=4, keys="C") as pilot:
        assert "epoch 4 is the trained network; < goes back to an earlier one" in pilot.app.said


async def test_another_sentence_is_read_at_the_same_epoch(learning):
    async with learning(epoch=3, keys="e d o g enter") as pilot:
        state = pilot.app.first.state
        assert (state.text, state.epoch) == ("dog", 3)
        assert len(pilot.app.first.computed.replay.labels) == 1


async def test_a_model_without_a_run_is_walked_as_ever(learning, models):
    async with learning() as pilot:
        screen = pilot.app.first
        screen.show(screen.state.of(Reading("wired", TEXT)))
        await pilot.pause()
        assert "course" not in screen.plan.regions
        assert not any(screen.able(key) for key in ("epoch-on", "epoch-back", "play-training", "beside-trained"))
        assert "epoch" not in lines(pilot.app)[-1]


async def test_what_is_covered_stays_covered(learning):
    async with learning(epoch=4, hidden=True) as pilot:
        assert "answer: " not in "\n".join(lines(pilot.app)[1:8])
        assert "right answers" in "\n".join(lines(pilot.app)[1:8]), "of the training all is told"


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (120, 36), (160, 50)])
@pytest.mark.parametrize("keys", ["", "x", "enter", "v V", "z", "p"])
async def test_nothing_lies_over_anything_else_at_any_size(learning, size, keys):
    async with learning(epoch=2, size=size, keys=keys) as pilot:
        regions = pilot.app.first.plan.regions
        cells = [(x, y) for region in regions.values() for x in region.column_range for y in region.line_range]
        assert len(cells) == len(set(cells))
        assert all(0 <= x < size[0] and 0 <= y < size[1] for x, y in cells)
        course = regions.get("course")
        assert (course is not None) == (size[1] >= 20 and keys != "z")
        if course is not None:
            assert f"epoch 2 of {EPOCHS}" in lines(pilot.app)[course.y]


@pytest.mark.parametrize(
    "made",
    [
        {"cell": "gru", "layers": 2, "bidirectional": True},
        {"cell": "lstm", "layers": 1, "readout": "each", "inputs": "one-hot"},
        {"cell": "elman", "layers": 1, "output": "number", "inputs": "vectors"},
        {"cell": "elman", "layers": 2, "output": "yes_no", "readout": "mean"},
    ],
)
def test_the_answers_over_the_epochs_are_those_of_each_network(tmp_path, made):
    model = deep_model(**made)
    folder = recorded(tmp_path / "deep.run", model)
    words = "0.1,0.7,-1 0.2,0.6,2" if made.get("inputs") == "vectors" else "kicking and screaming"
    replay = replayed(Reading(str(folder), words), Traces())
    best = run(open_run(folder).model(4), model.tokenize(words))
    for k, epoch in enumerate(replay.epochs):
        trace = run(open_run(folder).model(epoch), model.tokenize(words))
        for t in range(len(trace)):
            if t < trace.answered_from:
                assert np.isnan(replay.answers[k, t])
                assert replay.said(t, replay.answers[k, t]) == ""
            elif replay.is_number:
                assert replay.answers[k, t] == trace.values["outputs"][t, 0]
            else:
                of = t if model.readout.kind == "each" else -1
                label = int(np.argmax(best.values["probs"][of]))
                assert replay.labels[t] == model.labels[label]
                assert replay.answers[k, t] == trace.values["probs"][t, label]


def test_of_very_many_epochs_some_are_read_the_first_the_best_and_the_last_among_them(tmp_path):
    folder = recorded(tmp_path / "long.run", build(), epochs=150, best=77)
    replay = replayed(Reading(str(folder), TEXT), Traces())
    assert {0, 77, 150} <= set(replay.epochs)
    assert len(replay.epochs) <= 61
    assert max(np.diff(replay.epochs)) <= 3
