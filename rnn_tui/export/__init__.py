"""Everything that leaves the program: traces, comparisons, lenses and walks as text, and files by their suffix.

An export is one module with `write(scene, trace, path)`, and one record in `EXPORTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rnn_tui.loading import module
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace
    from rnn_tui.scene import Scene


class FileWriter(Protocol):
    """The module of an export."""

    def write(self, scene: Scene, trace: Trace, path: Path) -> None:
        """Write a scene and its trace to a file, whole or not at all; raises UserError where that can't be done."""
        ...


@dataclass(frozen=True)
class Export:
    """One kind of file: the suffix of its name, with the dot, what it holds, and what imports its module."""

    suffix: str
    title: str
    load: Callable[[], FileWriter]


EXPORTS: dict[str, Export] = {
    export.suffix: export
    for export in (
        Export(".json", "every value of the trace, for programs", module("rnn_tui.export.trace_json")),
        Export(".safetensors", "the network with the edits, as a model file", module("rnn_tui.export.model")),
    )
}
"""The exports by suffix, in the order in which they are listed."""


def export_to(path: Path) -> Export:
    """The export that a file's suffix names; raises UserError, which lists them, where there is none."""
    try:
        return EXPORTS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(f"{export.suffix} ({export.title})" for export in EXPORTS.values())
        ending = f"nothing is written as {path.suffix}" if path.suffix else "the suffix is missing"
        raise UserError(f"{path}: {ending}; there are {known}") from None
