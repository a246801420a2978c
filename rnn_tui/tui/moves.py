"""What a key makes of a scene of the same model and text: pure functions from scene to scene.

A move that leaves the scene as it is can't be done now, and its key is greyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rnn_tui.network.trace import Trace
from rnn_tui.scene import Position, Scene, moved, word_moved

Move = Callable[[Scene, Trace, int], Scene]


def _step(scene: Scene, trace: Trace, by: int) -> Scene:
    """A phase on or back; on from the last one uncovers the answer, so that a clicker can do it."""
    if by > 0 and scene.hidden and scene == _end(scene, trace, 0):
        return replace(scene, hidden=False)
    return scene.at(moved(scene.position, by, len(trace.model.phases), len(trace)))


def _word(scene: Scene, trace: Trace, by: int) -> Scene:
    return scene.at(word_moved(scene.position, by, len(trace.model.phases), len(trace)))


def _go_to(scene: Scene, trace: Trace, word: int) -> Scene:
    """To a word, from 1, in the same phase; nowhere where the sentence has no such word."""
    return scene.at(Position(word - 1, scene.position.phase)) if 1 <= word <= len(trace) else scene


def _phase(scene: Scene, trace: Trace, phase: int) -> Scene:
    return scene.at(Position(scene.position.t, phase))


def _start(scene: Scene, trace: Trace, _: int) -> Scene:
    return scene.at(Position())


def _end(scene: Scene, trace: Trace, _: int) -> Scene:
    return scene.at(Position(len(trace) - 1, len(trace.model.phases) - 1))


def _unit(scene: Scene, trace: Trace, by: int) -> Scene:
    return replace(scene, unit=max(0, min(scene.unit + by, trace.model.hidden_size - 1)))


def _pick(scene: Scene, trace: Trace, unit: int) -> Scene:
    return replace(scene, unit=unit)


def _arithmetic(scene: Scene, trace: Trace, _: int) -> Scene:
    return replace(scene, arithmetic=not scene.arithmetic)


def _overview(scene: Scene, trace: Trace, _: int) -> Scene:
    return replace(scene, arithmetic=False)


def _notation(scene: Scene, trace: Trace, _: int) -> Scene:
    return replace(scene, notation=not scene.notation)


def _predict(scene: Scene, trace: Trace, _: int) -> Scene:
    return replace(scene, hidden=not scene.hidden)


MOVES: Mapping[str, Move] = {
    "step": _step,
    "word": _word,
    "go_to": _go_to,
    "phase": _phase,
    "start": _start,
    "end": _end,
    "unit": _unit,
    "pick": _pick,
    "arithmetic": _arithmetic,
    "overview": _overview,
    "notation": _notation,
    "predict": _predict,
}
