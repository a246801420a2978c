"""Everything that is asked for when a scene is to be written as a file: the scene, the file, and how it is to look."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace
    from rnn_tui.scene import Scene

SIZE = (120, 36)
PACE = 0.8
LIBRARIES = ("numpy", "torch")
MEND = "give another folder"


def _quiet(_: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Request:
    """A scene with its trace, the file that it is to become, and the options that some kinds of files take.

    `size` is a picture's, in columns and rows; `theme` the name of its colours, None for those of the settings; `pace`
    the seconds that a step stays; `library` what a script computes with, one of `LIBRARIES`. `progress` is told now and
    then how much is done, from 0 to 1; what it raises ends the work, and nothing is left of the file. Files are written
    inside a `writing()`, in which nothing may disturb.
    """

    scene: Scene
    trace: Trace
    path: Path
    size: tuple[int, int] = SIZE
    theme: str | None = None
    pace: float = PACE
    library: str = LIBRARIES[0]
    progress: Callable[[float], None] = _quiet
    writing: Callable[[], AbstractContextManager[None]] = nullcontext

    def write(self, content: bytes) -> None:
        """Write the file, whole or not at all; raises UserError where that can't be done."""
        from rnn_tui.network.storage import write_whole

        with self.writing():
            write_whole(self.path, content, mend=MEND)
