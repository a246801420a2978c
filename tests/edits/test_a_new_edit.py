"""Edits that the package doesn't have: a class with a `Form`, and the line that registers it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.cli.commands import PLAIN
from rnn_tui.cli.opening import open_scene
from rnn_tui.edits import FORMS, Form, WeightEdit, WordEdit, apply_edits, examples, parse_edit
from rnn_tui.edits.parts import finite
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from rnn_tui.scene_text import arguments_of
from rnn_tui.story.edits import consequence
from rnn_tui.story.spans import plain
from tests.builders import build, trace_of
from tests.cli.test_main import complaint


@dataclass(frozen=True)
class Bias(WeightEdit):
    """Every output bias becomes the same number."""

    value: float

    def to_text(self):
        return f"bias {self.value}"

    def told(self, model):
        return f"all biases at {self.value}"

    def changed(self, model):
        return replace(model, fc=replace(model.fc, bias=np.full_like(model.fc.bias, self.value)))


@dataclass(frozen=True)
class Backwards(WordEdit):
    """The words in the opposite order."""

    def to_text(self):
        return "backwards"

    def told(self, model):
        return f"the {model.tokenizer.unit}s from the last to the first"

    def changed(self, words, new, unit):
        return words[::-1]


TOYS = (
    Form("bias", "bias 0.5", "every output bias at 0.5", Bias, lambda text: Bias(finite(text))),
    Form("backwards", "backwards", "from the last word to the first", Backwards, lambda text: Backwards()),
)
EDITS = (Bias(0.5), Backwards())


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """The line that registers each."""
    for form in TOYS:
        monkeypatch.setitem(FORMS, form.name, form)


@pytest.mark.parametrize("edit", EDITS)
def test_its_text_reads_back(edit):
    assert parse_edit(edit.to_text()) == edit


def test_it_is_listed_and_its_errors_are_those_of_every_edit(capsys):
    assert main(["trace", "--edit", "help"]) == 2
    assert complaint(capsys).endswith("· move 3 1 · bias 0.5 · backwards\n")
    assert examples()[-2:] == ("bias 0.5", "backwards")
    with pytest.raises(UserError, match=r"“bias much” is no edit: “much” is no number, such as “bias 0.5” \(the edits"):
        parse_edit("bias much")
    with pytest.raises(UserError, match="did you mean backwards"):
        parse_edit("backward")


def test_it_is_applied():
    trace = trace_of(build())
    model, tokens = apply_edits(trace.model, trace.tokens, EDITS)
    assert np.array_equal(model.fc.bias, np.full_like(trace.model.fc.bias, 0.5))
    assert tokens == trace.tokens[::-1]


def test_it_stands_in_the_command_of_a_scene():
    # given a scene with both
    scene = Scene(Reading("kicking-and-screaming", "Kicking and screaming", EDITS))
    arguments = arguments_of(scene, build().floors)
    assert "--edit 'bias 0.5' --edit backwards" in shlex.join(arguments)
    # when its command is opened, then it is the same scene
    opened, trace = open_scene(PLAIN().parser().parse_args(arguments))
    assert opened == scene
    assert [token.surface for token in trace.tokens] == ["screaming", "and", "Kicking"]


def test_it_is_told_with_the_answer():
    before = trace_of(build())
    trace = run(*apply_edits(before.model, before.tokens, EDITS))
    told = plain(consequence(trace, before, EDITS, len(trace) - 1))
    assert told.startswith("With all biases at 0.5 and the words from the last to the first, ")


def test_an_edit_of_the_network_is_offered_where_those_of_words_are_not(capsys, tmp_path):
    (tmp_path / "a.csv").write_text("text,label\ndog,Positive\n", encoding="utf-8")
    assert main(["evaluate", "-m", "sentiment", str(tmp_path / "a.csv"), "--edit", "backwards"]) == 2
    assert "scale-memory, forget, activation, silence, set and bias work here" in complaint(capsys)
    assert main(["evaluate", "-m", "sentiment", str(tmp_path / "a.csv"), "--edit", "bias 0.5"]) == 0
    assert capsys.readouterr().out.startswith("sentiment with bias 0.5 on ")


@pytest.mark.parametrize("name", [name for name in FORMS if name not in ("bias", "backwards")])
def test_every_form_is_registered_under_its_name(name):
    form = FORMS[name]
    assert form.name == name == form.example.partition(" ")[0]
    assert isinstance(parse_edit(form.example), form.edit)
    assert form.of_network == issubclass(form.edit, WeightEdit)
