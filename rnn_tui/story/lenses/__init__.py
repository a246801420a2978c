"""The lenses, told: what is seen on this sentence, and so what."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from rnn_tui.network.trace import Trace
from rnn_tui.scene import Scene
from rnn_tui.story.spans import Line


def tell_lens(name: str, measured: Any, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """What a lens shows on this sentence, in two or three lines, and in one more what it means for an RNN.

    With `scene.notation` one more follows, the definition. `measured` is what `lenses.measuring.measure` found.
    """
    told: tuple[Line, ...] = import_module(f"rnn_tui.story.lenses.{name}").tell(measured, trace, scene)
    return told
