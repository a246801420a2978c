"""The textbook's diagram as exact strings, and what of it is seen: nothing that has not been computed yet."""

from __future__ import annotations

import re

import pytest

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.changes import without_memory
from rnn_tui.network.trace import run
from rnn_tui.pictures.lenses.diagram import draw, pick_at
from rnn_tui.pictures.picks import PhasePick, WordPick
from rnn_tui.shelf import load, paths
from rnn_tui.text import number, percent, quantity
from tests.builders import CELL_KINDS, build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, obeyed, texts, view_of, widths

NUMBER = re.compile(r"≠?([+−][0-9.]+(?:e−?[0-9]+)?|[0-9]\.[0-9]{2})(?![0-9])")
SIZES = [(1, 1), (12, 3), (20, 2), (30, 4), (46, 6), (49, 8), (78, 6), (78, 13), (98, 20), (118, 25), (158, 34)]
FOUR = "the dog and the cat"


def drawn(width, height, palette=PLAIN, **fields):
    return draw(None, view_of(**fields), width, height, palette)


def seen(trace, t, phase, width=78, height=13, **fields):
    """All rows as one text."""
    return "\n".join(texts(drawn(width, height, trace=trace, t=t, phase=phase, **fields)))


def test_small_it_is_the_chain_with_the_arrow_at_work_lit():
    assert texts(drawn(60, 6, t=1, phase="add")) == [
        "             Negative 82%                                   ",
        "                   ▲                ┊                ┊      ",
        " start ─0.00──▸│ +0.76 │━+0.76━▸┊       ┊┄┄┄┄┄┄┄▸┊       ┊  ",
        "             +1.00 ▲           0.00 ▲                ┊      ",
        "                 kick              and              dog     ",
        " ━━ 2 Add · same weights W at every step · values: verb     ",
    ]


def test_with_more_rows_the_boxes_have_frames_and_the_numbers_stand_above_the_arrows():
    assert texts(drawn(60, 9, t=2, phase="check")) == [
        "             Negative 82%     Negative 90%     Negative 54% ",
        "                   ▲                ▲                ▲      ",
        "               ╭───────╮        ╭───────╮        ╭───────╮  ",
        "         0.00  │ verb  │ +0.76  │ verb  │ +0.64  │ verb  │  ",
        " start ───────▸│ +0.76 │───────▸│ +0.64 │───────▸│ +0.57 │  ",
        "               ╰───────╯        ╰───────╯        ╰───────╯  ",
        "             +1.00 ▲           0.00 ▲           0.00 ▲      ",
        "                 kick              and              dog     ",
        " ━━ 3 Check · same weights W at every step · values: verb   ",
    ]


def test_large_the_rolled_network_stands_beside_it():
    assert texts(drawn(80, 13, t=1, phase="squash")) == [
        " rolled            unrolled: one cell, drawn once a word  values: verb          ",
        "  answer                       Negative 82%                                     ",
        "     ┊                               ▲                ┊                ┊        ",
        "     ┊                               │                ┊                ┊        ",
        " ┏━━━━━━━┓ memory                ╭───────╮        ┏━━━━━━━┓        ╭┄┄┄┄┄┄┄╮    ",
        " ┃ Elman ┃──╮              0.00  │ verb  │ +0.76  ┃ verb  ┃        ┊ verb  ┊    ",
        " ┃       ┃◂─╯  =   start ───────▸│ +0.76 │───────▸┃ +0.64 ┃┄┄┄┄┄┄┄▸┊       ┊    ",
        " ┗━━━━━━━┛                       ╰───────╯        ┗━━━━━━━┛        ╰┄┄┄┄┄┄┄╯    ",
        "     ▲                               ▲                ▲                ┊        ",
        "     │                               │ +1.00          │ 0.00           ┊        ",
        "     │                               │                │                ┊        ",
        " each word                         kick              and              dog       ",
        " ━━ Squash: squash into −1 … 1 · same weights W at every step                   ",
    ]


