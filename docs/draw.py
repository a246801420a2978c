"""Draw docs/screen.svg from the program itself, without a terminal: `python docs/draw.py`."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from rnn_tui.export.picture import offline
from rnn_tui.network.trace import run
from rnn_tui.scene import DEFAULT_TEXT, Scene, parse_position
from rnn_tui.shelf import DEFAULT_MODEL, load

PICTURE = Path(__file__).with_name("screen.svg")
SIZE = (120, 36)
POSITION = "3:add"


async def screen() -> str:
    """The screen as an SVG."""
    from rnn_tui.tui.app import RnnApp

    model = load(DEFAULT_MODEL)
    trace = run(model, model.tokenize(DEFAULT_TEXT))
    app = RnnApp(Scene(DEFAULT_MODEL, DEFAULT_TEXT, parse_position(POSITION, trace)), trace)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        return offline(app.export_screenshot(title=f"rnn-tui --at {POSITION}"))


if __name__ == "__main__":
    os.environ["TEXTUAL_ANIMATIONS"] = "none"  # Textual reads it when it is first imported
    PICTURE.write_text(asyncio.run(screen()), encoding="utf-8")
