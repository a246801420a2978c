"""Two networks that answer with numbers, side by side: where they part, and their differences."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.comparison import Comparison
from rnn_tui.edits import ScaleMemory, SetParameter, apply_edits, parse_edit
from rnn_tui.export import compare_json, compare_table
from rnn_tui.network.outputs import number_of
from rnn_tui.network.trace import run
from rnn_tui.pictures.comparing.between import between_panel
from rnn_tui.pictures.comparing.strip import side_panel
from rnn_tui.scene import Position
from rnn_tui.story import plain
from rnn_tui.story.comparing import standing, tell_comparison
from rnn_tui.story.edits import consequence
from rnn_tui.text import quantity
from tests.builders import trace_of
from tests.deep import VECTORS
from tests.pictures.comparing.sides import sides
from tests.pictures.views import PLAIN, texts, widths
from tests.story.number_networks import NUMBERS, forecasting, one_floor

MODEL = forecasting("gru", seed=1)
OTHER = "112 118 150 −129 121 0.5"


def compared(edits=(), text=NUMBERS, model=MODEL):
    tokens = model.tokenize(text)
    return Comparison(trace_of(model, NUMBERS), run(*apply_edits(model, tokens, [parse_edit(edit) for edit in edits])))


def outputs(trace, t):
    return float(trace.values["outputs"][t, 0])


def test_the_differences_are_those_of_the_numbers():
    pair = compared(text=OTHER)
    for column in range(len(pair)):
        a, b = (outputs(trace, t) for trace, t in zip(pair.traces, pair.columns[column], strict=True))
        assert pair.answers_difference[column, 0] == pytest.approx(a - b, abs=1e-3)
        assert pair.agree(column) == (quantity(a) == quantity(b))


def test_they_part_where_the_numbers_are_further_apart_than_half_a_hundredth_of_their_spread():
    spread = MODEL.output.std[0]
    for apart, parts in ((0.004, None), (0.006, 0)):
        changed = replace(MODEL, fc=replace(MODEL.fc, bias=MODEL.fc.bias + np.float32(apart)))
        pair = Comparison(trace_of(MODEL, NUMBERS), trace_of(changed, NUMBERS))
        assert pair.answers_difference[0, 0] == pytest.approx(-apart * spread, rel=1e-2)
        assert pair.parts_at == parts


def test_a_number_and_a_label_of_one_name_are_not_the_same():
    a = trace_of(one_floor(output="number", labels=("x", "y")), "the dog")
    b = trace_of(one_floor(labels=("x", "y")), "the dog")
    pair = Comparison(a, b)
    assert not pair.same_labels
    assert pair.answers_difference is None
    assert plain(standing(pair, pair.order.last)).startswith("In the end, A says x: ")
    assert re.search(r"B (says [xy] |is undecided)", plain(standing(pair, pair.order.last)))


def test_what_both_say_has_label_number_and_unit():
    pair = compared(text=OTHER)
    a, b = (f"next month: {quantity(outputs(trace, -1))} passengers" for trace in pair.traces)
    shown = [float(quantity(outputs(trace, -1)).replace("−", "-")) for trace in pair.traces]
    apart, way = quantity(abs(shown[1] - shown[0])), "more" if shown[1] > shown[0] else "less"
    assert plain(standing(pair, pair.order.last)) == f"In the end, A says {a}, B says {b}, {apart} {way}."
    assert plain(standing(compared(), Position(0, pair.order.last.phase))).endswith(
        f"A and B both say next month: {quantity(outputs(pair.a, 0))} passengers."
    )


def test_nothing_of_the_numbers_is_told_while_they_are_covered():
    pair = compared(text=OTHER)
    said = {quantity(outputs(trace, t)) for trace in pair.traces for t in range(len(trace))}
    for column in range(len(pair)):
        told = " ".join(plain(line) for line in tell_comparison(pair, Position(column, pair.stages - 1), hidden=True))
        assert not said & set(re.findall(r"[\d.]+", told))


def test_the_row_between_has_the_difference_in_its_unit():
    a, b = sides(NUMBERS, OTHER, models=(MODEL, MODEL), at=(5, 5), words=True)
    rows = texts(between_panel(a, 100, 10, PLAIN))
    assert "A − B, in passengers: A's next month, less B's" in rows[-1]
    answers = next(row for row in rows if row.startswith("│  next"))
    shown = re.findall(r"(≈?)([+−]?[\d.]+)", answers)
    for t, (about, text) in enumerate(shown):
        difference = outputs(a.trace, t) - outputs(b.trace, t)
        assert text == f"{'+' if difference > 0 else ''}{quantity(difference)}"
        by_hand = [float(quantity(outputs(side.trace, t)).replace("−", "-")) for side in (a, b)]
        last = 10.0 ** -len(text.partition(".")[2])
        closes = abs(by_hand[0] - by_hand[1] - float(text.replace("−", "-"))) <= last / 2 * (1 + 1e-6)
        assert (about == "") == closes
    assert len(shown) == 6


@pytest.mark.parametrize("width", [40, 60, 100, 150])
def test_a_side_has_its_number_under_each_word(width):
    a, _ = sides(NUMBERS, OTHER, models=(MODEL, MODEL), at=(5, 5))
    rows = side_panel(a, width, 10, PLAIN)
    assert widths(rows) == {width}
    answers = next(row for row in texts(rows) if re.match(r"[│┃] +answer", row))
    assert quantity(outputs(a.trace, 5)) in answers or width == 40
    assert "%" not in answers


def test_json_has_the_differences_of_the_outputs():
    pair = compared(text=OTHER)
    found = json.loads("\n".join(compare_json.lines(pair)))["difference"]
    assert list(found) == ["h", "outputs"]
    assert np.allclose(found["outputs"], pair.answers_difference)


def test_the_table_has_the_numbers():
    lines = list(compare_table.lines(compared(text=OTHER), ("a", "b")))
    assert any("next month: " in line for line in lines)
    assert "%" not in "".join(lines)


def told(*edits, model=MODEL, text=NUMBERS, hidden=False):
    before = trace_of(model, text)
    after = run(*apply_edits(model, model.tokenize(text), edits))
    return plain(consequence(after, before, edits, 0, hidden=hidden)), before, after


def test_an_edit_moves_a_number_in_its_unit():
    said, before, after = told(ScaleMemory(0.5))
    was, now = outputs(before, -1), outputs(after, -1)
    way = "up" if now > was else "down"
    assert said == (
        f"With half the memory, next month goes {way} from {quantity(was)} passengers to {quantity(now)} passengers."
    )


def test_an_edit_that_changes_nothing_leaves_it():
    said, before, _ = told(SetParameter("bias_ih", (0,), float(MODEL.cell.bias_ih[0])))
    assert said.endswith(f", next month stays at {quantity(outputs(before, -1))} passengers.")


def test_of_several_numbers_the_one_that_moved_most_by_its_spread_is_told():
    model = replace(
        one_floor("gru", output="number", inputs="vectors", labels=("a", "b")), output=number_of((0, 0), (1000, 1), 2)
    )
    edit = SetParameter("fc.bias", (1,), 9.0)
    said, before, after = told(edit, model=model, text=VECTORS)
    b = [float(trace.values["outputs"][-1, 1]) for trace in (before, after)]
    assert said.endswith(f", b goes up from {quantity(b[0])} to {quantity(b[1])}.")


def test_a_covered_consequence_tells_no_number():
    assert told(ScaleMemory(0.5), hidden=True)[0].endswith(": what will the answer be now?")
