"""Every key of a training, in one list: its own, and those of the walk."""

from __future__ import annotations

from typing import Any

from rnn_tui.tui.replaying import moves
from rnn_tui.tui.screen.keys import Change, Do, Group, Key, Open
from rnn_tui.tui.screen.shared import WALKING
from rnn_tui.tui.walking import keys as walking


def _change(make: Any, by: int = 0) -> Change[Any, Any]:
    return Change(lambda shown: make(shown, by), merges=True)


OWN: tuple[Key, ...] = (
    Key(
        "epoch-on", "greater_than_sign", ">", "The same words one epoch of training later", _change(moves.epoch, 1),
        Group.WALK, "epoch", pair="epoch-back", signs="< >",
    ),
    Key("epoch-back", "less_than_sign", "<", "One epoch earlier", _change(moves.epoch, -1), Group.WALK),
    Key("epoch-first", "left_parenthesis", "(", "The network before training", _change(moves.first), Group.WALK),
    Key("epoch-last", "right_parenthesis", ")", "The network after the last epoch", _change(moves.last), Group.WALK),
    Key(
        "play-training", "T", "T", "Play the training, epoch by epoch, and pause it",
        Do(lambda screen: screen.toggle_training(), lambda screen: screen.plays_training or screen.able("epoch-on")),
        Group.WALK, "train", 1,
    ),
    Key(
        "over-epochs", "M", "M", "Every word across the epochs: the answer, or what the open lens shows of it",
        _change(moves.over_epochs), Group.LOOK, "all epochs", 2,
    ),
    Key(
        "beside-trained", "C", "C", "Compare this epoch with the trained network",
        Open(moves.beside_trained, lambda shown: bool(moves.epochs_of(shown))), Group.COMPARE, "trained", 3,
    ),
)  # fmt: skip
KEYS: tuple[Key, ...] = (*WALKING, *OWN, *(key for key in walking.KEYS if key not in WALKING))
