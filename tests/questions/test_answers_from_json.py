"""Each kind of question on each shipped model: its answer found again in what `trace --json` prints, by its target.

The path is followed here, and what is compared is worked out from the JSON alone, without the kinds' own code.
"""

from __future__ import annotations

import io
import json
import re
import shlex
from contextlib import redirect_stdout
from functools import cache

import pytest

from rnn_tui.cli import main
from rnn_tui.cli.commands import PLAIN
from rnn_tui.export.practice import fields
from rnn_tui.options.scenes import from_arguments
from rnn_tui.questions.kinds import KINDS
from tests.questions import from_json
from tests.questions.asking import NAMES, asked, everything, scenes, traces

OTHERS = tuple(NAMES)


@cache
def printed_for(words):
    """What `rnn-tui trace … --json` prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(["trace", *words, "--json"]) == 0
    return json.loads(out.getvalue())


def printed(command, *more):
    """The same for the command of a question, with more arguments behind it; where it stands changes nothing."""
    program, *words = shlex.split(command)
    assert program == "rnn-tui"
    return printed_for((*without_options(words, {"--at": 1, "--unit": 1, "--hide": 0}), *more))


def without_options(words, options):
    """The words without some options; each has so many words behind it."""
    kept, skip = [], 0
    for word in words:
        if skip:
            skip -= 1
        elif word in options:
            skip = options[word]
        else:
            kept.append(word)
    return kept


def word(question, content, run):
    label = content["labels"].index(content["prediction"]["label"])
    before = content["prediction"]["probability"]
    changes = [
        abs(before - run(question["command"], "--edit", f"drop {k + 1}")["steps"][-1]["probs"][label])
        for k in range(len(content["tokens"]))
    ]
    most = changes.index(max(changes))
    meant = re.fullmatch(r"(.*?)(?: \(\w+ (\d+)\))?", question["answer"])
    assert meant[1].lower() == content["tokens"][most].lower()
    assert meant[2] in (None, str(most + 1))


def exchanged(question, content, run):
    one, other = map(int, question["text"].split()[1:])
    back = ["--edit", f"move {one + 1} {other}"] if other > one + 1 else []
    first = ["--edit", f"move {other} {one}"]
    assert run(question["command"], *first, *back)["prediction"]["label"] == question["answer"]


def without_memory(question, content, run):
    assert run(question["command"], "--edit", "forget")["prediction"]["label"] == question["answer"]


def other_cell(question, content, run):
    model = question["text"].split()[1]
    assert run(question["command"], "-m", model)["prediction"]["label"] == question["answer"]
    assert model != content["model"]


def next_phase(question, content, run):
    """The phases are no part of the trace: that of --at is followed by the one after it."""
    words = shlex.split(question["command"])
    at = words[words.index("--at") + 1].partition(":")[2]
    floors = traces().model(words[words.index("-m") + 1]).floors
    if any(floor.backward for floor in floors):
        return  # `test_asking_deep` walks through these
    phases = [phase for floor in floors for phase in floor.phases]
    following = (*phases[1:], phases[0])
    assert question["answer"] == next(
        after.title for one, after in zip(phases, following, strict=True) if one.name == at
    )


CHECKS = from_json.CHECKS | {
    "next-phase": next_phase,
    "word": word,
    "exchanged": exchanged,
    "without-memory": without_memory,
    "other-cell": other_cell,
}
NO_TARGET = ("next-phase", "word", "exchanged", "without-memory", "other-cell")
MANY_LABELS = ("names", "tagger", "tagger-two-way", "digits", "recall-elman", "recall-gru", "recall-lstm")
ALONE = ("kicking-and-screaming", "small-sums", "sun-or-rain", "names", "sunspots", "digits")
NOWHERE = (
    {("probability", name) for name in MANY_LABELS}
    | {("other-cell", name) for name in ALONE}
    | {("word", "digits"), ("word", "sun-or-rain")}
)
"""Kinds that are never drawn of a model: a guess among many labels, and a model that has no other with its words."""


OF_LABELS = ("label", "word", "exchanged", "probability", "without-memory", "other-cell")


def fits(kind, name):
    """Tell whether a kind is about what the model answers with: labels, or numbers."""
    numbers = traces().model(name).output.is_number
    return kind not in OF_LABELS if numbers else not KINDS[kind].of_numbers


def test_every_kind_is_checked_here():
    assert set(CHECKS) == set(KINDS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", list(KINDS))
def test_the_answer_is_found_again_by_its_target(kind, name):
    found = [question for scene, trace in scenes(name) for question in asked(kind, scene, trace, others=OTHERS)]
    assert bool(found) is ((kind, name) not in NOWHERE and fits(kind, name))
    for question in found[:8]:
        told = {**fields(question), "text": question.text}
        assert (question.target is None) is (kind in NO_TARGET)
        CHECKS[kind](told, printed(told["command"]), printed)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_opens_the_scene_in_which_the_answer_is_not_to_be_seen(name):
    for scene, trace in scenes(name):
        for question in everything(scene, trace, others=OTHERS, draws=2):
            arguments = PLAIN().parser().parse_args(question.command)
            opened = from_arguments(arguments, arguments.model, arguments.sentence, trace)
            assert opened == question.scene
            assert opened.hidden
            assert (opened.arithmetic, opened.what_if, opened.lens) == (False, False, None)
            if question.kind == "reading":  # the word that is read now is to be seen, and to be found
                continue
            reveals = question.reveals
            covered = reveals.phase > trace.model.on(reveals.floor).state_phase
            assert trace.order.index(opened.position) < trace.order.index(reveals) or covered


def test_a_question_about_a_traced_value_shows_it_where_it_reveals():
    for scene, trace in scenes("small-sums"):
        for question in asked("value", scene, trace, draws=20):
            found = re.match(r"steps\[(\d+)\]\.(\w+)", question.target)
            assert question.reveals.t == int(found[1])
            assert found[2] in trace.model.phases[question.reveals.phase].shows


def test_the_models_are_loaded_by_name_alone():
    assert set(NAMES) >= {"small-sums", "kicking-and-screaming", "sentiment-attention"}
    assert traces().model("small-sums").hidden_size == 3
