"""Errors, said in one line to the person at the keyboard."""

from __future__ import annotations

from rnn_tui.text import in_one_line


class UserError(ValueError):
    """Something a user can mend; the message is one line that says what is wrong and how to mend it."""

    def __init__(self, message: str) -> None:
        # What a message quotes (a word, a path, the name of a tensor) may hold line breaks of its own, or be endless.
        super().__init__(in_one_line(message))


class ModelFileError(UserError):
    """A model file that can't be used: the message names the file, what was found and what was expected."""


class InputError(UserError):
    """A text that the model can't read."""


class ProgramError(Exception):
    """The program has gone wrong in itself, and has closed; its cause is what has gone wrong."""
