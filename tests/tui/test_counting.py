"""Moving through a trace computes nothing of the network."""

import pytest

from rnn_tui import traces
from rnn_tui.network import readouts, trace
from rnn_tui.network.cells import GRU, LSTM, Elman
from tests.tui.models import MODELS
from tests.tui.screens import act

EVERY_MOVE = [
    *[("step", 1)] * 6, ("step", -1), ("word", 1), ("word", -1), ("end", 0), ("start", 0), ("go_to", 2), ("phase", 4),
    ("unit", 1), ("pick", 0), ("notation", 0), ("predict", 0), ("predict", 0), ("arithmetic", 0), ("step", 1),
    ("overview", 0), ("end", 0),
]  # fmt: skip


@pytest.fixture
def computed(monkeypatch):
    """What was computed of the network, in order."""
    calls = []

    def counted(owner, name, called):
        computes = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *given: calls.append(called) or computes(*given))

    counted(traces, "run", "run")
    counted(trace, "run", "run")
    for cell in (Elman, GRU, LSTM):
        counted(cell, "unroll", "unroll")
    counted(readouts.Last, "read", "read")
    counted(readouts.Attention, "read", "read")
    return calls


@pytest.mark.parametrize("name", ["wired", "lstm"])
async def test_moving_through_time_computes_nothing(opened, computed, name):
    async with opened(name) as pilot:
        computed.clear()
        for size in ((120, 36), (80, 24)):
            await pilot.resize_terminal(*size)
            for name, by in EVERY_MOVE:
                act(pilot.app.first, name, by)
                await pilot.pause()
        pilot.app.theme = "projector"
        await pilot.pause()

        assert computed == []


async def test_playing_computes_nothing(opened, computed, clock):
    async with opened(clock=clock, keys="space") as pilot:
        computed.clear()
        for _ in range(14):
            clock.tick()
        await pilot.pause()

        assert computed == []


async def test_another_sentence_is_computed_exactly_once(opened, computed):
    async with opened() as pilot:
        computed.clear()
        await pilot.press("e", *"dog", "enter")
        await pilot.press("right", "end", "home", "enter")

        assert pilot.app.first.state.text == "dog"
        assert computed == ["run", "unroll", "read"]


async def test_undo_and_redo_compute_no_sentence_twice(opened, computed):
    async with opened() as pilot:
        await pilot.press("e", *"dog", "enter")
        computed.clear()
        for _ in range(3):
            await pilot.press("u")
            await pilot.press("ctrl+r")

        assert computed.count("run") <= 1  # the first sentence came with the app


async def test_typing_a_sentence_computes_nothing_until_it_is_read(opened, computed):
    async with opened(keys="e") as pilot:
        computed.clear()
        await pilot.press(*"the dog".replace(" ", ""))
        await pilot.press("escape")

        assert computed == []
        assert pilot.app.first.state.text == MODELS["wired"].examples[0].text
