"""Several columns of a table as the features of a series, and the column that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rnn_tui.learning import columns
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Form
from rnn_tui.learning.series import as_number, checked, column_of
from rnn_tui.learning.source import Source
from rnn_tui.text import cited

Records = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True)
class Features:
    """A text a timestep, its features with commas between them, and the number of the target at it, as many."""

    timesteps: tuple[str, ...]
    target: tuple[str, ...]
    form: Form
    commas: bool
    """True where a decimal comma was read."""


def features_of(source: Source, records: Records, *, commas: bool) -> Features:
    """The features that are asked for, in their order, or all columns with numbers where a target alone is.

    The target is the first feature unless it is named. `commas`: a comma in a number is its decimal point. Raises
    RowError for a column that is not there, and for a row without a number in one of them.
    """
    chosen, target, headed = _chosen(source, records, commas=commas)
    body = records[int(headed) :]
    if not body:
        raise RowError(source.path, "has a header and no row under it; there is nothing to learn from")
    header = records[0] if headed else (0, [""] * len(records[0][1]))
    names = {index: _name(source, header, index) for index in (*chosen, target)}
    numbers = {
        index: [checked(source.path, row, fields[index], commas=commas, name=name) for row, fields in body]
        for index, name in names.items()
    }
    return Features(
        tuple(map(",".join, zip(*(numbers[index] for index in chosen), strict=True))),
        tuple(numbers[target]),
        Form(len(chosen), tuple(names[index] for index in chosen), names[target]),
        any("," in fields[index] for _, fields in body for index in names),
    )


def _name(source: Source, header: tuple[int, list[str]], index: int) -> str:
    """The name that a column alone has, or else its number; raises RowError where another one is called so."""
    row, fields = header
    there, number = columns.known(fields), f"{index + 1}"
    if there[index] and there.count(there[index]) == 1:
        return fields[index].strip()
    if number in there:
        said = f"column {number} has no name of its own, and another one is called {number}; give both a name"
        raise RowError(source.path, said, row)
    return number


def _chosen(source: Source, records: Records, *, commas: bool) -> tuple[list[int], int, bool]:
    """The indices of the features and of the target, and True where there is a header."""

    def index_of(column: str, option: str) -> tuple[int, bool]:
        return column_of(source.path, records, column, commas=commas, option=option)

    asked = source.asked
    if asked.columns is None:
        assert asked.target is not None  # one of the two is there, or the file is read as one column
        target, headed = index_of(asked.target, "--target")
        below = records[min(int(headed), len(records) - 1)][1]
        chosen = [at for at, field in enumerate(below) if as_number(field, commas=commas) is not None]
        return chosen or [target], target, headed
    found = [index_of(column, "--columns") for column in asked.columns]
    chosen, headed = [index for index, _ in found], found[0][1]
    again = next((name for at, name in enumerate(asked.columns) if chosen[at] in chosen[:at]), None)
    if again is not None:
        raise RowError(source.path, f"--columns names {cited(again)} twice; once is enough", records[0][0])
    return chosen, chosen[0] if asked.target is None else index_of(asked.target, "--target")[0], headed
