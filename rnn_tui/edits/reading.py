"""From text to an edit. What an edit is not is said in one line, with all the forms."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rnn_tui.edits.weights import Activation, Forget, ScaleMemory, SetParameter, Silence
from rnn_tui.edits.words import DropWord, InsertWord, MoveWord, ReplaceWord
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.edits.sequence import Edit

FORMS = (
    "scale-memory 0.5",
    "forget",
    "activation relu",
    "silence 3",
    "set weight_hh[1,2] 0.25",
    "word 2 great",
    "insert 3 not",
    "drop 3",
    "move 3 1",
)
"""An example of each form, as it is typed."""

LONGEST_QUOTE = 60


def parse_edit(text: str) -> Edit:
    """The edit that a text such as "scale-memory 0.5" means.

    Raises UserError, in one line with all forms, where it means none, and for "help".
    """
    form, _, rest = text.lstrip().partition(" ")
    if form == "help":
        raise UserError(_forms())
    if form not in _READERS:
        from difflib import get_close_matches  # only an error needs it

        nearest = get_close_matches(form.lower(), _READERS, n=1, cutoff=0.5)
        hint = f", did you mean {nearest[0]}?" if nearest else ""
        raise UserError(f"no edit is called “{_shown(form)}”{hint} ({_forms()})")
    try:
        return _READERS[form](rest)
    except ValueError as error:
        example = next(known for known in FORMS if known.partition(" ")[0] == form)
        raise UserError(f"“{_shown(text.strip())}” is no edit: {error}, such as “{example}” ({_forms()})") from error


def _forms() -> str:
    return f"the edits are: {' · '.join(FORMS)}"


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


# Each reads what stands behind the name of its form, and raises ValueError with what was expected.


def _scale_memory(text: str) -> Edit:
    factor = _number(text)
    if factor < 0:
        raise ValueError("it takes a number of 0 or above")
    return ScaleMemory(factor)


def _forget(text: str) -> Edit:
    if text.strip():
        raise ValueError("it stands alone")
    return Forget()


def _activation(text: str) -> Edit:
    if text.strip() not in ("tanh", "relu", "identity"):
        raise ValueError("it takes tanh, relu or identity")
    return Activation(text.strip())


def _set(text: str) -> Edit:
    weight, _, value = text.strip().rpartition(" ")
    name, bracket, index = weight.strip().partition("[")
    if not (name and bracket and index.endswith("]")):
        raise ValueError("it takes a parameter, its place in brackets, and a number")
    places = tuple(_place(part) for part in index.removesuffix("]").split(","))
    return SetParameter(name.strip(), places, _number(value))


def _place_and_word(text: str) -> tuple[int, str]:
    """A place and the rest of the line as it stands, since a space may be what is meant."""
    place, _, word = text.lstrip().partition(" ")
    if not word:
        raise ValueError("it takes a place and a word")
    return _place(place), word


def _move(text: str) -> Edit:
    places = text.split()
    if len(places) != 2:
        raise ValueError("it takes a word and the place it goes to")
    return MoveWord(_place(places[0]), _place(places[1]))


def _place(text: str) -> int:
    """A place from 0, from one that counts from 1."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and int(digits) >= 1):
        raise ValueError(f"“{_shown(digits)}” is no place (they count from 1)" if digits else "a place is missing")
    return int(digits) - 1


def _number(text: str) -> float:
    try:
        value = float(text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"“{_shown(text.strip())}” is no number" if text.strip() else "a number is missing")
    return value + 0.0  # −0 is 0


_READERS: Mapping[str, Callable[[str], Edit]] = {
    "scale-memory": _scale_memory,
    "forget": _forget,
    "activation": _activation,
    "silence": lambda text: Silence(_place(text)),
    "set": _set,
    "word": lambda text: ReplaceWord(*_place_and_word(text)),
    "insert": lambda text: InsertWord(*_place_and_word(text)),
    "drop": lambda text: DropWord(_place(text)),
    "move": _move,
}
