"""`--edit`, wherever a model reads a sentence."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.edits import apply_edits, examples, parse_edit
from rnn_tui.network.trace import run
from tests.builders import build
from tests.cli.test_train import complaint

ARTICLE = ("-m", "kicking-and-screaming", "-s", "Kicking and screaming")


def options(*edits):
    return [word for edit in edits for word in ("--edit", edit)]


def test_a_trace_is_that_of_the_edited_network_and_sentence(capsys):
    # given edits of both
    edits = ("scale-memory 0.5", "word 2 dog", "silence 3", "insert 4 sunshine", "set fc.bias[1] 0.5")
    model = shelf.load("kicking-and-screaming")
    tokens = model.tokenize("Kicking and screaming")
    expected = run(*apply_edits(model, tokens, [parse_edit(edit) for edit in edits]))
    # when the sentence is traced with them
    assert main(["trace", *ARTICLE, *options(*edits), "--json"]) == 0
    # then it is what the edited network computes
    written = json.loads(capsys.readouterr().out)
    assert written["tokens"] == ["kicking", "dog", "screaming", "sunshine"]
    for t, step in enumerate(written["steps"]):
        for name in ("hh", "h", "logits", "probs"):
            assert np.array_equal(np.array(step[name], np.float32), expected.values[name][t]), name
    assert not any(step["h"][2] for step in written["steps"])


@pytest.mark.parametrize("form", examples())
def test_every_form_does_something(capsys, form):
    main(["trace", *ARTICLE, "--json"])
    before = json.loads(capsys.readouterr().out)

    assert main(["trace", *ARTICLE, *options(form), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["steps"] != before["steps"]


def test_an_activation_is_named_where_the_network_is(capsys):
    assert main(["walk", *ARTICLE, *options("activation relu")]) == 0
    assert capsys.readouterr().out.startswith("The model kicking-and-screaming: Elman relu, 4 hidden units.\n")
    assert main(["trace", *ARTICLE, *options("activation identity"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["activation"] == "identity"


def test_a_walk_goes_through_the_edited_sentence(capsys):
    assert main(["walk", *ARTICLE, *options("drop 2", "move 2 1", "insert 3 dog"), "--at", "3:read"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "The sentence “screaming Kicking dog”: 3 words." in lines
    assert "Word 3 of 3: dog." in lines


def test_a_place_counts_in_the_edited_sentence(capsys):
    assert main(["walk", *ARTICLE, *options("insert 4 dog"), "--at", "4:add"]) == 0
    capsys.readouterr()
    assert main(["walk", *ARTICLE, *options("drop 3"), "--at", "3:add"]) == 2
    assert "the sentence has 2 words, so 1 to 2" in complaint(capsys)


def test_a_lens_looks_at_the_edited_network(capsys):
    assert main(["lens", "memory", *ARTICLE, *options("forget"), "--json"]) == 0
    influence = np.array(json.loads(capsys.readouterr().out)["influence"])
    # without memory a word is in its own hidden state alone
    assert np.array_equal(influence, np.diag(np.diag(influence)))
    assert influence[0, 0] > 0


WRONG = [
    ("scale-memroy 0.5", "no edit is called “scale-memroy”, did you mean scale-memory? (the edits are: "),
    ("scale-memory -1", "“scale-memory -1” is no edit: it takes a number of 0 or above, such as “scale-memory 0.5” ("),
    ("scale-memory 1e39", "the memory can't be scaled by 1e+39"),
    ("silence 5", "there is no unit 5; the model has 4 hidden units, so 1 to 4"),
    ("set weight_hh[5,1] 0", "there is no weight_hh[5,1]; weight_hh is 4 × 4, counted from 1"),
    ("set weight_xh[1,1] 0", "no parameter is called “weight_xh”"),
    ("word 4 dog", "“word 4 dog”: there is no word 4 here, only 1 to 3"),
    ("word 1 hot dog", "“hot dog” is 2 words to “kicking-and-screaming”; an edit takes one word"),
    ("word 1 \x1b[31m", "“␛[31m” is 2 words"),
]


@pytest.mark.parametrize(("edit", "says"), WRONG)
@pytest.mark.parametrize("command", [["trace"], ["walk"], ["lens", "path"], []], ids=" ".join)
def test_a_wrong_edit_is_a_wrong_call(capsys, command, edit, says):
    assert main([*command, *ARTICLE, *options(edit)]) == 2
    assert says in complaint(capsys)


def test_edits_that_fit_no_more_are_a_wrong_call(capsys):
    assert main(["trace", *ARTICLE, *options("drop 3", "drop 2", "drop 1")]) == 2
    assert "“drop 1” would leave no word" in complaint(capsys)
    assert main(["trace", "-m", "sentiment-gru", *options("activation relu")]) == 2
    assert "“sentiment-gru” is GRU, whose functions are fixed" in complaint(capsys)


def test_a_wrong_edit_is_said_before_a_model_is_looked_for(capsys):
    assert main(["trace", "-m", "nowhere", *options("frogs")]) == 2
    assert "no edit is called “frogs”" in complaint(capsys)


@pytest.mark.parametrize(
    "command",
    [["trace"], ["walk"], ["lens"], ["generate"], ["evaluate"], []],
    ids=lambda words: " ".join(words) or "app",
)
def test_help_says_how_to_see_the_forms(capsys, command):
    assert main([*command, "--help"]) == 0
    said = "".join(capsys.readouterr().out.split())  # it may be broken anywhere, at a hyphen too
    assert "--editEDIT" in said
    assert "".join(examples()[0].split()) in said
    assert "--edithelplistsallforms" in said


def test_the_forms_are_listed(capsys):
    assert main(["trace", "--edit", "help"]) == 2
    assert complaint(capsys) == f"rnn-tui: the edits are: {' · '.join(examples())}\n"


def test_no_edit_changes_the_file(capsys, shelf_of):
    folder = shelf_of(small=build())
    path = folder / "small.safetensors"
    content = path.read_bytes()

    for form in ("scale-memory 0.5", "forget", "activation relu", "silence 3", "set weight_hh[1,2] 0.25", "drop 1"):
        assert main(["trace", "-m", "small", *options(form)]) == 0

    assert path.read_bytes() == content
    assert list(folder.iterdir()) == [path]