def test_in_notation_it_has_the_symbols():
    assert texts(drawn(60, 9, t=0, phase="multiply", scene={"notation": True})) == [
        "                                                            ",
        "                 ┊                ┊                ┊        ",
        "             ╭┄┄┄┄┄┄┄╮        ╭┄┄┄┄┄┄┄╮        ╭┄┄┄┄┄┄┄╮    ",
        "             ┊h_1[1] ┊        ┊h_2[1] ┊        ┊h_3[1] ┊    ",
        " h_0 ┄┄┄┄┄┄┄▸┊       ┊┄┄┄┄┄┄┄▸┊       ┊┄┄┄┄┄┄┄▸┊       ┊    ",
        "             ╰┄┄┄┄┄┄┄╯        ╰┄┄┄┄┄┄┄╯        ╰┄┄┄┄┄┄┄╯    ",
        "                 ▲ +1.00          ┊                ┊        ",
        "             x_1 kick          x_2 and          x_3 dog     ",
        " ━━ 1 Multiply · same weights W · values: verb              ",
    ]


def test_an_lstm_has_two_lanes_and_its_gates():
    trace = trace_of(build("lstm", None, hidden=4), FOUR)
    assert texts(drawn(82, 20, trace=trace, t=1, phase="write")) == [
        " rolled            unrolled  values: unit 3 · arrows: keep · words 1–3 of 5       ",
        "  answer                        Positive 54%                                      ",
        "     ┊                                ▲                ┊                ┊         ",
        " ╭┄┄┄┄┄┄┄╮ memory           63%   ╭───────╮  36%   ╭┄┄┄┄┄┄┄╮        ╭┄┄┄┄┄┄┄╮     ",
        " ┊ LSTM  ┊──╮        cell ───────▸│ −0.40 │━━━━━━━▸┊ −0.81 ┊┄┄┄┄┄┄┄▸┊       ┊┄▸›  ",
        " ┊       ┊◂─╯  =   memory ───────▸│ −0.17 │───────▸┊       ┊┄┄┄┄┄┄┄▸┊       ┊┄▸›  ",
        " ╰┄┄┄┄┄┄┄╯                        ╰───────╯        ╰┄┄┄┄┄┄┄╯        ╰┄┄┄┄┄┄┄╯     ",
        "     ▲                                ▲                ▲                ┊         ",
        " each word                           the              dog              and        ",
        "                                                                                  ",
        " inside the cell at this word                                                     ",
        "   cell −0.40 ━━━━━━━━━×━━━━━━━━━━━━━━+━━━━━━━━━━━━━━━━━━━━━┬━━━▸ cell −0.81      ",
        "                       ▲              ▲                     ┊                     ",
        "                       ┃         ╭━━━━×━━━━╮             squash                   ",
        "                       ┃         ┃         ┃                ┊                     ",
        "                       ┃         ┃         ┃         ╭┄┄┄┄┄┄×┄┄┄▸ memory ·        ",
        "                   keep 36%  write 67% new −0.99 show 68%                         ",
        "   memory ─────────┬───┴─────────┴─────────┴─────────╯                            ",
        "   “dog” ──────────╯                                                              ",
        " ━━ Write: keep and write · same weights W at every step                          ",
    ]


