"""On the screen a lens looks at the lane of the floor that is shown, and measures each once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnn_tui.lenses import measuring
from rnn_tui.network.storage import save
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.walking.screen import WalkScreen
from tests.deep import deep_model

TEXT = "the dog barked"
FLOORS = {0: (0, False), 1: (0, True), 2: (1, False), 3: (1, True), 4: (1, False)}
"""The layer and the direction that are looked at on each floor; where the lanes meet it is the top forward one."""


@pytest.mark.parametrize("lens", ["gradient", "path", "units", "memory", "recency", "diagram"])
async def test_a_lens_looks_at_the_floor_that_is_shown(lens, tmp_path, monkeypatch):
    path = tmp_path / "deep.safetensors"
    save(deep_model(layers=2, bidirectional=True), path)
    asked, measure = [], measuring.measure
    monkeypatch.setattr(measuring, "measure", lambda *given: asked.append(given[0]) or measure(*given))
    screen = WalkScreen(Scene(Reading(str(path), TEXT), lens=lens), Traces())
    app = RnnApp(screen)
    async with app.run_test(size=(120, 36)) as pilot:
        app.animation_level = "none"
        for _ in range(2):  # there, and there again
            for floor, (layer, backward) in FLOORS.items():
                # when the walk goes to a floor
                at = screen.computed.trace.order.fitted(Position(2, 0, floor))
                screen.show(replace(screen.state, position=at))
                await app.workers.wait_for_complete()
                await pilot.pause()
                # then what is shown is of its lane
                found = screen.measuring.now[0]
                assert found is not None
                assert found.result is not None, found
                looked = getattr(found.result, "looked", None)
                if lens == "units":
                    (looked,) = found.result.traits
                    expected = {4: None}.get(floor, (layer, backward))
                    assert expected is None or (looked.layer, looked.backward) == expected
                elif lens == "memory":
                    assert (looked.layer, looked.backward) == (layer, None)
                elif looked is not None:
                    assert (looked.layer, looked.backward) == (layer, backward)
    # and nothing was measured twice
    assert len(asked) == len(set(asked))
