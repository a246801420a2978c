import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.edits import DropWord, ScaleMemory, apply_edits, origins
from rnn_tui.network.trace import run
from rnn_tui.pictures import memory as module
from rnn_tui.pictures.memory import memory_panel, memory_strip, off_screen, window
from rnn_tui.pictures.rows import text_of
from tests.builders import build, trace_of, wired
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths

LONG = trace_of(model(), " ".join(["kick", "and", "dog"] * 20))


def test_one_column_a_word_one_row_a_unit_and_last_the_answer_after_each_word():
    # the votes are ±(verb − noun), so the answer after "kick" is σ(2 · 0.76) = 82 % Negative
    assert texts(memory_strip(view_of(t=2, phase="check"), 40, PLAIN)) == [
        "       start   kick     and     dog     ",
        "▸verb  0.00    +0.76   +0.64   +0.57    ",
        " noun  0.00    0.00    −0.46   +0.49    ",
        " says         Neg 82% Neg 90% Neg 54%   ",
    ]


@pytest.mark.parametrize("phase", ["read", "multiply", "add"])
def test_what_has_not_been_computed_yet_is_not_shown(phase):
    assert texts(memory_strip(view_of(t=1, phase=phase), 40, PLAIN)) == [
        "       start   kick     and     dog     ",
        "▸verb  0.00    +0.76    ···      ·      ",
        " noun  0.00    0.00     ···      ·      ",
        " says         Neg 82%                   ",
    ]


def test_from_squash_on_the_new_state_is_there_and_from_check_on_the_answer():
    squash, check = (texts(memory_strip(view_of(t=1, phase=phase), 40, PLAIN)) for phase in ("squash", "check"))

    assert squash[1:] == [
        "▸verb  0.00    +0.76   +0.64     ·      ",
        " noun  0.00    0.00    −0.46     ·      ",
        " says         Neg 82%                   ",
    ]
    assert check == [*squash[:-1], " says         Neg 82% Neg 90%           "]


def test_while_the_class_is_to_guess_no_answer_is_said():
    rows = texts(memory_strip(view_of(t=1, phase="check", scene={"hidden": True}), 40, PLAIN))

    assert rows[-1] == " says            ?       ?              "


def test_the_answer_of_now_stands_out():
    says = memory_strip(view_of(t=1, phase="check"), 40, COLOURED)[-1]

    inks = {segment.text.strip(): segment.style for segment in says if "%" in segment.text}
    assert inks == {"Neg 82%": COLOURED.text, "Neg 90%": COLOURED.strong}


def test_units_out_of_sight_share_a_row_with_a_cell_each_below_every_word():
    # kick is tanh(1, −1, 0, 0.01), the last of which is too little to be seen; and is tanh(0.76, 0.24, 1, −0.99)
    own = wired([[1, 0], [-1, 1], [0, 1], [0.01, -1]], words=("kick", "and"))
    trace = trace_of(own, "kick and")
    done, reading = (view_of(trace, t=1, phase=phase, count=1, scene={"unit": 0}) for phase in ("check", "read"))

    assert texts(memory_strip(done, 30, PLAIN))[2] == " +3     ···     −··     ++−   "
    assert texts(memory_strip(reading, 30, PLAIN))[2] == " +3     ···     −··           "
    assert texts(memory_strip(view_of(trace, t=1, phase="check"), 30, PLAIN))[-1].startswith(" says")
    assert not any("+3" in row for row in texts(memory_strip(view_of(trace, t=1, phase="check"), 30, PLAIN)))


def test_what_stands_in_front_of_a_row_never_touches_its_first_cell():
    # given more than a hundred units that have only numbers, and a sentence that is longer than the strip
    trace = trace_of(build(hidden=130, seed=1), " ".join(["the", "dog"] * 10))
    for t in range(len(trace)):
        view = view_of(trace, t=t, phase="check", count=3, scene={"unit": 0})
        for width in range(20, 80):
            *_, others, says = texts(memory_strip(view, width, PLAIN))
            assert re.match(r" \+127 +[+−·]", others)
            assert re.match(r" says +[NP]\w* [<>]?\d+%", says)


