"""Dialogs of the what-if mode, in which one types a word, an edit, a weight's value or a file's name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from rnn_tui.edits import FORMS, Edit, Hold, InsertWord, ReplaceWord, SetParameter, parse_edit, without_words
from rnn_tui.network.changes import parameter
from rnn_tui.network.errors import UserError
from rnn_tui.pictures.arithmetic import picked_weight
from rnn_tui.scene import Scene
from rnn_tui.text import printable, unsigned
from rnn_tui.tui.dialogs.prompt import PromptScreen
from rnn_tui.tui.screen.keys import Ask, Told
from rnn_tui.tui.walking.computed import Computed
from rnn_tui.tui.walking.whatif import Walk, edited, lane_at, reworded, view_of, with_hold, with_weight


def _word(shown: Walk) -> str:
    return shown.computed.trace.tokens[shown.state.position.t].surface


def _fault(make: Callable[[str], Edit], shown: Walk, text: str) -> str:
    """The fault of an edit that has been typed so far; nothing where it can be made."""
    try:
        shown.computed.traces.trace(_with(shown, make(text)).reading)
    except UserError as error:
        return printable(str(error))
    return ""


def _with(shown: Walk, edit: Edit) -> Scene:
    """The scene with one edit more."""
    edits = shown.state.edits
    if isinstance(edit, SetParameter):
        return edited(shown.state, with_weight(edits, edit))
    if isinstance(edit, Hold):
        return edited(shown.state, with_hold(edits, edit))
    return reworded(shown, (*edits, edit))


def _asks(
    title: Callable[[Walk], str],
    note: Callable[[Walk], str],
    proposed: Callable[[Walk], str],
    make: Callable[[Walk, str], Edit],
) -> Ask[Scene, Computed]:
    """Ask for an edit in one line; what is wrong with it is said while one types."""
    return Ask(
        lambda shown: PromptScreen(
            title(shown), note(shown), proposed(shown), partial(_fault, partial(make, shown), shown)
        ),
        lambda shown, text: _with(shown, make(shown, text)),
        lambda shown: shown.state.what_if,
    )


def _any_edit(shown: Walk, text: str) -> Edit:
    """An edit in its text form; where a weight is picked, a number alone is its value."""
    picked = picked_weight(view_of(shown))
    if picked is not None and _is_number(text):
        text = f"{SetParameter(*picked, 0.0).to_text().rpartition(' ')[0]} {text.strip()}{lane_at(shown).text}"
    return parse_edit(text)


def _is_number(text: str) -> bool:
    try:
        float(text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return False
    return True


def _proposed_value(shown: Walk) -> str:
    """The picked weight at the value that it has; nothing where none is picked."""
    picked = picked_weight(view_of(shown))
    if picked is None:
        return ""
    lane = lane_at(shown)
    value = float(parameter(shown.computed.model, picked[0], lane.layer, backward=lane.backward)[picked[1]])
    return SetParameter(*picked, float(unsigned(value, 4).replace("−", "-")), lane).to_text()


def _saved(shown: Walk, text: str) -> Told:
    """Save the edited network as a new model file; raises UserError where that can't be done."""
    from rnn_tui.export.model import save_edited

    path = Path(text.strip())
    try:
        saved = save_edited(shown.computed.unedited, shown.state.edits, path.expanduser())
    except RuntimeError as error:  # which is how Path says that it knows no such person's folder
        raise UserError(f"{path}: there is no such folder; give another one") from error
    return Told(f"saved {saved}; open it with -m {saved}")


def _stem(name: str) -> str:
    from rnn_tui.export.picture import file_stem  # only where something is saved

    return file_stem(name)


def _one_unit(shown: Walk) -> str:
    return f"one {shown.computed.model.tokenizer.unit}"


REPLACE = _asks(
    lambda shown: f"What is read in place of “{printable(_word(shown))}”",
    _one_unit,
    _word,
    lambda shown, text: ReplaceWord(shown.state.position.t, text),
)
INSERT = _asks(
    lambda shown: f"What is read before “{printable(_word(shown))}”",
    _one_unit,
    lambda _: "",
    lambda shown, text: InsertWord(shown.state.position.t, text),
)
ANY_EDIT = _asks(lambda _: "An edit, such as: scale-memory 0.5", lambda _: ", ".join(FORMS), _proposed_value, _any_edit)
SAVE: Ask[Scene, Computed] = Ask(
    lambda shown: PromptScreen(
        "Save the edited network as",
        "a new model file; nothing is overwritten",
        f"{_stem(shown.computed.model.name)}-edited.safetensors",
        lambda text: "" if text.strip() else "give a file name",
    ),
    _saved,
    lambda shown: shown.state.what_if and bool(without_words(shown.state.edits)),
)
