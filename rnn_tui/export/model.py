"""An edited network as a model file of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rnn_tui import shelf
from rnn_tui.edits import Edit, apply_edits, without_words
from rnn_tui.export.request import Request
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.storage import save


def save_edited(model: Model, edits: Sequence[Edit], path: Path) -> Path:
    """Save `model` with its edits as a new file, under the file's name; returns the path.

    The edits of words are left out, since they are of the sentence. The file says what it is an edited copy of, and
    claims no figure. Raises UserError where there is no edit of the network or where one doesn't fit, where there is
    such a file already, and where the path lies among the shipped models or can't be written to.
    """
    _some_of_network(edits)
    path = _free(path)
    _save(model, edits, path)
    return path


def write(request: Request) -> None:
    """Write the network of a scene with its edits; raises UserError where there is no edit of the network."""
    scene = request.scene
    _some_of_network(scene.edits)
    shelf.check_not_shipped(request.path)
    model = shelf.load(scene.model, max_bytes=None)  # it was opened, so it isn't too large
    with request.writing():
        _save(model, scene.edits, request.path)


def _save(model: Model, edits: Sequence[Edit], path: Path) -> None:
    of_network = without_words(edits)
    edited, _ = apply_edits(model, (), of_network)
    texts = [edit.to_text() for edit in of_network]
    provenance = {**model.provenance, "edited_from": model.name, "edits": texts, "figure": None}
    provenance.pop("verified", None)  # what was compared was the network before
    named = replace(
        edited,
        name=path.stem,
        title=f"{model.title or model.name}, edited",
        summary=f"An edited copy of {model.name}: {'; '.join(texts)}.",
        provenance=provenance,
    )
    save(named, path)


def _some_of_network(edits: Sequence[Edit]) -> None:
    if not without_words(edits):
        raise UserError("nothing of the network is changed, so there is no other network to save")


def _free(path: Path) -> Path:
    """The path with the ending of a model file, where nothing is yet; raises UserError."""
    if not path.name or "\0" in str(path) or path.name == "..":
        raise UserError(f"“{path}” is no name of a file; give one that ends in {shelf.SUFFIX}")
    path = path if path.suffix == shelf.SUFFIX else path.with_name(path.name + shelf.SUFFIX)
    shelf.check_not_shipped(path)
    if os.path.lexists(path):
        raise UserError(f"{path}: there is such a file already, and nothing is overwritten; give another name")
    return path
