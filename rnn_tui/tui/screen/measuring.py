"""Measuring what a lens shows: in a thread, so that the screen stays live, and kept while the trace is the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.worker import Worker, get_current_worker

from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.view import Measurement
from rnn_tui.scene import Scene

if TYPE_CHECKING:
    from rnn_tui.lenses.measuring import Question

FIRST_SAID, SAID_AGAIN = 0.15, 0.1  # seconds until the progress is first drawn, and between two drawings
MOST_KNOWN = 64
STOPPED = "Stopped. v goes through the lenses; when it comes back, this one is measured again."

Then = Callable[[], None]
Subject = tuple[Scene, Trace]
"""A scene whose lens is looked through, and its trace."""


class Stop(Exception):  # noqa: N818  # no error: it was asked for
    """The measuring is no longer wanted."""


class Shows(Protocol):
    """A screen that shows what was found."""

    @property
    def app(self) -> App[Any]:
        """The program."""
        ...

    def run_worker(self, work: Callable[[], None], *, name: str, thread: bool) -> Worker[None]:
        """Do something in a thread."""
        ...


class Measurer:
    """The measuring of one trace. Its results belong to that trace alone, whenever they come."""

    def __init__(self, screen: Shows, draw: Callable[[], None], trace: Trace) -> None:
        self._screen = screen
        self._draw = draw
        self._known: dict[Question, Any] = {}
        self._asked: Question | None = None
        self._stopped: Question | None = None
        self._worker: Worker[None] | None = None
        self.trace = trace
        self.now: Measurement | None = None

    @property
    def measuring(self) -> bool:
        """True while something is being measured."""
        return self._asked is not None

    def look(self, scene: Scene) -> None:
        """See to it that `now` is what the scene asks for: from what is known, or measured from now on."""
        if scene.lens is None:
            self.cancel()
            self.now = self._stopped = None
            return
        from rnn_tui.lenses.measuring import question, slide  # only where somebody looks: start-up time is a feature

        floor = self.trace.on(scene.position.floor)
        asked = question(scene.lens, floor, scene.position.t, scene.unit_in(floor))
        if asked == self._stopped:
            return
        self._stopped = None
        if asked in self._known:
            sliding = slide(scene.lens, self.trace, scene.position.t)
            if self._asked != sliding:  # what is still being measured was wanted elsewhere
                self.cancel()
            self._show(scene.lens, self._known[asked], self._known.get(sliding))
        elif asked != self._asked:
            self.now = Measurement(scene.lens)
            self._ask(asked)

    def sweep(self, lens: str, t: int, then: Then) -> None:
        """Slide the word at timestep t through the sentence, and when its answers are known call `then`."""
        from rnn_tui.lenses.measuring import slide

        asked = slide(lens, self.trace, t)
        if asked in self._known:
            then()
        else:
            self._ask(asked, then)

    def stop(self) -> None:
        """Stop measuring because somebody asked to, and say so."""
        if self.now is not None:
            self.now = Measurement(self.now.name, refused=STOPPED)
        self._stopped = self._asked
        self.cancel()

    def cancel(self) -> None:
        """Stop measuring; what was asked for is forgotten."""
        if self._worker is not None:
            self._worker.cancel()
        self._worker = self._asked = None

    def _show(self, lens: str, found: Any, swept: tuple[int, Array] | None) -> None:
        if isinstance(found, UserError):
            self.now = Measurement(lens, refused=str(found))
        elif self.now is None or self.now.result is not found or self.now.swept is not swept:
            self.now = Measurement(lens, found, swept=swept)  # else the same object stays, and nothing is drawn anew

    def _ask(self, asked: Question, then: Then | None = None) -> None:
        self.cancel()
        self._asked = asked
        self._worker = self._screen.run_worker(partial(self._work, asked, then), name="lens", thread=True)

    def _work(self, asked: Question, then: Then | None) -> None:
        """In the thread: measure, and hand what was found to the screen."""
        from rnn_tui.lenses.measuring import measure

        worker, app = get_current_worker(), self._screen.app
        due = time.monotonic() + FIRST_SAID

        def progress(share: float) -> None:
            nonlocal due
            if worker.is_cancelled:
                raise Stop
            if time.monotonic() >= due:
                due = time.monotonic() + SAID_AGAIN
                app.call_from_thread(self._say, asked, share)

        found: Any
        try:
            found = measure(asked, self.trace, progress)
        except Stop:
            return
        except UserError as error:
            found = error
        if not worker.is_cancelled:
            app.call_from_thread(self._found, asked, found, then)

    def _say(self, asked: Question, share: float) -> None:
        if asked == self._asked and self.now is not None and self.now.result is None:
            self.now = Measurement(self.now.name, share=share)
            self._draw()

    def _found(self, asked: Question, found: Any, then: Then | None) -> None:
        if asked != self._asked:  # meanwhile something else was asked for
            return
        self._worker = self._asked = None
        while len(self._known) >= MOST_KNOWN:
            self._known.pop(next(iter(self._known)))
        self._known[asked] = found
        self._draw()
        if then is not None:
            then()


class Measuring:
    """The measurers of all traces on a screen, one for each, which are asked, stopped and reordered together."""

    def __init__(self, screen: Shows, draw: Callable[[], None]) -> None:
        self._screen = screen
        self._draw = draw
        self._measurers: list[Measurer] = []

    @property
    def now(self) -> tuple[Measurement | None, ...]:
        """The measurement of each trace in turn."""
        return tuple(measurer.now for measurer in self._measurers)

    @property
    def measuring(self) -> bool:
        """True while something is being measured."""
        return any(measurer.measuring for measurer in self._measurers)

    def look(self, subjects: Sequence[Subject]) -> None:
        """See to it that `now` is what the scenes ask for; what is known of a trace stays while it is on the screen."""
        free = list(self._measurers)
        measurers = []
        for _, trace in subjects:
            known = next((measurer for measurer in free if measurer.trace is trace), None)
            if known is not None:
                free.remove(known)
            measurers.append(known or Measurer(self._screen, self._draw, trace))
        for measurer in free:
            measurer.cancel()
        self._measurers = measurers
        for measurer, (scene, _) in zip(measurers, subjects, strict=True):
            measurer.look(scene)

    def sweep(self, subjects: Sequence[Subject], then: Then) -> None:
        """Slide the current word of each scene through its sentence, and when all answers are known call `then`."""
        missing = set(range(len(subjects)))

        def found(index: int) -> None:
            missing.discard(index)
            if not missing:
                then()

        for index, (measurer, (scene, _)) in enumerate(zip(self._measurers, subjects, strict=True)):
            if scene.lens is not None:
                measurer.sweep(scene.lens, scene.position.t, partial(found, index))

    def stop(self) -> None:
        """Stop measuring because somebody asked to, and say so."""
        for measurer in self._measurers:
            if measurer.measuring:
                measurer.stop()
