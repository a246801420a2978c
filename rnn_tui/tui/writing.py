"""Writing on: the next token is drawn from the answer and put at the end of the text, where it is read in its turn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from rnn_tui.network.generation import generate, opening, writing_of
from rnn_tui.network.tokens import join
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Position, Scene
from rnn_tui.text import percent, quoted

if TYPE_CHECKING:
    from rnn_tui.tui.screens.stage import Stage

TEMPERATURES = (0.0, 0.5, 0.8, 1.0, 1.5)


@dataclass
class Writer:
    """How boldly the next token is drawn, and by which dice."""

    temperature: float = 0.8
    rng: np.random.Generator = field(default_factory=np.random.default_rng)

    def cooler_or_hotter(self) -> float:
        """The next of the temperatures, after the hottest the coldest."""
        place = TEMPERATURES.index(self.temperature)
        self.temperature = TEMPERATURES[(place + 1) % len(TEMPERATURES)]
        return self.temperature

    def written_on(self, scene: Scene, trace: Trace) -> Scene | None:
        """The scene with one token more, at the new token; None where the network says that the text ends here.

        A text that lacks the start token gets it first. Raises InputError for a model that doesn't write on.
        """
        model = trace.model
        written = list(generate(model, trace.tokens, 1, self.temperature, self.rng))
        if not written:
            return None
        writing = writing_of(model)
        read = opening(writing, model, trace.tokens) if writing else list(trace.tokens)
        text = join([token.surface for token in (*read, *written)], model.tokenizer)
        return replace(scene, text=text, position=Position(len(read), 0))


async def write_on(screen: Stage, writer: Writer) -> None:
    """Put the next token on the screen, or say that the text ends."""
    from rnn_tui.tui import opening as scenes

    scene = writer.written_on(screen.scene, screen.trace)
    if scene is None:
        screen.notify(
            f"the network ends {quoted(screen.scene.text)} here; g draws again, e types another beginning",
            markup=False,
            timeout=4,
        )
        return
    before = screen.trace
    if await scenes.travel(screen, screen.history.pushed(scene)):
        drawn = screen.trace.tokens[-1].text
        p = float(before.values["probs"][-1][before.model.labels.index(drawn)])
        screen.notify(f"{quoted(drawn)} was drawn; the network gave it {percent(p)}", markup=False, timeout=2)


def change_temperature(screen: Stage, writer: Writer) -> None:
    """Another temperature, and what it means."""
    temperature = writer.cooler_or_hotter()
    meaning = {0.0: "always the most probable", 1.0: "as it was learned"}.get(
        temperature, "bolder than learned" if temperature > 1 else "more careful than learned"
    )
    screen.notify(f"temperature {temperature:g}: {meaning}", timeout=2)
