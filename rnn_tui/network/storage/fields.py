"""The fields of a model file's metadata, taken out one by one: what is wrong with one is said in one line."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from rnn_tui.network.cells import CELLS, cell_class
from rnn_tui.network.errors import ModelFileError
from rnn_tui.text import clipped


@dataclass(frozen=True)
class Fields:
    """An object of the metadata of the file at a path; its methods raise ModelFileError, which names the field."""

    path: Path
    fields: Mapping[str, Any]

    def get(self, field: str) -> Any:
        """A field that must be there."""
        if field not in self.fields:
            raise ModelFileError(f"{self.path}: metadata rnn_tui has no field “{field}”")
        return self.fields[field]

    def text(self, field: str, default: str) -> str:
        """A text; the default where it is absent or null."""
        value = self.fields.get(field)
        value = default if value is None else value
        return value if isinstance(value, str) else self.fail(field, value, "a text")

    def choice(self, field: str, choices: Sequence[str]) -> str:
        """One of some texts."""
        value = self.get(field)
        for choice in choices:
            if value == choice:
                return choice
        return self.fail(field, value, f"one of {', '.join(choices)}")

    def flag(self, field: str, *, default: bool) -> bool:
        """True or false."""
        value = self.fields.get(field)
        value = default if value is None else value
        return value if isinstance(value, bool) else self.fail(field, value, "true or false")

    def cell(self) -> tuple[str, str | None]:
        """The cell and its activation."""
        cell = self.choice("cell", tuple(CELLS))
        activations = cell_class(cell).activations
        if not activations:
            value = self.fields.get("activation")
            return cell, None if value is None else self.fail("activation", value, f"null for {cell}")
        return cell, self.choice("activation", activations)

    def numbers(self, field: str, count: int, default: float, *, positive: bool = False) -> tuple[float, ...]:
        """So many finite numbers, in a list, or one for all of them."""
        value = self.fields.get(field)
        value = default if value is None else value
        listed = value if isinstance(value, list) else [value] * count
        wanted = "numbers above 0" if positive else "numbers"
        if len(listed) != count or not all(map(_is_finite, listed)) or (positive and min(listed) <= 0):
            self.fail(field, value, f"{count} {wanted}" if count > 1 else f"a {wanted.replace('numbers', 'number')}")
        return tuple(map(float, listed))

    def fail(self, field: str, found: Any, expected: str) -> NoReturn:
        """Say that a field is something else than was expected."""
        raise ModelFileError(f"{self.path}: {field} is {shown(found)}, expected {expected}")


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def shown(value: Any) -> str:
    """A value in few characters, for an error line."""
    return clipped(json.dumps(value, ensure_ascii=False, default=str), 40)
