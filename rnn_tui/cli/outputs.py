"""The file that a command is to write, checked before the work that it takes to make it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from rnn_tui import shelf
from rnn_tui.network.errors import UserError


def check_output(path: Path, inputs: Iterable[Path | str | None] = (), *, force: bool = True) -> None:
    """Raise UserError where a file couldn't be written, or would replace one that is read.

    `inputs` are the files that the command reads; None stands for one that was not given. Without `force` a file that
    is there already isn't replaced.
    """
    if not force and os.path.lexists(path) and not os.path.isdir(path):
        raise UserError(f"{path}: there is such a file already; give another name, or --force to replace it")
    from rnn_tui.cli.undisturbed import undisturbed  # only where something is written: start-up time is a feature
    from rnn_tui.network.storage import check_writable

    for given in inputs:
        if given is not None and _is_same_file(path, given):
            raise UserError(f"{path}: would replace what is read, {given}; give another name")
    with undisturbed(last=False):  # it tries a file of its own, which mustn't be left
        check_writable(path)


def check_model_output(path: Path, inputs: Iterable[Path | str | None] = ()) -> None:
    """Raise as `check_output` does, and UserError for a shipped model and for weights of another program.

    A model of ours that is there is replaced, as it has always been: a script that trains it again can be run again.
    """
    shelf.check_not_shipped(path)
    check_output(path, inputs)
    from rnn_tui.network.storage import is_foreign

    if is_foreign(path):
        raise UserError(
            f"{path}: the file that is there holds weights of another program, which nothing else may have; "
            "give another name, or move it away"
        )


def _is_same_file(path: Path, other: Path | str) -> bool:
    """True where both are one file, by whatever names."""
    try:
        return os.path.samefile(path, os.path.expanduser(other))
    except (OSError, ValueError):  # one of them is not there
        return False
