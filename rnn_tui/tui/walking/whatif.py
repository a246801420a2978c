"""Changes of the edits: pure functions from what is shown to the scene with other edits in force."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from rnn_tui.edits import (
    Activation,
    DropWord,
    Edit,
    Forget,
    Hold,
    Lane,
    MoveWord,
    ScaleMemory,
    SetParameter,
    Silence,
    WordEdit,
    lane_of,
    memory_factor,
)
from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.network.changes import parameter
from rnn_tui.network.errors import InputError
from rnn_tui.pictures.arithmetic import picked_weight, weights_of
from rnn_tui.pictures.view import View
from rnn_tui.scene import Scene
from rnn_tui.tui.screen.keys import Shown
from rnn_tui.tui.walking.computed import Computed

Edits = tuple[Edit, ...]
Walk = Shown[Scene, Computed]
NOTCH, LOUDEST = 0.1, 2.0
NUDGE = 0.1

# From the edits in force to the next ones


def with_memory(edits: Edits, factor: float) -> Edits:
    """One scaling of the memory, where the first one stood or at the end; none where the factor is 1."""
    scaling: Edits = () if factor == 1 else (ScaleMemory(factor),)
    indices = [index for index, edit in enumerate(edits) if isinstance(edit, ScaleMemory)]
    first = indices[0] if indices else len(edits)
    return (*edits[:first], *scaling, *(edit for edit in edits[first:] if not isinstance(edit, ScaleMemory)))


def notched(edits: Edits, by: int) -> Edits:
    """The memory some notches up or down, from 0 to 2."""
    factor = round(memory_factor(edits) / NOTCH + by) * NOTCH
    return with_memory(edits, round(max(0.0, min(factor, LOUDEST)), 10))


def toggled(edits: Edits, edit: Edit) -> Edits:
    """The edit at the end, or taken out where it is in force."""
    return tuple(other for other in edits if other != edit) if edit in edits else (*edits, edit)


def next_activation(edits: Edits, original: str, current: str) -> Edits:
    """The squashing function after the current one; no edit where that is the network's own."""
    names = list(ACTIVATIONS)
    name = names[(names.index(current) + 1) % len(names)]
    others = tuple(edit for edit in edits if not isinstance(edit, Activation))
    return others if name == original else (*others, Activation(name))


def with_weight(edits: Edits, new: SetParameter) -> Edits:
    """One weight at a value; an edit that had set it is replaced."""
    asked = (new.name, new.index, new.lane)
    others = [
        edit for edit in edits if not (isinstance(edit, SetParameter) and (edit.name, edit.index, edit.lane) == asked)
    ]
    return (*others, new)


def with_hold(edits: Edits, hold: Hold) -> Edits:
    """The value held; an edit that had held it is replaced."""
    return (*without_hold(edits, hold), hold)


def without_hold(edits: Edits, hold: Hold) -> Edits:
    """The value of a hold let go, whatever it is held at."""
    return tuple(edit for edit in edits if not (isinstance(edit, Hold) and _same(edit, hold)))


def _same(one: Hold, other: Hold) -> bool:
    return (one.name, one.unit, one.t, one.lane) == (other.name, other.unit, other.t, other.lane)


def with_words(edits: Edits, new: Edits, length: int) -> Edits:
    """The edits after a change of edits of words, from `edits` to `new`: what was held stays with its word.

    `length` is the number of words before any edit. What was held at a word that is gone is let go; at a word that
    another one has replaced, it is held at that.
    """
    if _of_words(edits) == _of_words(new):
        return new
    before, after = _labels(edits, length), _labels(new, length)
    kept: list[Edit] = []
    for edit in new:
        if not (isinstance(edit, Hold) and edit in edits):
            kept.append(edit)
        elif before[edit.t] in after:
            kept.append(replace(edit, t=after.index(before[edit.t])))
        elif len(before) == len(after):
            kept.append(edit)
    return tuple(kept)


def _of_words(edits: Edits) -> list[WordEdit]:
    return [edit for edit in edits if isinstance(edit, WordEdit)]


def _labels(edits: Edits, length: int) -> list[object]:
    """What tells the words after the edits apart: where each was before, or the edit that brought it."""
    labels: list[object] = list(range(length))
    for edit in _of_words(edits):
        labels = edit.changed(labels, lambda _, own=edit: own, "word")  # type: ignore[misc]  # of the edit of now
    return labels


def without(edits: Edits, index: int) -> Edits:
    """All edits but one."""
    return edits[:index] + edits[index + 1 :]


# From what is shown to the next scene


