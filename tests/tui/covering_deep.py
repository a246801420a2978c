"""Traces of deep networks that differ in what a question covers alone, and questions over the whole of a walk."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from rnn_tui.network.errors import UserError
from rnn_tui.network.layers import LayerRecording
from rnn_tui.network.trace import Trace
from rnn_tui.questions.asking import question_at
from rnn_tui.questions.kinds import KINDS
from rnn_tui.questions.place import Place
from tests.tui.covering import TRIES

GIVES = ("value", "probability")


def questions_in(screen, floor, seed=0):
    """A question of every kind that can be asked somewhere on a floor: {kind: (scene, text)}."""
    trace, found = screen.computed.trace, {}
    order, chance = trace.order, Random(seed)
    places = [at for at in map(order.at, range(len(order))) if at.floor == floor]
    for name, kind in KINDS.items():
        for _ in range(TRIES):
            scene = replace(screen.state.at(chance.choice(places)), hidden=False, asked=None)
            try:
                text = kind.draw(Place(scene, trace), chance)
                if text is not None and question_at(text, scene, trace):
                    found[name] = (scene, text)
                    break
            except UserError:
                continue
    return found


def otherwise(trace, question, seed):
    """The trace with other numbers in place of all that isn't computed where a question is asked.

    A question for a number gives the numbers that it comes from: there only what comes after it differs. Where it is
    about the answer, all answers differ.
    """
    chance, order = np.random.default_rng(seed), trace.order
    at = order.index(question.reveals if question.kind in GIVES else question.scene.position)

    def known(floor, name):
        """The timesteps at which a value of a floor has been computed."""
        shown = "attention" if name == "scores" else name
        phase = next((k for k, one in enumerate(floor.phases) if shown in one.shows), None)
        if phase is None:
            phase = len(floor.phases) - 1
        words = [t for t in range(len(trace)) if order.has(t, floor.index)]
        return [t for t in words if order.index(type(question.reveals)(t, phase, floor.index)) <= at]

    def other(floor, name, array):
        new = chance.uniform(-1, 1, array.shape).astype(array.dtype)
        new[np.isnan(array)] = np.nan
        kept = known(floor, name)
        new[kept] = array[kept]
        return new

    lanes = iter(floor for floor in trace.model.floors if floor.layer is not None)
    layers = []
    for layer in trace.layers:
        both = []
        for lane in filter(None, (layer.forward, layer.backward)):
            floor = next(lanes)
            values = {name: other(floor, name, array) for name, array in lane.values.items()}
            both.append(type(lane)(lane.cell, values, lane.initial, lane.backward))
        layers.append(LayerRecording(layer.layer, *both))
    outputs = {name: other(_shows(trace.model, name), name, array) for name, array in trace.outputs.items()}
    if question.uncovers and question.kind not in GIVES:
        outputs |= _answered_otherwise(trace, chance)
    return Trace(trace.model.on(0), trace.tokens, tuple(layers), outputs).on(trace.model.at_floor)


def _shows(model, name):
    """The floor on which a value that the answer is made of comes to light."""
    name = "attention" if name == "scores" else name
    return next((one for one in model.floors if any(name in phase.shows for phase in one.phases)), model.floors[-1])


def _answered_otherwise(trace, chance):
    """Answers of which the two that lead have changed places; of numbers other ones."""
    outputs = {
        name: np.where(np.isnan(array), array, chance.uniform(-1, 1, array.shape)).astype(array.dtype)
        for name, array in trace.outputs.items()
    }
    if trace.model.output.is_number:
        shift = np.float32(chance.uniform(20, 40) * chance.choice([-1, 1]))
        return outputs | {"outputs": trace.outputs["outputs"] + shift, "logits": trace.outputs["logits"] + shift / 5}
    if trace.outputs["logits"].shape[1] == 1:
        return outputs | {"logits": -trace.outputs["logits"], "probs": trace.outputs["probs"][:, ::-1]}
    first, second = np.argsort(-trace.outputs["probs"][-1], kind="stable")[:2]
    order = np.arange(trace.model.output_size)
    order[[first, second]] = order[[second, first]]
    return outputs | {name: trace.outputs[name][:, order] for name in ("logits", "probs")}
