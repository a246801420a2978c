"""The phases of a word in one line."""

import pytest

from rnn_tui.pictures.picks import PhasePick
from rnn_tui.pictures.rows import text_of, width_of
from rnn_tui.pictures.steps import pick_at, steps
from tests.pictures.views import PLAIN, view_of


@pytest.mark.parametrize(
    ("phase", "line"),
    [
        ("read", " ▸ Read   · 1 Multiply   · 2 Add   · Squash   · 3 Check"),
        ("add", " ✓ Read   ✓ 1 Multiply   ▸ 2 Add   · Squash   · 3 Check"),
        ("check", " ✓ Read   ✓ 1 Multiply   ✓ 2 Add   ✓ Squash   ▸ 3 Check"),
    ],
)
def test_what_is_done_at_work_and_to_come(phase, line):
    assert text_of(steps(view_of(phase=phase), 80, PLAIN)).rstrip() == line


@pytest.mark.parametrize("width", [58, 60, 80, 120])
def test_every_name_stands_whole(width):
    row = steps(view_of(phase="add"), width, PLAIN)
    assert width_of(row) == width
    for phase in view_of().model.phases:
        assert phase.heading in text_of(row)


def test_a_click_on_a_name_picks_its_phase():
    view = view_of(phase="add")
    line = text_of(steps(view, 80, PLAIN))
    for index, phase in enumerate(view.model.phases):
        assert pick_at(view, 80, line.index(phase.heading)) == PhasePick(index)
    assert pick_at(view, 80, 79) is None
