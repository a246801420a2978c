"""What-if: pure functions from the edits in force to the next ones, and the keys' way to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.edits import (
    Activation,
    DropWord,
    Edit,
    Forget,
    InsertWord,
    MoveWord,
    ReplaceWord,
    ScaleMemory,
    SetParameter,
    Silence,
    memory_factor,
    parse_edit,
    without_words,
)
from rnn_tui.network.cells import ACTIVATIONS
from rnn_tui.network.changes import parameter
from rnn_tui.network.errors import UserError
from rnn_tui.pictures.arithmetic import weights_of
from rnn_tui.scene import Position, Scene
from rnn_tui.text import printable, unsigned
from rnn_tui.tui import opening

if TYPE_CHECKING:
    from rnn_tui.tui.screens.main import MainScreen

Edits = tuple[Edit, ...]
NOTCH, LOUDEST = 0.1, 2.0
NUDGE = 0.1


def with_memory(edits: Edits, factor: float) -> Edits:
    """One scaling of the memory, where the first one stood or at the end; none where the factor is 1."""
    scaling: Edits = () if factor == 1 else (ScaleMemory(factor),)
    places = [place for place, edit in enumerate(edits) if isinstance(edit, ScaleMemory)]
    first = places[0] if places else len(edits)
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


def with_weight(edits: Edits, name: str, index: tuple[int, ...], value: float) -> Edits:
    """One weight at a value; an edit that had set it is replaced."""
    others = [
        edit for edit in edits if not (isinstance(edit, SetParameter) and (edit.name, edit.index) == (name, index))
    ]
    return (*others, SetParameter(name, index, value))


def without(edits: Edits, place: int) -> Edits:
    """All edits but one."""
    return edits[:place] + edits[place + 1 :]


# What each key makes of the scene. A key that would leave the edits as they are can't be used now.

_Change = Callable[["MainScreen", int], Scene]


def _edited(screen: MainScreen, edits: Edits, t: int | None = None) -> Scene:
    scene = screen.scene
    position = scene.position if t is None else Position(t, scene.position.phase)
    return replace(scene, edits=edits, position=position)


def _activation(screen: MainScreen, _: int) -> Scene:
    now = screen.trace.model.activation
    own = (screen.before or screen.trace).model.activation
    edits = screen.scene.edits
    return _edited(screen, edits if now is None or own is None else next_activation(edits, own, now))


def _drop(screen: MainScreen, _: int) -> Scene:
    t, length = screen.scene.position.t, len(screen.trace)
    if length == 1:
        return screen.scene
    return _edited(screen, (*screen.scene.edits, DropWord(t)), min(t, length - 2))


def _shift(screen: MainScreen, by: int) -> Scene:
    t, length = screen.scene.position.t, len(screen.trace)
    if not 0 <= t + by < length:
        return screen.scene
    return _edited(screen, (*screen.scene.edits, MoveWord(t, t + by)), t + by)


def _nudge(screen: MainScreen, by: int) -> Scene:
    """The picked weight a little up or down; without one, the memory."""
    edits, weight = screen.scene.edits, screen.picked_weight
    if weight is None:
        return _edited(screen, notched(edits, by))
    name, index = weight
    value = float(parameter(screen.trace.model, name)[index])
    return _edited(screen, with_weight(edits, name, index, round(value + by * NUDGE, 4)))


def _take_out(screen: MainScreen, place: int) -> Scene:
    """The edit at a place, or, below 0, the one that is chosen in the list."""
    edits = screen.scene.edits
    return _edited(screen, without(edits, screen.chosen if place < 0 else place)) if edits else screen.scene


CHANGES: Mapping[str, _Change] = {
    "nudge": _nudge,
    "memory": lambda screen, tenths: _edited(screen, with_memory(screen.scene.edits, round(tenths * NOTCH, 10))),
    "forget": lambda screen, _: _edited(screen, toggled(screen.scene.edits, Forget())),
    "activation": _activation,
    "silence": lambda screen, _: _edited(screen, toggled(screen.scene.edits, Silence(screen.scene.unit))),
    "drop": _drop,
    "shift": _shift,
    "take_out": _take_out,
    "original": lambda screen, _: _edited(screen, ()),
}
SLIDES = ("nudge", "memory")
"""The changes of which many in a row are one for undo."""


def able(screen: MainScreen, action: str, parameters: tuple[object, ...]) -> bool:
    """Whether a key of the what-if mode can be used now."""
    edits = screen.scene.edits
    if action == "edit":
        name, by = (*parameters, 0)[:2]
        return CHANGES[str(name)](screen, int(str(by))).edits != edits
    if action == "ask":
        return parameters[0] != "save" or bool(without_words(edits))
    return len(edits) > 1 if action == "choose" else bool(screen.scene.arithmetic and weights_of(screen.view))


async def change(screen: MainScreen, name: str, by: int) -> None:
    """Make one of the changes, and show what follows from it."""
    await show(screen, CHANGES[name](screen, by), slides=name in SLIDES)


async def show(screen: MainScreen, scene: Scene, *, slides: bool = False) -> None:
    """Show an edited scene; an edit that can't be made is said in one line, and all stays as it was."""
    history = screen.history.replaced(scene) if slides and screen.sliding_weights else screen.history.pushed(scene)
    if await opening.travel(screen, history):
        screen.sliding_weights = slides


