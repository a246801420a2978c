"""Every key of a training that goes on: its own, those of a training that is replayed, and those of the walk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnn_tui.tui.replaying import keys as replaying
from rnn_tui.tui.replaying import moves as epochs
from rnn_tui.tui.screen.keys import Act, Change, Do, Group, Key
from rnn_tui.tui.watching import moves


def _change(make: Any, by: int = 1, *, merges: bool = False) -> Change[Any, Any]:
    return Change(lambda shown: make(shown, by), merges=merges)


def _over(make: Any, by: int = 0) -> Change[Any, Any]:
    return _change(moves.of_whole_epoch(make), by, merges=True)


def _pace(by: int) -> Do:
    return Do(lambda screen: screen.change_speed(by), lambda screen: screen.can_change_speed(by))


_INSTEAD: Mapping[str, Act] = {
    "epoch-on": _over(epochs.epoch, 1),
    "epoch-back": _over(epochs.epoch, -1),
    "epoch-first": _over(epochs.first),
    "epoch-last": _over(epochs.last),
    "faster": _pace(1),
    "slower": _pace(-1),
}
_HELP = {
    "play-training": "Pause the training, and let it go on; when it is over, play it again",
    "epoch-last": "The newest epoch, and those that come after it",
    "faster": "Let the training go faster; when it is over, play faster",
    "slower": "Hold the training back, for a class; when it is over, play slower",
}


def _of_watching(key: Key) -> Key:
    """A key of the replay as it works while the training goes on."""
    act: Act = _INSTEAD.get(key.id, key.act)  # which is a tuple of its own, so that _replace would ask for its type
    return key._replace(act=act, help=_HELP.get(key.id, key.help))


OWN: tuple[Key, ...] = (
    Key(
        "batch", "B", "B", "Take one batch alone, and see what it makes of a weight",
        Do(lambda screen: screen.take_batch(), lambda screen: screen.goes_on), Group.WALK, "one batch",
        brief="batch",
    ),
    Key(
        "stop-training", "S", "S", "Stop the training, and keep the best so far",
        Do(lambda screen: screen.stop_training(), lambda screen: screen.goes_on), Group.WALK, "stop",
    ),
    Key(
        "next-example", "R", "R", "Read the next of the texts that were held out", _change(moves.next_example),
        Group.CHANGE, "text",
    ),
    Key(
        "weights", "W", "W", "The memory and the weights, or the phases of the walk", _change(moves.weights),
        Group.LOOK, "phases",
    ),
    Key(
        "next-block", "J", "J", "The next block of weights", _change(moves.next_block), Group.LOOK, "block",
    ),
    Key(
        "next-picked", "K", "K", "The next weight of the unit in this block", _change(moves.next_weight), Group.LOOK,
        "weight",
    ),
)  # fmt: skip
_REPLAYING = {key.id: _of_watching(key) for key in replaying.KEYS}
_FIRST = ("play-training",)
KEYS: tuple[Key, ...] = (
    *(_REPLAYING[name] for name in _FIRST),
    *OWN,
    *(key for name, key in _REPLAYING.items() if name not in _FIRST),
)
PRIORITIES = {
    "play-training": 0, "help": 0, "quit": 1, "batch": 1, "stop-training": 2, "epoch-on": 2, "next-example": 3,
    "weights": 2, "next-block": 5, "next-picked": 6,
}  # fmt: skip
"""How soon the footer leaves a key out; all others before."""
