import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.edits import ReplaceWord, ScaleMemory, SetParameter, apply_edits, origins
from rnn_tui.network.trace import run
from rnn_tui.pictures.bars import GHOST
from rnn_tui.pictures.phasecolumns import columns
from rnn_tui.pictures.rows import text_of
from rnn_tui.pictures.table import lay_out, table
from rnn_tui.pictures.weights import input_columns
from tests.builders import CELL_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths


def phase_of(view, name):
    return next(phase for phase in view.model.phases if phase.name == name)


def drawn(view, name, width, palette=PLAIN):
    phase = phase_of(view, name)
    return table(view, phase, lay_out(view, phase, width), width, palette)


def test_multiply_has_the_weights_the_words_above_them_and_what_comes_out():
    assert texts(drawn(view_of(t=2, phase="check"), "multiply", 60)) == [
        "       kick  and  ▾dog                                 input",
        "▸verb   +     ·     ·                  │                0.00",
        " noun   ·     −     +                  │██████████████ +1.00",
    ]


def test_where_words_are_cut_off_the_word_of_now_is_among_those_that_are_left():
    assert texts(drawn(view_of(t=2, phase="check"), "multiply", 40))[0].split() == ["and", "▾dog", "input"]
    assert texts(drawn(view_of(t=0, phase="check"), "multiply", 40))[0].split() == ["▾kick", "and", "input"]


def test_the_columns_of_the_sentence_come_first_in_their_order_and_stay():
    trace = trace_of(model(), "dog and kick dog")

    assert input_columns(trace) == [1, 2, 0]
    heads = [texts(drawn(view_of(trace, t=t), "multiply", 70))[0].split() for t in range(4)]
    assert [head[:3] for head in heads] == [
        ["▾dog", "and", "kick"],
        ["dog", "▾and", "kick"],
        ["dog", "and", "▾kick"],
        ["▾dog", "and", "kick"],
    ]


def test_an_unknown_word_without_a_column_marks_none():
    trace = trace_of(model(), "dog xyz kick")

    assert texts(drawn(view_of(trace, t=1, phase="multiply"), "multiply", 70))[0].split() == ["dog", "kick", "input"]


def test_the_weights_are_the_same_and_still_for_every_word():
    cells = [
        [row[6:24] for row in texts(drawn(view_of(t=t, phase=phase), "multiply", 60))[1:]]
        for t in range(3)
        for phase in ("read", "multiply", "check")
    ]

    assert all(drawn_cells == cells[0] for drawn_cells in cells)


def test_add_puts_memory_and_input_together_on_one_scale_and_hatches_what_is_cancelled():
    assert texts(drawn(view_of(t=2, phase="add"), "add", 40)) == [
        "+ −  input   memory                  sum",
        "+ ·   0.00 +  +0.64 =      │███▎   +0.64",
        "· +  +1.00 +  −0.46 =    ░░│██▊░░  +0.54",
    ]


def biased(bias_hh=(0.25, -0.5)):
    return trace_of(model(bias_hh=list(bias_hh)), "kick and dog")


def test_memory_is_memory_and_the_bias_stands_beside_it():
    rows = texts(drawn(view_of(biased(), t=0, phase="add"), "add", 70))

    assert rows[0].split()[-4:] == ["input", "memory", "bias", "sum"]
    assert re.findall(r"[+−]?\d\.\d\d", rows[1]) == ["+1.00", "0.00", "+0.25", "+1.25"]
    assert re.findall(r"[+−]?\d\.\d\d", rows[2]) == ["0.00", "0.00", "−0.50", "−0.50"]


def test_a_cell_without_a_bias_has_no_column_for_it():
    assert "bias" not in texts(drawn(view_of(t=0, phase="add"), "add", 90))[0]


def test_side_by_side_the_input_goes_before_a_part_of_what_stands_in_the_panel():
    def row(width):
        return texts(drawn(view_of(biased(), t=1, phase="add"), "add", width))[1].split()

    def figures(width):
        return [piece for piece in row(width) if piece[-1].isdigit()]

    assert figures(42) == ["0.00", "+0.85", "+0.25", "+1.10"]
    assert row(33)[:3] == ["+", "+0.85", "+0.25"]  # the input stands at the left of the plus
    assert figures(33) == ["+0.85", "+0.25", "+1.10"]
    assert figures(20) == ["+1.10"]  # no part of it, but the sum


def test_side_by_side_the_input_that_add_leaves_out_stands_in_multiply():
    view = view_of(biased(), t=1, phase="add")
    for width in range(20, 60):
        head, verb, noun = texts(drawn(view, "multiply", width))
        assert head.split()[-1] == "input"
        assert [row.split()[-1] for row in (verb, noun)] == ["0.00", "−0.50"]


