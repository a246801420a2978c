"""What a key makes of two scenes in lockstep: pure functions from one pair to the next.

A move that leaves the pair as it is can't be done now, and its key is greyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rnn_tui.comparison import Comparison
from rnn_tui.lenses import NAMES
from rnn_tui.pair import Pair
from rnn_tui.scene import Position, moved, word_moved

PairMove = Callable[[Pair, Comparison, int], Pair]


def _step(pair: Pair, comparison: Comparison, by: int) -> Pair:
    """A phase on or back; on from the last one uncovers the answers, so that a clicker can do it.

    Through a lens there are no phases to see, so a step is a word.
    """
    if by > 0 and pair.hidden and pair == _end(pair, comparison, 0):
        return _predict(pair, comparison, 0)
    if pair.lens is not None:
        return _word(pair, comparison, by)
    return pair.at(moved(pair.place, by, comparison.stages, len(comparison)))


def _word(pair: Pair, comparison: Comparison, by: int) -> Pair:
    return pair.at(word_moved(pair.place, by, comparison.stages, len(comparison)))


def _go_to(pair: Pair, comparison: Comparison, column: int) -> Pair:
    """To a column, from 1, in the same stage; nowhere where there is no such column."""
    return pair.at(Position(column - 1, pair.place.phase)) if 1 <= column <= len(comparison) else pair


def _start(pair: Pair, comparison: Comparison, _: int) -> Pair:
    return pair.at(Position())


def _end(pair: Pair, comparison: Comparison, _: int) -> Pair:
    return pair.at(Position(len(comparison) - 1, comparison.stages - 1))


def _parting(pair: Pair, comparison: Comparison, _: int) -> Pair:
    """To the Check of the next column at which the two part, after the last one the first again."""
    partings = [Position(column, comparison.stages - 1) for column in comparison.partings]
    if not partings:
        return pair
    return pair.at(next((place for place in partings if place > pair.place), partings[0]))


def _unit(pair: Pair, comparison: Comparison, by: int) -> Pair:
    """The unit above or below on both sides, each within its own units."""
    a, b = (
        replace(scene, unit=max(0, min(scene.unit + by, trace.model.hidden_size - 1)))
        for scene, trace in zip(pair.scenes, comparison.traces, strict=True)
    )
    return pair.both(a, b)


def _pick(pair: Pair, comparison: Comparison, unit: int) -> Pair:
    """A unit of the side in focus; of both sides where their units are the same."""
    a, b = (
        replace(scene, unit=unit) if side == pair.focus or comparison.same_units else scene
        for side, scene in enumerate(pair.scenes)
    )
    return pair.both(a, b)


def _notation(pair: Pair, comparison: Comparison, _: int) -> Pair:
    on = not pair.scenes[0].notation
    return pair.both(*(replace(scene, notation=on) for scene in pair.scenes))


def _predict(pair: Pair, comparison: Comparison, _: int) -> Pair:
    hidden = not pair.hidden
    return pair.both(*(replace(scene, hidden=hidden) for scene in pair.scenes))


def _lens(pair: Pair, comparison: Comparison, by: int) -> Pair:
    """The next lens, for both sides; after the last one none. By 0: none."""
    choices = (None, *NAMES)
    lens = choices[(choices.index(pair.lens) + by) % len(choices)] if by else None
    return pair.both(*(replace(scene, lens=lens) for scene in pair.scenes))


def _focus(pair: Pair, comparison: Comparison, _: int) -> Pair:
    return replace(pair, focus=1 - pair.focus)


PAIR_MOVES: Mapping[str, PairMove] = {
    "step": _step,
    "word": _word,
    "go_to": _go_to,
    "start": _start,
    "end": _end,
    "parting": _parting,
    "unit": _unit,
    "pick": _pick,
    "notation": _notation,
    "predict": _predict,
    "lens": _lens,
    "focus": _focus,
}
