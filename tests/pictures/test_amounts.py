"""Numbers as answers in the picture: on their scale, in their unit, beside the true one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.edits import ScaleMemory, apply_edits
from rnn_tui.network.expected import reach
from rnn_tui.network.outputs import number_of
from rnn_tui.network.trace import run
from rnn_tui.pictures.amounts import amounts_in_short
from rnn_tui.pictures.check import check
from rnn_tui.pictures.outputs import answer_in, caption, outputs, shown_labels
from rnn_tui.pictures.phases import phase_line, phase_panel
from rnn_tui.pictures.table import lay_out, table
from rnn_tui.text import quantity
from tests.builders import trace_of
from tests.deep import VECTORS, deep_model
from tests.pictures.comparing.sides import sides
from tests.pictures.views import COLOURED, NASTY, PLAIN, obeyed, texts, view_of, widths
from tests.story.number_networks import NUMBERS, forecasting, one_floor, weather

TRACE = trace_of(forecasting("gru", seed=1), NUMBERS)
LAST = len(TRACE) - 1
SEVERAL = trace_of(one_floor(output="number", inputs="vectors", labels=("rain", "wind", "sun")), VECTORS)


def shown(trace=TRACE, t=2, width=30, height=4, phase="check", palette=PLAIN, **fields):
    return [row.rstrip() for row in texts(outputs(view_of(trace, t, phase, **fields), width, height, palette))]


def value(trace=TRACE, t=2, label=0):
    return float(trace.values["outputs"][t, label])


def place(number, ends, cells):
    """The cell of a scale in which a number lies."""
    low, high = ends
    return round((number - low) / (high - low) * (cells - 1))


def test_one_number_has_its_unit_its_scale_the_ends_of_that_and_the_true_one():
    said, scale, ends, true = shown(width=40)

    assert said == f"next month: {quantity(value())} passengers"
    assert ends.split() == [quantity(end) for end in reach(TRACE)]
    assert true == "○ −129 what comes next"
    assert scale.index("○") == place(-129, reach(TRACE), 40)
    assert scale.index("●") == place(value(), reach(TRACE), 40)
    assert (scale[0], scale[-1], len(scale)) == ("○", "┤", 40)


def test_after_the_last_number_nothing_is_known_of_what_comes_next():
    rows = shown(t=LAST)
    assert len(rows) == 3
    assert "○" not in "".join(rows)


def test_where_the_answer_is_right_there_is_one_mark():
    still = replace(forecasting(scale=0.0, hidden=1), output=number_of(5.0, 1.0, 1))
    _, scale, _, true = shown(trace_of(still, "5 5 5"), t=0)
    assert scale.count("◉") == 1
    assert set(scale) == set("├─◉┤")
    assert true.startswith("○ 5 ")


@pytest.mark.parametrize(("height", "starts"), [(1, "n"), (2, "n○"), (3, "n○"), (4, "n○"), (9, "n○")])
def test_fewer_rows_have_the_number_and_as_much_as_there_is_room_for(height, starts):
    rows = shown(height=height)
    assert len(rows) == min(height, 4)
    assert rows[0].startswith("next month")
    assert any("−129" in row for row in rows) == (height > 1)


def test_in_one_row_the_scale_stands_between_label_and_number():
    (row,) = shown(height=1)
    assert re.fullmatch(rf"next month [├○]─*●?─*[┤●] +{re.escape(quantity(value()))}", row), row


def test_several_numbers_have_a_row_each_and_those_without_one_are_counted():
    rows = shown(SEVERAL, height=3)
    assert [row.split()[0] for row in rows] == ["rain", "wind", "sun"]
    assert [row.split()[-1] for row in rows] == [quantity(value(SEVERAL, 2, label)) for label in range(3)]
    assert shown(SEVERAL, height=2)[1] == "and 2 more"


def test_where_it_is_narrow_there_is_no_scale():
    rows = shown(SEVERAL, width=12, height=3)
    assert not set("├●") & set("".join(rows))


def test_the_mark_moves_from_the_answer_before():
    before, start, end = (shown(width=200, **fields) for fields in ({"t": 1}, {"motion": 0.0}, {}))
    assert start[1].index("●") == before[1].index("●") != end[1].index("●")
    assert start[0] == end[0]


def test_the_answer_before_an_edit_has_its_mark():
    model, tokens = apply_edits(TRACE.model, TRACE.tokens, (ScaleMemory(0.0),))
    changed = run(model, tokens)
    view = view_of(changed, LAST, "check", before=TRACE, origins=tuple(range(len(TRACE))))
    scale = texts(outputs(view, 40, 4, PLAIN))[1]
    lows, highs = zip(reach(changed), reach(TRACE), strict=True)
    ends = (min(lows), max(highs))
    assert scale.index("╎") == place(value(t=LAST), ends, 40)


def test_before_there_is_an_answer_there_is_the_label_alone_and_while_it_is_covered_a_question_mark():
    assert shown(t=0, phase="read") == ["next month"]
    covered = shown(scene={"hidden": True}, t=LAST)
    assert covered == [f"{'next month':<28}?"]


def test_a_number_that_is_none_is_no_mark():
    lost = replace(TRACE.model, fc=replace(TRACE.model.fc, bias=np.array([np.nan], np.float32)))
    rows = shown(trace_of(lost, NUMBERS))
    assert rows[0].startswith("next month: ?")
    assert "●" not in "".join(rows)


@pytest.mark.parametrize("width", range(1, 24))
def test_the_answer_in_short_is_as_many_numbers_as_fit(width):
    said = answer_in(view_of(SEVERAL, 3, "check"), 3, width)
    numbers = [quantity(value(SEVERAL, 3, label)) for label in range(3)]
    fitting = [numbers[:count] for count in (3, 2, 1) if len("/".join(numbers[:count])) + 2 * (count < 3) <= width]
    assert len(said) <= width
    assert said == ("/".join(fitting[0]) + ("/…" if len(fitting[0]) < 3 else "") if fitting else said)
    assert fitting or said in ("", numbers[0], f"{value(SEVERAL, 3):.0f}", f"{value(SEVERAL, 3):.0e}".replace("+0", ""))


def test_the_votes_are_for_more_or_less_of_the_first_number():
    view = view_of(TRACE, 2, "check", scene={"unit": 0})
    votes, label = view.votes()
    assert label == "next month"
    assert np.allclose(votes, TRACE.model.fc.weight[0] * TRACE[2].h)
    rows = texts(check(view, view.phase, _placed(view), 70, 8, PLAIN))
    assert re.match(r"◂less +more▸", rows[0])


def test_the_votes_of_one_logit_are_for_yes_and_against_no():
    trace = trace_of(one_floor(output="yes_no", seed=1), "the dog barked")
    view = view_of(trace, 2, "check")
    votes, label = view.votes()
    assert label == "Yes"
    assert np.allclose(votes, trace.model.fc.weight[0] * trace[2].h)
    rows = texts(check(view, view.phase, _placed(view), 70, 8, PLAIN))
    assert re.match(r"◂against +Yes▸", rows[0])
    assert {row[36:].split()[0] for row in rows[1:3]} == {"No", "Yes"}


def _placed(view):
    return lay_out(view, view.phase, 34)


def test_the_folded_line_has_the_number():
    view = view_of(TRACE, 2, "read")
    check_phase = next(phase for phase in TRACE.model.phases if phase.name == "check")
    (line,) = texts(phase_line(view, check_phase, 80, 1, PLAIN))
    assert line.rstrip().endswith(quantity(value(t=1)))
    assert caption(view) in line


@given(
    st.integers(1, 90), st.integers(1, 9), st.sampled_from(["read", "check"]), st.booleans(),
    st.sampled_from(["", NASTY, "日本語の人口"]), st.floats(1e-9, 1e12),
)  # fmt: skip
def test_the_rows_are_as_wide_as_was_asked_for_whatever_label_and_unit(width, height, phase, hidden, name, spread):
    model = replace(
        weather(), labels=(name or "wind",), output=number_of(-spread, spread, 1), provenance={"unit": NASTY}
    )
    view = view_of(trace_of(model, VECTORS), 1, phase, scene={"hidden": hidden})
    rows = outputs(view, width, height, COLOURED)
    assert widths(rows) <= {width}
    assert len(rows) <= height
    assert not obeyed(rows)


@given(st.integers(20, 120), st.integers(3, 20))
def test_check_with_numbers_keeps_to_its_panel(width, height):
    for trace in (TRACE, SEVERAL):
        view = view_of(trace, 2, "check")
        rows = phase_panel(view, view.phase, width, height, PLAIN)
        assert widths(rows) == {width}
        assert len(rows) == height


def test_numbers_have_no_order_of_rank():
    assert shown_labels(view_of(SEVERAL, 2, "check"), 2) == [0, 1]


def test_the_answer_of_a_two_way_network_stands_after_the_last_word_alone():
    trace = trace_of(deep_model("gru", 1, bidirectional=True, output="number", inputs="number"), "1 2 3")
    assert np.isnan(trace.values["outputs"][:2]).all()
    low, high = reach(trace)
    assert (low, high) == (min(10.0, value(trace)), max(30.0, value(trace)))


EQUATION = re.compile(r"([+−]?\d+\.\d\d) × +([+−]?\d+\.\d\d) ([=≈]) +.*?([+−]?\d+\.\d\d)(?= |$)")


@pytest.mark.parametrize("width", [36, 50])
def test_every_vote_is_true_as_shown(width):
    signs = {"=": 0, "≈": 0}
    for seed, output in product(range(5), ("yes_no", "number")):
        trace = trace_of(one_floor("gru", output=output, hidden=8, seed=seed), "the dog barked and slept")
        for t in range(5):
            view = view_of(trace, t, "check", wide=False)
            for row in texts(table(view, view.phase, lay_out(view, view.phase, width), width, PLAIN))[1:]:
                found = EQUATION.search(row)
                assert found, row
                weight, value, vote = (float(found[k].replace("−", "-")) for k in (1, 2, 4))
                closes = abs(weight * value - vote) <= 0.005 * (1 + 1e-6)
                assert found[3] == ("=" if closes else "≈"), row
                signs[found[3]] += 1
    assert min(signs.values()) > 20, signs


@pytest.mark.parametrize(
    ("number", "shown_in"),
    [
        (432.149, {9: "432.1", 5: "432.1", 4: "432", 3: "432", 2: ""}),
        (-123456.4, {7: "−123456", 6: "−1.2e5", 5: "−1e5", 4: "−1e5", 3: ""}),
        (0.012345, {7: "0.01235", 6: "1.2e−2", 4: "1e−2", 3: ""}),
        (float("nan"), {3: "?", 1: "?"}),
    ],
)
def test_a_number_that_does_not_fit_has_fewer_digits(number, shown_in):
    assert {width: amounts_in_short([number], width) for width in shown_in} == shown_in


def test_two_sides_have_one_scale():
    changed = replace(TRACE.model, fc=replace(TRACE.model.fc, bias=TRACE.model.fc.bias + 4))
    a, b = sides(NUMBERS, NUMBERS, models=(TRACE.model, changed), at=(LAST, 5))
    ends = [texts(outputs(side, 40, 4, PLAIN))[2] for side in (a, b)]
    reaches = [reach(side.trace) for side in (a, b)]
    assert ends[0] == ends[1]
    assert ends[0].split() == [quantity(min(low for low, _ in reaches)), quantity(max(high for _, high in reaches))]
