"""A − B is true as shown: what stands on both sides and between them is read back and computed."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from rnn_tui import shelf
from rnn_tui.pictures.comparing.between import between_panel
from rnn_tui.pictures.comparing.strip import side_panel
from rnn_tui.pictures.comparing.working import working_panel
from rnn_tui.scene import Position
from tests.pictures.comparing.sides import sides
from tests.pictures.views import PLAIN, texts

FIGURE = re.compile(r"≈?[+−]?\d+\.\d+")
PAIRS = {
    "sentiment": ("this movie is good", "this movie is bad"),
    "sentiment-gru": ("this movie is not good", "this movie is not bad"),
    "sentiment-lstm": ("this movie is good", "this film is good"),
    "kicking-and-screaming": ("kicking and screaming", "kicking and kicking"),
}


def read(text):
    return Decimal(text.lstrip("≈").replace("−", "-"))


def rows_of(lines, units):
    """The figures of the first rows that begin with a unit's name."""
    rows = [FIGURE.findall(line) for line in lines]
    return [row for row in rows if row][:units]


@pytest.mark.parametrize("width", [76, 100, 120])
def test_every_difference_closes_as_shown_or_says_about(width):
    signs = {"=": 0, "≈": 0}
    for name, (text_a, text_b) in PAIRS.items():
        model = shelf.load(name)
        a, b = sides(text_a, text_b, models=(model, model), at=(len(text_a.split()) - 1, len(model.phases) - 1))
        units = model.hidden_size
        both = [rows_of(texts(side_panel(side, width, units + 6, PLAIN)), units) for side in (a, b)]
        differences = rows_of(texts(between_panel(a, width, units + 6, PLAIN)), units)
        for row_a, row_b, row in zip(*both, differences, strict=True):
            for one, other, difference in zip(row_a, row_b, row, strict=True):
                closes = read(one) - read(other) == read(difference)
                assert difference.startswith("≈") != closes, (one, other, difference)
                signs["=" if closes else "≈"] += 1
    assert sum(signs.values()) > 200
    assert min(signs.values()) > 10


@pytest.mark.parametrize("width", [30, 31, 36, 48, 60])
def test_add_beside_the_columns_of_a_side_is_a_whole_sum_or_none(width):
    model, rows = shelf.load("sentiment"), 0
    for column in range(4):
        a, _ = sides(*PAIRS["sentiment"], models=(model, model), at=(column, 2))
        lines = texts(working_panel(a, width, model.hidden_size + 4, PLAIN))[2 : 2 + model.hidden_size]
        for line in lines:
            left, sign, right = re.split("([=≈])", line)
            parts, (total,) = map(read, FIGURE.findall(left)), map(read, FIGURE.findall(right))
            parts = list(parts)
            assert len(parts) == 3
            assert sign == ("=" if sum(parts) == total else "≈")
            rows += 1
    assert rows == 4 * model.hidden_size


def test_both_sides_have_one_scale_for_bars_and_for_weights():
    a, b = sides(
        "this movie is good", "this movie is bad", models=(shelf.load("sentiment"), shelf.load("sentiment-gru"))
    )

    feet = [
        {
            line
            for phase in side.model.phases
            if phase.table is not None and phase.name not in ("check", "gates")
            for line in re.findall(r"scale ±\S+", texts(_panel(side, phase))[-1])
        }
        for side in (a, b)
    ]

    assert feet[0] == feet[1]
    assert len(feet[0]) == 1
    assert a.vote_scale == b.vote_scale
    assert all(a.weight_scale(name) == b.weight_scale(name) for name in ("weight_ih", "weight_hh", "fc.weight"))


def _panel(side, phase):
    at = Position(side.at.t, side.model.phases.index(phase))
    return working_panel(replace(side, scene=side.scene.at(at)), 90, 24, PLAIN)
