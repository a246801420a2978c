"""The moves of a training that goes on: pure functions from what is shown to the next scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from rnn_tui.pictures.moving import unit_weights
from rnn_tui.scene import Scene
from rnn_tui.tui.replaying.moves import Learn, epochs_of
from rnn_tui.tui.screen.keys import Shown
from rnn_tui.tui.watching.state import WatchScene


def of_whole_epoch(move: Callable[[Learn, int], Scene]) -> Callable[[Learn, int], Scene]:
    """A move from epoch to epoch that leaves the batch of now."""

    def moved(shown: Learn, by: int) -> Scene:
        scene = _scene(shown)
        whole = move(Shown(scene.at_whole_epoch, shown.computed, shown.plan), by)
        return scene if whole == scene.at_whole_epoch and by > 0 else whole

    return moved


def weights(shown: Learn, _: int) -> Scene:
    """The weights in the place of the phases, or the phases again."""
    scene = _scene(shown)
    if scene.asking or not epochs_of(shown):
        return scene
    if scene.sees_weights:
        return replace(scene, weights=False)
    alone = replace(scene, arithmetic=False, scroll=0, weight=None, lens=None, full=False, what_if=False, asked=None)
    return replace(alone, presenting=False, over_epochs=False, weights=True, position=shown.computed.order.last)


def next_block(shown: Learn, by: int) -> Scene:
    """The next block of weights."""
    scene = _scene(shown)
    count = len(shown.computed.model.tensors())
    return replace(scene, block=(block_of(shown) + by) % count, picked=None) if scene.sees_weights else scene


def next_weight(shown: Learn, by: int) -> Scene:
    """The next weight of the unit."""
    scene = _scene(shown)
    if not scene.sees_weights:
        return scene
    tensors = shown.computed.model.tensors()
    name = list(tensors)[block_of(shown)]
    unit = scene.unit_in(shown.computed.trace)
    count = len(unit_weights(name, tensors, unit, 0))
    return replace(scene, picked=((-1 if scene.picked is None else scene.picked) + by) % count)


def next_example(shown: Learn, by: int) -> Scene:
    """The next of the texts that were held out, at the same weights."""
    scene = _scene(shown)
    texts = [example.text for example in shown.computed.model.examples]
    if not texts or scene.asking:
        return scene
    index = (texts.index(scene.text) + by) % len(texts) if scene.text in texts else 0
    return scene.of(scene.reading.of_text(texts[index]))


def block_of(shown: Learn) -> int:
    """The index of the block of weights that is shown: the picked one, or the memory's of the lowest layer."""
    scene, names = _scene(shown), list(shown.computed.model.tensors())
    if scene.block is not None:
        return scene.block % len(names)
    return next((index for index, name in enumerate(names) if name.startswith("rnn.weight_hh")), 0)


def _scene(shown: Learn) -> WatchScene:
    return cast(WatchScene, shown.state)
