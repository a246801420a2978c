"""Draw the pictures of README from the program itself, without a terminal: `python docs/draw.py`.

Its animation needs the extra `pictures`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rnn_tui.export.picture import offline
from rnn_tui.scene import DEFAULT_TEXT, Reading, Scene
from rnn_tui.scene_text import parse_position
from rnn_tui.settings import VARIABLE
from rnn_tui.shelf import DEFAULT_MODEL
from rnn_tui.traces import Traces

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Picture:
    """A scene, the keys that are pressed in it, and the size of its screen."""

    model: str
    text: str
    at: str
    scene: Mapping[str, Any] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 36)


PICTURES = {
    "screen": Picture(DEFAULT_MODEL, DEFAULT_TEXT, "3:add"),
    "lens": Picture("sentiment", "this movie is not good", "5:check", {"lens": "memory", "full": True}, size=(100, 27)),
    "what-if": Picture(
        DEFAULT_MODEL, DEFAULT_TEXT, "3:check", {"what_if": True}, ("comma", "comma", "comma", "comma", "comma")
    ),
}


WALK, WALK_SIZE, PACE = "walk", (90, 30), 1.2
"""The animation: the first picture's sentence from its first word on."""


def write_walk(path: Path) -> None:
    """Write the walk as an animation."""
    from rnn_tui.export import export_to
    from rnn_tui.export.request import Request

    traces, scene = Traces(), Scene(Reading(DEFAULT_MODEL, DEFAULT_TEXT))
    request = Request(scene, traces.trace(scene.reading), path, size=WALK_SIZE, pace=PACE)
    export_to(path).writer().write(request)


async def drawn(picture: Picture) -> str:
    """The screen as an SVG."""
    from rnn_tui.tui.app import RnnApp
    from rnn_tui.tui.walking.screen import WalkScreen

    traces, reading = Traces(), Reading(picture.model, picture.text)
    position = parse_position(picture.at, traces.trace(reading))
    app = RnnApp(WalkScreen(Scene(reading, position=position, **picture.scene), traces))
    async with app.run_test(size=picture.size) as pilot:
        await pilot.press(*picture.keys)
        await app.workers.wait_for_complete()
        await pilot.pause()
        return offline(app.export_screenshot(title=f"rnn-tui -m {picture.model}"))


if __name__ == "__main__":
    os.environ["TEXTUAL_ANIMATIONS"] = "none"  # Textual reads it when it is first imported
    os.environ[VARIABLE] = os.devnull  # nobody's own settings are to be seen
    for name, picture in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(asyncio.run(drawn(picture)), encoding="utf-8")
    write_walk(FOLDER / f"{WALK}.gif")
