"""What a panel keeps from one scene to the next is what it would have drawn."""

import random

import pytest

from tests.tui.conftest import app_of
from tests.tui.screens import MOVES, act, strips

STEPS = 24


def cells(app):
    """Every cell of the screen with its style, without the links of the footer's keys."""
    return [
        [(character, style.color, style.bgcolor, style.bold) for text, style, _ in strip for character in text]
        for strip in strips(app)
    ]


@pytest.mark.parametrize(
    ("name", "size", "seed"),
    [
        ("wired", (120, 36), 1),
        ("sixteen", (80, 24), 2),
        ("lstm", (160, 48), 3),
        ("many", (120, 30), 4),
        ("series", (100, 30), 5),
    ],
)
async def test_after_a_walk_the_screen_is_that_of_an_app_that_was_opened_there(opened, name, size, seed):
    chance = random.Random(seed)
    async with opened(name, size=size) as pilot:
        main = pilot.app.first
        for step in range(STEPS):
            move = chance.choice(["step", "step", "step", "word", "unit", "unit", *MOVES])
            limit = {"go_to": len(main.computed.trace), "phase": len(main.computed.trace.model.phases) - 1}.get(move)
            by = chance.choice([-1, 1, 3]) if limit is None else chance.randint(0, limit)
            act(main, move, max(0, by) % main.computed.trace.model.hidden_size if move == "pick" else by)
            await pilot.pause()
            if step % 8 == 7:
                shown = cells(pilot.app)
                other = app_of(name, scene=main.state)
                async with other.run_test(size=size) as there:
                    await there.pause()
                    assert cells(other) == shown, (step, main.state)
