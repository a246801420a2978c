"""An edited network as a model file of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rnn_tui import shelf
from rnn_tui.edits import Edit, apply_edits, without_words
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.storage import save


def save_edited(model: Model, edits: Sequence[Edit], path: Path) -> Path:
    """Save `model` with its edits as a new file, under the file's name; returns the path.

    The edits of words are left out, since they are of the sentence. The file says what it is an edited copy of, and
    claims no figure. Raises UserError where there is no edit of the network or where one doesn't fit, where there is
    such a file already, and where the path lies among the shipped models or can't be written to.
    """
    of_network = without_words(edits)
    if not of_network:
        raise UserError("nothing of the network is changed, so there is no other network to save")
    path = _free(path)
    edited, _ = apply_edits(model, (), of_network)
    texts = [edit.to_text() for edit in of_network]
    provenance = {**model.provenance, "edited_from": model.name, "edits": texts, "figure": None}
    named = replace(
        edited,
        name=path.stem,
        title=f"{model.title or model.name}, edited",
        summary=f"An edited copy of {model.name}: {'; '.join(texts)}.",
        provenance=provenance,
    )
    save(named, path)
    return path


def _free(path: Path) -> Path:
    """The path with the ending of a model file, where nothing is yet; raises UserError."""
    if not path.name or "\0" in str(path) or path.name == "..":
        raise UserError(f"“{path}” is no name of a file; give one that ends in {shelf.SUFFIX}")
    path = path if path.suffix == shelf.SUFFIX else path.with_name(path.name + shelf.SUFFIX)
    if shelf.is_shipped(path):
        raise UserError(f"{path}: the shipped models stay as they are; save it in a folder of your own")
    if os.path.lexists(path):
        raise UserError(f"{path}: there is such a file already, and nothing is overwritten; give another name")
    return path
