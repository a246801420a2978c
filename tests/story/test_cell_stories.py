"""Every cell has a story: its own, or a plain one made from its gates and phases."""

from __future__ import annotations

from itertools import product

import pytest

from rnn_tui.network.cells import CELLS, cell_class
from rnn_tui.story import outline, plain, tell
from rnn_tui.story.cells import STORIES, CellStory, register, story_of
from rnn_tui.story.cells.plain import story_from
from rnn_tui.text import number
from tests.builders import CELL_KINDS, build, scene_at, trace_of

LONGEST = 156  # two rows of 78 cells


@pytest.fixture
def without_stories(monkeypatch):
    """The program as it is for cells that nobody has written a story for."""
    for kind in list(STORIES):
        monkeypatch.delitem(STORIES, kind)


def test_every_cell_of_the_package_has_a_story_of_its_own():
    assert STORIES.keys() == CELLS.keys()
    for kind, story in STORIES.items():
        assert story_of(build(kind, None).cell) is story


def test_a_story_can_be_registered(monkeypatch):
    monkeypatch.setitem(STORIES, "elman", STORIES["elman"])
    other = CellStory("A leaky net", "leak a little", {})

    register("elman", other)

    assert plain(outline(trace_of(build()))).startswith("A leaky net reads one word at a time and does three things: 1")


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.usefixtures("without_stories")
def test_a_cell_without_a_story_is_told_from_its_phases(cell, activation):
    # given a network with long names
    model = build(cell, activation, unit_names=tuple("abc" * 9 + end for end in "xyz"))
    trace = trace_of(model)
    # when every moment is told, then there are one or two short lines, and the phases that end at h say what it is
    for t, phase in product(range(len(trace)), model.phases):
        lines = [plain(line) for line in tell(trace, scene_at(trace, t, phase.name, unit=1))]
        assert 1 <= len(lines) <= 2
        assert all(len(line) <= LONGEST for line in lines)
    last = plain(tell(trace, scene_at(trace, 2, model.phases[-2].name, unit=1))[0])
    assert last.endswith(f" is now {number(float(trace.values['h'][2, 1]))}.")


@pytest.mark.usefixtures("without_stories")
def test_how_much_of_the_old_memory_stays_is_said_where_gates_open():
    trace = trace_of(build("lstm", None))
    kept = float(trace.values["f"][2, 0])

    first, second = (plain(line) for line in tell(trace, scene_at(trace, 2, "gates")))

    assert f"keep gate {kept:.0%} open" in first
    assert second == f"Of the old memory of unit 1 {kept:.0%} stays."
    assert plain(tell(trace, scene_at(trace, 0, "gates"))[1]).startswith("There is no memory to keep yet")


@pytest.mark.parametrize(("title", "name"), [("LSTM", "An LSTM"), ("GRU", "A GRU"), ("Elman", "An Elman")])
def test_the_article_goes_with_the_title(title, name):
    cell = type("Named", (cell_class("gru"),), {"kind_title": title})
    made = build("gru", None).cell

    assert story_from(cell(made.weight_ih, made.weight_hh, made.bias_ih, made.bias_hh)).name == name
