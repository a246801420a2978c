"""A value in the middle that is held: its text form, where it fits, and what goes with it."""

import json

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.comparison import Comparison
from rnn_tui.edits import FORMS, Hold, Silence, apply_edits, of_words, parse_edit, without_words
from rnn_tui.network.arithmetic.phase_parts import part_of
from rnn_tui.network.arithmetic.units import UnitAtStep
from rnn_tui.network.errors import InputError, UserError
from rnn_tui.network.held import Held
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading
from rnn_tui.scene_text import arguments_of
from rnn_tui.traces import Traces
from tests.builders import build, scene_at
from tests.cli.test_main import complaint

TEXT = "the dog barked"


def traced(model, *typed, text=TEXT):
    return run(*apply_edits(model, model.tokenize(text), [parse_edit(edit) for edit in typed]))


@pytest.mark.parametrize(
    ("typed", "edit", "told"),
    [
        ("hold h[3] 0.5 at 2", Hold("h", 2, 0.5, 1), "unit 3 held at 0.50 at word 2"),
        ("  hold   c[1]  −2  at  10 ", Hold("c", 0, -2.0, 9), "the cell state of unit 1 held at −2.00 at word 10"),
        ("hold f[2] 1 at 1", Hold("f", 1, 1.0, 0), "the keep gate of unit 2 held at 100% at word 1"),
        ("hold g[2] 0.5 at 1", Hold("g", 1, 0.5, 0), "the new value of unit 2 held at 0.50 at word 1"),
        ("hold o[2] 1.5 at 1", Hold("o", 1, 1.5, 0), "the show gate of unit 2 held at 1.50 at word 1"),
    ],
)
def test_it_is_typed_and_told(typed, edit, told):
    assert parse_edit(typed) == edit
    assert parse_edit(edit.to_text()) == edit
    assert edit.told(build("lstm", None)) == told


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("hold", "it takes a value with its unit in brackets, a number, and “at” with a word, such as “hold h[3] 0.5"),
        ("hold h[3] 0.5", "it takes a value with its unit in brackets"),
        ("hold h 0.5 at 2", "it takes a value with its unit in brackets"),
        ("hold h[0] 0.5 at 2", "“0” is no place"),
        ("hold h[3] much at 2", "“much” is no number"),
        ("hold h[3] inf at 2", "“inf” is no number"),
        ("hold h[3] 0.5 at", "a place is missing"),
        ("hold h[3] 0.5 at 0", "“0” is no place"),
    ],
)
def test_what_is_none_is_said_in_one_line(typed, says):
    with pytest.raises(UserError, match="is no edit") as caught:
        parse_edit(typed)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("hold c[1] 0.5 at 1", "“hold c[1] 0.5 at 1”: “small” has no value c to hold, only h"),
        ("hold h[4] 0.5 at 1", "“hold h[4] 0.5 at 1”: there is no unit 4; the model has 3, so 1 to 3"),
        ("hold h[1] 0.5 at 4", "“hold h[1] 0.5 at 4”: there is no word 4 here, only 1 to 3"),
        ("hold h[1] 1e39 at 1", "“hold h[1] 1e+39 at 1”: no value can be so large; the largest is 3.4e+38"),
    ],
)
def test_what_does_not_fit_is_refused(typed, says):
    with pytest.raises(InputError) as caught:
        traced(build(), typed)
    assert str(caught.value) == says


def test_the_word_counts_after_the_edits_of_words_wherever_they_stand():
    model = build()
    for typed in (["hold h[1] 0.5 at 1", "drop 1"], ["drop 1", "hold h[1] 0.5 at 1"]):
        trace = traced(model, *typed)
        assert [token.text for token in trace.tokens] == ["dog", "barked"]
        assert trace.values["h"][0, 0] == 0.5
    with pytest.raises(InputError, match="there is no word 3 here, only 1 to 2"):
        traced(model, "hold h[1] 0.5 at 3", "drop 1")


@pytest.mark.parametrize("name", "ifgoch")
def test_silence_wins_wherever_it_stands(name):
    model = build("lstm", None)
    expected = traced(model, "silence 2").values
    hold = f"hold {name}[2] 0.5 at 2"
    for typed in ([hold, "silence 2"], ["silence 2", hold]):
        found = traced(model, *typed).values
        assert not found["h"][:, 1].any()
        np.testing.assert_array_equal(found["h"], expected["h"])
    # another unit is held all the same
    assert traced(model, "silence 2", f"hold {name}[1] 0.5 at 2").values[name][1, 0] == 0.5


