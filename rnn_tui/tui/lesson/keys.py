"""Every key of a lesson, in one list: its own, and those of the walk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rnn_tui.tui.lesson import moves
from rnn_tui.tui.lesson.state import LessonScene
from rnn_tui.tui.screen.keys import Do, Group, Key, Open
from rnn_tui.tui.screen.shared import change
from rnn_tui.tui.walking import keys as walking

if TYPE_CHECKING:
    from rnn_tui.pictures.asking import Asking

TURNS = "turns"
"""The mode in which prose and picture take turns."""
OWN: tuple[Key, ...] = (
    Key(
        "next-card", "pagedown", "PageDown", "On in the lesson (a clicker, too)",
        Open(moves.next_card, moves.can_go_on), Group.TEACH, "next", 0,
    ),
    Key(
        "last-card", "pageup", "PageUp", "Back in the lesson", Open(moves.last_card, moves.can_go_back), Group.TEACH,
    ),
    Key(
        "back-to-card", "backspace", "backspace", "Back to the lesson: the scene of this stop as it was",
        change(moves.back_to_card), Group.TEACH, "back to the lesson", 0,
    ),
    Key(
        "leave", "W", "W", "Leave the lesson, and walk on from here", Do(lambda screen: screen.leave()), Group.TEACH,
    ),
)  # fmt: skip
"""The keys that only a lesson has."""


def _in_lesson(key: Key) -> Key:
    """A key of the walk with what it does else in a lesson."""
    match key.id:
        case "next":
            act = change(moves.step, 1, grows=True)
            return key._replace(keys="right", help="Next phase", also="", act=act)
        case "back":
            return key._replace(keys="left", help="Back one phase", also="", act=change(moves.step, -1))
        case "arithmetic" | "present":
            return key._replace(act=Open(moves.arithmetic) if key.id == "arithmetic" else change(moves.present))
        case "choose":
            does = "Text and picture change places; what if: choose the next of the edits in force"
            return key._replace(act=change(moves.choose, 1), help=does, mode=TURNS, hint="text", priority=1)
        case "take-out":
            return key._replace(keys="delete")  # backspace comes back to the lesson
        case _:
            return key


KEYS: tuple[Key, ...] = (*OWN, *map(_in_lesson, walking.KEYS))
PAGE = ("next-card", "back-to-card", "choose", "lessons", "help", "quit", "sentence", "model")
"""The keys in the footer where the prose has the whole screen, by their names."""
BEFORE = 2
"""The number added to the priority of a key of the walk: the keys of the lesson come first."""


def hint_of(key: Key, state: LessonScene, *, page: bool, beside: bool, playing: bool) -> tuple[str, int]:
    """The footer's words for a key of a lesson, and how soon it leaves the key out."""
    if key.id == "back-to-card":
        return (key.hint if state.away else ""), 0
    if key.id == "choose":
        return ("" if beside else "picture" if page else "text"), 1
    if page and key.id not in PAGE:
        return "", 0
    if key in OWN:
        return key.hint, key.priority
    does, priority = walking.hint_of(key, state, playing=playing)
    return does, priority + BEFORE


def led(asking: Asking, sign: str) -> Asking:
    """A question in a lesson, where the key of that sign reveals the answer, and then goes on."""
    said = {"enter reveals": f"{sign} reveals", "→ goes on": f"{sign} goes on"}
    foot = asking.foot
    for elsewhere, here in said.items():
        foot = tuple(text.replace(elsewhere, here) for text in foot)
    return replace(asking, foot=foot)
