import re
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.geometry import Region

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.phases import phase_panel
from rnn_tui.pictures.rows import text_of
from rnn_tui.pictures.view import View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.tui.panels.notice import LEAST
from rnn_tui.tui.walking.plan import MAX_MEMORY_PITCH, MAX_PITCH, plan, strip_name
from rnn_tui.tui.walking.sizes import Sizes
from tests.builders import CELL_KINDS, build, trace_of
from tests.tui.models import MODELS

ELMAN, GRU, LSTM = (
    build(cell, activation).phases for cell, activation in (("elman", "tanh"), ("gru", None), ("lstm", None))
)
STATES = ("h", "c")
NETWORKS = [(ELMAN, ("h",)), (GRU, ("h",)), (LSTM, STATES), (LSTM, ("h", "m", "n"))]

sizes_of_screens = st.tuples(st.integers(LEAST.width, 220), st.integers(LEAST.height, 70))


@st.composite
def networks(draw):
    phases, states = draw(st.sampled_from(NETWORKS))
    return Sizes(
        hidden_size=draw(st.sampled_from([1, 2, 4, 16, 512])),
        labels=draw(st.sampled_from([1, 2, 17])),
        phases=phases,
        current=draw(st.integers(0, len(phases) - 1)),
        arithmetic=draw(st.booleans()),
        curve=draw(st.booleans()),
        states=states,
    )


@settings(max_examples=500)
@given(size=sizes_of_screens, sizes=networks())
def test_no_panel_leaves_the_screen_or_lies_over_another(size, sizes):
    screen = Region(0, 0, *size)

    regions = plan(*size, sizes).regions

    for name, region in regions.items():
        assert region.area > 0, name
        assert screen.contains_region(region), (name, region)
    for (one, first), (other, second) in combinations(regions.items(), 2):
        assert not first.overlaps(second), (one, first, other, second)


@given(size=sizes_of_screens, sizes=networks())
def test_what_is_needed_is_always_there(size, sizes):
    regions = plan(*size, sizes).regions
    current = "arithmetic" if sizes.arithmetic else f"phase-{sizes.phases[sizes.current].name}"

    assert {"header", "ribbon", "story", "footer", current} <= regions.keys()
    assert "notice" not in regions
    assert regions[current].height >= 4
    assert regions["story"].height >= 2
    assert regions["ribbon"].height == 2 + sizes.curve


@given(size=sizes_of_screens, sizes=networks())
def test_every_visible_unit_has_its_rows_in_the_phase_at_work(size, sizes):
    planned = plan(*size, sizes)

    assert 1 <= planned.count <= sizes.hidden_size
    if not sizes.arithmetic and sizes.phases[sizes.current].name not in ("read", "check"):
        assert planned.regions[f"phase-{sizes.phases[sizes.current].name}"].height >= 3 + planned.count * planned.pitch
    assert 1 <= planned.pitch <= MAX_PITCH
    assert 1 <= planned.memory_pitch <= MAX_MEMORY_PITCH


@given(size=sizes_of_screens, sizes=networks())
def test_the_memory_strip_shows_the_same_units_as_the_phases(size, sizes):
    planned = plan(*size, sizes)

    if not sizes.arithmetic:
        assert planned.regions["memory"].height >= 3 + planned.count * planned.memory_pitch
        assert {name for name in planned.regions if name.startswith("memory")} == {*map(strip_name, sizes.states)}


@given(size=st.tuples(st.integers(116, 220), st.integers(LEAST.height, 70)), sizes=networks())
def test_side_by_side_the_phases_fill_the_width_and_moving_on_moves_no_panel(size, sizes):
    planned = plan(*size, sizes)

    if planned.wide and not sizes.arithmetic:
        panels = [planned.regions[f"phase-{phase.name}"] for phase in sizes.phases]
        assert panels[0].x == 0
        assert all(left.right == right.x for left, right in pairwise(panels))
        assert panels[-1].right == size[0]
        others = [plan(*size, Sizes(**{**vars(sizes), "current": place})) for place in range(len(sizes.phases))]
        assert all(other == planned for other in others)


@pytest.mark.parametrize(("width", "wide"), [(115, False), (116, True)])
def test_five_phases_stand_side_by_side_from_116_columns(width, wide):
    assert plan(width, 36, Sizes(4, 2, ELMAN, 0)).wide is wide


@pytest.mark.parametrize(("width", "wide"), [(139, False), (140, True)])
def test_six_phases_stand_side_by_side_from_140_columns(width, wide):
    assert plan(width, 36, Sizes(4, 2, LSTM, 0, states=STATES)).wide is wide


@given(size=st.tuples(st.integers(1, 220), st.integers(1, 70)), sizes=networks())
def test_below_60_by_18_there_is_the_notice_alone(size, sizes):
    small = size[0] < 60 or size[1] < 18

    regions = plan(*size, sizes).regions

    assert ("notice" in regions) == small
    if small:
        assert regions == {"notice": Region(0, 0, *size)}


def test_the_sizes_are_those_of_the_model_and_the_scene():
    scene = Scene(Reading("lstm", "the dog"), position=Position(0, 3), arithmetic=True)

    assert Sizes.of(MODELS["lstm"], scene) == Sizes(4, 2, MODELS["lstm"].phases, 3, arithmetic=True, states=STATES)
    assert Sizes.of(MODELS["series"], Scene(Reading("series", "1 2"))).curve


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("width", [60, 80, 100, 109, 110, 115, 120, 139, 140, 150, 160, 200])
def test_no_figure_of_a_phase_is_cut_at_any_width(cell, activation, width):
    trace = trace_of(build(cell, activation, hidden=4))
    for place, phase in enumerate(trace.model.phases):
        scene = Scene(Reading("m", ""), position=Position(1, place))
        planned = plan(width, 36, Sizes.of(trace.model, scene))
        view = View(trace, scene, planned.count, planned.pitch, planned.memory_pitch, planned.wide)
        region = planned.regions[f"phase-{phase.name}"]

        rows = [text_of(row) for row in phase_panel(view, phase, region.width, region.height, Palette())]

        figures = [figure for row in rows[:-1] for figure in re.findall(r"(?<!±)[+−]?\d+\.\d*", row)]
        assert all(len(figure.partition(".")[2]) == 2 for figure in figures), (phase.name, rows)
        assert figures or phase.name in ("read", "gates")  # gates may be bars alone


def test_rather_all_units_of_a_small_network_are_seen_than_the_answer_after_each_word():
    sizes = Sizes(4, 2, ELMAN, 0)
    for height in (23, 24):  # a lesson at 80x24 has a row of its own
        assert plan(80, height, sizes).count == 4, height

    def memory(size):
        return plan(80, 23, replace(sizes, hidden_size=size)).regions["memory"].height

    assert memory(4) == 3 + 4
    assert plan(80, 23, replace(sizes, hidden_size=16)).count == 2  # where they don't fit in any case, it stays
    assert memory(16) == 3 + 2 + 1 + 1