def test_what_is_given_stays_as_it_is():
    model = build()
    tokens = model.tokenize(TEXT)
    made, held = apply_edits(model, tokens, [Hold("h", 0, 0.5, 1)])
    assert made is model
    assert tokens == model.tokenize(TEXT)
    assert [token.held for token in held] == [(), (Held("h", 0, 0.5),), ()]


def test_it_is_of_one_sentence():
    edits = (Hold("h", 0, 0.5, 1), Silence(2))
    assert [of_words(edit) for edit in edits] == [True, False]
    assert without_words(edits) == (Silence(2),)
    assert Reading("sentiment", "good", edits).of_text("bad").edits == (Silence(2),)
    assert not FORMS["hold"].of_network


def test_undo_finds_the_numbers_of_before():
    traces = Traces()
    reading = Reading("sentiment", "this movie is not good")
    before = traces.trace(reading).values["h"]
    held = traces.trace(Reading(reading.model, reading.text, (Hold("h", 2, 0.5, 3),))).values["h"]
    assert held[3, 2] == np.float32(0.5) != before[3, 2]
    np.testing.assert_array_equal(traces.trace(reading).values["h"], before)


def test_a_comparison_parts_where_the_value_is_held():
    model = build()
    comparison = Comparison(traced(model), traced(model, "hold h[1] 0.9 at 2"))
    assert comparison.same_network
    assert comparison.same_words
    assert comparison.parts_at == 1
    assert comparison.difference[1, 0] == pytest.approx(traced(model).values["h"][1, 0] - 0.9, abs=1e-6)


def test_the_arithmetic_says_that_it_is_held():
    trace = traced(build("lstm", None), "hold c[1] 0.5 at 2", "hold o[1] 0.25 at 2")
    found = {}
    for unit in (0, 1):
        at = UnitAtStep(trace.model, trace, trace[1], unit)
        made = [part_of(at, part) for phase in trace.model.cell.phases for part in phase.parts]
        found[unit] = [part.numbers for part in made if hasattr(part, "numbers") and "held" in part.numbers]
    assert found == {0: ["held at 0.250", "held at 0.500"], 1: []}


# On the command line


def test_the_json_has_the_held_value_and_what_follows(capsys):
    assert main(["trace", "-m", "recall-lstm", "-s", "abc", "--edit", "hold c[3] 0.5 at 2", "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert steps[1]["c"][2] == 0.5
    assert steps[2]["c_prev"][2] == 0.5
    assert steps[1]["h"][2] == pytest.approx(steps[1]["o"][2] * np.tanh(0.5), abs=1e-6)


def test_the_command_that_opens_a_scene_holds_it():
    trace = traced(build(), "hold h[3] 0.5 at 2")
    scene = scene_at(trace, 1, "squash", (Hold("h", 2, 0.5, 1),))
    arguments = arguments_of(scene, trace.model.floors)
    assert arguments[arguments.index("--edit") + 1] == "hold h[3] 0.5 at 2"


def test_a_comparison_with_and_without_it_is_told(capsys):
    assert main(["compare", "-m", "sentiment", "-s", "not good", "--edit", "hold h[3] 0.5 at 2"]) == 0
    assert "unit 3 held at 0.50 at word 2" in capsys.readouterr().out


def test_a_file_of_many_sentences_has_no_such_word(tmp_path, capsys):
    (tmp_path / "data.csv").write_text("text,label\ngood,Positive\n", encoding="utf-8")
    words = ["evaluate", "-m", "sentiment", str(tmp_path / "data.csv"), "--edit", "hold h[3] 0.5 at 1"]
    assert main(words) == 2
    assert "“hold h[3] 0.5 at 1” changes one sentence, and evaluate reads many" in complaint(capsys)


def test_a_network_is_saved_without_it(tmp_path, capsys):
    words = ["export", "-m", "sentiment", "-s", "not good", "-o", str(tmp_path / "o.safetensors")]
    assert main([*words, "--edit", "hold h[3] 0.5 at 2"]) == 1
    assert "nothing of the network is changed" in complaint(capsys)
