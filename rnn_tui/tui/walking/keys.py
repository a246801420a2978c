"""Every key of the walk, in one list: footer, help, command palette, docs and settings are made from it.

What only some keys need is imported when one of them is pressed: start-up time is a feature.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rnn_tui.lenses import OFFER
from rnn_tui.network.model import Model
from rnn_tui.scene import Scene
from rnn_tui.tui.registry import OPENERS
from rnn_tui.tui.screen.keys import Ask, Change, Group, Key, Open, Outcome, Shown
from rnn_tui.tui.screen.shared import BACK, ENDING, LENS, SLIDE, WALKING, change, floor_key, reading_keys, unit_keys
from rnn_tui.tui.walking import moves
from rnn_tui.tui.walking.asking_keys import ASKING_KEYS, PREDICT
from rnn_tui.tui.walking.computed import Computed

Walk = Shown[Scene, Computed]


def _sentence(shown: Walk) -> Outcome:
    """Ask for a sentence, and read it with the same edits of the network."""
    from rnn_tui.tui.dialogs.sentence import SentenceScreen, reading_of

    return Ask(
        lambda shown: SentenceScreen(shown.computed.model, shown.state.text),
        lambda shown, answer: shown.state.of(reading_of(answer, shown.state.reading)),
    )


def _model(shown: Walk) -> Outcome:
    """Ask for a model or one of its sentences."""
    from rnn_tui.tui.dialogs.models import ModelsScreen

    return Ask(
        lambda shown: ModelsScreen(shown.state.model, covered=shown.state.covered),
        lambda shown, reading: shown.state.of(reading),
    )


def _write_on(shown: Walk) -> Outcome:
    from rnn_tui.tui.walking.writing import write_on

    return write_on(shown)


def _bolder(shown: Walk) -> Outcome:
    from rnn_tui.tui.walking.writing import bolder

    return bolder(shown)


def can_write(shown: Walk) -> bool:
    """Tell whether the model writes on."""
    model: Model = shown.computed.model
    if model.readout.kind != "each":
        return False
    from rnn_tui.network.generation import writing_of

    return writing_of(model) is not None


Edit = Callable[[Walk, int], Scene]


def _edit(of: Callable[[Any], Edit], by: int = 0, *, merges: bool = False) -> Change[Scene, Computed]:
    """A change of the edits, which can be made in the what-if mode alone; `of` takes it from the module `whatif`."""

    def make(shown: Walk) -> Scene:
        if not shown.state.what_if:
            return shown.state
        from rnn_tui.tui.walking import whatif

        return of(whatif)(shown, by)

    return Change(make, merges=merges)


def _typed(of: Callable[[Any], Ask[Scene, Computed]]) -> Open[Scene, Computed]:
    """A dialog of the what-if mode; `of` takes it from the module `typed`."""

    def asked(shown: Walk) -> Ask[Scene, Computed]:
        from rnn_tui.tui.walking import typed

        return of(typed)

    return Open(asked, lambda shown: shown.state.what_if and asked(shown).can(shown))


def _hold() -> Open[Scene, Computed]:
    """The dialog in which a number is typed over."""

    def asked(_: Walk) -> Outcome:
        from rnn_tui.tui.walking.holds import type_over

        return type_over()

    return Open(asked, lambda shown: shown.state.what_if)


def _what_if(
    key_id: str,
    keys: str,
    act: Change[Scene, Computed] | Open[Scene, Computed],
    explained: str,
    sign: str = "",
    hint: str = "",
    priority: int = 0,
    pair: str = "",
    signs: str = "",
) -> Key:
    """A key of the what-if mode."""
    return Key(
        key_id, keys, sign or keys, f"What if: {explained}", act, Group.CHANGE, hint, priority, pair, signs, "what-if"
    )


WHAT_IF = (
    _what_if("less", "comma", _edit(lambda w: w.nudge, -1, merges=True), "less memory, or a smaller weight", ","),
    _what_if(
        "more", "full_stop", _edit(lambda w: w.nudge, 1, merges=True), "more memory, or a larger weight", ".", "memory",
        pair="less", signs=", .",
    ),
    _what_if("forget", "f", _edit(lambda w: w.forget), "the network without its memory", hint="forget", priority=4),
    _what_if("activation", "a", _edit(lambda w: w.activation), "another squashing function"),
    _what_if("silence", "o", _edit(lambda w: w.silence), "the picked unit is held at 0", hint="silence", priority=4),
    _what_if("replace", "r", _typed(lambda t: t.REPLACE), "another word here"),
    _what_if("insert", "i", _typed(lambda t: t.INSERT), "one more word before this one"),
    _what_if("drop", "d", _edit(lambda w: w.drop), "without this word", hint="drop", priority=5),
    _what_if("shift-back", "left_curly_bracket", _edit(lambda w: w.shift, -1), "this word one place earlier", "{"),
    _what_if("shift-on", "right_curly_bracket", _edit(lambda w: w.shift, 1), "this word one place later", "}"),
    _what_if("next-weight", "j", _edit(lambda w: w.next_weight, 1), "the next weight, in the arithmetic"),
    _what_if("last-weight", "k", _edit(lambda w: w.next_weight, -1), "the weight before, in the arithmetic"),
    _what_if(
        "hold", "h", _hold(), "type over a number; it is held at this word", hint="hold", priority=4
    ),
    _what_if(
        "any-edit", "n", _typed(lambda t: t.ANY_EDIT), "type any edit, or the picked weight's value", hint="type",
        priority=4,
    ),
    _what_if("choose", "tab", _edit(lambda w: w.choose, 1), "choose the next of the edits in force"),
    _what_if(
        "take-out", "delete,backspace", _edit(lambda w: w.take_out_chosen), "take the chosen edit out", "del",
        "take out", 3,
    ),
    _what_if("original", "0", _edit(lambda w: w.original), "back to what was there", hint="original", priority=1),
    _what_if(
        "save-model", "y", _typed(lambda t: t.SAVE), "save the edited network as a new model file", hint="save",
        priority=4,
    ),
)  # fmt: skip
KEYS: tuple[Key, ...] = (
    *WALKING,
    *unit_keys(moves.unit),
    Key(
        "arithmetic", "enter", "enter", "Where every number comes from", change(moves.arithmetic), Group.LOOK,
        "arithmetic", 1, brief="sums",
    ),
    Key(
        "next-unit", "U", "U", "The unit that counts next most for the answer", change(moves.next_unit), Group.LOOK,
    ),
    floor_key(moves.next_floor),
    BACK,
    Key("terms-up", "left_square_bracket", "[", "Scroll the arithmetic up", change(moves.scroll, -5), Group.LOOK),
    Key("terms-down", "right_square_bracket", "]", "Scroll the arithmetic down", change(moves.scroll, 5), Group.LOOK),
    *reading_keys(_sentence, _model),
    LENS,
    Key(
        "full", "V", "V", "The lens on the whole screen, and what it says", change(moves.full), Group.LOOK, "large", 3,
        mode="lens",
    ),
    Key(
        "offer", OFFER, OFFER, "The same words in a model that has what the lens needs", change(moves.offered),
        Group.LOOK, mode="lens",
    ),
    SLIDE,
    Key(
        "write", "g", "g", "Write on: draw the next character or word", Open(_write_on, can_write), Group.CHANGE,
        "write on", 1, mode="write",
    ),
    Key(
        "temperature", "G", "G", "Write more carefully or more boldly", Open(_bolder, can_write), Group.CHANGE,
        mode="write",
    ),
    Key(
        "what-if", "x", "x", "What if: change the network or the words", change(moves.what_if), Group.CHANGE, "what if",
        2,
    ),
    *WHAT_IF,
    *OPENERS,
    Key(
        "present", "z", "z", "Present: the phase at work in large figures", change(moves.present), Group.TEACH,
    ),
    *ASKING_KEYS,
    *(PREDICT if key.id == PREDICT.id else key for key in ENDING),
)  # fmt: skip

ASIDE = 4
"""The number added to the priority of a key of the overview while a panel of its own has keys, too."""
IN_WHAT_IF = {"what-if": 0, "undo": 2}
"""The priorities in the what-if mode, whose panel says most of its own keys itself, by the names of keys."""
AFTER_FLOORS = 3
"""The priority of what leaves its room to the key of the floors, so that guessing needn't."""
LEAVING_ROOM = ("sentence", "more")
"""The keys, by name, of that priority: the slider of the memory has its signs beside it in the panel of edits."""
ALWAYS = ("next", "back", "next-word", "model", "lens", "what-if", "compare", "predict", "help", "quit", "undo")


def hint_of(key: Key, scene: Scene, *, playing: bool, floors: bool = False) -> tuple[str, int]:
    """The footer's words for a key of the walk, and how soon it leaves the key out; with several `floors` or one."""
    other = {
        "play": "pause" if playing else "",
        "arithmetic": "overview" if scene.arithmetic else "",
        "full": "small" if scene.full else "",
        "more": "weight" if scene.weight is not None and scene.arithmetic else "",
        "what-if": "close" if scene.what_if else "",
        "predict": "reveal" if scene.hidden else "",
        "present": "overview" if scene.presents else "",
    }
    busy = scene.what_if or scene.full
    priority = key.priority + (ASIDE if busy and not key.mode and key.id not in ALWAYS else 0)
    if key.id == "predict" and (scene.hidden or scene.presenting):
        priority = 1  # in front of a class, and where it has guessed, this key is looked for
    if floors and key.id in LEAVING_ROOM:
        priority = max(priority, AFTER_FLOORS)
    if scene.what_if:
        priority = IN_WHAT_IF.get(key.id, priority)
    return other.get(key.id) or key.hint, priority
