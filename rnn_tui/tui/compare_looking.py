"""Looking through one lens at both sides: a looker each, which are asked, stopped and swapped together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.view import Looking
from rnn_tui.scene import Scene
from rnn_tui.tui.looking import Looker, Shows, Then


class Lookers:
    """What is seen through the lens on A and on B."""

    def __init__(self, screen: Shows) -> None:
        self._each = [Looker(screen), Looker(screen)]

    @property
    def now(self) -> tuple[Looking | None, Looking | None]:
        """What there is to see on A and on B."""
        a, b = self._each
        return a.now, b.now

    @property
    def measuring(self) -> bool:
        """Whether something is being measured."""
        return any(looker.measuring for looker in self._each)

    def look(self, scenes: Sequence[Scene], traces: Sequence[Trace]) -> None:
        """See to it that `now` is what the scenes ask for: from what is known, or measured from now on."""
        for looker, scene, trace in zip(self._each, scenes, traces, strict=True):
            looker.look(scene, trace)

    def sweep(self, scenes: Sequence[Scene], traces: Sequence[Trace], then: Then) -> None:
        """Slide the current word of each through all places, and when all answers are known call `then`."""
        missing = {0, 1}

        def found(side: int) -> None:
            missing.discard(side)
            if not missing:
                then()

        for side, (looker, scene, trace) in enumerate(zip(self._each, scenes, traces, strict=True)):
            looker.sweep(scene, trace, partial(found, side))

    def stop(self) -> None:
        """Stop measuring because somebody asked to, and say so."""
        for looker in self._each:
            if looker.measuring:
                looker.stop()

    def swap(self) -> None:
        """What is known of A is now known of B."""
        self._each.reverse()
