"""The screen of a training that goes on follows it, and asks it for what the keys say."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.learning.watching.messages import AFTER, BATCH, GO_ON, PACE, PAUSE, STOP, Done, Failed
from rnn_tui.network.runs import open_run
from rnn_tui.network.trace import run
from rnn_tui.pictures.watching import duration
from rnn_tui.replay import replayed
from rnn_tui.scene import Reading
from rnn_tui.traces import Traces, traced
from rnn_tui.tui.watching.following import PACES
from rnn_tui.tui.watching.looking import AT_ONCE
from rnn_tui.tui.watching.screen import WatchScreen
from rnn_tui.tui.watching.state import StepReading
from tests.builders import build
from tests.deep import deep_model
from tests.tui.replaying.conftest import EPOCHS, TEXT, recorded
from tests.tui.screens import lines, text
from tests.tui.watching.conftest import PLANNED, look, tell

ON, BACK, FIRST, LAST = "greater_than_sign", "less_than_sign", "left_parenthesis", "right_parenthesis"


def memory_of(folder, epoch, words=TEXT):
    model = open_run(folder).model(epoch)
    return run(model, model.tokenize(words)).values["h"]


def shows(pilot, folder, epoch, words=TEXT):
    screen = pilot.app.first
    assert screen.state.epoch == epoch
    assert np.array_equal(screen.computed.trace.values["h"], memory_of(folder, epoch, words))
    return True


async def test_it_begins_when_it_is_seen_and_shows_each_epoch_as_it_comes(watching, watched_folder):
    async with watching() as (pilot, fake):
        assert fake.asked == [GO_ON]
        assert "before training" in lines(pilot.app)[2]
        for epoch in range(1, EPOCHS + 1):
            await tell(pilot, fake, fake.ended(epoch))
            assert shows(pilot, watched_folder, epoch)
            assert f"epoch {epoch + 1} of at most {PLANNED} · 0.50 s an epoch" in lines(pilot.app)[1]
            assert f"at most {duration((PLANNED - epoch) * 0.5)} left" in lines(pilot.app)[1]
            assert f"epoch {epoch} of {epoch} so far" in lines(pilot.app)[2]
            assert f"in epoch {epoch}: 3 more right, 1 no more" in text(pilot.app)
        assert "the dog barks  Positive" in text(pilot.app)
        assert "and screaming  Negative, and now it says Positive" in text(pilot.app)


async def test_of_epochs_that_come_together_the_last_is_shown(watching, watched_folder):
    async with watching() as (pilot, fake):
        await tell(pilot, fake, *(fake.ended(epoch) for epoch in range(1, 5)))
        assert shows(pilot, watched_folder, 4)
        assert pilot.app.first.computed.replay.epochs == (0, 1, 2, 3, 4)


async def test_who_goes_back_stays_there_until_he_wants_the_newest(watching, watched_folder):
    async with watching() as (pilot, fake):
        await tell(pilot, fake, fake.ended(1), fake.ended(2))
        await pilot.press(BACK)
        assert shows(pilot, watched_folder, 1)
        await tell(pilot, fake, fake.ended(3))
        assert shows(pilot, watched_folder, 1)
        assert pilot.app.first.computed.replay.epochs == (0, 1, 2, 3), "its course goes on"
        await pilot.press(LAST)
        assert shows(pilot, watched_folder, 3)
        await tell(pilot, fake, fake.ended(4))
        assert shows(pilot, watched_folder, 4)
        await pilot.press(FIRST)
        assert shows(pilot, watched_folder, 0)


async def test_epochs_that_come_are_no_steps_for_undo(watching, watched_folder):
    async with watching() as (pilot, fake):
        for epoch in (1, 2, 3):
            await tell(pilot, fake, fake.ended(epoch))
        assert not pilot.app.first.timeline.can_undo


async def test_the_text_is_another_one_under_the_same_weights(watching, watched_folder):
    async with watching() as (pilot, fake):
        await tell(pilot, fake, fake.ended(1), fake.ended(2))
        screen = pilot.app.first
        texts = [example.text for example in screen.computed.model.examples]
        await pilot.press("R")
        first = screen.state.text
        assert first == texts[(texts.index(TEXT) + 1) % len(texts) if TEXT in texts else 0]
        assert shows(pilot, watched_folder, 2, first)
        assert screen.state.position == screen.computed.order.last
        await tell(pilot, fake, fake.ended(3))
        assert shows(pilot, watched_folder, 3, first)
        await pilot.press("e", *"dog", "enter")
        assert shows(pilot, watched_folder, 3, "dog")


async def test_it_is_paused_goes_on_and_is_held_back(watching):
    async with watching() as (pilot, fake):
        await pilot.press("T")
        assert fake.asked.pop() == PAUSE
        assert lines(pilot.app)[1].startswith(" paused")
        assert "T go on" in lines(pilot.app)[-1]
        await pilot.press("T")
        assert fake.asked.pop() == GO_ON
        assert lines(pilot.app)[1].startswith(" trains")
        for pace in PACES[-2::-1]:
            await pilot.press("minus")
            assert fake.asked.pop() == f"{PACE} {pace:g}"
        assert not pilot.app.first.able("slower")
        await tell(pilot, fake, fake.ended(1))
        assert f"{PACES[0]:.1f} s an epoch, held back · at most {(PLANNED - 1) * PACES[0]:.0f} s left" in text(
            pilot.app
        )
        for pace in PACES[1:]:
            await pilot.press("plus")
            assert fake.asked.pop() == f"{PACE} {pace:g}"
        assert not pilot.app.first.able("faster")


async def test_a_batch_is_taken_and_its_weights_are_shown(watching, watched_folder):
    async with watching() as (pilot, fake):
        await tell(pilot, fake, fake.ended(1))
        screen = pilot.app.first
        for number in (1, 2):
            await pilot.press("B")
            assert fake.asked.pop() == BATCH
            step = fake.stepped(2, number)
            await tell(pilot, fake, step)
            assert screen.state.reading == StepReading(str(watched_folder), TEXT, (), 1, batch=step.t)
            for name, array in screen.computed.model.tensors().items():
                assert np.array_equal(array, step.tensors[AFTER][name])
            assert f"after batch {number} of epoch 2 of at most {PLANNED}" in lines(pilot.app)[1]
            assert f"epoch 1 + {number} batch" in lines(pilot.app)[0], "these are not the weights of epoch 1"
            assert f"batch {number} of epoch 2:" in text(pilot.app)
        await pilot.press(BACK)
        assert shows(pilot, watched_folder, 0)
        await pilot.press(LAST)
        assert shows(pilot, watched_folder, 1)
        await tell(pilot, fake, fake.ended(2))
        assert shows(pilot, watched_folder, 2)
        assert "batch 2" not in text(pilot.app)


async def test_other_words_and_what_ifs_are_read_by_the_weights_after_a_batch(watching):
    async with watching(keys="B") as (pilot, fake):
        step = fake.stepped(1, 1)
        await tell(pilot, fake, step)
        await pilot.press("e", *"dog", "enter", "x", "f")
        screen = pilot.app.first
        assert screen.state.reading.batch == step.t
        model = open_run(fake.folder).model(0)
        assert not np.array_equal(model.tensors()["fc.weight"], step.tensors[AFTER]["fc.weight"])
        assert np.array_equal(screen.computed.model.tensors()["fc.weight"], step.tensors[AFTER]["fc.weight"])
        assert not screen.computed.model.cell.weight_hh.any()


async def test_it_is_stopped_and_what_is_left_stays_to_be_looked_at(watching, watched_folder):
    async with watching() as (pilot, fake):
        await tell(pilot, fake, *(fake.ended(epoch) for epoch in range(1, 6)))
        await pilot.press("S")
        assert fake.asked.pop() == STOP
        assert lines(pilot.app)[1].startswith(" stops")
        assert not any(pilot.app.first.able(key) for key in ("batch", "stop-training"))
        await tell(pilot, fake, Done("printed", 4, interrupted=True))
        assert lines(pilot.app)[1].strip() == "over  stopped after 5 epochs; the model file has epoch 4, the best"
        assert pilot.app.said == ["wrote out.safetensors"]
        assert fake.clock.running == [], "nobody looks any more"
        await pilot.press(FIRST, "T")
        for epoch in range(1, 6):
            fake.clock.tick()
            await pilot.pause()
            assert shows(pilot, watched_folder, epoch)
        assert fake.clock.running == []


async def test_one_that_diverges_says_so_in_one_line_and_its_run_stays(watching, watched_folder):
    async with watching() as (pilot, fake):
        await tell(pilot, fake, fake.ended(1), fake.ended(2), Failed("the loss is nan in epoch 3", 1))
        assert lines(pilot.app)[1].strip() == "failed  the loss is nan in epoch 3"
        assert pilot.app.said == ["the loss is nan in epoch 3"]
        assert shows(pilot, watched_folder, 2)
        await pilot.press(BACK)
        assert shows(pilot, watched_folder, 1)


async def test_an_epoch_that_was_given_up_is_no_longer_gone_to(watching, watched_folder):
    async with watching() as (pilot, fake):
        await tell(pilot, fake, fake.ended(1), fake.ended(2), fake.ended(3), fake.ended(4, (0, 2, 4)))
        await pilot.press(BACK)
        assert shows(pilot, watched_folder, 2)


async def test_an_epoch_that_is_given_up_before_it_is_seen_is_passed_over(tmp_path, watching):
    folder = recorded(tmp_path / "thinned.run", build(seed=3), judge="accuracy")
    async with watching(folder) as (pilot, fake):
        await tell(pilot, fake, fake.ended(1), fake.ended(2))
        (folder / "epoch-0003.safetensors").unlink()
        await tell(pilot, fake, fake.ended(3))
        assert shows(pilot, folder, 2)
        assert "course" in pilot.app.first.plan.regions
        await tell(pilot, fake, fake.ended(4, (0, 2, 4)))
        assert shows(pilot, folder, 4)
        assert pilot.app.said == []


async def test_nothing_that_one_is_at_is_ended_by_an_epoch(watching, watched_folder):
    async with watching(keys="W home") as (pilot, fake):
        screen = pilot.app.first
        await pilot.press("space")
        await tell(pilot, fake, fake.ended(1))
        assert screen.player.playing
        assert screen.state.epoch == 0
        await pilot.press("space")
        await look(pilot, fake)
        assert shows(pilot, watched_folder, 1)


async def test_the_answers_of_a_text_are_read_little_by_little(tmp_path, watching):
    epochs = 3 * AT_ONCE
    folder = recorded(tmp_path / "long.run", build(seed=3), judge="accuracy", epochs=epochs)
    async with watching(folder) as (pilot, fake):
        await tell(pilot, fake, *(fake.ended(epoch) for epoch in range(1, epochs + 1)))
        await look(pilot, fake, epochs)
        screen = pilot.app.first
        whole = replayed(Reading(str(folder), TEXT), Traces())
        assert np.array_equal(screen.computed.replay.answers, whole.answers)
        await pilot.press("e", *"dog", "enter")
        read = np.isfinite(screen.computed.replay.answers[:, -1])
        assert 0 < read.sum() <= AT_ONCE
        await look(pilot, fake, epochs)
        assert np.isfinite(screen.computed.replay.answers).all()


async def test_another_model_is_looked_at_while_it_goes_on(watching, models):
    async with watching() as (pilot, fake):
        screen = pilot.app.first
        screen.show(screen.state.of(Reading("wired", TEXT)))
        await tell(pilot, fake, fake.ended(1), fake.stepped(2, 1))
        assert screen.state.model == "wired"
        assert f"epoch 2 of at most {PLANNED}" in lines(pilot.app)[1]
        assert not any(screen.able(key) for key in ("epoch-on", "epoch-back", "epoch-first", "epoch-last", "weights"))
        await pilot.press("u")
        await tell(pilot, fake, fake.ended(2))
        assert (screen.state.epoch, screen.state.weights) == (2, True)


async def test_the_command_opens_the_run_or_the_model_where_no_run_is_kept(watching, watched_folder):
    for keeps, words in ((True, ["learn", str(watched_folder), "--epoch", "1"]), (False, ["-m", "out.safetensors"])):
        async with watching(keeps=keeps) as (pilot, fake):
            await tell(pilot, fake, fake.ended(1))
            command = pilot.app.first.reopening()
            assert command[: len(words)] == words
            assert ("--epoch" in command) == keeps


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (120, 36), (160, 50)])
async def test_nothing_lies_over_anything_else_at_any_size(watching, size):
    async with watching(size=size) as (pilot, fake):
        await tell(pilot, fake, fake.ended(1))
        screen = pilot.app.first
        weights = screen.state
        for keys in ((), ("W",), ("v",), ("x",), ("enter",), ("z",), ("M",), ("x", "W")):
            screen.show(weights)
            await pilot.press(*keys)
            regions = screen.plan.regions
            cells = [(x, y) for region in regions.values() for x in region.column_range for y in region.line_range]
            assert len(cells) == len(set(cells)), keys
            assert all(0 <= x < size[0] and 0 <= y < size[1] for x, y in cells), keys
            assert ("weights" in regions) == (keys in ((), ("x", "W"))), keys
            if "status" in regions:
                assert f"epoch 2 of at most {PLANNED}" in lines(pilot.app)[regions["status"].y], keys


@pytest.mark.parametrize(
    "made",
    [
        {"cell": "gru", "layers": 2, "bidirectional": True},
        {"cell": "lstm", "layers": 1, "readout": "each", "inputs": "one-hot"},
        {"cell": "elman", "layers": 1, "output": "number", "inputs": "vectors"},
        {"cell": "elman", "layers": 2, "output": "yes_no", "readout": "mean"},
    ],
)
async def test_every_kind_of_network_is_watched(tmp_path, watching, made):
    folder = recorded(tmp_path / "deep.run", deep_model(**made))
    words = "0.1,0.7,-1 0.2,0.6,2" if made.get("inputs") == "vectors" else TEXT
    async with watching(folder, text=words) as (pilot, fake):
        await tell(pilot, fake, fake.ended(1))
        assert shows(pilot, folder, 1, words)
        count = len(pilot.app.first.computed.model.tensors())
        seen = set()
        for _ in range(count):
            await pilot.press("J")
            seen.add(text(pilot.app).partition("Weights  ")[2].split(",")[0])
        assert len(seen) == count
        await pilot.press("K", "down", "B")
        step = fake.stepped(2, 1)
        await tell(pilot, fake, step)
        model = pilot.app.first.computed.model
        reading = Reading(str(folder), words)
        assert np.array_equal(
            pilot.app.first.computed.trace.values["logits"], traced(model, reading).values["logits"], equal_nan=True
        )
        assert "batch 1 of epoch 2" in text(pilot.app)


async def test_it_is_a_screen_of_its_own_list_of_keys():
    ids = [key.id for key in WatchScreen.keys]
    assert len(ids) == len(set(ids))
