"""A cell that the package doesn't have is walked through on the screen as soon as it is registered."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from rnn_tui.network.storage import load, save
from tests.builders import build
from tests.network.test_a_new_cell import MGU, TEXT, path  # noqa: F401  # the fixture that registers it
from tests.network.test_two_states import echo  # noqa: F401
from tests.tui.screens import lines


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_operation_of_it_is_drawn_with_its_own_heading(path, opened, size):  # noqa: F811
    save(build("mgu", None, name="small"), path)
    seen = []
    async with opened(model=load(path), text=TEXT, size=size) as pilot:
        for _ in range(2 * (len(MGU.phases) + 2)):
            rows = lines(pilot.app)
            assert {cell_len(row) for row in rows} == {size[0]}
            seen.append("\n".join(rows))
            await pilot.press("right")
    for phase in MGU.phases[1:]:
        assert any(phase.title in screen for screen in seen), phase.title


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_second_state_has_a_memory_strip_of_its_own(echo, opened, size):  # noqa: F811
    async with opened(model=echo, text=TEXT, size=size, keys="end") as pilot:
        shown = "\n".join(lines(pilot.app))
        assert {cell_len(row) for row in lines(pilot.app)} == {size[0]}
    assert "Memory" in shown
    assert "State m" in shown
