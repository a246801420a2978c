"""Tell a moment of a trace: what happens to the picked unit, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from rnn_tui.loading import module
from rnn_tui.network.cells.phases import ProductsTable
from rnn_tui.network.phases import ATTEND, CHECK, READ, Phase
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.attending import attend
from rnn_tui.story.bounds import beyond, is_told
from rnn_tui.story.cells import story_of
from rnn_tui.story.cells.plain import made
from rnn_tui.story.check import check
from rnn_tui.story.heads import head
from rnn_tui.story.held import held, held_names
from rnn_tui.story.lost import is_lost, lost
from rnn_tui.story.moments import Moment
from rnn_tui.story.notation import notation
from rnn_tui.story.pooling import pool
from rnn_tui.story.reading import NEXT, multiply, read
from rnn_tui.story.spans import Line, Span, line


class Told(Protocol):
    """The story of a phase."""

    def __call__(self, moment: Moment, *, hidden: bool) -> tuple[Line, ...]:
        """The lines; nothing of the answer while it is hidden."""
        ...


SHARED: Mapping[str, Told] = {READ.name: read, ATTEND.name: attend, "pool": pool, "head": head, CHECK.name: check}
"""The stories of the phases that are no cell's own, by the phase's name."""


MEET = "meet"
_floors = module("rnn_tui.story.floors")  # only networks of several floors have it


def tell(trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines that explain a scene, usually two: what happens to the picked unit, and what it means.

    Where the numbers have grown beyond all bounds by then, one line says so.
    With `scene.notation` one more follows, the equation with this unit's numbers.
    """
    scene = scene.fitted(trace)
    trace = trace.on(scene.position.floor)
    phase = trace.model.phases[scene.position.phase]
    moment = Moment(trace.model, trace, trace[scene.position.t], scene.unit_in(trace))
    lines = _told(moment, phase, hidden=scene.covered)
    if scene.led:
        lines = tuple(tuple(span for span in told if span != NEXT) for told in lines)
    if not is_told(lines):
        lines += (beyond(trace, scene.position),)
    if scene.notation:
        lines += (line(Span(notation(moment, phase, hidden=scene.covered), "muted")),)
    return tuple(told for told in lines if told)


def _told(moment: Moment, phase: Phase, *, hidden: bool) -> tuple[Line, ...]:
    """A phase: what all networks do is told by `SHARED` and `multiply`, the rest by the cell's own story or plainly."""
    if phase.name == MEET or (phase.name == READ.name and not moment.model.reads_words):
        floors = _floors()
        lines: tuple[Line, ...] = (floors.meet if phase.name == MEET else floors.taken_up)(moment, hidden=hidden)
        return lines
    if phase.name in SHARED:
        return SHARED[phase.name](moment, hidden=hidden)
    if names := held_names(moment, phase):
        return held(moment, phase, names)
    if isinstance(phase.table, ProductsTable):
        return multiply(moment)
    if is_lost(moment, phase):
        return lost(moment, phase)
    told = story_of(moment.cell).phases.get(phase.name)
    return told(moment) if told else made(phase, moment)
