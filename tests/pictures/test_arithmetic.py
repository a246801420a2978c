import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.pictures.arithmetic import arithmetic_panel, why_panel
from rnn_tui.pictures.curves import POINT
from rnn_tui.pictures.rows import text_of
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths


def panel(view, width=100, height=24):
    return texts(arithmetic_panel(view, width, height, PLAIN))


def words_of(rows):
    """The cells of each row: what stands between the signs and the spaces of a table, without its bar."""
    bare = (re.sub(r"[▏▎▍▌▋▊▉█│ ]+$", "", row.strip("┃ ")) for row in rows)
    return [[cell for cell in re.split(r"\s{2,}| [×=≈│] *", row) if cell] for row in bare]


EQUATION = re.compile(r"memory sum: 1\.0+×0\.76\d* \+ 0\.0+×0\.0+ \+ 0\.0+ = \+0\.76")


def test_the_title_names_the_phase_and_the_unit():
    assert "2 Add: the arithmetic of noun" in panel(view_of(phase="add", scene={"unit": 1}))[0]


def test_a_one_hot_word_picks_one_column_and_this_is_said():
    rows = panel(view_of(t=1, phase="multiply", scene={"unit": 1}))  # “and” takes 0.5 from noun

    assert any("picks column 3" in row for row in rows)
    assert ["and", "−0.500", "+1.000", "−0.500", "−0.500"] in [cells[:5] for cells in words_of(rows)]


def test_every_product_the_running_sum_the_bias_and_the_total():
    rows = words_of(panel(view_of(t=1, phase="add")))  # verb: 1·0.762 + 0·0 + 0, then plus the input 0

    assert ["weight", "memory", "product", "sum so far"] in [cells[:4] for cells in rows]
    assert ["verb", "+1.000", "+0.762", "+0.762", "+0.762"] in [cells[:5] for cells in rows]
    assert ["noun", "0.000", "0.000", "0.000", "+0.762"] in [cells[:5] for cells in rows]
    assert ["+ bias", "0.000", "+0.762"] in [cells[:3] for cells in rows]
    assert ["= memory sum", "+0.762"] in rows


def test_the_numbers_are_those_of_the_trace():
    trace = trace_of(build(inputs="embedding", hidden=3), "the dog barked")
    for t in range(3):
        rows = panel(view_of(trace, t=t, phase="multiply", scene={"unit": 2}))
        (total,) = (cells for cells in words_of(rows) if cells[:1] == ["= input sum"])
        assert float(total[1].replace("−", "-")) == pytest.approx(float(trace[t]["ih"][2]), abs=6e-4)


def test_squash_has_the_curve_with_the_point_on_it():
    rows = panel(view_of(phase="squash"))

    assert sum(row.count(POINT) for row in rows) == 1
    assert any("+1.00 → +0.76" in row for row in rows)


def test_notation_stands_below_the_words_where_it_is_asked_for():
    plain, notation = (panel(view_of(t=1, phase="add", scene={"notation": on})) for on in (False, True))

    assert not any("Σ" in row for row in plain)
    assert any("Σ weight_hh[verb,j]·h_prev[j]" in row for row in notation)
    assert ["weight_hh", "h_prev", "product", "sum so far"] in [cells[:4] for cells in words_of(notation)]
    assert ["= hh", "+0.762"] in words_of(notation)


@pytest.mark.parametrize("width", [64, 70, 76, 80, 100])
def test_what_stands_at_the_foot_is_whole(width):
    foot = panel(view_of(trace_of(build(hidden=40), "the dog"), t=1, phase="add"), width, 20)[-1]

    assert "lines below" in foot
    assert "…" not in foot
    assert foot.endswith("esc back ━┛")


def test_what_does_not_fit_is_counted_and_can_be_scrolled_to():
    trace = trace_of(build(hidden=40), "the dog")

    def shown(start):
        rows = panel(view_of(trace, t=1, phase="add", scene={"scroll": start}), 100, 20)
        below = int(re.search(r"(\d+) lines below", rows[-1])[1])
        return [int(found[1]) for row in rows if (found := re.match(r"┃ unit (\d+)", row))], below, rows

    top, below, _ = shown(0)
    assert top[0] == 1
    assert below > 40 - len(top)
    assert shown(12)[1] == below - 12
    units, below, rows = shown(999)
    assert units[-1] == 40
    assert below == 0
    assert any("input plus memory with its bias is the sum" in row for row in rows)