def test_side_by_side_the_bar_of_add_has_seven_cells_wherever_the_input_stands_before_it():
    view = view_of(biased(), t=1, phase="add")
    with_input = 0
    for width in range(12, 130):
        sizes = {column.head or column.kind: size for column, size in lay_out(view, phase_of(view, "add"), width)}
        with_input += "input" in sizes
        assert "input" not in sizes or sizes["bar"] >= 7
    assert with_input > 80
    (of_wide,) = (column for column in columns(view, phase_of(view, "add")) if column.kind == "bar")
    (alone,) = (column for column in columns(replace(view, wide=False), phase_of(view, "add")) if column.kind == "bar")
    assert (of_wide.wished, alone.wished) == (7, 0)


def test_squash_is_drawn_on_the_scale_of_the_sum():
    assert texts(drawn(view_of(t=2, phase="squash"), "squash", 40)) == [
        "                                  memory",
        "→                │████████▌        +0.57",
        "→                │███████▍         +0.49",
    ]


def test_a_phase_to_come_keeps_its_place_and_shows_no_value():
    assert texts(drawn(view_of(t=1, phase="read"), "add", 40)) == [
        "+ ·                                     ",
        "+ ·      ·        ·                    ·",
        "· +      ·        ·                    ·",
    ]
    assert texts(drawn(view_of(t=1, phase="read"), "squash", 40)) == [
        " " * 40,
        " " * 39 + "·",
        " " * 39 + "·",
    ]


def test_where_phases_stand_alone_every_one_has_the_names():
    rows = texts(drawn(view_of(t=2, phase="squash", wide=False), "squash", 40))

    assert [row[:5] for row in rows[1:]] == ["▸verb", " noun"]


def test_units_without_names_have_their_numbers():
    view = view_of(trace_of(model(unit_names=None), "kick"), phase="multiply")

    assert [row[:2] for row in texts(drawn(view, "multiply", 40))] == [" #", "▸1", " 2"]


def test_only_the_visible_units_are_drawn_and_their_columns_stay_where_they_are():
    trace = trace_of(build(hidden=40), "the dog")

    low, high = (texts(drawn(view_of(trace, scene={"unit": first}, count=5), "multiply", 60)) for first in (0, 30))
    assert [row.split()[0].lstrip("▸") for row in low[1:]] == ["1", "2", "3", "4", "5"]
    assert [row.split()[0].lstrip("▸") for row in high[1:]] == ["31", "32", "33", "34", "35"]
    assert low[0] == high[0]


def test_taller_rows_have_thicker_bars_and_a_gap():
    rows = texts(drawn(view_of(t=2, phase="squash", pitch=4), "squash", 40))

    assert len(rows) == 1 + 2 * 4
    assert rows[1:5] == [
        "→                │████████▌        +0.57",
        "                 │████████▌             ",
        "                 │████████▌             ",
        " " * 40,
    ]


def test_a_bar_of_the_phase_at_work_grows_from_its_old_value_to_the_new_one():
    def bars(motion):
        return texts(drawn(view_of(t=0, phase="multiply", motion=motion), "multiply", 40))[1][17:33]

    assert bars(0.0).strip() == "│"
    assert bars(0.0).count("█") < bars(0.5).count("█") < bars(1.0).count("█")


def test_a_sum_grows_from_what_was_remembered():
    start = texts(drawn(view_of(t=2, phase="add", motion=0.0), "add", 60))[2]
    end = texts(drawn(view_of(t=2, phase="add"), "add", 60))[2]

    assert "█│" in start.replace("▐", "█")  # noun remembers −0.46 …
    assert "│█" in end  # … and dog makes it +0.54


def test_phases_that_are_done_do_not_move():
    still, moving = (drawn(view_of(t=0, phase="add", motion=motion), "multiply", 40) for motion in (1.0, 0.0))

    assert texts(still) == texts(moving)


def test_where_there_is_no_room_the_least_needed_columns_go_first():
    view = view_of(t=2, phase="check")
    heads = {width: texts(drawn(view, "add", width))[0].split() for width in (60, 30, 25)}

    assert heads[60] == ["+", "−", "input", "memory", "sum"]
    assert "input" not in heads[25]
    assert heads[25][-2:] == ["memory", "sum"]


def test_the_picked_unit_has_a_background():
    rows = drawn(view_of(scene={"unit": 1}), "multiply", 40, COLOURED)

    grounds = [{segment.style.bgcolor for segment in row if segment.style} for row in rows]
    assert COLOURED.picked.bgcolor in grounds[2]
    assert COLOURED.picked.bgcolor not in grounds[1]


def test_with_many_labels_the_weights_of_the_leading_one_are_not_shown_before_it_leads():
    trace = trace_of(build(labels=tuple("abcdefg"), hidden=3), "the dog")
    before, after = (drawn(view_of(trace, t=1, phase=phase), "check", 30) for phase in ("squash", "check"))

    assert all(row.strip() in ("", "·") for row in texts(before))
    assert all(text_of(row)[0] in "+−·" for row in after[1:])


