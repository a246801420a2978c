"""The scripts of a page: plain JavaScript, joined in the order in which they need one another."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

ENGINE = (
    "safetensors",
    "metadata",
    "tokenizers",
    "cells",
    "edits",
    "answers",
    "network",
    "trace_json",
    "memory",
    "terms",
)
"""The scripts that compute the network, from a model file's bytes and a text."""


def joined(names: Iterable[str]) -> str:
    """The text of some scripts, by their names, one after the other."""
    folder = files("rnn_tui.export.page") / "script"
    return "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in names)
