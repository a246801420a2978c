"""show: a walk for a notebook, the same as the exported page, and every wrong argument in one line."""

from __future__ import annotations

import pytest

import rnn_tui
from rnn_tui.cli import main
from rnn_tui.export.notebook import LEAST
from tests.builders import build
from tests.notebooks import frame_in, html_of

TEXT = "this movie is not good"
HOSTILE = "</iframe><script>alert(1)</script>' onload='alert(2) & \" &lt;"


def frame(shown):
    """The attributes of the one element of what a notebook is given."""
    return frame_in(html_of(shown))


def test_a_notebook_is_given_the_page_that_is_exported(tmp_path):
    shown = rnn_tui.show("sentiment", TEXT, at="3:add", unit=2, notation=True, edits="scale-memory 0.5")
    named = ["-m", "sentiment", "-s", TEXT, "--at", "3:add", "--unit", "3", "--notation", "--edit", "scale-memory 0.5"]
    assert main(["export", *named, "-o", str(tmp_path / "exported.html")]) == 0
    exported = (tmp_path / "exported.html").read_text(encoding="utf-8")
    shown.save(tmp_path / "saved.html")
    assert shown.page == exported == (tmp_path / "saved.html").read_text(encoding="utf-8")
    assert frame(shown) == {
        **frame(shown),
        "srcdoc": exported,
        "sandbox": "allow-scripts allow-forms",
        "height": str(shown.height),
    }


def test_in_a_console_it_says_what_opens_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shown = rnn_tui.show("tagger-two-way", "the old man", at="2:add", direction="backward")
    said = repr(shown)
    assert '.save("page.html")' in said
    assert "rnn-tui export -m tagger-two-way -s 'the old man' --at 2:add --direction backward -o page.html" in said
    own = rnn_tui.show(build(), "the dog barked")
    assert "rnn-tui export" not in repr(own)  # nobody else can open it by its name
    assert '.save("page.html")' in repr(own)


def test_the_model_the_text_and_the_place_are_those_that_are_named():
    shown = rnn_tui.show("sentiment-deep", ["this", "movie"], at="2:gates", layer=1, direction="backward", height=LEAST)
    floor = shown.trace.model.floors[shown.scene.position.floor]
    assert (floor.layer, floor.backward, shown.scene.position.t) == (1, True, 1)
    assert shown.scene.text == shown.trace.text == "this movie"
    model = rnn_tui.load("sentiment")
    assert rnn_tui.show(model).scene.text == model.examples[0].text
    assert rnn_tui.show(model, TEXT, edits="drop 4").trace.text == "this movie is good"


def test_nothing_of_a_text_or_a_name_is_markup(tmp_path):
    model = build(words=("<unk>", HOSTILE), labels=(HOSTILE, "b"), unit_names=(HOSTILE, "b", "c"))
    shown = rnn_tui.show(model, HOSTILE)
    attributes = frame(shown)
    assert set(attributes) == {"sandbox", "title", "width", "height", "style", "srcdoc"}
    assert attributes["srcdoc"] == shown.page
    assert HOSTILE not in shown.page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"at": "9:add"}, "at 9:add: the sentence has 5 words"),
        ({"at": "3:ad"}, "no phase is called “ad”"),
        ({"layer": 1}, "there is no layer 1; the model has 1, from 0"),
        ({"direction": "back"}, "there is no direction “back”; there are forward and backward"),
        ({"direction": "backward"}, "direction backward: layer 1 of the model reads forward alone"),
        ({"unit": 16}, "there is no unit 16; the model has 16 hidden units there, so 0 to 15"),
        ({"unit": -1}, "there is no unit -1"),
        ({"unit": "verb"}, "unit is “verb”, and is to be a whole number, from 0"),
        ({"layer": 0.5}, "layer is “0.5”, and is to be a whole number, from 0"),
        ({"at": 3}, 'at is “3”, and is to be "3:add"'),
        ({"height": 3}, f"a whole number of pixels from {LEAST}"),
        ({"edits": "silence 99"}, "99"),
    ],
)
def test_what_is_wrong_is_one_line(arguments, said):
    with pytest.raises(rnn_tui.UserError, match=r"^[^\n]+$") as raised:
        rnn_tui.show("sentiment", TEXT, **arguments)
    assert said in str(raised.value)


def test_a_model_without_a_text_of_its_own_needs_one():
    with pytest.raises(rnn_tui.UserError, match="brings no text of its own"):
        rnn_tui.show(build(examples=()))
