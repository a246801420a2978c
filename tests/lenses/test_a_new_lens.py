"""A lens that the package doesn't have: what computes, draws and tells it, and three lines that register it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

import numpy as np
import pytest
from rich.segment import Segment

from rnn_tui.cli import main
from rnn_tui.comparison import Comparison
from rnn_tui.lenses import LENSES, lens
from rnn_tui.lenses.measuring import measure, question
from rnn_tui.lenses.record import Lens
from rnn_tui.network.errors import UserError
from rnn_tui.pair import Pair
from rnn_tui.pictures.lenses import PICTURES, picture_of
from rnn_tui.pictures.picks import WordPick
from rnn_tui.pictures.rows import sized
from rnn_tui.scene import Reading, Scene
from rnn_tui.scene_text import arguments_of
from rnn_tui.story.lenses import STORIES
from rnn_tui.story.spans import line, plain
from tests.builders import build, trace_of


@dataclass(frozen=True)
class Lengths:
    """The letters of each word."""

    letters: tuple[int, ...]


# What a module of `rnn_tui.lenses` has


def compute(trace, asked, progress):
    progress(1.0)
    return Lengths(tuple(len(token.surface) for token in trace.tokens))


def sweep_word(trace, word, t, progress):
    return np.full(len(trace), float(word))


def swept_already(measured):
    return False


def to_json(measured):
    return {"letters": list(measured.letters)}


# What a module of `rnn_tui.pictures.lenses` has


def draw(measured, view, width, height, palette):
    return [sized([Segment("#" * letters)], width) for letters in measured.letters][:height]


def pick_at(measured, view, width, height, x, y):
    return WordPick(y) if y < len(measured.letters) else None


# What a module of `rnn_tui.story.lenses` has


def tell(measured, trace, scene):
    return (line(f"All words have {sum(measured.letters)} letters."), line("So what? Nothing."))


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """The three lines that register it."""
    here = sys.modules[__name__]
    record = Lens(
        "letters", "Letters", "how long each word is", "how many letters each word has", load=lambda: here, slides=True
    )
    monkeypatch.setitem(LENSES, "letters", record)
    monkeypatch.setitem(PICTURES, "letters", lambda: here)
    monkeypatch.setitem(STORIES, "letters", lambda: here)


TEXT = ("-s", "Kicking and screaming")


def test_it_is_measured_once_for_all_positions():
    trace = trace_of(build())
    assert question("letters", trace, 0, 0) == question("letters", trace, 3, 2)
    assert measure(question("letters", trace, 0, 0), trace).letters == (3, 3, 6, 3, 5)


def test_it_is_printed_as_a_picture_with_its_words(capsys):
    assert main(["lens", "letters", *TEXT]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Letters  how long each word is"
    assert lines[1:4] == ["#" * 7, "#" * 3, "#" * 9]
    assert "All words have 19 letters." in lines


def test_it_is_printed_as_json(capsys):
    assert main(["lens", "letters", *TEXT, "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert (written["format"], written["lens"], written["letters"]) == (1, "letters", [7, 3, 9])


@pytest.mark.parametrize("command", [["lens"], ["compare"], ["trace"], ["walk"], []], ids=" ".join)
def test_it_is_in_the_help(command, capsys):
    assert main([*command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "letters" in shown
    assert ("how many letters each word has" in shown) == (command == ["lens"])


def test_it_is_a_lens_of_a_scene(capsys):
    assert main(["walk", *TEXT, "--lens", "letters"]) == 0
    assert main(["trace", *TEXT, "--lens", "letters"]) == 0
    capsys.readouterr()
    assert main([*TEXT, "--lens", "letters"]) == 1
    assert "no terminal" in capsys.readouterr().err


def test_it_is_a_lens_of_a_comparison(capsys):
    assert main(["compare", "-s", "dog", "-s", "the dog", "--lens", "letters", "--json"]) == 0
    capsys.readouterr()
    assert main(["compare", "-s", "dog", "-s", "the dog", "--lens", "letters"]) == 0
    assert "`rnn-tui lens letters` prints that of one side" in capsys.readouterr().err


def test_it_stands_in_the_text_form_of_a_scene_and_of_a_pair():
    trace = trace_of(build(), "dog")
    reading = Reading("m", "dog")
    scene, pair = Scene(reading, lens="letters"), Pair(reading, reading, lens="letters")
    assert arguments_of(scene, trace.model.floors)[-2:] == ["--lens", "letters"]
    assert pair.to_arguments(Comparison(trace, trace))[-2:] == ["--lens", "letters"]


def test_both_sides_of_a_comparison_are_told():
    from rnn_tui.story.comparing_lenses import tell_lenses

    traces = trace_of(build(), "dog"), trace_of(build(), "the dog")
    found = [measure(question("letters", trace, 0, 0), trace) for trace in traces]
    scenes = [Scene(Reading("m", "dog"), lens="letters")] * 2
    told = [plain(said) for said in tell_lenses("letters", found, Comparison(*traces), scenes, focus=0)]
    assert told[:2] == ["A: All words have 3 letters.", "B: All words have 6 letters."]


# An unknown one


def test_an_unknown_lens_is_refused_by_its_name():
    with pytest.raises(UserError, match=r"no lens is called “memroy”; there are memory, gradient, .*, letters"):
        lens("memroy")
    with pytest.raises(UserError, match="no lens is called “memroy”"):
        question("memroy", trace_of(build()), 0, 0)


def test_a_lens_without_a_picture_says_so(monkeypatch):
    monkeypatch.delitem(PICTURES, "letters")
    with pytest.raises(UserError, match="the lens “letters” has no picture"):
        picture_of("letters")


@pytest.mark.parametrize("name", [name for name in LENSES if name != "letters"])
def test_every_lens_is_registered_in_all_three_rooms(name):
    record, picture, story = LENSES[name], PICTURES[name](), STORIES[name]()
    assert record.name == name
    assert all(map(callable, (record.load().compute, record.load().to_json, picture.draw, picture.pick_at, story.tell)))
    assert callable(getattr(picture, "under", None)) == record.each_word
    assert callable(getattr(record.load(), "sweep_word", None)) == record.slides


def test_a_lens_says_which_model_has_what_it_needs():
    record = lens("attention")
    assert record.need.instead == "sentiment-attention"
    assert [name for name in LENSES if LENSES[name].need is not None] == ["units", "attention"]
    with pytest.raises(UserError, match=r"“small” has no attention: .*; the model sentiment-attention looks back"):
        measure(question("attention", trace_of(build(name="small")), 0, 0), trace_of(build(name="small")))
