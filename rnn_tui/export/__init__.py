"""Everything that leaves the program: traces, comparisons, lenses and walks as text, and files by their suffix.

An export is one module with `write(request)`, and one record in `EXPORTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from rnn_tui.loading import module
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.export.request import Request


class FileWriter(Protocol):
    """The module of an export."""

    def write(self, request: Request) -> None:
        """Write a scene and its trace to a file, whole or not at all; raises UserError where that can't be done."""
        ...


class Extra(NamedTuple):
    """An optional dependency: the extra of the package that brings it, and the module by which it is known."""

    name: str
    module: str

    @property
    def missing(self) -> bool:
        """True where it isn't installed."""
        from importlib.util import find_spec  # only where something is written: start-up time is a feature

        return find_spec(self.module) is None


@dataclass(frozen=True)
class Export:
    """One kind of file: the suffix of its name, with the dot, what it holds, and what imports its module.

    `options` are the fields of a `Request` that change it: "size", "theme", "pace", "library". `extra` is what it needs
    beside the package.
    """

    suffix: str
    title: str
    load: Callable[[], FileWriter]
    options: tuple[str, ...] = ()
    extra: Extra | None = None

    def writer(self) -> FileWriter:
        """Its module; raises UserError, which says how to install it, where what it needs is missing."""
        if self.extra is not None and self.extra.missing:
            mend = f"pip install 'rnn-tui[{self.extra.name}]'"
            raise UserError(f"{self.suffix} needs what isn't installed here: {mend}")
        return self.load()


PICTURES = Extra("pictures", "PIL")
"""What draws pixels."""

EXPORTS: dict[str, Export] = {
    export.suffix: export
    for export in (
        Export(".html", "one page that computes the walk in any browser", module("rnn_tui.export.page")),
        # Pictures are drawn by the program itself, which knows this room; so these modules are named, and not imported.
        Export(".svg", "a picture of the screen", module("rnn_tui.tui.picturing.svg"), ("size", "theme")),
        Export(
            ".png",
            "the same picture in pixels",
            module("rnn_tui.tui.picturing.png"),
            ("size", "theme"),
            PICTURES,
        ),
        Export(
            ".gif", "the walk as an animation", module("rnn_tui.tui.picturing.gif"), ("size", "theme", "pace"), PICTURES
        ),
        Export(
            ".cast", "the walk for asciinema's player", module("rnn_tui.tui.picturing.cast"), ("size", "theme", "pace")
        ),
        Export(".json", "every value of the trace, for programs", module("rnn_tui.export.trace_json")),
        Export(
            ".py",
            "a script that prints the same numbers, and its weights",
            module("rnn_tui.export.script"),
            ("library",),
        ),
        Export(
            ".xlsx", "a workbook with live formulas", module("rnn_tui.export.sheet"), extra=Extra("xlsx", "xlsxwriter")
        ),
        Export(".csv", "every value, a row each, for spreadsheets", module("rnn_tui.export.csv")),
        Export(".tex", "the unrolled network for TeX", module("rnn_tui.export.tex")),
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
