"""A lens on both sides of a comparison, told: what it shows in each, and what the difference means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rnn_tui.comparison import Comparison
from rnn_tui.pair import SIDES
from rnn_tui.scene import Scene
from rnn_tui.story.lenses import compare, tell_first
from rnn_tui.story.spans import Line, Span, line, strong


def tell_lenses(
    name: str, measured: Sequence[Any], comparison: Comparison, scenes: Sequence[Scene | None], focus: int
) -> tuple[Line, ...]:
    """The first that the lens says of each side, and one so-what; with notation one line more, the definition.

    `measured` is what was found for each side, None where there is nothing (yet); each of the scenes is where its side
    is, None where that has read nothing. The so-what compares the two where the lens's figures can be
    compared; else it is that of both or, where they differ, that of the side in focus.
    """
    told: dict[int, tuple[Line, ...]] = {}
    for side, (trace, scene) in enumerate(zip(comparison.traces, scenes, strict=True)):
        if measured[side] is not None and scene is not None:
            told[side] = tell_first(name, measured[side], trace, scene)
    if not told:
        return ()
    lines = _first(told)
    notation = any(scene is not None and scene.notation for scene in scenes)
    last = -2 if notation else -1
    meaning = () if None in measured else compare(name, measured[0], measured[1], comparison)
    lines.append(meaning or _so_what({side: said[last] for side, said in told.items()}, focus))
    if notation:
        lines.append(next(iter(told.values()))[-1])
    return tuple(lines)


def _first(told: Mapping[int, Sequence[Line]]) -> list[Line]:
    """The first line of each side; one line where they say the same."""
    if len(told) == len(SIDES) and told[0][0] == told[1][0]:
        return [line(strong("A and B"), ": ", *told[0][0])]
    return [line(strong(SIDES[side]), ": ", *said[0]) for side, said in told.items()]


def _so_what(said: Mapping[int, Line], focus: int) -> Line:
    """The so-what of both sides where it is the same, or that of the side in focus."""
    if len(set(said.values())) == 1 and len(said) == len(SIDES):
        return said[0]
    side = focus if focus in said else next(iter(said))
    question, *rest = said[side]
    return line(Span(f"{question.text.removesuffix('?')}, {SIDES[side]}?", question.role), *rest)
