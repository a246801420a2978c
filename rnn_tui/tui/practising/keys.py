"""Every key of practice, in one list: those of a question, and its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rnn_tui.tui.practising import moves
from rnn_tui.tui.practising.moves import Practised
from rnn_tui.tui.practising.state import Practising
from rnn_tui.tui.screen.keys import ASKING, Change, Do, Group, Key, Open
from rnn_tui.tui.screen.shared import COPY, HELP, NOTATION, PICTURE, QUIT
from rnn_tui.tui.walking.asking_keys import ASKING_KEYS


def _open(shown: Practised) -> bool:
    """Tell whether the question can be answered now: it isn't yet, and the score doesn't stand in its place."""
    return shown.state.asking and not shown.state.over


def _answering(make: Callable[[Practised], Practising]) -> Change[Practising, Any]:
    """A change while the question can be answered."""
    return Change(lambda shown: make(shown) if _open(shown) else shown.state)


def _of_question(key: Key) -> Key:
    """A key of a question, which here chooses one answer and counts no hands."""
    act = key.act
    assert isinstance(act, Change)
    if key.id.startswith("hand-"):
        figure = int(key.id.removeprefix("hand-"))
        return key._replace(
            act=_answering(lambda shown: moves.digit(shown, figure)),
            help="Question: choose answer 1 (2 … 9 likewise), or a digit",
        )
    return key._replace(act=_answering(act.make))


OF_QUESTION = ("hand-", "sign", "point", "per-cent", "take-back")
"""The keys of a question, or the beginnings of their names, that practice takes over."""
ANSWER = "enter,right,pagedown,space"


def _levels(by: int) -> Do:
    """Easier or harder questions."""
    return Do(lambda screen: screen.change_levels(by), lambda screen: screen.can_change_levels(by))


KEYS: tuple[Key, ...] = (
    Key(
        "answer", ANSWER, "enter", "Question: mark the answer",
        Open(moves.answer, lambda shown: shown.state.asking), Group.TEACH,
        "mark", mode=ASKING, also="→ PageDown",
    ),
    Key(
        "show-answer", "a", "a", "Question: show the answer, which counts as not right", _answering(moves.give_up),
        Group.TEACH, "show", 1, mode=ASKING,
    ),
    Key(
        "next-question", ANSWER, "enter", "The next question", Do(
            lambda screen: screen.next_question(), lambda screen: screen.can_go_on
        ), Group.TEACH, "next", also="→ PageDown",
    ),
    *(_of_question(key) for key in ASKING_KEYS if key.id.startswith(OF_QUESTION)),
    Key(
        "harder", "up", "↑", "Harder questions", _levels(1), Group.TEACH, "level", 2, pair="easier", signs="↑↓",
    ),
    Key("easier", "down", "↓", "Easier questions", _levels(-1), Group.TEACH),
    Key(
        "end-practice", "escape", "esc", "The score; once more leaves", Do(lambda screen: screen.end()), Group.TEACH,
        "score", 1,
    ),
    Key(
        "save-result", "o", "o", "Save the result as .txt or .json", Open(
            lambda _: moves.save(), lambda shown: bool(shown.state.practice.attempts)
        ), Group.MORE, "save", 3,
    ),
    NOTATION, PICTURE, HELP, QUIT, COPY,
)  # fmt: skip
