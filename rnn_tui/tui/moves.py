"""What a key makes of a scene of the same model and text: pure functions from scene to scene.

A move that leaves the scene as it is can't be done now, and its key is greyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rnn_tui.lenses import NAMES
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Position, Scene, moved, word_moved

Move = Callable[[Scene, Trace, int], Scene]


def _step(scene: Scene, trace: Trace, by: int) -> Scene:
    """A phase on or back; on from the last one uncovers the answer, so that a clicker can do it.

    With a lens on the whole screen there are no phases to see, so a step is a word.
    """
    if by > 0 and scene.hidden and scene == _end(scene, trace, 0):
        return replace(scene, hidden=False)
    if scene.full and scene.lens and not scene.arithmetic:
        return _word(scene, trace, by)
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
    """Close the arithmetic; where it is closed, make the lens small, and then close it."""
    if scene.arithmetic or scene.lens is None:
        return replace(scene, arithmetic=False, full=False)
    return replace(scene, full=False, lens=scene.lens if scene.full else None)


def _lens(scene: Scene, trace: Trace, by: int) -> Scene:
    """The next lens; after the last one none, or the first again where the lens has the whole screen."""
    choices = NAMES if scene.full else (None, *NAMES)
    place = choices.index(scene.lens) if scene.lens in choices else -1
    return replace(scene, lens=choices[(place + by) % len(choices)], arithmetic=False)


def _full(scene: Scene, trace: Trace, _: int) -> Scene:
    return replace(scene, lens=scene.lens or NAMES[0], full=not scene.full, arithmetic=False)


def _what_if(scene: Scene, trace: Trace, _: int) -> Scene:
    return replace(scene, what_if=not scene.what_if)


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
    "lens": _lens,
    "full": _full,
    "what_if": _what_if,
    "notation": _notation,
    "predict": _predict,
}
