"""The ways to a practice: from the walk, about the network that is read there, and from the command line."""

from __future__ import annotations

import random
from collections.abc import Sequence

from rnn_tui.questions.drawing import Drawing
from rnn_tui.scene import Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.practising.screen import PracticeScreen
from rnn_tui.tui.screen.keys import Shown
from rnn_tui.tui.walking.computed import Computed

SEEDS = 1_000_000


def outcome(shown: Shown[Scene, Computed]) -> PracticeScreen:
    """Practise with the network of the walk; raises UserError where nothing can be asked of it."""
    seed = random.SystemRandom().randrange(SEEDS)
    traces = shown.computed.traces
    return PracticeScreen(Drawing([shown.state.model], traces, seed), notation=shown.state.notation)


def screen_of(
    models: Sequence[str], levels: tuple[int, int], seed: int, count: int | None = None, *, notation: bool = False
) -> PracticeScreen:
    """Make the screen of a practice about models; raises UserError where nothing can be asked of them."""
    return PracticeScreen(Drawing(models, Traces(), seed, count), levels, notation=notation)
