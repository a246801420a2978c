"""Where the panels of a comparison stand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.tui.comparing.plan import CompareSizes, compare_plan

FOUR = CompareSizes(
    hidden_size=4, labels=2, label_width=8, same_units=True, same_labels=True, columns=28, comfortable=40
)
LONG = CompareSizes(
    hidden_size=16, labels=26, label_width=1, same_units=False, same_labels=True, columns=92, comfortable=180
)
SIZES = st.builds(
    CompareSizes,
    hidden_size=st.integers(1, 600),
    labels=st.integers(1, 30),
    label_width=st.integers(1, 8),
    same_units=st.booleans(),
    same_labels=st.booleans(),
    columns=st.integers(10, 500),
    comfortable=st.integers(10, 900),
)


@given(st.integers(60, 260), st.integers(18, 90), SIZES)
def test_panels_lie_on_the_screen_and_none_on_another(width, height, sizes):
    planned = compare_plan(width, height, sizes)
    cells = set()
    for region in planned.regions.values():
        assert 0 <= region.x <= region.right <= width
        assert 0 <= region.y <= region.bottom <= height
        assert region.width >= 1
        assert region.height >= 1
        taken = {(x, y) for x in range(region.x, region.right) for y in range(region.y, region.bottom)}
        assert not taken & cells
        cells |= taken


@given(st.integers(60, 260), st.integers(18, 90), SIZES)
def test_both_sides_have_the_same_room_and_every_visible_unit_its_lines(width, height, sizes):
    planned = compare_plan(width, height, sizes)
    for name in ("side", "phase"):
        a, b = planned.regions[f"{name}-a"], planned.regions[f"{name}-b"]
        assert a.height == b.height
        assert abs(a.width - b.width) <= 1
    around = 4 if planned.framed else 3
    assert planned.regions["side-a"].height >= around + planned.count * planned.memory_pitch


@pytest.mark.parametrize(
    ("size", "sizes", "beside"),
    [
        ((139, 48), FOUR, False),
        ((140, 48), FOUR, True),
        ((140, 24), FOUR, False),  # too low for one under the other twice
        ((160, 48), LONG, False),  # the words don't fit into half of it
        ((200, 48), LONG, True),
    ],
)
def test_sides_stand_beside_each_other_where_their_words_fit(size, sizes, beside):
    planned = compare_plan(*size, sizes)
    a, b = planned.regions["side-a"], planned.regions["side-b"]
    assert (a.y == b.y) is beside
    assert (a.x == b.x) is not beside
    assert planned.words is beside


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (100, 50)])
def test_one_above_the_other_their_columns_and_the_difference_stand_above_each_other(size):
    planned = compare_plan(*size, FOUR)
    strips = [planned.regions[name] for name in ("side-a", "between", "side-b")]
    assert len({(region.x, region.width) for region in strips}) == 1
    assert [region.y for region in strips] == sorted(region.y for region in strips)


def test_all_units_of_a_small_network_are_visible_at_80_by_24():
    planned = compare_plan(80, 24, FOUR)
    assert planned.count == 4
    assert planned.regions["between"].height == 6  # marks, four units, the answers


@pytest.mark.parametrize("size", [(59, 40), (160, 17)])
def test_where_it_is_too_small_there_is_but_the_notice(size):
    assert compare_plan(*size, FOUR).regions.keys() == {"notice"}


def through_a_lens(words, **sizes):
    return replace(FOUR, lens=True, words=words, **sizes)


@given(st.integers(60, 260), st.integers(18, 90), SIZES, st.integers(1, 500))
def test_lenses_have_the_same_room_on_both_sides_and_no_panel_lies_on_another(width, height, sizes, words):
    planned = compare_plan(width, height, replace(sizes, lens=True, words=words))
    a, b = planned.regions["lens-a"], planned.regions["lens-b"]
    assert a.height == b.height
    assert abs(a.width - b.width) <= 1
    regions = list(planned.regions.values())
    assert sum(region.area for region in regions) <= width * height
    assert not any(one.overlaps(other) for k, one in enumerate(regions) for other in regions[:k])
    assert all(0 <= region.x <= region.right <= width and region.bottom <= height for region in regions)


@pytest.mark.parametrize(
    ("size", "words", "beside"),
    [
        ((160, 48), 5, True),
        ((140, 24), 5, True),
        ((139, 48), 5, False),
        ((80, 24), 5, False),
        ((80, 24), 7, False),
        ((80, 24), 8, True),  # one above the other there would not be a row for each word
        ((120, 36), 14, True),
        ((120, 60), 14, False),
    ],
)
def test_lenses_stand_beside_each_other_where_it_is_wide_or_words_are_many(size, words, beside):
    planned = compare_plan(*size, through_a_lens(words))
    a, b = planned.regions["lens-a"], planned.regions["lens-b"]
    assert (a.y == b.y) is beside
    inside = a.height - (2 if planned.framed else 1)
    assert inside >= min(words + 1, 7)


@pytest.mark.parametrize(("size", "above"), [((160, 48), True), ((160, 36), False), ((120, 60), False)])
def test_both_sentences_stand_above_the_lenses_where_there_is_room(size, above):
    assert ("between" in compare_plan(*size, through_a_lens(14)).regions) is above
