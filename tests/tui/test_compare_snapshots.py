"""Drawings of comparisons, compared with the accepted ones in __snapshots__.

After a change of looks, look at the report, then: pytest tests/tui/test_compare_snapshots.py --snapshot-update
"""

import pytest

from tests.tui.test_compare import DOG, KICKING, comparing_app

SIZES = {"80x24": (80, 24), "120x36": (120, 36), "160x48": (160, 48)}


@pytest.fixture
def same(snap_compare, models):
    """Whether an app looks as it was accepted."""
    return lambda app, size, press=(): snap_compare(app, terminal_size=SIZES[size], press=press)


@pytest.mark.parametrize("size", SIZES)
def test_two_sentences_where_one_waits(same, size):
    assert same(comparing_app(), size, ["w"])


@pytest.mark.parametrize("size", SIZES)
def test_with_and_without_an_edit_where_they_part(same, size):
    assert same(comparing_app(b=("wired", KICKING), edits=["scale-memory 0.5"]), size, ["j"])


@pytest.mark.parametrize("size", SIZES)
def test_a_plain_cell_and_gates(same, size):
    assert same(comparing_app(("sixteen", DOG), ("lstm", DOG)), size, ["w", "w", "right", "right"])


def test_the_projector_theme(same):
    app = comparing_app()
    app.theme = "projector"
    assert same(app, "120x36", ["end"])


@pytest.mark.parametrize("size", SIZES)
def test_how_long_each_word_is_remembered_on_both_sides(snap_compare, models, size):
    async def measured(pilot):
        await pilot.press("end", "v")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    app = comparing_app(("sixteen", DOG), ("lstm", DOG))
    assert snap_compare(app, terminal_size=SIZES[size], run_before=measured)
