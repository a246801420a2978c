"""What the pictures of deep networks show is true as shown, and nothing of it has yet to be computed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from rnn_tui.network.sofar import so_far
from rnn_tui.network.trace import run
from rnn_tui.pictures import lanes, memory, phases
from rnn_tui.pictures.handed import handed
from rnn_tui.pictures.view import View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.tui.walking.plan import plan
from rnn_tui.tui.walking.sizes import Sizes
from tests.deep import HIDDEN_LAYER, deep_model
from tests.pictures.shipped import panel_of
from tests.pictures.views import PLAIN, texts

TEXT = "the dog barked and slept"
NUMBER = re.compile(r"[+−]?\d+\.\d\d(?!\d)|\d+%")
NETWORKS = {
    "layers": {"cell": "elman", "layers": 3},
    "lanes": {"cell": "gru", "bidirectional": True},
    "added up": {"cell": "lstm", "layers": 1, "bidirectional": True, "merge": "sum", "head": HIDDEN_LAYER},
    "averaged": {"cell": "elman", "bidirectional": True, "readout": "mean", "head": HIDDEN_LAYER},
    "each": {"cell": "gru", "layers": 1, "bidirectional": True, "readout": "each"},
    "a hidden layer": {"cell": "elman", "layers": 1, "head": HIDDEN_LAYER},
}
SIZES = ((80, 24), (140, 36))


@cache
def traced(name):
    model = deep_model(**NETWORKS[name])
    return run(model, model.tokenize(TEXT))


def numbers(rows):
    """The figures of some lines but those of the scale at the foot, as they are shown."""
    return [NUMBER.findall(re.sub(r"scale ±\S+|±\d\S*", "", line)) for line in texts(rows)]


def view_at(trace, size, position, **fields):
    """A view as the screen has it, all of whose units are visible, and its plan."""
    scene = Scene(Reading("deep", TEXT), position=position, **fields)
    planned, seen = plan(*size, Sizes.of(trace.model, scene)), trace.model.on(position.floor)
    widths = planned.inner_widths(seen.phases)
    return View(trace, scene, count=seen.hidden_size, wide=planned.wide, widths=widths), planned


def positions(trace):
    return [trace.order.at(index) for index in range(len(trace.order))]


def pictures(trace, size, position):
    """The rows of every phase and of every strip at a position."""
    view, planned = view_at(trace, size, position, unit=0)
    for phase in view.model.phases:
        region = planned.regions.get(f"phase-{phase.name}")
        if region is not None:
            draw = phases.phase_line if region.height < 3 else phases.phase_panel
            yield phase.name, draw(view, phase, region.width, max(region.height, 1), PLAIN)
    for state in view.model.cell.state_names:
        yield state, memory.memory_panel(view, state, 90, 12, PLAIN)
    if view.model.floor.layer is None and not view.model.answers_each:
        for backward in (False, True):
            yield "lane", lanes.lane_panel(view, 90, 12, PLAIN, backward=backward)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", NETWORKS)
def test_every_figure_has_been_computed(name, size):
    """From the recording with zeros for all that has yet to be computed comes the same."""
    trace, seen = traced(name), 0
    for position in positions(trace):
        cut = so_far(trace, position, answers=True)
        pairs = zip(pictures(trace, size, position), pictures(cut, size, position), strict=True)
        for (picture, rows), (_, as_computed) in pairs:
            assert numbers(rows) == numbers(as_computed), (position, picture)
            seen += sum(map(len, numbers(rows)))
    assert seen > 500


@pytest.mark.parametrize("name", NETWORKS)
def test_every_equation_closes_as_shown_or_says_about(name):
    trace, found = traced(name), 0
    for position in positions(trace):
        view, planned = view_at(trace, (80, 24), position)
        if view.phase.name == "read":
            continue
        for row in panel_of(view, planned, view.phase).rows:
            sides = re.split("([=≈])", row)
            if len(sides) != 3:
                continue
            parts = [Decimal(one.replace("−", "-")) for one in re.findall(r"[+−]?\d+\.\d\d(?!\d)", sides[0])]
            result = Decimal(re.findall(r"[+−]?\d+\.\d\d(?!\d)", sides[2])[0].replace("−", "-"))
            times = "×" in sides[0]
            closes = abs(parts[0] * parts[1] - result) <= Decimal("0.005") if times else sum(parts) == result
            assert sides[1] == ("=" if closes else "≈"), row
            found += 1
    assert found > 10


@pytest.mark.parametrize("width", [13, 24, 60, 110])
@pytest.mark.parametrize("name", ["layers", "lanes", "averaged"])
def test_what_is_handed_up_is_shown_with_its_names(name, width):
    trace = traced(name)
    floor = next(floor.index for floor in trace.model.floors if floor.layer == 1)
    for t in range(len(trace)):
        view, _ = view_at(trace, (120, 36), Position(t, 0, floor))
        rows = texts(handed(view, width, 20, PLAIN))
        shown = re.findall(r"([→←]?\d+) +[^\d+−]*?([+−]?\d\.\d\d)", "\n".join(rows[1:]))
        below = trace.layers[0]
        h = [below.forward.values["h"][t], *([below.backward.values["h"][t]] if below.backward else [])]
        arrows = "→←" if len(h) > 1 else [""]
        expected = {
            f"{arrow}{unit + 1}": lane[unit] for arrow, lane in zip(arrows, h, strict=True) for unit in range(3)
        }
        assert len(shown) == len(expected)
        for label, figure in shown:
            assert float(figure.replace("−", "-")) == pytest.approx(float(expected[label]), abs=0.0051)


def test_where_lanes_meet_each_row_is_of_one_lane():
    trace = traced("lanes")
    position = Position(4, 0, 4)
    view, planned = view_at(trace, (80, 24), position)
    rows = panel_of(view, planned, view.phase).rows
    ends = np.concatenate((trace.layers[1].forward.values["h"][-1], trace.layers[1].backward.values["h"][0]))
    assert [row.split()[0].lstrip("▸") for row in rows] == ["→1", "→2", "→3", "←1", "←2", "←3"]
    figures = [float(NUMBER.findall(row)[-1].replace("−", "-")) for row in rows]
    assert figures == pytest.approx([float(value) for value in ends], abs=0.0051)


@pytest.mark.parametrize("name", ["a hidden layer", "averaged"])
def test_a_hidden_layer_shows_its_sums_and_what_is_left(name):
    trace = traced(name)
    floor = trace.model.floors[-1]
    states = trace.layers[-1].output
    below = states.mean(axis=0) if name == "averaged" else states[4]
    if name == "averaged":
        both = np.concatenate([trace.layers[1].forward.values["h"], trace.layers[1].backward.values["h"]], axis=1)
        below = both.mean(axis=0)
    linear = trace.model.head[0].linear
    total = linear.weight @ below + linear.bias
    view, planned = view_at(trace, (80, 24), Position(4, 0, floor.index))
    one = panel_of(view, planned, view.phase)
    assert one.head.split()[-2:] == ["sum", "cut"]
    for row, expected in zip(one.rows, total, strict=True):
        before, after = (float(figure.replace("−", "-")) for figure in NUMBER.findall(row))
        assert (before, after) == pytest.approx((float(expected), max(0.0, float(expected))), abs=0.0051)


def test_a_strip_of_many_words_goes_along_with_the_lane():
    model = deep_model("gru", 1, bidirectional=True)
    trace = run(model, model.tokenize(" ".join(["dog"] * 40)))
    for t in (39, 20, 0):
        view, _ = view_at(trace, (80, 24), Position(t, 4, 1))
        shown = memory.window(view, 60)
        words = [shown.word(column) for column in shown.visible]
        assert t in words
        assert shown.column_at(shown.name_width) == shown.first
        assert t != 20 or words.index(t) <= len(words) // 2  # what is to come stands at the left
    assert memory.window(view, 60).word(40) is None


def test_units_above_the_lanes_have_no_start():
    trace = traced("a hidden layer")
    view, _ = view_at(trace, (100, 30), Position(2, 0, 1))
    rows = texts(memory.memory_panel(view, "h", 90, 12, PLAIN))
    assert rows[1].split()[1:-1] == TEXT.split()
    h = trace.on(1).values["h"]
    figures = NUMBER.findall(rows[2])
    assert [float(one.replace("−", "-")) for one in figures] == pytest.approx(h[:3, 0].tolist(), abs=0.0051)
    assert memory.pick_at(view, 90, rows[1].index("the") + 1, 1).t == 0
