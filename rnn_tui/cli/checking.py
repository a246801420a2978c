"""The check of an imported network: texts with the answers that its own program gave, in a CSV."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.network.errors import InputError, UserError
from rnn_tui.text import cited

if TYPE_CHECKING:
    from rnn_tui.learning.rows import Row
    from rnn_tui.network.model import Model

TOLERANCE = 1e-4
_NO_SHARES = 1e-3


@dataclass(frozen=True)
class Expected:
    """One text of the file: the row that it begins in, and the answer in the model's order of labels.

    A probability for each label, or a number.
    """

    row: int
    text: str
    answer: tuple[float, ...]


@dataclass(frozen=True)
class Difference:
    """One text whose answer is another: the label that is furthest off, and both its probabilities or numbers."""

    expected: Expected
    label: str
    wanted: float
    found: float
    unknown: tuple[str, ...]
    unit: float = 1.0  # of numbers the largest that is expected, where that is more than 1

    @property
    def size(self) -> float:
        """The distance of the two in units of the largest; infinite where one is no number."""
        apart = abs(self.wanted - self.found) / self.unit
        return apart if math.isfinite(apart) else math.inf

    def __str__(self) -> str:
        unknown = f" (unknown to the vocabulary: {', '.join(self.unknown[:3])})" if self.unknown else ""
        return (
            f"{cited(self.expected.text)}{unknown}: {self.label} is {self.wanted:.6g} in the file, {self.found:.6g} as "
            f"imported, {self.size:.2g} apart"
        )


def read_expected(path: Path, model: Model) -> list[Expected]:
    """The texts of a table with a column text and a column a label; raises RowError.

    Of two labels' probabilities one column is enough. Beside the labels one column is the text, whatever it is called.
    """
    from rnn_tui.learning.rows import RowError, read_rows
    from rnn_tui.learning.tables import table

    rows: list[Row] = read_rows(path)
    records = table(path, rows)
    _, header = next(records)
    names = [name.strip() for name in header]
    columns = {label: names.index(label) for label in model.labels if label in names}
    missing = [label for label in model.labels if label not in columns]
    number = model.output.is_number
    if missing and (number or not (len(columns) == 1 and len(model.labels) == 2)):
        raise RowError(path, f"no column is called “{missing[0]}”; expected text, {', '.join(model.labels)}", 1)
    rest = [index for index in range(len(names)) if index not in columns.values()]
    named = [index for index in rest if names[index].casefold() == "text"]
    if len(named or rest) != 1:
        raise RowError(path, f"which column is the text isn't plain; expected text, {', '.join(model.labels)}", 1)
    found = [
        Expected(row, fields[(named or rest)[0]], _answer(path, row, fields, columns, model.labels, number=number))
        for row, fields in records
    ]
    if not found:
        raise RowError(path, "has a header and no row under it; there is nothing to compare")
    return found


def differences(model: Model, expected: Iterable[Expected], path: Path) -> list[Difference]:
    """For every text the label that is furthest off; raises RowError for a text that can't be read."""
    from rnn_tui.learning.rows import RowError
    from rnn_tui.network.trace import run

    found, expected = [], list(expected)
    unit = max(1.0, *(abs(number) for one in expected for number in one.answer)) if model.output.is_number else 1.0
    for one in expected:
        try:
            tokens = model.tokenize(one.text)
        except InputError as error:
            raise RowError(path, str(error), one.row) from error
        answer = [float(p) for p in run(model, tokens).values[model.output.answer][-1]]
        furthest = max(range(len(answer)), key=lambda k: abs(answer[k] - one.answer[k]))
        unknown = tuple(token.surface for token in tokens if token.unknown)
        found.append(Difference(one, model.labels[furthest], one.answer[furthest], answer[furthest], unknown, unit))
    return found


def largest(found: Iterable[Difference]) -> float:
    """The largest difference of all."""
    return max(difference.size for difference in found)


def refusal(path: Path, found: list[Difference], assumed: str, mend: str) -> UserError:
    """The error for a network whose answers are others: the first text, how many, what was assumed, the mend."""
    apart = [difference for difference in found if not difference.size <= TOLERANCE]
    texts = f"{len(apart)} of {len(found)} text{'s' * (len(found) != 1)} more than {TOLERANCE:g} apart"
    return UserError(f"{path}: row {apart[0].expected.row}: {apart[0]}; {texts}; {assumed}; {mend}")


def _answer(
    path: Path, row: int, fields: list[str], columns: dict[str, int], labels: tuple[str, ...], *, number: bool
) -> tuple[float, ...]:
    from rnn_tui.learning.rows import RowError

    given = {}
    for label, column in columns.items():
        try:
            given[label] = float(fields[column])
        except ValueError as error:
            what = label if number else f"probability of {label}"
            raise RowError(path, f"{cited(fields[column])} is no {what}", row) from error
    if number:
        return tuple(given[label] for label in labels)
    if len(given) < len(labels):
        given = {label: given[label] if label in given else 1 - next(iter(given.values())) for label in labels}
    shares = tuple(given[label] for label in labels)
    if not all(-_NO_SHARES <= share <= 1 + _NO_SHARES for share in shares) or abs(sum(shares) - 1) > _NO_SHARES:
        listed = ", ".join(f"{share:g}" for share in shares)
        raise RowError(path, f"{listed} are no probabilities, whose sum is 1; give softmax(logits)", row)
    return shares
