"""A picture of the screen as an SVG file that needs nothing from the network."""

from __future__ import annotations

import re
from pathlib import Path

from rnn_tui import atomic
from rnn_tui.network.errors import UserError


def offline(svg: str) -> str:
    """The SVG without its links to web fonts: it is drawn in the reader's own monospaced font instead."""
    without = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    return without.replace("Fira Code,", "Fira Code, DejaVu Sans Mono, Menlo, Consolas,")


def save_svg(svg: str, name: str, folder: Path | None = None) -> Path:
    """Write an SVG under a name that is still free, whole or not at all; raises UserError where that fails."""
    folder = folder or Path.cwd()
    stem = re.sub(r"[^\w.-]+", "-", name)
    path = next(
        free
        for n in range(1, 1_000_000)
        if not (free := folder / (f"{stem}.svg" if n == 1 else f"{stem}-{n}.svg")).exists()
    )
    try:
        atomic.write(path, offline(svg).encode("utf-8"))
    except OSError as error:
        raise UserError(f"{path}: can't be written ({error.strerror}); start rnn-tui in a folder of yours") from error
    return path