# What is typed

_TYPED: Mapping[str, tuple[str, str]] = {
    "replace": ("What is read in place of {word}", "one {unit}"),
    "insert": ("What is read before {word}", "one {unit}"),
    "any": (
        "An edit, such as: scale-memory 0.5",
        "scale-memory, forget, activation, silence, set, word, insert, drop, move",
    ),
    "save": ("Save the edited network as", "a new model file; nothing is overwritten"),
}


def ask(screen: MainScreen, what: str) -> None:
    """Ask for a word, an edit or a file name."""
    from rnn_tui.tui.screens.prompt import PromptScreen

    title, note = _TYPED[what]
    word = printable(screen.trace.tokens[screen.scene.position.t].surface)
    unit = screen.trace.model.tokenizer.unit
    title, note = (text.format(word=f"“{word}”", unit=unit) for text in (title, note))
    screen.app.push_screen(
        PromptScreen(title, note, _proposed(screen, what), partial(_fault, screen, what)), partial(_typed, screen, what)
    )


def _proposed(screen: MainScreen, what: str) -> str:
    if what == "replace":
        return screen.trace.tokens[screen.scene.position.t].surface
    if what == "save":
        return f"{screen.trace.model.name}-edited.safetensors"
    if what == "any" and screen.picked_weight is not None:
        name, index = screen.picked_weight
        value = float(parameter(screen.trace.model, name)[index])
        return SetParameter(name, index, float(unsigned(value, 4).replace("−", "-"))).to_text()
    return ""


def _typed_edit(screen: MainScreen, what: str, text: str) -> Edit:
    t = screen.scene.position.t
    if what == "replace":
        return ReplaceWord(t, text)
    if what == "insert":
        return InsertWord(t, text)
    if screen.picked_weight is not None and _is_number(text):  # the value of the picked weight, and no more
        name, index = screen.picked_weight
        text = SetParameter(name, index, 0.0).to_text().rpartition(" ")[0] + f" {text.strip()}"
    return parse_edit(text)


def _is_number(text: str) -> bool:
    try:
        float(text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return False
    return True


def _fault(screen: MainScreen, what: str, text: str) -> str:
    """What is wrong with what has been typed so far; nothing where it can be done."""
    if what == "save":
        return "" if text.strip() else "give a file name"
    try:
        edit = _typed_edit(screen, what, text)
        opening.trace_of(replace(screen.scene, edits=(*screen.scene.edits, edit)))
    except UserError as error:
        return printable(str(error))
    return ""


async def _typed(screen: MainScreen, what: str, text: str | None) -> None:
    if text is None:
        return
    if what == "save":
        save(screen, Path(text.strip()))
        return
    edit = _typed_edit(screen, what, text)
    edits = screen.scene.edits
    if isinstance(edit, SetParameter):
        await show(screen, _edited(screen, with_weight(edits, edit.name, edit.index, edit.value)))
    else:
        await show(screen, _edited(screen, (*edits, edit)))


def save(screen: MainScreen, path: Path) -> None:
    """Save the edited network as a new model file, and say where."""
    from rnn_tui.export.model import save_edited

    try:
        saved = save_edited((screen.before or screen.trace).model, screen.scene.edits, path.expanduser())
    except RuntimeError:  # which is how Path says that it knows no such person's folder
        screen.notify(f"{path}: there is no such folder; give another place", severity="error", markup=False)
    except UserError as error:
        screen.notify(printable(str(error)), severity="error", markup=False, timeout=8)
    else:
        screen.notify(f"saved {saved}; open it with -m {saved}", markup=False, timeout=8)
