"""The what-if panel: what can be changed, what is, and what a click does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.edits import (
    Activation,
    DropWord,
    Forget,
    Hold,
    ReplaceWord,
    ScaleMemory,
    SetParameter,
    Silence,
    apply_edits,
)
from rnn_tui.network.tokens import WordTokenizer
from rnn_tui.network.trace import run
from rnn_tui.pictures.picks import EditPick, KeyPick, MemoryPick
from rnn_tui.pictures.whatif import pick_at, whatif_panel
from tests.builders import CELL_KINDS, build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths


def changed(*edits, text="kick and dog", t=0, phase="add", given=None, **fields):
    """A view of the model with edits in force."""
    own = model() if given is None else given
    scene = {"edits": edits, "what_if": True, **fields.pop("scene", {})}
    return view_of(run(*apply_edits(own, own.tokenize(text), edits)), t, phase, scene=scene, **fields)


def panel(view, width=80, height=3, palette=PLAIN):
    return whatif_panel(view, width, height, palette)


def test_without_edits_it_says_what_can_be_done():
    assert texts(panel(changed())) == [
        " memory ×1.00 ,├─────────●─────────┤.  f forget  a tanh→relu  o silence verb    ",
        " “kick”   r replace   i insert   d drop   { } move   h hold memory   n type     ",
        " nothing is changed: this is the network as it is                               ",
    ]


def test_the_knob_stands_where_the_memory_is():
    drawn = {factor: texts(panel(changed(ScaleMemory(factor))))[0] for factor in (0.0, 0.5, 2.0, 7.0)}

    assert "×0.00 ,●─────────┼─────────┤." in drawn[0.0]
    assert "×0.50 ,├────●────┼─────────┤." in drawn[0.5]
    assert "×2.00 ,├─────────┼─────────●." in drawn[2.0]
    assert "×7.00 ,├─────────┼─────────●." in drawn[7.0]


def test_two_scalings_are_one_factor():
    assert "×0.25" in texts(panel(changed(ScaleMemory(0.5), ScaleMemory(0.5))))[0]


def test_what_is_in_force_stands_in_its_order_with_the_chosen_one_marked():
    view = changed(ScaleMemory(0.5), Silence(1), scene={"chosen": 1})

    assert texts(panel(view))[2].rstrip() == ("  half the memory ✕  ▸noun silenced ✕  del takes out   tab next")


def test_with_one_edit_there_is_no_next_one():
    assert "tab" not in texts(panel(changed(Forget())))[2]


@pytest.mark.parametrize("chosen", range(6))
def test_of_many_edits_the_chosen_one_is_always_to_be_seen(chosen):
    edits = tuple(SetParameter("weight_hh", (0, 0), place / 8) for place in range(6))
    wide, narrow = (texts(panel(changed(*edits, scene={"chosen": chosen}), width=width))[2] for width in (80, 60))

    assert f"▸the weight from verb to verb at {chosen / 8:.2f} ✕" in wide
    assert f"▸…from verb to verb at {chosen / 8:.2f} ✕" in narrow
    assert all("del takes out   tab next" in row for row in (wide, narrow))


def clicked(view, width=80, height=3):
    """The text that is clicked by the kind of pick and what is picked, cell by cell of the panel."""
    found = {}
    for y, row in enumerate(texts(panel(view, width, height))):
        for x, character in enumerate(row):
            pick = pick_at(view, width, height, x, y)
            if pick is not None:
                found[type(pick), *pick] = found.get((type(pick), *pick), "") + character
    return found


def test_every_part_of_the_slider_goes_to_its_own_notch():
    clicks = clicked(changed())

    assert [clicks[MemoryPick, tenth] for tenth in (0, 1, 10, 20)] == ["├", "─", "●", "┤"]


def test_the_signs_beside_the_slider_are_one_notch_and_stop_at_its_ends():
    low, high = (clicked(changed(ScaleMemory(f))) for f in (0.0, 2.0))

    assert low[MemoryPick, 0] == ",●"
    assert low[MemoryPick, 1] == "─."
    assert high[MemoryPick, 19] == ",─"
    assert high[MemoryPick, 20] == "●."


def test_every_key_of_the_panel_can_be_clicked():
    clicks = clicked(changed(Forget(), Silence(0)))

    assert {key for kind, key in clicks if kind is KeyPick} == {
        "forget", "activation", "silence", "replace", "insert", "drop", "shift-back", "shift-on", "any-edit",
        "hold", "take-out", "choose",
    }  # fmt: skip
    assert {edit for kind, edit in clicks if kind is EditPick} == {0, 1}
    assert clicks[KeyPick, "forget"] == "f forget"
    assert clicks[EditPick, 1] == " ✕  "


def test_in_its_frame_a_click_finds_the_same_as_without():
    view = changed(Forget())

    assert clicked(view, 90, 5) == clicked(view, 90, 3)


def test_what_is_on_stands_out():
    def style(view, text):
        return next(segment.style.color for segment in panel(view, palette=COLOURED)[0] if segment.text == text)

    assert style(changed(Forget()), "forget") == COLOURED.accent.color
    assert style(changed(), "forget") == COLOURED.text.color
    assert style(changed(Silence(0), scene={"unit": 0}), "silence verb") == COLOURED.accent.color


def test_the_squash_is_the_one_now_and_the_one_that_comes_next():
    assert "a tanh→relu" in texts(panel(changed()))[0]
    assert "a relu→identity" in texts(panel(changed(Activation("relu"))))[0]
    assert "a identity→tanh" in texts(panel(changed(Activation("identity"))))[0]


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_gates_have_no_other_squash(cell):
    assert "→" not in texts(panel(view_of(trace_of(build(cell, None), "the dog"))))[0]


def test_in_the_arithmetic_a_weight_can_be_picked_and_then_the_keys_are_its_own():
    scene = {"arithmetic": True}
    before, picked = changed(scene=scene), changed(scene={**scene, "weight": 1})

    assert "h hold memory j k a weight n type" in texts(panel(before))[1]
    assert "h hold j k , . the weight n type" in texts(panel(picked))[1]
    assert "j k , . the weight from noun to verb" in texts(panel(picked, width=110))[1]
    in_notation = changed(scene={**scene, "weight": 1, "notation": True})
    assert "j k , . weight_hh[1,2]" in texts(panel(in_notation))[1]
    assert ",├" not in texts(panel(picked))[0]
    assert (KeyPick, "more") in clicked(picked)
    assert (KeyPick, "more") not in clicked(before)


def test_a_weight_that_is_not_in_this_phase_is_not_picked():
    view = changed(scene={"arithmetic": True, "weight": 1}, phase="squash")

    assert "j k a weight" in texts(panel(view))[1]


def test_with_room_it_has_a_frame_that_says_how_to_leave():
    rows = texts(panel(changed(), width=100, height=5))

    assert rows[0].startswith("╭─ What if  nothing on disk is changed ─")
    assert "0 original · y save as a model · x closes" in rows[-1]
    assert len(rows) == 5


def test_a_word_and_a_name_from_a_file_are_shown_and_not_obeyed():
    # given a word that would colour the terminal, and a unit whose name would too
    own = replace(model(unit_names=(NASTY, "noun")), tokenizer=WordTokenizer(punctuation="spaces"))
    view = changed(ReplaceWord(0, "\x1b[31m[red]\u202e"), Silence(0), given=own)
    # when they are listed
    rows = panel(view, width=100)
    # then they are there, and nothing of them is obeyed
    assert "␛[31m[red]" in texts(rows)[2]
    assert not obeyed(rows)


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
@given(
    width=st.integers(60, 140),
    height=st.sampled_from([3, 5]),
    arithmetic=st.booleans(),
    weight=st.none() | st.integers(0, 9),
    edits=st.lists(st.sampled_from([ScaleMemory(0.3), Forget(), Silence(0), DropWord(0)]), max_size=4),
)
def test_its_rows_are_as_wide_as_was_asked_for(cell, activation, width, height, arithmetic, weight, edits):
    trace = trace_of(build(cell, activation, unit_names=("a" * 40, "日本語" * 9, "")), "the dog")
    scene = {"edits": tuple(edits), "arithmetic": arithmetic, "chosen": max(0, len(edits) - 1), "weight": weight}
    view = view_of(trace, phase="check", scene=scene)

    rows = panel(view, width, height, COLOURED)

    assert len(rows) == height
    assert widths(rows) == {width}


@pytest.mark.parametrize(
    ("cell", "phase", "notation", "said"),
    [
        ("lstm", "multiply", False, "hold memory"),  # nothing that could be held is computed yet, so there is no number
        ("lstm", "gates", False, "hold show {o:.0%}"),
        ("lstm", "gates", True, "hold o {o:.2f}"),
        ("lstm", "write", False, "hold cell {c:.2f}"),
        ("lstm", "expose", False, "hold memory {h:.2f}"),
        ("lstm", "check", False, "hold memory {h:.2f}"),
        ("gru", "gates", False, "hold keep {z:.0%}"),
        ("gru", "candidate", False, "hold new {n:.2f}"),
        ("gru", "blend", False, "hold memory {h:.2f}"),
    ],
)
def test_the_number_at_work_can_be_typed_over(cell, phase, notation, said):
    trace = trace_of(build(cell, None), "the dog")
    view = view_of(trace, 1, phase, scene={"what_if": True, "unit": 1, "notation": notation})
    now = {name: float(array[1][1]) for name, array in trace.values.items() if array.shape[1] == 3}
    assert f"h {said.format(**now).replace('-', '−')}  " in texts(panel(view, width=110))[1]


def test_the_value_that_is_held_stands_there_and_stands_out():
    model = build("lstm", None)
    trace = run(*apply_edits(model, model.tokenize("the dog"), [Hold("f", 1, 0.25, 1)]))
    scene = {"what_if": True, "unit": 1}
    row = panel(view_of(trace, 1, "gates", scene=scene), width=110, palette=COLOURED)[1]
    assert next(segment.style.color for segment in row if segment.text == "hold keep 25%") == COLOURED.accent.color
    assert "hold show" in texts(panel(view_of(trace, 1, "gates", scene={**scene, "unit": 0}), width=110))[1]
