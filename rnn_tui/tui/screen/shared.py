"""The keys that every screen has: through time, playing, the lens, notation, predicting, undo, help and quit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from rnn_tui.lenses import LENSES
from rnn_tui.network.position import START
from rnn_tui.scene import Showing
from rnn_tui.tui.screen.keys import Change, Do, Extent, Group, Key, Open, Outcome, Shown
from rnn_tui.tui.screen.screen import StateScreen

W = TypeVar("W", bound=Showing)
Walk = Callable[[Shown[W, Extent], int], W]

# Pure functions from what is shown to the next state. One that gives the same state can't be done now.


def step(shown: Shown[W, Extent], by: int) -> W:
    """A phase on or back; on from the last one uncovers the answer, so that a clicker can do it."""
    state = shown.state
    if by > 0 and state.hidden and state.position == shown.computed.order.last:
        return replace(state, hidden=False)
    if state.steps_by_word:
        return word(shown, by)
    return state.at(shown.computed.order.moved(state.position, by))


def word(shown: Shown[W, Extent], by: int) -> W:
    """A word on or back, in the same phase."""
    return shown.state.at(shown.computed.order.word_moved(shown.state.position, by))


def to_word(shown: Shown[W, Extent], t: int) -> W:
    """To the word at timestep t in the same phase; nowhere where there is no such word."""
    state, order = shown.state, shown.computed.order
    return state.at(order.at_word(t, state.position)) if order.has(t, 0) else state


def to_start(shown: Shown[W, Extent], _: int) -> W:
    """To the first phase of the first word."""
    return shown.state.at(START)


def to_end(shown: Shown[W, Extent], _: int) -> W:
    """To the last phase of all."""
    return shown.state.at(shown.computed.order.last)


def next_lens(shown: Shown[W, Extent], by: int) -> W:
    """The next lens; after the last one none, or the first again where there must be one."""
    state = shown.state
    choices: list[str | None] = [*LENSES] if state.keeps_lens else [None, *LENSES]
    index = choices.index(state.lens) if state.lens in choices else -1
    return state.with_lens(choices[(index + by) % len(choices)])


def notation(shown: Shown[W, Extent], _: int) -> W:
    """Equations beside the words, or words alone."""
    return replace(shown.state, notation=not shown.state.notation)


def predict(shown: Shown[W, Extent], _: int) -> W:
    """The answer covered, or uncovered."""
    return replace(shown.state, hidden=not shown.state.hidden)


def change(make: Callable[[Shown[Any, Any], int], Any], by: int = 0, *, grows: bool = False) -> Change[Any, Any]:
    """A change by a number of steps."""
    return Change(lambda shown: make(shown, by), grows=grows)


Acting = StateScreen[Any, Any]


def _do(does: Callable[[Acting], None], can: Callable[[Acting], bool] = lambda _: True) -> Do:
    """Something that every screen does by itself; it is typed here, where the screen is known."""
    return Do(does, can)


def _speed(by: int) -> Do:
    return _do(lambda screen: screen.change_speed(by), lambda screen: screen.player.can_change(by))


WALKING: tuple[Key, ...] = (
    Key(
        "next", "right,pagedown", "→", "Next phase (a clicker's PageDown, too)", change(step, 1, grows=True),
        Group.WALK, "step", pair="back", signs="→ ←", also="PageDown",
    ),
    Key(
        "back", "left,pageup", "←", "Back one phase (PageUp, too)", change(step, -1), Group.WALK, also="PageUp",
    ),
    Key(
        "next-word", "w", "w", "Next word, same phase", change(word, 1), Group.WALK, "word", 5, pair="back-word",
        signs="w b",
    ),
    Key("back-word", "b", "b", "Back one word", change(word, -1), Group.WALK),
    Key("start", "home", "home", "To the first word", change(to_start), Group.WALK),
    Key("end", "end", "end", "To the final answer", change(to_end), Group.WALK),
    *(
        Key(f"word-{n}", str(n), str(n), f"To word {n}", change(to_word, n - 1), Group.WALK, listed=False)
        for n in range(1, 10)
    ),
    Key(
        "play", "space", "space", "Play and pause",
        _do(lambda screen: screen.toggle_play(), lambda screen: screen.player.playing or screen.able("next")),
        Group.WALK, "play", 4,
    ),
    Key("faster", "plus,equals_sign", "+", "Play faster", _speed(1), Group.WALK),
    Key("slower", "minus", "−", "Play slower", _speed(-1), Group.WALK),
)  # fmt: skip
"""Through time, and by itself."""


def unit_keys(move: Callable[[Shown[Any, Any], int], Any]) -> tuple[Key, Key]:
    """The keys that pick the unit above and the one below; `move` goes some units down."""
    up = Key("unit-up", "up", "↑", "The hidden unit above", change(move, -1), Group.LOOK)
    down = Key(
        "unit-down", "down", "↓", "The hidden unit below", change(move, 1), Group.LOOK, "unit", 6, pair="unit-up",
        signs="↑↓",
    )  # fmt: skip
    return up, down


def floor_key(move: Callable[[Shown[Any, Any], int], Any]) -> Key:
    """The key that goes to the next floor; `move` goes some floors up."""
    does = "The next floor of a network of several, at the same word"
    return Key("next-floor", "F", "F", does, change(move, 1), Group.LOOK, "floor", 1, mode="floors")


def reading_keys(sentence: Callable[[Any], Outcome], model: Callable[[Any], Outcome]) -> tuple[Key, Key]:
    """The keys that ask for another sentence, and for another model."""
    return (
        Key(
            "sentence",
            "e",
            "e",
            "Type a sentence of your own",
            Open(sentence),
            Group.CHANGE,
            "sentence",
            1,
            brief="text",
        ),
        Key("model", "m", "m", "Pick a model or one of its sentences", Open(model), Group.CHANGE, "model", 1),
    )


BACK = Key(
    "overview", "escape", "esc", "Back: close what is open, stop what is being measured",
    _do(lambda screen: screen.back(), lambda screen: screen.can_go_back), Group.LOOK,
)  # fmt: skip
LENS = Key(
    "lens", "v", "v", "The next lens: what it remembers, forgets, has learned", change(next_lens, 1), Group.LOOK,
    "lens", 1,
)  # fmt: skip
SLIDE = Key(
    "slide", "l", "l", "Recency: slide the word from first place to last",
    _do(lambda screen: screen.slide(), lambda screen: screen.can_slide), Group.LOOK, "slide", 3, mode="slide",
)  # fmt: skip
NOTATION = Key("notation", "t", "t", "Words alone, or words with notation", change(notation), Group.LOOK, "notation", 6)
PREDICT = Key(
    "predict",
    "p",
    "p",
    "Cover the answer until the class has guessed",
    change(predict),
    Group.TEACH,
    "predict",
    2,
    brief="guess",
)
PICTURE = Key(
    "picture",
    "s",
    "s",
    "Save a picture, the walk, or its numbers",
    _do(lambda screen: screen.save()),
    Group.MORE,
    "picture",
    9,
)
UNDO = Key(
    "undo", "u", "u", "Back to the sentence and model before",
    _do(lambda screen: screen.undo(), lambda screen: screen.timeline.can_undo), Group.CHANGE, "undo", 8,
)  # fmt: skip
REDO = Key(
    "redo", "ctrl+r", "ctrl+r", "And forward again",
    _do(lambda screen: screen.redo(), lambda screen: screen.timeline.can_redo), Group.CHANGE,
)  # fmt: skip
HELP = Key("help", "question_mark", "?", "All keys", _do(lambda screen: screen.show_help()), Group.MORE, "help")
QUIT = Key("quit", "q", "q", "Quit", _do(lambda screen: screen.quit()), Group.MORE, "quit", 4)
COPY = Key("copy", "", "", "Copy the command for this view", _do(lambda screen: screen.copy_command()), Group.MORE)
ENDING: tuple[Key, ...] = (NOTATION, PREDICT, PICTURE, UNDO, REDO, HELP, QUIT, COPY)
"""The keys that stand last."""
