"""The text form of a scene: the arguments of `rnn-tui` that open it, and the position that one of them names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnn_tui.network.errors import UserError
from rnn_tui.quoting import sentence_arguments
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.text import LONGEST_CITED, cited, clipped, counted

if TYPE_CHECKING:
    from rnn_tui.network.floors import Floor
    from rnn_tui.network.trace import Trace


def arguments_of(scene: Scene, floors: Sequence[Floor]) -> list[str]:
    """The arguments that open a scene: -m … -s … --at 3:add; `floors` are the model's.

    While a question is open they are those of the scene over which it was asked, and the question: what is covered and
    closed for its sake is so again when it is opened, and what it asks about is found from where it was asked.
    """
    asked = scene.asked if scene.asking else None
    shown = asked.before if asked is not None and asked.before is not None else scene
    arguments = ["-m", shown.model, *epoch_arguments(shown.reading), *sentence_arguments(shown.text)]
    arguments += ["--at", position_text(shown.position, floors), *lane_arguments(shown.position, floors)]
    for edit in shown.edits:
        arguments += ["--edit", edit.to_text()]
    options = {
        "--unit": None if shown.unit is None else shown.unit + 1,
        "--lens": shown.lens,
        "--ask": None if asked is None else asked.question,
        "--scroll": shown.scroll or None,
        "--weight": None if shown.weight is None else shown.weight + 1,
        "--chosen": shown.chosen + 1 if shown.chosen else None,
        "--temperature": f"{shown.temperature:g}" if shown.temperature != Scene.temperature else None,
    }
    for option, value in options.items():
        arguments += [] if value is None else [option, str(value)]
    flags = {
        "--notation": scene.notation,
        "--arithmetic": shown.arithmetic,
        "--hide": shown.hidden,
        "--full": shown.full,
        "--what-if": shown.what_if,
        "--present": shown.presenting,
        "--over-epochs": shown.over_epochs,
    }
    return arguments + [flag for flag, on in flags.items() if on]


def epoch_arguments(reading: Reading) -> list[str]:
    """The arguments that name the epoch of a reading: none for the model file's own weights."""
    return [] if reading.epoch is None else ["--epoch", str(reading.epoch)]


def position_text(position: Position, floors: Sequence[Floor]) -> str:
    """A position as it is typed: "3:add"; of later linear layers of the head "3:head-2"."""
    return f"{position.t + 1}:{phase_names(floors, position.floor)[position.phase]}"


def lane_arguments(position: Position, floors: Sequence[Floor]) -> list[str]:
    """The arguments that name the lane of a position: none for the lowest that reads forward, and above all lanes."""
    floor = floors[position.floor]
    return [] if floor.layer is None else lane_options(floor.layer, backward=floor.backward)


def lane_options(layer: int, *, backward: bool) -> list[str]:
    """The arguments that name the lane of a layer (from 0); none for the lowest that reads forward."""
    return [*(["--layer", str(layer + 1)] if layer else []), *(["--direction", "backward"] if backward else [])]


def phase_names(floors: Sequence[Floor], index: int) -> list[str]:
    """The names of a floor's phases as they are typed: of later linear layers of the head "head-2"."""
    earlier = sum("head" in floor.names for floor in floors[:index])
    return [f"{name}-{earlier + 1}" if name == "head" and earlier else name for name in floors[index].names]


def parse_position(at: str | None, trace: Trace, layer: int | None = None, direction: str | None = None) -> Position:
    """The position that "3:add", "3" or None (the start) names, in a lane by its layer (from 1) and its direction.

    Raises UserError where there is no such position.
    """
    floors, order, unit = trace.model.floors, trace.order, trace.model.tokenizer.unit
    lane = _lane(trace, layer, direction)
    if at is None:
        return order.first(lane)
    word, _, phase = at.partition(":")
    names = {name: index for index in reversed(range(len(floors))) for name in phase_names(floors, index)}
    names |= dict.fromkeys(phase_names(floors, lane), lane)
    shown = clipped(at, LONGEST_CITED)
    if not (word.isascii() and word.isdigit()):
        example = floors[0].names[1]
        raise UserError(f"--at {shown}: expected WORD:PHASE, such as 1:{example} (the {unit}s count from 1)")
    t = counted(word, len(trace))
    if t is None:
        raise UserError(f"--at {shown}: the sentence has {len(trace)} {unit}s, so 1 to {len(trace)}")
    if phase and phase not in names:
        known = ", ".join(sorted(names, key=lambda name: (names[name], phase_names(floors, names[name]).index(name))))
        raise UserError(f"--at {shown}: no phase is called {cited(phase)}; this model has {known}")
    floor = names[phase] if phase else lane
    if not order.has(t, floor):
        raise UserError(
            f"--at {shown}: there is an answer after the last {unit} alone, since a lane reads from there; "
            f"give {len(trace)}:{phase}"
        )
    return Position(t, phase_names(floors, floor).index(phase) if phase else 0, floor)


def _lane(trace: Trace, layer: int | None, direction: str | None) -> int:
    """The floor of the lane of a layer (from 1) and a direction; raises UserError where there is none."""
    floors, layers = trace.model.floors, len(trace.model.layers)
    layer = 1 if layer is None else layer
    if not 1 <= layer <= layers:
        among = f"1 to {layers}" if layers > 1 else "only 1"
        raise UserError(f"--layer {layer}: there is no such layer; the model has {among}")
    backward = direction == "backward"
    for floor in floors:
        if (floor.layer, floor.backward) == (layer - 1, backward):
            return floor.index
    raise UserError(f"--direction backward: layer {layer} of the model reads forward alone")
