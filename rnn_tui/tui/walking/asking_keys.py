"""The keys of the mode in which a question is open: count hands, type a number, reveal, ask another, close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rnn_tui.scene import Scene
from rnn_tui.text import MINUS
from rnn_tui.tui.screen.keys import ASKING, COUNTING, Change, Group, Key, Open, Outcome, Shown
from rnn_tui.tui.walking.computed import Computed

Walk = Shown[Scene, Computed]


Move = Callable[[Walk, Any], Scene]


def _asking(of: Callable[[Any], Move], by: object = 0, *, grows: bool = False) -> Change[Any, Any]:
    """A change while a question is open; `of` takes it from the module `asking`, which is imported only then."""

    def make(shown: Walk) -> Scene:
        if not shown.state.asking:
            return shown.state
        from rnn_tui.tui.walking import asking

        return of(asking)(shown, by)

    return Change(make, grows=grows)


def _key(
    key_id: str, keys: str, sign: str, explained: str, act: Change[Any, Any], hint: str = "", priority: int = 0,
    **fields: Any,
) -> Key:  # fmt: skip
    mode = fields.pop("mode", ASKING)
    return Key(key_id, keys, sign, f"Question: {explained}", act, Group.TEACH, hint, priority, mode=mode, **fields)


def _ask(shown: Walk) -> Outcome:
    from rnn_tui.tui.walking.asking import ask  # only where somebody asks: start-up time is a feature

    return ask(shown)


PREDICT = Key(
    "predict", "p", "p", "A question about what comes next, then its answer", Open(_ask), Group.TEACH,
    "predict", 2, brief="guess",
)  # fmt: skip
ASKING_KEYS: tuple[Key, ...] = (
    _key(
        "reveal", "enter,right,pagedown,space", "enter", "show the answer (space, too)",
        _asking(lambda a: a.reveal, grows=True), "reveal", also="→ PageDown",
    ),
    _key("hand-1", "1", "1", "a hand for choice 1 (2 … 9 likewise), or a digit", _asking(lambda a: a.digit, 1)),
    *(
        _key(f"hand-{n}", str(n), str(n), f"a hand for choice {n}, or a digit", _asking(lambda a: a.digit, n),
             listed=False)
        for n in (2, 3, 4, 5, 6, 7, 8, 9, 0)
    ),
    _key("sign", "minus", "−", "a minus before the number", _asking(lambda a: a.character, MINUS), listed=False),
    _key("point", "full_stop,comma", ".", "the point of a number", _asking(lambda a: a.character, "."), listed=False),
    _key("per-cent", "percent_sign", "%", "a number in per cent", _asking(lambda a: a.character, "%"), listed=False),
    _key(
        "take-back", "backspace", "backspace", "take the last hand or digit back", _asking(lambda a: a.take_back),
        "take back", 6,
    ),
    _key(
        "vote-again", "a", "a", "vote again, after the class has talked", _asking(lambda a: a.vote_again),
        "second vote", 2, mode=COUNTING,
    ),
    _key("another", "p", "p", "another one about what comes next", _asking(lambda a: a.another), "another", 2),
    _key(
        "close-question", "escape", "esc", "close it, with nothing shown", _asking(lambda a: a.close), "close", 1,
    ),
)  # fmt: skip