def test_the_columns_stand_in_the_same_cells_at_every_position():
    trace = trace_of(build("lstm", None, hidden=5, seed=2), "the dog barked and slept")
    for name in ("multiply", "gates", "write", "expose", "check"):
        sizes = set()
        for t in range(len(trace)):
            for place in trace.model.phases:
                view = view_of(trace, t=t, phase=place.name)
                sizes.add(tuple(size for _, size in lay_out(view, phase_of(view, name), 70)))
        assert len(sizes) == 1


# What a phase was before an edit


def edited(own, text, *edits, t, phase, **fields):
    before = trace_of(own, text)
    after = run(*apply_edits(own, own.tokenize(text), edits))
    return view_of(after, t, phase, before=before, origins=origins(len(before), edits), **fields)


def underlined(row):
    return "".join(segment.text for segment in row if segment.style and segment.style.underline)


def test_the_bar_of_a_sum_has_a_mark_where_it_ended():
    # verb remembers 0.64 · ½, noun −0.46 · ½ + 1 from dog
    view = edited(model(), "kick and dog", ScaleMemory(0.5), t=2, phase="add")

    assert texts(drawn(view, "add", 40))[1:] == [
        "+ ·   0.00 +  +0.18 =      │▉  ╎   +0.18",
        "· +  +1.00 +  −0.23 =     ░│██╎▉░  +0.77",
    ]


def test_a_phase_to_come_has_no_mark_yet():
    view = edited(model(), "kick and dog", ScaleMemory(0.5), t=2, phase="multiply")

    assert GHOST not in "".join(texts(drawn(view, "add", 40)))


def test_the_weights_that_an_edit_changed_are_underlined_and_no_others():
    view = edited(model(), "kick and dog", SetParameter("weight_ih", (0, 1), -0.5), t=2, phase="check")

    verb, noun = (drawn(view, name, 40, COLOURED)[1:] for name in ("multiply", "add"))
    # kick, and, dog is the order of the sentence, and dog is word 2 of the vocabulary
    assert [underlined(row).strip() for row in verb] == ["−", ""]
    assert [underlined(row) for row in noun] == ["", ""]


def test_the_weights_of_the_output_nodes_are_underlined_where_they_were_others():
    view = edited(model(), "kick", SetParameter("fc.weight", (1, 0), 0.5), t=0, phase="check")

    assert [underlined(row).strip() for row in drawn(view, "check", 40, COLOURED)[1:]] == ["+", ""]


def test_a_vote_has_a_mark_where_the_weight_behind_it_was_another():
    view = edited(model(), "kick", SetParameter("fc.weight", (1, 0), 0.5), t=0, phase="check")
    verb, noun = texts(drawn(view, "check", 60))[1:]

    assert GHOST in verb
    assert GHOST not in noun


def test_another_word_has_no_past_but_what_follows_it_has():
    new, after = (edited(model(), "kick and dog", ReplaceWord(1, "dog"), t=t, phase="add") for t in (1, 2))

    assert GHOST not in "".join(texts(drawn(new, "add", 60)))
    assert GHOST in "".join(texts(drawn(after, "add", 60)))


@pytest.mark.parametrize(
    ("cell", "phases"), [("gru", ("gates", "candidate", "blend")), ("lstm", ("gates", "write", "expose"))]
)
def test_every_phase_of_a_cell_with_gates_has_its_marks(cell, phases):
    own = build(cell, None, hidden=4, seed=4)
    view = edited(own, "the dog barked", ScaleMemory(0.0), t=2, phase="check")

    assert all(GHOST in "".join(texts(drawn(view, name, 90))) for name in phases)


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize("inputs", INPUT_KINDS)
@settings(max_examples=20)
@given(
    width=st.integers(20, 130),
    wide=st.booleans(),
    pitch=st.integers(1, 5),
    place=st.integers(0, 29),
    count=st.integers(1, 3),
)
def test_every_row_is_as_wide_as_was_asked_for(cell, activation, readout, inputs, width, wide, pitch, place, count):
    trace = _recorded(cell, activation, readout, inputs)
    names = [phase.name for phase in trace.model.phases]
    t, at = divmod(place, len(names))
    view = view_of(trace, t=min(t, len(trace) - 1), phase=names[at], wide=wide, pitch=pitch, count=count)

    for name in names[1:]:
        rows = drawn(view, name, width, COLOURED)
        others = count < trace.model.hidden_size and names.index(name) <= at
        assert widths(rows) == {width}
        assert len(rows) == 1 + count * pitch + others
        assert not obeyed(rows)


_TRACES = {}


def _recorded(*kind):
    if kind not in _TRACES:
        _TRACES[kind] = trace_of(build(*kind, hidden=3, unit_names=(NASTY, "日本語", "")))
    return _TRACES[kind]