def edited(scene: Scene, edits: Edits, t: int | None = None) -> Scene:
    """The scene with other edits in force, at another timestep where the words have moved.

    The edit that was just made is the chosen one, which the next key takes out.
    """
    if edits == scene.edits:
        return scene
    last = len(edits) - 1
    chosen = max(0, last if len(edits) > len(scene.edits) else min(scene.chosen, last))
    position = scene.position if t is None else replace(scene.position, t=t)
    return replace(scene, reading=replace(scene.reading, edits=edits), position=position, chosen=chosen)


def reworded(shown: Walk, edits: Edits, t: int | None = None) -> Scene:
    """The scene with other edits of words in force; what was held stays with its word (see `with_words`)."""
    length = len(shown.computed.before or shown.computed.trace)
    with suppress(InputError):  # what doesn't fit is said when it is computed
        edits = with_words(shown.state.edits, edits, length)
    return edited(shown.state, edits, t)


def view_of(shown: Walk) -> View:
    """The view in which weights are picked."""
    return View(shown.computed.trace, shown.state)


def lane_at(shown: Walk) -> Lane:
    """The lane of the floor that is shown, or the lowest one above all lanes."""
    return lane_of(shown.computed.model.floors[shown.state.position.floor]) or Lane()


def nudge(shown: Walk, by: int) -> Scene:
    """The picked weight a little up or down; without one, the memory."""
    scene, picked = shown.state, picked_weight(view_of(shown))
    if picked is None:
        return edited(scene, notched(scene.edits, by))
    name, index = picked
    lane = lane_at(shown)
    value = float(parameter(shown.computed.model, name, lane.layer, backward=lane.backward)[index])
    return edited(scene, with_weight(scene.edits, SetParameter(name, index, round(value + by * NUDGE, 4), lane)))


def memory(shown: Walk, tenths: int) -> Scene:
    """The memory at some tenths of what the network learned."""
    return edited(shown.state, with_memory(shown.state.edits, round(tenths * NOTCH, 10)))


def forget(shown: Walk, _: int) -> Scene:
    """The network without its memory, or with it again."""
    return edited(shown.state, toggled(shown.state.edits, Forget()))


def activation(shown: Walk, _: int) -> Scene:
    """Another squashing function."""
    now, own = shown.computed.model.activation, shown.computed.unedited.activation
    if now is None or own is None:
        return shown.state
    return edited(shown.state, next_activation(shown.state.edits, own, now))


def silence(shown: Walk, _: int) -> Scene:
    """The picked unit held at 0, or let go."""
    if shown.computed.model.floors[shown.state.position.floor].layer is None:
        return shown.state  # what stands above the lanes has no unit that could be held at 0
    unit = shown.state.unit_in(shown.computed.trace)
    return edited(shown.state, toggled(shown.state.edits, Silence(unit, lane_at(shown))))


def drop(shown: Walk, _: int) -> Scene:
    """The sentence without the current word, if it has another."""
    t, length = shown.state.position.t, len(shown.computed)
    if length == 1:
        return shown.state
    return reworded(shown, (*shown.state.edits, DropWord(t)), min(t, length - 2))


def shift(shown: Walk, by: int) -> Scene:
    """The current word one later (1) or earlier (−1)."""
    t, length = shown.state.position.t, len(shown.computed)
    if not 0 <= t + by < length:
        return shown.state
    return reworded(shown, (*shown.state.edits, MoveWord(t, t + by)), t + by)


def take_out(shown: Walk, index: int) -> Scene:
    """The scene without the edit of an index."""
    edits = shown.state.edits
    return reworded(shown, without(edits, index)) if index < len(edits) else shown.state


def take_out_chosen(shown: Walk, _: int) -> Scene:
    """The scene without the chosen edit."""
    return take_out(shown, shown.state.chosen)


def original(shown: Walk, _: int) -> Scene:
    """The scene without any edit."""
    return edited(shown.state, ())


def choose(shown: Walk, by: int) -> Scene:
    """The next of the edits in force chosen."""
    count = len(shown.state.edits)
    return replace(shown.state, chosen=(shown.state.chosen + by) % count) if count > 1 else shown.state


def next_weight(shown: Walk, by: int) -> Scene:
    """The next weight of the open arithmetic picked (1), or the one before (−1)."""
    scene = shown.state
    count = len(weights_of(view_of(shown))) if scene.arithmetic else 0
    if not count:
        return scene
    first = 0 if by > 0 else count - 1
    return replace(scene, weight=first if scene.weight is None else (scene.weight + by) % count)
