"""Each kind of question on deep networks of each kind: its answer found again in what `trace --json` prints.

The path is followed here, and what is compared is worked out from the JSON alone, without the kinds' own code.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rnn_tui.export.practice import fields
from rnn_tui.export.trace_json import lines
from rnn_tui.network.trace import run
from rnn_tui.options.parser import OptionParser
from rnn_tui.options.scenes import add_scene_arguments, from_arguments
from rnn_tui.questions.kinds import KINDS as ASKED
from rnn_tui.traced import value_at
from tests.questions import from_json
from tests.questions.asking import asked
from tests.questions.deep import KINDS, recorded, scenes

STEP = 5


def printed(trace):
    return json.loads("\n".join(lines(trace)))


def again(trace, tokens=None, model=None):
    """What is printed of another run."""
    return printed(run(model or trace.model, trace.tokens if tokens is None else tokens))


def word(question, content, trace):
    label = content["labels"].index(content["prediction"]["label"])
    before = content["prediction"]["probability"]
    without = [trace.tokens[:k] + trace.tokens[k + 1 :] for k in range(len(trace))]
    changes = [abs(before - again(trace, tokens)["steps"][-1]["probs"][label]) for tokens in without]
    assert question["answer"] == content["tokens"][changes.index(max(changes))]


def exchanged(question, content, trace):
    one, other = (int(number) - 1 for number in question["text"].split()[1:])
    tokens = list(trace.tokens)
    tokens[one], tokens[other] = tokens[other], tokens[one]
    assert again(trace, tokens)["prediction"]["label"] == question["answer"]


def without_memory(question, content, trace):
    model = trace.model
    for index, layer in enumerate(model.layers):
        for cell, backward in zip(layer.cells, (False, True), strict=False):
            cut = replace(cell, weight_hh=cell.weight_hh * 0, bias_hh=cell.bias_hh * 0)
            model = model.with_cell(cut, index, backward=backward)
    assert again(trace, model=model)["prediction"]["label"] == question["answer"]


CHECKS = from_json.CHECKS | {
    "word": word,
    "exchanged": exchanged,
    "without-memory": without_memory,
}
UNCHECKED = {"next-phase", "other-cell"}
"""The phases are no part of the trace, and there is no other network beside these."""
OF_LABELS = {"label", "word", "exchanged", "probability", "without-memory"}
OF_NUMBERS = {"higher", "number"}


def test_every_kind_is_checked_here():
    assert CHECKS.keys() | UNCHECKED == set(ASKED)


@pytest.mark.parametrize("name", list(KINDS))
def test_the_answer_is_found_again_by_its_target(name):
    content, trace, seen = printed(recorded(name)), recorded(name), set()
    for scene, _ in scenes(name, STEP):
        for kind, check in CHECKS.items():
            for question in asked(kind, scene, trace, draws=3, seed=scene.position.t):
                check({**fields(question), "text": question.text}, content, trace)
                seen.add(kind)
    numbers = trace.model.output.is_number
    assert seen >= CHECKS.keys() - (OF_LABELS if numbers else OF_NUMBERS) - {"word"}
    assert not seen & (OF_LABELS if numbers else OF_NUMBERS)


@pytest.mark.parametrize("name", list(KINDS))
def test_every_question_about_one_number_has_a_target(name):
    trace = recorded(name)
    for scene, _ in scenes(name, 3):
        for kind in ("value", "sign", "direction", "largest", "probability", "number", "higher", "reading"):
            for question in asked(kind, scene, trace, draws=3):
                assert question.target is not None, question.text
                if kind == "value":
                    at = value_at(trace, question.target)
                    assert question.answer == pytest.approx(at, abs=0.005 + 1e-6), question.text


@pytest.mark.parametrize("name", list(KINDS))
def test_the_command_opens_the_scene(name):
    parser = OptionParser(add_help=False, allow_abbrev=False)
    add_scene_arguments(parser)
    trace = recorded(name)
    for scene, _ in scenes(name, 4):
        for kind in ("value", "next-phase", "direction"):
            for question in asked(kind, scene, trace, draws=1):
                arguments = parser.parse_args(question.command)
                opened = from_arguments(arguments, arguments.model, arguments.sentence, trace)
                assert opened == question.scene
