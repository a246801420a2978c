"""Writing on: the next token is drawn from the answer and put at the end of the text, where it is read in its turn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from rnn_tui.edits import without_words
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
        # The words are those that an edit has changed already; only what was changed in the network goes on.
        return replace(scene, text=text, position=Position(len(read), 0), edits=without_words(scene.edits))


async def write_on(screen: Stage, writer: Writer) -> None:
    """Put the next token on the screen, or say that the text ends."""
    from rnn_tui.tui import opening as scenes

    scene = writer.written_on(screen.scene, screen.trace)
    if scene is None:
        _say(
            screen,
            f"the network ends {quoted(screen.scene.text)} here; g draws again, e types another beginning",
            seconds=4,
        )
        return
    length = len(screen.trace)
    if await scenes.travel(screen, screen.history.pushed(scene)):
        trace = screen.trace
        drawn = trace.tokens[-1].text
        p = float(trace.values["probs"][-2][trace.model.labels.index(drawn)])
        said = f"{quoted(drawn)} was drawn; the network gave it {percent(p)}"
        if len(trace) > length + 1:
            said += f"; {quoted(trace.tokens[0].text)} now stands in front, where every text begins"
        _say(screen, said)


def _say(screen: Stage, message: str, seconds: float = 2) -> None:
    """Say something in the place of what was said before: who writes on quickly is not to be buried in it."""
    screen.app.clear_notifications()
    screen.notify(message, markup=False, timeout=seconds)


def change_temperature(screen: Stage, writer: Writer) -> None:
    """Another temperature, and what it means."""
    temperature = writer.cooler_or_hotter()
    meaning = {0.0: "always the most probable", 1.0: "as it was learned"}.get(
        temperature, "bolder than learned" if temperature > 1 else "more careful than learned"
    )
    _say(screen, f"temperature {temperature:g}: {meaning}")