def test_of_more_units_than_a_column_has_room_for_the_first_are_drawn():
    trace = trace_of(build(hidden=40, seed=1), "the dog")
    view = view_of(trace, t=1, phase="check", count=3, scene={"unit": 0})

    *_, row, says = texts(memory_strip(view, 30, PLAIN))

    shares = trace.values["h"][:, 3:9] / np.abs(trace.values["h"]).max()
    the, dog = (
        "".join("·" if abs(share) < 0.02 else "+" if share > 0 else "−" for share in of_word) for of_word in shares
    )
    assert row == f" +37  ······… {the}… {dog}… "
    assert says.startswith(" says")


def test_the_picked_unit_is_marked_and_has_its_background():
    rows = memory_strip(view_of(scene={"unit": 1}), 40, COLOURED)

    assert [row[:5] for row in texts(rows)[1:]] == [" verb", "▸noun", " says"]
    assert {segment.style.bgcolor for segment in rows[2] if segment.text.strip()} == {COLOURED.picked.bgcolor}
    others = [segment.style for row in (rows[1], rows[3]) for segment in row if segment.style]
    assert COLOURED.picked.bgcolor not in {style.bgcolor for style in others}


def test_taller_cells_repeat_their_colour_without_the_figures():
    rows = memory_strip(view_of(t=2, phase="check", memory_pitch=4), 40, COLOURED)

    assert len(rows) == 1 + 2 * 4 + 1
    assert text_of(rows[-1]) == " says         Neg 82% Neg 90% Neg 54%   "
    figures, echo, other_echo, gap = rows[1:5]
    assert "+0.76" in text_of(figures)
    assert text_of(echo).strip() == text_of(other_echo).strip() == text_of(gap).strip() == ""
    coloured = {segment.style for segment in figures} & {*COLOURED.positive_ramp}
    assert coloured <= {segment.style for segment in echo}


def test_a_long_sentence_scrolls_with_the_position():
    heads = [texts(memory_strip(view_of(LONG, t=t), 60, PLAIN))[0] for t in (0, 30, 59)]

    assert "start" in heads[0]
    assert "start" not in heads[1]
    assert heads[2].split()[-1] == "dog"


@given(st.integers(0, 59), st.integers(20, 150))
def test_the_current_word_is_always_among_the_columns(t, width):
    view = view_of(LONG, t=t)

    shown = window(view, width)

    assert shown.first <= t + 1 < shown.first + shown.count
    assert shown.name_width + shown.count * shown.cell <= width


def test_a_click_finds_the_column():
    shown = window(view_of(), 40)
    heads = texts(memory_strip(view_of(), 40, PLAIN))[0]

    assert [shown.column_at(heads.index(word)) for word in ("start", "kick", "and", "dog")] == [0, 1, 2, 3]
    assert shown.column_at(0) is None
    assert shown.column_at(400) is None


def test_what_is_off_screen_is_said_in_the_foot():
    view = view_of(LONG, t=30, scene={"unit": 1}, count=1)
    panel = memory_panel(view, "h", 63, 5, PLAIN)

    assert off_screen(view, window(view, 60)) == "unit 2 of 2 · words 28–34 of 60"
    assert "unit 2 of 2 · words 28–34 of 60" in text_of(panel[-1])
    assert off_screen(view_of(), window(view_of(), 60)) == ""


def test_the_panel_says_what_it_shows_in_words_or_in_notation():
    assert "the hidden state after each word" in texts(memory_panel(view_of(), "h", 70, 5, PLAIN))[0]
    assert "h[t]" in texts(memory_panel(view_of(scene={"notation": True}), "h", 70, 5, PLAIN))[0]
    assert texts(memory_panel(view_of(), "h", 30, 5, PLAIN))[0].startswith("╭─ Memory ─")


def test_an_lstm_has_a_second_strip_that_is_known_one_phase_sooner():
    trace = trace_of(build("lstm", None, hidden=2), "the dog")
    view = view_of(trace, t=0, phase="write")

    h, c = (memory_strip(view, 40, PLAIN, name) for name in ("h", "c"))

    assert "···" in texts(h)[1]
    assert "···" not in texts(c)[1]
    assert f"{trace.values['c'][0][0]:.2f}".lstrip("-") in texts(c)[1]
    assert texts(h)[-1].startswith(" says")
    assert [row[:2] for row in texts(c)] == ["  ", "▸1", " 2"]  # the answer is read from the other one
    assert "long memory" in texts(memory_panel(view, "c", 80, 6, PLAIN))[0]


