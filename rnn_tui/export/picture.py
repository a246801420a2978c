"""A picture of the screen as an SVG file that needs nothing from the network."""

from __future__ import annotations

import os
import re
from pathlib import Path

from rnn_tui.network.storage import is_name_on_windows, write_whole

MOST_BYTES = 200
MEND = "give another name, or start rnn-tui in a folder of yours"


def offline(svg: str) -> str:
    """The SVG without its links to web fonts: it is drawn in the reader's own monospaced font instead."""
    without = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    return without.replace("Fira Code,", "Fira Code, DejaVu Sans Mono, Menlo, Consolas,")


def write_svg(svg: str, path: Path) -> None:
    """Write an SVG, whole or not at all; raises UserError where that fails."""
    write_whole(path, offline(svg).encode(errors="replace"), mend=MEND)


def free_name(name: str, suffix: str) -> str:
    """A name for a file in the working folder that is still free, with a number where the first is taken."""
    stem = file_stem(name)
    names = (f"{stem}{suffix}" if n == 1 else f"{stem}-{n}{suffix}" for n in range(1, 1_000_000))
    return next(free for free in names if not os.path.lexists(free))


def file_stem(name: str) -> str:
    """A name as that of a file may begin: without separators, and in as many bytes as leave room for an ending.

    One that Windows keeps for a device is made longer on every system, so that the file can be handed on.
    """
    name = re.sub(r"[^\w.-]+", "-", name)
    if not is_name_on_windows(f"{name}.x"):
        name = f"rnn-tui-{name}"
    return name.encode(errors="ignore")[:MOST_BYTES].decode(errors="ignore")
