"""Questions of every kind over shipped models, and traces that differ from theirs in what is covered alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
from textual.events import Resize
from textual.geometry import Size
from textual.pilot import Pilot

from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import LayerRecording
from rnn_tui.network.trace import Trace
from rnn_tui.questions.asking import question_at
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.place import Place
from rnn_tui.scene import Position
from tests.tui.drawn import SHIPPED
from tests.tui.screens import strips

TRIES = 60
GIVES = ("value", "probability")
"""Kinds that give the numbers from which the answer follows."""


def questions_over(screen, seed=0):
    """A question of every kind that can be asked somewhere of what is read: {kind: (scene, text)}."""
    trace, found = screen.computed.trace, {}
    phases = trace.model.phases
    places = [Position(t, phase) for t in range(len(trace)) for phase in range(len(phases))]
    chance = Random(seed)
    for name, kind in KINDS.items():
        for _ in range(TRIES):
            scene = replace(screen.state.at(chance.choice(places)), hidden=False, asked=None)
            place = Place(scene, trace, others=SHIPPED)
            own = [text for _, text in kind.suggest(place)]
            text = chance.choice(own) if own else kind.draw(place, chance)
            if text is None:
                continue
            try:
                question_at(text, scene, trace)
            except UserError:
                continue
            found[name] = (scene, text)
            break
    return found


def otherwise(trace, question, seed):
    """The trace with other numbers in place of all that a question covers.

    A question for a number gives the numbers that it comes from, and with them the answer is what it is: there only
    what comes after it differs. Every other question covers all that comes after its position, and if it is about what
    the answer is made of, all answers.
    """
    chance = np.random.default_rng(seed)
    gives = question.kind in GIVES
    at = question.reveals if gives else question.scene.position
    phases = trace.model.phases
    done = {name for one in phases[: at.phase + 1] for name in one.shows}
    done |= {"scores"} if "attention" in done else set()  # which that phase makes, and shows as shares

    def other(name, array):
        known = at.t + (name in done)
        return np.concatenate((array[:known], chance.uniform(-1, 1, array[known:].shape).astype(array.dtype)))

    layer = trace.layers[0]
    lane = layer.forward
    values = {name: other(name, array) for name, array in lane.values.items()}
    outputs = dict(trace.outputs)
    if not question.uncovers:  # the answers that are given by then are to be seen
        done |= outputs.keys() if at.phase == len(phases) - 1 else set()
    if gives or not question.uncovers:
        outputs = {name: other(name, array) for name, array in outputs.items()}
    else:  # the two answers that lead change places, so that a few that are offered of many stay the same
        first, second = np.argsort(-outputs["probs"][-1], kind="stable")[:2]
        order = np.arange(trace.model.output_size)
        order[[first, second]] = order[[second, first]]
        outputs |= {name: outputs[name][:, order] for name in ("logits", "probs")}
        outputs |= {name: other(name, array) for name, array in outputs.items() if name not in ("logits", "probs")}
    recording = LayerRecording(layer.layer, type(lane)(lane.cell, values, lane.initial))
    return Trace(trace.model, trace.tokens, (recording,), outputs)


async def seen(screen):
    """All that is on the screen, with its styles, and the command that opens it."""
    await Pilot(screen.app).pause()  # until what has another place is laid out
    drawn = [[(segment.text, segment.style) for segment in strip] for strip in strips(screen.app)]
    return drawn, screen.reopening(), screen.picture_name()


async def resized(screen, size):
    """Give the terminal another size."""
    screen.app.post_message(Resize(Size(*size), Size(*size)))
    await seen(screen)
    assert screen.size == size
