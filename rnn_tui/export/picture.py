"""A picture of the screen as an SVG file that needs nothing from the network."""

from __future__ import annotations

import os
import re
from pathlib import Path

from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import is_name_on_windows, write_whole

MOST_BYTES = 200


def offline(svg: str) -> str:
    """The SVG without its links to web fonts: it is drawn in the reader's own monospaced font instead."""
    without = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    return without.replace("Fira Code,", "Fira Code, DejaVu Sans Mono, Menlo, Consolas,")


def save_svg(svg: str, name: str, folder: Path | None = None) -> Path:
    """Write an SVG under a name that is still free, whole or not at all; raises UserError where that fails."""
    stem = file_stem(name)
    mend = "start rnn-tui in a folder of yours"
    try:
        folder = folder or Path.cwd()
    except OSError as error:  # it has been removed
        raise UserError(f"{stem}.svg: can't be written: the working folder is gone; {mend}") from error
    path = next(
        free
        for n in range(1, 1_000_000)
        if not os.path.lexists(free := folder / (f"{stem}.svg" if n == 1 else f"{stem}-{n}.svg"))
    )
    write_whole(path, offline(svg).encode(errors="replace"), mend=mend)
    return path


def file_stem(name: str) -> str:
    """A name as that of a file may begin: without separators, and in as many bytes as leave room for an ending.

    One that Windows keeps for a device is made longer on every system, so that the file can be handed on.
    """
    name = re.sub(r"[^\w.-]+", "-", name)
    if not is_name_on_windows(f"{name}.x"):
        name = f"rnn-tui-{name}"
    return name.encode(errors="ignore")[:MOST_BYTES].decode(errors="ignore")
