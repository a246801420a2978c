"""The presenter view of a small network, row by row."""

from __future__ import annotations

import pytest

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.cells import CELLS, register
from rnn_tui.network.cells.phases import Phase
from rnn_tui.network.trace import run
from rnn_tui.pictures.picks import UnitPick, WordPick
from rnn_tui.pictures.presenter.content import content
from rnn_tui.pictures.presenter.screen import pick_at, presenter
from rnn_tui.pictures.presenter.terms import terms_of
from rnn_tui.pictures.ribbon import laid_out
from rnn_tui.story import plain, tell
from rnn_tui.text import percent
from tests.builders import CELL_KINDS, HEAD_KINDS, INPUT_KINDS, READOUT_KINDS, build, trace_of, wired
from tests.network.test_a_new_cell import MGU
from tests.pictures.views import NASTY, PLAIN, model, obeyed, texts, view_of, widths


def drawn(view, width=80, height=23):
    rows = presenter(view, laid_out(view.trace), width, height, PLAIN)
    assert len(rows) == height
    assert widths(rows) == {width}
    return [row.rstrip() for row in texts(rows)]


def test_add_stands_as_an_addition_below_the_sentence_and_above_the_sentence_that_explains():
    assert drawn(view_of(t=2, phase="add", scene={"unit": 0})) == [
        "                               kick    and    dog",
        "                                 ●━━━━━━●━━━━━━◉",
        "  ▀▀▀▄   ▄▀▀▄ █▀▀▄ █▀▀▄                                     verb · unit 1 of 2",
        "  ▄▀▀    █▄▄█ █  █ █  █                                            word 3 of 3",
        "  █▄▄▄   █  █ █▄▄▀ █▄▄▀",
        "",
        "                ▄▀▀▄   ▄▀▀▄ ▄▀▀▄                       │",
        "   “dog”        █  █   █  █ █  █                       │",
        "                ▀▄▄▀ ▄ ▀▄▄▀ ▀▄▄▀                       │",
        "",
        "                ▄▀▀▄   ▄▀▀  █  █                       │█████████████▌",
        "  memory  ▄█▄   █  █   █▀▀▄ ▀▀▀█                       │█████████████▌",
        "           ▀    ▀▄▄▀ ▄ ▀▄▄▀    █                       │█████████████▌",
        "          ━━━━━━━━━━━━━━━━━━━━━━",
        "                ▄▀▀▄   ▄▀▀  █  █                       │█████████████▌",
        "     sum  ▀▀▀▀  █  █   █▀▀▄ ▀▀▀█                       │█████████████▌",
        "          ▀▀▀▀  ▀▄▄▀ ▄ ▀▄▄▀    █                       │█████████████▌",
        "",
        "                              sum: ▸ + ◂  +",
        "",
        "  2 Add what it remembers. Verb had +0.64 from “kick and”; “dog” brings 0.00;",
        "  together +0.64.",
        "",
    ]


def test_a_word_is_read_as_large_as_it_can_be():
    rows = drawn(view_of(t=1, phase="read"), 80, 23)
    assert sum("██" in row for row in rows) >= 9
    assert any("place 3 of 3" in row for row in rows)
    assert not any("▸" in row for row in rows)  # no unit has a number yet


def test_the_spotlight_is_on_the_picked_unit_and_the_others_are_a_row_of_heat():
    for unit in (0, 1):
        rows = drawn(view_of(t=2, phase="multiply", scene={"unit": unit}))
        assert any(f"{('verb', 'noun')[unit]} · unit {unit + 1} of 2" in row for row in rows)
        (heat,) = [row.split() for row in rows if "▸" in row]
        assert ("".join(heat)).removeprefix("input:").index("▸") == unit


def test_many_units_are_shown_around_the_picked_one_and_the_rest_is_hinted_at():
    trace = trace_of(build(hidden=120))
    for unit, ends in ((0, " ›"), (60, "‹›"), (119, "‹ ")):
        (heat,) = [row for row in drawn(view_of(trace, 1, "add", scene={"unit": unit})) if "▸" in row]
        assert ("‹" in heat, "›" in heat) == ("‹" in ends, "›" in ends)


