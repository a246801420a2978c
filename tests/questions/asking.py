"""Questions of every kind over shipped models and drawn networks, for the tests."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from rnn_tui.network.errors import UserError
from rnn_tui.questions.asking import question_at
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.place import Place
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.traces import Traces
from tests.builders import trace_of

FOLDER = Path(__file__).parents[2] / "models"
NAMES = sorted(path.stem for path in FOLDER.glob("*.safetensors"))
SHORTEST = 2


@cache
def traces():
    return Traces()


def texts(name):
    """The shortest example, the longest that is no monster, and one between."""
    model = traces().model(name)
    found = sorted((example.text for example in model.examples), key=lambda text: len(model.tokenize(text)))
    found = [text for text in found if SHORTEST <= len(model.tokenize(text)) <= 14]
    return dict.fromkeys([found[0], found[len(found) // 2], found[-1]])


def scenes(name):
    """Scenes of a shipped model, with their traces: early in a text, at the end of its middle word, and late."""
    for k, text in enumerate(texts(name)):
        reading = Reading(name, text)
        trace = traces().trace(reading)
        last = len(trace) - 1
        positions = ((0, 0), (last // 2, len(trace.model.phases) - 1), (last, 1))
        for t, phase in positions if k == 0 else positions[k : k + 1]:
            yield Scene(reading, position=Position(t, phase)), trace


def asked(kind, scene, trace, *, others=(), draws=6, seed=0):
    """The questions of a kind that some draws give at a scene, each once."""
    source = random.Random(f"{kind}:{seed}")
    place, found = Place(scene, trace, others=others), {}
    for _ in range(draws):
        try:
            text = KINDS[kind].draw(place, source)
            if text is not None:
                question = question_at(text, scene, trace, others)
                found[question.text] = question
        except UserError:
            continue
    return list(found.values())


def everything(scene, trace, *, others=(), draws=6, seed=0):
    """The questions of all kinds that some draws give."""
    for kind in KINDS:
        yield from asked(kind, scene, trace, others=others, draws=draws, seed=seed)


def at(model, text, t, phase, **shown):
    """A scene of a model that lies on no shelf, and its trace; `phase` by its name."""
    trace = trace_of(model, text)
    names = [known.name for known in model.phases]
    return Scene(Reading(model.name, text), position=Position(t, names.index(phase)), **shown), trace


def ask(form, model, text, t, phase, **shown):
    """The question of a text form over such a scene."""
    return question_at(form, *at(model, text, t, phase, **shown))