def test_in_check_the_picked_unit_is_marked_and_every_line_can_be_reached():
    trace = trace_of(build(hidden=9), "the dog")
    views = [view_of(trace, t=1, phase="check", scene={"unit": 6, "scroll": start}) for start in range(0, 60, 6)]

    rows = [row for view in views for row in panel(view, 100, 14)]

    assert any(row.startswith("┃ ▸unit 7") for row in rows)
    assert any("softmax" in row for row in rows)


def test_where_there_is_no_room_for_a_table_the_sum_is_one_line():
    rows = panel(view_of(t=1, phase="add"), 52, 12)

    assert EQUATION.search(" ".join(row.strip("┃ ") for row in rows))


def test_negative_numbers_have_brackets_in_an_equation():
    rows = panel(view_of(t=1, phase="multiply", scene={"unit": 1}), 52, 9)

    assert any(re.search(r"\(−0\.50+\)×1\.0+", row) for row in rows)


def test_while_the_class_is_to_guess_check_says_nothing():
    view = view_of(t=2, phase="check", scene={"hidden": True})

    rows = panel(view)
    short = texts(why_panel(view, 60, 12, PLAIN))

    assert any("covered until you have guessed" in row for row in rows)
    assert not re.search(r"\d", "".join(short[1:]))
    assert not re.search(r"\d", "".join(rows[1:-1]))


def test_in_short_it_is_the_equation_and_the_way_to_all_of_it():
    rows = texts(why_panel(view_of(t=1, phase="add"), 60, 10, PLAIN))

    assert "Arithmetic  of verb" in rows[0]
    assert any(EQUATION.search(row) for row in rows)
    assert "enter: all of it" in rows[-1]


def test_in_short_the_curve_is_there_too_where_it_fits():
    short, tall = (texts(why_panel(view_of(phase="squash"), 60, height, PLAIN)) for height in (5, 14))

    assert POINT not in "".join(short)
    assert POINT in "".join(tall)


def test_with_many_terms_the_short_equation_leaves_out_the_middle():
    trace = trace_of(build(hidden=9), "the dog")

    assert "(5 more:" in "".join(texts(why_panel(view_of(trace, t=1, phase="add"), 60, 10, PLAIN)))


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@settings(max_examples=40)
@given(
    inputs=st.sampled_from(INPUT_KINDS),
    readout=st.sampled_from(READOUT_KINDS),
    size=st.tuples(st.integers(30, 200), st.integers(3, 40)),
    place=st.integers(0, 17),
    unit=st.integers(0, 2),
    notation=st.booleans(),
)
def test_every_derivation_fills_its_place(cell, activation, inputs, readout, size, place, unit, notation):
    trace = _recorded(cell, activation, readout, inputs)
    t, at = divmod(place, len(trace.model.phases))
    width, height = size
    scene = {"unit": unit, "notation": notation}
    view = view_of(trace, t=min(t, len(trace) - 1), phase=trace.model.phases[at].name, scene=scene)

    for draw in (arithmetic_panel, why_panel):
        rows = draw(view, width, height, COLOURED)
        assert len(rows) == height
        assert widths(rows) == {width}
        assert not obeyed(rows)


_TRACES = {}


def _recorded(*kind):
    if kind not in _TRACES:
        text = None if kind[3] == "number" else f"the {NASTY} dog"
        made = build(*kind, hidden=3, labels=(NASTY, "日本語"), unit_names=(NASTY, "日本語", ""))
        _TRACES[kind] = trace_of(made, text)
    return _TRACES[kind]


def test_a_label_is_text_and_never_markup():
    view = view_of(trace_of(model(unit_names=("[b]verb[/b]", "noun")), "kick"), phase="multiply")

    assert "[b]verb[/b]" in panel(view)[0]


@pytest.mark.parametrize("inputs", INPUT_KINDS)
@pytest.mark.parametrize("phase", ["read", "squash"])
def test_the_number_that_comes_out_stands_out_and_its_name_does_not(inputs, phase):
    trace = trace_of(build(inputs=inputs, hidden=3), "1 2" if inputs == "number" else "the dog")
    rows = arithmetic_panel(view_of(trace, t=1, phase=phase), 100, 24, COLOURED)
    standing_out = [
        "".join(piece.text for piece in row if piece.style == COLOURED.accent).strip()
        for row in rows
        if any(text in text_of(row) for text in ("input: ", " = ", " ≈ "))
    ]
    assert standing_out
    assert all(re.match(r"[+−]?[\d.]", text) for text in standing_out)
