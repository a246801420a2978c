"""What one timestep does, as a list."""

import pytest

from rnn_tui.network.phases import CHECK, MULTIPLY, READ, Phase
from tests.builders import CELL_KINDS, build


def test_the_articles_operations_are_numbered_and_what_lies_between_is_not():
    add = build().phases[2]

    assert [phase.heading for phase in (READ, MULTIPLY, add, CHECK)] == ["Read", "1 Multiply", "2 Add", "3 Check"]


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_every_phase_of_every_cell_is_said_in_words_and_in_notation(cell, activation):
    phases = build(cell, activation).phases

    assert all(phase.title and phase.words and phase.notation and phase.shows for phase in phases)
    assert len({phase.name for phase in phases}) == len(phases)


def test_a_phase_can_be_made_for_a_cell_of_ones_own():
    leak = Phase("leak", "Leak", "forget a little", "h = 0.9·h_prev", ("h_prev", "h"))

    assert leak.heading == "Leak"
    assert leak.operation is None


@pytest.mark.parametrize(
    ("cell", "widths", "roomy"),
    [
        ("elman", [14, 30, 34, 18, 24], [None] * 5),
        ("gru", [15, 38, 34, 24, 24, 23], [None, 42, *[None] * 4]),
        ("lstm", [15, 38, 34, 26, 24, 23], [None, 42, *[None] * 4]),
    ],
)
def test_a_phase_says_how_wide_it_wants_to_be(cell, widths, roomy):
    phases = build(cell, None).phases

    assert [phase.width for phase in phases] == widths
    assert [phase.roomy for phase in phases] == roomy
