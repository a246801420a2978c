"""What the footer says: the keys that matter now, those of an open panel first."""

from __future__ import annotations

from collections.abc import Callable

from rnn_tui.scene import Scene
from rnn_tui.tui.keys import KEYS, Key
from rnn_tui.tui.panels.bars import Hint

ASIDE = 4
"""How much sooner a key of the overview is left out while a panel of its own has keys, too."""
IN_WHAT_IF = {"what-if": 0, "undo": 2}
"""How soon these are left out in the what-if mode, whose panel says most of its own keys itself."""
ALWAYS = ("next", "back", "next-word", "lens", "what-if", "help", "quit", "undo")


def hints(scene: Scene, able: Callable[[str], bool], *, playing: bool, weight: bool = False) -> list[Hint]:
    """The entries in their order; `able` says of an action whether it can be done now, `weight` that one is picked."""
    open_now = {"what-if": scene.what_if, "lens": scene.lens is not None, "": True}
    open_now |= {"recency": scene.lens == "recency", "write": able("write")}
    busy = scene.what_if or scene.full
    other = {
        "play": "pause" if playing else "",
        "arithmetic": "overview" if scene.arithmetic else "",
        "full": "small" if scene.full else "",
        "more": "weight" if weight else "",
        "what-if": "close" if scene.what_if else "",
    }
    shown = [key for key in KEYS if key.does and open_now[key.mode]]
    weights = {key.id: key.weight + (ASIDE if busy and not key.mode and key.id not in ALWAYS else 0) for key in shown}
    weights |= IN_WHAT_IF if scene.what_if else {}
    return [_hint(key, other.get(key.id) or key.does, able, weights[key.id]) for key in shown]


def _hint(key: Key, does: str, able: Callable[[str], bool], weight: int) -> Hint:
    shown, other_action = key.both or (key.shown, key.action)
    action = key.action if able(key.action) else other_action
    return Hint(shown, does, action, able(action), weight)
