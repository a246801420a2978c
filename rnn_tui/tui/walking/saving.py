"""The files that can be made of a scene from inside the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App

from rnn_tui import shelf
from rnn_tui.edits import without_words
from rnn_tui.export import EXPORTS, Export
from rnn_tui.export.picture import free_name
from rnn_tui.export.request import Request
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.tui.dialogs.saving import Kind


def kinds(scene: Scene, trace: Trace, name: str, app: App[Any]) -> list[Kind]:
    """Every export but the picture of the screen itself, where what it needs is installed and there is something to it.

    Pictures are as large as the screen, and in its theme.
    """
    changed = bool(without_words(scene.edits))
    alone = Scene(**{field.name: getattr(scene, field.name) for field in fields(Scene)})  # that of a lesson has more
    request = partial(Request, alone, trace, size=(app.size.width, app.size.height), theme=app.theme)
    return [
        Kind(export.suffix, export.title, free_name(name, export.suffix), partial(_write, export, request))
        for export in EXPORTS.values()
        if export.suffix != ".svg"
        and not (export.extra is not None and export.extra.missing)
        and (changed or export.suffix != shelf.SUFFIX)
    ]


def _write(export: Export, request: Callable[..., Request], path: Path, progress: Callable[[float], None]) -> None:
    export.writer().write(request(path=path, progress=progress))
