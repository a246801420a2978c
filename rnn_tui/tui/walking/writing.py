"""Writing on: the next token is drawn from the answer and put at the end of the text, where it is read in its turn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnn_tui.network.generation import generate, opening, writing_of
from rnn_tui.network.tokens import join
from rnn_tui.network.trace import Trace
from rnn_tui.scene import Position, Scene
from rnn_tui.text import percent, quoted
from rnn_tui.tui.screen.keys import Shown, Told
from rnn_tui.tui.walking.computed import Computed

TEMPERATURES = (0.0, 0.5, 0.8, 1.0, 1.5)
MEANINGS = {0.0: "always the most probable", 1.0: "as it was learned"}


def written_on(scene: Scene, trace: Trace, rng: np.random.Generator) -> Scene | None:
    """The scene with one token more, at the new token; None where the network says that the text ends here.

    A text that lacks the start token gets it first. Raises InputError for a model that doesn't write on.
    """
    model = trace.model
    written = list(generate(model, trace.tokens, 1, scene.temperature, rng))
    if not written:
        return None
    writing = writing_of(model)
    read = opening(writing, model, trace.tokens) if writing else list(trace.tokens)
    text = join([token.surface for token in (*read, *written)], model.tokenizer)
    # The words are those that an edit has changed already; only what was changed in the network goes on.
    return scene.of(scene.reading.of_text(text)).at(Position(len(read), 0))


def write_on(shown: Shown[Scene, Computed]) -> Told:
    """Put the next token on the screen, or say that the text ends."""
    scene = shown.state
    written = written_on(scene, shown.computed.trace, np.random.default_rng())
    if written is None:
        said = f"the network ends {quoted(scene.text)} here; g draws again, e types another beginning"
        return Told(said, seconds=4, in_place=True)
    trace = shown.computed.traces.trace(written.reading)
    drawn = trace.tokens[-1].text
    p = float(trace.values["probs"][-2][trace.model.labels.index(drawn)])
    said = f"{quoted(drawn)} was drawn; the network gave it {percent(p)}"
    if len(trace) > len(shown.computed) + 1:
        said += f"; {quoted(trace.tokens[0].text)} now stands in front, where every text begins"
    return Told(said, written, seconds=2, in_place=True)


def bolder(shown: Shown[Scene, Computed]) -> Told:
    """The next of the temperatures, after the hottest the coldest, and what it means."""
    warmer = (each for each in TEMPERATURES if each > shown.state.temperature)
    temperature = next(warmer, TEMPERATURES[0])
    meaning = MEANINGS.get(temperature, "bolder than learned" if temperature > 1 else "more careful than learned")
    scene = replace(shown.state, temperature=temperature)
    return Told(f"temperature {temperature:g}: {meaning}", scene, seconds=2, in_place=True)
