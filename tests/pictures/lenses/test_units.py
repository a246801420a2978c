"""The picture of what a unit has learned."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.lenses.lanes import ONE_LANE
from rnn_tui.lenses.learned import Traits
from rnn_tui.lenses.units import Unit, Units, units
from rnn_tui.pictures.lenses.units import draw, pick_at
from rnn_tui.pictures.picks import UnitPick
from tests.builders import build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths

SIZES = [(48, 9), (46, 7), (60, 12), (76, 14), (116, 26), (190, 50), (30, 4), (22, 2), (40, 1)]


@pytest.fixture(scope="module")
def kicking():
    return trace_of(shelf.load("kicking-and-screaming"))


def measured_of(correlation, *, up=(), down=(), counts=None, silenced=0.25, probability=0.5, note=None):
    """What was measured of the units of `correlation` (units, traits): VERB, NOUN and place."""
    traits = ("VERB", "NOUN", "place")[: np.shape(correlation)[1]]
    counts = counts or {"VERB": 62, "NOUN": 99, "place": 790}
    learned = Traits(traits, counts, np.array(correlation), (up,) * 2, (down,) * 2, note)
    made = tuple(
        Unit(unit, name, learned.of(unit), counts, up, down, silenced) for unit, name in enumerate(("verb", "noun"))
    )
    return Units(made, 0, 0, probability, {ONE_LANE: learned})


def shown(trace, width, height, unit=0, palette=PLAIN, **scene):
    view = view_of(trace, scene={"unit": unit, **scene})
    return draw(units(trace, only=[unit]), view, width, height, palette)


def test_a_small_case_as_a_whole():
    measured = measured_of([[0.8, -0.4, 0.0], [-0.2, 0.6, 0.1]], up=(("kick", 0.76),), down=(("dog", -0.5),))
    assert texts(draw(measured, view_of(), 48, 7, PLAIN)) == SMALL


SMALL = [
    " verb goes with                     match  seen ",
    " verbs                  │██████████ +0.80    62 ",
    " nouns             █████│           −0.40    99 ",
    " later words            │            0.00   790 ",
    " ▲ kick +0.76                                   ",
    " ▼ dog −0.50                                    ",
    " Negative   ███▌     50%  without █▊       25%  ",
]


def test_all_units_stand_beside_the_picked_one_where_there_is_room():
    measured = measured_of([[0.8, -0.4, 0.0], [-0.2, 0.6, 0.1]], up=(("kick", 0.76),))
    rows = texts(draw(measured, view_of(scene={"unit": 1}), 76, 14, PLAIN))
    assert rows[0].split() == ["noun", "goes", "with", "match", "seen", "verb", "noun"]
    assert rows[1].split()[0] == "nouns"
    assert [row.split()[-2:] for row in rows[1:6:2]] == [["−0.40", "+0.60"], ["+0.80", "−0.20"], ["0.00", "+0.10"]]


def test_the_strongest_stand_first_and_bars_have_one_scale(kicking):
    rows = shown(kicking, 116, 26, palette=COLOURED)
    assert texts(rows)[1].split()[0] == "verbs"
    ahead = [row[: texts(rows)[0].index("match") + 5] for row in texts(rows)[1:13]]
    figures = [abs(float(line.split()[-1].replace("−", "-"))) for line in ahead]
    assert figures == sorted(figures, reverse=True)


def test_the_number_of_examples_stands_behind_each(kicking):
    found = units(kicking, only=[0]).of(0)
    rows = texts(shown(kicking, 48, 9))
    assert rows[1].split()[-2:] == ["+0.72", str(found.counts["VERB"])]


def test_notation_writes_the_tags(kicking):
    rows = texts(shown(kicking, 48, 9, notation=True))
    assert rows[0].split()[-2:] == ["r", "cases"]
    assert rows[1].startswith(" VERB ")


def test_both_answers_are_there(kicking):
    for width, height in SIZES[:6]:
        rows = "\n".join(texts(shown(kicking, width, height)))
        assert "87%" in rows
        assert "69%" in rows
        assert "Negative" in rows


def test_hidden_gives_no_answer_away(kicking):
    for width, height in SIZES:
        rows = "\n".join(texts(shown(kicking, width, height, hidden=True)))
        assert "Negative" not in rows
        assert "%" not in rows
    for width in (48, 56, 60, 70, 76, 78, 100):
        assert "? guess first" in "\n".join(texts(shown(kicking, width, 16, hidden=True)))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", ["kicking-and-screaming", "sentiment", "tagger", "recall-elman", "sunspots"])
def test_widths_are_exact(name, width, height):
    trace = trace_of(shelf.load(name))
    for unit in (0, trace.model.hidden_size - 1):
        rows = shown(trace, width, height, unit)
        assert widths(rows) == {width}
        assert len(rows) == height


@pytest.mark.parametrize(("width", "height"), [(1, 1), (18, 9), (40, 0)])
def test_too_little_room(kicking, width, height):
    rows = shown(kicking, width, height)
    assert len(rows) <= height
    assert widths(rows) <= {width}


def test_without_correlations_the_note_stands_in_their_place():
    rows = " ".join(" ".join(texts(shown(trace_of(shelf.load("recall-elman")), 60, 12))).split())
    assert "“recall-elman” reads characters, “sentiment” words." in rows
    assert "▲" in rows


def test_numbers_have_no_words_to_push():
    assert "▲" not in "\n".join(texts(shown(trace_of(shelf.load("sunspots")), 60, 12)))


def test_what_is_no_number_is_a_question_mark():
    measured = measured_of([[np.nan, 0.5, 0.1], [0.1, 0.1, 0.1]], silenced=np.nan, probability=np.nan)
    rows = texts(draw(measured, view_of(), 76, 14, PLAIN))
    assert widths(draw(measured, view_of(), 76, 14, PLAIN)) == {76}
    line = next(row for row in rows if row.startswith(" verbs"))
    assert line.split().count("?") >= 2


def test_foreign_text_is_shown_and_not_obeyed():
    trace = trace_of(
        model(labels=(NASTY, "x"), unit_names=(NASTY, "n"), words=("kick", NASTY.split()[1], "and")), "kick"
    )
    for width, height in SIZES:
        rows = shown(trace, width, height)
        assert not obeyed(rows)
        assert widths(rows) == {width}


def test_more_units_than_columns_scroll_with_the_picked_one():
    trace = trace_of(build(hidden=200, scale=0.1, words=shelf.load("kicking-and-screaming").vocabulary.words), "dog")
    for unit in (0, 100, 199):
        rows = texts(shown(trace, 76, 14, unit))
        assert "▼" in rows[0]
        assert "of 200" in rows[0]
        measured, view = units(trace, only=[unit]), view_of(trace, scene={"unit": unit})
        assert pick_at(measured, view, 76, 14, rows[0].index("▼"), 3) == UnitPick(unit)


def test_a_click_on_a_column_picks_the_unit(kicking):
    measured, view = units(kicking, only=[0]), view_of(kicking)
    head = texts(draw(measured, view, 116, 26, PLAIN))[0]
    for unit, name in ((1, " noun "), (3, " mood ")):
        assert pick_at(measured, view, 116, 26, head.index(name) + 2, 4) == UnitPick(unit)
    assert pick_at(measured, view, 116, 26, 3, 4) is None
    assert pick_at(measured, view, 116, 26, 115, 4) is None
    assert pick_at(measured, view, 116, 26, head.index(" noun ") + 2, 20) is None
    assert pick_at(measured, view, 48, 9, 40, 2) is None


def test_a_unit_that_is_still_being_measured_is_not_drawn(kicking):
    measured = units(kicking, only=[0])
    rows = draw(measured, view_of(kicking, scene={"unit": 2}), 48, 9, PLAIN)
    assert "".join(texts(rows)).strip() == ""