def test_every_value_on_one_scale_so_that_nothing_jitters():
    first, last = (memory_strip(view_of(t=t, phase="check"), 40, COLOURED)[1] for t in (0, 2))

    kicked = [next(segment for segment in row if "+0.76" in segment.text).style for row in (first, last)]
    assert kicked[0] == kicked[1]


def test_only_the_visible_columns_are_drawn(monkeypatch):
    trace = trace_of(model(), " ".join(["kick", "and"] * 5000))
    drawn = []
    number = module.number
    monkeypatch.setattr(module, "number", lambda value: drawn.append(value) or number(value))

    memory_strip(view_of(trace, t=9000, phase="check"), 100, PLAIN)

    assert 0 < len(drawn) < 2 * 20


@given(
    text=st.one_of(st.just(NASTY), st.text(min_size=1, max_size=30)),
    width=st.integers(24, 120),
    name=st.one_of(st.just(NASTY), st.text(max_size=12)),
)
def test_the_rows_are_as_wide_as_was_asked_for_whatever_the_words(text, width, name):
    trace = trace_of(model(unit_names=(name, "日本" * 20)), f"x {text}")
    rows = memory_strip(view_of(trace, phase="check"), width, COLOURED)

    assert widths(rows) == {width}
    assert not obeyed(rows)


# What the cells were before an edit


def edited(*edits, text="kick and dog", **fields):
    own = model()
    before = trace_of(own, text)
    after = run(*apply_edits(own, own.tokenize(text), edits))
    given = {"t": len(after) - 1, "phase": "check", **fields}
    return view_of(after, before=before, origins=origins(len(before), edits), **given)


def test_cells_that_an_edit_changed_have_an_arrow_where_there_is_one_line():
    # tanh(1) stays; then tanh(0.76) = 0.64 was, and tanh(0.38) = 0.36 is
    assert texts(memory_strip(edited(ScaleMemory(0.5), scene={"unit": 0}), 40, PLAIN))[1:] == [
        "▸verb  0.00    +0.76  +0.36↓  +0.18↓    ",
        " noun  0.00    0.00    −0.46  +0.65↑    ",
        " says         Neg 82% Neg 84% Pos 72%   ",
    ]


def test_cells_that_an_edit_changed_say_below_what_they_were():
    view = edited(ScaleMemory(0.5), memory_pitch=2, scene={"unit": 0})
    wide, narrow = (texts(memory_strip(view, w, PLAIN)) for w in (46, 40))

    assert wide[1:] == [
        "▸verb   0.00      +0.76     +0.36     +0.18   ",
        "                          was +0.64 was +0.57 ",
        " noun   0.00      0.00      −0.46     +0.65   ",
        "                                    was +0.49 ",
        " says            Neg 82%   Neg 84%   Pos 72%  ",
    ]
    assert narrow[2].split() == ["+0.64", "+0.57"]


def test_what_they_were_is_not_told_before_they_are():
    rows = texts(memory_strip(edited(ScaleMemory(0.5), memory_pitch=2, t=1, phase="check"), 60, PLAIN))

    assert "was +0.64" in rows[2]
    assert "+0.57" not in rows[2]


def test_a_word_has_its_own_past_wherever_it_stands_now():
    # without "kick", "and" is the first word: it was −0.46 for noun and +0.64 for verb
    rows = texts(memory_strip(edited(DropWord(0), memory_pitch=2), 60, PLAIN))

    assert rows[2].split() == ["was", "+0.64", "was", "+0.57"]
    assert rows[4].split() == []  # noun was and is −0.46, then +0.49


def test_thicker_cells_keep_their_colour_below_what_they_were():
    rows = memory_strip(edited(ScaleMemory(0.5), memory_pitch=4), 60, COLOURED)

    assert len(rows) == 1 + 2 * 4 + 1
    assert text_of(rows[-1]).split() == ["says", "Neg", "82%", "Neg", "84%", "Pos", "72%"]
    assert "was" in text_of(rows[2])
    assert {segment.style for segment in rows[1]} & {*COLOURED.positive_ramp} <= {s.style for s in rows[3]}


@given(
    edits=st.lists(st.sampled_from([ScaleMemory(0.1), DropWord(0), ScaleMemory(2.0)]), max_size=3),
    width=st.integers(24, 120),
    pitch=st.integers(1, 4),
)
def test_with_a_past_the_rows_are_as_wide_as_was_asked_for(edits, width, pitch):
    view = edited(*edits[:2], memory_pitch=pitch)

    assert widths(memory_strip(view, width, COLOURED)) == {width}
