"""Moves within one reading: pure functions from what is shown to the next scene.

A move that leaves the scene as it is can't be made now, and its key is greyed.
"""

from __future__ import annotations

from dataclasses import replace

from rnn_tui import lenses
from rnn_tui.network.tokens import join
from rnn_tui.network.votes import units_by_vote
from rnn_tui.scene import Reading, Scene
from rnn_tui.tui.screen.keys import Shown
from rnn_tui.tui.walking.computed import Computed

Walk = Shown[Scene, Computed]


def phase(shown: Walk, index: int, t: int | None = None) -> Scene:
    """To a phase by its index, of the same word or of that at timestep t."""
    position = shown.state.position
    return shown.state.at(replace(position, t=position.t if t is None else t, phase=index))


def unit(shown: Walk, by: int) -> Scene:
    """The unit below (1) or above (−1)."""
    unit = shown.state.unit_in(shown.computed.trace)
    wanted = max(0, min(unit + by, shown.computed.model.on(shown.state.position.floor).hidden_size - 1))
    return shown.state if wanted == unit else shown.state.with_unit(wanted)


def next_unit(shown: Walk, _: int) -> Scene:
    """The unit that counts next most for the answer; after the one that counts least the first again."""
    order = units_by_vote(shown.computed.trace.on(shown.state.position.floor))
    at = order.index(shown.state.unit_in(shown.computed.trace))
    return shown.state.with_unit(order[(at + 1) % len(order)]) if len(order) > 1 else shown.state


def next_floor(shown: Walk, by: int) -> Scene:
    """The same word and the same phase on the floor above (1) or below (−1); after the last the first again."""
    scene, order = shown.state, shown.computed.order
    floor = (scene.position.floor + by) % len(order.floors)
    return scene.at(order.on_floor(floor, scene.position)) if len(order.floors) > 1 else scene


def to_floor(shown: Walk, floor: int, t: int | None = None) -> Scene:
    """To a floor by its index, at the same word or that at timestep t, in the same phase."""
    scene = shown.state
    position = scene.position if t is None else replace(scene.position, t=t)
    return scene.at(shown.computed.order.on_floor(floor, position))


def arithmetic(shown: Walk, _: int) -> Scene:
    """The arithmetic opened, or closed."""
    return replace(shown.state, arithmetic=not shown.state.arithmetic, scroll=0, weight=None)


def scroll(shown: Walk, lines: int) -> Scene:
    """The arithmetic scrolled by some lines; the screen sees to it that this is no further than it goes."""
    scene = shown.state
    return replace(scene, scroll=max(0, scene.scroll + lines)) if scene.arithmetic else scene


def full(shown: Walk, _: int) -> Scene:
    """The lens on the whole screen, or small again; the first lens where none is open."""
    scene = shown.state
    return replace(scene.without_arithmetic(), lens=scene.lens or next(iter(lenses.LENSES)), full=not scene.full)


def offered(shown: Walk, _: int) -> Scene:
    """The words that are read now, at the same place and through the same lens, in a model that has what it needs.

    Edits of words are in the words then; edits of the network stay behind with the network.
    """
    scene, trace = shown.state, shown.computed.trace
    model = lenses.offered(scene.lens, trace.model)
    if model is None:
        return scene
    words = join([token.surface for token in trace.tokens], trace.model.tokenizer)
    return scene.of(Reading(model, words)).at(scene.position)


def what_if(shown: Walk, _: int) -> Scene:
    """The panel of edits opened, or closed."""
    return replace(shown.state, what_if=not shown.state.what_if)


def present(shown: Walk, _: int) -> Scene:
    """The presenter view, or the overview again; what stands over the presenter view is closed."""
    scene = shown.state
    if scene.presents:
        return replace(scene, presenting=False)
    return replace(scene.without_arithmetic(), presenting=True, full=False, asked=None)


def closed(shown: Walk) -> Scene | None:
    """The topmost thing closed; None where nothing is open.

    That is the arithmetic, then an answer, then a lens over the presenter view, then that view; else the lens, which
    first gets small.
    """
    scene = shown.state
    if scene.arithmetic:
        return replace(scene.without_arithmetic(), full=False)
    if scene.asked:
        return replace(scene, asked=None)
    if scene.presenting:
        return replace(scene, presenting=False) if scene.presents else replace(scene, full=False, lens=None)
    if scene.lens is None:
        return None
    return replace(scene, full=False, lens=scene.lens if scene.full else None)