def test_a_gru_has_its_gates():
    trace = trace_of(build("gru", None, hidden=4), FOUR)
    assert texts(drawn(82, 20, trace=trace, t=1, phase="candidate")) == [
        " rolled            unrolled  values: unit 1 · arrows: keep · words 1–3 of 5       ",
        "  answer                       Positive 89%                                       ",
        "     ┊                               ▲                 ┊                 ┊        ",
        " ┏━━━━━━━┓ memory                ╭───────╮         ┏━━━━━━━┓         ╭┄┄┄┄┄┄┄╮    ",
        " ┃  GRU  ┃──╮              55%   │unit 1 │   45%   ┃unit 1 ┃         ┊unit 1 ┊    ",
        " ┃       ┃◂─╯  =  start ────────▸│ −0.01 │────────▸┃       ┃┄┄┄┄┄┄┄┄▸┊       ┊┄▸› ",
        " ┗━━━━━━━┛                       ╰───────╯         ┗━━━━━━━┛         ╰┄┄┄┄┄┄┄╯    ",
        "     ▲                               ▲                 ▲                 ┊        ",
        "     │                               │                 │                 ┊        ",
        " each word                          the               dog               and       ",
        "                                                                                  ",
        " inside the cell at this word                                                     ",
        "   memory −0.01 ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄×┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄+┄┄▸ memory ·           ",
        "                                      ┊                   ┊                       ",
        "                                  keep 45% ┄┄┄ 1 − keep ┄▸×                       ",
        "                                                          ┊                       ",
        "   memory ━━━━━ weights ━━×━━━━━▸ new +0.96 ━━━━━━━━━━━━━━╯                       ",
        "                          ▲           ▲                                           ",
        "                      reset 78%     “dog”                                         ",
        " ━━ Candidate: propose a new memory · same weights W at every step                ",
    ]


def told(view):
    """The numbers that have been answered at a view's position, where answers are numbers, in their unit."""
    outputs = view.trace.values.get("outputs", ())
    return [value for t, row in enumerate(outputs) if view.knows("outputs", t) for value in row]


def known_numbers(view):
    """Every number of the picked unit that has been computed at a view's position, as it may be shown."""
    trace, unit, cell = view.trace, view.unit, view.model.cell
    found = {number(float(state[unit])) for state in trace.initial.values()}
    for t in range(view.t + 1):
        for name, values in trace.values.items():
            if not view.knows(name, t):
                continue
            if name in ("ih", "hh") and not cell.gates:
                found |= {number(float(values[t][unit]))}
                found |= {number(float(cell.remembered(values[t])[unit]))} if name == "hh" else set()
            elif values.shape[1] == cell.hidden_size:
                found.add(number(float(values[t][unit])))
    return found | {number(float(cell.bias_hh[unit]))}


@pytest.mark.parametrize(
    "name",
    [
        *paths(),
        *(f"{cell} {readout}" for cell, _ in CELL_KINDS[:1] for readout in ("mean", "max", "attention", "each")),
    ],
)
def test_every_number_is_the_traces_own_and_none_is_there_too_soon(name):
    model = load(name) if name in paths() else build(readout=name.split()[1], hidden=4, head=("tanh",))
    text = model.examples[0].text if model.tokenizer.kind == "numbers" or name not in paths() else "good"
    trace = run(model, model.tokenize(text))
    count = 0
    for t in (0, len(trace) - 1):
        for phase in model.phases:
            for size in ((78, 6), (118, 25)):
                view = view_of(trace, t, phase.name)
                rows = texts(draw(None, view, *size, PLAIN))
                given = [quantity(float(value)) for value in told(view)]
                apart = "|".join(map(re.escape, [*(token.surface for token in trace.tokens), *given]))
                words = re.compile(rf"(?<![0-9.])(?:{apart})(?![0-9.])")  # and not inside a number
                shown = [found for row in rows[:-1] for found in NUMBER.findall(words.sub(" ", row))]
                assert set(shown) <= known_numbers(view), (phase.name, t, set(shown) - known_numbers(view))
                count += len(shown)
    assert count >= 20


