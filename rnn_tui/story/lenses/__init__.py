"""The sentences of the lenses: one module each, registered under the lens's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from rnn_tui.loading import module
from rnn_tui.network.errors import UserError
from rnn_tui.story.bounds import beyond, with_bounds
from rnn_tui.story.spans import Span

if TYPE_CHECKING:
    from rnn_tui.comparison import Comparison
    from rnn_tui.network.trace import Trace
    from rnn_tui.scene import Scene
    from rnn_tui.story.spans import Line


class LensStory(Protocol):
    """The module that tells a lens.

    One more function is there where the figures of two results can be compared: `compare(a, b, comparison)` gives the
    line that says what the difference means, or an empty one.
    """

    def tell(self, measured: Any, trace: Trace, scene: Scene) -> tuple[Line, ...]:
        """The lines: what the lens shows, and in the last one what it means; with notation the definition follows."""
        ...


STORIES: dict[str, Callable[[], LensStory]] = {
    "memory": module("rnn_tui.story.lenses.memory"),
    "gradient": module("rnn_tui.story.lenses.gradient"),
    "recency": module("rnn_tui.story.lenses.recency"),
    "units": module("rnn_tui.story.lenses.units"),
    "attention": module("rnn_tui.story.lenses.attention"),
    "path": module("rnn_tui.story.lenses.path"),
    "diagram": module("rnn_tui.story.lenses.diagram"),
}
"""The loader of each lens's sentences, by the lens's name."""


def story_of(name: str) -> LensStory:
    """The module that tells a lens; raises UserError where none is registered."""
    if name not in STORIES:
        raise UserError(f"the lens “{name}” has no sentences; there are those of {', '.join(STORIES)}")
    return STORIES[name]()


def tell_lens(name: str, measured: Any, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The sentences of a lens on this trace: what it shows, in one line, and in another what it means.

    With `scene.notation` one more follows, the definition. `measured` is what `lenses.measuring.measure` found.
    """
    told = _told(name, measured, trace, scene)
    meaning = -2 if scene.notation else -1
    shown = told[:meaning]
    joined = tuple(piece for n, said in enumerate(shown) for piece in (*([Span(" ")] if n else []), *said))
    return (joined, *told[meaning:])


def tell_first(name: str, measured: Any, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The same with the first of what it shows alone, where there is no room for more."""
    told = _told(name, measured, trace, scene)
    return (told[0], *told[-2 if scene.notation else -1 :])


def _told(name: str, measured: Any, trace: Trace, scene: Scene) -> tuple[Line, ...]:
    """The lines of a lens's story, which sees the trace on the floor of the lane that was looked at."""
    from rnn_tui.story.lenses.stacks import seen  # only where there is a trace: start-up time is a feature

    trace = seen(measured, trace.on(trace.order.fitted(scene.position).floor))
    return with_bounds(story_of(name).tell(measured, trace, scene), beyond(trace))


def compare(name: str, a: Any, b: Any, comparison: Comparison) -> Line:
    """The line that compares two results of a lens; an empty one where their figures can't be compared."""
    comparing: Callable[[Any, Any, Comparison], Line] | None = getattr(story_of(name), "compare", None)
    return () if comparing is None else comparing(a, b, comparison)
