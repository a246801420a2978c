"""Draw the pictures of README from the program itself, without a terminal: `python docs/draw.py`.

Its animation needs the extra `pictures`, and the page on a phone needs Chromium beside it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
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


PHONE, PHONE_SIZE = "phone", (360, 720)
"""The page on a phone, and the size of its screen in CSS pixels, of which each is two in the picture."""
PHONE_SCENE = Reading("sentiment", "this movie is not good"), "4:add"
FRAME = """<!doctype html><meta charset="utf-8"><style>
html {{ background: #fff; overflow: hidden }} body {{ margin: 16px }}
iframe {{ display: block; border: 10px solid #222; border-radius: 36px; width: {0}px; height: {1}px }}
</style><iframe src="{2}"></iframe>"""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def write_phone(path: Path) -> None:
    """Draw the page as it is on a phone, with Chromium."""
    from rnn_tui.export import export_to
    from rnn_tui.export.request import Request

    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit("docs/draw.py needs Chromium for the picture of the page: apt-get install chromium")
    traces, (reading, at) = Traces(), PHONE_SCENE
    trace = traces.trace(reading)
    width, height = PHONE_SIZE
    with tempfile.TemporaryDirectory() as folder:
        page, frame = Path(folder) / "page.html", Path(folder) / "frame.html"
        export_to(page).writer().write(Request(Scene(reading, position=parse_position(at, trace)), trace, page))
        frame.write_text(FRAME.format(width, height, page.as_uri()), encoding="utf-8")
        size = f"--window-size=500,{height + 200}"  # no window is narrower, and a part of its height isn't the page's
        switches = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2"]
        switches += ["--allow-file-access-from-files", f"--user-data-dir={folder}/profile", size]
        command = [found, *switches, "--virtual-time-budget=3000", f"--screenshot={path}", frame.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=90)  # noqa: S603 - a browser of this machine
        crop(path, 2 * (width + 52), 2 * (height + 52))


def crop(path: Path, width: int, height: int) -> None:
    """Cut a picture to its upper left corner, and keep few colours, so that it is small."""
    from PIL import Image

    with Image.open(path) as drawn_picture:
        cut = drawn_picture.convert("RGB").crop((0, 0, width, height)).quantize(64)
    cut.save(path, optimize=True)


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
    write_phone(FOLDER / f"{PHONE}.png")