@pytest.mark.parametrize("cell", ["elman", "gru", "lstm"])
def test_what_stands_on_the_arrows_and_in_the_boxes(cell):
    # given the last phase of a word, then its numbers and those of the words before are there, in their order
    trace = trace_of(build(cell, hidden=4) if cell == "elman" else build(cell, None, hidden=4), "the dog and")
    view = view_of(trace, 2, "check")
    unit, rows = view.unit, texts(draw(None, view, 78, 6, PLAIN))
    boxes = [number(float(h[unit])) for h in trace.values["h"]]
    (lane,) = [row for row in rows if all(f"│ {box} │" in row for box in boxes)]
    assert [lane.index(f"│ {box} │") for box in boxes] == sorted(lane.index(f"│ {box} │") for box in boxes)
    if cell == "elman":
        brought = [number(float(ih[unit])) for ih in trace.values["ih"]]
        remembered = [number(float(trace.model.cell.remembered(hh)[unit])) for hh in trace.values["hh"]]
        (below,) = [row for row in rows if row.count("▲") == 3 and all(value in row for value in brought)]
        assert all(f"─{value}─" in lane for value in remembered)
        assert NUMBER.findall(below) == brought
    else:
        keep = trace.model.cell.keep_gate.letter
        arrows = rows[rows.index(lane) - (cell == "lstm")]
        assert re.findall(r"([0-9<>]+%)─", arrows) == [percent(float(z[unit])) for z in trace.values[keep]]


def test_a_sum_whose_shown_parts_do_not_give_it_is_about_it():
    signs = []
    for seed in range(12):
        trace = trace_of(build(hidden=4, seed=seed), FOUR)
        rows = texts(drawn(118, 25, trace=trace, t=3, phase="check"))
        parts, (sign, total) = [], (None, None)
        for row in rows[-5:]:
            parts += [float(found.replace("−", "-")) for found in re.findall(r"[▸s]  ([+−]?[0-9.]+) ─", row)]
            if found := re.search(r"\+ ──▸ (≈?)([+−]?[0-9.]+) ──▸", row):
                sign, total = found[1], float(found[2].replace("−", "-"))
                parts += [float(re.search(r"bias +([+−]?[0-9.]+) ─", row)[1].replace("−", "-"))]
        parts = parts[:3]
        assert len(parts) == 3
        assert (abs(sum(parts) - total) < 0.0051) == (sign == ""), (parts, sign, total)
        signs.append(sign)
    assert set(signs) == {"", "≈"}


def test_after_the_word_that_is_read_nothing_is_known():
    trace = trace_of(build(hidden=4), FOUR)
    before = seen(trace, 1, "read", 118, 25)
    assert before.count("%") == 1
    assert "▸dog◂" in before
    # when only the words to come differ, then the picture is the same but for these words
    other = trace_of(build(hidden=4), "the dog not the cat")
    for phase in trace.model.phases:
        view = {"t": 1, "phase": phase.name, "width": 118, "height": 25, "scene": {"unit": 2}}
        assert seen(trace, **view) == seen(other, **view).replace("not", "and"), phase.name


@pytest.mark.parametrize("readout", ["last", "each", "mean", "max", "attention"])
def test_of_a_covered_answer_nothing_shows(readout):
    trace = trace_of(build(readout=readout, hidden=4, head=("tanh",)), FOUR)
    turned = trace_of(build(readout=readout, hidden=4, head=("tanh",), labels=("No", "Yes")), FOUR)
    for phase in ("squash", *(phase.name for phase in trace.model.answering)):
        for size in ((78, 6), (118, 25)):
            covered = seen(trace, 3, phase, *size, scene={"hidden": True})
            assert "%" not in covered
            assert "ative" not in covered
            assert covered == seen(turned, 3, phase, *size, scene={"hidden": True})
            figure = number(float(trace.values[trace.model.reads][3][view_of(trace, 3).unit]))
            assert figure not in [found for row in covered.split("\n") for found in NUMBER.findall(row)] or (
                figure in known_numbers(view_of(trace, 3, "squash"))
            )
    assert "?" in seen(trace, 3, "check", scene={"hidden": True})


def test_without_its_memory_the_arrow_is_cut():
    assert "✕" not in seen(trace_of(build(hidden=4), FOUR), 2, "add")
    cut = seen(run(without_memory(build(hidden=4)), build().tokenize(FOUR)), 2, "add")
    assert "✕━" in cut
    assert "✕ no memory" in cut
    # and in a GRU the old memory still comes through the keep gate
    assert "no memory" not in seen(run(without_memory(build("gru", None)), build().tokenize(FOUR)), 2, "blend")
    assert "no memory" in seen(run(without_memory(build("lstm", None)), build().tokenize(FOUR)), 2, "write")


