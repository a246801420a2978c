"""The forms of all edits, and from text to an edit."""

from __future__ import annotations

from rnn_tui.edits import (
    activation,
    drop_word,
    forget,
    hold,
    insert_word,
    move_word,
    replace_word,
    scale_memory,
    set_parameter,
    silence,
)
from rnn_tui.edits.edit import Edit, Form
from rnn_tui.edits.parts import shown
from rnn_tui.network.errors import UserError

FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        scale_memory.FORM,
        forget.FORM,
        activation.FORM,
        silence.FORM,
        set_parameter.FORM,
        hold.FORM,
        replace_word.FORM,
        insert_word.FORM,
        drop_word.FORM,
        move_word.FORM,
    )
}
"""The form of each kind of edit by its first word, in the order in which they are listed."""


def parse_edit(text: str) -> Edit:
    """The edit that a text such as "scale-memory 0.5" means.

    Raises UserError, in one line with all forms, where it means none, and for "help".
    """
    name, _, rest = text.lstrip().partition(" ")
    if name == "help":
        raise UserError(_listing())
    if name not in FORMS:
        from difflib import get_close_matches  # only an error needs it

        nearest = get_close_matches(name.lower(), FORMS, n=1, cutoff=0.5)
        hint = f", did you mean {nearest[0]}?" if nearest else ""
        raise UserError(f"no edit is called “{shown(name)}”{hint} ({_listing()})")
    form = FORMS[name]
    try:
        return form.parse(rest)
    except ValueError as error:
        raise UserError(
            f"“{shown(text.strip())}” is no edit: {error}, such as “{form.example}” ({_listing()})"
        ) from error


def examples() -> tuple[str, ...]:
    """An example of each form, as it is typed."""
    return tuple(form.example for form in FORMS.values())


def names_of_network_edits() -> tuple[str, ...]:
    """The names of the edits that change the network, and not one sentence."""
    return tuple(form.name for form in FORMS.values() if form.of_network)


def _listing() -> str:
    return f"the edits are: {' · '.join(examples())}"