@pytest.mark.parametrize("hidden", [2, 16, 120, 512])
@pytest.mark.parametrize(
    ("cell", "phase", "name"),
    [
        ("elman", "multiply", "input: "),
        ("elman", "add", "sum: "),
        ("elman", "squash", "memory: "),
        ("elman", "check", "votes: "),
        ("gru", "gates", "keep: "),
    ],
)
def test_the_row_of_all_units_has_its_name(cell, phase, name, hidden):
    trace = trace_of(build(cell, "tanh" if cell == "elman" else None, hidden=hidden))
    for width in (80, 120):
        for unit in (0, hidden // 2, hidden - 1):
            rows = drawn(view_of(trace, 1, phase, scene={"unit": unit}), width)
            (heat,) = [row for row in rows if "▸" in row and "◂" in row]
            assert heat.lstrip().startswith(name)


def test_on_a_tall_screen_the_words_are_large_with_a_line_under_the_one_of_now():
    rows = drawn(view_of(t=1, phase="add"), 100, 30)
    assert rows[4].strip() == "━" * 14
    assert set(rows[1]) <= set("▀▄█ ")


def test_words_that_have_no_large_letters_and_those_that_do_not_fit():
    trace = trace_of(build(words=("日本", "é", "the")), " ".join(["日本", "é", "the"] * 9))
    rows = drawn(view_of(trace, 12, "add"), 100, 30)
    assert "日本" in rows[1]
    assert (rows[1].lstrip()[0], rows[1][-1]) == ("‹", "›")


def test_a_click_on_a_word_or_a_unit_picks_it():
    view = view_of(t=1, phase="add")
    laid = laid_out(view.trace)
    for width, height in ((80, 23), (120, 34)):
        rows = texts(presenter(view, laid, width, height, PLAIN))
        y = next(y for y, row in enumerate(rows) if "▸" in row)
        picks = {pick_at(view, laid, width, height, x, y, PLAIN) for x in range(width)}
        assert picks == {None, UnitPick(0), UnitPick(1)}
        words = [pick_at(view, laid, width, height, x, 0, PLAIN) for x in range(width)]
        assert {WordPick(0), WordPick(1), WordPick(2)} <= set(words)
        assert pick_at(view, laid, width, height, 5, y - 2, PLAIN) is None
    # the spotlight is where its mark is
    x = rows[y].index("▸")
    assert pick_at(view, laid, width, height, x, y, PLAIN) == UnitPick(view.unit)


def test_a_name_that_is_a_terminal_s_command_is_not_obeyed():
    trace = trace_of(build(words=(NASTY, "a"), labels=(NASTY, "b"), unit_names=(NASTY, "u", "v")), "a a")
    for phase in ("read", "multiply", "add", "squash", "check"):
        for size in ((80, 23), (120, 34)):
            view = view_of(trace, 1, phase, scene={"unit": 0})
            assert obeyed(presenter(view, laid_out(trace), *size, PLAIN)) == set()


@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_every_phase_of_every_cell_and_readout_is_drawn(cell, activation, readout):
    trace = trace_of(build(cell, activation, readout, INPUT_KINDS[len(readout) % 3]))
    for phase in trace.model.phases:
        for t, size in ((0, (60, 17)), (2, (60, 13)), (len(trace) - 1, (80, 20)), (1, (200, 60))):
            for scene in ({"notation": True}, {"hidden": True}):
                rows = drawn(view_of(trace, t, phase.name, scene=scene), *size)
                assert size[1] < 17 or any(set(row) & set("▀▄█") for row in rows)
        assert phase.name == "read" or content(view_of(trace, 1, phase.name, wide=False), phase, 9).terms


@pytest.mark.parametrize("head", HEAD_KINDS[1:])
def test_a_head_shows_what_comes_in_and_what_goes_out(head):
    trace = trace_of(build(head=head))
    view = view_of(trace, 2, "head", wide=False)
    before, after = terms_of(view, view.phase)
    assert before.value == pytest.approx(float(trace[2].h[view.unit]))
    assert (after.sign, after.value) == ("→", pytest.approx(float(trace[2][f"head.{len(head) - 1}"][view.unit])))
    drawn(view)


@pytest.mark.parametrize("readout", ["mean", "max"])
def test_what_is_pooled_are_the_unit_s_values_at_the_words(readout):
    trace = trace_of(build(readout=readout))
    view = view_of(trace, 4, "pool", wide=False, scene={"unit": 1})
    *parts, result = content(view, view.phase, 9).terms
    states = [float(trace[t].h[1]) for t in range(5)]
    assert [part.value for part in parts] == pytest.approx(states)
    assert result.value == pytest.approx(sum(states) / 5 if readout == "mean" else max(states))
    assert [part.name for part in parts] == [f"“{word}”" for word in ("the", "dog", "barked", "and", "slept")]


def test_where_not_all_words_fit_those_that_count_are_there_and_the_rest_is_counted():
    trace = trace_of(build(readout="max"))
    view = view_of(trace, 4, "pool", wide=False, scene={"unit": 1})
    shown = content(view, view.phase, 3)
    largest = max(range(5), key=lambda t: trace[t].h[1])
    assert f"“{trace.tokens[largest].surface}”" in [term.name for term in shown.terms]
    assert len(shown.terms) == 3
    assert "and 3 more words" in shown.said


def test_attention_shows_the_weight_of_each_word_in_per_cent():
    trace = trace_of(build(readout="attention"))
    view = view_of(trace, 3, "attend", wide=False)
    *parts, result = content(view, view.phase, 9).terms
    assert [part.value for part in parts] == pytest.approx(trace[3]["attention"][:4].tolist())
    assert [part.figure for part in parts] == [percent(part.value) for part in parts]
    assert result.value == pytest.approx(float(trace[3]["context"][view.unit]))


def test_of_many_labels_those_that_lead_are_there_and_the_others_are_counted():
    trace = trace_of(build(labels=tuple("abcdefgh")))
    view = view_of(trace, 4, "check", wide=False)
    shown = content(view, view.phase, 3)
    leading = sorted(range(8), key=lambda k: -trace[4].probs[k])[:2]
    assert [term.name for term in shown.terms] == ["abcdefgh"[k] for k in leading]
    assert shown.terms[0].leads
    assert "and 6 others" in shown.said


def test_labels_that_share_the_first_rank_are_undecided():
    trace = trace_of(build(labels=tuple("abcdefgh"), scale=0.0))
    view = view_of(trace, 4, "check", wide=False)
    (term,) = content(view, view.phase, 3).terms
    assert term.name == "undecided"
    assert "undecided" in content(view, view.phase, 9).said


def test_a_phase_that_has_no_table_shows_its_values():
    # given a phase that says no more of itself than what it brings to light
    bare = Phase("bare", "Bare", "do something", "", ("h",))
    view = view_of(t=1, phase="squash", wide=False)
    (term,) = terms_of(view, bare)
    assert term.value == pytest.approx(float(view.step.h[view.unit]))
    assert term.name == "memory"


class Quiet(MGU):
    """A cell with a phase that brings nothing of a unit's own to light: a number a gate."""

    kind, kind_title = "quiet", "Quiet"
    phases = (MGU.phases[0], Phase("recall", "Recall", "recall", "", ("hh",)), *MGU.phases[1:])


@pytest.fixture
def quiet():
    register(Quiet)
    yield build("quiet", None)
    CELLS.pop("quiet")


@pytest.mark.parametrize("size", [(80, 23), (120, 36)])
def test_a_phase_without_a_number_of_the_unit_is_told_all_the_same(quiet, size):
    view = view_of(trace_of(quiet, "the dog"), t=1, phase="recall")
    assert terms_of(view, view.phase) == []
    assert any("recall" in row.lower() for row in drawn(view, *size))


def test_a_value_that_is_held_has_another_sign_before_it():
    base = model()
    edited = run(*apply_edits(base, base.tokenize("kick dog and"), [parse_edit("hold h[1] 0.5 at 2")]))
    view = view_of(edited, 1, "squash", wide=False, scene={"unit": 0})
    *_, result = terms_of(view, view.phase)
    assert (result.sign, result.figure) == ("≠", "+0.50")
    drawn(view)


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_where_there_is_hardly_any_room_the_numbers_are_there_in_plain_letters(cell, activation):
    # given the smallest screen, with the panel of edits open
    trace = trace_of(build(cell, activation))
    for phase in trace.model.phases[1:]:
        for scene in ({}, {"notation": True}):
            view = view_of(trace, 1, phase.name, scene=scene, wide=False)
            rows = drawn(view, 60, 14)
            small = [term.figure for term in content(view, phase, 1).terms]
            shown = "\n".join(rows)
            assert all(figure in shown for figure in small) or any(set(row) & set("▀▄") for row in rows)
            assert "".join(plain(tell(trace, view.scene)[0]).split()) in "".join(shown.split())


def test_where_the_input_is_all_zeros_the_number_is_called_the_bias():
    trace = trace_of(wired([[0.9]], bias_ih=[0.25], words=("dog",)), "zzzz dog")
    names = [
        next(term.name for term in terms_of(view, view.phase) if term.figure.lstrip("+") == figure)
        for view, figure in ((view_of(trace, 0, "add"), "0.25"), (view_of(trace, 1, "add"), "1.15"))
    ]
    assert names == ["bias", "“dog”"]
