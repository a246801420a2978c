"""A network as a page needs it beside its weights: floors, phases, columns and words, which are written once, here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rnn_tui.export.page.columns import columns_of, scale_of, written
from rnn_tui.network.cells.phases import (
    AttentionShare,
    Combined,
    ContextOf,
    HeadProducts,
    InputProducts,
    LargestOf,
    MeanOf,
    MemoryProducts,
    Met,
    Phase,
    PhasePart,
    ScoreOf,
    Squashed,
    VotesTable,
)
from rnn_tui.network.expected import next_feature, unit_of
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import Number
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.scene_text import phase_names
from rnn_tui.story.cells import story_of
from rnn_tui.story.describe import answering, whole
from rnn_tui.story.floors import building, floor_name, floor_symbol
from rnn_tui.text import printable

SIMPLE_PARTS: dict[type, str] = {
    ScoreOf: "score",
    AttentionShare: "share",
    ContextOf: "context",
    MeanOf: "mean",
    LargestOf: "largest",
    Met: "met",
}
"""The parts of an arithmetic that hold nothing, by the name that the page has for them."""


BLANK: dict[str, Any] = {
    "backward": False,
    "both": False,
    "units": [],
    "lanes": 0,
    "read_as": "",
    "answers": False,
    "entries": [0, 0],
    "cell": None,
    "activation": None,
    "states": [],
    "gates": [],
    "merge": None,
}
"""What of a floor is left out, and taken for granted by the page."""


def structure(model: Model) -> dict[str, Any]:
    """All of a network but its numbers, as JSON holds it; what it says is plain text, never markup.

    A phase that several floors have stands there once, in a list that each floor names it in by its index.
    """
    model = model.on(0)
    story = story_of(model.cell)
    floors = [_floor(model.on(floor.index)) for floor in model.floors]
    phases: list[Any] = []
    for floor in floors:
        phases += [phase for phase in floor["phases"] if phase not in phases]
        floor["phases"] = [phases.index(phase) for phase in floor["phases"]]
    told = [{key: value for key, value in floor.items() if BLANK.get(key, ...) != value} for floor in floors]
    return {
        "name": printable(model.called),
        "title": printable(model.title or model.name),
        "architecture": " · ".join((model.architecture, *answering(model))),
        "kind": model.tokenizer.unit,
        "whole": whole(model),
        "separator": model.tokenizer.separator,
        "labels": [printable(label) for label in model.labels],
        "readout": model.readout.kind,
        "called": model.readout.called,
        "two_way": model.two_way,
        "answers_each": model.answers_each,
        "embedding": model.embedding.kind,
        "story": {"name": story.name, "second": story.second, "building": _text(building(model))},
        "examples": [example.text for example in model.examples],
        "output": _output(model),
        "numbers": _numbers(model),
        "floors": told,
        "phases": phases,
    }


def _text(line: Sequence[Any]) -> str:
    return "".join(span.text for span in line)


def _output(model: Model) -> dict[str, Any]:
    output = model.output
    scaling = {"mean": list(output.mean), "std": list(output.std)} if isinstance(output, Number) else {}
    return {
        "kind": output.kind,
        "answer": output.answer,
        "notation": output.notation.format("logits").replace("(logits)·", "logits·"),
        "unit": printable(unit_of(model)),
        **scaling,
    }


def _numbers(model: Model) -> dict[str, Any] | None:
    """The scaling and the names of what a network of numbers reads; None for one that reads words."""
    tokenizer = model.tokenizer
    if not isinstance(tokenizer, NumberTokenizer):
        return None
    features = range(tokenizer.features)
    scaling = [tokenizer.scaling(feature) for feature in features]
    return {
        "features": tokenizer.features,
        "names": [printable(tokenizer.feature_name(feature)) for feature in features],
        "named": bool(tokenizer.feature_names),
        "mean": [mean for mean, _ in scaling],
        "scale": [scale for _, scale in scaling],
        "next": next_feature(model),
    }


def _floor(model: Model) -> dict[str, Any]:
    """A floor, from the network as it is seen there."""
    floor = model.floor
    lane = floor.layer is not None
    both = lane and model.layers[floor.layer or 0].bidirectional
    return {
        "index": floor.index,
        "layer": floor.layer,
        "backward": floor.backward,
        "both": both,
        "name": floor_name(model, floor),
        "symbol": floor_symbol(model, floor),
        "size": model.hidden_size,
        "input_size": model.input_size,
        "units": [printable(name) for name in model.unit_names or ()],
        "lanes": _side_by_side(model),
        "reads": floor.reads,
        "read_as": model.read_as,
        "answers": floor.answers,
        "entries": [floor.entries.start, floor.entries.stop],
        "state_phase": model.state_phase,
        "cell": model.cell.kind if lane else None,
        "activation": model.activation if lane else None,
        "states": [{"name": name, "title": model.cell.state_title(name)[0]} for name in model.cell.state_names if lane],
        "gates": [
            {"letter": gate.letter, "name": gate.name, "signed": gate.signed} for gate in model.cell.gates if lane
        ],
        "merge": model.layers[-1].merge if model.meets else None,
        "scale": scale_of(model),
        "phases": [
            _phase(model, phase, name)
            for phase, name in zip(model.phases, phase_names(model.floors, floor.index), strict=True)
        ],
    }


def _side_by_side(model: Model) -> int:
    """The units of one lane where what is read here, or what meets here, is two lanes side by side; else 0."""
    floor, layers = model.floor, model.layers
    below = layers[-1] if model.meets else layers[floor.layer - 1] if floor.layer else None
    return below.hidden_size if below is not None and below.bidirectional and below.merge == "concat" else 0


def _phase(model: Model, phase: Phase, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": phase.title,
        "heading": phase.heading,
        "words": phase.words_for(model.tokenizer.unit),
        "notation": phase.notation,
        "shows": list(phase.shows),
        "columns": [
            {key: value for key, value in column.items() if value not in ("", False)}
            for column in columns_of(model, phase)
        ],
        "parts": [_part(part) for part in phase.parts]
        + ([{"kind": "votes"}] if isinstance(phase.table, VotesTable) else []),
    }


def _part(part: PhasePart) -> dict[str, Any]:
    """A part of a phase's arithmetic, with its expression as nested lists."""
    if isinstance(part, InputProducts | MemoryProducts):
        kind = "input" if isinstance(part, InputProducts) else "memory"
        return {"kind": kind, "gate": part.gate.letter if part.gate else ""}
    if isinstance(part, Combined | Squashed):
        gate = part.gate.letter if part.gate else ""
        return {"kind": "formula", "name": part.name, "gate": gate, "expression": written(part.expression)}
    if isinstance(part, HeadProducts):
        return {"kind": "head", "index": part.index, "name": part.name}
    return {"kind": SIMPLE_PARTS[type(part)]}
