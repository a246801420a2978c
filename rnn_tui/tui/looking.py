"""Looking through a lens: measured in a thread, so that the screen stays live, and kept while the trace is the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.worker import Worker, get_current_worker

from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import Trace
from rnn_tui.pictures.view import Looking
from rnn_tui.scene import Scene

if TYPE_CHECKING:
    from rnn_tui.lenses.measuring import Question

FIRST_SAID, SAID_AGAIN = 0.15, 0.1  # seconds until the progress is first drawn, and between two drawings
KEPT = 64
STOPPED = "Stopped. v goes through the lenses; when it comes back, this one is measured again."

Then = Callable[[], None]


class Stop(Exception):  # noqa: N818  # no error: it was asked for
    """The measuring is no longer wanted."""


class Shows(Protocol):
    """A screen that shows what was found."""

    @property
    def app(self) -> App[object]:
        """The program."""
        ...

    def run_worker(self, work: Callable[[], None], *, name: str, thread: bool) -> Worker[None]:
        """Do something in a thread."""
        ...

    def draw(self) -> None:
        """Show it."""
        ...


class Looker:
    """What is seen through the lens of the current scene."""

    def __init__(self, screen: Shows) -> None:
        self._screen = screen
        self._trace: Trace | None = None
        self._known: dict[Question, Any] = {}
        self._asked: Question | None = None
        self._stopped: Question | None = None
        self._worker: Worker[None] | None = None
        self.now: Looking | None = None

    @property
    def measuring(self) -> bool:
        """Whether something is being measured."""
        return self._asked is not None

    def look(self, scene: Scene, trace: Trace) -> None:
        """See to it that `now` is what the scene asks for: from what is known, or measured from now on."""
        if trace is not self._trace:
            self._cancel()
            self._trace, self._known, self._stopped = trace, {}, None
        if scene.lens is None:
            self._cancel()
            self.now = None
            return
        from rnn_tui.lenses.measuring import question, slide  # only where somebody looks: start-up time is a feature

        asked = question(scene.lens, trace, scene.position.t, scene.unit)
        if asked == self._stopped:
            return
        self._stopped = None
        if asked in self._known:
            self._show(scene.lens, self._known[asked], self._known.get(slide(trace, scene.position.t)))
        elif asked != self._asked:
            self.now = Looking(scene.lens)
            self._ask(asked, trace)

    def sweep(self, scene: Scene, trace: Trace, then: Then) -> None:
        """Slide the current word through all places, and when its answers are known call `then`."""
        from rnn_tui.lenses.measuring import slide

        asked = slide(trace, scene.position.t)
        if asked in self._known:
            then()
        else:
            self._ask(asked, trace, then)

    def stop(self) -> None:
        """Stop measuring because somebody asked to, and say so."""
        if self.now is not None:
            self.now = Looking(self.now.name, refused=STOPPED)
        self._stopped = self._asked
        self._cancel()

    def _show(self, lens: str, found: Any, swept: tuple[int, Array] | None) -> None:
        if isinstance(found, UserError):
            self.now = Looking(lens, refused=str(found))
        elif self.now is None or self.now.measured is not found or self.now.swept is not swept:
            self.now = Looking(lens, found, swept=swept)  # else the same object stays, and nothing is drawn anew

    def _cancel(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
        self._worker = self._asked = None

    def _ask(self, asked: Question, trace: Trace, then: Then | None = None) -> None:
        self._cancel()
        self._asked = asked
        work = partial(self._work, asked, trace, then)
        self._worker = self._screen.run_worker(work, name="lens", thread=True)

    def _work(self, asked: Question, trace: Trace, then: Then | None) -> None:
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
            found = measure(asked, trace, progress)
        except Stop:
            return
        except UserError as error:
            found = error
        if not worker.is_cancelled:
            app.call_from_thread(self._found, asked, found, then)

    def _say(self, asked: Question, share: float) -> None:
        if asked == self._asked and self.now is not None and self.now.measured is None:
            self.now = Looking(self.now.name, share=share)
            self._screen.draw()

    def _found(self, asked: Question, found: Any, then: Then | None) -> None:
        if asked != self._asked:  # meanwhile something else was asked for
            return
        self._worker = self._asked = None
        while len(self._known) >= KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[asked] = found
        self._screen.draw()
        if then is not None:
            then()
