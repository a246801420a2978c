"""The options that say what a file of examples looks like, for the commands that read one."""

from __future__ import annotations

import codecs
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from rnn_tui.cli.errors import CallError
from rnn_tui.options.types import names, whole
from rnn_tui.text import cited

if TYPE_CHECKING:
    from argparse import _ArgumentGroup as Group

    from rnn_tui.cli.command import Parser
    from rnn_tui.learning.source import Asked

TAKES = {
    "--column": ("series", "tags"),
    "--columns": ("series",),
    "--target": ("series",),
    "--window": ("series",),
    "--rows": ("labels",),
    "--text-column": ("labels", "next", "tags"),
    "--label-column": ("labels", "tags"),
    "--delimiter": ("labels", "tags", "series", "next"),
}
"""The tasks that an option is for."""
_CALLED = {"series": "a series of numbers", "tags": "tags", "labels": "texts with labels", "next": "texts"}


def add_data_arguments(group: Parser | Group, *, window: str) -> None:
    """Add the options of a file: what it holds, its columns, its delimiter and its encoding."""
    group.add_argument(
        "--task", choices=("labels", "next", "tags", "series"), help="what DATA holds, if not as it looks"
    )
    group.add_argument("--text-column", metavar="NAME", help="the column of the texts, or its number, or a key of JSON")
    group.add_argument(
        "--label-column", metavar="NAME", help="the column of the labels, or its number, or a key of JSON"
    )
    group.add_argument("--column", metavar="NAME", help="the column of a series or of the tags; or its number")
    group.add_argument(
        "--columns", metavar="NAME,…", type=names, help="several columns of a series, read together at each timestep"
    )
    group.add_argument("--target", metavar="NAME", help="the column whose next value is asked (the first of --columns)")
    group.add_argument(
        "--rows", metavar="N", type=whole(1), help="a picture a line: its pixels in N rows, each row a timestep"
    )
    group.add_argument("--delimiter", metavar="SIGN", help="what stands between two columns: , ; | tab space")
    group.add_argument("--encoding", metavar="NAME", help="of the file (utf-8), such as cp1252, latin-1 or utf-16")
    group.add_argument("--window", metavar="N", type=whole(1), help=window)


def asked_of(arguments: Namespace) -> Asked:
    """Everything that a call says of its file; raises CallError for a delimiter or an encoding that is none."""
    from rnn_tui.learning.dialects import spelled
    from rnn_tui.learning.source import Asked

    delimiter = None
    if arguments.delimiter is not None:
        delimiter = spelled(arguments.delimiter)
        if delimiter is None:
            raise CallError(f"--delimiter {cited(arguments.delimiter)}: expected one sign: , ; | tab space")
    return Asked(
        task=arguments.task,
        column=arguments.column,
        text_column=arguments.text_column,
        label_column=arguments.label_column,
        delimiter=delimiter,
        encoding=None if arguments.encoding is None else _encoding(arguments.encoding),
        window=arguments.window,
        columns=arguments.columns,
        target=arguments.target,
        rows=arguments.rows,
    )


def check_options(arguments: Namespace) -> None:
    """Raise CallError for options of a file that don't go together, as far as that is known without reading it."""
    if arguments.task is not None:
        check_task(arguments, [arguments.task], f"not for --task {arguments.task}")
    of_texts = {"--text-column": arguments.text_column, "--label-column": arguments.label_column}
    given = next((option for option, column in of_texts.items() if column is not None), None)
    if given and arguments.column is not None:
        raise CallError(f"--column is for a series of numbers or tags, {given} for texts with labels; give one")
    several = next((f"--{name}" for name in ("columns", "target") if getattr(arguments, name) is not None), None)
    if several and arguments.column is not None:
        raise CallError(f"--column is for a series with one column, {several} for one with several; give one")
    if several and given:
        raise CallError(f"{several} is for a series of numbers, {given} for texts with labels; give one")
    if arguments.rows is not None and (several or arguments.column or arguments.text_column):
        other = several or ("--column" if arguments.column else "--text-column")
        raise CallError(f"--rows reads all columns but the label's as a picture, so there is no {other}; give one")


def check_task(arguments: Namespace, tasks: Sequence[str], otherwise: str) -> None:
    """Raise CallError for an option that is for none of the tasks; `otherwise` says which they are."""
    for option, takers in TAKES.items():
        if getattr(arguments, option[2:].replace("-", "_")) is not None and not set(tasks) & set(takers):
            raise CallError(f"{option} is for {' and '.join(_CALLED[one] for one in takers)}, {otherwise}")


def _encoding(name: str) -> str:
    """The name of an encoding of texts; raises CallError for any other."""
    try:
        with suppress(UnicodeError):  # such as UTF-16, of which a byte is no text
            b"a".decode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        known = "utf-8, cp1252 (Windows), latin-1, utf-16 and many more are known"
        raise CallError(f"--encoding {cited(name)}: no such encoding; {known}") from error
