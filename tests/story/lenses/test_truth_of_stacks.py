"""Every sentence that a lens tells of stacks, lanes, heads and numbers is computed anew, on every floor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from types import SimpleNamespace

import pytest

from rnn_tui import shelf
from rnn_tui.lenses import LENSES
from rnn_tui.lenses.lanes import Looked, unit_looked_at
from rnn_tui.lenses.measuring import measure, question
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.trace import run
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.story.lenses import tell_lens
from tests.deep import HIDDEN_LAYER, deep_model
from tests.story.lenses.claims import CLAIMS
from tests.story.lenses.claims.stacks import STACKS
from tests.story.lenses.reading import Told, sentences

MIXED = (LayerKind("gru", None), LayerKind("elman", "tanh"))
MODELS = [
    deep_model(layers=2, name="two", seed=1),
    deep_model(layers=3, cell="elman", scale=1.2, readout="mean", name="three", seed=2),
    deep_model(layers=2, cell="gru", scale=0.1, readout="attention", name="quiet", seed=3),
    deep_model(kinds=MIXED, name="mixed", seed=4),
    deep_model(layers=1, bidirectional=True, cell="elman", name="both", seed=5),
    deep_model(layers=1, bidirectional=True, cell="gru", readout="last_step", merge="sum", name="sum", seed=6),
    deep_model(layers=2, bidirectional=True, name="deep", seed=7),
    deep_model(layers=2, bidirectional=True, readout="attention", output="yes_no", name="deep attention", seed=8),
    deep_model(layers=2, bidirectional=True, readout="each", name="deep each", seed=9),
    deep_model(layers=2, bidirectional=True, scale=1e-3, name="nothing", seed=10),
    deep_model(layers=2, bidirectional=True, cell="elman", scale=0.05, name="little", seed=11),
    deep_model(layers=1, head=HIDDEN_LAYER, name="head", seed=12),
    deep_model(layers=2, output="number", head=HIDDEN_LAYER, name="number", seed=13),
    deep_model(layers=1, bidirectional=True, output="number", readout="attention", name="number both", seed=14),
    deep_model(layers=2, output="number", scale=1e-3, name="no number", seed=15),
    deep_model(layers=2, output="number", scale=1.5, readout="each", name="number each", seed=16),
]
TEXTS = ("the dog barked and slept", "not dog", "the")
SHIPPED = ("sentiment-deep", "tagger-two-way", "el-nino", "digits")


def read():
    """Every model with what it is given to read: the built ones three texts, the shipped ones two of their examples."""
    yield from product(MODELS, TEXTS)
    for model in map(shelf.load, SHIPPED):
        yield from ((model, example.text) for example in model.examples[:2])


@dataclass(frozen=True, eq=False)
class OfStack(Told):
    """What was told of a stack on a floor: of which part of it, and whether the walk has come to it there."""

    model: object = None
    floor: int = 0
    looked: object = None
    known: bool = True
    unit_looked_at: object = None
    own: bool = False

    @property
    def looked_floor(self):
        return self.model.floors[self.floor]

    @property
    def gated(self):
        if self.own:
            return bool(self.trace.model.cell.gates)
        layer = self.looked.layer
        layers = self.model.layers[: None if layer is None else layer + 1]
        return all(cell.gates for layer in layers for cell in layer.cells)


@dataclass(frozen=True, eq=False)
class Mirrored(OfStack):
    """The same of a lane that reads backward: words and numbers stand in the order in which it reads."""

    @property
    def words(self):
        return Told(self.measured, self.trace, 0, 0).words[::-1]


@cache
def measured(asked, trace):
    need = LENSES[asked.lens].need
    if need is not None and not need.partial and not need.met(trace.model):
        return None
    return measure(asked, trace)


def about(lens, result, trace, scene):
    """What is told of: the trace on the floor that was looked at."""
    floor, t = scene.position.floor, scene.position.t
    model, last = trace.model, len(trace) - 1
    looked = getattr(result, "looked", Looked())
    top = max(one.index for one in model.floors if one.layer is not None and not one.backward)
    seen = trace.on(floor)
    if looked.layer is not None:
        wanted = (looked.layer, bool(looked.backward))
        seen = trace.on(next(one.index for one in model.floors if (one.layer, one.backward) == wanted))
    elif lens in ("gradient", "memory", "path"):
        seen = trace.on(top)
    unit = scene.unit_in(trace)
    fields = {"model": model, "floor": floor, "looked": looked, "known": _known(trace, scene, looked)}
    fields["own"] = lens == "diagram"
    if lens == "units":
        fields["unit_looked_at"] = unit_looked_at(trace.on(floor), unit)[0]
        result = SimpleNamespace(**vars(result), of=lambda unit: result.units[0])
    phase = scene.position.phase
    if lens == "gradient" and looked.backward:
        turned = {name: getattr(result, name)[::-1] for name in ("norm", "log10_norm", "factor", "kept")}
        return Mirrored(replace(result, **turned), seen, last - t, unit, scene.notation, phase, **fields)
    return OfStack(result, seen, t, unit, scene.notation, phase, **fields)


def _known(trace, scene, looked):
    """Whether the walk has come to the word on all lanes of the layer."""
    floors = [one for one in trace.model.floors if one.layer == looked.layer and looked.layer is not None]
    if looked.backward is not None:
        floors = [one for one in floors if one.backward == looked.backward]
    return all(scene.position.t in trace.order.known(scene.position, 0, one.index) for one in floors)


@cache
def told_by(lens):
    """What a lens tells at each position of each floor: the text of a line, and what it is told of."""
    found = []
    for model, text in read():
        trace = run(model, model.tokenize(text))
        for floor, t, notation in product(model.floors, range(len(trace)), (False, True)):
            if not trace.order.has(t, floor.index):
                continue
            phases = range(len(floor.phases)) if LENSES[lens].each_phase else [len(floor.phases) - 1]
            for phase in phases:
                scene = Scene(Reading(model.name, ""), position=Position(t, phase, floor.index), notation=notation)
                seen = trace.on(floor.index)
                result = measured(question(lens, seen, t, scene.unit_in(seen)), trace)
                if result is None:
                    continue
                told = tell_lens(lens, result, trace, scene)
                lines = told[:-1] if notation else told
                of = about(lens, result, trace, scene)
                found += [("".join(span.text for span in line), of) for line in lines]
    return found


@pytest.mark.parametrize("lens", LENSES)
def test_every_sentence_is_borne_out(lens):
    # when all that the lens tells of stacks is taken apart into sentences
    checked, false = Counter(), []
    claims = (*STACKS[lens], *CLAIMS[lens])
    for text, told in told_by(lens):
        for claim, match in sentences(text, claims):
            checked[claim] += 1
            if not claim.holds(match.groups(), told):
                false.append((match.group(), told.model.name, told.floor, told.t))
    # then none is false, and none of the kinds that are told of stacks alone has been left out
    assert not false, f"{len(false)} of {checked.total()}: {false[:5]}"
    assert not [claim.pattern.pattern for claim in STACKS[lens] if not checked[claim]]
    assert checked.total() >= 100