def test_a_value_that_is_held_has_its_mark():
    model = build(hidden=4)
    trace = run(*apply_edits(model, model.tokenize(FOUR), [parse_edit("hold h[2] 0.5 at 2")]))
    assert "≠+0.50" in seen(trace, 2, "add", scene={"unit": 1})
    assert "≠" not in seen(trace, 2, "add", scene={"unit": 2})


def test_the_same_weights_are_named_at_every_size():
    for width, height in SIZES[5:]:
        assert "same weights W" in seen(trace_of(build(hidden=4), FOUR), 1, "add", width, height)
    assert "same weights W at every step" in seen(trace_of(build(hidden=4), FOUR), 1, "add")


def test_a_long_sentence_keeps_the_current_word_in_sight():
    trace = trace_of(build(hidden=4), "the dog and the cat slept not " * 5)
    for t in range(len(trace)):
        for width, height in ((49, 8), (78, 6), (78, 13), (118, 25)):
            text = seen(trace, t, "read", width, height)
            assert f"▸{trace.tokens[t].surface}◂" in text
            first, last = map(int, re.search(r"words ([0-9]+)–([0-9]+) of 35", text).groups())
            assert first <= t + 1 <= last


def test_a_click_goes_to_a_word_or_to_a_phase_of_a_word():
    view = view_of(t=1, phase="squash")
    rows = texts(draw(None, view, 80, 13, PLAIN))

    def at(text, row, more=0):
        return pick_at(None, view, 80, 13, rows[row].index(text) + more, row)

    assert at("kick", 11) == WordPick(0)
    assert at("dog", 11) == WordPick(2)
    assert at("+0.76 │", 6) == WordPick(0)
    assert at("+1.00", 9) == PhasePick(1, 0)
    assert at("│ 0.00", 9) == PhasePick(1, 1)
    assert at("▸┃", 6) == PhasePick(2, 1)
    assert at("Negative", 1) == PhasePick(4, 0)
    assert at("▸┊", 6) == PhasePick(2, 2)
    assert at("squash", 12) is None
    assert pick_at(None, view, 10, 1, 3, 0) is None


def test_a_click_in_the_inside_goes_to_the_phase_that_makes_the_value():
    trace = trace_of(build("lstm", None, hidden=4), FOUR)
    view = view_of(trace, 1, "check")
    rows = texts(draw(None, view, 98, 25, PLAIN))
    names = [phase.name for phase in trace.model.phases]
    for text, phase in (("keep ", "gates"), ("squash", "expose"), ("▸ cell", "write"), ("▸ memory", "expose")):
        y = max(k for k, row in enumerate(rows[:-1]) if text in row)
        assert pick_at(None, view, 98, 25, rows[y].index(text), y) == PhasePick(names.index(phase), 1), text


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_row_is_as_wide_as_it_is_asked_to_be(width, height):
    for cell, activation in CELL_KINDS:
        trace = trace_of(build(cell, activation, "attention", hidden=4), FOUR)
        rows = drawn(width, height, COLOURED, trace=trace, t=2, phase="check")
        assert len(rows) <= height
        assert widths(rows) == {width}


def test_foreign_words_keep_the_columns():
    model = build(words=("<unk>", *NASTY.split()), unit_names=("日本語", "[b]", "e\u0301"), hidden=3)
    trace = run(model, model.tokenize(NASTY))
    for width, height in SIZES:
        for t in range(len(trace)):
            rows = drawn(width, height, trace=trace, t=t, phase="check")
            assert widths(rows) == {width}
            assert not obeyed(rows)


def test_numbers_beyond_all_bounds_are_drawn():
    trace = trace_of(build(activation="identity", hidden=3, scale=1e30), "the dog barked and slept")
    text = seen(trace, 4, "check", 118, 25)
    assert "∞" in text or "?" in text
