"""Moves within one reading: pure functions from what is shown to the next scene.

A move that leaves the scene as it is can't be made now, and its key is greyed.
"""

from __future__ import annotations

from dataclasses import replace

from rnn_tui import lenses
from rnn_tui.network.tokens import join
from rnn_tui.network.votes import units_by_vote
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.tui.screen.keys import Shown
from rnn_tui.tui.walking.computed import Computed

Walk = Shown[Scene, Computed]


def phase(shown: Walk, index: int) -> Scene:
    """To a phase of the same word, by its index."""
    return shown.state.at(Position(shown.state.position.t, index))


def unit(shown: Walk, by: int) -> Scene:
    """The unit below (1) or above (−1)."""
    unit = shown.state.unit_in(shown.computed.trace)
    wanted = max(0, min(unit + by, shown.computed.model.hidden_size - 1))
    return shown.state if wanted == unit else shown.state.with_unit(wanted)


def next_unit(shown: Walk, _: int) -> Scene:
    """The unit that counts next most for the answer; after the one that counts least the first again."""
    order = units_by_vote(shown.computed.trace)
    at = order.index(shown.state.unit_in(shown.computed.trace))
    return shown.state.with_unit(order[(at + 1) % len(order)]) if len(order) > 1 else shown.state


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


def closed(shown: Walk) -> Scene | None:
    """The arithmetic closed; where it is closed, the lens made small, and then closed; None where nothing is open."""
    scene = shown.state
    if scene.arithmetic:
        return replace(scene.without_arithmetic(), full=False)
    if scene.lens is None:
        return None
    return replace(scene, full=False, lens=scene.lens if scene.full else None)
