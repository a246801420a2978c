"""The screen without a terminal, and without what Windows lacks: keys, a picture, a network that is saved."""

from __future__ import annotations

import asyncio
import json
import sys

from tests.windows.lacking import take_away

KEYS = ("right", "right", "enter", "escape", "v", "question_mark", "escape", "ctrl+z", "s", "enter", "x", "f", "y")


async def opened() -> dict[str, object]:
    """Open the program, press KEYS and save; gives what was seen at the end."""
    from rnn_tui.scene import Reading, Scene
    from rnn_tui.traces import Traces
    from rnn_tui.tui.app import RnnApp
    from rnn_tui.tui.walking.screen import WalkScreen

    app = RnnApp(WalkScreen(Scene(Reading("kicking-and-screaming", "Kicking and screaming")), Traces()))
    app.animation_level = "none"
    async with app.run_test(size=(120, 36)) as pilot:
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
        app.screen.query_one("Input").value = "mine.safetensors"
        await pilot.press("enter")
        await pilot.pause()
        state = app.first.state
    return {"fault": repr(app.fault), "edits": len(state.edits), "t": state.position.t}


if __name__ == "__main__":
    take_away()
    seen = asyncio.run(opened())
    ours = [name for name in sys.modules if name.startswith("rnn_tui.")]
    sys.stdout.write(json.dumps({**seen, "modules": ours}))
