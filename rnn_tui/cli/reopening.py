"""The command that opens again what was on the screen when the program was closed."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rnn_tui.scene import Scene

if TYPE_CHECKING:
    from rnn_tui.comparison import Comparison
    from rnn_tui.network.model import Model
    from rnn_tui.pair import Pair


def command(left: Scene | tuple[Pair, Comparison], opened: Mapping[str, Model], arguments: Namespace) -> str:
    """The command for a scene, or for a pair of scenes; `opened` are the models that are known, by their names."""
    from rnn_tui.quoting import command_line

    if isinstance(left, Scene):
        words = shlex.split(left.to_text((opened.get(left.model) or _model(left.model)).phases))
    else:
        pair, comparison = left
        words = ["compare", *shlex.split(pair.to_text(comparison))]
    large = ["--allow-large"] if arguments.allow_large else []
    return command_line(["rnn-tui", *words, *large])


def _model(name: str) -> Model:
    """A model that was opened in the program."""
    from rnn_tui.tui.opening import model_of

    return model_of(name)
